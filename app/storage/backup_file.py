"""What a backup says of itself: `backup.json`, read strictly and sealed under the data key. Its members: `docs/backup.md`."""

import hashlib
import hmac
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path, PurePosixPath
from typing import Any, Final

from app.errors import AppError, Refused, Unavailable
from app.files import disk_told, write_whole
from app.storage.snapshot import Contents

FILE: Final = "backup.json"
FORMAT: Final = "llz-backup/1"
CONTENTS: Final = "contents"
PREFIX: Final = "llz-backup-"
STAMP: Final = "%Y%m%dT%H%M%SZ"

_LARGEST: Final = 256 << 20
_MEMBERS: Final = frozenset("format db seat station made reason lines records chain files digest seal".split())
_HEX: Final = frozenset("0123456789abcdef")


class BackupReason(StrEnum):
    """What a backup was made for."""

    ASKED = "asked"
    SESSION = "session"
    IMPORT = "import"
    ROTATION = "rotation"
    COMPACTION = "compaction"


@dataclass(frozen=True, slots=True, kw_only=True)
class BackedFile:
    """A file of the workspace and what it holds: `path` is relative to the workspace, with slashes."""

    path: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """One moment of a workspace; whose it is, how much it holds, which files belong to it."""

    db: str
    seat: str
    station: str
    made: datetime
    reason: str
    contents: Contents
    files: tuple[BackedFile, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundBackup:
    """A backup in a folder; without `backup` what it says cannot be read, which `fault` tells."""

    folder: Path
    backup: Backup | None
    fault: AppError | None = None


def write_backup(folder: Path, backup: Backup, key: bytes) -> None:
    """The file in `folder` says `backup`, sealed under the data key; raises what the disk raises."""
    document = _document_of(backup)
    document["digest"] = _digest(document)
    document["seal"] = _seal(document, key)
    write_whole(folder / FILE, (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode())


def read_backup(folder: Path, key: bytes | None = None) -> Backup:
    """What the backup in `folder` says; with the data key its seal is proven.

    Raises `Refused("backup_missing", path)`, `Refused("backup_newer", found)`, `Unavailable("backup_damaged", path, what)`.
    """
    document = _read(folder)
    if key is not None and not hmac.compare_digest(str(document["seal"]), _seal(document, key)):
        raise _damaged(folder, FILE)
    try:
        return _backup_of(document)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _damaged(folder, FILE) from error


def backups_in(folder: Path) -> list[FoundBackup]:
    """The backups in `folder`, newest first: itself one, or holding some, or holding the folders of several computers.

    Raises `Refused("folder_gone", path)`, and what the disk raises.
    """
    if not folder.is_dir():
        raise Refused("folder_gone", path=str(folder))
    with disk_told(folder):
        places = sorted({each.parent for each in _manifests(folder)}, key=lambda place: place.name, reverse=True)
    return [_found(place) for place in places]


def _manifests(folder: Path) -> Iterator[Path]:
    yield from folder.glob(FILE)
    yield from folder.glob(f"*Z/{FILE}")
    yield from folder.glob(f"{PREFIX}*/*Z/{FILE}")


def _found(place: Path) -> FoundBackup:
    try:
        return FoundBackup(folder=place, backup=read_backup(place))
    except AppError as error:
        return FoundBackup(folder=place, backup=None, fault=error)


def content_path(folder: Path, content: BackedFile) -> Path:
    """Where a file of the backup in `folder` lies: beside it under its digest, or, what is its own, within it."""
    if "/" in content.path:
        return folder.parent / CONTENTS / content.sha256
    return folder / content.path


def _read(folder: Path) -> dict[str, Any]:
    path = folder / FILE
    if not path.is_file():
        raise Refused("backup_missing", path=str(folder))
    with disk_told(path), path.open("rb") as file:
        data = file.read(_LARGEST + 1)
    try:
        document = json.loads(data.decode()) if len(data) <= _LARGEST else None
    except (ValueError, RecursionError):
        document = None
    if type(document) is not dict:
        raise _damaged(folder, FILE)
    found = document.get("format")
    if found != FORMAT and type(found) is str and found.startswith("llz-backup/"):
        raise Refused("backup_newer", found=found)
    if document.keys() != _MEMBERS or document["digest"] != _digest(document):
        raise _damaged(folder, FILE)
    return document


def _document_of(backup: Backup) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "db": backup.db,
        "seat": backup.seat,
        "station": backup.station,
        "made": backup.made.isoformat(),
        "reason": backup.reason,
        "lines": backup.contents.lines,
        "records": backup.contents.records,
        "chain": backup.contents.chain,
        "files": [asdict(each) for each in backup.files],
    }


def _backup_of(document: Mapping[str, Any]) -> Backup:
    made = datetime.fromisoformat(document["made"])
    if made.tzinfo is None:
        raise ValueError("a moment without its zone")
    return Backup(
        db=str(document["db"]),
        seat=str(document["seat"]),
        station=str(document["station"]),
        made=made,
        reason=str(document["reason"]),
        contents=Contents(lines=int(document["lines"]), records=int(document["records"]), chain=str(document["chain"])),
        files=tuple(_file_of(each) for each in document["files"]),
    )


def _file_of(plain: Mapping[str, Any]) -> BackedFile:
    path, digest, size = plain["path"], plain["sha256"], plain["size"]
    parts = PurePosixPath(path).parts
    within = 1 <= len(parts) <= 2 and ".." not in parts and not path.startswith("/") and "\\" not in path and ":" not in path
    if not within or len(digest) != 64 or not _HEX.issuperset(digest) or type(size) is not int:
        raise ValueError("no file of a workspace")
    return BackedFile(path=path, sha256=digest, size=size)


def _digest(document: Mapping[str, Any]) -> str:
    return "sha256:" + hashlib.sha256(_text(document)).hexdigest()


def _seal(document: Mapping[str, Any], key: bytes) -> str:
    return "hmac-sha256:" + hmac.digest(key, FORMAT.encode() + b"\n" + _text(document), "sha256").hex()


def _text(document: Mapping[str, Any]) -> bytes:
    rest = {name: value for name, value in document.items() if name not in {"digest", "seal"}}
    return json.dumps(rest, ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode()


def _damaged(folder: Path, what: str) -> AppError:
    return Unavailable("backup_damaged", path=str(folder), what=what)
