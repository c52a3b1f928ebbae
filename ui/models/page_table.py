"""A table of frozen rows that come page by page: as long as its list, asked for before they are needed, never while painting."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal

from app.i18n import _
from app.queries.listing import Order

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex
PAGE: Final = 100
"""Rows that are asked for at once."""

HELD: Final = 10
"""Pages that are held of a list that comes page by page."""

NOTHING: Final = -1
_SOON: Final = PAGE - 30  # row of a page from which on the next one is asked for
_COMING: Final = "·"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column(Generic[Row]):
    """A column: its heading, what a row says in it, its width in characters (0: what is left), whether figures stand right."""

    heading: str
    text: Callable[[Row], str]
    width: int = 0
    right: bool = False
    tone: Callable[[Row], str] | None = None  # a token's name: the word says it, the colour repeats it
    marks: Callable[[Row], Sequence[tuple[int, int]]] | None = None  # from and to of the words found in it, in characters
    ticked: Callable[[Row], bool | None] | None = None  # whether its box is ticked; None where a row has no box
    by: str = ""  # what its list's `Order` calls it; empty: the list is not sorted by it
    falls: bool = False  # whether the greatest come first when it is pressed the first time, as with days
    key: Callable[[Row], Any] | None = None  # of a list that comes as a whole: by what the table itself sorts its rows
    spare: int = 0  # where there is no room, the columns of the highest number are left out first; 0 stays


class PageTable(QAbstractTableModel, Generic[Row]):
    """As many rows as a list has, of which only those looked at last are held; the others show a dot until their page comes.

    `wanted` tells the number of the first row of a page that is needed, or soon will be; `box_pressed` a row whose box was
    pressed and what it shall show. A list that came as a whole is held as a whole. The total may grow with a page: some lists
    know only that more follows. `order` is how the rows are sorted: whoever asks for them asks for them so, and `reordered` tells
    that they are wanted otherwise; a list with keys is sorted here.
    """

    wanted = Signal(int)
    box_pressed = Signal(object, bool)
    reordered = Signal()

    def __init__(self, columns: Sequence[Column[Row]], parent: QObject | None = None, *, usual: Order[Any] | None = None) -> None:
        super().__init__(parent)
        self.usual: Final = usual
        self.order = usual
        self.columns: Final = tuple(columns)
        self.total = 0
        self._held: dict[int, Row] = {}
        self._looked_at: OrderedDict[int, None] = OrderedDict()  # pages, the one looked at last at the end
        self._whole = True
        self._needed = NOTHING
        self._asked = NOTHING
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._ask)

    @property
    def rows(self) -> list[Row]:
        """The rows that are held, in their order."""
        return [row for _number, row in sorted(self._held.items(), key=lambda each: each[0])]

    def row(self, number: int) -> Row | None:
        """A row by its number; None where it is not held, or there is none."""
        return self._held.get(number)

    def place_of(self, fits: Callable[[Row], bool]) -> int:
        """The number of the first row held that fits; -1 where none does."""
        return min((number for number, row in self._held.items() if fits(row)), default=NOTHING)

    def show(self, total: int, rows: Sequence[Row]) -> None:
        """Begin anew with the first rows of `total`."""
        self.beginResetModel()
        self._take(total, self._sorted(rows), 0)
        self.endResetModel()

    def take_order(self, order: Order[Any] | None) -> None:
        """Sort the list so from now on."""
        if order != self.order:
            self.order = order
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)
            self.reordered.emit()

    def sorted_column(self) -> int:
        """The column the list is sorted by; -1 where it is none of them."""
        by = self.order.by if self.order else ""
        return next((number for number, column in enumerate(self.columns) if by and column.by == by), NOTHING)

    def renew(self, total: int, rows: Sequence[Row], offset: int) -> None:
        """The same list looked at again: these rows are as told, the others are asked for when they come into sight."""
        self._resize(max(total, offset + len(rows)) if rows else total)
        self._take(self.total, rows, offset)
        self._changed(0, self.total)

    def put(self, total: int, rows: Sequence[Row], offset: int) -> None:
        """A page that was wanted has come."""
        self._asked = NOTHING
        self._resize(max(total, offset + len(rows)) if rows else total)
        self._hold(rows, offset)
        self._changed(offset, offset + len(rows))

    def _sorted(self, rows: Sequence[Row]) -> Sequence[Row]:
        key = self.columns[self.sorted_column()].key if self.order else None
        return sorted(rows, key=key, reverse=bool(self.order and self.order.descending)) if key else rows

    def _take(self, total: int, rows: Sequence[Row], offset: int) -> None:
        self._held, self._looked_at, self._asked = {}, OrderedDict(), NOTHING
        self.total, self._whole = total, offset == 0 and len(rows) >= total
        self._hold(rows, offset)

    def _hold(self, rows: Sequence[Row], offset: int) -> None:
        """Hold rows, and let those go that nobody has looked at for longest."""
        self._held |= dict(enumerate(rows, start=offset))
        for page in range(offset // PAGE, (offset + max(len(rows), 1) - 1) // PAGE + 1):
            self._looked_at[page] = None
            self._looked_at.move_to_end(page)
        while len(self._looked_at) > HELD and not self._whole:
            page, _nothing = self._looked_at.popitem(last=False)
            for number in range(page * PAGE, (page + 1) * PAGE):
                self._held.pop(number, None)

    def _resize(self, total: int) -> None:
        """Let the list be longer or shorter at its end, so that whoever looks at it stays where they are."""
        if total > self.total:
            self.beginInsertRows(QModelIndex(), self.total, total - 1)
            self.total = total
            self.endInsertRows()
        elif total < self.total:
            self.beginRemoveRows(QModelIndex(), total, self.total - 1)
            self.total = total
            self._held = {number: row for number, row in self._held.items() if number < total}
            self.endRemoveRows()

    def _changed(self, first: int, end: int) -> None:
        if end > first and self.total:
            self.dataChanged.emit(self.index(first, 0), self.index(min(end, self.total) - 1, len(self.columns) - 1))

    def _look_at(self, number: int) -> Row | None:
        """A row that is shown: its page stays for a while, and the page that follows is asked for before it is needed."""
        row, page = self._held.get(number), number // PAGE
        if row is None:
            self._need(page * PAGE)
        elif not self._whole:
            self._looked_at.move_to_end(page)
            if number % PAGE >= _SOON and (page + 1) not in self._looked_at and (page + 1) * PAGE < self.total:
                self._need((page + 1) * PAGE)
        return row

    def _need(self, offset: int) -> None:
        if offset != self._asked:
            self._needed = offset
            self._soon.start()

    def _ask(self) -> None:
        if self._needed != self._asked:
            self._asked = self._needed
            self.wanted.emit(self._needed)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802  # Qt's own signature
        return 0 if parent.isValid() else self.total

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802  # Qt's own signature
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.CheckStateRole:
            box = self._box(index)
            return None if box is None else Qt.CheckState.Checked if box else Qt.CheckState.Unchecked
        if role not in _TOLD_ROLES:
            return None
        row = self._look_at(index.row())
        if role == TONE_ROLE:
            return column.tone(row) if column.tone and row is not None else ""
        if role == MARKS_ROLE:
            return column.marks(row) if column.marks and row is not None else ()
        return _COMING if row is None else column.text(row)

    def flags(self, index: Index) -> Qt.ItemFlag:
        told = super().flags(index)
        return told if self._box(index) is None else told | Qt.ItemFlag.ItemIsUserCheckable

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: N802  # Qt's own name
        row = self._held.get(index.row())
        if role != Qt.ItemDataRole.CheckStateRole or row is None or self._box(index) is None:
            return False
        self.box_pressed.emit(row, Qt.CheckState(value) == Qt.CheckState.Checked)
        return True

    def _box(self, index: Index) -> bool | None:
        """Whether the box of a cell is ticked; None where it has none."""
        ticked = self.columns[index.column()].ticked if index.isValid() else None
        row = self._held.get(index.row()) if ticked else None
        return ticked(row) if ticked and row is not None else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: N802  # Qt's
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].heading
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.AccessibleTextRole:
            return order_told(self, section)
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if self.columns[section].right else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None


def order_told(table: PageTable[Any], section: int) -> str:
    """A heading, and whether the list is sorted by it."""
    heading = table.columns[section].heading
    if table.order is None or section != table.sorted_column():
        return heading
    told = _("{column}, sorted downwards") if table.order.descending else _("{column}, sorted upwards")
    return told.format(column=heading)


TONE_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 1
"""The token by which a cell is coloured; empty for plain ink."""

MARKS_ROLE: Final = TONE_ROLE + 1
"""Where the words that were looked for stand in a cell."""

_TOLD_ROLES: Final = {
    int(role)
    for role in (
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.ToolTipRole,
        Qt.ItemDataRole.AccessibleTextRole,
        TONE_ROLE,
        MARKS_ROLE,
    )
}
