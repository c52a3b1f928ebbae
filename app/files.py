"""Files written whole or not at all, on every desktop: temporary name, flushed to the disk, renamed, folder flushed."""

import hashlib
import os
import re
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from errno import EDQUOT, EFBIG, EINVAL, ENOSPC, ENOTSUP, EROFS
from pathlib import Path
from typing import BinaryIO, Final

from app.errors import AppError, Refused, Unavailable

PART: Final = ".part"
_FIRST_WAIT: Final = 0.05  # seconds, doubled at every try: an antivirus or indexer holds a fresh file for about two seconds
_TRIES: Final = 7
_PIECE: Final = 1 << 20
_IN_USE: Final = frozenset({5, 32, 33})  # Windows: access denied, sharing violation, lock violation
_NO_FOLDER_SYNC: Final = frozenset({EINVAL, ENOTSUP})  # some network and FAT mounts sync no folder and say so
_LONGEST_NAME: Final = 230  # bytes of the 255 that file systems have room for: a number stands before it, `PART` behind it
_LONGEST_ENDING: Final = 16  # bytes
_ON_WINDOWS: Final = os.name == "nt"
_UNUSABLE: Final = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]+')


@contextmanager
def written_whole(final: Path, *, private: bool = False) -> Iterator[BinaryIO]:
    """A file that appears under its name only when all of it lies on the disk; after any failure nothing is left.

    A private one is readable by its owner only. Raises `Unavailable("disk_full" | "folder_unusable" | "disk_failed")`.
    """
    part = final.with_name(final.name + PART)
    with disk_told(final):
        try:
            with open(part, "wb", opener=_owners_only if private else None) as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            replace(part, final)
        except BaseException:
            with suppress(OSError):
                part.unlink(missing_ok=True)
            raise


@contextmanager
def folder_whole(final: Path) -> Iterator[Path]:
    """A folder that appears under its name only when the block has filled it; after any failure nothing is left.

    What a killed program left of one is cleared away first: it never had its name. Raises as `written_whole` does.
    """
    part = final.with_name(final.name + PART)
    with disk_told(final):
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        try:
            yield part
            part.rename(final)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise
        sync_folder(final.parent)


def write_whole(final: Path, content: bytes, *, private: bool = False) -> None:
    """`content` under the name `final`, whole or not at all."""
    with written_whole(final, private=private) as file:
        file.write(content)


def plain_name(name: str) -> str:
    """A file's name without what some file system refuses in it; a long one loses the end of its stem, never its ending."""
    plain = _UNUSABLE.sub("_", name).rstrip(" .")
    stem, dot, ending = plain.rpartition(".")
    tail = dot + ending if stem and len(ending.encode()) <= _LONGEST_ENDING else ""
    stem = plain.removesuffix(tail)
    return stem.encode()[: _LONGEST_NAME - len(tail.encode())].decode(errors="ignore") + tail


def sha256_of(path: Path, *, from_disk: bool = False, tell: Callable[[int], object] = lambda size: None) -> str:
    """The SHA-256 of a file in hexadecimal; `from_disk` asks the system to read the device again, where it can be asked.

    `tell` hears of every piece read, in bytes, and may stop the reading by raising.
    """
    digest = hashlib.sha256()
    with disk_told(path), path.open("rb") as file:
        if from_disk and hasattr(os, "posix_fadvise"):
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        while piece := file.read(_PIECE):
            digest.update(piece)
            tell(len(piece))
    return digest.hexdigest()


def replace(source: Path, final: Path, pause: Callable[[float], None] = time.sleep) -> None:
    """Rename over what is there, waiting out other programs that hold the file on Windows, and make the name last."""
    wait = _FIRST_WAIT
    for attempt in range(_TRIES):
        try:
            source.replace(final)
            break
        except OSError as error:
            if getattr(error, "winerror", None) not in _IN_USE or attempt == _TRIES - 1:
                raise
        pause(wait)
        wait *= 2
    sync_folder(final.parent)


def sync_folder(folder: Path) -> None:
    """Make names in `folder` last through a power cut; Windows does so by itself and cannot open folders."""
    if _ON_WINDOWS:
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in _NO_FOLDER_SYNC:
            raise
    finally:
        os.close(handle)


def sweep_parts(folder: Path) -> None:
    """Remove what a killed program left half written."""
    for part in folder.glob("*" + PART):
        part.unlink(missing_ok=True)


@contextmanager
def disk_told(path: Path) -> Iterator[None]:
    """Turn what the system says of a disk into the program's own errors, naming `path`."""
    try:
        yield
    except OSError as error:
        raise disk_error(error, path) from error


def disk_error(error: OSError, path: Path) -> AppError:
    """The program's own error for what the system said of `path`."""
    if isinstance(error, FileNotFoundError):
        return Refused("file_missing", path=str(error.filename or path))
    if isinstance(error, (PermissionError, NotADirectoryError, IsADirectoryError, FileExistsError)) or error.errno == EROFS:
        return Unavailable("folder_unusable", path=str(path), why=error.strerror)
    if error.errno in {ENOSPC, EDQUOT, EFBIG}:
        return Unavailable("disk_full", path=str(path))
    return Unavailable("disk_failed", path=str(path), why=error.strerror)


def _owners_only(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
