"""Sticks that are plugged in, as the system names them."""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from PySide6.QtCore import QStorageInfo

_PLACES: Final = ("/media/", "/run/media/", "/Volumes/")  # where Linux desktops and macOS put what is plugged in
_REMOVABLE: Final = 2  # Windows: DRIVE_REMOVABLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Drive:
    """A stick: its folder, its name, and how many bytes are free."""

    folder: Path
    name: str
    free: int


class Volume(Protocol):
    """What is asked of a mounted volume."""

    def rootPath(self) -> str: ...  # noqa: N802  # Qt's own name
    def displayName(self) -> str: ...  # noqa: N802  # Qt's own name
    def bytesAvailable(self) -> int: ...  # noqa: N802  # Qt's own name
    def isValid(self) -> bool: ...  # noqa: N802  # Qt's own name
    def isReady(self) -> bool: ...  # noqa: N802  # Qt's own name
    def isReadOnly(self) -> bool: ...  # noqa: N802  # Qt's own name


def drives(*, writable: bool = True) -> tuple[Drive, ...]:
    """The sticks that are plugged in now; a volume that hangs keeps whoever asks, so this is asked in the background."""
    return tuple(drive_of(each) for each in QStorageInfo.mountedVolumes() if is_stick(each, writable=writable))


def is_stick(volume: Volume, *, writable: bool) -> bool:
    """Whether a volume can be carried away, and written where that is wanted."""
    usable = volume.isValid() and volume.isReady() and not (writable and volume.isReadOnly())
    return usable and _removable(volume.rootPath())


def drive_of(volume: Volume) -> Drive:
    """What a person sees of a volume."""
    folder = Path(volume.rootPath())
    name = volume.displayName()
    return Drive(
        folder=folder, name=folder.name or str(folder) if name == volume.rootPath() else name, free=volume.bytesAvailable()
    )


def _removable(root: str) -> bool:
    if sys.platform == "win32":
        import ctypes

        return int(ctypes.windll.kernel32.GetDriveTypeW(str(Path(root)))) == _REMOVABLE
    return root.startswith(_PLACES)
