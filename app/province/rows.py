"""The rows of a package on their way into the store: checked, counted, and every record's heads brought up to date."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice, repeat
from typing import Any, Final, NamedTuple, TypeVar

from sqlalchemy import Connection, bindparam, select, update

from app.domain.kinds import KINDS
from app.domain.revisions import Revision, View, read_line, view_of
from app.domain.values import Id
from app.packages.faults import PackageFault
from app.province.checking import Checked, Checking
from app.province.refusals import Refusal
from app.province.store import lines_of
from app.province.tables import HeadRow, ReturnedRow, RevisionRow, StoreRow
from app.storage.bulk import insert_rows

Item = TypeVar("Item")
_AT_ONCE: Final = 1000


@dataclass(slots=True)
class Tally:
    """What became of the rows of a package."""

    fresh: int = 0
    duplicate: int = 0
    conflict: int = 0
    returned: int = 0
    touched: set[Id] = field(default_factory=set)
    refused: list[tuple["_Row", Refusal]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class RowIntake:
    """Takes the rows of one package, of one station, into the store within a transaction; `give_back` ends it."""

    connection: Connection
    station: Id
    package: str
    tally: Tally

    def take(self, kind: str, lines: Iterable[bytes], checking: Checking) -> None:
        """Rows of one kind; raises `PackageFault` E_JSON, E_LAYOUT, E_SCOPE, E_REV_MISMATCH, and what `lines` raise."""
        for part, checked in checking.portions(kind, lines):
            rows = list(map(_Row, repeat(self.station), checked.revs, checked.records, part))
            fresh = self._insert(rows)
            self.tally.fresh += len(fresh)
            self.tally.duplicate += len(rows) - len(fresh)
            if checked.refusals:
                self.tally.refused += [(row, checked.refusals[row.rev]) for row in fresh if row.rev in checked.refusals]
            self._advance(kind, fresh, checked)

    def give_back(self) -> None:
        """Note as returned what the body refuses and still stands: a state that another has replaced is history."""
        for part in _batched(self.tally.refused):
            heads = self._heads([row.record for row, _ in part])
            standing = [(row, code) for row, code in part if row.rev in heads[row.record].split()]
            values = [(self.station, row.rev, row.record, str(code), self.package, False) for row, code in standing]
            columns = ("station", "rev", "record", "code", "package", "replied")
            insert_rows(self.connection, ReturnedRow, columns, values, new_only=True)
            self.tally.returned += len(standing)

    def _insert(self, rows: list["_Row"]) -> list["_Row"]:
        """Store the lines; those stored before must be the same to the byte. Returns the rows that are new."""
        if self._all_new(RevisionRow, _Row._fields, rows):
            return rows
        known = self._known_lines([row.rev for row in rows])
        for row in rows:
            if known.get(row.rev, row.line) != row.line:
                raise PackageFault("E_REV_MISMATCH", id=row.record, rev=row.rev)
        fresh = [row for row in rows if row.rev not in known]
        insert_rows(self.connection, RevisionRow, _Row._fields, fresh)
        return fresh

    def _all_new(self, row: type[StoreRow], columns: Sequence[str], values: Sequence[tuple[Any, ...]]) -> bool:
        """Insert all the rows, or none where one of them is there already: asking first would cost more than the insertion."""
        savepoint = self.connection.begin_nested()
        if insert_rows(self.connection, row, columns, values, new_only=True) == len(values):
            savepoint.commit()
            return True
        savepoint.rollback()
        return False

    def _known_lines(self, revs: Sequence[Id]) -> dict[Id, bytes]:
        question = select(RevisionRow.rev, RevisionRow.line).where(RevisionRow.station == self.station, RevisionRow.rev.in_(revs))
        return {row.rev: row.line for row in self.connection.execute(question)}

    def _advance(self, kind: str, rows: Sequence["_Row"], checked: Checked) -> None:
        """Bring the heads of the touched records up to date: at once where they are new, else record by record."""
        begun = [_Head.only(kind, row, checked) for row in rows if row.rev not in checked.parents]
        if len(begun) == len(rows) and self._all_new(HeadRow, _Head._fields, begun):
            return
        by_record: dict[Id, list[_Row]] = {}
        for row in rows:
            by_record.setdefault(row.record, []).append(row)
        heads = self._heads(list(by_record))
        new: list[_Head] = []
        changed: list[_Head] = []
        for record, several in by_record.items():
            known = heads.get(record)
            goes_on = len(several) == 1 and set(checked.parents.get(several[0].rev, ())) == set((known or "").split())
            head = _Head.only(kind, several[0], checked) if goes_on else self._merged(record)
            (new if known is None else changed).append(head)
        insert_rows(self.connection, HeadRow, _Head._fields, new)
        if changed:
            self.connection.execute(
                _ADVANCE, [{f"new_{name}": value for name, value in each._asdict().items()} for each in changed]
            )

    def _merged(self, record: Id) -> "_Head":
        revisions = [read_line(line) for line in lines_of(self.connection, self.station, record)]
        kind = revisions[0].kind
        view = view_of(revisions, KINDS[kind].groups if kind in KINDS else ())
        if len(view.heads) > 1 and _is_whole(revisions) and record not in self.tally.touched:
            self.tally.conflict += 1
            self.tally.touched.add(record)
        return _Head.of_view(self.station, view)

    def _heads(self, records: Sequence[Id]) -> dict[Id, str]:
        question = select(HeadRow.record, HeadRow.heads).where(HeadRow.station == self.station, HeadRow.record.in_(records))
        return {row.record: row.heads for row in self.connection.execute(question)}


class _Row(NamedTuple):
    """A row to be stored, in the order of the columns of `RevisionRow`."""

    station: Id
    rev: Id
    record: Id
    line: bytes


class _Head(NamedTuple):
    """Where a record stands, in the order of the columns of `HeadRow`."""

    station: Id
    record: Id
    kind: str
    rev: Id
    heads: str
    deleted: bool
    disputed: str

    @classmethod
    def only(cls, kind: str, row: _Row, checked: Checked) -> "_Head":
        return cls(row.station, row.record, kind, row.rev, row.rev, row.rev in checked.deleted, "")

    @classmethod
    def of_view(cls, station: Id, view: View) -> "_Head":
        winner = view.winner
        return cls(station, winner.id, winner.kind, winner.rev, " ".join(view.heads), view.deleted, " ".join(view.disputed))


def _is_whole(revisions: Sequence[Revision]) -> bool:
    """Whether every state that another was made from has arrived; before, branches cannot be told from a gap."""
    known = {each.rev for each in revisions}
    return all(parent in known for each in revisions for parent in each.parents)


def _batched(several: Iterable[Item]) -> Iterator[list[Item]]:
    coming = iter(several)
    while part := list(islice(coming, _AT_ONCE)):
        yield part


_ADVANCE: Final = (
    update(HeadRow)
    .where(HeadRow.station == bindparam("new_station"), HeadRow.record == bindparam("new_record"))
    .values({name: bindparam(f"new_{name}") for name in ("kind", "rev", "heads", "deleted", "disputed")})
)
