"""The rota (轮值表): on which days residents are received, by which deputies, and when it must have been announced.

A day of the rota is a reception that lies ahead and at which nobody was received yet. How often, by whom and what happens on a
holiday differ by place (domain brief 2.3), so all of it is chosen; three days' notice is what most places ask.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from itertools import islice
from typing import Final

from app.domain.values import CodeSet, Id
from app.domain.work_calendar import ONE_DAY, WorkCalendar, days_after
from app.errors import Refused

NOTICE: Final = timedelta(days=3)
"""How long before a reception day its notice must be out."""
MOST_DAYS: Final = 120
_WEEK: Final = 7
_LAST: Final = 5


class Rhythm(CodeSet):
    """How often a reception day comes round."""

    WEEKLY = "weekly", "每周"
    MONTHLY_WEEKDAY = "monthly_weekday", "每月第几个星期几"
    MONTHLY_DAY = "monthly_day", "每月几日"


class RestDay(CodeSet):
    """What becomes of a reception day that falls on a day of rest."""

    KEEP = "keep", "照常"
    POSTPONE = "postpone", "顺延到工作日"
    SKIP = "skip", "取消"


class Announcement(CodeSet):
    """How it stands with the notice of a reception day."""

    ANNOUNCED = "announced", "已公告"
    AHEAD = "ahead", "待公告"
    DUE = "due", "应公告"
    LATE = "late", "公告已迟"
    OVER = "over", "未公告"


@dataclass(frozen=True, slots=True, kw_only=True)
class RotaPlan:
    """Which days between `first` and `last` are reception days, and who takes turns.

    `weekday` counts from Monday, 0 to 6; `which` is the first to fourth of that weekday in the month, 5 the last one; `month_day`
    is 1 to 31, in a shorter month its last day. `together` deputies receive at once; a turn goes on where the day before ended.
    """

    first: date
    last: date
    rhythm: Rhythm = Rhythm.MONTHLY_WEEKDAY
    weekday: int = 0
    which: int = 1
    month_day: int = 15
    rest_day: RestDay = RestDay.POSTPONE
    deputies: tuple[Id, ...] = ()
    together: int = 1
    starts: time | None = None
    ends: time | None = None
    place: str = ""
    theme: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RotaDay:
    """A reception day with whose turn it is; `moved_from` is the day of rest it was put off from."""

    on: date
    deputies: tuple[Id, ...] = ()
    moved_from: date | None = None


def rota_days(plan: RotaPlan, calendar: WorkCalendar) -> tuple[RotaDay, ...]:
    """The days of a plan, each once, oldest first; a day that is put off may lie behind the last one.

    Raises `Refused("period_reversed", first, last)`, `Refused("rota_long", most)`.
    """
    if plan.last < plan.first:
        raise Refused("period_reversed", first=plan.first, last=plan.last)
    days = list(islice(_moved(plan, calendar), MOST_DAYS + 1))
    if len(days) > MOST_DAYS:
        raise Refused("rota_long", most=MOST_DAYS)
    turns = _turns(plan.deputies, plan.together)
    return tuple(RotaDay(on=on, deputies=next(turns), moved_from=moved) for on, moved in days)


def last_day_to_announce(on: date) -> date:
    """The last day on which a notice keeps the three days."""
    return on - NOTICE


def announcement(on: date, announced_on: date | None, today: date) -> Announcement:
    """How it stands with the notice of a reception day, seen from today."""
    if announced_on:
        return Announcement.ANNOUNCED
    if on < today:
        return Announcement.OVER
    last = last_day_to_announce(on)
    return Announcement.AHEAD if today < last else Announcement.DUE if today == last else Announcement.LATE


# --- days ----------------------------------------------------------------------------------------------------------


def _moved(plan: RotaPlan, calendar: WorkCalendar) -> Iterator[tuple[date, date | None]]:
    seen: set[date] = set()
    for day in _regular(plan):
        on = _on_work(day, plan.rest_day, calendar)
        if on and on not in seen:
            seen.add(on)
            yield on, None if on == day else day


def _on_work(day: date, rest_day: RestDay, calendar: WorkCalendar) -> date | None:
    if rest_day is RestDay.KEEP or calendar.expects_work(day):
        return day
    return None if rest_day is RestDay.SKIP else next(each for each in days_after(day) if calendar.expects_work(each))


def _regular(plan: RotaPlan) -> Iterator[date]:
    """The days of the rhythm, before anything is put off."""
    if plan.rhythm is Rhythm.WEEKLY:
        day = plan.first + timedelta(days=(plan.weekday - plan.first.weekday()) % _WEEK)
        while day <= plan.last:
            yield day
            day += timedelta(days=_WEEK)
        return
    for month in _months(plan.first, plan.last):
        day = (
            _nth_weekday(month, plan.weekday, plan.which)
            if plan.rhythm is Rhythm.MONTHLY_WEEKDAY
            else _day(month, plan.month_day)
        )
        if plan.first <= day <= plan.last:
            yield day


def _months(first: date, last: date) -> Iterator[date]:
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = _next_month(month)


def _next_month(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def _nth_weekday(month: date, weekday: int, which: int) -> date:
    day = month + timedelta(days=(weekday - month.weekday()) % _WEEK + _WEEK * (which - 1))
    return day if day < _next_month(month) or which < _LAST else day - timedelta(days=_WEEK)


def _day(month: date, number: int) -> date:
    return min(month + timedelta(days=number - 1), _next_month(month) - ONE_DAY)


def _turns(deputies: Sequence[Id], together: int) -> Iterator[tuple[Id, ...]]:
    """Whose turn it is, day after day, without end; nobody twice on a day."""
    at, many = 0, min(max(together, 1), len(deputies))
    while True:
        yield tuple(deputies[(at + each) % len(deputies)] for each in range(many))
        at += many
