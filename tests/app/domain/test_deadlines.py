"""Deadlines: the worked examples, and what holds for every start and period."""

from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app import reference
from app.domain.deadlines import Due, Period, PeriodUnit, RuleProfile, days, due, month_later, months, warning, working_days
from app.domain.work_calendar import WorkCalendar

CALENDAR: Final = reference.work_calendar()
PROFILE: Final = reference.rule_profiles()[reference.DEFAULT_PROFILE]
STARTS: Final = st.dates(date(2004, 1, 1), date(2025, 12, 31))
PERIODS: Final = st.builds(Period, amount=st.integers(1, 12), unit=st.sampled_from(PeriodUnit))


def end(start: str, period: Period, profile: RuleProfile = PROFILE) -> Due:
    return due(date.fromisoformat(start), period, profile, CALENDAR)


@pytest.mark.parametrize(
    ("start", "amount", "plain", "rolled"),
    [
        ("2022-02-23", 3, "2022-05-23", "2022-05-23"),
        ("2022-02-23", 6, "2022-08-23", "2022-08-23"),
        ("2025-01-20", 3, "2025-04-20", "2025-04-21"),
        ("2025-01-20", 6, "2025-07-20", "2025-07-21"),
        ("2025-07-01", 3, "2025-10-01", "2025-10-09"),
        ("2025-07-01", 6, "2026-01-01", "2026-01-04"),  # a Sunday, worked in exchange
        ("2026-02-10", 3, "2026-05-10", "2026-05-11"),
        ("2026-02-10", 6, "2026-08-10", "2026-08-10"),
        # Month ends (民法典 art. 202)
        ("2025-11-30", 3, "2026-02-28", "2026-02-28"),
        ("2023-11-30", 3, "2024-02-29", "2024-02-29"),
        ("2025-08-31", 6, "2026-02-28", "2026-02-28"),
        ("2025-12-31", 2, "2026-02-28", "2026-02-28"),
    ],
)
def test_months(start: str, amount: int, plain: str, rolled: str) -> None:
    found = end(start, months(amount))
    assert (found.plain.isoformat(), found.rolled.isoformat(), found.unknown_years) == (plain, rolled, ())


@pytest.mark.parametrize(
    ("start", "amount", "last"),
    [
        ("2025-09-30", 5, "2025-10-14"),
        ("2026-01-30", 5, "2026-02-06"),
        ("2026-02-10", 7, "2026-02-26"),
        ("2026-02-13", 5, "2026-02-27"),
        ("2026-04-30", 5, "2026-05-11"),
    ],
)
def test_working_days(start: str, amount: int, last: str) -> None:
    found = end(start, working_days(amount))
    assert (found.plain.isoformat(), found.rolled, found.day) == (last, found.plain, found.plain)


def test_the_day_of_the_start_is_not_counted() -> None:
    assert end("2026-03-02", days(1)).plain == date(2026, 3, 3)
    assert end("2026-03-02", working_days(1)).plain == date(2026, 3, 3)


def test_the_reception_days_of_2026_that_move() -> None:
    """The 15th of each month, moved to a working day where it is none."""
    moved = {month: end(f"2026-{month:02}-14", days(1)).rolled for month in range(1, 13)}
    assert {month: day.isoformat() for month, day in moved.items() if day.day != 15} == {
        2: "2026-02-24",
        3: "2026-03-16",
        8: "2026-08-17",
        11: "2026-11-16",
    }


def test_a_profile_may_leave_the_last_day_where_it_falls() -> None:
    staying = replace(PROFILE, roll_to_workday=False)
    assert end("2025-07-01", months(3)).day == date(2025, 10, 9)
    assert end("2025-07-01", months(3), staying).day == date(2025, 10, 1)
    assert end("2025-07-01", months(3), staying).rolled == date(2025, 10, 9)


def test_an_issue_has_ten_working_days_from_its_assignment() -> None:
    assert PROFILE.issue == working_days(10)
    assert end("2026-02-10", PROFILE.issue).day == date(2026, 3, 2)  # Spring Festival between; 14 and 28 February are worked


def test_a_year_without_a_calendar_is_named_and_taken_as_monday_to_friday() -> None:
    assert end("2026-12-21", working_days(10)) == Due(
        plain=date(2027, 1, 4), rolled=date(2027, 1, 4), day=date(2027, 1, 4), unknown_years=(2027,)
    )
    assert end("2026-11-02", months(3)).unknown_years == (2027,)
    assert end("2026-11-02", days(10)).unknown_years == ()


def test_months_pass_through_an_unknown_year_without_asking_it() -> None:
    gap = WorkCalendar(years={year: told for year, told in CALENDAR.years.items() if year != 2025})
    assert due(date(2024, 12, 2), months(14), PROFILE, gap).unknown_years == ()
    assert due(date(2024, 12, 2), working_days(300), PROFILE, gap).unknown_years == (2025,)


@given(STARTS, PERIODS)
def test_the_end_lies_after_the_start_and_moves_only_to_a_worked_day(start: date, period: Period) -> None:
    found = due(start, period, PROFILE, CALENDAR)
    assert start < found.plain <= found.rolled
    assert found.day == found.rolled
    if not found.unknown_years:
        assert CALENDAR.is_workday(found.rolled)
        between = (found.plain + timedelta(days=each) for each in range((found.rolled - found.plain).days))
        assert not any(CALENDAR.is_workday(day) for day in between)


@given(STARTS, st.integers(1, 60))
def test_working_days_are_counted_one_by_one(start: date, amount: int) -> None:
    found = due(start, working_days(amount), PROFILE, CALENDAR)
    assume(not found.unknown_years)
    passed = [start + timedelta(days=each) for each in range(1, (found.plain - start).days + 1)]
    assert sum(CALENDAR.is_workday(day) for day in passed) == amount


@given(STARTS, st.integers(1, 240))
def test_a_month_later_has_the_same_number_or_is_the_last_of_its_month(start: date, amount: int) -> None:
    later = month_later(start, amount)
    assert (later.year * 12 + later.month) - (start.year * 12 + start.month) == amount
    assert later.day == start.day or (later.day == monthrange(later.year, later.month)[1] and later.day < start.day)


@given(STARTS, STARTS, PERIODS)
def test_who_begins_earlier_never_ends_later(one: date, other: date, period: Period) -> None:
    first, second = (due(each, period, PROFILE, CALENDAR) for each in sorted((one, other)))
    assert first.plain <= second.plain
    assert first.rolled <= second.rolled


@pytest.mark.parametrize(
    ("left", "expected"), [(31, None), (30, 30), (16, 30), (15, 15), (7, 7), (4, 7), (3, 3), (0, 3), (-5, 3)]
)
def test_warnings_come_thirty_fifteen_seven_and_three_days_before(left: int, expected: int | None) -> None:
    last = date(2026, 6, 30)
    assert warning(last, last - timedelta(days=left), PROFILE) == expected


def test_a_period_lasts() -> None:
    assert str(working_days(5)) == "5个工作日"
    with pytest.raises(ValueError, match="at least one day"):
        days(0)
