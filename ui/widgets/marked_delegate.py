"""A column of words in which those that were looked for are marked."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect
from PySide6.QtGui import QColor, QFont, QPainter, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import QStyleOptionViewItem

from ui.models.page_table import MARKS_ROLE
from ui.theme import SPACE, TYPE
from ui.widgets.drawn_cell import DrawnCell

_MORE: Final = "…"


class MarkedDelegate(DrawnCell):
    """Draws what a cell says, the words found in it bold and tinted; what does not fit ends in an ellipsis."""

    _marks: Sequence[tuple[int, int]] = ()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        self._marks = index.data(MARKS_ROLE) or ()
        super().paint(painter, option, index)

    def draw(self, painter: QPainter, cell: QRect, words: str, tone: str) -> None:
        padding = self.theme.px(SPACE.small)
        room = cell.width() - 2 * padding
        layout = self._laid_out(words, room)
        painter.save()
        painter.setClipRect(cell)
        painter.setPen(QColor(self.theme.colours.ink))
        height = layout.boundingRect().height()
        layout.draw(painter, QPointF(cell.left() + padding, cell.center().y() - height / 2))
        painter.restore()

    def _laid_out(self, words: str, room: int) -> QTextLayout:
        """The words in one line; bold ones are wider, so it is tried how many fit."""
        layout = self._line(words, len(words))
        if _width(layout) <= room:
            return layout
        least, most = 0, len(words)
        while least < most:
            middle = (least + most + 1) // 2
            fits = _width(self._line(words[:middle] + _MORE, middle)) <= room
            least, most = (middle, most) if fits else (least, middle - 1)
        return self._line(words[:least] + _MORE, least)

    def _line(self, words: str, end: int) -> QTextLayout:
        layout = QTextLayout(words, self.theme.font(TYPE.body))
        layout.setFormats([self._format(start, min(stop, end)) for start, stop in self._marks if start < end])
        layout.beginLayout()
        layout.createLine().setLineWidth(1e6)
        layout.endLayout()
        return layout

    def _format(self, start: int, end: int) -> QTextLayout.FormatRange:
        marked = QTextLayout.FormatRange()
        marked.start, marked.length = start, end - start  # type: ignore[attr-defined]  # the stubs leave the fields out
        look = QTextCharFormat()
        look.setFontWeight(QFont.Weight.Bold)
        look.setForeground(QColor(self.theme.colours.accent))
        look.setBackground(QColor(self.theme.colours.accent_soft))
        marked.format = look  # type: ignore[attr-defined]  # the same
        return marked


def _width(layout: QTextLayout) -> float:
    return layout.lineAt(0).naturalTextWidth()
