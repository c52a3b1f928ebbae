"""What is said when everything was written as plain files, in the window and on the command line alike."""

from collections.abc import Sequence
from pathlib import Path

from app.i18n import _, ngettext


def plain_files_told(folder: Path, *, records: int, suggestions: int, files: int, missing: Sequence[str]) -> str:
    """What lies where, which contents are missing, and that nobody needs a key to read it."""
    words = _("{records} records, {suggestions} suggestions and {files} files written: {folder}.")
    lines = [words.format(records=records, suggestions=suggestions, files=files, folder=folder)]
    if missing:
        gone = ngettext(
            "The content of {count} file is not on this computer:",
            "The contents of {count} files are not on this computer:",
            len(missing),
        )
        lines.append(f"{gone.format(count=len(missing))} {'、'.join(missing)}")
    lines.append(
        _("They are not encrypted and name residents in full: keep them on an encrypted disk, and delete them after use.")
    )
    return "\n".join(lines)
