"""A table of frozen rows that come page by page: shown as they are, asked for before they are needed, never while painting."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex
PAGE: Final = 100
"""Rows that are asked for at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column(Generic[Row]):
    """A column: its heading, what a row says in it, its width in characters (0: what is left), whether figures stand right."""

    heading: str
    text: Callable[[Row], str]
    width: int = 0
    right: bool = False
    tone: Callable[[Row], str] | None = None  # a token's name: the word says it, the colour repeats it
    marks: Callable[[Row], Sequence[tuple[int, int]]] | None = None  # from and to of the words found in it, in characters
    spare: int = 0  # where there is no room, the columns of the highest number are left out first; 0 stays


class PageTable(QAbstractTableModel, Generic[Row]):
    """Rows in the order they were fetched. `wanted` tells the number of the first row that is needed next."""

    wanted = Signal(int)

    def __init__(self, columns: Sequence[Column[Row]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns: Final = tuple(columns)
        self.rows: list[Row] = []
        self.total = 0
        self._asked = False

    def show(self, total: int, rows: Sequence[Row]) -> None:
        """Begin anew with the first page of `total` rows."""
        self.beginResetModel()
        self.rows, self.total, self._asked = list(rows), total, False
        self.endResetModel()

    def append(self, rows: Sequence[Row]) -> None:
        """The next page has come."""
        self._asked = False
        if not rows:
            self.total = len(self.rows)
            return
        self.beginInsertRows(QModelIndex(), len(self.rows), len(self.rows) + len(rows) - 1)
        self.rows.extend(rows)
        self.endInsertRows()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802  # Qt's own signature
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802  # Qt's own signature
        return 0 if parent.isValid() else len(self.columns)

    def canFetchMore(self, parent: Index) -> bool:  # noqa: N802  # Qt's own name
        return not parent.isValid() and not self._asked and len(self.rows) < self.total

    def fetchMore(self, parent: Index) -> None:  # noqa: N802  # Qt's own name
        self._asked = True
        self.wanted.emit(len(self.rows))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        column, row = self.columns[index.column()], self.rows[index.row()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole}:
            return column.text(row)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        if role == TONE_ROLE:
            return column.tone(row) if column.tone else ""
        if role == MARKS_ROLE:
            return column.marks(row) if column.marks else ()
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: N802  # Qt's
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].heading
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if self.columns[section].right else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None


TONE_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 1
"""The token by which a cell is coloured; empty for plain ink."""

MARKS_ROLE: Final = TONE_ROLE + 1
"""Where the words that were looked for stand in a cell."""
