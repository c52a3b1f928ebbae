"""The code on a paper: what it says comes back, and what was read wrong is noticed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.paper_code import PrintMark, code_of, printed_here, read_code
from app.domain.scanned import names_within

RECORD = "019b76da-a800-7c3e-82dd-21250b729601"
SEAT = "6cac39f1aa00bb11"


@given(st.uuids(), st.integers(0, 36**8 - 1))
def test_what_a_code_says_comes_back_however_it_was_typed(record: object, line: int) -> None:
    code = code_of(str(record), PrintMark(seat=SEAT, line=line))
    assert code.isascii()
    assert code == code.upper()
    for typed in (code, code.lower(), f"{code[:20]} {code[20:]}\r\n"):
        told = read_code(typed)
        assert told
        assert (told.record, told.line) == (str(record), line)
        assert printed_here(told, SEAT)
        assert not printed_here(told, "0" * 16)


@given(st.data())
def test_one_wrong_character_and_two_that_changed_places_are_noticed(data: st.DataObject) -> None:
    code = code_of(RECORD, PrintMark(seat=SEAT, line=4711))
    place = data.draw(st.integers(0, len(code) - 1))
    wrong = data.draw(st.sampled_from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ").filter(lambda each: each != code[place]))
    assert read_code(code[:place] + wrong + code[place + 1 :]) is None
    if place + 1 < len(code) and code[place] != code[place + 1]:
        assert read_code(code[:place] + code[place + 1] + code[place] + code[place + 2 :]) is None


@pytest.mark.parametrize("text", ["", "来2026-00012", RECORD, RECORD.upper(), "430181001-001/20260101-20260630"])
def test_what_is_no_such_code_is_none(text: str) -> None:
    assert read_code(text) is None


def test_numbers_are_their_own_codes_and_a_code_names_its_record() -> None:
    assert code_of("来2026-00012", PrintMark(seat=SEAT, line=3)) == "来2026-00012"
    assert names_within(code_of(RECORD, PrintMark(seat=SEAT, line=3)))[0] == RECORD
