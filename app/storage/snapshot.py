"""A copy of an encrypted database as it was at one moment, made beside its writers, and what such a copy is compared by."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, func, select

from app.errors import Unavailable
from app.files import disk_told
from app.storage.database import Database, connector, told
from app.storage.soundness import broken_pages, forged_pages
from app.storage.tables import CurrentRow, JournalRow

_LOOKS: Final = 3
_PAGES: Final = 256  # copied between two looks whether the person still wants it

Told = Callable[[int, int], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """How much a database holds, and the last link of its journal, which stands for every line before it."""

    lines: int
    records: int
    chain: str


def contents_of(connection: Connection) -> Contents:
    """What the database holds now."""
    lines = connection.execute(select(func.count()).select_from(JournalRow)).scalar_one()
    records = connection.execute(select(func.count()).select_from(CurrentRow)).scalar_one()
    last = connection.execute(select(JournalRow.chain).order_by(JournalRow.seq.desc()).limit(1)).scalar()
    return Contents(lines=lines, records=records, chain=(last or b"").hex())


def prove_pages(connection: Connection) -> None:
    """Raises `Unavailable("database_damaged", path)` where a page's seal does not fit or SQLite makes no sense of it."""
    for finding in (*forged_pages(connection), *broken_pages(connection)):
        raise Unavailable("database_damaged", path=finding.where)


def copy_database(database: Database, path: Path, key: bytes, told_of: Told = lambda done, total: None) -> None:
    """The database as it is now, at `path` under `key`, in one file without a log; raises what disk and driver raise.

    `told_of` hears how many pages of how many are copied, and stops the copy by raising.
    """
    clear_database(path)
    with disk_told(path), told(path):
        try:
            with closing(connector(database.path, database.key)()) as source, closing(connector(path, key)()) as target:
                source.execute("BEGIN")  # one moment, however long it takes and whoever writes meanwhile
                source.execute("SELECT count(*) FROM sqlite_master").fetchone()
                check_seals(source, database.path)
                source.backup(target, pages=_PAGES, progress=lambda _state, left, total: told_of(total - left, total))
                source.execute("ROLLBACK")
                target.execute("PRAGMA journal_mode=DELETE")
        except BaseException:
            clear_database(path)
            raise


def check_seals(source: Any, path: Path) -> None:
    """A page whose seal is broken would be copied as blanks under a seal of its own: it is looked for before.

    A page read while a writer empties the log looks broken once, not again and again.
    """
    for _look in range(_LOOKS):
        if not source.execute("PRAGMA cipher_integrity_check").fetchall():
            return
    raise Unavailable("database_damaged", path=str(path))


def clear_database(path: Path) -> None:
    """Neither the file at `path` nor what lies beside it is there any more."""
    for ending in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
