"""How a visit came to be what it is: every change of it, of its people and of what they raised, in one line of time."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.records import Record
from app.domain.values import Id
from app.queries.record import Change, history
from app.queries.visit_card import visit_card
from app.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitChange:
    """One change: `event` is first_saved, saved, removed, restored, or the name of an event; `fields` became others."""

    at: datetime
    operator: str
    kind: str
    title: str
    event: str
    fields: tuple[str, ...]


def visit_history(workspace: Workspace, id: Id) -> tuple[VisitChange, ...]:
    """Every change of what the visit holds now, the newest first; raises `Refused("record_missing")`."""
    changes = [
        (change, record, number == 0)
        for record in visit_card(workspace, id).sheet.records()
        for number, change in enumerate(history(workspace, record.id))
    ]
    # Identifiers of revisions grow: they order what one transaction saved within a millisecond.
    changes.sort(key=lambda each: (each[0].at, each[0].rev or ""), reverse=True)
    return tuple(_told(change, record, first=first) for change, record, first in changes)


def _told(change: Change, record: Record, *, first: bool) -> VisitChange:
    return VisitChange(
        at=change.at,
        operator=change.operator,
        kind=record.traits.name,
        title=record.title(),
        event="first_saved" if first else change.event,
        fields=() if first else tuple(change.fields),
    )
