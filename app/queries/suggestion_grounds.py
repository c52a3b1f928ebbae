"""The issues a suggestion stands on, and those it might stand on as well."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Row, select, text

from app.domain.encounter import Encounter, people_met
from app.domain.search import understood
from app.domain.values import Id
from app.queries.relations import by_ids, standing
from app.storage.search_index import match_words
from app.storage.tables import CurrentRow
from app.workspace import Workspace

OFFERED: Final = 20
"""Issues offered at once."""

_MATCHING: Final = text("current.no IN (SELECT rowid FROM search_index WHERE search_index MATCH :words)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """An issue as the desk shows it."""

    id: Id
    title: str
    day: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """The issues in their order; how many residents raised them, at how many places; the residents' names."""

    issues: tuple[Ground, ...] = ()
    people: int = 0
    places: int = 0
    residents: frozenset[str] = frozenset()


def grounds_of(workspace: Workspace, ids: Sequence[Id]) -> Grounds:
    """What is known of these issues; one that was removed keeps its title, one that never came is passed over."""
    with workspace.reading() as connection:
        rows = {row.id: row for row in connection.execute(_QUESTION.where(CurrentRow.id.in_(ids)))} if ids else {}
        bodies = [json.loads(row.body) for row in rows.values()]
        met = _met(connection, bodies)
    issues = tuple(_ground(rows[id], met) for id in ids if id in rows)
    return Grounds(
        issues=issues,
        people=sum(people_met(each) for each in met.values()) + sum(not body.get("encounter") for body in bodies),
        places=len({each.place for each in issues if each.place}),
        residents=frozenset(each.name for each in met.values() if each.name),
    )


def issues_to_add(workspace: Workspace, typed: str, but: Collection[Id] = ()) -> tuple[Ground, ...]:
    """The newest issues that hold every phrase typed, those of `but` left out; nothing typed offers the newest of all."""
    question = _QUESTION.where(standing("issue"), CurrentRow.id.not_in(but)).order_by(CurrentRow.no.desc()).limit(OFFERED)
    words = match_words(understood(typed))
    if words:
        question = question.where(_MATCHING.bindparams(words=words))
    with workspace.reading() as connection:
        return tuple(_ground(row, {}) for row in connection.execute(question))


_QUESTION: Final = select(CurrentRow.id, CurrentRow.title, CurrentRow.day, CurrentRow.body)


def _met(connection: Connection, issues: Iterable[Mapping[str, Any]]) -> Mapping[Id, Encounter]:
    """Who raised them, each once."""
    ids = list(dict.fromkeys(body["encounter"] for body in issues if body.get("encounter")))
    return {each.id: each for each in by_ids(connection, Encounter, ids)}


def _ground(row: Row[str, str, str | None, str], met: Mapping[Id, Encounter]) -> Ground:
    body = json.loads(row.body)
    encounter = met.get(body.get("encounter", ""))
    place = (encounter.village if encounter else "") or body.get("place", "")
    return Ground(id=row.id, title=row.title, day=row.day or "", place=place)
