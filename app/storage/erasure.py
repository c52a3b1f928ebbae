"""What is said of a person taken out of the books: of every earlier line the header stays, and the chain holds (decision 2)."""

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from sqlalchemy import Connection, delete, text

from app.domain.erase_order import EraseOrder
from app.domain.revisions import heads_of, is_erased, read_kept
from app.domain.values import Id, Json
from app.storage.erase_orders import ordered_revisions
from app.storage.journal import Journal, JournalLine
from app.storage.outbox import Outbox, Sent
from app.storage.tables import FingerprintRow
from app.storage.transaction import Transaction

_MERGED: Final = text("INSERT INTO search_index(search_index) VALUES ('optimize')")
_AT_ONCE: Final = 400


def erase(books: Transaction, left: Mapping[Id, Mapping[str, Json] | None]) -> list[Id]:
    """Drop body and salt of all lines of these records, and save on top what is left: another body, or nothing (None).

    Who holds an earlier state learns by the new line that it is replaced. The digests by which an import would know its rows
    again go as well, since a digest can be guessed. Returns the states that no order names yet.
    """
    ids = list(left)
    lines = books.journal.revisions_of(ids)
    travelled = {id: _travelled(books, each) for id, each in lines.items()}
    every = [line for each in lines.values() for line in each]
    books.journal.erase([line for line in every if not is_erased(line.line)])
    books.records.leave(left, travelled)
    _forget_imports(books.connection, ids)
    # What was only let go here may still be told elsewhere.
    revs = [line.rev for line in every if line.rev]
    ordered = ordered_revisions(books.connection, revs)
    return [rev for rev in revs if rev not in ordered]


def carry_out(books: Transaction, revisions: Sequence[Id]) -> list[Id]:
    """Drop body and salt of these states, as another computer of the station has ordered, orders aside; returns their records."""
    lines = books.journal.lines_named(revisions)
    spoken = [line for line in lines if line.kind != EraseOrder.traits.name and not is_erased(line.line)]
    ids = list(dict.fromkeys(line.record for line in spoken if line.record))
    books.journal.erase(spoken)
    books.records.rebuild({id: [] for id in ids})
    _forget_imports(books.connection, ids)
    return ids


def sweep_index(connection: Connection) -> None:
    """Let the search index forget for good what it answers to no more: takes seconds on a large station."""
    connection.execute(_MERGED)


def numbers_carrying(connection: Connection, seat: str, records: Sequence[Id]) -> list[Sent]:
    """The sealed numbers of this seat that hold what is still known of these records, the oldest first."""
    lines = [line for each in Journal(connection).revisions_of(records).values() for line in each]
    return _carrying(connection, seat, lines)


def numbers_with(connection: Connection, seat: str, revisions: Sequence[Id]) -> list[Sent]:
    """The same for single states."""
    return _carrying(connection, seat, Journal(connection).lines_named(revisions))


def _carrying(connection: Connection, seat: str, lines: Collection[JournalLine]) -> list[Sent]:
    outbox = Outbox(connection)
    kept_back = outbox.kept_back()
    going = [line.seq for line in lines if line.by == seat and line.seq not in kept_back and not is_erased(line.line)]
    return [each for each in reversed(outbox.numbers()) if any(each.first <= line <= each.last for line in going)]


def _forget_imports(connection: Connection, ids: Sequence[Id]) -> None:
    for start in range(0, len(ids), _AT_ONCE):
        connection.execute(delete(FingerprintRow).where(FingerprintRow.record.in_(ids[start : start + _AT_ONCE])))


def _travelled(books: Transaction, lines: Sequence[JournalLine]) -> tuple[Id, ...]:
    """The newest states of a record that others may hold: each must be a parent of what is left, or it would stand there."""
    outbox = Outbox(books.connection)
    through, kept_back = outbox.travelled_through(), outbox.kept_back()
    known = [each for each in lines if each.by != books.author.by or (each.seq <= through and each.seq not in kept_back)]
    return tuple(each.rev for each in heads_of([read_kept(each.line) for each in known]))
