"""A suggestion on its way, beside the list and at the desk: the next step, deadlines, units, replies, what happened."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.suggestion import Suggestion, text_is_open
from app.domain.suggestion_steps import Deed, Entry
from app.domain.values import Id
from app.errors import AppError
from app.i18n import _
from app.queries.suggestion_handling import HandlingCard, handling_card
from app.use_cases.suggestion_steps import unsaved_steps
from app.workspace import Workspace
from ui.page import Workbench
from ui.pages.suggestions.next_step import NextStepCard
from ui.pages.suggestions.outcomes_card import OutcomesCard
from ui.pages.suggestions.returns_card import ReturnsCard
from ui.pages.suggestions.timeline import DeadlinesCard, RepliesCard, TimelineCard, UnitsCard
from ui.theme import SPACE
from ui.widgets.awards_card import AwardsCard
from ui.widgets.card import Card
from ui.widgets.facts import Facts
from ui.wording import day_told, field_word


@dataclass(frozen=True, slots=True)
class Laid:
    """A card with what was typed for it and not saved."""

    card: HandlingCard
    kept: Mapping[Deed, Entry]


class HandlingPanel(QWidget):
    """Everything that came of a submitted suggestion; hidden while one is written. `shown` tells that it is laid out anew."""

    shown = Signal()

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench: Final = bench
        self._today: Final = bench.workspace.clock.today().date()
        self._id: Id = ""
        self.steps: Final = NextStepCard(bench)
        self.returns: Final = ReturnsCard(bench)
        self.deadlines: Final = DeadlinesCard(bench, self._today)
        self.key: Final = Card(_("Key suggestion"))
        self._key_facts: Final = Facts()
        self.key.add(self._key_facts)
        self.units: Final = UnitsCard(bench, self._today)
        self.replies: Final = RepliesCard(bench, self._today)
        self.outcomes: Final = OutcomesCard(bench)
        self.awards: Final = AwardsCard(bench)
        self.timeline: Final = TimelineCard(bench, self._today)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.middle)
        beside = (self.units, self.replies, self.outcomes, self.awards, self.timeline)
        for each in (self.returns, self.steps, self.deadlines, self.key, *beside):
            column.addWidget(each)
        column.addStretch(1)
        self.hide()

    def show_suggestion(self, suggestion: Suggestion) -> None:
        """Show what came of this suggestion; of one that is still written nothing."""
        self._id = "" if text_is_open(suggestion) else suggestion.id
        if not self._id:
            self.hide()
            return
        workspace, id = self._bench.workspace, self._id
        self._bench.background.ask(self, lambda: _laid(workspace, id), self._show, self._fail, topic="handling")

    def keep(self) -> None:
        """Keep what is typed at once."""
        self.steps.keep()

    def _show(self, laid: Laid) -> None:
        card = laid.card
        if card.suggestion.id != self._id:
            return
        self.returns.show_return(card.open_return)
        self.steps.show_card(card, laid.kept)
        self.deadlines.show_card(card)
        self._show_key(card.suggestion)
        self.units.show_card(card)
        self.replies.show_card(card)
        self.outcomes.show_outcomes(card.course.outcomes)
        self.awards.show_record(card.suggestion.id)
        self.timeline.show_card(card)
        self.show()
        self.shown.emit()

    def _show_key(self, suggestion: Suggestion) -> None:
        names = ("priority", "supervising_leader", "official_in_charge", "supervising_committee")
        facts = [(field_word("suggestion", name), getattr(suggestion, name)) for name in names]
        self._key_facts.show_facts([*facts, (field_word("suggestion", "priority_on"), day_told(suggestion.priority_on))])
        self.key.setVisible(bool(suggestion.priority))

    def _fail(self, error: AppError) -> None:
        self._bench.feedback.fail(error)


def _laid(workspace: Workspace, id: Id) -> Laid:
    return Laid(handling_card(workspace, id), unsaved_steps(workspace, id))
