"""A bar beside a figure: how much of the whole it is. It says nothing that the figure does not say."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import SPACE, Theme


class Bar(QWidget):
    """A share between nothing and all, in a colour of the theme."""

    def __init__(self, theme: Theme, share: float, tone: str) -> None:
        super().__init__()
        self._theme = theme
        self._share = min(max(share, 0.0), 1.0)
        self._tone = tone
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's own name
        return QSize(self._theme.px(80), self._theme.px(SPACE.small))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  # Qt's own name
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        whole, round_end = QRectF(self.rect()), self.height() / 2
        painter.setBrush(QColor(self._theme.colours.line))
        painter.drawRoundedRect(whole, round_end, round_end)
        if self._share:
            painter.setBrush(QColor(getattr(self._theme.colours, self._tone)))
            whole.setWidth(max(whole.width() * self._share, whole.height()))
            painter.drawRoundedRect(whole, round_end, round_end)
