"""What one meeting decided of the suggestions chosen in the list: entered once, written down with each of them."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.life import SuggestionEvent
from app.domain.problems import Problem
from app.domain.suggestion_steps import STEP_DRAFT, TOGETHER, Deed, entry_told
from app.domain.values import Id
from app.errors import AppError
from app.i18n import _, ngettext
from app.queries.suggestion_handling import HandlingCard, handling_card
from app.use_cases.suggestion_steps import Decided, decide_together, step_key
from ui.forms.draft_keeper import DraftKeeper
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
    """Shown where two or more suggestions are chosen; what is typed is kept with the first of them."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(role="now")
        self._bench: Final = bench
        self._titles: tuple[tuple[Id, str], ...] = ()
        self._card: HandlingCard | None = None
        self._keeper: DraftKeeper | None = None
        self.about: Final = label("", "strong", wrap=True)
        self._row = Flow()
        self.form: Final = DeedForm(bench)
        self.numbers: Final = CaseNumbers()
        self.room: Final = FittingScroll(self._inside(), bench.theme.px(_LEAST))
        self.add(self.about)
        self.body.addLayout(self._row)
        self.add(self.room)
        self.add(self.form.deeds)
        self._open_form(wanted=False)
        self.form.changed.connect(self._touch)
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
        self._bench.background.ask(self, lambda: handling_card(workspace, first), self._offer, self._fail, topic="together")

    def begin(self, deed: Deed, _checked: bool = False) -> None:
        """Open the form of a decision."""
        card = self._card
        if card is None:
            return
        self._open_form(wanted=True)
        self.form.begin(deed, card)
        self.numbers.setVisible(deed is SuggestionEvent.ACCEPT)
        self.numbers.show_suggestions(self._titles if deed is SuggestionEvent.ACCEPT else ())
        self._keeper = DraftKeeper(
            self._bench,
            step_key(card.suggestion.id, deed),
            STEP_DRAFT,
            lambda: entry_told(card.suggestion, deed, self.form.read()),
            self,
        )

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
        """Close the form; what was typed is kept with the first suggestion."""
        if self._keeper and self._keeper.pending():
            self._keeper.keep_now()
        if self._keeper:
            self._keeper.retire()
        self._keeper = None
        self._open_form(wanted=False)

    def _offer(self, card: HandlingCard) -> None:
        if len(self._ids) < 2 or card.suggestion.id != self._ids[0]:
            return
        self._card = card
        take_out(self._row)
        many = len(self._ids)
        told = ngettext("{count} suggestion chosen", "{count} suggestions chosen", many).format(count=many)
        possible = [each for each in card.deeds if each in TOGETHER]
        nothing = _("A meeting decides nothing where they stand.")
        self.about.setText(told if possible else f"{told}　{nothing}")
        for each in possible:
            made = button(_("Decided: {step}").format(step=word_of(each)))
            made.clicked.connect(partial(self.begin, each))
            self._row.addWidget(made)
            made.show()
        self.show()

    def _saved(self, deed: Deed, decided: Decided) -> None:
        if self._keeper:
            self._keeper.discard()
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
        if first := self.form.editors.get("case_number"):
            self.numbers.count_from(first.read())
        if self._keeper:
            self._keeper.touch()

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
        self.room.setVisible(wanted)
        self.form.deeds.setVisible(wanted)

    def _fail(self, error: AppError) -> None:
        self._bench.feedback.fail(error)
