"""What came from an activity, and which activities something came from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, func, select

from app.domain.bulletin import Bulletin
from app.domain.records import Record
from app.domain.suggestion import Suggestion
from app.domain.values import Id, known
from app.domain.visit import Visit, VisitKind
from app.queries.bulletins import bulletin_sheet
from app.queries.relations import found, member
from app.queries.visit_card import visit_card
from app.storage.tables import CurrentRow
from app.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """An activity that something came from."""

    id: Id
    title: str
    on: date | None
    kind: str


def suggestions_from(connection: Connection, visit: Id) -> list[Suggestion]:
    """The suggestions that name a visit as one they came from, in the order of entry."""
    return found(connection, Suggestion, func.instr(func.coalesce(member("visits"), ""), visit) > 0)


def suggestions_of_visit(workspace: Workspace, visit: Id) -> tuple[Suggestion, ...]:
    """The same, by themselves."""
    with workspace.reading() as connection:
        return tuple(suggestions_from(connection, visit))


def parts_of(workspace: Workspace, record: Record) -> Sequence[Record]:
    """Of an activity who was there, what was said and what came from it; the articles of a bulletin; nothing for other kinds.

    Whom deputies met at a reception or outside is no part told here: those are people, shown one by one.
    """
    if isinstance(record, Bulletin):
        return bulletin_sheet(workspace, record.id).articles
    if not isinstance(record, Visit):
        return ()
    sheet = visit_card(workspace, record.id).sheet
    return (*sheet.attendance, *sheet.speeches, *sheet.issues(), *suggestions_of_visit(workspace, record.id))


def origins(connection: Connection, visits: Sequence[Id]) -> tuple[Origin, ...]:
    """The activities of these identifiers, in their order; one that was removed keeps its name."""
    question = select(CurrentRow.id, CurrentRow.day, CurrentRow.title, member("visit_kind").label("kind"))
    rows: dict[Id, Any] = {}
    if visits:
        rows.update((each.id, each) for each in connection.execute(question.where(CurrentRow.id.in_(visits))))
    return tuple(_origin(rows[id]) for id in visits if id in rows)


def _origin(row: Any) -> Origin:
    day = date.fromisoformat(row.day) if row.day else None
    return Origin(id=row.id, title=row.title, on=day, kind=known(VisitKind, row.kind or ""))
