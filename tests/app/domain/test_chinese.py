"""Days, hours, periods and numbers as Chinese papers write them."""

from datetime import date, time

import pytest

from app.domain.chinese import hours, long_day, numeral, period, short_day, week_day


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (1, "一"),
        (10, "十"),
        (16, "十六"),
        (20, "二十"),
        (31, "三十一"),
        (99, "九十九"),
        (100, "一百"),
        (110, "一百一十"),
        (672, "六百七十二"),
        (1005, "一千零五"),
        (2050, "二千零五十"),
        (9999, "九千九百九十九"),
        (10000, "10000"),
        (0, "0"),
    ],
)
def test_numbers_stand_in_characters(number: int, told: str) -> None:
    assert numeral(number) == told


def test_days_are_long_short_and_named() -> None:
    day = date(2026, 1, 9)
    assert (long_day(day), short_day(day), week_day(day)) == ("2026年1月9日", "2026-01-09", "星期五")
    assert (long_day(None), short_day(None), week_day(None)) == ("", "", "")


def test_hours_leave_out_what_nobody_wrote_down() -> None:
    nine, noon = time(9), time(12, 5)
    told = [hours(nine, noon), hours(nine, None), hours(None, noon), hours(None, None)]
    assert told == ["09:00—12:05", "09:00", "至12:05", ""]


def test_a_period_may_be_open_at_either_end() -> None:
    first, last = date(2026, 1, 1), date(2026, 6, 30)
    assert period(first, last) == "2026年1月1日至2026年6月30日"
    assert (period(first, first), period(first, None), period(None, last)) == (
        "2026年1月1日",
        "2026年1月1日起",
        "截至2026年6月30日",
    )
    assert period(None, None) == "全部记录"
