"""The two buttons below the form of a step: save, and leave; Ctrl+Enter saves from any field."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.i18n import _
from ui.theme import SPACE
from ui.widgets.roles import button


class FormDeeds(QWidget):
    """Stands below its form, or beside it where the form is scrolled and they must stay in sight."""

    wanted = Signal()
    left = Signal()

    def __init__(self, form: QWidget, save: str = "") -> None:
        super().__init__()
        self.save: Final = button(save)
        self.close_button: Final = button(_("Cancel"))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(SPACE.small)
        line.addWidget(self.save)
        line.addWidget(self.close_button)
        line.addStretch(1)
        self.save.setToolTip(_("Ctrl+Enter"))
        self.close_button.setToolTip(_("Esc"))
        self.save.clicked.connect(self.wanted)
        self.close_button.clicked.connect(self.left)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), form)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.wanted)
