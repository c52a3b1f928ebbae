"""Which disk or stick a folder lies on, so that the same one is known again under another letter or another name."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_BY_UUID: Final = Path("/dev/disk/by-uuid")
_ON_WINDOWS: Final = os.name == "nt"


@dataclass(frozen=True, slots=True)
class Spot:
    """A folder as its volume knows it: `volume` is empty where the system names none, `within` is the path below its top."""

    volume: str
    within: str


def spot_of(folder: Path) -> Spot:
    """The volume and the way below its top; a folder that cannot be asked is on no known volume."""
    try:
        whole = folder.resolve()
        top = whole
        while not os.path.ismount(top) and top != top.parent:
            top = top.parent
        return Spot(_volume(whole.stat().st_dev), whole.relative_to(top).as_posix())
    except OSError:
        return Spot("", "")


def _volume(device: int) -> str:
    """Windows tells a volume's serial number as its device; Linux lists what was written into the volume when it was made."""
    if _ON_WINDOWS:
        return f"serial:{device:x}" if device else ""
    try:
        names = sorted(_BY_UUID.iterdir())
    except OSError:
        return ""
    return next((f"uuid:{each.name}" for each in names if _is_device(each, device)), "")


def _is_device(link: Path, device: int) -> bool:
    try:
        return link.stat().st_rdev == device
    except OSError:
        return False
