"""What was typed on the form of an issue and not saved: offered again."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.i18n import _
from app.use_cases.drafts import discard_draft
from app.use_cases.issues import UnsavedIssue, unsaved_issues
from ui.feedback import Tone
from ui.page import Workbench
from ui.theme import SPACE
from ui.widgets.contents import take_out
from ui.widgets.notice import Notice
from ui.wording import moment_told


class Offers(QWidget):
    """One notice a draft; `taken` tells the draft a person goes on with."""

    taken = Signal(object)

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self._bench: Final = bench
        self.notices: list[Notice] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE.small)
        self.hide()

    def refresh(self) -> None:
        """Ask what is kept."""
        workspace, bench = self._bench.workspace, self._bench
        bench.background.ask(self, lambda: unsaved_issues(workspace), self._show, bench.feedback.fail, topic="drafts")

    def _show(self, kept: Sequence[UnsavedIssue]) -> None:
        take_out(self._column)
        self.notices = [self._notice(each) for each in kept]
        for notice in self.notices:
            self._column.addWidget(notice)
        self.setVisible(bool(kept))

    def _notice(self, kept: UnsavedIssue) -> Notice:
        notice = Notice()
        go_on = (_("Go on"), lambda: self.taken.emit(kept))
        give_up = (_("Discard it"), lambda: self._give_up(kept))
        notice.say(self._words(kept), Tone.WARNING, (go_on, give_up) if kept.sheet else (give_up,))
        return notice

    def _words(self, kept: UnsavedIssue) -> str:
        at = moment_told(kept.kept, today=self._bench.workspace.clock.today().date())
        if kept.sheet is None:
            return _("A record that was not saved cannot be read by this program (kept {at}).").format(at=at)
        title = kept.sheet.issue.title() or _("(no subject)")
        return _("Not saved yet: {title} (kept {at})").format(title=title, at=at)

    def _give_up(self, kept: UnsavedIssue) -> None:
        workspace = self._bench.workspace
        self._bench.background.do(
            self,
            lambda _progress: discard_draft(workspace, kept.key),
            lambda _none: self.refresh(),
            self._bench.feedback.fail,
        )
