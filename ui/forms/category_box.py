"""A choice among named codes that come from the store; a code nobody named stays what it is."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget


class CategoryBox(QComboBox):
    """The names of categories, nothing chosen first. The wheel scrolls the page, not the choice."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.addItem("", "")
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(4)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_names(self, names: Mapping[str, str]) -> None:
        """Offer these codes by their names; what is chosen stays."""
        chosen = self.code()
        blocked = self.blockSignals(True)
        self.clear()
        self.addItem("", "")
        for code, name in names.items():
            self.addItem(name, code)
        self.show_code(chosen)
        self.blockSignals(blocked)

    def code(self) -> str:
        """The code chosen; empty for nothing."""
        return str(self.currentData() or "")

    def show_code(self, code: str) -> None:
        """Show a code; one without a name is offered as it is."""
        at = self.findData(code)
        if at < 0:
            self.addItem(code, code)
            at = self.count() - 1
        self.setCurrentIndex(at)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802  # Qt's own name
        event.ignore()
