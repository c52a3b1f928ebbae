"""A cell of two lines: what it is, and in small letters below what belongs to it."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter

from ui.theme import SPACE, TYPE
from ui.widgets.drawn_cell import DrawnCell


class TwoLines(DrawnCell):
    """Draws the words of a cell up to the line break, and what follows it below, in the tone of the cell."""

    def draw(self, painter: QPainter, cell: QRect, words: str, tone: str) -> None:
        first, _break, second = words.partition("\n")
        colours = self.theme.colours
        upper, lower = self._lines(cell, both=bool(second))
        self._draw(painter, upper, first, TYPE.body, colours.ink)
        if second:
            self._draw(painter, lower, second, TYPE.small, getattr(colours, tone) if tone else colours.soft)

    def _lines(self, cell: QRect, *, both: bool) -> tuple[QRect, QRect]:
        px = self.theme.px
        inner = cell.adjusted(px(SPACE.small), 0, -px(SPACE.small), 0)
        if not both:
            return inner, QRect()
        upper = QRect(inner.left(), inner.top() + px(SPACE.tiny), inner.width(), inner.height() // 2 - px(2))
        return upper, QRect(inner.left(), upper.bottom() + 1, inner.width(), inner.bottom() - upper.bottom() - px(SPACE.tiny))

    def _draw(self, painter: QPainter, place: QRect, words: str, size: int, colour: str) -> None:
        painter.save()
        painter.setFont(self.theme.font(size))
        painter.setPen(QColor(colour))
        cut = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, cut)
        painter.restore()
