"""The receiver's store: an encrypted SQLite file by default, spoken to in SQL that other databases share."""

import json
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import ColumnElement, Connection, and_, delete, func, insert, select

from app.domain.revisions import Revision, read_kept
from app.domain.values import Id
from app.errors import Refused
from app.province.erasing import obey_kept
from app.province.tables import HeadRow, ReturnedRow, RevisionRow, SettingRow, StationRow, StoreRow
from app.storage.database import Database, open_database

SCHEMA: Final = 7
PAGE: Final = 1 << 14
"""Bytes of a page: large ones are encrypted, written and checked in less time a row."""


@dataclass(frozen=True, slots=True)
class Store:
    """An open store."""

    database: Database

    def reading(self) -> AbstractContextManager[Connection]:
        """A connection that sees one state from beginning to end."""
        return self.database.reading()

    def writing(self) -> AbstractContextManager[Connection]:
        """A transaction, kept whole at the end of the block or not at all."""
        return self.database.writing()

    def setting(self, name: str) -> str:
        """The named value; a receiver that was set up has it."""
        with self.reading() as connection:
            return setting_of(connection, name)

    def close(self) -> None:
        """Give all connections back."""
        self.database.close()


def create_store(path: Path, key: bytes) -> None:
    """A new, empty store."""
    database = open_database(path, key, PAGE)
    try:
        with database.writing() as connection:
            StoreRow.metadata.create_all(connection)
            connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA}")
    finally:
        database.close()


def open_store(path: Path, key: bytes) -> Store:
    """The store at `path`.

    Raises `Refused("file_missing" | "not_a_database")`, `Refused("database_newer")` for one that a newer program made.
    """
    if not path.exists():
        raise Refused("file_missing", path=str(path))
    store = Store(open_database(path, key, PAGE))
    with store.reading() as connection:
        found = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
    if found > SCHEMA:
        store.close()
        raise Refused("database_newer", path=str(path), found=found, known=SCHEMA)
    if found < SCHEMA:
        _lift(store)
    return store


def _lift(store: Store) -> None:
    """Bring a store of an older program up to date: a later schema has more tables, and none that changed."""
    with store.writing() as connection:
        StoreRow.metadata.create_all(connection)
        obey_kept(connection)
        connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA}")


def setting_of(connection: Connection, name: str) -> str:
    """The named value of the receiver."""
    return connection.execute(select(SettingRow.value).where(SettingRow.name == name)).scalar_one().decode()


def found_setting(connection: Connection, name: str) -> str | None:
    """The named value of the receiver, or None where it has none."""
    value = connection.execute(select(SettingRow.value).where(SettingRow.name == name)).scalar_one_or_none()
    return None if value is None else value.decode()


def drop_setting(connection: Connection, name: str) -> None:
    """Let `name` stand for nothing from now on."""
    connection.execute(delete(SettingRow).where(SettingRow.name == name))


def put_setting(connection: Connection, name: str, value: bytes) -> None:
    """Let `name` stand for `value` from now on."""
    drop_setting(connection, name)
    connection.execute(insert(SettingRow), [{"name": name, "value": value}])


# --- reading what arrived ------------------------------------------------------------------------------------------


def count(store: Store) -> dict[str, int]:
    """Records that stand, by kind, over all stations; one that was given back does not."""
    standing = select(HeadRow.kind, func.count()).where(standing_heads())
    question = standing.group_by(HeadRow.kind).order_by(HeadRow.kind)
    with store.reading() as connection:
        return {row[0]: row[1] for row in connection.execute(question)}


def standing_heads() -> ColumnElement[bool]:
    """The condition that a head is of a record that stands: neither removed nor given back."""
    returned = (
        select(ReturnedRow.rev)
        .join(StationRow, StationRow.id == ReturnedRow.station)
        .where(StationRow.no == HeadRow.station, ReturnedRow.rev == HeadRow.rev)
    )
    return and_(~HeadRow.deleted, ~returned.exists())


@dataclass(frozen=True, slots=True)
class Held:
    """One record as the receiver has it: its winning revision, and whether branches disagree."""

    station: Id
    revision: Revision
    deleted: bool
    disputed: tuple[str, ...]


def find(store: Store, id: Id) -> Held:
    """The record with this identifier; raises `Refused("record_missing")`, `Refused("record_ambiguous")`.

    Stations make identifiers that nobody else has; where two claim the same one, neither is shown as the other's.
    """
    question = (
        select(StationRow.id.label("station"), HeadRow.deleted, HeadRow.disputed, RevisionRow.line)
        .join(StationRow, StationRow.no == HeadRow.station)
        .join(RevisionRow, (RevisionRow.station == HeadRow.station) & (RevisionRow.rev == HeadRow.rev))
    )
    with store.reading() as connection:
        rows = connection.execute(question.where(HeadRow.record == id).order_by(StationRow.id)).all()
    if not rows:
        raise Refused("record_missing", kind="", id=id)
    if len(rows) > 1:
        raise Refused("record_ambiguous", id=id, stations=[row.station for row in rows])
    row = rows[0]
    return Held(row.station, read_kept(row.line), row.deleted, tuple(row.disputed.split()))


def number_of(connection: Connection, station: Id) -> int:
    """The number by which the large tables name an enrolled station."""
    return connection.execute(select(StationRow.no).where(StationRow.id == station)).scalar_one()


def lines_of(connection: Connection, station: int, record: Id) -> Iterator[bytes]:
    """All lines of one record of the station with this number."""
    question = select(RevisionRow.line).where(RevisionRow.station == station, RevisionRow.record == record)
    yield from connection.scalars(question)


def as_json(value: Mapping[str, object]) -> bytes:
    """A setting's value."""
    return json.dumps(value).encode()
