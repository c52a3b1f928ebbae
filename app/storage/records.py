"""The repository of all records: one flat value in, one flat value out, whatever its kind.

A save appends a revision to the journal, brings the current view up to date and re-indexes the text, in one transaction.
"""

import json
import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Generic, TypeVar

from sqlalchemy import Connection, bindparam, func, select, update

from app.domain.erase_order import EraseOrder, emptied
from app.domain.ids import Stamp
from app.domain.kinds import kind_of
from app.domain.records import Record, body_of, record_from
from app.domain.revisions import LINE_LIMIT, Revision, View, Written, canonical, read_kept, view_of
from app.domain.suggestion import Suggestion, check_words
from app.domain.values import Id, Json
from app.errors import Refused
from app.storage import search_index, tally
from app.storage.bulk import insert_rows
from app.storage.erase_orders import ordered_revisions
from app.storage.guard import Guard
from app.storage.journal import Journal, JournalLine
from app.storage.tables import CurrentRow

AnyRecord = TypeVar("AnyRecord", bound=Record)
Arrived = dict[Id, list[tuple[int, Revision]]]
"""By record, the revisions that are new, each with its place in the journal."""
_AT_ONCE: Final = 500  # identifiers in one question to the database
_REBUILT_AT_ONCE: Final = 5_000  # records


@dataclass(frozen=True, slots=True)
class Author:
    """Who writes: the station, the seat, the operator."""

    owner: Id
    by: str
    op: Id


@dataclass(frozen=True, slots=True)
class Stored(Generic[AnyRecord]):
    """A record with the heads it was read from; a save names them, so that nobody overwrites what they have not seen."""

    record: AnyRecord
    rev: Id
    deleted: bool
    disputed: tuple[str, ...]
    heads: tuple[Id, ...]


@dataclass(frozen=True, slots=True)
class _Known:
    no: int
    rev: Id
    heads: tuple[Id, ...]
    gen: int
    kind: str
    body: str
    deleted: bool
    owner: Id
    by: str
    seq: int


