"""What was taken in before, each with its undo."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from app.i18n import _
from app.queries.imports import PastImport
from ui.ledgers.words import made_told
from ui.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.contents import take_out
from ui.widgets.roles import button, label
from ui.wording import moment_told


class PastCard(Card):
    """The newest imports; `wanted` asks for one to be undone."""

    wanted = Signal(str)

    def __init__(self, today: date) -> None:
        super().__init__(_("Taken in before"))
        self._today: Final = today
        self.undo: dict[str, QPushButton] = {}
        rows = QWidget()
        self._grid = QGridLayout(rows)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(SPACE.large)
        self._grid.setVerticalSpacing(SPACE.tiny)
        self._grid.setColumnStretch(0, 1)
        self.add(rows)

    def show_imports(self, imports: Sequence[PastImport]) -> None:
        """Show these, the newest first."""
        take_out(self._grid)
        self.undo = {}
        for row, each in enumerate(imports):
            self._grid.addWidget(label(each.source, wrap=True), row, 0)
            self._grid.addWidget(label(moment_told(each.made, today=self._today), "soft"), row, 1)
            self._grid.addWidget(label(_standing(each), "soft"), row, 2)
            if each.undone:
                self._grid.addWidget(label(_("taken back"), "chip"), row, 3)
            elif any(each.standing.values()):
                self._grid.addWidget(self._undo(each), row, 3)
        self.setVisible(bool(imports))

    def _undo(self, each: PastImport) -> QPushButton:
        made = button(_("Undo this import"), "link")
        made.setAccessibleName(_("Undo the import of {file}").format(file=each.source))
        made.clicked.connect(lambda: self.wanted.emit(each.id))
        self.undo[each.id] = made
        return made


def _standing(each: PastImport) -> str:
    words, standing = made_told(each.made_of), sum(each.standing.values())
    if each.undone or each.standing == each.made_of:
        return words
    return words + _(", {count} of them still here").format(count=standing)
