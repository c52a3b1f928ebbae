"""How a visit came to be what it is: every change of it, of its people and of what they raised, in one line of time."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.attachment import Attachment
from app.domain.records import Record
from app.domain.values import Id
from app.queries.attachments import FilesChange, files_changes
from app.queries.record import Change, history
from app.queries.visit_card import visit_card
from app.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitChange:
    """One change: `event` is first_saved, saved, removed, restored, or the name of an event; `fields` became others.

    Files that came or went together are one change of so many `files`; a single one has its name for a title.
    """

    at: datetime
    operator: str
    kind: str
    title: str
    event: str
    fields: tuple[str, ...]
    files: int = 0


def visit_history(workspace: Workspace, id: Id) -> tuple[VisitChange, ...]:
    """Every change of what the visit holds now, the newest first; raises `Refused("record_missing")`."""
    records = list(visit_card(workspace, id).sheet.records())
    with workspace.reading() as connection:
        files = files_changes(connection, [each.id for each in records])
    told = [
        (change.at, change.rev or "", _told(change, record, first=number == 0))
        for record in records
        for number, change in enumerate(history(workspace, record.id))
    ]
    told += [(each.at, each.rev, _files_told(each)) for each in files]
    # Identifiers of revisions grow: they order what one transaction saved within a millisecond.
    return tuple(change for _at, _rev, change in sorted(told, key=lambda each: each[:2], reverse=True))


def _files_told(change: FilesChange) -> VisitChange:
    return VisitChange(
        at=change.at,
        operator=change.operator,
        kind=Attachment.traits.name,
        title=change.name,
        event=change.event,
        fields=(),
        files=change.count,
    )


def _told(change: Change, record: Record, *, first: bool) -> VisitChange:
    return VisitChange(
        at=change.at,
        operator=change.operator,
        kind=record.traits.name,
        title=record.title(),
        event="first_saved" if first else change.event,
        fields=() if first else tuple(change.fields),
    )
