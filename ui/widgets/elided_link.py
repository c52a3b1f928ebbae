"""A link whose words are cut at the edge of its column; the whole of them stands in its tooltip."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ui.widgets.roles import restyled


class ElidedLink(QPushButton):
    """A button that looks like a link and takes no more room than there is."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = ""
        self.setAutoDefault(True)  # Enter presses it, not the blank alone
        restyled(self, "role", "link")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.say(words)

    @property
    def words(self) -> str:
        """All of its words."""
        return self._words

    def say(self, words: str) -> None:
        """Show these words, as far as there is room."""
        self._words = words
        self.setAccessibleName(words)
        self.setToolTip(words)
        self._cut()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's own name
        super().resizeEvent(event)
        self._cut()

    def minimumSizeHint(self) -> QSize:  # noqa: N802  # Qt's own name
        return QSize(0, super().minimumSizeHint().height())

    def _cut(self) -> None:
        room = self.width() - self.fontMetrics().averageCharWidth()
        self.setText(self.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, max(room, 0)))
