"""The card a list stands in."""

from PySide6.QtWidgets import QFrame, QVBoxLayout

from ui.theme import SPACE
from ui.widgets.table_view import TableView


def framed(view: TableView) -> QFrame:
    """A list with the edge of a card around it, its rows reaching from side to side."""
    frame = QFrame()
    frame.setProperty("role", "card")
    inside = QVBoxLayout(frame)
    inside.setContentsMargins(1, SPACE.tiny, 1, SPACE.tiny)
    inside.addWidget(view)
    return frame
