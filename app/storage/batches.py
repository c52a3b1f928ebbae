"""Imports: which rows became which records, so that a second import recognises them and an undo finds them."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, select, update
from sqlalchemy.dialects.sqlite import insert

from app.domain.values import Id
from app.errors import Refused
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
    """The records an import made: those untouched since, and those changed or removed after it.

    Raises `Refused("import_missing")`, `Refused("import_undone")`.
    """
    row = connection.execute(select(BatchRow.undone).where(BatchRow.id == batch)).first()
    if row is None:
        raise Refused("import_missing", id=batch)
    if row.undone:
        raise Refused("import_undone", id=batch, at=row.undone)
    question = select(JournalRow.record, CurrentRow.rev == JournalRow.rev).join(CurrentRow, CurrentRow.id == JournalRow.record)
    made = connection.execute(question.where(JournalRow.batch == batch).order_by(JournalRow.seq)).all()
    return [record for record, same in made if record and same], [record for record, same in made if record and not same]


def mark_undone(connection: Connection, batch: Id, at: datetime, records: Sequence[Id]) -> None:
    """Let the import count as undone, its rows as never seen."""
    connection.execute(update(BatchRow).where(BatchRow.id == batch).values(undone=at.isoformat()))
    for start in range(0, len(records), _AT_ONCE):
        connection.execute(delete(FingerprintRow).where(FingerprintRow.record.in_(records[start : start + _AT_ONCE])))
