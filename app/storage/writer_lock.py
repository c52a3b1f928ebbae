"""The right to write: held by one process at a time, and taken back by the system when it ends, however it ends (decision 24)."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from app.errors import Refused
from app.files import disk_told

LOCK_FILE: Final = "writer.lock"
BACKUP_LOCK: Final = "backup.lock"


@contextmanager
def writer_lock(folder: Path) -> Iterator[None]:
    """Hold the lock of `folder` for the block; raises `Refused("second_writer", home)` where another process holds it."""
    with _held(folder, LOCK_FILE, Refused("second_writer", home=str(folder.parent))):
        yield


@contextmanager
def backup_lock(folder: Path) -> Iterator[None]:
    """One backup of the workspace in `folder` at a time; raises `Refused("backup_running", home)`."""
    with _held(folder, BACKUP_LOCK, Refused("backup_running", home=str(folder.parent))):
        yield


@contextmanager
def _held(folder: Path, name: str, refusal: Refused) -> Iterator[None]:
    lock = FileLock(folder / name, timeout=0)
    with disk_told(folder):
        try:
            lock.acquire()
        except Timeout as error:
            raise refusal from error
    try:
        yield
    finally:
        lock.release()
