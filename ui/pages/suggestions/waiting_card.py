"""The place of what came before its suggestion: seen over the list until it is there, then gone by itself."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout

from app.domain.values import Id
from app.errors import AppError
from app.i18n import _
from app.messages.returns import waiting_told
from app.queries.suggestion_handling import TimelineLine
from app.queries.waiting_returns import WaitingReturn, waiting_returns
from ui.page import Workbench
from ui.pages.suggestions.told import line_told, row_told
from ui.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.contents import take_out
from ui.widgets.elided_link import ElidedLink
from ui.widgets.roles import button, label
from ui.wording import day_told

_SHOWN: Final = 3  # lines, until somebody wants all of them


class WaitingCard(Card):
    """Everything that was said of each suggestion, a line each, its words on pointing at it; a click shows its history."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(_("What waits for its suggestion"), role="now")
        self._bench: Final = bench
        self._today: Final = bench.workspace.clock.today().date()
        self._waiting: Sequence[WaitingReturn] = ()
        self._whole = False
        self._rows = QVBoxLayout()
        self._rows.setSpacing(SPACE.tiny)
        told = _("It came for suggestions that are not here. Once one comes, all that was said of it stands with it.")
        self.add(label(told, "small", wrap=True))
        self.body.addLayout(self._rows)
        self.more: Final[QPushButton] = button("", "link")
        self.more.clicked.connect(self._show_all)
        self.body.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    def refresh(self) -> None:
        """Ask what waits."""
        workspace = self._bench.workspace
        self._bench.background.ask(self, lambda: waiting_returns(workspace), self._show, self._fail, topic="waiting returns")

    def _show(self, waiting: Sequence[WaitingReturn]) -> None:
        self._waiting = waiting
        take_out(self._rows)
        left = sum(len(each.lines) for each in waiting) if self._whole else _SHOWN
        for each in waiting:
            shown = each.lines[:left]
            left -= len(shown)
            if shown:
                self._rows.addWidget(label(waiting_told(each.case_number), "strong", wrap=True))
            for line in shown:
                self._rows.addWidget(self._line(line))
        hidden = sum(len(each.lines) for each in waiting) - _SHOWN
        self.more.setText(_("and {count} more").format(count=hidden))
        self.more.setVisible(hidden > 0 and not self._whole)
        self.setVisible(bool(waiting))

    def _show_all(self) -> None:
        self._whole = True
        self._show(self._waiting)

    def _line(self, line: TimelineLine) -> ElidedLink:
        said = [row_told(row, self._today) for row in line.told]
        told = (line_told(line), day_told(line.on), line.who, *(" ".join(each.split()) for each in said))
        link = ElidedLink("　".join(each for each in told if each))
        link.setToolTip("\n".join(said))
        link.clicked.connect(partial(self._open, line.records[0]))
        return link

    def _open(self, id: Id, _checked: bool = False) -> None:
        from ui.dialogs.history_dialog import HistoryDialog  # few stations ever meet one

        HistoryDialog(self._bench, id, self).open()

    def _fail(self, error: AppError) -> None:
        self._bench.feedback.fail(error)
