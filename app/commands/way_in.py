"""The way into the station for a command: its folder, who is at the keyboard, opened for reading or writing."""

import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import Final

from app.errors import Refused
from app.i18n import _
from app.keys.passphrase import read_passphrase_file
from app.paths import default_home
from app.terminal import way_of
from app.use_cases import setup
from app.use_cases.signing_in import check_pin
from app.workspace import Workspace, opened

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
            told = _("Nobody has confirmed yet that the recovery code is printed and locked away.")
            if setup.sheet_lost(workspace):
                told = _("The congress opened these data, as the sheet was lost. Make a new recovery code now: {command}")
            print(told.format(command="liaison keys new-code"), file=sys.stderr)
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
