"""What need not be kept any longer: records whose years are over, class by class."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, select

from app.domain.life import IssueState, SuggestionState
from app.domain.retention import OF_KIND, RetentionClass, Rule, is_over
from app.domain.values import Id
from app.storage import retention
from app.storage.tables import CurrentRow
from app.workspace import Workspace

_DONE: Final[Mapping[str, frozenset[str]]] = {
    "issue": frozenset({IssueState.DECLINED, IssueState.REFERRED, IssueState.MERGED, IssueState.CLOSED, IssueState.ARCHIVED}),
    "suggestion": frozenset({SuggestionState.CLOSED, SuggestionState.ARCHIVED, SuggestionState.WITHDRAWN}),
}
"""What is still being handled is kept, however old."""

_LAST_DAYS: Final = ("closed_on", "archived_on", "merged_on", "feedback_on", "call_back_on")


@dataclass(frozen=True, slots=True)
class Due:
    """A record that need not be kept any longer, and its day."""

    id: Id
    kind: str
    of: RetentionClass
    day: date


def retention_rules(workspace: Workspace) -> Mapping[RetentionClass, Rule]:
    """How long the station keeps each class."""
    with workspace.reading() as connection:
        return retention.rules(connection)


def due(connection: Connection, owner: Id, today: date) -> list[Due]:
    """The station's own records whose years are over, matters first, then people, visits last; removed and blocked ones too."""
    rules = retention.rules(connection)
    found = [each for each in _dated(connection, owner) if is_over(each.day, rules[each.of], today)]
    going = {each.id for each in found}
    held = set(_visits_needed(connection, going))
    return [each for each in found if each.id not in held]


def _dated(connection: Connection, owner: Id) -> Iterator[Due]:
    visits = {row.id: row.day for row in _rows(connection, owner, "visit")}
    raised: dict[Id, str] = {}
    for kind in ("suggestion", "issue"):
        for row in _rows(connection, owner, kind):
            body = json.loads(row.body)
            last = max((each for each in (row.day, *(body.get(name) for name in _LAST_DAYS)) if each), default="")
            if kind == "issue":
                raised[body.get("encounter", "")] = last
            if last and (row.deleted or body.get("state", "") in _DONE[kind]):
                yield Due(row.id, kind, OF_KIND[kind], date.fromisoformat(last))
    met: dict[Id, str] = {}
    for row in _rows(connection, owner, "encounter"):
        met[row.id] = visits.get(json.loads(row.body).get("visit", "")) or raised.get(row.id, "")
    yield from _people(connection, owner, met)
    for id, day in visits.items():
        if day:
            yield Due(id, "visit", OF_KIND["visit"], date.fromisoformat(day))


def _people(connection: Connection, owner: Id, met: Mapping[Id, str]) -> Iterator[Due]:
    for row in _rows(connection, owner, "contact"):
        if day := met.get(json.loads(row.body).get("of", "")):
            yield Due(row.id, "contact", OF_KIND["contact"], date.fromisoformat(day))
    for id, day in met.items():
        if day:
            yield Due(id, "encounter", OF_KIND["encounter"], date.fromisoformat(day))


def _visits_needed(connection: Connection, going: set[Id]) -> Iterator[Id]:
    """Visits of which people or matters stay."""
    for kind in ("encounter", "issue"):
        question = select(CurrentRow.id, CurrentRow.body).where(CurrentRow.kind == kind, CurrentRow.body != "{}")
        for row in connection.execute(question.execution_options(yield_per=1000)):
            visit = json.loads(row.body).get("visit", "") if row.id not in going else ""
            if visit:
                yield visit


def _rows(connection: Connection, owner: Id, kind: str) -> Iterator[Any]:
    question = select(CurrentRow.id, CurrentRow.day, CurrentRow.deleted, CurrentRow.body)
    own = question.where(CurrentRow.kind == kind, CurrentRow.owner == owner, CurrentRow.body != "{}")
    yield from connection.execute(own.execution_options(yield_per=1000))
