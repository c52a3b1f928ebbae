"""A blank table of the office as it looks: merged cells whole, marked cells with what they take."""

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem, QTableWidget, QTableWidgetItem

from app.domain.county_figures import ledger_fields
from app.domain.county_sheet import CountySheet, Place, letters
from app.domain.county_table import in_words
from app.domain.papers import PaperName
from app.i18n import _
from app.use_cases.county_tables import TableShown
from ui.theme import Theme

_AS_ABOVE: Final = "〃"
_NARROWEST, _WIDEST = 56, 230  # pixels of a column at 100 %


class _Ground(QStyledItemDelegate):
    """Lays a cell's ground under it: a style sheet that says anything of items leaves that out."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        if ground := index.data(Qt.ItemDataRole.BackgroundRole):
            painter.fillRect(option.rect, ground)  # type: ignore[attr-defined]  # the stubs leave the option's fields out
        super().paint(painter, option, index)


class CountyGrid(QTableWidget):
    """The cells of a sheet, to be looked at and chosen; `picked` tells the cell the cursor is in."""

    picked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme: Final = theme
        self._sheet: CountySheet | None = None
        self.setProperty("role", "grid")
        self.setAccessibleName(_("Cells of the table"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)  # Tab leads on to what is done with the cell, arrows from cell to cell
        self.setWordWrap(True)
        self.setItemDelegate(_Ground(self))
        self.currentCellChanged.connect(lambda *_told: self.picked.emit())
        self.itemSelectionChanged.connect(self.picked.emit)

    def show_sheet(self, sheet: CountySheet, shown: TableShown) -> None:
        """Show a sheet with the marks of the table; the cursor stays where it was."""
        same, at = self._sheet is not None and self._sheet.name == sheet.name, (self.currentRow(), self.currentColumn())
        self._sheet = sheet
        blocked = self.blockSignals(True)
        self.clearSpans()
        self.clear()
        self.setRowCount(sheet.rows)
        self.setColumnCount(sheet.columns)
        self.setHorizontalHeaderLabels([letters(column) for column in range(1, sheet.columns + 1)])
        for (row, column), cell in sheet.cells.items():
            if cell.down > 1 or cell.across > 1:
                self.setSpan(row - 1, column - 1, cell.down, cell.across)
            self._put((row, column), cell.text)
        self._show_marks(sheet, shown)
        self._widen()
        self.blockSignals(blocked)
        if same and at[0] >= 0:
            self.setCurrentCell(*at)
        elif sheet.rows:
            empty = (at for at in sheet.places() if not sheet.at(at).text.strip())
            row, column = next(empty, (1, 1))
            self.setCurrentCell(row - 1, column - 1)
        self.picked.emit()

    def place(self) -> Place | None:
        """The cell the cursor is in; a merged one by its first place."""
        if self._sheet is None or self.currentRow() < 0:
            return None
        return self._sheet.anchor((self.currentRow() + 1, self.currentColumn() + 1))

    def rows_chosen(self) -> tuple[int, int]:
        """The first and the last row of what is selected."""
        ranges = self.selectedRanges()
        if not ranges:
            return self.currentRow() + 1, self.currentRow() + 1
        return min(each.topRow() for each in ranges) + 1, max(each.bottomRow() for each in ranges) + 1

    def _show_marks(self, sheet: CountySheet, shown: TableShown) -> None:
        colours = self._theme.colours
        doubtful = {each.place for each in shown.moved if each.sheet == sheet.name}
        for mark in shown.table.lists:
            fields = ledger_fields(PaperName(mark.ledger))
            for column, field in mark.columns.items() if mark.sheet == sheet.name else ():
                for row in range(mark.first, mark.last + 1):
                    soft = colours.warning_soft if (mark.first, min(mark.columns)) in doubtful else colours.ok_soft
                    words = f"{{{fields.get(field, field)}}}" if row == mark.first else _AS_ABOVE
                    self._put((row, column), words, colours.ok, soft)
        for each in shown.table.cells:
            if each.sheet == sheet.name and sheet.holds(each.place):
                wrong = each.place in doubtful
                ink, soft = (colours.warning, colours.warning_soft) if wrong else (colours.information, colours.information_soft)
                self._put(each.place, in_words(each.tells, shown.names), ink, soft)

    def _put(self, place: Place, words: str, ink: str = "", ground: str = "") -> None:
        item = QTableWidgetItem(words.strip())
        item.setToolTip(words.strip())
        if ink:
            item.setForeground(QColor(ink))
            item.setBackground(QColor(ground))
        if self._sheet and self._sheet.at(place).across > 1:
            item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setItem(place[0] - 1, place[1] - 1, item)

    def _widen(self) -> None:
        wide, narrow = self._theme.px(_WIDEST), self._theme.px(_NARROWEST)
        self.resizeColumnsToContents()
        for column in range(self.columnCount()):
            spread = self._sheet is not None and any(
                cell.across > 1 and at <= column + 1 < at + cell.across for (_row, at), cell in self._sheet.cells.items()
            )
            usual = self._alone(column) if spread else self.columnWidth(column)
            self.setColumnWidth(column, min(max(usual, narrow), wide))
        self.resizeRowsToContents()

    def _alone(self, column: int) -> int:
        """How wide a column is for the cells that are its own; a title over many makes none of them wide."""
        own = (self.item(row, column) for row in range(self.rowCount()) if self.columnSpan(row, column) == 1)
        longest = max((len(line) for each in own if each for line in each.text().split("\n")), default=0)
        return self.fontMetrics().horizontalAdvance("字") * (longest + 1)
