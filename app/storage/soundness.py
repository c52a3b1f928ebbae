"""Whether the database is as it was left: pages, chain, current view, index."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from app.domain.kinds import kind_of
from app.domain.records import record_from, searched_texts
from app.domain.revisions import chained, read_line
from app.domain.search import indexed
from app.errors import AppError
from app.storage import search_index
from app.storage.journal import FIRST_LINK, Journal, JournalLine
from app.storage.tables import CurrentRow, JournalRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something that is not as it was left, and where."""

    code: str
    where: str


def broken_pages(connection: Connection) -> Iterator[Finding]:
    """Pages that SQLite cannot make sense of."""
    for (said,) in connection.exec_driver_sql("PRAGMA quick_check"):
        if said != "ok":
            yield Finding(code="database_page_damaged", where=str(said))


def forged_pages(connection: Connection) -> Iterator[Finding]:
    """Pages whose seal does not fit: each is read from the disk."""
    for (said,) in connection.exec_driver_sql("PRAGMA cipher_integrity_check"):
        yield Finding(code="database_page_damaged", where=str(said))


def walked_chain(connection: Connection) -> Iterator[Finding | None]:
    """One answer a journal line: None where its digest and its link fit."""
    link = FIRST_LINK
    for line in Journal(connection).lines():
        try:
            fits = _next_link(link, line) == line.chain
            yield None if fits else Finding(code="chain_broken", where=str(line.seq))
        except AppError as error:
            yield Finding(code="line_damaged", where=f"{line.seq}: {error}")
        link = line.chain


def records_behind(connection: Connection) -> Iterator[Finding]:
    """Records whose current view does not stand on their newest line."""
    newest = select(func.max(JournalRow.seq)).where(JournalRow.record == CurrentRow.id, JournalRow.rev.is_not(None))
    behind = select(CurrentRow.id).where(CurrentRow.seq != newest.scalar_subquery())
    for record in connection.scalars(behind):
        yield Finding(code="record_behind", where=record)


def unreadable_records(connection: Connection) -> Iterator[Finding]:
    """Records that their kind does not understand, or to whose text the index does not answer."""
    for row in connection.execute(select(CurrentRow.__table__).order_by(CurrentRow.no)):
        try:
            record = record_from(kind_of(row.kind).record, row.id, json.loads(row.body))
        except AppError as error:
            yield Finding(code="record_damaged", where=f"{row.id}: {error}")
            continue
        text = "" if row.deleted else indexed(searched_texts(record))
        if not search_index.answers(connection, row.no, text):
            yield Finding(code="index_behind", where=row.id)


def _next_link(before: bytes, line: JournalLine) -> bytes:
    """The link a line gives: a revision's is over its header, an event's over all it says."""
    return chained(before, read_line(line.line).written().covered if line.rev else line.line[:-1])
