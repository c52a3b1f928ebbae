"""Sums as people type them, in 万元, and as they are kept, in 分."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.money import money_told, money_typed


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("12.5", 12_500_000),
        ("12.5万元", 12_500_000),
        ("1.2亿", 12_000_000_000),
        ("800元", 80_000),
        ("1,200", 1_200_000_000),
        ("0", 0),
    ],
)
def test_what_people_write_is_understood(text: str, cents: int) -> None:
    assert money_typed(text) == cents


@pytest.mark.parametrize("text", ["", "很多", "-5", "12.5.1", "1e3", "万元"])
def test_what_is_no_sum_is_none(text: str) -> None:
    assert money_typed(text) is None


@given(st.integers(1, 999_999_999_999))
def test_what_is_told_is_understood_again(cents: int) -> None:
    assert money_typed(money_told(cents)) == cents


def test_nothing_is_told_by_nothing() -> None:
    assert money_told(0) == ""
