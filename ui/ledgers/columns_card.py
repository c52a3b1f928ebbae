"""What each column of a sheet is, and what it becomes; a person may say otherwise."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from app.i18n import _
from app.use_cases.imports import SheetColumn, SheetColumns
from ui.forms.category_box import CategoryBox
from ui.ledgers.words import column_choices
from ui.theme import SPACE, Theme
from ui.widgets.card import Card
from ui.widgets.contents import take_out
from ui.widgets.roles import label

_SAMPLES: Final = 2


class ColumnsCard(Card):
    """A row for each column; `changed` tells that one becomes something else."""

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(_("What the columns become"))
        self._theme: Final = theme
        self.boxes: dict[int, CategoryBox] = {}
        self._kind = ""
        self.about: Final = label("", "small", wrap=True)
        self.problem: Final = label("", "problem", wrap=True)
        self.problem.hide()
        self._rows = QWidget()
        self._grid = QGridLayout(self._rows)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(SPACE.large)
        self._grid.setVerticalSpacing(SPACE.tiny)
        self._grid.setColumnStretch(2, 1)
        self.add(self.about)
        self.add(self.problem)
        self.add(self._rows)

    def show_columns(self, found: SheetColumns) -> None:
        """Show the columns of a sheet with what each would become by its name."""
        take_out(self._grid)
        self.boxes = {}
        self._kind = found.kind
        self.about.setText(_about(found))
        for column, words in enumerate((_("Column in the file"), _("Becomes"), _("First rows"))):
            self._grid.addWidget(label(words, "label"), 0, column)
        for row, each in enumerate(found.columns, start=1):
            self._row(row, each)

    def chosen(self) -> Mapping[int, str]:
        """What each column becomes."""
        return {number: box.code() for number, box in self.boxes.items()}

    def complain(self, sentence: str) -> None:
        """Say what is missing; nothing where the sentence is empty."""
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))

    def _row(self, row: int, column: SheetColumn) -> None:
        samples = "　｜　".join(each for each in column.samples[:_SAMPLES] if each)
        shown = label(samples or _("(empty)"), "soft")
        shown.setMinimumWidth(1)
        shown.setToolTip("\n".join(column.samples))
        shown.setTextFormat(Qt.TextFormat.PlainText)
        box = self._box(column)
        self.boxes[column.number] = box
        self._grid.addWidget(label(column.label, wrap=True), row, 0)
        self._grid.addWidget(box, row, 1)
        self._grid.addWidget(shown, row, 2)

    def _box(self, column: SheetColumn) -> CategoryBox:
        box = CategoryBox()
        choices = column_choices(self._kind)
        box.show_names({code: words for code, words in choices.items() if code})
        box.setItemText(0, choices[""])
        box.setMinimumContentsLength(10)
        box.show_code(column.field)
        box.setAccessibleName(_("{column} becomes").format(column=column.label))
        box.currentIndexChanged.connect(lambda _index: self.changed.emit())
        return box


def _about(found: SheetColumns) -> str:
    others = [name for name in found.sheets if name != found.sheet]
    told = (
        _("Sheet {name}").format(name=found.sheet) if found.sheet else "",
        _("titles in row {row}").format(row=found.header_row),
        _("encoding {name}").format(name=found.encoding) if found.encoding else "",
        _("not read: {names}").format(names="、".join(others)) if others else "",
        _("columns as they were chosen last time") if found.remembered else "",
    )
    return " · ".join(each for each in told if each)
