"""A long text that is as high as what stands in it, between two and some lines."""

from typing import Final

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from ui.theme import Theme
from ui.widgets.long_text import LongText

_LEAST, _MOST = 64, 320  # pixels


class GrowingText(LongText):
    """Grows while it is written, so that nothing of a short text is out of sight."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self._theme_of: Final = theme
        super().__init__(theme, is_heading=lambda _line: False, parent=parent)
        self.document().contentsChanged.connect(self._fit)
        theme.changed.connect(self._fit)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's own name
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        px = self._theme_of.px
        wanted = int(self.document().size().height()) + 2 * self.frameWidth()
        high = min(max(wanted, px(_LEAST)), px(_MOST))
        if high != self.height() or high != self.minimumHeight():
            self.setFixedHeight(high)
