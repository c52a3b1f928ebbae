"""Years that a station enters: what is counted by them, and how their days are typed."""

from datetime import date, timedelta
from typing import Final

from hypothesis import assume, given
from hypothesis import strategies as st

from app.domain.calendar_year import EnteredYear, calendar_year, days_typed, days_written
from app.domain.deadlines import Period, PeriodUnit, due
from app.domain.work_calendar import WorkCalendar
from tests.app.domain.test_deadlines import CALENDAR, PERIODS, PROFILE, STARTS

ADDED: Final = st.dates(date(2027, 1, 1), date(2028, 12, 31))
TABLES: Final = st.builds(
    lambda rest, worked: (
        frozenset(day for day in rest if day.weekday() < 5),
        frozenset(day for day in worked if day.weekday() > 4),
    ),
    st.sets(ADDED, max_size=30),
    st.sets(ADDED, max_size=12),
)


def entered(rest: frozenset[date], worked: frozenset[date]) -> WorkCalendar:
    """The program's calendar with 2027 and 2028 as a station entered them."""
    years = {
        year: EnteredYear(
            id="",
            year=year,
            rest=tuple(sorted(day for day in rest if day.year == year)),
            worked=tuple(sorted(day for day in worked if day.year == year)),
        )
        for year in (2027, 2028)
    }
    return WorkCalendar(years={**CALENDAR.years, **{year: calendar_year(told) for year, told in years.items()}})


@given(st.dates(date(2026, 6, 1), date(2028, 6, 1)), PERIODS, TABLES)
def test_with_added_years_a_deadline_ends_on_a_worked_day_that_no_other_way_of_counting_denies(
    start: date, period: Period, table: tuple[frozenset[date], frozenset[date]]
) -> None:
    calendar = entered(*table)
    found = due(start, period, PROFILE, calendar)
    assert calendar.expects_work(found.day)
    assert found.day == found.rolled >= found.plain > start
    if period.unit is PeriodUnit.WORKING_DAY:
        counted = [start + timedelta(days=each + 1) for each in range((found.plain - start).days)]
        assert sum(map(calendar.expects_work, counted)) == period.amount
    else:
        assert found.plain == due(start, period, PROFILE, CALENDAR).plain, "which days are worked moves no month's end"
    assert all(year > 2028 for year in found.unknown_years)


@given(STARTS, PERIODS, TABLES)
def test_added_years_leave_what_ends_before_them_alone(
    start: date, period: Period, table: tuple[frozenset[date], frozenset[date]]
) -> None:
    before = due(start, period, PROFILE, CALENDAR)
    assume(before.rolled.year < 2027)
    assert due(start, period, PROFILE, entered(*table)) == before


@given(st.sets(ADDED, max_size=40))
def test_days_are_written_so_that_they_are_read_again(days: set[date]) -> None:
    one_year = sorted(day for day in days if day.year == 2027)
    assert days_typed(days_written(one_year), 2027) == (tuple(one_year), ())
