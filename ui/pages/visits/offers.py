"""What was typed and not saved: offered again, whether the program was left, closed or killed over it."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.i18n import _
from app.queries.visit_drafts import UnsavedVisit, unsaved_visits
from app.use_cases.drafts import discard_draft, keep_draft
from ui.feedback import Tone
from ui.page import Workbench
from ui.pages.visits.person_words import counts_told, when_told
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
        self._since: Final = bench.workspace.clock.now()
        self.notices: list[Notice] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE.small)
        self.hide()

    def refresh(self) -> None:
        """Ask what is kept."""
        workspace, bench = self._bench.workspace, self._bench
        bench.background.ask(self, lambda: unsaved_visits(workspace), self._show_kept, bench.feedback.fail, topic="drafts")

    def _show_kept(self, kept: Sequence[UnsavedVisit]) -> None:
        take_out(self._column)
        self.notices = [self._notice(each) for each in kept]
        self.setVisible(bool(kept))

    def _notice(self, kept: UnsavedVisit) -> Notice:
        notice = Notice(self)  # shown before it has a place, it would be a window of its own
        self._column.addWidget(notice)
        go_on = (_("Go on"), lambda: self.taken.emit(kept))
        give_up = (_("Discard it"), lambda: self._give_up(kept))
        notice.say(self._words(kept), Tone.WARNING, (go_on, give_up) if kept.sheet else (give_up,))
        return notice

    def _words(self, kept: UnsavedVisit) -> str:
        today = self._bench.workspace.clock.today().date()
        at = moment_told(kept.kept, today=today)
        if kept.sheet is None:
            return _("A record that was not saved cannot be read by this program (kept {at}).").format(at=at)
        told = _("{when}, {counts}, kept {at}").format(
            when=when_told(kept.sheet.visit, today), counts=counts_told(kept.sheet), at=at
        )
        return _sentence(kept.kind, before=kept.kept < self._since).format(told=told)

    def _give_up(self, kept: UnsavedVisit) -> None:
        workspace, bench = self._bench.workspace, self._bench
        bench.background.do(self, lambda _p: discard_draft(workspace, kept.key), lambda _n: self.refresh(), bench.feedback.fail)
        bench.feedback.say(_("Given up."), Tone.INFORMATION, deed=_("Undo"), act=lambda: self._bring_back(kept))

    def _bring_back(self, kept: UnsavedVisit) -> None:
        workspace, bench = self._bench.workspace, self._bench
        bench.background.do(
            self,
            lambda _p: keep_draft(workspace, kept.key, kept.kind, kept.body),
            lambda _n: self.refresh(),
            bench.feedback.fail,
        )


def _sentence(kind: str, *, before: bool) -> str:
    if kind == "outreach":
        return (
            _("The program was closed over an outreach round that was not saved ({told}).")
            if before
            else _("An outreach round is not saved yet ({told}).")
        )
    return (
        _("The program was closed over a reception that was not saved ({told}).")
        if before
        else _("A reception is not finished yet ({told}).")
    )