class Records:
    """The records within one transaction."""

    def __init__(
        self,
        connection: Connection,
        journal: Journal,
        author: Author,
        ids: Callable[[], Id],
        stamps: Callable[[], Stamp],
        deed: Id,
        guard: Guard,
    ):
        self._guard = guard
        self._deed = deed
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
        return Stored(stored.record, stored.rev, stored.deleted, stored.disputed, stored.heads)

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

    def save(self, record: Record, *, seen: Sequence[Id] = ()) -> Id:
        """Save one record; with `seen`, only on top of those heads. Returns the record's identifier."""
        self.save_all([record], seen={record.id: seen})
        return record.id

    def save_all(
        self,
        records: Sequence[Record],
        *,
        seen: Mapping[Id, Sequence[Id]] | None = None,
        batch: Id | None = None,
        going_back: bool = False,
    ) -> int:
        """Save records that differ from what is stored, or on whose branches nobody has decided yet; returns how many did.

        `going_back` says that they were so before: then one of a kind that is only added to may change as well.
        Raises what `Guard.check_saved` raises, `Refused("stale", id, seen, stands)` where other heads than the seen ones stand,
        `Refused("append_only", kind, id)`, `Refused("text_frozen", id, state)`, `Refused("kind_differs", id, stands, given)`;
        `ValueError` for a record twice.
        """
        self._guard.check_saved(records)
        known = self._known([record.id for record in records])
        if len({record.id for record in records}) < len(records):
            raise ValueError("a record is saved once in a batch")
        changed: list[tuple[Record, Revision]] = []
        for record in records:
            head, body = known.get(record.id), body_of(record)
            _check(record, head, (seen or {}).get(record.id, ()), going_back=going_back)
            if head is None or head.deleted or len(head.heads) > 1 or head.body != canonical(body).decode():
                changed.append((record, self._revision(record.traits.name, record.id, head, body, deleted=False)))
        self._write(changed, known, batch)
        return len(changed)

    def remove(self, ids: Iterable[Id], *, batch: Id | None = None) -> int:
        """Remove records: a tombstone that keeps the last body, so that it can be undone. Returns how many were there.

        Of what two computers have removed already, each on its own, this leaves one removal on top of both.
        """
        wanted = list(dict.fromkeys(ids))
        known = self._known(wanted)
        graves: list[tuple[Record, Revision]] = []
        for id in wanted:
            head = known.get(id)
            if head and (not head.deleted or len(head.heads) > 1):
                body = json.loads(head.body)
                record = record_from(kind_of(head.kind).record, id, body)
                graves.append((record, self._revision(head.kind, id, head, body, deleted=True)))
        self._guard.check_removed([record for record, _grave in graves])
        self._write(graves, known, batch)
        return len(graves)

    def leave(self, left: Mapping[Id, Mapping[str, Json] | None], parents: Mapping[Id, Sequence[Id]]) -> None:
        """Save on top what is left of records that are to be erased: another body, or with None nothing, and they are removed.

        Append-only kinds and frozen texts give way. `parents` are states that whoever has them must know to be replaced.
        """
        known = self._known(list(left))
        changed: list[tuple[Record, Revision]] = []
        for id, body in left.items():
            head = known[id]
            kept = body or {}
            revision = self._revision(head.kind, id, head, kept, deleted=body is None or head.deleted)
            made_from = tuple(dict.fromkeys((*head.heads, *parents.get(id, ()))))
            changed.append((record_from(kind_of(head.kind).record, id, kept), replace(revision, parents=made_from)))
        self._write(changed, known, None)

    def follow(self, records: Sequence[Record], removed: Sequence[Record], op: Id = "") -> None:
        """Save what follows from what was taken in, and remove what it makes superfluous; `op` is who said it.

        Nobody here did it, so nobody's rights are asked and it is no deed that could be taken back. Without `op` it follows from
        what is being done here, and is taken back with it.
        """
        known = self._known([each.id for each in (*records, *removed)])
        changed: list[tuple[Record, Revision]] = []
        for each in (*records, *removed):
            head = known.get(each.id)
            revision = self._revision(each.traits.name, each.id, head, body_of(each), deleted=each in removed)
            changed.append((each, replace(revision, op=op) if op else revision))
        written = [(revision, _written(revision)) for _, revision in changed]
        self._put_written(changed, written, self._journal.append(written, None if op else self._deed), known)

    def take_in(self, revisions: Sequence[Revision]) -> int:
        """Add revisions made elsewhere; those known already change nothing. Returns how many were new.

        Raises `Refused("record_foreign", id)` for a revision of another owner's record, or of another kind than the record's.
        """
        arrived = self.add([(each, each.written()) for each in revisions])
        self.rebuild(arrived)
        return sum(map(len, arrived.values()))

    def add(self, rows: Sequence[tuple[Revision, Written]]) -> "Arrived":
        """Write revisions made elsewhere into the journal; the view is behind until `rebuild` was told what is new of them.

        Of what was ordered to be erased before it came only the header is written.
        """
        known_revs = self._journal.known([each.rev for each, _written in rows])
        new = {row[0].rev: row for row in rows if row[0].rev not in known_revs}
        content = [rev for rev, (each, _written) in new.items() if each.kind != EraseOrder.traits.name]
        new |= {rev: emptied(*new[rev]) for rev in ordered_revisions(self._connection, content)}
        fresh = list(new.values())
        arrived: Arrived = {}
        if fresh:
            for seq, (each, _written) in zip(self._journal.append(fresh), fresh, strict=True):
                arrived.setdefault(each.id, []).append((seq, each))
        return arrived

    def rebuild(self, arrived: "Arrived") -> None:
        """Bring the view of the records up to date that something has arrived of, or gone; raises as `take_in` does."""
        ids = list(arrived)
        for start in range(0, len(ids), _REBUILT_AT_ONCE):
            part = ids[start : start + _REBUILT_AT_ONCE]
            known = self._known(part)
            lines = self._journal.revisions_of([id for id in part if id in known])
            # Of a record that was not here before everything is at hand already.
            seen = [_seen_in(id, lines[id]) if id in known else _seen_among(id, arrived[id]) for id in part]
            self._put(seen, known)

    def _write(self, changed: Sequence[tuple[Record, Revision]], known: Mapping[Id, _Known], batch: Id | None) -> None:
        written = [(revision, _written(revision)) for _, revision in changed]
        self._put_written(changed, written, self._journal.append(written, batch or self._deed), known)

    def _put_written(
        self,
        changed: Sequence[tuple[Record, Revision]],
        written: Sequence[tuple[Revision, Written]],
        seqs: Sequence[int],
        known: Mapping[Id, _Known],
    ) -> None:
        self._put(
            [
                _Seen(record, _only_head(revision), lines.body.decode(), seq, revision.by)
                for (record, revision), (_, lines), seq in zip(changed, written, seqs, strict=True)
            ],
            known,
        )

    def _put(self, seen: Sequence["_Seen"], known: Mapping[Id, _Known]) -> None:
        """Bring the current view and the index up to date."""
        free = int(self._connection.execute(_NEWEST_NUMBER).scalar_one()) + 1
        fresh: list[tuple[Any, ...]] = []
        altered: list[dict[str, Any]] = []
        texts: dict[int, search_index.Indexed] = {}
        for each in seen:
            head = known.get(each.record.id)
            number = head.no if head else free + len(fresh)
            viewed = _viewed(each)
            if head:
                altered.append({"at": number} | {f"new_{name}": value for name, value in zip(_VIEWED, viewed, strict=True)})
            else:
                fresh.append((number, each.record.id, each.record.traits.name, *viewed))
            texts[number] = search_index.Indexed() if each.view.deleted else search_index.indexed_of(each.record)
        insert_rows(self._connection, CurrentRow, ("no", "id", "kind", *_VIEWED), fresh)
        if altered:
            self._connection.execute(_ALTER, altered)
        heads = [known[each.record.id] for each in seen if each.record.id in known]
        entered = [(each.view.winner.owner, each.by, each.record.traits.name, each.seq) for each in seen]
        tally.move(self._connection, [(head.owner, head.by, head.kind, head.seq) for head in heads], entered)
        search_index.put(self._connection, [row["at"] for row in altered], texts)

    def _revision(self, kind: str, id: Id, head: _Known | None, body: Mapping[str, Json], *, deleted: bool) -> Revision:
        return Revision(
            id=id,
            rev=self._ids(),
            kind=kind,
            parents=head.heads if head else (),
            gen=head.gen + 1 if head else 1,
            hlc=str(self._stamps()),
            owner=head.owner if head else self._author.owner,
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
                heads = tuple(row.heads.split())
                known[row.id] = _Known(
                    row.no, row.rev, heads, row.gen, row.kind, row.body, row.deleted, row.owner, row.by, row.seq
                )
        return known


def stored_from(row: Any) -> Stored[Any]:
    """The value a row of the current view holds."""
    record = record_from(kind_of(row.kind).record, row.id, json.loads(row.body))
    return Stored(record, row.rev, row.deleted, tuple(row.disputed.split()), tuple(row.heads.split()))


def _check(record: Record, head: _Known | None, seen: Sequence[Id], *, going_back: bool) -> None:
    if head is None:
        return
    if seen and tuple(seen) != head.heads:
        raise Refused("stale", id=record.id, seen=tuple(seen), stands=head.heads)
    if head.kind != record.traits.name:
        raise Refused("kind_differs", id=record.id, stands=head.kind, given=record.traits.name)
    if not (record.traits.mutable or going_back) and not head.deleted and head.body != canonical(body_of(record)).decode():
        raise Refused("append_only", kind=head.kind, id=record.id)
    if isinstance(record, Suggestion) and not head.deleted:
        check_words(record_from(Suggestion, record.id, json.loads(head.body)), record)


def _written(revision: Revision) -> Written:
    """The revision's bytes; raises `Refused("record_large")` for a line that no package could carry."""
    written = revision.written()
    if len(written.line) > LINE_LIMIT:
        raise Refused("record_large", kind=revision.kind, size=len(written.line), most=LINE_LIMIT)
    return written


def _only_head(revision: Revision) -> View:
    return View(winner=revision, heads=(revision.rev,), gen=revision.gen, body=revision.body, deleted=revision.deleted)


@dataclass(frozen=True, slots=True)
class _Seen:
    """A record with the view of it that is to be shown from now on."""

    record: Record
    view: View
    body: str
    seq: int
    by: str  # who wrote that line


def _seen_in(record: Id, lines: Sequence[JournalLine]) -> _Seen:
    """The view that all revisions of a record together give; raises `Refused("record_foreign", id)` where two own it."""
    return _seen_among(record, [(line.seq, read_kept(line.line)) for line in lines])


def _seen_among(record: Id, numbered: Sequence[tuple[int, Revision]]) -> _Seen:
    revisions = [each for _seq, each in numbered]
    if len({(each.kind, each.owner) for each in revisions}) > 1:
        raise Refused("record_foreign", id=record)
    traits, newest = kind_of(revisions[0].kind), (numbered[-1][0], revisions[-1].by)
    view = view_of(revisions, traits.groups)
    return _Seen(record_from(traits.record, record, view.body), view, canonical(view.body).decode(), *newest)


def says_the_same(row: Any, lines: Sequence[JournalLine]) -> bool:
    """Whether a row of the current view is what its journal lines make of it; raises `Refused` for lines nobody can read."""
    if not lines:
        return False
    seen = _seen_in(row.id, lines)
    return (row.kind, *(getattr(row, name) for name in _VIEWED)) == (seen.record.traits.name, *_viewed(seen))


_VIEWED: Final = ("owner", "rev", "heads", "gen", "seq", "day", "title", "deleted", "disputed", "body", "by")


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
        seen.by,
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
    CurrentRow.owner,
    CurrentRow.by,
    CurrentRow.seq,
).where(CurrentRow.id.in_(bindparam("ids", expanding=True)))
