"""The calendar of working days: weekends, the State Council's rest days, and the weekend days worked in exchange."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from app.errors import Refused

ONE_DAY: Final = timedelta(days=1)
_SATURDAY: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarYear:
    """What differs in one year from Monday to Friday worked, Saturday and Sunday free."""

    rest: frozenset[date] = frozenset()  # weekdays that are free
    worked: frozenset[date] = frozenset()  # weekend days that are worked


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkCalendar:
    """The years that were announced, as far as this program knows them."""

    years: Mapping[int, CalendarYear] = field(default_factory=dict)

    def knows(self, day: date) -> bool:
        """Whether the year of `day` was announced and entered."""
        return day.year in self.years

    def is_workday(self, day: date) -> bool:
        """Whether `day` is worked; raises `Refused("calendar_missing", year)` for a year that is not entered."""
        if not self.knows(day):
            raise Refused("calendar_missing", year=day.year)
        return self.expects_work(day)

    def expects_work(self, day: date) -> bool:
        """Whether `day` is worked as far as one can tell: in a year that is not entered, Monday to Friday are."""
        year = self.years.get(day.year, CalendarYear())
        return day in year.worked if day.weekday() >= _SATURDAY else day not in year.rest


def days_after(day: date) -> Iterator[date]:
    """The day after, and so on, to the end of time."""
    while True:
        day += ONE_DAY
        yield day
