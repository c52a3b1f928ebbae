"""The whole of a visit once more before it ends: what was written, and what is missing."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from app.domain.values import Id
from app.domain.visit_sheet import VisitSheet, line_problems
from app.i18n import _, ngettext
from app.queries.visit_words import VisitWords
from ui.feedback import Tone
from ui.page import Workbench
from ui.pages.visits.sheet_view import SheetView
from ui.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.notice import Notice


class Review(QWidget):
    """Read-only; `mended` tells the line a person goes back to."""

    mended = Signal(str)

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        today = bench.workspace.clock.today().date()
        self.notice: Final = Notice()
        self.view: Final = SheetView(today, full=True, mend=self._mend)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)
        self.room: Final = QScrollArea()
        self.room.setWidgetResizable(True)
        self.room.setFrameShape(QFrame.Shape.NoFrame)
        self.room.setAccessibleName(_("The whole record"))
        self.room.setWidget(content)
        card = Card()
        card.add(self.room, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE.middle)
        layout.addWidget(self.notice)
        layout.addWidget(card, 1)
        self.setFocusProxy(self.room)

    def show_sheet(self, sheet: VisitSheet, known: VisitWords) -> None:
        """Show a sheet and say at the top what is missing in it."""
        self.view.show_sheet(sheet, known)
        missing = sum(1 for line in sheet.lines for each in line_problems(sheet.visit, line) if not each.hint)
        words, tone = self._verdict(sheet, missing)
        self.notice.say(words, tone)

    def begin(self) -> None:
        """Let the arrow keys scroll it."""
        self.room.setFocus()

    def _verdict(self, sheet: VisitSheet, missing: int) -> tuple[str, Tone]:
        if missing:
            told = ngettext("{count} thing is missing.", "{count} things are missing.", missing)
            return told.format(count=missing), Tone.WARNING
        if not sheet.visit.deputies:
            return _("No deputy has signed in. It can be ended all the same."), Tone.WARNING
        return _("Nothing is missing. Read it once more, then end it."), Tone.OK

    def _mend(self, line: Id) -> None:
        self.mended.emit(line)
