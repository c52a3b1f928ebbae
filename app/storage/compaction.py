"""Lines of the journal that say what nobody needs any more: found, and emptied like those of what was erased."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, Final

from sqlalchemy import Connection, Select, and_, func, select

from app.domain.belonging import owners_of
from app.domain.compaction import let_go_of, may_leave_trash, older_than
from app.domain.revisions import erased_line, is_erased, read_kept
from app.domain.values import Id
from app.storage import deeds
from app.storage.blocking import blocked
from app.storage.journal import JournalLine
from app.storage.outbox import KEPT_BACK
from app.storage.tables import CurrentRow, JournalRow

_LINE: Final = [getattr(JournalRow, name) for name in JournalLine.__slots__]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """Of whose records, up to which line that every reader has, saved before when, and of which kinds not."""

    owner: Id
    through: int
    before: datetime
    whole: Collection[str]


def old_states(connection: Connection, bounds: Bounds) -> Iterator[JournalLine]:
    """Lines of earlier states that only a history still shows, of records about which nobody disagrees."""
    several = select(JournalRow.record).where(JournalRow.rev.is_not(None)).group_by(JournalRow.record).having(func.count() > 1)
    question = _lines(bounds).where(CurrentRow.id.in_(several)).add_columns(CurrentRow.rev)
    rows = connection.execute(question.order_by(JournalRow.record, JournalRow.seq).execution_options(yield_per=1000))
    for _record, group in groupby(rows, key=lambda row: row[2]):
        several_lines = [(JournalLine(*row[:-1]), row[-1]) for row in group]
        gone = set(let_go_of([read_kept(line.line) for line, _head in several_lines], several_lines[0][1], bounds.before))
        yield from (line for line, _head in several_lines if line.rev in gone)


def old_removals(connection: Connection, bounds: Bounds) -> list[JournalLine]:
    """Lines of removals whose records nobody would bring back: parts that were not removed with what they belong to."""
    question = _lines(bounds).where(CurrentRow.deleted, JournalRow.seq == CurrentRow.seq)
    kept = blocked(connection)
    rows = [JournalLine(*row) for row in connection.execute(question.order_by(JournalRow.seq))]
    found = {
        line.record: line
        for line in rows
        if line.record and line.record not in kept and may_leave_trash(line.kind) and not is_erased(line.line)
        if older_than(read_kept(line.line), bounds.before)
    }
    wholes = {each.stored.record.id: owners_of(each.stored.record) for each in deeds.found(connection, found)}
    named = deeds.found(connection, {id for owners in wholes.values() for id in owners})
    in_trash = {each.stored.record.id for each in named if each.stored.deleted and each.revision.body}
    return [line for id, line in found.items() if in_trash.isdisjoint(wholes.get(id, ()))]


def freed(lines: Sequence[JournalLine]) -> int:
    """Bytes that emptying these lines sets free."""
    return sum(len(each.line) - len(erased_line(each.line)) for each in lines)


def _lines(bounds: Bounds) -> Select[Any]:
    """The lines of records of which all is with every reader and one state alone stands."""
    about = and_(JournalRow.record == CurrentRow.id, JournalRow.rev.is_not(None))
    whose = CurrentRow.owner == bounds.owner, CurrentRow.seq <= bounds.through, CurrentRow.kind.not_in(list(bounds.whole))
    undisputed = CurrentRow.disputed == "", CurrentRow.heads == CurrentRow.rev
    return (
        select(*_LINE)
        .select_from(CurrentRow)
        .join(JournalRow, about)
        .where(*whose, *undisputed, JournalRow.seq.not_in(KEPT_BACK))
    )
