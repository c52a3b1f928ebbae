"""Rows of fields in an order that a person may change: added at the end, moved up and down, removed."""

from collections.abc import Iterator
from typing import Final, Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.i18n import _
from ui.theme import SPACE
from ui.widgets.roles import button, label


class OrderedRow(QWidget):
    """One row: its number, its fields, and the buttons that move and remove it; `first` is the field one begins with."""

    changed = Signal()
    removed = Signal()
    moved = Signal(int)
    first: QWidget

    def __init__(self) -> None:
        super().__init__()
        self.number: Final = label("", "strong")
        self.up: Final = button(_("Up"), "link")
        self.down: Final = button(_("Down"), "link")
        self.remove: Final = button(_("Remove"), "link")
        self.up.clicked.connect(lambda: self.moved.emit(-1))
        self.down.clicked.connect(lambda: self.moved.emit(1))
        self.remove.clicked.connect(self.removed)

    def stand_at(self, place: int, of: int) -> None:
        """Say at which place it stands."""
        self.number.setText(f"{place}")
        self.up.setEnabled(place > 1)
        self.down.setEnabled(place < of)

    def fields(self) -> Iterator[QWidget]:
        """What Tab goes through before the buttons."""
        yield self.first


Row = TypeVar("Row", bound=OrderedRow)


class OrderedRows(QWidget, Generic[Row]):
    """The rows one below the other, and a button for one more."""

    changed = Signal()
    rearranged = Signal()
    """Rows came, went or changed places."""
    taken_out = Signal(int, object)
    """A row was removed from this place by hand; it is gone once this was heard."""

    def __init__(self, more: str) -> None:
        super().__init__()
        self.rows: Final[list[Row]] = []
        self.more: Final = button(more)
        self.more.clicked.connect(lambda: self.add())
        self._list = QVBoxLayout()
        self._list.setSpacing(SPACE.middle)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE.small)
        layout.addLayout(self._list)
        layout.addWidget(self.more, alignment=Qt.AlignmentFlag.AlignLeft)

    def add(self) -> None:
        """Begin one more at the end."""
        raise NotImplementedError

    def clear(self) -> None:
        """Show none any more."""
        for row in self.rows:
            self._let_go(row)
        self.rows.clear()

    def put(self, row: Row, at: int | None = None) -> None:
        """Show one more, at the end unless a place is said."""
        place = len(self.rows) if at is None else min(at, len(self.rows))
        row.changed.connect(self.changed)
        row.removed.connect(lambda: self._remove(row))
        row.moved.connect(lambda by: self._move(row, by))
        self.rows.insert(place, row)
        self._list.insertWidget(place, row)
        self._number()

    def chain(self) -> Iterator[QWidget]:
        """What Tab goes through, in its order."""
        for row in self.rows:
            yield from (*row.fields(), row.up, row.down, row.remove)
        yield self.more

    def _remove(self, row: Row) -> None:
        place = self.rows.index(row)
        self.rows.remove(row)
        self.taken_out.emit(place, row)
        self._let_go(row)
        self._number()
        (self.rows[-1].first if self.rows else self.more).setFocus()
        self.changed.emit()

    def _let_go(self, row: Row) -> None:
        self._list.removeWidget(row)
        row.hide()
        row.deleteLater()

    def _move(self, row: Row, by: int) -> None:
        here = self.rows.index(row)
        there = min(max(here + by, 0), len(self.rows) - 1)
        self.rows.insert(there, self.rows.pop(here))
        self._list.insertWidget(there, row)
        self._number()
        (row.up if by < 0 else row.down).setFocus()
        self.changed.emit()

    def _number(self) -> None:
        for place, row in enumerate(self.rows, start=1):
            row.stand_at(place, len(self.rows))
        self.rearranged.emit()
