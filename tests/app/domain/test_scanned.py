"""What was scanned, and which number in it may be meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.domain.scanned import LONGEST, card_code, names_within, plain, same


@pytest.mark.parametrize(
    "scanned",
    [
        "43018100012",
        " 43018100012\r\n",
        "４３０１８１０００１２",
        "代表证号：43018100012",
        "姓名:王代表;证号:43018100012",
        '{"name":"王代表","card":"43018100012"}',
        "https://dbxx.example/scan?type=1&cardNo=43018100012&t=9",
        "https://dbxx.example/#/pages/card?no=43018100012",
        "https://dbxx.example/d/43018100012",
        "https://dbxx.example/d/43018100012?from=wx",
        "https://dbxx.example/x?q=%E7%8E%8B%204&no=43018100012#top",
        "www.dbxx.example/43018100012/",
        "\ufeff43018100012",
    ],
)
def test_the_number_is_found_wherever_it_stands(scanned: str) -> None:
    assert "43018100012" in names_within(scanned)


def test_the_whole_comes_first_and_nothing_comes_twice() -> None:
    assert names_within("A-1 B")[0] == "A-1 B"
    assert len(set(names_within("a a a"))) == len(names_within("a a a"))
    assert names_within(" \n") == ()


@given(some.text(max_size=300))
def test_whatever_is_scanned_is_looked_at_without_a_fault(scanned: str) -> None:
    for each in (scanned, f"https://{scanned}", f"https://x.example/{scanned}?{scanned}#{scanned}"):
        assert all(names_within(each))
    assert "\n" not in plain(scanned)


def test_a_code_of_any_length_is_looked_at_up_to_a_limit() -> None:
    assert len(plain("x" * 10 * LONGEST)) == LONGEST


@pytest.mark.parametrize(("one", "other"), [("ab-12", "AB12"), ("４３", "43"), ("43 01", "4301"), (card_code("0a-1f"), "0a-1f")])
def test_numbers_are_the_same_however_they_are_written(one: str, other: str) -> None:
    assert same(one, other)


@pytest.mark.parametrize(("one", "other"), [("", ""), ("1", "2"), ("12", "123")])
def test_other_numbers_and_none_are_not_the_same(one: str, other: str) -> None:
    assert not same(one, other)


def test_a_card_code_is_what_any_scanner_can_type() -> None:
    code = card_code("0192f0aa-7b1c-7def-8123-456789abcdef")
    assert code.isascii()
    assert code == code.upper()
