"""The place of replies that came before their suggestion: seen over the list until it is there, then gone by itself."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtWidgets import QVBoxLayout

from app.errors import AppError
from app.i18n import _
from app.queries.waiting_replies import WaitingReply, waiting_replies
from ui.page import Workbench
from ui.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.contents import take_out
from ui.widgets.elided_link import ElidedLink
from ui.widgets.roles import label
from ui.wording import day_told

_SHOWN: Final = 3


class WaitingCard(Card):
    """Each reply in one line, its words on pointing at it; a click shows its history."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(_("Replies that wait for their suggestion"), role="now")
        self._bench: Final = bench
        self._rows = QVBoxLayout()
        self._rows.setSpacing(SPACE.tiny)
        self.add(
            label(
                _("They came for suggestions that are not here. Once one comes, its replies stand with it."), "small", wrap=True
            )
        )
        self.body.addLayout(self._rows)
        self.hide()

    def refresh(self) -> None:
        """Ask which replies wait."""
        workspace = self._bench.workspace
        self._bench.background.ask(self, lambda: waiting_replies(workspace), self._show, self._fail, topic="waiting replies")

    def _show(self, waiting: Sequence[WaitingReply]) -> None:
        take_out(self._rows)
        for each in waiting[:_SHOWN]:
            self._rows.addWidget(self._line(each))
        if len(waiting) > _SHOWN:
            self._rows.addWidget(label(_("and {count} more").format(count=len(waiting) - _SHOWN), "small"))
        self.setVisible(bool(waiting))

    def _line(self, reply: WaitingReply) -> ElidedLink:
        words = " ".join(reply.text.split())
        told = (reply.unit, reply.number, day_told(reply.replied_on), reply.reply_class, words)
        link = ElidedLink("　".join(each for each in told if each))
        link.setToolTip(words)
        link.clicked.connect(lambda: self._open(reply))
        return link

    def _open(self, reply: WaitingReply) -> None:
        from ui.dialogs.history_dialog import HistoryDialog  # few stations ever meet one

        HistoryDialog(self._bench, reply.id, self).open()

    def _fail(self, error: AppError) -> None:
        self._bench.feedback.fail(error)
