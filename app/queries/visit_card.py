"""One visit with all that was written down of it, as a card shows it and a form goes on with it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from app.domain.attachment import Attachment
from app.domain.encounter import Encounter, Party
from app.domain.issue import Issue
from app.domain.people import Contact
from app.domain.persons import withheld
from app.domain.values import Id
from app.domain.visit import Attendance, Speech, Visit
from app.domain.visit_sheet import Line, Seen, VisitSheet
from app.errors import Refused
from app.queries.relations import AT_ONCE, member, one_with_heads, with_heads
from app.queries.rights import check_seen, may_see_contact
from app.storage.records import Stored
from app.storage.tables import CurrentRow
from app.workspace import Workspace


@dataclass(frozen=True, slots=True)
class VisitCard:
    """A sheet, and what its records were when it was read."""

    sheet: VisitSheet
    seen: Seen
    waiting: tuple[Attachment, ...] = ()
    """Files that were added while it was typed, and wait for its save."""
    masked: frozenset[Id] = frozenset()
    """Who was met and may be shown with name and telephone in full on demand."""


def visit_card(workspace: Workspace, id: Id) -> VisitCard:
    """The visit of this identifier, or the one that a person met, a presence or an issue of this identifier belongs to.

    A contact that is not for whoever is at the keyboard is left out.

    Raises `Refused("record_missing")`, and as `check_seen` does.
    """
    with workspace.reading() as connection:
        visit = _visit(connection, id)
        check_seen(connection, workspace.author.op, visit.record)
        here = visit.record.id
        attendance = with_heads(connection, Attendance, member("visit") == here)
        speeches = sorted(with_heads(connection, Speech, member("visit") == here), key=lambda each: each.record.order)
        met = with_heads(connection, Encounter, member("visit") == here)
        raised = with_heads(connection, Issue, member("visit") == here)
        open_to = {each.record.id for each in met if may_see_contact(workspace, connection, each.record)}
        contacts = _contacts(connection, list(open_to))
    sheet = VisitSheet(
        visit=visit.record,
        attendance=tuple(each.record for each in attendance),
        speeches=tuple(each.record for each in speeches),
        lines=tuple(_line(each.record, contacts, raised) for each in met),
        loose=tuple(each.record for each in raised if each.record.encounter not in {one.record.id for one in met}),
    )
    read: tuple[Stored[Any], ...] = (visit, *attendance, *speeches, *met, *contacts, *raised)
    seen = Seen(records={each.record.id: each.record for each in read}, heads={each.record.id: each.heads for each in read})
    return VisitCard(sheet, seen, masked=frozenset(each.encounter.id for each in sheet.lines if _masked(each, open_to)))


def _masked(line: Line, open_to: Collection[Id]) -> bool:
    """Whether more is known of somebody than a card shows, nobody is to be kept from it, and this operator may see it."""
    met = line.encounter
    asked = any(each.confidential for each in line.issues)
    named = bool(met.name) and met.party != Party.UNIT
    return met.id in open_to and not withheld(met, confidential=asked) and (named or line.contact is not None)


def _contacts(connection: Connection, people: Sequence[Id]) -> list[Stored[Contact]]:
    """The first contact of each of these people that have one."""
    first: dict[Id, Stored[Contact]] = {}
    for start in range(0, len(people), AT_ONCE):
        for each in with_heads(connection, Contact, member("of").in_(people[start : start + AT_ONCE])):
            first.setdefault(each.record.of, each)
    return list(first.values())


def _line(met: Encounter, contacts: Sequence[Stored[Contact]], raised: Sequence[Stored[Issue]]) -> Line:
    contact = next((each.record for each in contacts if each.record.of == met.id), None)
    return Line(encounter=met, contact=contact, issues=tuple(each.record for each in raised if each.record.encounter == met.id))


def _visit(connection: Connection, id: Id) -> Stored[Visit]:
    """The visit itself, or the one that the record of this identifier names."""
    named = connection.execute(select(member("visit")).where(CurrentRow.id == id, CurrentRow.kind != "visit")).scalar()
    visit = one_with_heads(connection, Visit, named or id)
    if visit is None:
        raise Refused("record_missing", kind="visit", id=id)
    return visit
