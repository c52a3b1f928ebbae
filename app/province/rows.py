"""The rows of a package on their way into the store: checked, counted, and every record's heads brought up to date."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from itertools import islice, repeat
from typing import Final, NamedTuple, TypeVar

from sqlalchemy import Connection, bindparam, func, select, text, update

from app.domain.erase_order import EraseOrder
from app.domain.kinds import KINDS
from app.domain.revisions import Revision, View, erased_line, is_erased, read_kept, read_line, view_of
from app.domain.values import Id
from app.packages.faults import PackageFault
from app.province.checking import Checked, Checking, Table
from app.province.erasing import Erasing, orders_in
from app.province.purpose import is_handled_here
from app.province.refusals import Refusal
from app.province.store import lines_of
from app.province.tables import HeadRow, ReturnedRow, RevisionRow
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
    orders: list[EraseOrder] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class RowIntake:
    """Takes the rows of one package, of one station, into the store within a transaction; `give_back` ends it."""

    connection: Connection
    station: Id
    number: int  # the station's, in the large tables
    package: str
    tally: Tally
    body: str = ""  # the division's code of who takes them in

    @property
    def erasing(self) -> Erasing:
        """What the station has ordered to be erased."""
        return Erasing(self.connection, self.station, self.number)

    def take(self, tables: Iterable[Table], checking: Checking) -> None:
        """All rows; raises `PackageFault` E_JSON, E_LAYOUT, E_SCOPE, E_REV_MISMATCH, and what `tables` and their lines raise."""
        with closing(checking.portions(tables)) as portions:
            for portion in portions:
                self._take_portion(*portion)

    def _take_portion(self, kind: str, lines: Sequence[bytes], checked: Checked) -> None:
        kept = lines if kind == EraseOrder.traits.name else self._without_erased(checked.revs, lines)
        rows = list(zip(repeat(self.number, len(lines)), checked.revs, checked.records, kept, strict=True))
        newest = self._newest(RevisionRow)
        fresh = self._insert(rows, newest)
        self.tally.fresh += len(fresh)
        self.tally.duplicate += len(rows) - len(fresh)
        for row in map(_Row._make, fresh if checked.refusals else ()):
            if row.rev in checked.refusals and not is_erased(row.line):
                self.tally.refused.append((row, checked.refusals[row.rev]))
        if kind == EraseOrder.traits.name:
            self.tally.orders += orders_in(row[3] for row in fresh)
        self._advance(kind, self._not_begun(kind, fresh, newest, checked), checked)

    def erase(self) -> list[str]:
        """Do what the package orders, once all its rows are there; returns the files to remove once this is committed."""
        if not self.tally.orders:
            return []
        records, files = self.erasing.obey(self.tally.orders)
        self.tally.touched.update(records)  # what disputes it leaves is no conflict that the package brought
        heads = self._heads(records)
        self._alter([self._merged(record) for record in records if len(heads[record].split()) > 1])
        return files

    def _without_erased(self, revs: Sequence[Id], lines: Sequence[bytes]) -> Sequence[bytes]:
        """The lines, of those that were ordered to be erased before they came the headers alone."""
        gone = self.erasing.named(revs)
        return [erased_line(line) if rev in gone else line for rev, line in zip(revs, lines, strict=True)] if gone else lines

    def give_back(self) -> None:
        """Note as returned what the body refuses and still stands: a state that another has replaced is history."""
        for part in _batched(self.tally.refused):
            heads = self._heads([row.record for row, _ in part])
            standing = [(row, code) for row, code in part if row.rev in heads[row.record].split() and self._judged(row)]
            values = [(self.station, row.rev, row.record, str(code), self.package, False) for row, code in standing]
            columns = ("station", "rev", "record", "code", "package", "replied")
            insert_rows(self.connection, ReturnedRow, columns, values, new_only=True)
            self.tally.returned += len(standing)

    def _judged(self, row: "_Row") -> bool:
        """Whether the body judges it: of another congress's suggestion it only keeps a copy (decision 8)."""
        return is_handled_here(self.connection, self.number, read_line(row.line), self.body)

    def _insert(self, rows: "_Rows", newest: int) -> "_Rows":
        """Store the lines; those stored before must be the same to the byte. Returns the rows that are new."""
        # Inserting them all and looking at what was refused costs less than asking first.
        if insert_rows(self.connection, RevisionRow, _Row._fields, rows, new_only=True) == len(rows):
            return rows
        named = list(map(_Row._make, rows))
        fresh = set(self.connection.scalars(select(RevisionRow.rev).where(RevisionRow.no > newest)))
        known = self._known_lines([row.rev for row in named if row.rev not in fresh])
        for row in named:
            if known.get(row.rev, row.line) != row.line:
                raise PackageFault("E_REV_MISMATCH", id=row.record, rev=row.rev)
        return [row for row in named if row.rev in fresh]

    def _newest(self, row: type[RevisionRow | HeadRow]) -> int:
        return self.connection.execute(select(func.coalesce(func.max(row.no), 0))).scalar_one()

    def _known_lines(self, revs: Sequence[Id]) -> dict[Id, bytes]:
        question = select(RevisionRow.rev, RevisionRow.line).where(RevisionRow.station == self.number, RevisionRow.rev.in_(revs))
        return {row.rev: row.line for row in self.connection.execute(question)}

    def _not_begun(self, kind: str, rows: "_Rows", newest: int, checked: Checked) -> "_Rows":
        """Give every record that begins with its row a head, in one statement where all may; returns the other rows.

        `newest` is the last revision that was stored before the rows.
        """
        if checked.parents or checked.deleted or len(set(checked.records)) < len(checked.records):
            return rows
        newest_head = self._newest(HeadRow)
        if self.connection.execute(_BEGIN, {"kind": kind, "newest": newest}).rowcount == len(rows):
            return []
        begun = set(self.connection.scalars(select(HeadRow.record).where(HeadRow.no > newest_head)))
        return [row for row in map(_Row._make, rows) if row.record not in begun]

    def _advance(self, kind: str, rows: "_Rows", checked: Checked) -> None:
        """Bring the heads of the rows' records up to date, record by record."""
        by_record: dict[Id, list[_Row]] = {}
        for row in map(_Row._make, rows):
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
        self._alter(changed)

    def _alter(self, changed: Sequence["_Head"]) -> None:
        if changed:
            self.connection.execute(
                _ADVANCE, [{f"new_{name}": value for name, value in each._asdict().items()} for each in changed]
            )

    def _merged(self, record: Id) -> "_Head":
        revisions = [read_kept(line) for line in lines_of(self.connection, self.number, record)]
        kind = revisions[0].kind
        view = view_of(revisions, KINDS[kind].groups if kind in KINDS else ())
        if len(view.heads) > 1 and _is_whole(revisions) and record not in self.tally.touched:
            self.tally.conflict += 1
            self.tally.touched.add(record)
        return _Head.of_view(self.number, view)

    def _heads(self, records: Sequence[Id]) -> dict[Id, str]:
        question = select(HeadRow.record, HeadRow.heads).where(HeadRow.station == self.number, HeadRow.record.in_(records))
        return {row.record: row.heads for row in self.connection.execute(question)}


class _Row(NamedTuple):
    """A row to be stored, by the columns of `RevisionRow`."""

    station: int
    rev: Id
    record: Id
    line: bytes


_Rows = Sequence[tuple[int, Id, Id, bytes]]
"""The same without names, which many rows pass through without."""


class _Head(NamedTuple):
    """Where a record stands, by the columns of `HeadRow`."""

    station: int
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
    def of_view(cls, station: int, view: View) -> "_Head":
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


_BEGIN: Final = text(
    "INSERT INTO head (station, record, kind, rev, heads, deleted, disputed)"
    " SELECT station, record, :kind, rev, rev, false, '' FROM revision WHERE no > :newest ON CONFLICT DO NOTHING"
)
_ADVANCE: Final = (
    update(HeadRow)
    .where(HeadRow.station == bindparam("new_station"), HeadRow.record == bindparam("new_record"))
    .values({name: bindparam(f"new_{name}") for name in ("kind", "rev", "heads", "deleted", "disputed")})
)
