"""Three columns side by side; where there is no room for them the right one folds under the middle one."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

from ui.theme import SPACE, Theme
from ui.widgets.scrolled import scrolled

_WIDE: Final = 1000  # below it there is no room for three
_LEFT: Final = 232
_LEAST_RIGHT: Final = 460  # pixels in height, where it lies under the text
_PEEP: Final = 56  # pixels of it that show then, so that one knows it is there


class Columns(QScrollArea):
    """A narrow left column that scrolls by itself, a wide middle, and a right column that folds under it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._sheet = QWidget()
        self._grid = _Sheet(self._sheet)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(SPACE.middle)
        self._left, self._middle, self._right = QScrollArea(), QWidget(), QScrollArea()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidget(self._sheet)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._reading = False
        self._middle.installEventFilter(self)
        theme.changed.connect(self._fold)

    def fill(self, left: Sequence[QWidget], middle: Sequence[QWidget], right: Sequence[QWidget]) -> None:
        """Put widgets into the columns; the last of the middle and the first of the right one take the room that is left."""
        scrolled(_inside(_column(left, stretched=None)), self._left)
        column = _column(middle, stretched=len(middle) - 1)
        column.setContentsMargins(0, 0, 0, 0)
        self._middle.setLayout(column)
        for each in middle[:-1]:
            each.installEventFilter(self)
        scrolled(_inside(_column(right, stretched=0)), self._right)
        self._grid.addWidget(self._left, 0, 0, 2, 1)
        self._grid.addWidget(self._middle, 0, 1)
        self._grid.setRowStretch(0, 1)
        self._fold()

    def folded(self) -> bool:
        """Whether the right column lies under the middle one."""
        return self._narrow() and not self._reading

    def read_beside(self, *, reading: bool) -> None:
        """Where there is no room for three, what is read stands beside the text and the left column steps aside."""
        self._reading = reading
        self._fold()

    def _narrow(self) -> bool:
        return self.width() < self._theme.px(_WIDE)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's own name
        super().resizeEvent(event)
        self._fold()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's own name
        if watched is self._middle and event.type() in {QEvent.Type.LayoutRequest, QEvent.Type.Resize}:
            self._prop()
        elif watched is not self._middle and isinstance(watched, QWidget) and event.type() == QEvent.Type.ShowToParent:
            QTimer.singleShot(0, watched, lambda: self.ensureWidgetVisible(watched))  # what asks something is never out of sight
        return super().eventFilter(watched, event)

    def _fold(self) -> None:
        folded = self.folded()
        self._left.setFixedWidth(self._theme.px(_LEFT))
        self._left.setVisible(not (self._reading and self._narrow()))
        self._right.setMinimumHeight(self._theme.px(_LEAST_RIGHT) if folded else 0)
        self._grid.removeWidget(self._right)
        self._grid.addWidget(self._right, 1 if folded else 0, 1 if folded else 2, 1 if folded else 2, 1)
        self._grid.setColumnStretch(1, 5)
        self._grid.setColumnStretch(2, 0 if folded else 4)
        self._prop()

    def _prop(self) -> None:
        """Never press the middle column together: it is as high as its words need at this width, and folded fills the window."""
        column = self._middle.layout()
        least = _least(column, self._middle.width()) if column else 0
        window = self.viewport().height() - self._theme.px(_PEEP) if self.folded() else 0
        if self._grid.rowMinimumHeight(0) != max(least, window):
            self._grid.setRowMinimumHeight(0, max(least, window))


class _Sheet(QGridLayout):
    """As high as the window or as the least it needs; words that wrap do not make it higher than that."""

    def hasHeightForWidth(self) -> bool:  # noqa: N802  # Qt's own name
        return False


def _least(column: QLayout, width: int) -> int:
    """The height its widgets need; Qt's own sum is too small by a spacing for each widget that is hidden."""
    items = (column.itemAt(number) for number in range(column.count()))
    shown = [each for each in items if each and not each.isEmpty()]
    heights = (each.heightForWidth(width) if each.hasHeightForWidth() else each.minimumSize().height() for each in shown)
    return sum(heights) + column.spacing() * max(0, len(shown) - 1)


def beneath(*widgets: QWidget) -> QWidget:
    """Widgets under each other that take one place of a column; those that are hidden take none."""
    place = QWidget()
    column = QVBoxLayout(place)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(SPACE.middle)
    for each in widgets:
        column.addWidget(each)
    return place


def _column(widgets: Sequence[QWidget], *, stretched: int | None) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(SPACE.middle)
    for number, each in enumerate(widgets):
        column.addWidget(each, 1 if number == stretched else 0)
    if stretched is None:
        column.addStretch(1)
    return column


def _inside(column: QVBoxLayout) -> QWidget:
    inside = QWidget()
    inside.setLayout(column)
    return inside
