"""The repository of all records: one flat value in, one flat value out, whatever its kind.

A save appends a revision to the journal, brings the current view up to date and re-indexes the text, in one transaction.
"""

import json
import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

from sqlalchemy import Connection, bindparam, func, select, update

from app.domain.ids import Stamp
from app.domain.kinds import kind_of
from app.domain.records import Record, body_of, record_from, searched_texts
from app.domain.revisions import Revision, View, canonical, read_line, view_of
from app.domain.search import indexed
from app.domain.values import Id, Json
from app.errors import Refused
from app.storage import search_index
from app.storage.bulk import insert_rows
from app.storage.journal import Journal
from app.storage.tables import CurrentRow

AnyRecord = TypeVar("AnyRecord", bound=Record)
_AT_ONCE: Final = 500  # identifiers in one question to the database


@dataclass(frozen=True, slots=True)
class Author:
    """Who writes: the station, the seat, the operator."""

    owner: Id
    by: str
    op: Id


@dataclass(frozen=True, slots=True)
class Stored(Generic[AnyRecord]):
    """A record with the revision it was read from; a save names it, so that nobody overwrites what they have not seen."""

    record: AnyRecord
    rev: Id
    deleted: bool
    disputed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Known:
    no: int
    rev: Id
    heads: tuple[Id, ...]
    gen: int
    kind: str
    body: str
    deleted: bool


class Records:
    """The records within one transaction."""

    def __init__(
        self, connection: Connection, journal: Journal, author: Author, ids: Callable[[], Id], stamps: Callable[[], Stamp]
    ):
        self._connection = connection
        self._journal = journal
        self._author = author
        self._ids = ids
        self._stamps = stamps

    # --- reading

    def get(self, cls: type[AnyRecord], id: Id) -> Stored[AnyRecord]:
        """The record as it stands; raises `Refused("record_missing")` where there is none of that kind, or it was removed."""
        stored = self.find(id)
        if stored is None or stored.deleted or not isinstance(stored.record, cls):
            raise Refused("record_missing", kind=cls.traits.name, id=id)
        return Stored(stored.record, stored.rev, stored.deleted, stored.disputed)

    def find(self, id: Id) -> Stored[Record] | None:
        """The record of any kind, removed ones too, or None."""
        row = self._connection.execute(select(CurrentRow.__table__).where(CurrentRow.id == id)).first()
        return stored_from(row) if row else None

    def all_of(self, cls: type[AnyRecord]) -> list[Stored[AnyRecord]]:
        """Every record of a small kind, in the order they were first saved."""
        question = (
            select(CurrentRow.__table__).where(CurrentRow.kind == cls.traits.name, ~CurrentRow.deleted).order_by(CurrentRow.no)
        )
        return [stored_from(row) for row in self._connection.execute(question)]

    # --- writing

    def save(self, record: Record, *, seen: Id | None = None) -> Id:
        """Save one record; with `seen`, only on top of that revision. Returns the record's identifier."""
        self.save_all([record], seen={record.id: seen} if seen else {})
        return record.id

    def save_all(self, records: Sequence[Record], *, seen: Mapping[Id, Id] | None = None, batch: Id | None = None) -> int:
        """Save records that differ from what is stored; returns how many did.

        Raises `Refused("stale", id)` where another revision than the seen one stands, `Refused("append_only", kind)`.
        """
        known = self._known([record.id for record in records])
        changed: list[tuple[Record, Revision]] = []
        for record in records:
            head, body = known.get(record.id), body_of(record)
            _check(record, head, (seen or {}).get(record.id))
            if head is None or head.deleted or head.body != canonical(body).decode():
                changed.append((record, self._revision(record.traits.name, record.id, head, body, deleted=False)))
        self._write(changed, known, batch)
        return len(changed)

    def remove(self, ids: Iterable[Id], *, batch: Id | None = None) -> int:
        """Remove records: a tombstone that keeps the last body, so that it can be undone. Returns how many were there."""
        wanted = list(ids)
        known = self._known(wanted)
        graves: list[tuple[Record, Revision]] = []
        for id in wanted:
            head = known.get(id)
            if head and not head.deleted:
                body = json.loads(head.body)
                record = record_from(kind_of(head.kind).record, id, body)
                graves.append((record, self._revision(head.kind, id, head, body, deleted=True)))
        self._write(graves, known, batch)
        return len(graves)

    def take_in(self, revisions: Sequence[Revision]) -> int:
        """Add revisions made elsewhere; those known already change nothing. Returns how many were new."""
        known_revs = self._journal.known([each.rev for each in revisions])
        fresh = list({each.rev: each for each in revisions if each.rev not in known_revs}.values())
        if fresh:
            self._journal.append([(each, each.written()) for each in fresh])
            self._rebuild({each.id for each in fresh})
        return len(fresh)

    def _rebuild(self, ids: Iterable[Id]) -> None:
        known = self._known(list(ids))
        for record_id in ids:
            lines = [line for line in self._journal.lines_of(record_id) if line.rev]
            traits = kind_of(lines[0].kind)
            view = view_of([read_line(line.line) for line in lines], traits.groups)
            record = record_from(traits.record, record_id, view.body)
            self._put([_Seen(record, view, canonical(view.body).decode(), lines[-1].seq)], known)

    def _write(self, changed: Sequence[tuple[Record, Revision]], known: Mapping[Id, _Known], batch: Id | None) -> None:
        written = [(revision, revision.written()) for _, revision in changed]
        seqs = self._journal.append(written, batch)
        self._put(
            [
                _Seen(record, _only_head(revision), lines.body.decode(), seq)
                for (record, revision), (_, lines), seq in zip(changed, written, seqs, strict=True)
            ],
            known,
        )

    def _put(self, seen: Sequence["_Seen"], known: Mapping[Id, _Known]) -> None:
        """Bring the current view and the index up to date."""
        free = int(self._connection.execute(_NEWEST_NUMBER).scalar_one()) + 1
        fresh: list[tuple[Any, ...]] = []
        altered: list[dict[str, Any]] = []
        texts: dict[int, str] = {}
        for each in seen:
            head = known.get(each.record.id)
            number = head.no if head else free + len(fresh)
            viewed = _viewed(each)
            if head:
                altered.append({"at": number} | {f"new_{name}": value for name, value in zip(_VIEWED, viewed, strict=True)})
            else:
                fresh.append((number, each.record.id, each.record.traits.name, *viewed))
            texts[number] = "" if each.view.deleted else indexed(searched_texts(each.record))
        insert_rows(self._connection, CurrentRow, ("no", "id", "kind", *_VIEWED), fresh)
        if altered:
            self._connection.execute(_ALTER, altered)
        search_index.put(self._connection, [row["at"] for row in altered], texts)

    def _revision(self, kind: str, id: Id, head: _Known | None, body: Mapping[str, Json], *, deleted: bool) -> Revision:
        return Revision(
            id=id,
            rev=self._ids(),
            kind=kind,
            parents=head.heads if head else (),
            gen=head.gen + 1 if head else 1,
            hlc=str(self._stamps()),
            owner=self._author.owner,
            by=self._author.by,
            op=self._author.op,
            deleted=deleted,
            salt=secrets.token_hex(16),
            body=body,
        )

    def _known(self, ids: Sequence[Id]) -> dict[Id, _Known]:
        known: dict[Id, _Known] = {}
        for start in range(0, len(ids), _AT_ONCE):
            for row in self._connection.execute(_KNOWN, {"ids": ids[start : start + _AT_ONCE]}):
                known[row.id] = _Known(row.no, row.rev, tuple(row.heads.split()), row.gen, row.kind, row.body, row.deleted)
        return known


