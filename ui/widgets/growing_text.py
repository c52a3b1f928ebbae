"""A long text that is as high as what stands in it, between two and some lines."""

from collections.abc import Callable
from typing import Final

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from ui.theme import Theme
from ui.widgets.long_text import LongText

_LEAST, _MOST = 64, 320  # pixels


class GrowingText(LongText):
    """Grows while it is written, so that nothing of a short text is out of sight; `most` is how high it becomes, in pixels."""

    def __init__(
        self,
        theme: Theme,
        parent: QWidget | None = None,
        *,
        most: int = _MOST,
        is_heading: Callable[[str], bool] = lambda _line: False,
    ) -> None:
        self._theme_of: Final = theme
        self._most: Final = most
        super().__init__(theme, is_heading=is_heading, parent=parent)
        self.document().contentsChanged.connect(self._fit)
        theme.changed.connect(self._fit)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's own name
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        px = self._theme_of.px
        wanted = int(self.document().size().height()) + 2 * self.frameWidth()
        high = min(max(wanted, px(_LEAST)), px(self._most))
        if high != self.height() or high != self.minimumHeight():
            self.setFixedHeight(high)
        if wanted <= high:
            self.verticalScrollBar().setRange(0, 0)  # Qt keeps the one of a lower height where the letters become larger
