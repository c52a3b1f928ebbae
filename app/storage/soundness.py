"""Whether the database is as it was left: pages, chain, current view, index."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, func, select

from app.domain.kinds import kind_of
from app.domain.records import record_from
from app.domain.revisions import chained, sealed_header
from app.domain.values import Id
from app.errors import AppError
from app.storage import search_index, tally
from app.storage.journal import FIRST_LINK, Journal, JournalLine
from app.storage.records import says_the_same
from app.storage.tables import CurrentRow, JournalRow

_AT_ONCE: Final = 500  # records looked at together
_ALTERED: Final = (AppError, ValueError, TypeError, AttributeError, LookupError)
"""What reading raises where somebody has put anything at all into a row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something that is not as it was left, and where."""

    code: str
    where: str


def broken_pages(connection: Connection) -> Iterator[Finding]:
    """The first page that SQLite cannot make sense of; all that it says after it follows from that."""
    said = str(connection.exec_driver_sql("PRAGMA quick_check(1)").scalar())
    if said != "ok":
        connection.invalidate()  # it reads no other page any more
        yield Finding(code="database_page_damaged", where=said.removeprefix("*** in database main ***\n").split("\n")[0])


def forged_pages(connection: Connection) -> Iterator[Finding]:
    """Pages whose seal does not fit: each is read from the disk."""
    for (said,) in connection.exec_driver_sql("PRAGMA cipher_integrity_check"):
        yield Finding(code="database_page_damaged", where=str(said))


def walked_chain(connection: Connection) -> Iterator[Finding | None]:
    """One answer a journal line: None where its digest and its link fit, and where it stands for what it says."""
    link = FIRST_LINK
    for line in Journal(connection).lines():
        try:
            said, covered = _said(line)
            fits = chained(link, covered) == line.chain and said == (line.kind, line.record, line.rev, line.by)
            yield None if fits else Finding(code="chain_broken", where=str(line.seq))
        except _ALTERED as error:
            yield Finding(code="line_damaged", where=f"{line.seq}: {error}")
        link = line.chain


def records_behind(connection: Connection) -> Iterator[Finding]:
    """Records whose current view does not stand on their newest line."""
    newest = select(func.max(JournalRow.seq)).where(JournalRow.record == CurrentRow.id, JournalRow.rev.is_not(None))
    behind = select(CurrentRow.id).where(CurrentRow.seq.is_distinct_from(newest.scalar_subquery()))
    without = select(JournalRow.record).where(JournalRow.rev.is_not(None), JournalRow.record.not_in(select(CurrentRow.id)))
    for record in [*connection.scalars(behind), *connection.scalars(without.distinct())]:
        yield Finding(code="record_behind", where=str(record))


def miscounted(connection: Connection) -> Iterator[Finding]:
    """Kinds of which other numbers are kept than there are records."""
    for kind in tally.differing(connection):
        yield Finding(code="count_behind", where=kind)


def altered_records(connection: Connection) -> Iterator[Finding | None]:
    """Records that do not say what their journal lines say, or to whose text the index does not answer; None after each."""
    journal = Journal(connection)
    rows = connection.execute(select(CurrentRow.__table__).order_by(CurrentRow.no)).yield_per(_AT_ONCE)
    for part in rows.partitions():
        lines = journal.revisions_of([row.id for row in part])
        for row in part:
            yield from _altered(connection, row, lines[row.id])
            yield None
    for no in search_index.answering_for_nothing(connection):
        yield Finding(code="index_behind", where=str(no))


def _altered(connection: Connection, row: Any, lines: Sequence[JournalLine]) -> Iterator[Finding]:
    try:
        if not says_the_same(row, lines):
            yield Finding(code="record_differs", where=row.id)
        record = record_from(kind_of(row.kind).record, row.id, json.loads(row.body))
    except _ALTERED as error:
        yield Finding(code="record_damaged", where=f"{row.id}: {error}")
        return
    content = search_index.Indexed() if row.deleted else search_index.indexed_of(record)
    if not search_index.answers(connection, row.no, content):
        yield Finding(code="index_behind", where=row.id)


def _said(line: JournalLine) -> tuple[tuple[str, Id | None, Id | None, str], bytes]:
    """Kind, record, revision and seat as a line says them, and what its link covers: a revision's header, all of an event."""
    if line.rev:
        header, covered = sealed_header(line.line)
        return (header.kind, header.id, header.rev, header.by), covered
    event = json.loads(line.line)
    return (event["_event"], event.get("_id"), None, event["_by"]), line.line[:-1]
