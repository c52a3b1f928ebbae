"""A resident's name and telephone shown in full: who may see them does, and the journal tells who saw them when (decision 2)."""

from app.domain.encounter import Encounter
from app.domain.people import Contact
from app.domain.rights import Right, holders
from app.domain.values import Id
from app.errors import Refused
from app.queries.rights import may_see_contact
from app.queries.visit_card import VisitCard, visit_card
from app.workspace import Workspace


def note_shown(workspace: Workspace, id: Id) -> None:
    """Note that a record is shown in full, where it tells of a resident; raises `Refused("not_allowed" | "record_missing")`."""
    with workspace.writing() as books:
        stored = books.records.find(id)
        if stored is None or stored.deleted:
            raise Refused("record_missing", kind="", id=id)
        if not isinstance(stored.record, (Encounter, Contact)):
            return
        if not may_see_contact(workspace, books.connection, stored.record):
            raise Refused("not_allowed", right=Right.CONTACTS, who=holders(Right.CONTACTS))
        books.note("contact_shown", {}, id)


def show_people(workspace: Workspace, visit: Id) -> VisitCard:
    """The visit whose people are to be shown in full, those of `masked`; the journal notes it.

    Raises as `visit_card` does, and `Refused("person_withheld")` where nobody is left to be shown.
    """
    card = visit_card(workspace, visit)
    if not card.masked:
        raise Refused("person_withheld")
    with workspace.writing() as books:
        books.note("contact_shown", {}, card.sheet.visit.id)
    return card
