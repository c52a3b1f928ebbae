"""A list and what is beside it, or below it where there is no room."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from ui.theme import SPACE, Theme

Shares = tuple[int, int]
"""Of the first and of the second part."""

_PIXELS: Final = 1000  # for a share: more than there are, so that the parts stand as shared and not as large as they wish


class Beside(QSplitter):
    """Two parts side by side; below each other where the whole is narrower than `narrow` pixels at 100 %.

    Beside the first the second is at least `least` pixels wide at 100 %.
    """

    turned = Signal()
    """The second part stands elsewhere now."""

    def __init__(
        self,
        theme: Theme,
        first: QWidget,
        second: QWidget,
        *,
        narrow: int = 0,
        beside: Shares = (3, 2),
        below: Shares = (2, 1),
        least: int = 0,
    ) -> None:
        super().__init__()
        self._theme: Final = theme
        self._narrow: Final = narrow
        self._least: Final = least
        self._first: Final = first
        self._second: Final = second
        self._alone = self._gave_room = False
        self._shares: Final = {Qt.Orientation.Horizontal: beside, Qt.Orientation.Vertical: below}
        self.setChildrenCollapsible(False)
        self.setHandleWidth(SPACE.large)
        for place, part in enumerate((first, second)):
            self.addWidget(part)
            self.setStretchFactor(place, beside[place])
        self._share()
        theme.changed.connect(self._measure)

    @property
    def stands_below(self) -> bool:
        """Whether the second part stands below the first."""
        return self.orientation() == Qt.Orientation.Vertical

    def give_room(self, *, wanted: bool) -> None:
        """Let the second part have the whole height where it stands below, while something is written there."""
        self._alone = wanted
        self._hold()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's own name
        super().resizeEvent(event)
        self._measure()

    def _measure(self) -> None:
        narrow = self.width() < self._theme.px(self._narrow)
        if narrow != self.stands_below:
            self.setOrientation(Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal)
            self._share()
            self.turned.emit()
        else:
            self._hold()

    def _hold(self) -> None:
        room = self._alone and self.stands_below
        if room != self._gave_room:  # a first part that somebody else hid stays as it is
            self._gave_room = room
            self._first.setHidden(room)
        if self._least:
            self._second.setMinimumWidth(0 if self.stands_below else self._theme.px(self._least))

    def _share(self) -> None:
        self._hold()
        self.setSizes([share * _PIXELS for share in self._shares[self.orientation()]])
