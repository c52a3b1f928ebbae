"""What would come of a sheet: how many rows are new, known already, or cannot be taken, and what is odd in which row."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel

from app.i18n import N_, _, ngettext
from app.messages import said
from app.use_cases.imports import Imported
from ui.ledgers.repair_table import CELL, CellTyping, RepairTable, Told
from ui.theme import SPACE, Theme
from ui.widgets.card import Card
from ui.widgets.roles import button, label, restyled
from ui.widgets.table_view import TableView

_FIGURES: Final = (
    ("read", N_("rows read")),
    ("imported", N_("new")),
    ("repeated", N_("known already")),
    ("refused", N_("not taken")),
)
_MOST_ROWS: Final = 6


class OutcomeCard(Card):
    """Figures, and below them every problem with its row, its column and its sentence; cells can be typed anew.

    `mended` tells row, column (from 0) and text of such a cell, `restored` that all are to be as in the file again; `typed`
    tells the same as `mended` while a cell is being typed, `typed_no_more` that nothing is.
    """

    mended = Signal(int, int, str)
    typed = Signal(int, int, str)
    typed_no_more = Signal()
    restored = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(_("What would come of it"))
        self._theme: Final = theme
        self.figures: Final[dict[str, QLabel]] = {}
        self.nothing: Final = label(_("Every row can be read."), "soft")
        self.summary: Final = label("", "small", wrap=True)
        self.hint: Final = label(_("Type in a cell to mend it (F2); the file itself is not changed."), "soft", wrap=True)
        self.repairs: Final = label("", "strong")
        self.restore: Final = button(_("As in the file again"), "link")
        self.table: Final = RepairTable(self)
        self.view: Final = TableView(self.table, theme)
        self.view.setAccessibleName(_("What is odd in the sheet"))
        self.typing: Final = CellTyping(self.table, self.view)
        self.view.setItemDelegateForColumn(CELL, self.typing)
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * SPACE.huge)
        grid.setVerticalSpacing(0)
        for column, (name, words) in enumerate(_FIGURES):
            self.figures[name] = label("", "figure")
            grid.addWidget(self.figures[name], 0, column)
            grid.addWidget(label(_(words), "soft"), 1, column)
        grid.setColumnStretch(len(_FIGURES), 1)
        self.body.addLayout(grid)
        self.add(self.nothing)
        self.add(self.summary)
        self.add(self.view)
        self.add(self.hint)
        row = QHBoxLayout()
        row.setSpacing(SPACE.middle)
        row.addWidget(self.repairs)
        row.addWidget(self.restore)
        row.addStretch(1)
        self.body.addLayout(row)
        self.table.mended.connect(self.mended)
        self.typing.typed.connect(self.typed)
        self.typing.closeEditor.connect(lambda *_how: self.typed_no_more.emit())
        self.view.opened.connect(self._type)
        self.restore.clicked.connect(self.restored)
        theme.changed.connect(self._measure)

    def show_outcome(self, told: Imported, repairs: int = 0) -> None:
        """Show what a rehearsal told, made with so many cells typed anew; the cursor stays where it was."""
        at = self.view.currentIndex().row()
        for name, figure in self.figures.items():
            figure.setText(f"{getattr(told, name):,}")
        restyled(self.figures["refused"], "tone", "accent" if told.refused else "")
        rows = [
            Told(
                each.row,
                each.column,
                said(each.code, {"row": each.row, "column": each.column, **each.facts}),
                each.refused,
                each.at,
                each.cell,
            )
            for each in told.problems
        ]
        self.table.show(len(rows), rows)
        self.view.select(min(at, len(rows) - 1))
        self.repairs.setText(ngettext("{count} cell mended", "{count} cells mended", repairs).format(count=repairs))
        self.repairs.setVisible(repairs > 0)
        self.restore.setVisible(repairs > 0)
        self.hint.setVisible(any(each.at is not None for each in rows))
        self.nothing.setVisible(not rows)
        self.view.setVisible(bool(rows))
        words = ngettext(
            "{count} thing to know; double-check these rows.", "{count} things to know; double-check these rows.", len(rows)
        )
        self.summary.setText(words.format(count=len(rows)))
        self.summary.setVisible(bool(rows))
        self._measure()

    def _type(self, told: Told) -> None:
        """Begin to type in the cell of the row that was opened."""
        if told.at is not None:
            self.view.edit(self.table.index(self.table.place_of(lambda each: each == told), CELL))

    def _measure(self) -> None:
        rows = min(max(self.table.total, 1), _MOST_ROWS)
        header = self.view.horizontalHeader().sizeHint().height()
        self.view.setFixedHeight(rows * self.view.verticalHeader().defaultSectionSize() + header + 2)
