"""A year of the State Council's calendar as a station enters it, where the program came before the notice."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from app.domain.problems import Problem
from app.domain.records import Record, about, kind
from app.domain.typed_day import day_typed
from app.domain.work_calendar import ONE_DAY, CalendarYear

FIRST: Final = 2000
"""The first year for which a calendar may be entered."""

LAST: Final = 2100
"""The last such year."""

_SATURDAY: Final = 5
_TO: Final = "至"
_TOS: Final = ("到", "～", "~", "—", "–")
_BETWEEN: Final = "、，,；;\n"
_WRITTEN_FROM: Final = 3
"""From how many days on a run is written as its first and last."""


@kind("calendar_year", "工作日历年度", groups=(("year", "rest", "worked", "source"),))
class EnteredYear(Record):
    """The days off and the make-up working days of one year by the State Council's notice; goes before what the program brought.

    `rest` may name weekends too, as the notice does: they are free anyway.
    """

    year: int = about("年份")
    rest: tuple[date, ...] = about("放假日")
    worked: tuple[date, ...] = about("调休上班日")
    source: str = about("通知文号", searched=True)

    def title(self) -> str:
        return f"{self.year}年工作日历" if self.year else ""


def calendar_year(entered: EnteredYear) -> CalendarYear:
    """What differs in that year from Monday to Friday worked."""
    rest = frozenset(day for day in entered.rest if day.weekday() < _SATURDAY)
    return CalendarYear(rest=rest, worked=frozenset(entered.worked))


def year_problems(entered: EnteredYear) -> Iterator[Problem]:
    """What keeps a year from being counted by: no source, no day off, days of another year, a make-up day that is none."""
    if not FIRST <= entered.year <= LAST:
        yield Problem(code="calendar_year_odd", field="year", facts={"year": entered.year, "first": FIRST, "last": LAST})
        return
    if not entered.source.strip():
        yield Problem(code="calendar_source_missing", field="source")
    if not entered.rest:
        yield Problem(code="calendar_rest_missing", field="rest", facts={"year": entered.year})
    for name in ("rest", "worked"):
        for day in (each for each in getattr(entered, name) if each.year != entered.year):
            yield Problem(code="calendar_day_elsewhere", field=name, facts={"day": day, "year": entered.year})
    for day in entered.worked:
        if day in entered.rest:
            yield Problem(code="calendar_day_twice", field="worked", facts={"day": day})
        elif day.weekday() < _SATURDAY:
            yield Problem(code="calendar_day_worked_anyway", field="worked", facts={"day": day})


# --- days as a notice tells them ----------------------------------------------------------------------------------------


def days_typed(text: str, year: int) -> tuple[tuple[date, ...], tuple[str, ...]]:
    """The days that a text names, sorted, and the parts of it that name none: 1月1日至3日、2月15日、2027-10-01至2027-10-07."""
    for each in _BETWEEN:
        text = text.replace(each, _BETWEEN[0])
    days: set[date] = set()
    unread: list[str] = []
    for part in filter(None, (each.strip() for each in text.split(_BETWEEN[0]))):
        named = list(_run(part, year))
        days.update(named)
        if not named:
            unread.append(part)
    return tuple(sorted(days)), tuple(unread)


def days_written(days: Iterable[date]) -> str:
    """Days as people write them, runs by their first and last: 1月1日至3日、2月28日."""
    return _BETWEEN[0].join(map(_run_written, _runs(sorted(set(days)))))


def _run(part: str, year: int) -> Iterator[date]:
    for each in _TOS:
        part = part.replace(each, _TO)
    first_told, to, last_told = part.partition(_TO)
    first = day_typed(first_told, date(year, 1, 1))
    if first is None:
        return
    last = _last(last_told.strip(), first) if to else first
    if last is None or not first <= last or (last - first).days > 366:
        return
    day = first
    while day <= last:
        yield day
        day += ONE_DAY


def _last(told: str, first: date) -> date | None:
    """The end of a run, which may leave out the month it shares with its beginning: 1月1日至3日."""
    alone = told.removesuffix("日")
    if alone.isdecimal() and len(alone) < 3:
        told = f"{first.month}月{alone}日"
    return day_typed(told, first)


def _runs(days: Sequence[date]) -> Iterator[list[date]]:
    run: list[date] = []
    for day in days:
        if run and day != run[-1] + ONE_DAY:
            yield run
            run = []
        run.append(day)
    if run:
        yield run


def _run_written(run: Sequence[date]) -> str:
    first, last = run[0], run[-1]
    if len(run) < _WRITTEN_FROM:
        return _BETWEEN[0].join(f"{each.month}月{each.day}日" for each in run)
    end = f"{last.day}日" if last.month == first.month else f"{last.month}月{last.day}日"
    return f"{first.month}月{first.day}日{_TO}{end}"
