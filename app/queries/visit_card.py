"""One visit with all that was written down of it, as a card shows it and a form goes on with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from app.domain.encounter import Encounter
from app.domain.issue import Issue
from app.domain.people import Contact
from app.domain.records import AnyRecord
from app.domain.values import Id
from app.domain.visit import Attendance, Visit
from app.domain.visit_sheet import Line, Seen, VisitSheet
from app.errors import Refused
from app.queries.relations import member, standing
from app.storage.records import Stored, stored_from
from app.storage.tables import CurrentRow
from app.workspace import Workspace


@dataclass(frozen=True, slots=True)
class VisitCard:
    """A sheet, and what its records were when it was read."""

    sheet: VisitSheet
    seen: Seen


def visit_card(workspace: Workspace, id: Id) -> VisitCard:
    """The visit of this identifier, or the one that a person met, a presence or an issue of this identifier belongs to.

    Raises `Refused("record_missing")`.
    """
    with workspace.reading() as connection:
        visit = _visit(connection, id)
        here = visit.record.id
        attendance = _belonging(connection, Attendance, "visit", here)
        met = _belonging(connection, Encounter, "visit", here)
        raised = _belonging(connection, Issue, "visit", here)
        contacts = [each for one in met for each in _belonging(connection, Contact, "of", one.record.id)[:1]]
    sheet = VisitSheet(
        visit=visit.record,
        attendance=tuple(each.record for each in attendance),
        lines=tuple(_line(each.record, contacts, raised) for each in met),
        loose=tuple(each.record for each in raised if each.record.encounter not in {one.record.id for one in met}),
    )
    read: tuple[Stored[Any], ...] = (visit, *attendance, *met, *contacts, *raised)
    return VisitCard(
        sheet, Seen(records={each.record.id: each.record for each in read}, heads={each.record.id: each.heads for each in read})
    )


def _line(met: Encounter, contacts: Sequence[Stored[Contact]], raised: Sequence[Stored[Issue]]) -> Line:
    contact = next((each.record for each in contacts if each.record.of == met.id), None)
    return Line(encounter=met, contact=contact, issues=tuple(each.record for each in raised if each.record.encounter == met.id))


def _visit(connection: Connection, id: Id) -> Stored[Visit]:
    """The visit itself, or the one that the record of this identifier names."""
    named = connection.execute(select(member("visit")).where(CurrentRow.id == id, CurrentRow.kind != "visit")).scalar()
    row = connection.execute(select(CurrentRow.__table__).where(CurrentRow.id == (named or id), standing("visit"))).first()
    if row is None:
        raise Refused("record_missing", kind="visit", id=id)
    return stored_from(row)


def _belonging(connection: Connection, cls: type[AnyRecord], by: str, to: Id) -> list[Stored[AnyRecord]]:
    """The records of a kind that name another one, in the order they were entered."""
    question = select(CurrentRow.__table__).where(member(by) == to, standing(cls.traits.name)).order_by(CurrentRow.no)
    return [stored_from(row) for row in connection.execute(question)]
