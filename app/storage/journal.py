"""The journal: every saved change and every noted event, one line each, hash-chained, only ever appended.

A line loses its body and its salt where a person's data are erased; its header and its link stay (decision 2).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, bindparam, func, select, update

from app.domain.revisions import Revision, Written, canonical, chained, erased_line
from app.domain.values import Id, Json
from app.storage.bulk import insert_rows
from app.storage.tables import JournalRow

FIRST_LINK: Final = bytes(32)
_AT_ONCE: Final = 500  # records or revisions in one question to the database
_COLUMNS: Final = ("seq", "kind", "record", "rev", "by", "batch", "line", "chain")


@dataclass(frozen=True, slots=True)
class JournalLine:
    """One line as it was written, with its place and its link."""

    seq: int
    kind: str
    record: Id | None
    rev: Id | None
    by: str
    line: bytes
    chain: bytes


class Journal:
    """The journal within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._seq, self._link = self._last()

    def append(self, revisions: Sequence[tuple[Revision, Written]], batch: Id | None = None) -> list[int]:
        """Write one line a revision; returns their places."""
        return self._insert(
            [
                self._row(each.kind, each.id, each.rev, each.by, batch, written.line, written.covered)
                for each, written in revisions
            ]
        )

    def append_event(self, name: str, by: str, facts: Mapping[str, Json], record: Id | None = None) -> int:
        """Note what is no change but must be known: an export, an import, a print."""
        said = canonical(dict(facts) | {"_event": name, "_by": by} | ({"_id": record} if record else {}))
        return self._insert([self._row(name, record, None, by, None, said + b"\n", said)])[0]

    def lines(self, after: int = 0) -> Iterator[JournalLine]:
        """All lines after a place, in order, fetched as they are read."""
        rows = self._connection.execution_options(stream_results=True).execute(_LINES.where(JournalRow.seq > after))
        for row in rows:
            yield JournalLine(*row)

    def revisions_of(self, records: Sequence[Id]) -> dict[Id, list[JournalLine]]:
        """The lines of all revisions of each record, oldest first."""
        found: dict[Id, list[JournalLine]] = {record: [] for record in records}
        for start in range(0, len(records), _AT_ONCE):
            about = JournalRow.record.in_(records[start : start + _AT_ONCE])
            for row in self._connection.execute(_LINES.where(about, JournalRow.rev.is_not(None))):
                found[str(row.record)].append(JournalLine(*row))
        return found

    def lines_named(self, revs: Sequence[Id]) -> list[JournalLine]:
        """The lines of these revisions, as far as they are here."""
        found: list[JournalLine] = []
        for start in range(0, len(revs), _AT_ONCE):
            found += (JournalLine(*row) for row in self._connection.execute(_NAMED, {"revs": revs[start : start + _AT_ONCE]}))
        return found

    def erase(self, lines: Sequence[JournalLine]) -> None:
        """Drop body and salt of these revisions; the chain stays as it is."""
        if lines:
            self._connection.execute(_ERASE, [{"at": each.seq, "bare": erased_line(each.line)} for each in lines])

    def last(self) -> int:
        """The place of the newest line; 0 in an empty journal."""
        return self._seq

    def known(self, revs: Sequence[Id]) -> set[Id]:
        """Those of `revs` that the journal holds already."""
        known: set[Id] = set()
        for start in range(0, len(revs), _AT_ONCE):
            question = select(JournalRow.rev).where(JournalRow.rev.in_(revs[start : start + _AT_ONCE]))
            known.update(rev for rev in self._connection.scalars(question) if rev)
        return known

    def _row(
        self, kind: str, record: Id | None, rev: Id | None, by: str, batch: Id | None, line: bytes, covered: bytes
    ) -> tuple[object, ...]:
        self._seq += 1
        self._link = chained(self._link, covered)
        return (self._seq, kind, record, rev, by, batch, line, self._link)

    def _insert(self, rows: list[tuple[object, ...]]) -> list[int]:
        insert_rows(self._connection, JournalRow, _COLUMNS, rows)
        return list(range(self._seq - len(rows) + 1, self._seq + 1))

    def _last(self) -> tuple[int, bytes]:
        newest = select(func.max(JournalRow.seq)).scalar_subquery()
        row = self._connection.execute(select(JournalRow.seq, JournalRow.chain).where(JournalRow.seq == newest)).first()
        return (row.seq, row.chain) if row else (0, FIRST_LINK)


_LINES: Final = select(
    JournalRow.seq, JournalRow.kind, JournalRow.record, JournalRow.rev, JournalRow.by, JournalRow.line, JournalRow.chain
).order_by(JournalRow.seq)
_NAMED: Final = _LINES.where(JournalRow.rev.in_(bindparam("revs", expanding=True)))
_ERASE: Final = update(JournalRow).where(JournalRow.seq == bindparam("at")).values(line=bindparam("bare"))
