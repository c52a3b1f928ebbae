"""A station brought back on a clean computer, step by step, for the pictures of `docs/backup.md`."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QLineEdit

from app.clock import Clock
from app.i18n import _
from app.use_cases import demo, opening
from app.use_cases.backups import back_up
from ui.application import Window
from ui.opening.backup_panel import BackupPanel
from ui.scene import button_in, settle

RESTORED: Final = ("window-restore-backup", "window-restore-code", "window-restore-done")
"""Which backup, the code from the sheet, and the first page with all that the backup held."""

_STICK: Final = Path("/media/backups")
"""What stands in the picture instead of the folder in which it is drawn."""

_AMOUNTS: Final = demo.Amounts(visits=20, issues=30, suggestions=3)


def lose_station(folder: Path, passphrase: str, clock: Clock) -> str:
    """An invented station of which only the backup in `folder`/stick and the recovery code, which is returned, are kept."""
    home, stick = folder / "lost", folder / "stick"
    stick.mkdir(parents=True)
    code = demo.set_up_if_missing(home, opening.way(passphrase), clock)
    station = opening.open_station(home, passphrase=passphrase, clock=clock)
    try:
        demo.fill(station.workspace, _AMOUNTS, seed=1)
        back_up(station.workspace, stick)
    finally:
        station.close()
    return code


def restoring(window: Window, stick: Path, code: str, passphrase: str) -> Iterator[str]:
    """Go the way back in an empty window; at every name the picture of that name is in sight."""
    window.show_entrance()
    settle()
    button_in(window, _("Restore from a backup …")).click()
    settle()
    (choosing,) = window.findChildren(BackupPanel)
    choosing.show_backups(_STICK, opening.backups_at(stick))
    yield RESTORED[0]
    button_in(window, _("Continue")).click()
    settle()
    button_in(window, _("By a passphrase, typed at every start")).click()
    editors = [each for each in window.findChildren(QLineEdit) if each.isVisible() and not each.isReadOnly()]
    for editor, text in zip(editors, (*code.split("-"), passphrase, passphrase), strict=True):
        editor.setText(text)
    yield RESTORED[1]
    button_in(window, _("Restore and open")).click()
    settle()
    yield RESTORED[2]
