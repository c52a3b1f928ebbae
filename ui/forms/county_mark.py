"""What a cell of an office's table takes, or the rows it is one of: chosen by name, typed where words stand around it."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from app.domain.county_figures import LEDGERS, ledger_fields
from app.domain.county_sheet import CountySheet, Place, called, words_above, words_left
from app.domain.county_table import CellMark, ListMark, Reach, blanks_of, in_words
from app.domain.papers import PaperName
from app.i18n import _
from app.use_cases.county_tables import TableShown
from ui.forms.category_box import CategoryBox
from ui.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.field import Field
from ui.widgets.flow import Flow
from ui.widgets.roles import button, label


class CountyMark(QWidget):
    """The cell the cursor is in, and the rows chosen; it tells what a person wants of them."""

    marked = Signal(str)
    """The cell is to take this."""
    cleared = Signal()
    """The cell, or its rows, are to take nothing."""
    listed = Signal(str)
    """The rows chosen are to take the ledger of this name."""
    column_told = Signal(str)
    """The column of the list is to take this field; empty: nothing."""

    def __init__(self) -> None:
        super().__init__()
        self._list: ListMark | None = None
        self.rows = 1, 1
        """The rows that would take a list: those chosen, or all of the list that the cell is in."""
        self.cell: Final = Card()
        self.beside: Final = label("", "soft", wrap=True)
        self.figure: Final = Field(_("Which figure or field"), CategoryBox())
        self.reach: Final = Field(_("Counted over"), QComboBox())
        self.tells: Final = Field(_("What stands in the cell"), QLineEdit())
        self.column: Final = Field(_("What this column takes"), CategoryBox())
        self.mark_button: Final = button(_("Mark the cell"))
        self.clear_button: Final = button(_("Take nothing"), "link")
        self.ledger: Final = Field(_("List"), QComboBox())
        self.list_button: Final = button("")
        self.rows_told: Final = label(_("Select the empty rows of a list; each line of the month gets one."), "soft", wrap=True)
        self._arrange()
        self._connect()

    def show_names(self, names: Mapping[str, str]) -> None:
        """Offer these figures by their names."""
        self.figure.editor.show_names(names)

    def begin(self) -> None:
        """Go to where it is said what the cell takes."""
        (self.column if self._list else self.figure).editor.setFocus()

    def show_place(self, shown: TableShown, sheet: CountySheet, place: Place, rows: tuple[int, int]) -> None:
        """Show what a cell takes, and which rows are chosen."""
        mark = next((each for each in shown.table.cells if (each.sheet, each.place) == (sheet.name, place)), None)
        lists = (each for each in shown.table.lists if each.sheet == sheet.name and each.first <= place[0] <= each.last)
        self._list = next(lists, None)
        self.cell.heading.setText(called(place))
        parts = (words_left(sheet, place), words_above(sheet, place))
        self.beside.setText("　".join(part for part in parts if part) or _("No words stand beside it."))
        own = "" if sheet.at(place).formula else sheet.at(place).text
        self.tells.editor.setText(in_words(mark.tells, shown.names) if mark else own)
        self._show_figure(mark)
        self._show_list(place)
        taken = bool(mark) or bool(self._list and place[1] in self._list.columns)
        self.clear_button.setVisible(taken)
        self.rows = (self._list.first, self._list.last) if self._list and rows[0] == rows[1] else rows
        if self._list:
            self.ledger.editor.setCurrentIndex(self.ledger.editor.findData(self._list.ledger))
        words = _("Row {first} takes it") if self.rows[0] == self.rows[1] else _("Rows {first} to {last} take it")
        self.list_button.setText(words.format(first=self.rows[0], last=self.rows[1]))

    def _show_figure(self, mark: CellMark | None) -> None:
        """The figure of a cell that takes one alone."""
        taken = list(blanks_of(mark.tells)) if mark else []
        code, reach = taken[0] if len(taken) == 1 else ("", Reach.MONTH)
        self.figure.editor.show_code(code)
        self.reach.editor.setCurrentIndex(self.reach.editor.findData(reach.value))

    def _show_list(self, place: Place) -> None:
        """In the rows of a list a cell takes a field of its column, nothing of its own."""
        mark = self._list
        self.column.setVisible(mark is not None)
        for each in (self.figure, self.reach, self.tells, self.mark_button):
            each.setVisible(mark is None)
        if mark:
            blocked = self.column.editor.blockSignals(True)
            self.column.editor.show_names(ledger_fields(PaperName(mark.ledger)))
            self.column.editor.show_code(mark.columns.get(place[1], ""))
            self.column.editor.blockSignals(blocked)

    def _take(self) -> None:
        """What is chosen stands in the cell, or at the cursor among the words that stand there."""
        name, reach = self.figure.editor.currentText(), self.reach.editor.currentData()
        if not self.figure.editor.code():
            return
        told = f"{{{name}}}" if reach == Reach.MONTH else f"{{{name}@{Reach(reach).word}}}"
        words = self.tells.editor.text()
        if words.startswith("{") and words.endswith("}") and words.count("{") == 1:
            self.tells.editor.clear()
        self.tells.editor.insert(told)

    def _mark(self) -> None:
        self.marked.emit(self.tells.editor.text())

    def _connect(self) -> None:
        self.figure.editor.activated.connect(lambda _at: self._take())
        self.reach.editor.activated.connect(lambda _at: self._take())
        self.tells.editor.returnPressed.connect(self._mark)
        self.mark_button.clicked.connect(self._mark)
        self.clear_button.clicked.connect(self.cleared)
        self.column.editor.activated.connect(lambda _at: self.column_told.emit(self.column.editor.code()))
        self.list_button.clicked.connect(lambda: self.listed.emit(str(self.ledger.editor.currentData())))

    def _arrange(self) -> None:
        self.figure.editor.setMaxVisibleItems(20)
        for each in Reach:
            self.reach.editor.addItem(each.label, each.value)
        for name in LEDGERS:
            self.ledger.editor.addItem(name.label, name.value)
        self.cell.heading.setVisible(True)
        for widget in (self.beside, self.figure, self.reach, self.tells, self.column):
            self.cell.add(widget)
        deeds = Flow(gap=SPACE.small)
        deeds.addWidget(self.mark_button)
        deeds.addWidget(self.clear_button)
        self.cell.body.addLayout(deeds)
        rows = Card(_("Rows of a list"))
        for below in (self.rows_told, self.ledger, self.list_button):
            rows.add(below)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, SPACE.tiny, 0)
        column.setSpacing(SPACE.middle)
        column.addWidget(self.cell)
        column.addWidget(rows)
        column.addStretch(1)
