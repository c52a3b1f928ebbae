"""A number of people: typed, or one up and down by the arrow keys."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QAbstractSpinBox, QSpinBox, QWidget

_MOST = 9999


class NumberBox(QSpinBox):
    """A whole number of at least `least`; the wheel scrolls the page, not the number."""

    def __init__(self, least: int = 1, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(least, _MOST)
        self.setButtonSymbols(QAbstractSpinBox.ButtonSymbols.NoButtons)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802  # Qt's own name
        event.ignore()
