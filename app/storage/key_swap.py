"""Another key for a database: a new file under the new key and its slot file, swapped in by two renames that a start can end.

Whatever ends the program: the slot file in its place opens the database in its place, or `settle_swap` sees to it, without a key.
The new database is whole before the new slot file lies beside it, and takes its place first.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final

from app.errors import Refused, Unavailable
from app.files import disk_told, replace, sync_folder
from app.storage.database import Database, connector, open_database, told
from app.storage.snapshot import Contents, clear_database, contents_of, prove_pages
from app.storage.writer_lock import writer_lock

NEXT_SLOTS: Final = "keyslots.next.json"
NEXT_DATABASE: Final = "station.db.rotated"
_SLOTS: Final = "keyslots.json"
_DATABASE: Final = "station.db"
_PAGES: Final = 256

Told = Callable[[int, int], object]


def settle_swap(folder: Path) -> None:
    """End a swap that was cut off: where the new database is in its place its slot file follows, else both are dropped.

    Raises `Refused("second_writer")` where the swap is going on in another process, and what the disk raises.
    """
    if not (folder / NEXT_SLOTS).exists():
        return
    with writer_lock(folder), disk_told(folder):
        end_swap(folder)


def end_swap(folder: Path) -> None:
    """What `settle_swap` does, for whoever holds the writer's lock."""
    if (folder / NEXT_DATABASE).exists():
        (folder / NEXT_SLOTS).unlink(missing_ok=True)
        sync_folder(folder)
        clear_database(folder / NEXT_DATABASE)
    elif (folder / NEXT_SLOTS).exists():
        replace(folder / NEXT_SLOTS, folder / _SLOTS)


@contextmanager
def alone(database: Database) -> Iterator[Any]:
    """A connection that nobody is beside, in this process or another; the log is written into the file and gone.

    Raises `Refused("busy", path)` where somebody reads or writes.
    """
    database.engine.dispose()
    with told(database.path), closing(connector(database.path, database.key)()) as raw:
        raw.execute("PRAGMA busy_timeout=2000")
        raw.execute("PRAGMA locking_mode=EXCLUSIVE")
        if raw.execute("PRAGMA journal_mode=DELETE").fetchone()[0] != "delete":
            raise Refused("busy", path=str(database.path))
        raw.execute("BEGIN EXCLUSIVE")
        raw.execute("COMMIT")  # the lock stays in this mode; a copy is not made of what is being written
        yield raw


def export_database(
    raw: Any, folder: Path, key: bytes, noted: Mapping[str, bytes], told_of: Told = lambda done, total: None
) -> None:
    """The database that `raw` has to itself, in a new file under `key`, compared and on the disk.

    There the values named in `noted` stand already, whatever happens after the swap.
    """
    path = folder / NEXT_DATABASE
    clear_database(path)
    with disk_told(path), told(path), closing(connector(path, key)()) as target:
        raw.backup(target, pages=_PAGES, progress=lambda _state, left, total: told_of(total - left, total))
        target.execute("PRAGMA journal_mode=DELETE")
    found = _proven(path, key)
    lines, records = (raw.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in ("journal", "current"))
    last = raw.execute("SELECT chain FROM journal ORDER BY seq DESC LIMIT 1").fetchone()
    if found != Contents(lines=lines, records=records, chain=(last[0] if last else b"").hex()):
        raise Unavailable("database_damaged", path=str(path))
    with disk_told(path):
        _flush(path)


def _proven(path: Path, key: bytes) -> Contents:
    database = open_database(path, key)
    try:
        with database.reading() as connection:
            prove_pages(connection)
            return contents_of(connection)
    finally:
        database.close()


def _flush(path: Path) -> None:
    for ending in ("-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
    with path.open("rb+") as file:
        os.fsync(file.fileno())
    sync_folder(path.parent)


def swap(folder: Path) -> None:
    """The new database, then its slot file, take the places of the old ones."""
    with disk_told(folder):
        replace(folder / NEXT_DATABASE, folder / _DATABASE)
        replace(folder / NEXT_SLOTS, folder / _SLOTS)
