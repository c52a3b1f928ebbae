"""What is said of a person taken out of the books: of every earlier line the header stays, and the chain holds (decision 2)."""

from collections.abc import Mapping, Sequence
from typing import Final

from sqlalchemy import Connection, delete, text

from app.domain.revisions import heads_of, is_erased, read_kept
from app.domain.values import Id, Json
from app.storage.journal import Journal, JournalLine
from app.storage.outbox import Outbox
from app.storage.tables import FingerprintRow
from app.storage.transaction import Transaction

_MERGED: Final = text("INSERT INTO search_index(search_index) VALUES ('optimize')")
_AT_ONCE: Final = 400


def erase(books: Transaction, left: Mapping[Id, Mapping[str, Json] | None]) -> None:
    """Drop body and salt of all lines of these records, and save on top what is left: another body, or nothing (None).

    A receiving body that holds an earlier state learns by the new line that it is replaced. The digests by which an import
    would know its rows again go as well, since a digest can be guessed.
    """
    ids = list(left)
    lines = books.journal.revisions_of(ids)
    travelled = {id: _travelled(books, each) for id, each in lines.items()}
    for each in lines.values():
        books.journal.erase([line for line in each if not is_erased(line.line)])
    books.records.leave(left, travelled)
    for start in range(0, len(ids), _AT_ONCE):
        books.connection.execute(delete(FingerprintRow).where(FingerprintRow.record.in_(ids[start : start + _AT_ONCE])))


def sweep_index(books: Transaction) -> None:
    """Let the search index forget for good what it answers to no more: takes seconds on a large station."""
    books.connection.execute(_MERGED)


def numbers_carrying(connection: Connection, seat: str, records: Sequence[Id]) -> tuple[int, ...]:
    """The sealed numbers of this seat that hold what is still known of these records, the oldest first."""
    outbox = Outbox(connection)
    lines = [line for each in Journal(connection).revisions_of(records).values() for line in each]
    kept_back = outbox.kept_back()
    going = [line.seq for line in lines if line.by == seat and line.seq not in kept_back and not is_erased(line.line)]
    found = [each.seq for each in outbox.numbers() if any(each.first <= line <= each.last for line in going)]
    return tuple(sorted(found))


def _travelled(books: Transaction, lines: Sequence[JournalLine]) -> tuple[Id, ...]:
    """The newest states of a record that others may hold: each must be a parent of what is left, or it would stand there."""
    outbox = Outbox(books.connection)
    through, kept_back = outbox.travelled_through(), outbox.kept_back()
    known = [each for each in lines if each.by != books.author.by or (each.seq <= through and each.seq not in kept_back)]
    return tuple(each.rev for each in heads_of([read_kept(each.line) for each in known]))
