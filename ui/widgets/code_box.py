"""A choice among the words of a code set; a code of a newer program stays what it is."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget

from app.domain.values import CodeSet
from ui.wording import word_of


class CodeBox(QComboBox):
    """The words of a code set, with `empty` for nothing chosen first. The wheel scrolls the page, not the choice."""

    def __init__(self, codes: type[CodeSet], empty: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._codes = codes
        self.addItem(empty, "")
        for code in codes:
            self.addItem(word_of(code), str(code))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def code(self) -> str:
        """The member chosen, or the text a newer program wrote; empty for nothing."""
        chosen = str(self.currentData() or "")
        return self._codes(chosen) if chosen in set(self._codes) else chosen

    def show_code(self, code: str) -> None:
        """Show a code; one that this program does not know is offered as it is."""
        at = self.findData(str(code))
        if at < 0:
            self.addItem(str(code), str(code))
            at = self.count() - 1
        self.setCurrentIndex(at)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802  # Qt's own name
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
