"""An encrypted SQLite file through SQLAlchemy: how it is opened, and what a transaction is.

Measured choices (docs/architecture.md): SQLCipher through the plain `sqlite` dialect with our own connection maker and a queue
pool (other pools close connections that other threads use), raw 32-byte key, WAL, 16 MiB of cache a connection.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import sqlcipher3
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from app.errors import AppError, Refused, Unavailable
from app.storage.readings import sound_key

__all__ = ["Connection", "Database", "connector", "open_database", "told"]

KEY_BYTES: Final = 32
PAGE: Final = 4096  # bytes, the cipher's own choice
_PRAGMAS: Final = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "cache_size=-16384",
    "temp_store=MEMORY",
    "secure_delete=ON",
    "trusted_schema=OFF",
)


@dataclass(frozen=True, slots=True)
class Database:
    """An open database; reads run beside the one writer."""

    path: Path
    engine: Engine
    _keys: list[bytes] = field(repr=False)  # one; another one after a rotation

    @property
    def key(self) -> bytes:
        """The raw key, which opens a copy of it too."""
        return self._keys[0]

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one state of the database from its first statement to its last."""
        with told(self.path), self.engine.connect() as connection, _given_up(connection):
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction: all of it is kept at the end, or nothing where anything raises."""
        with told(self.path), self.engine.connect() as opened:
            connection = opened.execution_options(writing=True)
            with _given_up(connection), connection.begin():
                yield connection

    def settle(self) -> None:
        """Write the log into the file and empty it, so that no erased page stays in it; beside a reader it stays for now."""
        with told(self.path):
            pooled = self.engine.raw_connection()
            try:
                raw: Any = pooled.driver_connection
                raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            finally:
                pooled.close()

    def rekey(self, key: bytes) -> None:
        """The file at `path` is another one now, under `key`: whoever connects from here on opens that."""
        self._keys[0] = key
        self.engine.dispose()

    def close(self) -> None:
        """Give all connections back to the system."""
        self.engine.dispose()


@contextmanager
def _given_up(connection: Connection) -> Iterator[None]:
    """A connection that met a damaged page reads no other page any more: the next user gets a fresh one."""
    try:
        yield
    except (DBAPIError, sqlcipher3.dbapi2.Error):
        connection.invalidate()
        raise


def open_database(path: Path, key: bytes, page: int = PAGE) -> Database:
    """The database at `path`, opened with its raw key and the size of its pages in bytes.

    Raises `Refused("not_a_database", path)` where the key does not open it, `Unavailable("disk_…")` where the disk fails.
    """
    connector(path, key, page)  # for its refusals
    keys = [key]

    def connect() -> Any:
        return connector(path, keys[0], page)()

    engine = create_engine("sqlite://", module=sqlcipher3.dbapi2, creator=connect, poolclass=QueuePool, pool_size=3)
    event.listen(engine, "begin", _begin)
    database = Database(path, engine, keys)
    with database.reading() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM sqlite_master")
    return database


def connector(path: Path, key: bytes, page: int = PAGE) -> Callable[[], Any]:
    """A maker of raw connections to `path`; raises `Refused("not_a_database", path)` for an empty file."""
    if len(key) != KEY_BYTES:
        raise ValueError("a database key has 32 bytes")
    if path.exists() and path.stat().st_size == 0:
        raise Refused("not_a_database", path=str(path))  # the driver would make one of it

    def connect() -> Any:
        connection = sqlcipher3.connect(str(path), check_same_thread=False, timeout=10, isolation_level=None)
        connection.execute("PRAGMA cipher_log_level=NONE")  # it would write to the terminal
        connection.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
        connection.execute(f"PRAGMA cipher_page_size={page}")
        connection.execute("SELECT count(*) FROM sqlite_master")  # a wrong key shows here
        for pragma in _PRAGMAS:
            connection.execute("PRAGMA " + pragma)
        connection.create_function("sound_key", 1, sound_key, deterministic=True)  # lists of names are sorted by it
        return connection

    return connect


def _begin(connection: Connection) -> None:
    # The driver is in autocommit mode: only so does a failed migration or batch go back whole.
    writing = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


# --- the driver's words, as codes ----------------------------------------------------------------------------------

_BY_WORDS: Final = (
    ("file is not a database", Refused, "not_a_database"),
    ("database disk image is malformed", Unavailable, "database_damaged"),
    ("database or disk is full", Unavailable, "disk_full"),
    ("disk i/o error", Unavailable, "disk_failed"),
    ("unable to open database file", Unavailable, "folder_unusable"),
    ("attempt to write a readonly database", Unavailable, "folder_unusable"),
    ("database is locked", Refused, "busy"),
)


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn what driver and SQLAlchemy raise into the program's own errors."""
    try:
        yield
    except (DBAPIError, sqlcipher3.dbapi2.Error) as error:
        raise _translated(error, path) from error


def _translated(error: Exception, path: Path) -> AppError:
    words = str(error).lower()
    for part, cls, code in _BY_WORDS:
        if part in words:
            return cls(code, path=str(path))
    return Unavailable("database_failed", path=str(path), why=str(getattr(error, "orig", error)))
