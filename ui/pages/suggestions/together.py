"""What one meeting decided of the suggestions chosen in the list: entered once, written down with each of them."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.life import SuggestionEvent
from app.domain.problems import Problem
from app.domain.suggestion_steps import STEP_DRAFT, TOGETHER, Deed, entry_told
from app.domain.values import Id, Json
from app.errors import AppError
from app.i18n import _, ngettext
from app.queries.suggestion_handling import HandlingCard, handling_card
from app.use_cases.batch_drafts import Batch, Chosen, batch_key, batch_told, unsaved_batches
from app.use_cases.suggestion_steps import Decided, decide_together
from app.workspace import Workspace
from ui.forms.draft_keeper import DraftKeeper, HeldDraft
from ui.page import Workbench
from ui.pages.suggestions.case_numbers import CaseNumbers
from ui.pages.suggestions.deed_form import DeedForm
from ui.theme import SPACE
from ui.undoing import say_done
from ui.widgets.card import Card
from ui.widgets.contents import take_out
from ui.widgets.fitting_scroll import FittingScroll
from ui.widgets.flow import Flow
from ui.widgets.roles import button, label
from ui.wording import word_of

_LEAST: Final = 120  # pixels of the form that always show


class TogetherCard(Card):
    """Shown where two or more suggestions are chosen; what is typed is there again when the same are chosen."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(role="now")
        self._bench: Final = bench
        self._titles: tuple[tuple[Id, str], ...] = ()
        self._card: HandlingCard | None = None
        self._draft: Final = HeldDraft()
        self.about: Final = label("", "strong", wrap=True)
        self._row = QWidget()
        self._flow = Flow(self._row)
        self.form: Final = DeedForm(bench)
        self.numbers: Final = CaseNumbers()
        self.room: Final = FittingScroll(self._inside(), bench.theme.px(_LEAST))
        self.add(self.about)
        self.add(self._row)
        self.add(self.room)
        self.add(self.form.deeds)
        self._open_form(wanted=False)
        self.form.changed.connect(self._touch)
        self.numbers.changed.connect(self._draft.touch)
        self.form.wanted.connect(self.save)
        self.form.left.connect(self.close_form)
        self.hide()

    @property
    def _ids(self) -> tuple[Id, ...]:
        return tuple(id for id, _title in self._titles)

    def show_chosen(self, titles: Sequence[tuple[Id, str]]) -> None:
        """These are chosen now, each with its title; what they can be decided together follows from where the first stands."""
        if tuple(titles) == self._titles:
            return
        self._titles = tuple(titles)
        self.close_form()
        if len(titles) < 2:
            self.hide()
            return
        workspace, first = self._bench.workspace, self._ids[0]
        self._bench.background.ask(self, lambda: _laid(workspace, first), self._offer, self._fail, topic="together")

    def begin(self, deed: Deed, _checked: bool = False, *, kept: Batch | None = None) -> None:
        """Open the form of a decision; `kept` is what was typed of it before."""
        card = self._card
        if card is None:
            return
        self._draft.keep()
        self._draft.let_go()
        self._open_form(wanted=True)
        own = {each.id: each.number for each in kept.chosen} if kept else {}
        chosen = [Chosen(id=id, title=title, number=own.get(id, "")) for id, title in self._titles]
        self.numbers.setVisible(deed is SuggestionEvent.ACCEPT)
        self.numbers.show_suggestions(chosen if deed is SuggestionEvent.ACCEPT else ())
        self.form.begin(deed, card, kept.entry if kept else None)
        self._number()
        key = kept.key if kept else batch_key(card.suggestion.id, deed)
        self._draft.hold(DraftKeeper(self._bench, key, STEP_DRAFT, partial(self._told, deed), self))

    def save(self) -> None:
        """Write the decision down with every suggestion chosen, or with none."""
        deed = self.form.deed
        if deed is None:
            return
        if wrong := self.form.malformed():
            self.form.complain(wrong)
            return
        workspace, ids, entry, numbers = self._bench.workspace, self._ids, self.form.read(), self.numbers.read()
        self.form.complain(())
        self._bench.background.do(
            self,
            lambda _progress: decide_together(workspace, ids, deed, entry, numbers),
            partial(self._saved, deed),
            self._refused,
        )

    def close_form(self) -> None:
        """Close the form; what was typed is kept."""
        self._draft.keep()
        self._draft.let_go()
        self._open_form(wanted=False)

    def _offer(self, laid: tuple[HandlingCard, tuple[Batch, ...]]) -> None:
        card, batches = laid
        if len(self._ids) < 2 or card.suggestion.id != self._ids[0]:
            return
        self._card = card
        take_out(self._flow)
        many = len(self._ids)
        told = ngettext("{count} suggestion chosen", "{count} suggestions chosen", many).format(count=many)
        possible = [each for each in card.deeds if each in TOGETHER]
        nothing = _("A meeting decides nothing where they stand.")
        self.about.setText(told if possible else f"{told}　{nothing}")
        for each in possible:
            made = button(_("Decided: {step}").format(step=word_of(each)))
            made.clicked.connect(partial(self.begin, each))
            self._flow.addWidget(made)
            made.show()
        self.show()
        of_these = (each for each in batches if {one.id for one in each.chosen} == set(self._ids) and each.deed in possible)
        if kept := next(of_these, None):
            self.begin(kept.deed, kept=kept)

    def _saved(self, deed: Deed, decided: Decided) -> None:
        self._draft.discard()
        self.close_form()
        many = len(decided.ids)
        told = ngettext("{step}: saved with {count} suggestion.", "{step}: saved with {count} suggestions.", many)
        say_done(self._bench, self, told.format(step=word_of(deed), count=many), decided.done)

    def _refused(self, error: AppError) -> None:
        problems = error.facts.get("problems", ())
        if isinstance(problems, tuple):
            self.form.complain([each for each in problems if isinstance(each, Problem)])
        self._fail(error)

    def _touch(self) -> None:
        self._number()
        self._draft.touch()

    def _number(self) -> None:
        if first := self.form.editors.get("case_number"):
            self.numbers.count_from(first.read())

    def _told(self, deed: Deed) -> dict[str, Json]:
        """The form as it is kept."""
        assert self._card is not None
        own = self.numbers.own()
        chosen = [Chosen(id=id, title=title, number=own.get(id, "")) for id, title in self._titles]
        return batch_told(entry_told(self._card.suggestion, deed, self.form.read()), chosen)

    def _inside(self) -> QWidget:
        """The form, and below it the numbers that each suggestion gets where they are accepted."""
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.small)
        column.addWidget(self.form)
        column.addWidget(self.numbers)
        return inside

    def _open_form(self, *, wanted: bool) -> None:
        self._row.setVisible(not wanted)  # the form needs the room
        self.room.setVisible(wanted)
        self.form.deeds.setVisible(wanted)

    def _fail(self, error: AppError) -> None:
        self._bench.feedback.fail(error)


def _laid(workspace: Workspace, first: Id) -> tuple[HandlingCard, tuple[Batch, ...]]:
    """Where the first of them stands, and what was typed of decisions and not saved."""
    return handling_card(workspace, first), unsaved_batches(workspace)
