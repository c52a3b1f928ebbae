"""What a cell can be completed to, in a list below it; the keyboard stays in the cell."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QWidget

from app.i18n import _
from app.queries.outreach_offers import Offer
from ui.theme import SPACE, Theme

_LEAST: Final = 220  # pixels of width, so that a name and a village stand side by side


class CellOffers(QListWidget):
    """`taken` tells the offer that was chosen."""

    taken = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme: Final = theme
        self._around: Final = parent
        self._offers: Sequence[Offer] = ()
        self.setProperty("role", "sections")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("Known already"))
        self.itemClicked.connect(lambda item: self.taken.emit(self._offers[self.row(item)]))
        self.hide()

    def offer(self, offers: Sequence[Offer], cell: QRect, *, choose: bool) -> None:
        """Show these beside a cell; `choose` puts the mark on the first one."""
        self._offers = offers
        self.clear()
        for each in offers:
            self.addItem(QListWidgetItem("　".join(filter(None, (each.text, each.beside)))))
        self.setCurrentRow(0 if choose and offers else -1)
        self.setVisible(bool(offers))
        if offers:
            self._lie_beside(cell)
            self.raise_()

    def chosen(self) -> Offer | None:
        """The offer under the mark."""
        row = self.currentRow()
        return self._offers[row] if self.isVisible() and 0 <= row < len(self._offers) else None

    def move_by(self, step: int) -> None:
        """Put the mark one further; above the first one there is none."""
        self.setCurrentRow(min(max(self.currentRow() + step, -1), len(self._offers) - 1))

    def _lie_beside(self, cell: QRect) -> None:
        """Below the cell where there is more room, else above it."""
        room = self._around.rect()
        wanted = self.sizeHintForRow(0) * len(self._offers) + self._theme.px(2 * SPACE.small)
        below, above = room.bottom() - cell.bottom(), cell.top() - room.top()
        height = min(wanted, max(below, above))
        wide = max(cell.width(), self.sizeHintForColumn(0) + self._theme.px(SPACE.huge), self._theme.px(_LEAST))
        width = min(wide, room.width())
        top = cell.bottom() + 1 if below >= min(wanted, above) else cell.top() - height
        self.setGeometry(min(cell.left(), room.right() - width), top, width, height)
