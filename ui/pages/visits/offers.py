"""What was typed and not saved: offered again, whether the program was left, closed or killed over it."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.i18n import _
from app.queries.visit_drafts import UnsavedVisit, unsaved_visits
from app.use_cases.drafts import discard_draft, keep_draft
from app.workspace import Workspace
from ui.feedback import Tone
from ui.page import Workbench
from ui.pages.visits.person_words import told_of, when_told
from ui.theme import SPACE
from ui.widgets.draft_offers import DraftOffers
from ui.wording import moment_told


def front_of(offers: "Offers", list_of_all: QWidget) -> QWidget:
    """The first view of the place: what was not saved, and below it everything that was."""
    front = QWidget()
    column = QVBoxLayout(front)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(SPACE.middle)
    column.addWidget(offers)
    column.addWidget(list_of_all, 1)
    front.setFocusProxy(list_of_all)
    return front


class Offers(DraftOffers[UnsavedVisit]):
    """One notice a draft; one that is given up can be brought back."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self._since: Final = bench.workspace.clock.now()

    def kept(self, workspace: Workspace) -> Sequence[UnsavedVisit]:
        return unsaved_visits(workspace)

    def told(self, kept: UnsavedVisit) -> tuple[str, bool]:
        today = self.bench.workspace.clock.today().date()
        at = moment_told(kept.kept, today=today)
        if kept.sheet is None:
            return _("A record that was not saved cannot be read by this program (kept {at}).").format(at=at), False
        told = _("{when}, {counts}, kept {at}").format(when=when_told(kept.sheet.visit, today), counts=told_of(kept.sheet), at=at)
        return _sentence(kept.kind, before=kept.kept < self._since).format(told=told), True

    def give_up(self, kept: UnsavedVisit) -> None:
        workspace, bench = self.bench.workspace, self.bench
        bench.background.do(self, lambda _p: discard_draft(workspace, kept.key), lambda _n: self.refresh(), bench.feedback.fail)
        bench.feedback.say(_("Given up."), Tone.INFORMATION, deed=_("Undo"), act=lambda: self._bring_back(kept))

    def _bring_back(self, kept: UnsavedVisit) -> None:
        workspace, bench = self.bench.workspace, self.bench
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
    if kind == "other":
        return (
            _("The program was closed over an activity that was not saved ({told}).")
            if before
            else _("An activity is not saved yet ({told}).")
        )
    return (
        _("The program was closed over a reception that was not saved ({told}).")
        if before
        else _("A reception is not finished yet ({told}).")
    )
