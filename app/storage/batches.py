"""Imports: which rows became which records, so that a second import recognises them and an undo finds them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, exists, func, select, update
from sqlalchemy.dialects.sqlite import insert

from app.domain.records import Record, record_from
from app.domain.values import ID_SHAPE, Id
from app.errors import Refused
from app.storage import deeds
from app.storage.rows import another
from app.storage.tables import BatchRow, CurrentRow, FingerprintRow, JournalRow

_AT_ONCE = 500


def known_fingerprints(connection: Connection, fingerprints: Sequence[str]) -> set[str]:
    """Those that an earlier import turned into a record that still stands (an undone import is no repeat: decision 5)."""
    found: set[str] = set()
    for start in range(0, len(fingerprints), _AT_ONCE):
        part = fingerprints[start : start + _AT_ONCE]
        question = select(FingerprintRow.fingerprint).join(CurrentRow, CurrentRow.id == FingerprintRow.record)
        found.update(connection.scalars(question.where(FingerprintRow.fingerprint.in_(part), ~CurrentRow.deleted)))
    return found


def note(connection: Connection, batch: Id, source: str, made: datetime, rows: Iterable[tuple[str, Id]]) -> None:
    """Remember an import and what its rows became."""
    connection.execute(insert(BatchRow), [{"id": batch, "source": source, "made": made.isoformat(), "undone": None}])
    pairs = [{"fingerprint": fingerprint, "record": record} for fingerprint, record in rows]
    if pairs:
        statement = insert(FingerprintRow)
        connection.execute(
            statement.on_conflict_do_update(index_elements=["fingerprint"], set_={"record": statement.excluded.record}), pairs
        )


def records_made(connection: Connection, batch: Id) -> tuple[list[Id], list[Id]]:
    """The standing records of an import: those to take back, and those somebody has worked on since, with all bound to them.

    Worked on is what was changed, or is named by a record saved later; with an issue stay its person and their contact.
    Raises `Refused("import_missing")`, `Refused("import_undone")`.
    """
    row = connection.execute(select(BatchRow.undone).where(BatchRow.id == batch)).first()
    if row is None:
        raise Refused("import_missing", id=batch)
    if row.undone:
        raise Refused("import_undone", id=batch, at=row.undone)
    question = select(CurrentRow.id, (CurrentRow.rev == JournalRow.rev).label("same"), CurrentRow.body)
    standing = question.join(JournalRow, CurrentRow.id == JournalRow.record).where(JournalRow.batch == batch, ~CurrentRow.deleted)
    rows = connection.execute(standing.order_by(JournalRow.seq)).all()
    bodies = {row.id: row.body for row in rows}
    kept = _bound({row.id for row in rows if not row.same} | _named_since(connection, batch, bodies), bodies)
    return [record for record in bodies if record not in kept], [record for record in bodies if record in kept]


def before(connection: Connection, batch: Id, records: Sequence[Id]) -> dict[Id, Record]:
    """Those of an import's records that stood before it, as they were then."""
    line, wanted = another(JournalRow), set(records)
    older = exists().where(line.record == JournalRow.record, line.seq < JournalRow.seq)
    ids = connection.scalars(select(JournalRow.record).where(JournalRow.batch == batch, older)).all()
    views = {each.stored.record.id: (each, deeds.before(connection, each)) for each in deeds.found(connection, wanted & set(ids))}
    return {
        id: record_from(type(saved.stored.record), id, view.body)
        for id, (saved, view) in views.items()
        if view and not view.deleted
    }


def _named_since(connection: Connection, batch: Id, bodies: Mapping[Id, str]) -> set[Id]:
    """Those of the import's records that a record saved later names."""
    began = select(func.min(JournalRow.seq)).where(JournalRow.batch == batch).scalar_subquery()
    later = select(CurrentRow.id, CurrentRow.body).where(CurrentRow.seq > began, ~CurrentRow.deleted)
    named = {name for row in connection.execute(later) if row.id not in bodies for name in ID_SHAPE.findall(row.body)}
    return named & bodies.keys()


def _bound(worked_on: set[Id], bodies: Mapping[Id, str]) -> set[Id]:
    """`worked_on`, and what they name or are named by, and so on, among the records of one import."""
    neighbours: dict[Id, set[Id]] = defaultdict(set)
    for record, body in bodies.items():
        for named in bodies.keys() & set(ID_SHAPE.findall(body)):
            neighbours[record].add(named)
            neighbours[named].add(record)
    found: set[Id] = set()
    waiting = list(worked_on)
    while waiting:
        record = waiting.pop()
        if record not in found:
            found.add(record)
            waiting.extend(neighbours[record])
    return found


def mark_undone(connection: Connection, batch: Id, at: datetime, records: Sequence[Id]) -> None:
    """Let the import count as undone, its rows as never seen."""
    connection.execute(update(BatchRow).where(BatchRow.id == batch).values(undone=at.isoformat()))
    for start in range(0, len(records), _AT_ONCE):
        connection.execute(delete(FingerprintRow).where(FingerprintRow.record.in_(records[start : start + _AT_ONCE])))
