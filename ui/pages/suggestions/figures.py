"""Figures of suggestions: how reviews ended by congress, year and reason, and what deputies said of replies, in totals alone."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QGridLayout, QPushButton, QVBoxLayout, QWidget

from app.domain.review import ReviewOutcome
from app.domain.satisfaction import Satisfaction
from app.domain.values import CodeSet
from app.errors import AppError
from app.i18n import _, ngettext
from app.messages.shares import share_told
from app.queries.evaluation_totals import EvaluationTotals, evaluation_totals
from app.queries.suggestion_outcomes import Counted, OutcomeBook, Outcomes, Share, outcome_book, suggestion_outcomes
from app.use_cases.ledger_table import FORMAT, SavedLedger
from app.use_cases.outcome_table import RATES, save_outcomes
from app.workspace import Workspace
from ui.forms.category_box import CategoryBox
from ui.page import Workbench
from ui.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.contents import take_out
from ui.widgets.flow import Flow
from ui.widgets.roles import button, label
from ui.widgets.scrolled import scrolled
from ui.wording import word_of

_LETTERS: Final = 8, 14  # of the boxes of year and congress
_COUNTS: Final = 3, 1, 6  # shares of the width: words, a figure, what it is a share of
_ANSWERS: Final = 2, 4, 4  # words, every level, both rates


class FiguresView(QWidget):
    """The boxes above narrow the figures; `opened` asks for the suggestions behind one, with what it is called."""

    opened = Signal(object, str)

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self._bench: Final = bench
        self.year: Final = CategoryBox()
        self.body: Final = CategoryBox()
        self.save_button: Final = button(_("Save as a table …"))
        self.reviews: Final = Card(_("Results of review"))
        self.reasons: Final = Card(_("Why not handled as suggestions"))
        self.evaluations: Final = Card(_("Evaluation by the deputies"))
        self.doors: Final[dict[Counted, QPushButton]] = {}
        """Each figure that leads to its suggestions."""
        self._grids: Final = {card: _grid(card, _COUNTS) for card in (self.reviews, self.reasons)}
        self._answers: Final = _grid(self.evaluations, _ANSWERS)
        self.again: Final = label(_("One that was returned and came again counts with each outcome it had."), "small", wrap=True)
        self.reviews.add(self.again)
        self.unseen: Final = label(
            _("Sealed answers come into sight five at a time, so that nobody learns what one deputy said."), "small", wrap=True
        )
        self.evaluations.add(self.unseen)
        self._arrange()

    def refresh(self) -> None:
        """Ask for the figures anew."""
        workspace, year, body = self._bench.workspace, int(self.year.code() or 0), self.body.code()
        ask = self._bench.background.ask
        ask(self, lambda: outcome_book(workspace), self._offer, self._fail, topic="outcome book")
        ask(self, lambda: suggestion_outcomes(workspace, year=year, body=body), self._show, self._fail, topic="outcomes")
        ask(self, lambda: _totals(workspace, year), self._show_totals, self._fail, topic="totals")

    # --- results of review

    def _offer(self, book: OutcomeBook) -> None:
        """The years and congresses there are figures of."""
        years = {str(each): str(each) for each in book.years}
        bodies = {id: name for id, name in book.bodies.items() if id and name}
        for box, names, every in ((self.year, years, _("All years")), (self.body, bodies, _("All congresses"))):
            blocked = box.blockSignals(True)
            box.show_names(names)
            box.setItemText(0, every)
            box.blockSignals(blocked)

    def _show(self, found: Outcomes) -> None:
        self.doors.clear()
        rows = list(_review_rows(found))
        self._fill(self.reviews, rows)
        reasons = [(word_of(code) if isinstance(code, CodeSet) else code, share) for code, share in found.refused.items()]
        self._fill(self.reasons, reasons)
        self.reasons.setVisible(bool(reasons))
        self.again.setVisible(bool(found.again.many))

    def _fill(self, card: Card, rows: Sequence[tuple[str, Share]]) -> None:
        grid = self._grids[card]
        take_out(grid)
        for number, (words, share) in enumerate(rows):
            grid.addWidget(label(words, wrap=True), number, 0)
            grid.addWidget(self._door(words, share), number, 1, Qt.AlignmentFlag.AlignRight)
            grid.addWidget(label(_of_what(share), "soft", wrap=True), number, 2)

    def _door(self, words: str, share: Share) -> QPushButton:
        made = button(f"{share.many:,}", "link")
        made.setAccessibleName(f"{words} {share.many}")
        made.setEnabled(bool(share.many))
        made.setToolTip(_("Show these suggestions"))
        made.clicked.connect(partial(self._open, share.counted, words))
        self.doors[share.counted] = made
        return made

    def _open(self, counted: Counted, words: str, _checked: bool = False) -> None:
        narrowed = (self.year.currentText() if counted.year else "", self.body.currentText() if counted.body else "", words)
        self.opened.emit(counted, "　".join(each for each in narrowed if each))

    # --- evaluation

    def _show_totals(self, found: Sequence[EvaluationTotals]) -> None:
        grid = self._answers
        take_out(grid)
        row = 0
        for totals in found:
            grid.addWidget(label(_returned(totals), "strong", wrap=True), row, 0, 1, 3)
            answers = ((_("Attitude of the unit"), totals.attitude), (_("Result of handling"), totals.result))
            for number, (words, levels) in enumerate(answers, start=row + 1):
                whole = sum(levels.values())
                each = "　".join(f"{word_of(level)} {levels.get(level, 0)}" for level in Satisfaction)
                grid.addWidget(label(words, wrap=True), number, 0, Qt.AlignmentFlag.AlignTop)
                grid.addWidget(label(each if whole else _("none in sight"), wrap=True), number, 1, Qt.AlignmentFlag.AlignTop)
                grid.addWidget(label("\n".join(_rates(levels)), "soft", wrap=True), number, 2)
            row += 3
        if not found:
            grid.addWidget(label(_("No evaluation has been entered."), "soft", wrap=True), 0, 0)
        self.unseen.setVisible(any(each.sealed for each in found))

    # --- saving

    def save_to(self, path: Path) -> None:
        """Save the figures of every congress and year under a name, whole or not at all."""
        self._bench.settings.last_folder = str(path.parent)
        workspace = self._bench.workspace
        self._bench.background.do(
            self, lambda _progress: save_outcomes(workspace, path), self._saved, self._fail, title=_("Saving the table")
        )

    def _ask_where(self) -> None:
        proposed = str(Path(self._bench.settings.last_folder or Path.home()) / (_("Figures of suggestions") + FORMAT))
        chosen, _filter = QFileDialog.getSaveFileName(self, _("Save as a table"), proposed, f"Excel (*{FORMAT})")
        if chosen:
            path = Path(chosen)
            self.save_to(path if path.suffix.lower() == FORMAT else path.with_name(f"{path.name}{FORMAT}"))

    def _saved(self, saved: SavedLedger) -> None:
        self._bench.feedback.say(_("Saved: {path}").format(path=saved.path))

    def _fail(self, error: AppError) -> None:
        self._bench.feedback.fail(error)

    def _arrange(self) -> None:
        bar = QWidget()
        flow = Flow(bar)
        for box, name, letters in zip((self.year, self.body), (_("Year"), _("Congress")), _LETTERS, strict=True):
            box.setMinimumContentsLength(letters)
            box.setAccessibleName(name)
            box.activated.connect(lambda _at: self.refresh())
            flow.addWidget(box)
        flow.addWidget(self.save_button)
        self.save_button.clicked.connect(self._ask_where)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, SPACE.tiny, 0)
        column.setSpacing(SPACE.large)
        for card in (self.reviews, self.reasons, self.evaluations):
            column.addWidget(card)
        column.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE.large)
        layout.addWidget(bar)
        layout.addWidget(scrolled(inside), 1)


def _grid(card: Card, widths: tuple[int, int, int]) -> QGridLayout:
    """Rows of words, a figure, and what it is a share of."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(SPACE.large)
    grid.setVerticalSpacing(SPACE.small)
    for column, stretch in enumerate(widths):
        grid.setColumnStretch(column, stretch)
    card.body.addLayout(grid)
    return grid


