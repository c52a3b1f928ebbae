"""How much of a deadline is left, in the days its rule counts."""

from dataclasses import dataclass
from datetime import date
from itertools import islice

from app.domain.deadlines import Period, PeriodUnit
from app.domain.work_calendar import days_after
from app.reference import DEFAULT_PROFILE, rule_profiles, work_calendar


@dataclass(frozen=True, slots=True)
class Left:
    """Days that are left, or working days where `working` is set; negative once over."""

    days: int
    working: bool = False


def issue_period() -> Period:
    """How long a unit has from the assignment of an issue (decision 10)."""
    return rule_profiles()[DEFAULT_PROFILE].issue


def left_of(last: date, today: date) -> Left:
    """What is left until a last day: working days where the rule counts those and it has not passed."""
    if last < today or issue_period().unit is not PeriodUnit.WORKING_DAY:
        return Left((last - today).days)
    calendar = work_calendar()
    return Left(sum(calendar.expects_work(each) for each in islice(days_after(today), (last - today).days)), working=True)
