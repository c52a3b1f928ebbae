"""What can be done with a submitted suggestion now: the likely steps as buttons, and in their place the form of the one begun."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMenu, QPushButton, QWidget

from app.domain.life import SuggestionState
from app.domain.problems import stopped_by
from app.domain.suggestion import Suggestion
from app.domain.suggestion_steps import STEP_DRAFT, Deed, Entry, entry_told
from app.domain.values import Id
from app.errors import AppError
from app.i18n import _
from app.messages import problem_told
from app.queries.suggestion_handling import HandlingCard, suggestions_to_merge
from app.use_cases.drafts import discard_draft
from app.use_cases.issues import Done
from app.use_cases.suggestion_steps import step_key, take_step
from ui.forms.draft_keeper import DraftKeeper, HeldDraft
from ui.page import Workbench
from ui.pages.suggestions.deed_form import DeedForm
from ui.undoing import say_done
from ui.widgets.card import Card
from ui.widgets.contents import take_out
from ui.widgets.fitting_scroll import FittingScroll
from ui.widgets.flow import Flow
from ui.widgets.roles import button, label
from ui.wording import word_of

_SHOWN: Final = 3  # steps with a button of their own
_LEAST: Final = 150  # pixels of a form that always show


class NextStepCard(Card):
    """The steps and notes of one suggestion."""

    begun = Signal()
    """A form was opened."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(_("Next step"))
        self._bench: Final = bench
        self._card: HandlingCard | None = None
        self._typed: Final[dict[tuple[Id, Deed], Entry]] = {}
        self._draft: Final = HeldDraft()
        self.form: Final = DeedForm(bench)
        self.deeds: Final[dict[Deed, QPushButton | QAction]] = {}
        """What begins each step that is offered."""
        self._row: Final = QWidget()
        self._flow: Final = Flow(self._row)
        self.nothing: Final = label("", "soft", wrap=True)
        self.room: Final = FittingScroll(self.form, bench.theme.px(_LEAST))
        for each in (self.nothing, self._row, self.room, self.form.deeds):
            self.add(each)
        self.room.hide()
        self.form.deeds.hide()
        self.form.changed.connect(self._draft.touch)
        self.form.wanted.connect(self.save)
        self.form.left.connect(self.close_form)

    # --- what is shown

    def show_card(self, card: HandlingCard, kept: Mapping[Deed, Entry] | None = None) -> None:
        """Show what can be done; what is being typed for another suggestion waits until that is shown again.

        `kept` is what was typed before the program ended.
        """
        before, self._card = self._card, card
        self._row.setEnabled(True)
        id, allowed = card.suggestion.id, card.deeds
        same = before is not None and before.suggestion.id == id
        if self.form_open() and same and self.form.deed in allowed:
            return
        if before and not same:
            self._put_aside(before.suggestion)
        for deed, entry in (kept or {}).items():
            if deed in allowed:
                self._typed.setdefault((id, deed), entry)
            else:  # the suggestion went another way meanwhile
                self._forget(step_key(id, deed))
        self._offer(card)
        waiting = next((deed for of, deed in self._typed if of == id and deed in allowed), None)
        if waiting and not same:
            self.begin(waiting)
        else:
            self._show_form(wanted=False)

    def form_open(self) -> bool:
        """Whether a step is being filled in."""
        return not self.room.isHidden()

    # --- deeds

    def begin(self, deed: Deed) -> None:
        """Open the form of a step."""
        card = self._card
        if card is None:
            return
        suggestion = card.suggestion
        self._draft.let_go()
        self._show_form(wanted=True)
        self.form.begin(deed, card, self._typed.pop((suggestion.id, deed), None))
        if "merged_into" in self.form.editors:
            workspace = self._bench.workspace
            self._bench.background.ask(
                self,
                lambda: suggestions_to_merge(workspace, suggestion.id),
                self.form.offer_merging,
                self._bench.feedback.fail,
                topic="merging",
            )
        key = step_key(suggestion.id, deed)
        self._draft.hold(DraftKeeper(self._bench, key, STEP_DRAFT, lambda: entry_told(suggestion, deed, self.form.read()), self))
        self.begun.emit()

    def keep(self) -> None:
        """Keep what is typed at once."""
        self._draft.keep()

    def save(self) -> None:
        """Take the step."""
        card, deed = self._card, self.form.deed
        if card is None or deed is None:
            return
        if wrong := self.form.malformed():
            self.form.complain(wrong)
            return
        workspace, entry = self._bench.workspace, self.form.read()
        self.form.complain(())
        self.form.save.setEnabled(False)
        self._draft.pause()
        self._bench.background.do(
            self,
            lambda _progress: take_step(workspace, card.suggestion.id, deed, entry, seen=card.heads),
            lambda done: self._saved(done, deed),
            self._fail,
        )

    def close_form(self) -> bool:
        """Close the form; False where none was open. What was typed is there when the step is begun again."""
        if not self.form_open():
            return False
        if self._card:
            self._put_aside(self._card.suggestion)
        self._show_form(wanted=False)
        return True

    def step_back(self) -> bool:
        """Esc: close the form where the cursor is in it."""
        there = QApplication.focusWidget()
        return there is not None and self.isAncestorOf(there) and self.close_form()

    def _saved(self, done: Done, deed: Deed) -> None:
        self._draft.let_go()
        self.form.save.setEnabled(True)
        self._show_form(wanted=False)
        self._row.setEnabled(False)  # until it is known what comes next: a quick hand would take a step from where it stood
        hints = "".join(problem_told(each) for each in done.hints)
        told = _("{step}: saved.").format(step=word_of(deed))
        say_done(self._bench, self, f"{told}　{hints}" if hints else told, done)

    def _fail(self, error: AppError) -> None:
        self._draft.touch()
        self.form.save.setEnabled(True)
        if problems := stopped_by(error):
            self.form.complain(problems)
            if not any(each.field in self.form.fields for each in problems):
                self._bench.feedback.fail(error)
        else:
            self._bench.feedback.fail(error)

    # --- how

    def _forget(self, key: str) -> None:
        workspace = self._bench.workspace
        self._bench.background.do(
            self, lambda _progress: discard_draft(workspace, key), lambda _none: None, self._bench.feedback.fail
        )

    def _put_aside(self, suggestion: Suggestion) -> None:
        """Remember what was typed and not saved; where nothing would be missed, forget that it was begun."""
        if self.form_open() and self.form.deed:
            if self._draft.pending or self.form.read().words:
                self._typed[suggestion.id, self.form.deed] = self.form.read()
                self.keep()
            else:
                self._draft.discard()
        self._draft.let_go()

    def _show_form(self, *, wanted: bool) -> None:
        offered = bool(self.deeds)
        self.room.setVisible(wanted)
        self.form.deeds.setVisible(wanted)
        self.heading.setVisible(not wanted)
        self._row.setVisible(not wanted and offered)
        self.nothing.setVisible(not wanted and not offered)

    def _offer(self, card: HandlingCard) -> None:
        take_out(self._flow)
        self.deeds.clear()
        returned = _("It came back: the deputy writes at it again, and hands it in again. Open it, then “Write at it again”.")
        over = _("Nothing can be done with it here any more.")
        self.nothing.setText(returned if card.suggestion.state == SuggestionState.RETURNED else over)
        first, others = card.events[:_SHOWN], card.events[_SHOWN:]
        for deed in first:
            made = button(word_of(deed))
            made.clicked.connect(partial(self._begin, deed))
            self.deeds[deed] = made
            self._put(made)
        if others:
            self._put(self._more(_("Other steps"), others))
        if card.notes:
            self._put(self._more(_("Write down"), card.notes))

    def _more(self, words: str, deeds: Sequence[Deed]) -> QPushButton:
        made = button(words)
        menu = QMenu(made)
        for deed in deeds:
            self.deeds[deed] = action = menu.addAction(word_of(deed))
            action.triggered.connect(partial(self._begin, deed))
        made.setMenu(menu)
        return made

    def _put(self, made: QPushButton) -> None:
        self._flow.addWidget(made)
        made.show()

    def _begin(self, deed: Deed, _checked: bool = False) -> None:
        self.begin(deed)
