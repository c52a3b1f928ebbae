"""A number one can go through: it opens what it counts."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ui.theme import SPACE
from ui.widgets.roles import label, restyled


class Door(QPushButton):
    """A figure under its words, as a button."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "door")
        self.setAutoDefault(True)  # Enter presses it, not the blank alone
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._words = label(words, "soft")
        self._figure = label("–", "figure")
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(SPACE.large, SPACE.middle, SPACE.large, SPACE.middle)
        column.setSpacing(SPACE.tiny)
        for each in (self._words, self._figure):
            each.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            column.addWidget(each)
        self.setAccessibleName(words)

    @property
    def number(self) -> str:
        """The figure as it is shown."""
        return self._figure.text()

    def show_number(self, number: int, tone: str = "") -> None:
        """Show how many there are; `tone` accent for what waits for somebody here."""
        self._figure.setText(f"{number:,}")
        restyled(self._figure, "tone", tone)
        self.setAccessibleName(f"{self._words.text()} {number}")

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's own name
        return self._column.sizeHint()

    def minimumSizeHint(self) -> QSize:  # noqa: N802  # Qt's own name
        return self.sizeHint()
