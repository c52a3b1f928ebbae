"""Orders to erase at the body: what a station has let go is let go here, and what comes of it later loses its content too.

An order reaches the lines and files of its own station alone, whatever it names; and orders stay.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, bindparam, delete, select, update

from app.domain.attachment import Attachment
from app.domain.erase_order import EraseOrder
from app.domain.records import record_from
from app.domain.revisions import erased_line, header_of, is_erased, read_line
from app.domain.values import Id
from app.province.tables import BlobRow, ChunkRow, ErasedRow, HeadRow, IssuedFileRow, RevisionRow, StationRow
from app.storage.bulk import insert_rows

_AT_ONCE: Final = 500  # names in one question to the store
_CONTENT: Final = "sha256:"
_EMPTY: Final = update(RevisionRow).where(RevisionRow.no == bindparam("at")).values(line=bindparam("bare"))


@dataclass(frozen=True, slots=True)
class Erasing:
    """What one station has ordered, within a transaction; `number` is the station's in the large tables."""

    connection: Connection
    station: Id
    number: int

    def named(self, names: Collection[str]) -> set[str]:
        """Those of these states and contents that an order names."""
        question = select(ErasedRow.name).where(ErasedRow.station == self.station)
        if self.connection.execute(question.limit(1)).first() is None:
            return set()
        return {found for part in _parts(names) for found in self.connection.scalars(question.where(ErasedRow.name.in_(part)))}

    def is_gone(self, content: str) -> bool:
        """Whether a content, by `sha256:` and its digest, was ordered to be erased and no attachment that stands has it."""
        return bool(self.named([content])) and not self._held([content])

    def obey(self, orders: Sequence[EraseOrder]) -> tuple[list[Id], list[str]]:
        """Drop what the orders name; returns the records that lost a content, and the files to remove once this is committed."""
        revisions = list(dict.fromkeys(rev for each in orders for rev in each.revisions))
        contents = list(dict.fromkeys(f"{_CONTENT}{digest}" for each in orders for digest in each.files))
        rows = ((self.station, name) for name in (*revisions, *contents))
        insert_rows(self.connection, ErasedRow, ("station", "name"), list(rows), new_only=True)
        return self._empty(revisions), self._drop(contents)

    def _empty(self, revisions: Sequence[Id]) -> list[Id]:
        question = select(RevisionRow.no, RevisionRow.record, RevisionRow.line).where(RevisionRow.station == self.number)
        touched: dict[Id, None] = {}
        for part in _parts(revisions):
            rows = self.connection.execute(question.where(RevisionRow.rev.in_(part))).all()
            spoken = [row for row in rows if not is_erased(row.line) and header_of(row.line).kind != EraseOrder.traits.name]
            if spoken:
                self.connection.execute(_EMPTY, [{"at": row.no, "bare": erased_line(row.line)} for row in spoken])
            touched |= dict.fromkeys(str(row.record) for row in spoken)
        return list(touched)

    def _drop(self, contents: Sequence[str]) -> list[str]:
        held = self._held(contents) if contents else set()
        gone = [each for each in contents if each not in held]
        files: list[str] = []
        for part in _parts(gone):
            for row in (BlobRow, ChunkRow):
                mine = (row.station == self.station) & row.sha256.in_(part)
                files += [file for file in self.connection.scalars(select(row.file).where(mine)) if file]
                self.connection.execute(delete(row).where(mine))
        return files

    def _held(self, contents: Collection[str]) -> set[str]:
        """Those of these that an attachment of the station has which was not erased, or that the body itself gives out."""
        given = select(IssuedFileRow.sha256).where(IssuedFileRow.station == self.station)
        held = {f"{_CONTENT}{each.removeprefix(_CONTENT)}" for each in self.connection.scalars(given)}
        attachments = (
            select(RevisionRow.line)
            .join(HeadRow, (HeadRow.station == RevisionRow.station) & (HeadRow.rev == RevisionRow.rev))
            .where(HeadRow.station == self.number, HeadRow.kind == Attachment.traits.name)
        )
        for line in self.connection.scalars(attachments):
            if not is_erased(line):
                held.add(f"{_CONTENT}{read_line(line).body.get('sha256', '')}")
        return held.intersection(contents)


def orders_in(lines: Iterable[bytes]) -> Iterator[EraseOrder]:
    """The orders that lines of their kind give."""
    for line in lines:
        said = read_line(line)
        yield record_from(EraseOrder, said.id, said.body)


def obey_kept(connection: Connection) -> None:
    """Carry out the orders that an older program kept as a kind it did not know; files that nothing names are swept later."""
    question = (
        select(StationRow.id, StationRow.no, RevisionRow.line)
        .join(RevisionRow, RevisionRow.station == StationRow.no)
        .join(HeadRow, (HeadRow.station == RevisionRow.station) & (HeadRow.rev == RevisionRow.rev))
        .where(HeadRow.kind == EraseOrder.traits.name)
    )
    for row in connection.execute(question).all():
        Erasing(connection, row.id, row.no).obey(list(orders_in([row.line])))


def _parts(names: Collection[str]) -> Iterator[list[str]]:
    every = list(names)
    for start in range(0, len(every), _AT_ONCE):
        yield every[start : start + _AT_ONCE]
