"""The view of a `PageTable`: whole rows, columns as wide as their characters, rows as high as the text size asks."""

from typing import Any, Final

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from ui.models.page_table import TONE_ROLE, Column, PageTable
from ui.theme import SPACE, Theme

_LEAST: Final = 11  # characters that the column which takes the rest must have room for


class TableView(QTableView):
    """Rows to look through by the arrow keys; `chosen` tells the row under the cursor, `opened` the one asked for by Enter."""

    chosen = Signal(object)
    opened = Signal(object)

    def __init__(self, table: PageTable[Any], theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = table
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
        self.doubleClicked.connect(lambda index: self.opened.emit(self.table.rows[index.row()]))
        self.selectionModel().currentRowChanged.connect(self._choose)
        theme.changed.connect(self._measure)
        self._measure()

    def select(self, number: int) -> None:
        """Put the cursor on a row and bring it into sight."""
        if 0 <= number < len(self.table.rows):
            self.selectRow(number)
            self.scrollTo(self.table.index(number, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's own name
        current = self.currentIndex()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and current.isValid():
            self.opened.emit(self.table.rows[current.row()])
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  # Qt's own name
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._measure()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's own name
        super().resizeEvent(event)
        self._leave_out()

    def _choose(self, current: QModelIndex) -> None:
        if current.isValid():
            self.chosen.emit(self.table.rows[current.row()])

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
        room = self.viewport().width() - self._theme.px(16) * _LEAST
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
