"""The folder into which a document camera, a scanner or a telephone saves pictures: what is new in it is offered.

Where it lies and what was decided on already is kept in the database, for names of pictures may name people. Its files are left
as they are.
"""

import json
import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from app.errors import Refused, Unavailable
from app.files import disk_told
from app.storage.named_values import put_value, value_of
from app.workspace import Workspace

_NAME: Final = "watched_folder"
_ENDINGS: Final = frozenset({".jpg", ".jpeg", ".png", ".webp", ".bmp", ".tif", ".tiff", ".gif", ".heic", ".pdf"})
MOST_OFFERED: Final = 24
"""Pictures that are offered at once, the newest."""
_MOST_SEEN: Final = 50_000


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPicture:
    """A picture that nobody has decided on; `size` (bytes) and `changed` (nanoseconds) tell whether it is still being written."""

    path: Path
    size: int
    changed: int

    @property
    def mark(self) -> str:
        """What it is remembered by; another picture of the same name has another."""
        return sha256(f"{self.path.name}\0{self.size}\0{self.changed}".encode("utf-8", "surrogatepass")).hexdigest()[:24]


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """What a look into the folder found, the newest first; without `folder` none is watched, `gone` tells that it is away."""

    folder: Path | None = None
    gone: bool = False
    pictures: tuple[NewPicture, ...] = ()


def watch(workspace: Workspace, folder: Path | None) -> Watched:
    """Watch this folder from now on, or none: what lies in it already is not offered.

    Raises `Refused("folder_gone" | "folder_unusable")` where it cannot be looked into.
    """
    seen = [each.mark for each in _pictures(folder)] if folder else []
    with workspace.writing() as books:
        told = {"folder": str(folder) if folder else "", "seen": seen[:_MOST_SEEN]}
        put_value(books.connection, _NAME, json.dumps(told).encode())
    return Watched(folder=folder)


def look(workspace: Workspace) -> Watched:
    """The pictures of the folder that nobody has decided on; a folder that is away is no error, it may come back."""
    folder, seen = _told(workspace)
    if folder is None:
        return Watched()
    try:
        found = list(_pictures(folder))
    except (Refused, Unavailable):
        return Watched(folder=folder, gone=True)
    fresh = sorted((each for each in found if each.mark not in seen), key=lambda each: each.changed, reverse=True)
    return Watched(folder=folder, pictures=tuple(fresh[:MOST_OFFERED]))


def decide(workspace: Workspace, pictures: Iterable[NewPicture]) -> None:
    """Offer these no more: they were attached, or nobody wants them here. What is no longer in the folder is forgotten."""
    with workspace.writing() as books:
        folder, seen = _read(value_of(books.connection, _NAME))
        marks = dict.fromkeys([*(each.mark for each in pictures), *_still_there(folder, seen)])
        told = {"folder": str(folder) if folder else "", "seen": list(marks)[:_MOST_SEEN]}
        put_value(books.connection, _NAME, json.dumps(told).encode())


def _still_there(folder: Path | None, seen: Collection[str]) -> Sequence[str]:
    try:
        here = {each.mark for each in _pictures(folder)} if folder else set()
    except (Refused, Unavailable):
        return tuple(seen)
    return [each for each in seen if each in here]


def _told(workspace: Workspace) -> tuple[Path | None, frozenset[str]]:
    with workspace.reading() as connection:
        folder, seen = _read(value_of(connection, _NAME))
    return folder, frozenset(seen)


def _read(kept: bytes | None) -> tuple[Path | None, list[str]]:
    told = json.loads(kept or b"{}")
    return (Path(told["folder"]) if told.get("folder") else None), list(told.get("seen", ()))


def _pictures(folder: Path) -> Iterator[NewPicture]:
    with disk_told(folder), os.scandir(folder) as entries:
        for each in entries:
            if Path(each.name).suffix.lower() in _ENDINGS and not each.name.startswith((".", "~")) and each.is_file():
                told = each.stat()
                yield NewPicture(path=Path(each.path), size=told.st_size, changed=told.st_mtime_ns)
