"""A white card with a heading, and room for what belongs together."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.theme import SPACE
from ui.widgets.roles import label


class Card(QFrame):
    """Things that belong together; `body` is the column they stand in, `head` the line of the heading."""

    def __init__(self, heading: str = "", parent: QWidget | None = None, *, role: str = "card") -> None:
        super().__init__(parent)
        self.setProperty("role", role)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(SPACE.large, SPACE.middle, SPACE.large, SPACE.middle)
        self.body.setSpacing(SPACE.small)
        self.head = QHBoxLayout()
        self.head.setSpacing(SPACE.small)
        self.heading = label(heading, "section")
        self.head.addWidget(self.heading)
        self.head.addStretch(1)
        self.body.addLayout(self.head)
        self.heading.setVisible(bool(heading))

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        """Put a widget below the others."""
        self.body.addWidget(widget, stretch)
