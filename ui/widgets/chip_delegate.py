"""A column of words on a coloured ground: the word says it, the colour repeats it."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter

from ui.theme import SPACE, TYPE
from ui.widgets.drawn_cell import DrawnCell


class ChipDelegate(DrawnCell):
    """Draws what a cell says as a chip in the tone of the cell."""

    def draw(self, painter: QPainter, cell: QRect, words: str, tone: str) -> None:
        if not words:
            return
        theme, colours = self.theme, self.theme.colours
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