def _review_rows(found: Outcomes) -> Iterator[tuple[str, Share]]:
    yield _("Submitted"), found.submitted
    yield _("Accepted"), found.accepted
    yield _("Reviewed more than once"), found.again
    for (stage, outcome), share in found.ended.items():
        refused = outcome == ReviewOutcome.NOT_PROCESSED and found.refusal_word
        word = refused or (word_of(outcome) if isinstance(outcome, CodeSet) else outcome)
        yield f"{word_of(stage) if isinstance(stage, CodeSet) else stage}　{word}", share


def _of_what(share: Share) -> str:
    """What a figure is a share of, in words, and its percentage."""
    counted, told = share.counted, share_told(share.many, share.whole)
    if not share.whole:
        return ""
    if counted.outcome:
        return _("{share} that came to this review").format(share=told)
    if counted.reason:
        return _("{share} that were refused for a reason of the list").format(share=told)
    return _("{share} submitted").format(share=told) if counted.figure == "accepted" else _("{share} reviewed").format(share=told)


def _totals(workspace: Workspace, year: int) -> tuple[EvaluationTotals, ...]:
    return tuple(each for each in evaluation_totals(workspace) if not year or each.year == year)


def _returned(totals: EvaluationTotals) -> str:
    told = _("{year}: {returned} came back, {sealed} of them sealed").format(
        year=totals.year or _("without a year"), returned=share_told(totals.returned, totals.sent), sealed=totals.sealed
    )
    hidden = ngettext("{count} not counted yet", "{count} not counted yet", totals.hidden).format(count=totals.hidden)
    return "　".join((told, hidden)) if totals.hidden else told


def _rates(answers: Mapping[Satisfaction, int]) -> Iterator[str]:
    """Both rates, each with what it is a share of."""
    whole = sum(answers.values())
    for words, rate in zip((_("satisfied: {share}"), _("with basically satisfied: {share}")), RATES, strict=True):
        if whole:
            yield words.format(share=share_told(sum(answers.get(each, 0) for each in rate), whole))
