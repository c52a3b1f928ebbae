"""What is said of an issue on paper: the names behind its codes and identifiers, its deadline, what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import Connection

from app.domain.category import CategoryScheme
from app.domain.chinese import short_day
from app.domain.issue import Issue
from app.domain.life import IssueState
from app.domain.values import Id, wording
from app.queries.issue_due import DONE_WITH, NO_UNIT
from app.queries.relations import category_names, titles
from app.queries.rules import station_rules
from app.workspace import Workspace

_BEFORE_ASSIGNMENT: Final = frozenset({IssueState.ACCEPTED, IssueState.PROPOSED, IssueState.APPROVED})


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueWords:
    """The words of a day; `period` is how long a unit has once it is assigned."""

    categories: Mapping[str, str]
    units: Mapping[Id, str]
    today: date
    period: str

    def category(self, issue: Issue) -> str:
        """The name of its category; a code that nobody named is shown as it is."""
        return self.categories.get(issue.category, issue.category)

    def unit(self, issue: Issue) -> str:
        """The name of the unit that handles it."""
        return self.units.get(issue.unit, "")

    def due(self, issue: Issue) -> str:
        """The deadline: a day once it is assigned, before that the rule it will follow (decision 10)."""
        if issue.due_on:
            late = issue.due_on < self.today and issue.state not in DONE_WITH
            return short_day(issue.due_on) + ("（已超期）" if late else "")
        waits = issue.state in _BEFORE_ASSIGNMENT and issue.route not in NO_UNIT
        return f"交办后{self.period}" if waits else ""


def issue_words(workspace: Workspace, connection: Connection) -> IssueWords:
    """The words as they stand in the workspace today."""
    return IssueWords(
        categories=category_names(connection, CategoryScheme.ISSUE),
        units=titles(connection, "unit"),
        today=workspace.clock.today().date(),
        period=str(station_rules(workspace, connection).profile.issue),
    )


def result_told(issue: Issue) -> str:
    """The result with its day, then the account of it, or the answer that was given on the spot."""
    head = joined(wording(issue.result), short_day(issue.closed_on)) if issue.result else ""
    return "\n".join(part for part in (head, issue.result_text or issue.on_spot_reply) if part)


def joined(*parts: str) -> str:
    """What was said of one thing, in one line; what was not said leaves no gap."""
    return "　".join(part for part in parts if part)
