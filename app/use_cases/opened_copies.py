"""Attachments opened in other programs: read-only copies where the desktop session forgets, swept when the station closes.

A copy is plain, which nothing else of the station ever is on a disk; so it lies where the system forgets at the end of the
session, where there is such a place, and what a killed program left is swept when the station closes the next time.
"""

import hashlib
import os
import shutil
import stat
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Final

from app.domain.attachment import Attachment, file_name
from app.errors import Refused
from app.files import disk_told, plain_name
from app.use_cases.attachments import write_attachment
from app.workspace import Workspace

_PROGRAMS: Final = frozenset(
    "exe com bat cmd msi scr pif cpl hta js jse vbs vbe wsf wsh ps1 lnk url reg jar sh bash run desktop appimage deb rpm".split()
)
"""Endings that a desktop would run, or install from, where a document is shown."""


def copy_to_open(workspace: Workspace, attachment: Attachment) -> Path:
    """A read-only copy that only this user of the computer can read, under the attachment's own name.

    Raises `Refused("file_is_program")` for what would run instead of being shown, what `write_attachment` raises, and
    `Unavailable("disk_full" | "disk_failed" | "folder_unusable")`.
    """
    name, place = plain_name(file_name(attachment.name)), _place()
    if name.rpartition(".")[2].lower() in _PROGRAMS:
        raise Refused("file_is_program", path=name)
    with disk_told(place):
        folder = Path(tempfile.mkdtemp(prefix=_prefix(workspace.folder), dir=place))
        try:
            with (folder / name).open("xb") as file:
                write_attachment(workspace, attachment.sha256, file.write)
            (folder / name).chmod(stat.S_IRUSR)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
    return folder / name


def sweep_copies(workspace_folder: Path) -> None:
    """Remove every copy of this station; one that another program holds open on Windows goes at the next time."""
    for folder in _place().glob(f"{_prefix(workspace_folder)}*"):
        if folder.is_symlink() or not _is_own(folder):
            continue
        for copy in folder.iterdir():
            with suppress(OSError):
                copy.chmod(stat.S_IRUSR | stat.S_IWUSR)  # Windows removes nothing that is read-only
        shutil.rmtree(folder, ignore_errors=True)


def _place() -> Path:
    """Where the desktop session keeps what is to be forgotten, else the system's place for temporary files."""
    session = os.environ.get("XDG_RUNTIME_DIR", "")
    return Path(session) if session and os.access(session, os.W_OK | os.X_OK) else Path(tempfile.gettempdir())


def _prefix(workspace_folder: Path) -> str:
    digest = hashlib.sha256(str(workspace_folder.resolve()).encode()).hexdigest()
    return f"liaison-{digest[:16]}-"


def _is_own(folder: Path) -> bool:
    return not hasattr(os, "getuid") or folder.stat().st_uid == os.getuid()
