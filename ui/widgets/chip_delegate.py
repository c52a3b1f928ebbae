"""A column of words on a coloured ground: the word says it, the colour repeats it."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui.models.page_table import TONE_ROLE
from ui.theme import SPACE, TYPE, Theme


class ChipDelegate(QStyledItemDelegate):
    """Draws what a cell says as a chip in the tone of the cell."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        empty = QStyleOptionViewItem(option)
        self.initStyleOption(empty, index)
        empty.text = ""  # type: ignore[attr-defined]  # the stubs leave the option's fields out
        empty.widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, empty, painter, empty.widget)  # type: ignore[attr-defined]
        if words := str(index.data(Qt.ItemDataRole.DisplayRole) or ""):
            self._chip(painter, empty.rect, words, index.data(TONE_ROLE))  # type: ignore[attr-defined]

    def _chip(self, painter: QPainter, cell: QRect, words: str, tone: str) -> None:
        theme, colours = self._theme, self._theme.colours
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font(TYPE.small))
        height, padding = theme.px(TYPE.small + SPACE.small), theme.px(SPACE.small)
        width = min(painter.fontMetrics().horizontalAdvance(words) + 2 * padding, cell.width() - padding)
        chip = QRect(cell.left() + theme.px(SPACE.tiny), cell.center().y() - height // 2, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(getattr(colours, f"{tone}_soft") if tone else colours.ground))
        painter.drawRoundedRect(chip, height / 2, height / 2)
        painter.setPen(QColor(getattr(colours, tone) if tone else colours.soft))
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, words)
        painter.restore()
