"""How a record came to be what it is: every change of it and of its parts, in one line of time, as a person reads it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from app.domain.belonging import OWNERS
from app.domain.persons import listed_title
from app.domain.records import Record
from app.domain.values import Id
from app.errors import Refused
from app.queries.readable import FieldChange, Names
from app.queries.record import Change, changes_among
from app.queries.rights import check_seen
from app.storage import deeds
from app.storage.deeds import REDONE, UNDONE
from app.workspace import Workspace

_LINKS: Final = frozenset({*OWNERS, "station"})


@dataclass(frozen=True, slots=True, kw_only=True)
class PastChange:
    """One change: `event` is first_saved, saved, removed, restored, or the name of an event; `fields` became others.

    `by_undo` is undone or redone where an undo made it; `elsewhere` tells a
    change of another computer, `kind` and `title` the part that was changed.
    """

    at: datetime
    operator: str
    elsewhere: bool
    record: Id
    kind: str
    title: str
    event: str
    by_undo: str
    rev: Id
    deed: Id  # changes of one deed were saved together; empty where that is not known
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """All changes of a record and its parts, the newest first; `title` is what it is called."""

    id: Id
    kind: str
    title: str
    changes: tuple[PastChange, ...]


def record_history(workspace: Workspace, id: Id) -> Past:
    """Every change of a record of any kind and of its parts, removed ones too.

    Raises `Refused("record_missing")`, and as `check_seen` does.
    """
    with workspace.reading() as connection:
        start = next(iter(deeds.found(connection, [id])), None)
        if start is None:
            raise Refused("record_missing", kind="", id=id)
        check_seen(connection, workspace.author.op, start.stored.record)
        records = {each.stored.record.id: each.stored.record for each in deeds.family(connection, start)}
        changes = list(changes_among(list(records), connection))
        names = Names(connection)
        told = _told(workspace, records, changes, names)
        record = start.stored.record
        return Past(id=id, kind=record.traits.name, title=listed_title(record), changes=tuple(told)[::-1])


def _fields(change: Change, names: Names, *, first: bool) -> Iterator[FieldChange]:
    """What became of the fields; what a part belongs to is told by where it stands, when it is written first."""
    for each in names.changes(change.kind, change.fields) if change.kind else ():
        if not (first and each.field in _LINKS):
            yield each


def _told(
    workspace: Workspace, records: Mapping[Id, Record], changes: Sequence[tuple[Id, Change]], names: Names
) -> Iterator[PastChange]:
    undone = {str(each.fields["deed"][1]): each.event for _id, each in changes if each.event in {UNDONE, REDONE}}
    met: set[Id] = set()
    for id, each in changes:
        if each.event in {UNDONE, REDONE}:
            continue  # what it did stands beside it
        first = bool(each.rev) and id not in met
        met |= {id} if each.rev else set()
        own_seat = each.seat == workspace.author.by
        yield PastChange(
            at=each.at,
            operator=each.operator,
            elsewhere=not own_seat,
            record=id,
            kind=records[id].traits.name,
            title=listed_title(records[id]),
            event="first_saved" if first else each.event,
            by_undo=undone.get(each.deed or "", ""),
            rev=each.rev or "",
            deed=each.deed or "",
            fields=tuple(_fields(each, names, first=first)),
        )
