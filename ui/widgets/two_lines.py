"""A cell of two lines: what it is, and in small letters below what belongs to it."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui.models.page_table import TONE_ROLE
from ui.theme import SPACE, TYPE, Theme


class TwoLines(QStyledItemDelegate):
    """Draws the words of a cell up to the line break, and what follows it below, in the tone of the cell."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        empty = QStyleOptionViewItem(option)
        self.initStyleOption(empty, index)
        empty.text = ""  # type: ignore[attr-defined]  # the stubs leave the option's fields out
        empty.widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, empty, painter, empty.widget)  # type: ignore[attr-defined]
        first, _break, second = str(index.data(Qt.ItemDataRole.DisplayRole) or "").partition("\n")
        theme, tone = self._theme, index.data(TONE_ROLE)
        upper, lower = self._lines(empty.rect, both=bool(second))  # type: ignore[attr-defined]
        self._draw(painter, upper, first, TYPE.body, theme.colours.ink)
        if second:
            self._draw(painter, lower, second, TYPE.small, getattr(theme.colours, tone) if tone else theme.colours.soft)

    def _lines(self, cell: QRect, *, both: bool) -> tuple[QRect, QRect]:
        px = self._theme.px
        inner = cell.adjusted(px(SPACE.small), 0, -px(SPACE.small), 0)
        if not both:
            return inner, QRect()
        upper = QRect(inner.left(), inner.top() + px(SPACE.tiny), inner.width(), inner.height() // 2 - px(2))
        return upper, QRect(inner.left(), upper.bottom() + 1, inner.width(), inner.bottom() - upper.bottom() - px(SPACE.tiny))

    def _draw(self, painter: QPainter, place: QRect, words: str, size: int, colour: str) -> None:
        painter.save()
        painter.setFont(self._theme.font(size))
        painter.setPen(QColor(colour))
        cut = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, cut)
        painter.restore()
