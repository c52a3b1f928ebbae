"""What sort a file is, by its content and never by its name; and which files of a whole stick are ours.

Of a strange file nothing is read but its first bytes. What a stick should not hold (folders hidden on it, shortcuts, what
starts programs by itself: the marks of what spreads by sticks) is told by name and not even entered.
"""

import os
import re
import stat
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.errors import AppError, Refused
from app.files import disk_told
from app.packages import container, cosign_file, enrolment, receipt, reference
from app.packages.opening import said_by, signed_in
from app.packages.statement import Kind
from app.use_cases.arrival import Brought

LARGEST_DOCUMENT: Final = 24 << 20  # bytes of a receipt or a trust file
_HEAD: Final = 512  # bytes that tell whether a file may be ours
_DEEP: Final = 3  # folders within folders
_MOST: Final = 500  # files of one look
_ENDINGS: Final = frozenset({".llz", ".json"})
"""What our files are usually called: those are looked at first, lest hundreds of photographs leave no look for them."""

_SUSPICIOUS: Final = re.compile(r"autorun\.inf|.*\.lnk", re.IGNORECASE | re.DOTALL)
_OF_SYSTEMS: Final = re.compile(
    r"\.Trashes|\.Trash-\d+|\.Spotlight-V100|\.fseventsd|\.TemporaryItems|System Volume Information|\$RECYCLE\.BIN|lost\+found"
)
"""Folders that desktops make on every stick by themselves."""
_TRUST: Final = b'{"format":"llz-trust-bundle/'
_SIGNED: Final = b'{"payload":"'
_TYPE: Final = re.compile(rb'","payloadType":"([^"]{1,80})"')
_DOCUMENTS: Final[Mapping[str, str]] = {
    receipt.TYPE: "receipt",
    cosign_file.REQUEST_TYPE: "cosign_request",
    cosign_file.ANSWER_TYPE: "cosign_answer",
    enrolment.TYPE: "card",
    reference.TYPE: "reference",
}
_PACKAGES: Final[Mapping[Kind | None, str]] = {Kind.PEER: "peer", Kind.RESTORE: "restore"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a folder or stick holds: the files that are ours, how many others were left closed, and what looks like malware."""

    files: tuple[Path, ...]
    others: int = 0
    suspicious: tuple[str, ...] = ()


def recognised(path: Path) -> Brought:
    """The sort of a file; a package is a peer's or given back where it says so, and else a reply. Nothing of it is believed yet.

    Raises `Refused("file_strange")` for what is of no sort, `PackageFault` for a damaged package, and what the disk raises.
    """
    with disk_told(path), path.open("rb") as file:
        head = file.read(_HEAD)
        if container.is_package(head):
            said = said_by(file)
            if said is None:
                signed_in(file)  # a damaged file is told as damaged, whomever this station trusts
            return Brought(path=path, sort=_PACKAGES.get(said.kind if said else None, "reply"))
        sort, document = "", head
        if _is_document(head):
            document += file.read(LARGEST_DOCUMENT)
            sort = _sort_of(document)
    if not sort:
        raise Refused("file_strange", file=path.name)
    return Brought(path=path, sort=sort, document=document)


def look_through(folder: Path) -> Found:
    """The files of ours in a folder or stick; raises what the disk raises where the folder itself cannot be opened."""
    with disk_told(folder):
        next(os.scandir(folder), None)  # a folder that cannot be opened is told, not passed over
    walk = _Walk(folder)
    every = sorted(walk.files, key=lambda path: path.suffix.lower() not in _ENDINGS)[:_MOST]
    ours = tuple(sorted(each for each in every if _may_be_ours(each)))
    return Found(files=ours, others=len(walk.files) - len(ours), suspicious=tuple(sorted(walk.suspicious)))


def look_at(paths: Iterable[Path]) -> Found:
    """The files that are named, and those of ours in the folders that are."""
    found = [look_through(each) if each.is_dir() else Found(files=(each,)) for each in paths]
    return Found(
        files=tuple(path for each in found for path in each.files),
        others=sum(each.others for each in found),
        suspicious=tuple(name for each in found for name in each.suspicious),
    )


class _Walk:
    """The files of a folder and of those within it that are in plain sight, by name; and what is suspicious among all that."""

    def __init__(self, folder: Path) -> None:
        self._top: Final = folder
        self._at_home: Final = folder.resolve().is_relative_to(Path.home())  # there hidden folders are usual
        self.files: Final[list[Path]] = []
        self.suspicious: Final[list[str]] = []
        for place, folders, names in os.walk(folder):
            self._sift(Path(place), folders)
            for name in names:
                self._meet(Path(place, name))
        self.files.sort()

    def _sift(self, place: Path, folders: list[str]) -> None:
        """Leave in `folders` what is entered."""
        hidden = [name for name in folders if _is_hidden(place / name)]
        if not self._at_home:
            self.suspicious.extend(self._told(place / name) for name in hidden if not _OF_SYSTEMS.fullmatch(name))
        deep = len(place.relative_to(self._top).parts) >= _DEEP
        folders[:] = [] if deep else [name for name in folders if name not in hidden and not _OF_SYSTEMS.fullmatch(name)]

    def _meet(self, path: Path) -> None:
        if _SUSPICIOUS.fullmatch(path.name):
            self.suspicious.append(self._told(path))
        else:
            self.files.append(path)

    def _told(self, path: Path) -> str:
        return path.relative_to(self._top).as_posix()


def _is_hidden(folder: Path) -> bool:
    """Hidden by its name, or on Windows by its attribute."""
    try:
        attributes = getattr(folder.lstat(), "st_file_attributes", 0)
    except OSError:
        attributes = 0
    return folder.name.startswith(".") or bool(attributes & stat.FILE_ATTRIBUTE_HIDDEN)


def _may_be_ours(path: Path) -> bool:
    """Whether a file begins as ours do; one that cannot be read is shown, with its reason."""
    if not path.is_file():
        return False
    try:
        with disk_told(path), path.open("rb") as file:
            head = file.read(_HEAD)
    except AppError:
        return True
    return container.is_package(head) or _is_document(head)


def _is_document(head: bytes) -> bool:
    return head.startswith((_TRUST, _SIGNED))


def _sort_of(document: bytes) -> str:
    if document.startswith(_TRUST):
        return "trust"
    said = _TYPE.search(document)
    # Cut off before its type it is most likely a receipt; reading it says that it is damaged.
    return _DOCUMENTS.get(said[1].decode(errors="replace"), "") if said else "receipt"
