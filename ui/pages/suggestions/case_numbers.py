"""The case numbers of suggestions that one meeting accepts: counted up from the first in the order shown, each can be changed."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from app.domain.numbering import counted_up
from app.domain.values import Id
from app.i18n import _
from app.use_cases.batch_drafts import Chosen
from ui.forms.enter_moves import EnterMoves
from ui.theme import SPACE
from ui.widgets.contents import take_out
from ui.widgets.roles import label


class CaseNumbers(QWidget):
    """A line a suggestion, its title and its number; `changed` tells that a number was typed."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.boxes: Final[dict[Id, QLineEdit]] = {}
        self._own: Final[set[Id]] = set()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(SPACE.small)
        self._grid.setVerticalSpacing(SPACE.tiny)
        self._grid.setColumnStretch(0, 2)
        self._grid.setColumnStretch(1, 1)

    def show_suggestions(self, chosen: Sequence[Chosen]) -> None:
        """Room for a number beside each of these, with the one that was typed for it."""
        take_out(self._grid)
        self.boxes.clear()
        self._own.clear()
        moves = EnterMoves(self)
        told = _("Counted up from the number above, in the order of the list; each can be changed.")
        self._grid.addWidget(label(told, "small", wrap=True), 0, 0, 1, 2)
        for row, each in enumerate(chosen, start=1):
            box = QLineEdit(each.number)
            box.setAccessibleName(_("Case number of {title}").format(title=each.title))
            box.textEdited.connect(partial(self._typed, each.id))
            moves.watch(box)
            self._grid.addWidget(label(each.title, "", wrap=True), row, 0)
            self._grid.addWidget(box, row, 1)
            self.boxes[each.id] = box
            if each.number:
                self._own.add(each.id)

    def count_from(self, first: str) -> None:
        """Number them from this one on; what somebody typed into a line stays."""
        for (id, box), number in zip(self.boxes.items(), counted_up(first, len(self.boxes)), strict=True):
            if id not in self._own:
                box.setText(number)

    def read(self) -> Mapping[Id, str]:
        """The number of each suggestion."""
        return {id: box.text().strip() for id, box in self.boxes.items()}

    def own(self) -> Mapping[Id, str]:
        """The numbers that somebody typed for one suggestion alone."""
        return {id: self.boxes[id].text().strip() for id in self._own}

    def _typed(self, id: Id, _words: str) -> None:
        self._own.add(id)
        self.changed.emit()
