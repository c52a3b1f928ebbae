"""Days as people type them."""

from datetime import date

import pytest

from app.domain.typed_day import day_typed

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    "text", ["2026-01-31", "2026-1-31", "2026.1.31", "2026/01/31", "20260131", "2026年1月31日", "1月31日", "1-31", " 1.31 "]
)
def test_a_day_is_understood_in_every_usual_form(text: str) -> None:
    assert day_typed(text, TODAY) == date(2026, 1, 31)


@pytest.mark.parametrize("text", ["", "31", "2026", "2026-13-01", "2026-2-30", "202601", "昨天", "1-31-2026"])
def test_what_is_no_day_is_none(text: str) -> None:
    assert day_typed(text, TODAY) is None
