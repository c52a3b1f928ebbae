"""What can be done with an issue now: the allowed steps as buttons, and in their place the form of the one begun."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMenu, QPushButton, QWidget

from app.domain.issue import Issue
from app.domain.issue_steps import STEP_DRAFT, StepEntry, entry_told, next_steps
from app.domain.life import IssueEvent
from app.domain.problems import stopped_by
from app.domain.values import Id
from app.errors import AppError
from app.i18n import _
from app.queries.issue_card import IssueCard
from app.queries.units import UnitRow
from app.use_cases.drafts import discard_draft
from app.use_cases.issues import Done, step_issue, step_key
from ui.forms.draft_keeper import DraftKeeper, HeldDraft
from ui.page import Workbench
from ui.pages.issues.step_form import StepForm, unsaid
from ui.undoing import say_done
from ui.widgets.card import Card
from ui.widgets.contents import take_out
from ui.widgets.fitting_scroll import FittingScroll
from ui.widgets.flow import Flow
from ui.widgets.roles import button, label
from ui.wording import word_of

_SHOWN: Final = 3  # steps with a button of their own; the others stand in a list
_LEAST: Final = 150  # pixels of a form that always show


class StepCard(Card):
    """Shows the steps of one issue; `begun` and `left` tell that a form was opened or closed."""

    begun = Signal()
    left = Signal()

    def __init__(self, bench: Workbench) -> None:
        super().__init__(_("Next step"))
        self._bench: Final = bench
        self._card: IssueCard | None = None
        self._operator = ""
        self._typed: Final[dict[tuple[Id, IssueEvent], StepEntry]] = {}
        self._draft: Final = HeldDraft()
        self.form: Final = StepForm(bench)
        self.deeds: Final[dict[IssueEvent, QPushButton | QAction]] = {}
        """What begins each step that is offered."""
        self._row: Final = QWidget()
        self._flow: Final = Flow(self._row)
        self.nothing: Final = label("", "soft", wrap=True)
        self.room: Final = FittingScroll(self.form, bench.theme.px(_LEAST))
        self.add(self.nothing)
        self.add(self._row)
        self.add(self.room)
        self.add(self.form.deeds)
        self.room.hide()
        self.form.deeds.hide()
        self.form.changed.connect(self._draft.touch)
        self.form.wanted.connect(self.save)
        self.form.left.connect(self.close_form)

    # --- what is shown

    def show_card(
        self, card: IssueCard, units: Sequence[UnitRow], operator: str, kept: Mapping[IssueEvent, StepEntry] | None = None
    ) -> None:
        """Show what can be done with this issue; what is being typed for another one waits until it is shown again.

        `kept` is what was typed before the program ended.
        """
        before, self._card, self._operator = self._card, card, operator
        self.form.offer_units(units)
        allowed = next_steps(card.issue)
        same = before is not None and before.issue.id == card.issue.id
        if self.form_open() and same and self.form.step in allowed:
            return
        if before and not same:
            self._put_aside(before.issue)
        for event, entry in (kept or {}).items():
            if event in allowed:
                self._typed.setdefault((card.issue.id, event), entry)
            else:  # the issue went another way meanwhile
                self._forget(step_key(card.issue.id, event))
        self._offer(allowed)
        waiting = next((event for id, event in self._typed if id == card.issue.id and event in allowed), None)
        if waiting and not same:
            self.begin(waiting)
        else:
            self._show_form(wanted=False)

    def offered(self) -> tuple[IssueEvent, ...]:
        """The steps offered, in their order."""
        return next_steps(self._card.issue) if self._card else ()

    def form_open(self) -> bool:
        """Whether a step is being filled in."""
        return not self.room.isHidden()

    # --- deeds

    def begin(self, event: IssueEvent) -> None:
        """Open the form of a step."""
        if self._card is None:
            return
        issue = self._card.issue
        self._show_form(wanted=True)
        self._draft.let_go()
        slip = max((each.slip for each in self._card.slips), key=lambda each: each.round, default=None)
        typed = self._typed.pop((issue.id, event), None)
        self.form.begin(event, issue, self._operator, typed, rules=self._card.rules, shared=bool(slip and slip.co_units))
        key = step_key(issue.id, event)
        self._draft.hold(DraftKeeper(self._bench, key, STEP_DRAFT, lambda: entry_told(issue, event, self.form.read()), self))
        self.begun.emit()

    def keep(self) -> None:
        """Keep what is typed at once."""
        self._draft.keep()

    def begin_here(self) -> None:
        """Put the cursor on the form that is open, else on the most likely step."""
        if self.form_open():
            self.form.words.setFocus()
        elif (item := self._flow.itemAt(0)) and (widget := item.widget()):
            widget.setFocus()

    def step_back(self) -> bool:
        """Esc: close the form, or leave the buttons; False where the cursor is elsewhere."""
        if self.close_form():
            return True
        there = QApplication.focusWidget()
        inside = there is not None and self.isAncestorOf(there)
        if inside:
            self.left.emit()
        return inside

    def save(self) -> None:
        """Take the step."""
        card, event = self._card, self.form.step
        if card is None or event is None:
            return
        workspace, entry = self._bench.workspace, self.form.read()
        self.form.complain(())
        self.form.save.setEnabled(False)
        self._draft.pause()
        self._bench.background.do(
            self,
            lambda _progress: step_issue(workspace, card.issue.id, event, entry, seen=card.heads),
            lambda done: self._saved(done, event),
            self._fail,
        )

    def close_form(self) -> bool:
        """Close the form; False where none was open. What was typed is there when the step is begun again."""
        if not self.form_open():
            return False
        if self._card:
            self._put_aside(self._card.issue)
        self._show_form(wanted=False)
        self.left.emit()
        return True

    def _saved(self, done: Done, event: IssueEvent) -> None:
        self._draft.let_go()
        self.form.save.setEnabled(True)
        self._show_form(wanted=False)
        self.left.emit()
        say_done(self._bench, self, _("{step}: saved.").format(step=word_of(event)), done)

    def _fail(self, error: AppError) -> None:
        self._draft.touch()
        self.form.save.setEnabled(True)
        if problems := stopped_by(error):
            self.form.complain(problems)
        else:
            self._bench.feedback.fail(error)

    # --- how

    def _forget(self, key: str) -> None:
        workspace = self._bench.workspace
        self._bench.background.do(
            self, lambda _progress: discard_draft(workspace, key), lambda _none: None, self._bench.feedback.fail
        )

    def _put_aside(self, issue: Issue) -> None:
        """Remember what was typed and not saved; where nothing would be missed, forget that it was begun."""
        if self.form_open() and self.form.step:
            entry = self.form.read()
            if not unsaid(entry, self._bench.workspace.clock.today().date()):
                self._typed[issue.id, self.form.step] = entry
                self.keep()
            else:
                self._draft.discard()
        self._draft.let_go()

    def _show_form(self, *, wanted: bool) -> None:
        self.room.setVisible(wanted)
        self.form.deeds.setVisible(wanted)
        self.heading.setVisible(not wanted)
        self._row.setVisible(not wanted and bool(self.offered()))
        self.nothing.setVisible(not wanted and not self.offered())

    def _offer(self, allowed: Sequence[IssueEvent]) -> None:
        take_out(self._flow)
        self.deeds.clear()
        self.nothing.setText(_("This state was set by a newer program; nothing can be done with it here."))
        first, others = allowed[:_SHOWN], allowed[_SHOWN:]
        for event in first if len(others) != 1 else allowed:
            made = button(word_of(event))
            made.clicked.connect(partial(self._begin, event))
            self.deeds[event] = made
            self._put(made)
        if len(others) > 1:
            self._put(self._more(others))

    def _more(self, events: Sequence[IssueEvent]) -> QPushButton:
        made = button(_("Other steps"))
        menu = QMenu(made)
        for event in events:
            self.deeds[event] = deed = menu.addAction(word_of(event))
            deed.triggered.connect(partial(self._begin, event))
        made.setMenu(menu)
        return made

    def _put(self, made: QPushButton) -> None:
        self._flow.addWidget(made)
        made.show()  # now, so that Enter in the list finds it

    def _begin(self, event: IssueEvent, _checked: bool = False) -> None:
        self.begin(event)
