"""The calendar of working days."""

from datetime import date
from itertools import islice

import pytest

from app.domain.work_calendar import CalendarYear, WorkCalendar, days_after
from app.errors import Refused

FRIDAY, SATURDAY, MONDAY = date(2026, 6, 19), date(2026, 6, 20), date(2026, 6, 22)
CALENDAR = WorkCalendar(years={2026: CalendarYear(rest=frozenset({FRIDAY}), worked=frozenset({SATURDAY}))})


def test_rest_days_and_days_worked_in_exchange() -> None:
    assert [CALENDAR.is_workday(day) for day in (FRIDAY, SATURDAY, date(2026, 6, 21), MONDAY)] == [False, True, False, True]


def test_a_year_that_is_not_entered_is_said() -> None:
    assert not CALENDAR.knows(date(2027, 1, 4))
    with pytest.raises(Refused) as refused:
        CALENDAR.is_workday(date(2027, 1, 4))
    assert (refused.value.code, refused.value.facts) == ("calendar_missing", {"year": 2027})


def test_of_a_year_that_is_not_entered_one_expects_the_week() -> None:
    assert CALENDAR.expects_work(date(2027, 1, 4))
    assert not CALENDAR.expects_work(date(2027, 1, 3))


def test_the_days_after_a_day() -> None:
    assert list(islice(days_after(FRIDAY), 3)) == [SATURDAY, date(2026, 6, 21), MONDAY]
