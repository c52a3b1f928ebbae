"""What the commands of `liaison` share: the way into the station, and how files, days and moments are read and told."""

import sys
from argparse import Namespace
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from app.clock import CHINA
from app.errors import Refused
from app.files import disk_told
from app.i18n import N_, _
from app.keys.passphrase import read_passphrase_file
from app.paths import default_home
from app.terminal import way_of
from app.use_cases import setup
from app.use_cases.brought_files import LARGEST_DOCUMENT
from app.use_cases.signing_in import check_pin
from app.workspace import Workspace, opened

PATH: Final[Mapping[str, Any]] = {"type": Path}
NEEDED: Final[Mapping[str, Any]] = {"required": True}
NUMBER: Final[Mapping[str, Any]] = {"type": int}
FLAG: Final[Mapping[str, Any]] = {"action": "store_true"}
FOLDER: Final[Mapping[str, Any]] = {"type": Path, "required": True, "metavar": "DIR"}
FILE: Final[Mapping[str, Any]] = {"type": Path, "required": True, "metavar": "FILE"}

_LARGEST_ENTRY: Final = 4 << 20  # bytes of a JSON entry or a text
FIRST_OPERATOR: Final = "联络员"
"""Who is at the keyboard of a new computer where nobody is named."""


def home_of(options: Namespace) -> Path:
    """The folder the workspace lies in."""
    home: Path = getattr(options, "home", None) or default_home()
    return home


@contextmanager
def _open_to(options: Namespace, *, write: bool) -> Iterator[Workspace]:
    """The workspace, once whoever is at the keyboard has shown that it is them; raises as `check_pin` does."""
    with opened(home_of(options), way_of(options), write=write, operator=getattr(options, "operator", "")) as workspace:
        pin = getattr(options, "pin_file", None)
        check_pin(workspace, workspace.author.op, read_passphrase_file(pin).text if pin else "")
        yield workspace


def reading(options: Namespace) -> AbstractContextManager[Workspace]:
    """The workspace, opened for reading."""
    return _open_to(options, write=False)


@contextmanager
def writing(options: Namespace) -> Iterator[Workspace]:
    """The workspace, opened for writing; reminds where it is due that the recovery code is to be locked away."""
    with _open_to(options, write=True) as workspace:
        if setup.recovery_reminder_due(workspace):
            print(_("Nobody has confirmed yet that the recovery code is printed and locked away."), file=sys.stderr)
        if setup.proof_reminder_due(workspace):
            told = _("Nobody has shown for a year that the recovery code is still at hand: liaison keys prove --recovery-file F")
            print(told, file=sys.stderr)
        yield workspace


@contextmanager
def noting(options: Namespace, *, needed: bool = False) -> Iterator[Workspace]:
    """The workspace, opened for writing, so that what is handed out is noted; for reading beside a writer, unless it must be."""
    with ExitStack() as stack:
        try:
            workspace = stack.enter_context(writing(options))
        except Refused as error:
            if error.code != "second_writer" or needed:
                raise
            workspace = stack.enter_context(reading(options))
        yield workspace


def day_given(text: str | None) -> date | None:
    """A day as it is written on the command line; raises `Refused("day_malformed", text)`."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise Refused("day_malformed", text=text) from error


# --- words and files -----------------------------------------------------------------------------------------------


WORDS: Final = {
    "saved": N_("saved"),
    "removed": N_("removed"),
    "restored": N_("restored"),
    "undone": N_("undone"),
    "redone": N_("made again"),
    "receipt": N_("receipt"),
    "reply": N_("reply"),
    "peer": N_("package of another computer of the station"),
    "restore": N_("records given back"),
    "trust": N_("trust list"),
    "own": N_("package of this station"),
    "cosign_answer": N_("answer to a co-signing request"),
    "cosign_request": N_("co-signing request"),
    "card": N_("card of a computer"),
    "print": N_("printed"),
    "contact_shown": N_("contact shown in full"),
    "term_changed": N_("the term changed"),
    "erased": N_("earlier content erased"),
    "person_erased": N_("personal data erased"),
    "person_exported": N_("personal data exported"),
    "person_blocked": N_("blocked"),
    "person_unblocked": N_("shown again"),
}
"""Words of documents that are shown to a person as well."""


def local_told(moment: datetime) -> str:
    """A moment as the clock on the wall shows it."""
    return f"{moment.astimezone(CHINA):%Y-%m-%d %H:%M}"


def read_file(path: Path) -> bytes:
    with disk_told(path), path.open("rb") as file:
        return file.read(LARGEST_DOCUMENT)


def text_of(path: Path) -> str:
    """What a file of plain text says; raises `Refused("file_large" | "file_not_text")`."""
    with disk_told(path), path.open("rb") as file:
        data = file.read(_LARGEST_ENTRY + 1)
    if len(data) > _LARGEST_ENTRY:
        raise Refused("file_large", path=str(path), most=_LARGEST_ENTRY)
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused("file_not_text", path=str(path))
