"""The rows of a package on their way into the store: checked, counted, and every record's heads brought up to date."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final, NamedTuple, TypeVar

from sqlalchemy import Connection, bindparam, select, update

from app.domain.kinds import KINDS
from app.domain.revisions import Revision, View, read_line, view_of
from app.domain.values import Id
from app.packages.faults import PackageFault
from app.packages.row import read_row
from app.province.refusals import Refusal, refusal
from app.province.store import lines_of
from app.province.tables import HeadRow, ReturnedRow, RevisionRow, StoreRow
from app.storage.bulk import insert_rows

Item = TypeVar("Item")
_AT_ONCE: Final = 2000


@dataclass(slots=True)
class Tally:
    """What became of the rows of a package."""

    fresh: int = 0
    duplicate: int = 0
    conflict: int = 0
    returned: int = 0
    touched: set[Id] = field(default_factory=set)
    refused: list[tuple[Revision, Refusal]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class RowIntake:
    """Takes the rows of one package, of one station and seat, into the store within a transaction; `give_back` ends it."""

    connection: Connection
    station: Id
    seat: str
    package: str
    tally: Tally

    def take(self, kind: str, lines: Iterable[bytes]) -> None:
        """Rows of one kind; raises `PackageFault` E_JSON, E_LAYOUT, E_SCOPE, E_REV_MISMATCH."""
        for part in _batched(lines):
            rows = [(self._checked(line, kind), line) for line in part]
            if len({revision.rev for revision, _ in rows}) < len(rows):
                raise PackageFault("E_LAYOUT", entry=kind, reason="_rev")
            fresh = self._insert(rows)
            self.tally.fresh += len(fresh)
            self.tally.duplicate += len(rows) - len(fresh)
            self.tally.refused += [(each, code) for each in fresh if (code := refusal(each))]
            self._advance(fresh)

    def give_back(self) -> None:
        """Note as returned what the body refuses and still stands: a state that another has replaced is history."""
        for part in _batched(self.tally.refused):
            heads = self._heads([each.id for each, _ in part])
            standing = [(each, code) for each, code in part if each.rev in heads[each.id].split()]
            values = [(self.station, each.rev, each.id, str(code), self.package, False) for each, code in standing]
            columns = ("station", "rev", "record", "code", "package", "replied")
            insert_rows(self.connection, ReturnedRow, columns, values, new_only=True)
            self.tally.returned += len(standing)

    def _checked(self, line: bytes, kind: str) -> Revision:
        revision = read_row(line, kind)
        if (revision.owner, revision.by) != (self.station, self.seat):
            raise PackageFault("E_SCOPE", id=revision.id, owner=revision.owner)
        return revision

    def _insert(self, rows: Sequence[tuple[Revision, bytes]]) -> list[Revision]:
        """Store the lines; those stored before must be the same to the byte. Returns the revisions that are new."""
        values = [(self.station, each.rev, each.id, line) for each, line in rows]
        if not self._all_new(RevisionRow, ("station", "rev", "record", "line"), values):
            known = self._known_lines([each.rev for each, _ in rows])
            for each, line in rows:
                if known.get(each.rev, line) != line:
                    raise PackageFault("E_REV_MISMATCH", id=each.id, rev=each.rev)
            rows = [(each, line) for each, line in rows if each.rev not in known]
            values = [(self.station, each.rev, each.id, line) for each, line in rows]
            insert_rows(self.connection, RevisionRow, ("station", "rev", "record", "line"), values)
        return [each for each, _ in rows]

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

    def _advance(self, revisions: Sequence[Revision]) -> None:
        """Bring the heads of the touched records up to date: at once where they are new, else record by record."""
        begun = [_Head.only(self.station, each) for each in revisions if not each.parents]
        if len(begun) == len(revisions) and self._all_new(HeadRow, _Head._fields, begun):
            return
        by_record: dict[Id, list[Revision]] = {}
        for each in revisions:
            by_record.setdefault(each.id, []).append(each)
        heads = self._heads(list(by_record))
        new: list[_Head] = []
        changed: list[_Head] = []
        for record, several in by_record.items():
            known = heads.get(record)
            goes_on = len(several) == 1 and set(several[0].parents) == set((known or "").split())
            head = _Head.only(self.station, several[0]) if goes_on else self._merged(record)
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
    def only(cls, station: Id, revision: Revision) -> "_Head":
        return cls(station, revision.id, revision.kind, revision.rev, revision.rev, revision.deleted, "")

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
