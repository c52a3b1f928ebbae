"""What the body says of a suggestion and does not fit what stands here: told in words, and settled by one of two buttons."""

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from app.domain.returned_course import OpenReturn
from app.domain.values import Id
from app.errors import AppError
from app.i18n import _
from app.messages.returns import open_return_told
from app.use_cases.issues import Done
from app.use_cases.returns import keep_own_account, take_body_s_account
from app.workspace import Workspace
from ui.page import Workbench
from ui.theme import SPACE
from ui.undoing import say_done
from ui.widgets.card import Card
from ui.widgets.contents import take_out
from ui.widgets.roles import button, label


class ReturnsCard(Card):
    """A line for each thing that is open; where nothing is there is no card."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(_("The body says it differently"), role="now")
        self._bench: Final = bench
        self._id: Id = ""
        self._rows = QVBoxLayout()
        self._rows.setSpacing(SPACE.tiny)
        self.body.addLayout(self._rows)
        self.take: Final = button(_("Take the body's account"), "link")
        self.take.setToolTip(_("What the body says stands in for what was entered here; everything stays in the history"))
        self.take.clicked.connect(self._take)
        self.keep: Final = button(_("Keep what stands here"), "link")
        self.keep.setToolTip(
            _("What was entered here is written into the body's records at this station; everything stays in the history")
        )
        self.keep.clicked.connect(self._keep)
        for each in (self.take, self.keep):
            self.body.addWidget(each, 0, Qt.AlignmentFlag.AlignLeft)  # beside the heading it is too wide at 150 %
        self.hide()

    def show_return(self, open_return: OpenReturn) -> None:
        """Show what is open."""
        self._id = open_return.suggestion
        take_out(self._rows)
        for told in open_return_told(open_return):
            self._rows.addWidget(label(told, "small", wrap=True))
        self.setVisible(bool(open_return))

    def _take(self) -> None:
        self._decide(take_body_s_account, _("The body's account stands now."))

    def _keep(self) -> None:
        self._decide(keep_own_account, _("What was entered here stands."))

    def _decide(self, decide: Callable[[Workspace, Id], Done], words: str) -> None:
        workspace, id = self._bench.workspace, self._id
        said = partial(say_done, self._bench, self, words)
        self._bench.background.do(self, lambda _progress: decide(workspace, id), said, self._fail)

    def _fail(self, error: AppError) -> None:
        self._bench.feedback.fail(error)
