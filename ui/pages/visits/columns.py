"""Three columns of a desk: who is there, the work, what helps beside it; where it is narrow, the help folds under the work.

Beside the work the help scrolls by itself.
"""

from typing import Final

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.theme import SPACE, Theme
from ui.widgets.scrolled import scrolled

_LEFT, _WORK, _RIGHT = 244, 500, 276


class Columns(QWidget):
    """The columns at the text size of now; the middle one takes what is left."""

    def __init__(self, theme: Theme, left: QWidget, work: QWidget, right: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme: Final = theme
        self._left, self._right = left, right
        self._folded = False
        self._under = QVBoxLayout()
        self._under.setContentsMargins(0, 0, 0, 0)
        self._under.setSpacing(SPACE.large)
        self._under.addWidget(work, 1)
        content = QWidget()
        content.setLayout(self._under)
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(SPACE.large)
        self._line.addWidget(left)
        self._line.addWidget(scrolled(content), 1)
        self._room = scrolled(right)
        self._line.addWidget(self._room)
        theme.changed.connect(self._fold)
        self._fold()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's own name
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        px = self._theme.px
        self._left.setFixedWidth(px(_LEFT))
        narrow = self.width() < px(_LEFT + _WORK + _RIGHT) + 2 * SPACE.large
        self._room.setFixedWidth(px(_RIGHT))
        if narrow == self._folded:
            return
        self._folded = narrow
        self._room.setHidden(narrow)
        if narrow:
            self._room.takeWidget()
            self._under.addWidget(self._right)
        else:
            self._under.removeWidget(self._right)
            self._room.setWidget(self._right)
        self._right.show()
