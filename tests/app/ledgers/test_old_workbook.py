"""A real .xls workbook: days, merged headings, hidden sheets, long numbers and Chinese; damaged and with a password."""

from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.errors import Refused
from app.ledgers.columns import SheetProblem
from app.ledgers.grid import Limits
from app.ledgers.sheet import Format, open_sheet
from app.ledgers.visits import VISITS, VisitRow
from tests.app.ledgers.sheets import rows

BOOK: Final = Path(__file__).parent / "files" / "outreach.xls"
KNOWN: Final = VISITS.known()
STREAM: Final = 512  # where the workbook's records begin
BOF: Final = 20  # bytes of the first record
FILEPASS: Final = (0x2F).to_bytes(2, "little")


def taken(path: Path = BOOK) -> list[VisitRow]:
    return [each for each in rows(path, VISITS) if isinstance(each, VisitRow)]


def refusal(path: Path, limits: Limits | None = None) -> str:
    with pytest.raises(Refused) as refused, open_sheet(path, KNOWN, limits or Limits()) as sheet:
        list(sheet.rows)
    return refused.value.code


def changed(folder: Path, at: int, content: bytes) -> Path:
    """The workbook with other bytes somewhere."""
    data = bytearray(BOOK.read_bytes())
    data[at : at + len(content)] = content
    (folder / "台账.xls").write_bytes(data)
    return folder / "台账.xls"


def test_the_sheet_on_view_is_taken_with_its_header_of_two_merged_rows() -> None:
    with open_sheet(BOOK, KNOWN) as sheet:
        assert (sheet.format, sheet.name, sheet.sheets) == (Format.XLS, "走访台账", ("旧表", "走访台账"))
        assert (sheet.header.row, sheet.last_row) == (3, 60)
        assert sheet.header.names == ("走访日期", "走访代表", "姓名", "联系电话", "证件", "反映问题", "备注")
        assert [row.number for row in sheet.rows] == [4, 5, 6, 7, 8]


def test_a_hidden_sheet_is_read_when_it_is_asked_for() -> None:
    with open_sheet(BOOK, KNOWN, name="旧表") as sheet:
        (row,) = sheet.rows
        assert row.values == (datetime(2020, 1, 1), "代表旧", "群众旧")  # cells know no time zone
    with pytest.raises(Refused, match="sheet_unknown"), open_sheet(BOOK, KNOWN, name="空表"):
        pass


def test_days_of_every_kind_are_read_and_a_merged_one_holds_for_both_rows() -> None:
    assert [(each.row, each.on, each.at) for each in taken()] == [
        (4, date(2026, 3, 5), None),
        (5, date(2026, 3, 5), None),
        (7, date(2026, 3, 7), None),
        (8, date(2026, 3, 8), None),
    ]
    with open_sheet(BOOK, KNOWN) as sheet:
        values = {row.number: row.values for row in sheet.rows}
    assert values[6][0] == datetime(2026, 3, 6, 9, 30)  # cells know no time zone


def test_chinese_numbers_and_line_breaks_come_as_they_are_seen() -> None:
    first, second, third, last = taken()
    assert (first.person, first.phone, first.raised) == ("群众一", "13800000001", "东街路灯不亮")
    assert (second.person, second.phone, second.raised, second.remarks) == (
        "群众二·买买提",
        "0731-88880002",
        "西街停水\n已三天",
        "TRUE",
    )
    assert (third.deputies, third.people, third.raised, third.remarks) == (("代表乙", "代表甲"), 6, "", "㙍村")
    assert (last.phone, last.remarks) == ("13800000005", "3.5")


def test_a_number_that_lost_its_last_digits_refuses_its_row_by_name() -> None:
    (problem,) = [each for each in rows(BOOK, VISITS) if isinstance(each, SheetProblem)]
    assert (problem.row, problem.column, problem.code, problem.refused) == (6, "E 证件", "number_rounded", True)
    assert problem.facts == {"text": "430121199001010000"}


def test_the_limits_of_a_table_hold_here_too() -> None:
    assert refusal(BOOK, Limits(rows=4)) == "sheet_too_large"
    assert refusal(BOOK, Limits(columns=3)) == "sheet_too_wide"
    assert refusal(BOOK, Limits(file_bytes=1000)) == "sheet_too_large"


def test_a_workbook_with_a_password_is_named(tmp_path: Path) -> None:
    assert BOOK.read_bytes()[STREAM : STREAM + 2] == b"\x09\x08"
    assert refusal(changed(tmp_path, STREAM + BOF, FILEPASS)) == "sheet_encrypted"


@pytest.mark.parametrize("share", [10, 30, 60])
def test_a_cut_workbook_is_damaged(tmp_path: Path, share: int) -> None:
    whole = BOOK.read_bytes()
    (tmp_path / "台账.xls").write_bytes(whole[: len(whole) * share // 100])
    assert refusal(tmp_path / "台账.xls") in {"sheet_damaged", "not_a_sheet"}


def test_it_is_told_by_its_content_whatever_it_is_called(tmp_path: Path) -> None:
    (tmp_path / "台账.xlsx").write_bytes(BOOK.read_bytes())
    assert len(taken(tmp_path / "台账.xlsx")) == 4


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.integers(0, 9727), content=st.binary(min_size=1, max_size=8))
def test_a_workbook_with_wrong_bytes_is_read_or_refused_and_nothing_else(tmp_path: Path, at: int, content: bytes) -> None:
    path = changed(tmp_path, at, content)
    with suppress(Refused):
        assert all(isinstance(each, VisitRow | SheetProblem) for each in rows(path, VISITS))
