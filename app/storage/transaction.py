"""One open transaction: the records, the journal and everything else that changes together or not at all."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Final

from sqlalchemy import Connection

from app.domain.ids import Stamp
from app.domain.values import Id, Json
from app.storage.database import Database
from app.storage.guard import Guard
from app.storage.journal import Journal
from app.storage.named_values import put_value, value_of
from app.storage.records import Author, Records

_STAMP = "stamp"


class Transaction:
    """What a use case writes through; it is kept when the `with` block ends, and undone whole when the block raises.

    What is saved in it is one deed: its lines bear one name, `deed`, so that they can be taken back together.
    """

    def __init__(self, connection: Connection, author: Author, ids: Callable[[], Id], milliseconds: Callable[[], int]) -> None:
        self.connection = connection
        self.author = author
        self.journal = Journal(connection)
        self.new_id: Final = ids
        self.deed = ids()
        self.guard = Guard(connection, author.op, author.by)
        self.records = Records(connection, self.journal, author, ids, self.next_stamp, self.deed, self.guard)
        self._milliseconds = milliseconds
        kept = value_of(connection, _STAMP)
        self._stamp = Stamp.parse(kept.decode()) if kept else Stamp()

    def next_stamp(self) -> Stamp:
        """A stamp later than any this workspace has made or believed."""
        self._stamp = self._stamp.next(self._milliseconds())
        return self._stamp

    def meet(self, stamp: Stamp) -> None:
        """Take note of a stamp made elsewhere, so that what is saved next comes after it."""
        self._stamp = self._stamp.seen(stamp, self._milliseconds())

    def note(self, event: str, facts: Mapping[str, Json], record: Id | None = None) -> None:
        """Append an event to the journal."""
        told = {"_hlc": str(self.next_stamp()), "_op": self.author.op} | dict(facts)
        self.journal.append_event(event, self.author.by, told, record)

    def keep_stamp(self) -> None:
        """Write the clock's state down with the rest."""
        put_value(self.connection, _STAMP, str(self._stamp).encode())


@contextmanager
def transaction(
    database: Database, author: Author, ids: Callable[[], Id], milliseconds: Callable[[], int]
) -> Iterator[Transaction]:
    """Begin a transaction; commit at the end of the block, undo on any error."""
    with database.writing() as connection:
        opened = Transaction(connection, author, ids, milliseconds)
        yield opened
        opened.keep_stamp()
