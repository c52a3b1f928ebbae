"""The end of a dialog that asks for something: what is told, Cancel, and the button that does it."""

from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QWidget

from app.i18n import _
from ui.theme import SPACE
from ui.widgets.roles import button


def foot(dialog: QDialog, deed: QPushButton, told: QWidget | None = None) -> QHBoxLayout:
    """The last line of a dialog; `deed` is also reached by Ctrl+Enter."""
    cancel = button(_("Cancel"))
    cancel.clicked.connect(dialog.reject)
    deed.setShortcut("Ctrl+Return")
    line = QHBoxLayout()
    line.setSpacing(SPACE.small)
    if told:
        line.addWidget(told, 1)
    else:
        line.addStretch(1)
    line.addWidget(cancel)
    line.addWidget(deed)
    return line
