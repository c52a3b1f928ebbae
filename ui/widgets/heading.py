"""A heading that says less where there is no room for all of it; the whole of it stands in its tooltip."""

from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ui.widgets.roles import restyled

_BETWEEN: Final = "　"
"""What stands between the parts of a heading, the most telling one first."""


class Heading(QLabel):
    """The title of a page, on one line, however narrow the window is: without its last parts, then with an ellipsis."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        restyled(self, "role", "title")

    @property
    def words(self) -> str:
        """All of its words."""
        return self._words

    def say(self, words: str) -> None:
        """Show these words, as far as there is room."""
        self._words = words
        self.setToolTip(words)
        self.setAccessibleName(words)
        self.updateGeometry()
        self._cut()

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's own name
        return QSize(self._width(self._words), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802  # Qt's own name
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's own name
        super().resizeEvent(event)
        self._cut()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  # Qt's own name
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._cut()

    def _cut(self) -> None:
        words = self._words
        while self._width(words) > self.width() and _BETWEEN in words:
            words = words.rpartition(_BETWEEN)[0]
        self.setText(self.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, self.width()))

    def _width(self, words: str) -> int:
        return self.fontMetrics().horizontalAdvance(words)