def stored_from(row: Any) -> Stored[Any]:
    """The value a row of the current view holds."""
    record = record_from(kind_of(row.kind).record, row.id, json.loads(row.body))
    return Stored(record, row.rev, row.deleted, tuple(row.disputed.split()))


def _check(record: Record, head: _Known | None, seen: Id | None) -> None:
    if head is None:
        return
    if seen is not None and seen != head.rev:
        raise Refused("stale", id=record.id, seen=seen, stands=head.rev)
    if head.kind != record.traits.name:
        raise Refused("kind_differs", id=record.id, stands=head.kind, given=record.traits.name)
    if not record.traits.mutable and not head.deleted and head.body != canonical(body_of(record)).decode():
        raise Refused("append_only", kind=head.kind, id=record.id)


def _only_head(revision: Revision) -> View:
    return View(winner=revision, heads=(revision.rev,), gen=revision.gen, body=revision.body, deleted=revision.deleted)


@dataclass(frozen=True, slots=True)
class _Seen:
    """A record with the view of it that is to be shown from now on."""

    record: Record
    view: View
    body: str
    seq: int


_VIEWED: Final = ("owner", "rev", "heads", "gen", "seq", "day", "title", "deleted", "disputed", "body")


def _viewed(seen: _Seen) -> tuple[Any, ...]:
    """The values of a row of the current view that change with each revision, in the order of `_VIEWED`."""
    view, day = seen.view, seen.record.day()
    return (
        view.winner.owner,
        view.winner.rev,
        " ".join(view.heads),
        view.gen,
        seen.seq,
        day.isoformat() if day else None,
        seen.record.title(),
        view.deleted,
        " ".join(view.disputed),
        seen.body,
    )


_NEWEST_NUMBER: Final = select(func.coalesce(func.max(CurrentRow.no), 0))
_ALTER: Final = (
    update(CurrentRow).where(CurrentRow.no == bindparam("at")).values({name: bindparam(f"new_{name}") for name in _VIEWED})
)
_KNOWN: Final = select(
    CurrentRow.no,
    CurrentRow.id,
    CurrentRow.rev,
    CurrentRow.heads,
    CurrentRow.gen,
    CurrentRow.kind,
    CurrentRow.body,
    CurrentRow.deleted,
).where(CurrentRow.id.in_(bindparam("ids", expanding=True)))
