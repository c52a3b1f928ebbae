"""The view of a `PageTable`: whole rows, columns as wide as their characters, rows as high as the text size asks."""

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QAction, QColor, QContextMenuEvent, QKeyEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.i18n import _
from app.queries.listing import Order
from app.settings import Settings
from ui.models.page_table import NOTHING, PAGE, TONE_ROLE, Column, PageTable, order_told
from ui.theme import SPACE, Theme

_LEAST: Final = 11  # characters that the column which takes the rest must have room for


class TableView(QTableView):
    """Rows to look through by the arrow keys; `chosen` tells the row under the cursor, `opened` the one asked for by Enter.

    Columns that can be spared go before the one that takes the rest has room for less than `least` characters.
    A list is sorted by pressing a heading, or by its menu (the menu key): both turn round what it is sorted by already.
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
        self.horizontalHeader().setSectionsClickable(any(column.by for column in table.columns))
        self.horizontalHeader().sectionClicked.connect(self.sort_by)
        self.doubleClicked.connect(lambda index: self._open(index.row()))
        self.selectionModel().currentRowChanged.connect(self._choose)
        self._untold = False  # the cursor is on a row that has not come yet
        table.dataChanged.connect(self._choose_at_last)
        table.reordered.connect(self._show_order)
        theme.changed.connect(self._measure)
        self._show_order()
        self._measure()

    def sort_by(self, number: int) -> None:
        """Sort by a column, where the list can be; turn it round where it is sorted by that."""
        column, order = self.table.columns[number], self.table.order
        again = order is not None and order.by == column.by
        if column.by:
            self.table.take_order(Order(column.by, not order.descending if order and again else column.falls))
        self._show_order()  # the heading has moved its arrow by itself

    def remember_order(self, settings: Settings, name: str) -> None:
        """Sort the list of this name as it was sorted last, and keep how it is sorted from now on."""
        kept = str(settings.orders.get(name, ""))
        by = next((column.by for column in self.table.columns if column.by and column.by == kept.lstrip("-")), "")
        if by:
            self.table.take_order(Order(by, kept.startswith("-")))
        self.table.reordered.connect(lambda: self._keep_order(settings, name))

    def order_menu(self) -> QMenu:
        """By what the list can be sorted, for whoever has no mouse."""
        menu, by = QMenu(self), self.table.sorted_column()
        for number, column in enumerate(self.table.columns):
            if column.by:
                offered = self._offer(menu, _("Sort by {column}").format(column=column.heading), number == by)
                offered.triggered.connect(lambda _on=False, number=number: self.sort_by(number))
        usual = self._offer(menu, _("Usual order"), self.table.order == self.table.usual)
        usual.triggered.connect(lambda _on: self.table.take_order(self.table.usual))
        return menu

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802  # Qt's own name
        if any(column.by for column in self.table.columns):
            menu = self.order_menu()
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(event.globalPos())

    def select(self, number: int) -> None:
        """Put the cursor on a row, bring it into sight and tell it, even where the cursor was there before."""
        if not 0 <= number < self.table.total:
            return
        before = self.currentIndex()
        self.selectRow(number)
        self.scrollTo(self.table.index(number, 0))
        if before.row() == number:
            self._choose(self.currentIndex())

    def select_several(self, numbers: Sequence[int]) -> None:
        """Choose these rows besides the one under the cursor."""
        rows = self.selectionModel().SelectionFlag.Select | self.selectionModel().SelectionFlag.Rows
        for number in numbers:
            self.selectionModel().select(self.table.index(number, 0), rows)

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

    @staticmethod
    def _offer(menu: QMenu, words: str, chosen: bool) -> QAction:
        action = menu.addAction(words)
        action.setCheckable(True)
        action.setChecked(chosen)
        return action

    def _show_order(self) -> None:
        number, order, header = self.table.sorted_column(), self.table.order, self.horizontalHeader()
        downwards = order is not None and order.descending
        header.setSortIndicatorShown(number != NOTHING)
        header.setSortIndicator(number, Qt.SortOrder.DescendingOrder if downwards else Qt.SortOrder.AscendingOrder)
        self.setAccessibleDescription(order_told(self.table, number) if number != NOTHING else "")

    def _keep_order(self, settings: Settings, name: str) -> None:
        order = self.table.order
        settings.orders.pop(name, None)
        if order and order != self.table.usual:
            settings.orders[name] = ("-" if order.descending else "") + order.by

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
