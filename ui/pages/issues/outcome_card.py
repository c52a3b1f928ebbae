"""What would come of a sheet: how many rows are new, known already, or cannot be taken, and what is odd in which row."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtWidgets import QGridLayout, QLabel

from app.i18n import N_, _, ngettext
from app.messages import said
from app.use_cases.imports import Imported
from ui.models.page_table import Column, PageTable
from ui.theme import SPACE, Theme
from ui.widgets.card import Card
from ui.widgets.roles import label, restyled
from ui.widgets.table_view import TableView

_FIGURES: Final = (
    ("read", N_("rows read")),
    ("imported", N_("new")),
    ("repeated", N_("known already")),
    ("refused", N_("not taken")),
)
_MOST_ROWS: Final = 6


@dataclass(frozen=True, slots=True)
class Told:
    """One thing to tell of a place in the sheet."""

    row: int
    column: str
    words: str
    refused: bool


class OutcomeCard(Card):
    """Figures, and below them every problem with its row, its column and its sentence."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(_("What would come of it"))
        self._theme: Final = theme
        self.figures: Final[dict[str, QLabel]] = {}
        self.nothing: Final = label(_("Every row can be read."), "soft")
        self.summary: Final = label("", "small", wrap=True)
        self.table: Final[PageTable[Told]] = PageTable(
            (
                Column(heading=_("Row"), text=lambda each: str(each.row), width=3, right=True),
                Column(heading=_("Column"), text=lambda each: each.column, width=9),
                Column(
                    heading=_("What is odd"), text=lambda each: each.words, tone=lambda each: "accent" if each.refused else ""
                ),
            ),
            self,
        )
        self.view: Final = TableView(self.table, theme)
        self.view.setAccessibleName(_("What is odd in the sheet"))
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
        theme.changed.connect(self._measure)

    def show_outcome(self, told: Imported) -> None:
        """Show what a rehearsal told."""
        for name, figure in self.figures.items():
            figure.setText(f"{getattr(told, name):,}")
        restyled(self.figures["refused"], "tone", "accent" if told.refused else "")
        rows = [
            Told(each.row, each.column, said(each.code, {"row": each.row, "column": each.column, **each.facts}), each.refused)
            for each in told.problems
        ]
        self.table.show(len(rows), rows)
        self.nothing.setVisible(not rows)
        self.view.setVisible(bool(rows))
        words = ngettext(
            "{count} thing to know; double-check these rows.", "{count} things to know; double-check these rows.", len(rows)
        )
        self.summary.setText(words.format(count=len(rows)))
        self.summary.setVisible(bool(rows))
        self._measure()

    def _measure(self) -> None:
        rows = min(max(len(self.table.rows), 1), _MOST_ROWS)
        header = self.view.horizontalHeader().sizeHint().height()
        self.view.setFixedHeight(rows * self.view.verticalHeader().defaultSectionSize() + header + 2)
