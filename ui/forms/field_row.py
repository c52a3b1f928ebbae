"""Fields side by side, in as many lines as the width asks for."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from ui.theme import SPACE, Theme


class FieldRow(QWidget):
    """Fields with the room each wants, in characters; where they do not fit beside each other, two stand in a line, or one."""

    def __init__(self, theme: Theme, fields: Sequence[tuple[QWidget, int]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme: Final = theme
        self._fields: Final = tuple(fields)
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(SPACE.middle)
        self._grid.setVerticalSpacing(SPACE.small)
        for field, _wanted in self._fields:
            field.setParent(self)
        theme.changed.connect(self._arrange)
        self._place(len(self._fields))

    def minimumSizeHint(self) -> QSize:  # noqa: N802  # Qt's own name
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's own name
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        everything = len(self._fields)
        for columns in (everything, 2, 1):
            if columns == 1 or (columns <= everything and self._room(columns) <= self.width()):
                self._place(columns)
                return

    def _room(self, columns: int) -> int:
        """The width that so many columns need."""
        wanted = [max(want for _field, want in self._fields[column::columns]) for column in range(columns)]
        return self._theme.px(16) * sum(wanted) + SPACE.middle * (columns - 1)

    def _place(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for number, (field, wanted) in enumerate(self._fields):
            self._grid.addWidget(field, number // columns, number % columns, Qt.AlignmentFlag.AlignTop)
            self._grid.setColumnStretch(number % columns, wanted if columns == len(self._fields) else 1)
        for column in range(columns, len(self._fields)):
            self._grid.setColumnStretch(column, 0)
        self.updateGeometry()
