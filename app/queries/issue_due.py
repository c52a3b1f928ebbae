"""Which issues are owed, and how much of a deadline is left, in the days its rule counts."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import Final

from sqlalchemy import ColumnElement, and_

from app.domain.deadlines import PeriodUnit
from app.domain.issue import Route
from app.domain.life import IssueState
from app.domain.suggestion_limits import Rules
from app.domain.work_calendar import days_after
from app.queries.relations import member

AHEAD: Final = timedelta(days=14)
"""How far ahead a deadline is soon."""

DONE_WITH: Final = frozenset(
    {
        *(IssueState.DECLINED, IssueState.REFERRED, IssueState.MERGED, IssueState.RAISED, IssueState.HANDLED),
        *(IssueState.FED_BACK, IssueState.CALLED_BACK, IssueState.CLOSED, IssueState.ARCHIVED),
    }
)
"""States in which no unit owes anything any more."""

NO_UNIT: Final = frozenset({Route.ON_THE_SPOT, Route.PETITION, Route.NOT_ACCEPTED})
"""Ways on which no unit is ever assigned."""


@dataclass(frozen=True, slots=True)
class Left:
    """Days that are left, or working days where `working` is set; negative once over."""

    days: int
    working: bool = False


def owed(today: date) -> ColumnElement[bool]:
    """The condition that a unit owes an issue soon, or owed it before."""
    return and_(member("due_on") <= (today + AHEAD).isoformat(), member("state").not_in([str(each) for each in DONE_WITH]))


def left_of(last: date, today: date, rules: Rules) -> Left:
    """What is left until a last day: working days where the rule for issues counts those and it has not passed (decision 10)."""
    if last < today or rules.profile.issue.unit is not PeriodUnit.WORKING_DAY:
        return Left((last - today).days)
    return Left(sum(rules.calendar.expects_work(each) for each in islice(days_after(today), (last - today).days)), working=True)
