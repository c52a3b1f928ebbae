"""Deadlines: periods as the rules of a congress write them, and the day they end (民法典 arts. 200-204)."""

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import islice

from app.domain.values import CodeSet
from app.domain.work_calendar import ONE_DAY, WorkCalendar, days_after


class PeriodUnit(CodeSet):
    """What a period is counted in."""

    DAY = "day", "日"
    WORKING_DAY = "working_day", "个工作日"
    MONTH = "month", "个月"


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """So many days, working days or months; at least one."""

    amount: int
    unit: PeriodUnit

    def __post_init__(self) -> None:
        if self.amount < 1:
            raise ValueError("a period lasts at least one day")

    def __str__(self) -> str:
        return f"{self.amount}{self.unit.label}"

    @property
    def about_days(self) -> int:
        """Its longest length in calendar days, to compare periods of different units; five days of a week are worked."""
        match self.unit:
            case PeriodUnit.MONTH:
                return self.amount * 31
            case PeriodUnit.WORKING_DAY:
                return self.amount * 7 // 5
            case PeriodUnit.DAY:
                return self.amount


def days(amount: int) -> Period:
    """A period of calendar days."""
    return Period(amount=amount, unit=PeriodUnit.DAY)


def working_days(amount: int) -> Period:
    """A period of working days."""
    return Period(amount=amount, unit=PeriodUnit.WORKING_DAY)


def months(amount: int) -> Period:
    """A period of months."""
    return Period(amount=amount, unit=PeriodUnit.MONTH)


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleProfile:
    """The periods, steps and words of one people's congress; a station lays its own over them (domain brief 1.4).

    Only three and six months for the reply are law (代表法 art. 51, counted from 交办). `verified` says whether somebody compared
    the other values with the congress's own regulation; `sources` tells of each value where it stands. A profile with a
    `level` is gone by where a congress of that level names none.
    """

    name: str
    label: str
    base: str = ""
    level: str = ""
    sources: Mapping[str, str] = field(default_factory=dict, hash=False)
    verified: bool = False
    reply: Period
    extended_reply: Period
    assignment: Period  # of a suggestion that came between sessions (闭会交办)
    objection: Period
    co_handler_opinion: Period
    rehandling: Period
    deputy_feedback: Period
    issue: Period  # from its assignment (decision 10)
    warn_days: tuple[int, ...] = ()
    roll_to_workday: bool = True
    consultation: bool = True
    pre_review: bool = True
    first_review: bool = True
    second_review: bool = True
    reply_scheme: str = ""
    refusal_word: str = ""
    withdrawal_until: str = "replied"  # the state from which on a suggestion is withdrawn no more: "replied" or "assigned"


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """The last day of a period: as counted, and moved to the next working day; `day` is the one the profile goes by.

    `unknown_years` are those whose calendar is not entered; for them Monday to Friday were taken as worked.
    """

    plain: date
    rolled: date
    day: date
    unknown_years: tuple[int, ...] = ()


def due(start: date, period: Period, profile: RuleProfile, calendar: WorkCalendar) -> Due:
    """The end of `period` from `start`, whose own day is not counted (民法典 arts. 201-203; art. 204 leaves rolling to rules)."""
    plain = _end(start, period, calendar)
    rolled = next(filter(calendar.expects_work, _from(plain)))
    asked = _from(start + ONE_DAY if period.unit is PeriodUnit.WORKING_DAY else plain, until=rolled)
    unknown = dict.fromkeys(each.year for each in asked if not calendar.knows(each))
    return Due(plain=plain, rolled=rolled, day=rolled if profile.roll_to_workday else plain, unknown_years=tuple(unknown))


def warning(last: date, today: date, profile: RuleProfile) -> int | None:
    """The warning that holds today: the fewest of the profile's days before `last` that have come, or None before all of them."""
    left = (last - today).days
    return min((each for each in profile.warn_days if left <= each), default=None)


def _end(start: date, period: Period, calendar: WorkCalendar) -> date:
    match period.unit:
        case PeriodUnit.DAY:
            return start + timedelta(days=period.amount)
        case PeriodUnit.MONTH:
            return month_later(start, period.amount)
        case PeriodUnit.WORKING_DAY:
            worked = filter(calendar.expects_work, days_after(start))
            return next(islice(worked, period.amount - 1, None))


def month_later(start: date, amount: int) -> date:
    """The day of the same number `amount` months later, or that month's last where it has none (民法典 art. 202)."""
    year, month = divmod(start.year * 12 + start.month - 1 + amount, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def _from(first: date, until: date = date.max) -> Iterator[date]:
    day = first
    while day <= until:
        yield day
        day += ONE_DAY
