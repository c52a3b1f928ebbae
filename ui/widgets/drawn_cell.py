"""A cell of a table whose words are drawn in a way of its own."""

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui.models.page_table import TONE_ROLE
from ui.theme import Theme


class DrawnCell(QStyledItemDelegate):
    """Lets the style draw everything but the words: ground, selection, focus. `draw` draws those."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme: Final = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        empty = QStyleOptionViewItem(option)
        self.initStyleOption(empty, index)
        empty.text = ""  # type: ignore[attr-defined]  # the stubs leave the option's fields out
        widget: QWidget = empty.widget  # type: ignore[attr-defined]  # the same
        cell: QRect = empty.rect  # type: ignore[attr-defined]  # the same
        widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, empty, painter, widget)
        self.draw(painter, cell, str(index.data(Qt.ItemDataRole.DisplayRole) or ""), index.data(TONE_ROLE) or "")

    def draw(self, painter: QPainter, cell: QRect, words: str, tone: str) -> None:
        """Draw the words of a cell, in a tone where it has one."""
        raise NotImplementedError
