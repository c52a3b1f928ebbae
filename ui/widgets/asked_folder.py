"""A folder that a person is asked for."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from app.i18n import _
from app.settings import Settings


def asked_folder(parent: QWidget, settings: Settings, begin: Path | None = None) -> Path | None:
    """The folder chosen, from `begin` on, else from where something was saved last; None for none."""
    start = str(begin or settings.last_folder or Path.home())
    chosen = QFileDialog.getExistingDirectory(parent, _("Choose a folder"), start)
    return Path(chosen) if chosen else None
