"""What is said when everything was written as plain files, in the window and on the command line alike."""

from collections.abc import Sequence
from pathlib import Path

from app.i18n import _, ngettext


def plain_files_told(
    folder: Path, *, records: int, suggestions: int, files: int, missing: Sequence[str], withheld: int, named: bool
) -> str:
    """What lies where, which contents are missing, that nobody needs a key to read it, and whether all are named."""
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
    if withheld and named:
        told = _(
            "Residents who asked for anonymity or confidentiality are named in full too, as was chosen: {count}. This is noted."
        )
        lines.append(told.format(count=withheld))
    elif withheld:
        told = _(
            "Residents who asked for anonymity or confidentiality are written as lists name them,"
            " without contact and files: {count}."
        )
        lines.append(told.format(count=withheld))
    return "\n".join(lines)
