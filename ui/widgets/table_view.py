"""The view of a `PageTable`: whole rows, columns as wide as their characters, rows as high as the text size asks."""

from typing import Any, Final

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from ui.models.page_table import PAGE, TONE_ROLE, Column, PageTable
from ui.theme import SPACE, Theme

_LEAST: Final = 11  # characters that the column which takes the rest must have room for


class TableView(QTableView):
    """Rows to look through by the arrow keys; `chosen` tells the row under the cursor, `opened` the one asked for by Enter.

    Columns that can be spared go before the one that takes the rest has room for less than `least` characters.
    """

    chosen = Signal(object)
    opened = Signal(object)

    def __init__(self, table: PageTable[Any], theme: Theme, parent: QWidget | None = None, *, least: int = _LEAST) -> None:
        super().__init__(parent)
        self.table = table
        self._least = least
        self._theme = theme
        self.setModel(table)
        self.setItemDelegate(_Tones(theme, self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionsClickable(False)
        self.doubleClicked.connect(lambda index: self._open(index.row()))
        self.selectionModel().currentRowChanged.connect(self._choose)
        self._untold = False  # the cursor is on a row that has not come yet
        table.dataChanged.connect(self._choose_at_last)
        theme.changed.connect(self._measure)
        self._measure()

    def select(self, number: int) -> None:
        """Put the cursor on a row, bring it into sight and tell it, even where the cursor was there before."""
        if not 0 <= number < self.table.total:
            return
        before = self.currentIndex()
        self.selectRow(number)
        self.scrollTo(self.table.index(number, 0))
        if before.row() == number:
            self._choose(self.currentIndex())

    def deselect(self) -> None:
        """Take the cursor away: what is shown beside the list stands on no row in sight."""
        self.clearSelection()
        self.setCurrentIndex(QModelIndex())

    def page_in_sight(self) -> int:
        """The first row of the page whose rows are in sight."""
        return max(0, self.rowAt(0)) // PAGE * PAGE

    def current(self) -> Any:
        """The row under the cursor; None where there is none, or where it has not come yet."""
        return self.table.row(self.currentIndex().row())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's own name
        current = self.currentIndex()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and current.isValid():
            self._open(current.row())
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  # Qt's own name
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._measure()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's own name
        super().resizeEvent(event)
        self._leave_out()

    def _open(self, number: int) -> None:
        if (row := self.table.row(number)) is not None:
            self.opened.emit(row)

    def _choose(self, current: QModelIndex) -> None:
        if current.isValid():
            row = self.table.row(current.row())
            self._untold = row is None
            if row is not None:
                self.chosen.emit(row)

    def _choose_at_last(self) -> None:
        if self._untold:
            self._choose(self.currentIndex())

    def _measure(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self._theme.px(SPACE.row))
        header = self.horizontalHeader()
        for number, column in enumerate(self.table.columns):
            if column.width:
                header.setSectionResizeMode(number, QHeaderView.ResizeMode.Interactive)
                header.resizeSection(number, self._width(column))
            else:
                header.setSectionResizeMode(number, QHeaderView.ResizeMode.Stretch)
        self._leave_out()

    def _leave_out(self) -> None:
        """Leave columns out that can be spared until the column that takes the rest has room."""
        widths = {number: self._width(column) for number, column in enumerate(self.table.columns)}
        room = self.viewport().width() - self._theme.px(16) * self._least
        for number, column in sorted(enumerate(self.table.columns), key=lambda each: -each[1].spare):
            if not column.spare:
                break
            narrow = sum(widths.values()) > room
            self.setColumnHidden(number, narrow)
            if narrow:
                del widths[number]

    def _width(self, column: Column[Any]) -> int:
        return column.width * self._theme.px(16) + self._theme.px(14) if column.width else 0


class _Tones(QStyledItemDelegate):
    """Writes a cell in the colour of its tone."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def initStyleOption(  # noqa: N802  # Qt's own name
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().initStyleOption(option, index)
        if tone := index.data(TONE_ROLE):
            colour = QColor(getattr(self._theme.colours, tone))
            palette: QPalette = option.palette  # type: ignore[attr-defined]  # the stubs leave the option's fields out
            palette.setColor(QPalette.ColorRole.Text, colour)
            palette.setColor(QPalette.ColorRole.HighlightedText, colour)
