"""One record as a person wants to see it: as it stands, or as it came to be."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Final, TypeVar

from sqlalchemy import Connection, select

from app.domain.ids import Stamp
from app.domain.kinds import KINDS, kind_of
from app.domain.records import Record
from app.domain.revisions import WHOLE_RECORD, Revision, is_erased, read_kept, view_of
from app.domain.values import Id, Json
from app.errors import Refused
from app.queries.rights import check_seen
from app.storage.erase_orders import ordered_revisions
from app.storage.records import Stored, stored_from
from app.storage.tables import CurrentRow, JournalRow
from app.workspace import Workspace

AnyRecord = TypeVar("AnyRecord", bound=Record)
_AT_ONCE: Final = 500  # records in one question to the database


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One line of a record's history: who, when, from which seat, and what it became."""

    at: datetime
    kind: str  # of the record; empty for an event
    event: str  # saved, removed, restored, erased, or the name of an event
    operator: str
    seat: str
    rev: Id | None
    deed: Id | None  # what was saved together bears one name; None for an event, and where it is not known
    fields: Mapping[str, tuple[Json, Json]]


def record(workspace: Workspace, id: Id) -> Stored[Record]:
    """The record of any kind as it stands; raises `Refused("record_missing")`, and as `check_seen` does."""
    with workspace.reading() as connection:
        stored = _found(connection, id)
        if stored is None or stored.deleted:
            raise Refused("record_missing", kind="", id=id)
        check_seen(connection, workspace.author.op, stored.record)
    return stored


def _found(connection: Connection, id: Id) -> Stored[Record] | None:
    row = connection.execute(select(CurrentRow.__table__).where(CurrentRow.id == id)).first()
    return stored_from(row) if row else None


def is_record(workspace: Workspace, id: Id) -> bool:
    """Whether there is or was a record of this identifier."""
    with workspace.reading() as connection:
        return connection.execute(select(CurrentRow.no).where(CurrentRow.id == id)).first() is not None


def record_of(workspace: Workspace, cls: type[AnyRecord], id: Id) -> AnyRecord:
    """The record of one kind; raises as `record` does."""
    found = record(workspace, id).record
    if not isinstance(found, cls):
        raise Refused("record_missing", kind=cls.traits.name, id=id)
    return found


def history(workspace: Workspace, id: Id) -> list[Change]:
    """Every change of a record, oldest first; raises `Refused("record_missing")`, and as `check_seen` does."""
    with workspace.reading() as connection:
        if stored := _found(connection, id):
            check_seen(connection, workspace.author.op, stored.record)
        changes = [each for _id, each in changes_among([id], connection)]
    if not changes:
        raise Refused("record_missing", kind="", id=id)
    return changes


def changes_among(ids: Sequence[Id], connection: Connection) -> Iterator[tuple[Id, Change]]:
    """Every change and event of these records, oldest first."""
    named = select(CurrentRow.id, CurrentRow.title).where(CurrentRow.kind == "operator")
    names = {row.id: row.title for row in connection.execute(named)}
    columns = select(JournalRow.seq, JournalRow.record, JournalRow.rev, JournalRow.kind, JournalRow.batch, JournalRow.line)
    rows: list[Any] = []
    for start in range(0, len(ids), _AT_ONCE):
        rows += connection.execute(columns.where(JournalRow.record.in_(ids[start : start + _AT_ONCE]))).all()
    known: dict[Id, dict[Id, Revision]] = {}
    emptied = {row.rev: row.record for row in rows if row.rev and is_erased(row.line)}
    ordered = ordered_revisions(connection, emptied.keys())
    for row in sorted(rows, key=lambda row: row.seq):
        if row.rev is None:
            yield row.record, _event(row.kind, json.loads(row.line), names)
            continue
        revision = read_kept(row.line)
        earlier = known.setdefault(row.record, {})
        before = _made_from(revision, earlier)
        change = _change(revision, before, names, row.batch)
        if settled := _settled(revision, earlier):
            change = replace(change, fields=settled)
        yield row.record, _without_content(change, revision, before, ordered)
        earlier[revision.rev] = revision


def _made_from(revision: Revision, earlier: dict[Id, Revision]) -> Revision | None:
    """The state that a revision changed; where that is not one alone, or not here, the line before it."""
    parents = [earlier[rev] for rev in revision.parents if rev in earlier]
    return parents[0] if len(parents) == 1 else next(reversed(earlier.values()), None)


def _settled(revision: Revision, earlier: Mapping[Id, Revision]) -> dict[str, tuple[Json, Json]]:
    """What became of the fields where one save stands on several states: what gave way of those in dispute, what else changed.

    Empty where it does not, and where something of what it stands on is not here.
    """
    heads = [earlier[rev] for rev in revision.parents if rev in earlier and earlier[rev].salt]
    if len(heads) < 2 or not revision.salt:
        return {}
    view = view_of(earlier.values(), kind_of(revision.kind).groups if revision.kind in KINDS else ())
    if set(view.heads) != {each.rev for each in heads}:
        return {}
    disputed = list(revision.body) if WHOLE_RECORD in view.disputed else view.disputed
    told = _differences(revision, view.body)
    for name in disputed:
        now = revision.body.get(name)
        gave_way = next((each.body.get(name) for each in heads if each.body.get(name) != now), now)
        if name not in told and gave_way != now:
            told[name] = gave_way, now
    return told


def _change(revision: Revision, before: Revision | None, names: Mapping[Id, str], deed: Id | None) -> Change:
    return Change(
        at=moment_of(revision.hlc),
        kind=revision.kind,
        event="removed" if revision.deleted else "restored" if before and before.deleted else "saved",
        operator=names.get(revision.op, ""),
        seat=revision.by,
        rev=revision.rev,
        deed=deed,
        fields=_differences(revision, before.body if before else {}),
    )


def _without_content(change: Change, revision: Revision, before: Revision | None, ordered: Collection[Id]) -> Change:
    """Of what was erased, or let go as old, only who saved it and when is told; what came next differs from nothing known."""
    if not revision.salt:
        return replace(change, fields={})
    if before is None or before.salt:
        return change
    return replace(change, fields={}, event="erased" if before.rev in ordered else "let_go")


def _differences(revision: Revision, old: Mapping[str, Json]) -> dict[str, tuple[Json, Json]]:
    declared = list(KINDS[revision.kind].fields) if revision.kind in KINDS else []
    names = dict.fromkeys([*declared, *old, *revision.body])
    return {name: (old.get(name), revision.body.get(name)) for name in names if old.get(name) != revision.body.get(name)}


def _event(kind: str, members: Mapping[str, Json], names: Mapping[Id, str]) -> Change:
    facts = {name: (None, value) for name, value in members.items() if not name.startswith("_")}
    operator = names.get(str(members["_op"]), "")
    return Change(
        at=moment_of(str(members["_hlc"])),
        kind="",
        event=kind,
        operator=operator,
        seat=str(members["_by"]),
        rev=None,
        deed=None,
        fields=facts,
    )


def moment_of(stamp: str) -> datetime:
    """The moment a stamp of the hybrid clock stands for."""
    return datetime.fromtimestamp(Stamp.parse(stamp).milliseconds / 1000, UTC)
