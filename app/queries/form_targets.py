"""What the code of a printed form leads to: its record, as a list may call it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import Connection, select

from app.domain.belonging import owners_of
from app.domain.encounter import Encounter
from app.domain.issue import Issue
from app.domain.persons import listed_person, listed_title
from app.domain.records import Record
from app.domain.scanned import names_within
from app.domain.values import Id
from app.domain.visit import Visit
from app.queries.numbers import carrying
from app.queries.relations import found, member, of_id
from app.queries.search import first_hits
from app.storage.records import stored_from
from app.storage.tables import CurrentRow
from app.workspace import Workspace

KINDS: Final = ("encounter", "visit", "issue", "suggestion")
"""Kinds of records that a form on paper is of."""
_STEPS: Final = 3  # from a part to what it belongs to
_NUMBERED: Final = ("issue", "suggestion")


@dataclass(frozen=True, slots=True, kw_only=True)
class FormTarget:
    """The record of a form; a resident is masked. `visit` is the visit of somebody met, empty for others."""

    id: Id
    kind: str
    number: str
    title: str
    on: date | None
    visit: Id = ""


def target_of(workspace: Workspace, code: str) -> FormTarget | None:
    """The standing record whose identifier or number a code holds; of a part, what it belongs to. None for any other code."""
    with workspace.reading() as connection:
        for name in names_within(code):
            if record := _named(connection, name):
                return _target(connection, record)
    return None


def target(workspace: Workspace, id: Id) -> FormTarget | None:
    """A record chosen by hand."""
    with workspace.reading() as connection:
        record = _of_a_form(connection, id)
        return _target(connection, record) if record else None


def targets_like(workspace: Workspace, typed: str, limit: int = 20) -> tuple[FormTarget, ...]:
    """Records a person may mean by what they type: a number, a name, words of it; the newest first."""
    hits = first_hits(workspace, typed, limit * len(KINDS)) if typed.strip() else ()
    exact = target_of(workspace, typed) if typed.strip() else None
    near = (target(workspace, hit.id) for hit in hits if hit.kind in KINDS)
    told = {each.id: each for each in (exact, *near) if each}
    return tuple(told.values())[:limit]


def _named(connection: Connection, name: str) -> Record | None:
    id = name.lower()
    return _of_a_form(connection, id) or _of_a_form(connection, carrying(connection, name)) or _numbered(connection, name)


def _numbered(connection: Connection, number: str) -> Record | None:
    question = select(CurrentRow.id).where(
        member("number") == number, CurrentRow.kind.in_(_NUMBERED), CurrentRow.deleted.is_(False)
    )
    return _of_a_form(connection, connection.scalar(question.limit(1)) or "")


def _of_a_form(connection: Connection, id: Id) -> Record | None:
    """The record of this identifier, or the one of the kinds above that it is a part of."""
    waiting: Sequence[Id] = (id,) if id else ()
    for _step in range(_STEPS):
        rows = connection.execute(select(CurrentRow.__table__).where(CurrentRow.id.in_(waiting), CurrentRow.deleted.is_(False)))
        records: list[Record] = [stored_from(row).record for row in rows]
        if record := next((each for each in records if each.traits.name in KINDS), None):
            return record
        waiting = [owner for each in records for owner in owners_of(each)]
        if not waiting:
            break
    return None


def _target(connection: Connection, record: Record) -> FormTarget:
    number, visit = getattr(record, "number", ""), ""
    title, on = listed_title(record), record.day()
    if isinstance(record, Encounter):
        issues = found(connection, Issue, member("encounter") == record.id)
        title = listed_person(record, confidential=any(each.confidential for each in issues))
        of = of_id(connection, Visit, record.visit)
        visit, on = (of.id, of.on) if of else ("", next((each.received_on for each in issues), None))
    return FormTarget(id=record.id, kind=record.traits.name, number=number, title=title, on=on, visit=visit)
