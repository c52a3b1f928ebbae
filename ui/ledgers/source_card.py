"""Which file, what kind of ledger it is, and where in it the table stands; what nobody says is guessed."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.i18n import _
from app.use_cases.imports import SheetChoice, SheetColumns
from ui.forms.category_box import CategoryBox
from ui.ledgers.words import KINDS
from ui.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.field import Field
from ui.widgets.flow import Flow
from ui.widgets.roles import button, label

_ROWS: Final = 20  # in which the titles may be said to begin
_YEARS: Final = 20


class SourceCard(Card):
    """`kind_changed`, `place_changed` (sheet or row of titles) and `year_changed` tell that a person chose otherwise."""

    kind_changed = Signal()
    place_changed = Signal()
    year_changed = Signal()

    def __init__(self, kind: str, this_year: int) -> None:
        super().__init__(_("Which file"))
        self.choose: Final = button(_("Choose a file …"))
        self.file: Final = label("", "strong", wrap=True)
        self.kind: Final = _box({each: _(words) for each, words in KINDS.items()})
        self.kind.removeItem(0)  # it is always one of them
        self.kind.show_code(kind)
        self.sheet: Final = _box({})
        self.header_row: Final = _box(
            {str(row): _("Row {row}").format(row=row) for row in range(1, _ROWS + 1)}, _("Found by itself")
        )
        years = range(this_year, this_year - _YEARS, -1)
        self.year: Final = _box({str(year): str(year) for year in years}, _("As the other days"))
        self._sheet_field: Final = Field(_("Sheet"), self.sheet)
        self._row_field: Final = Field(_("Row of titles"), self.header_row)
        self._year_field: Final = Field(_("Year of days without one"), self.year)
        self._arrange()
        self.kind.currentIndexChanged.connect(lambda _index: self.kind_changed.emit())
        self.sheet.currentIndexChanged.connect(lambda _index: self.place_changed.emit())
        self.header_row.currentIndexChanged.connect(lambda _index: self.place_changed.emit())
        self.year.currentIndexChanged.connect(lambda _index: self.year_changed.emit())

    def show_file(self, path: Path | None) -> None:
        """A file was chosen, or none: where the table stands is guessed anew."""
        for box in (self.header_row, self.year, self.sheet):
            _show_quietly(box, 0)
        self.file.setText(path.name if path else "")
        self.file.setVisible(path is not None)
        self._row_field.setVisible(path is not None)
        self._sheet_field.hide()
        self._year_field.hide()

    def show_choice(self, choice: SheetChoice) -> None:
        """Show how a file is read; which sheet it is, `show_sheets` tells."""
        boxes = ((self.kind, choice.kind), (self.header_row, str(choice.header_row or "")), (self.year, str(choice.year or "")))
        for box, code in boxes:
            blocked = box.blockSignals(True)
            box.show_code(code)
            box.blockSignals(blocked)

    def show_sheets(self, found: SheetColumns) -> None:
        """Offer the sheets of the file where it has several."""
        blocked = self.sheet.blockSignals(True)
        self.sheet.clear()
        for name in found.sheets:
            self.sheet.addItem(name, name)
        self.sheet.setCurrentIndex(self.sheet.findData(found.sheet))
        self.sheet.blockSignals(blocked)
        self._sheet_field.setVisible(len(found.sheets) > 1)

    def show_year(self, wanted: bool) -> None:
        """Ask for a year where days are written without one."""
        self._year_field.setVisible(wanted)

    def start_anew(self) -> None:
        """Another kind of ledger may stand on another sheet, under another row."""
        for box in (self.header_row, self.sheet):
            _show_quietly(box, 0)
        self.sheet.setCurrentIndex(-1)

    def _arrange(self) -> None:
        words = _("An Excel workbook (.xlsx, .xls) or a text table (.csv) with a row of titles. It can also be dropped here.")
        self.add(label(words, "soft", wrap=True))
        row = QHBoxLayout()
        row.setSpacing(SPACE.middle)
        row.addWidget(self.choose, 0, Qt.AlignmentFlag.AlignLeft)
        row.addWidget(self.file, 1)
        self.body.addLayout(row)
        boxes = QWidget()
        flow = Flow(boxes, gap=SPACE.large)
        for each in (Field(_("What is in it"), self.kind), self._sheet_field, self._row_field, self._year_field):
            flow.addWidget(each)
        self.add(boxes)
        self.show_file(None)


def _box(names: dict[str, str], nothing: str = "") -> CategoryBox:
    box = CategoryBox()
    box.show_names(names)
    box.setItemText(0, nothing)
    box.setMinimumContentsLength(10)
    return box


def _show_quietly(box: CategoryBox, index: int) -> None:
    blocked = box.blockSignals(True)
    box.setCurrentIndex(index)
    box.blockSignals(blocked)
