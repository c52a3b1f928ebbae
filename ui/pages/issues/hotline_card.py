"""What the hotline (12345) says of an issue that went there: shown, and entered in a small form in its place."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.domain.hotline import HotlineEntry, hotline_entry, hotline_told
from app.domain.issue import FeedbackWay, Issue, IssueResult, Route
from app.domain.issue_steps import STEP_DRAFT
from app.domain.problems import Problem, stopped_by
from app.errors import AppError
from app.i18n import _
from app.messages import problem_told
from app.queries.issue_card import IssueCard
from app.use_cases.hotline import hotline_key, save_hotline
from app.use_cases.issues import Done
from ui.forms.draft_keeper import DraftKeeper, HeldDraft
from ui.forms.enter_moves import EnterMoves
from ui.forms.field_row import FieldRow
from ui.forms.optional_day import OptionalDay
from ui.page import Workbench
from ui.theme import SPACE
from ui.undoing import say_done
from ui.widgets.card import Card
from ui.widgets.code_box import CodeBox
from ui.widgets.facts import Facts
from ui.widgets.field import Field
from ui.widgets.long_text import LongText
from ui.widgets.roles import button
from ui.wording import day_told, word_of

_TEXT: Final = 84  # pixels of the answer: two lines


class HotlineForm(QWidget):
    """An entry in, an entry out; `changed` tells that something was typed."""

    changed = Signal()

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        theme = bench.theme
        self._bench: Final = bench
        self._entry = HotlineEntry()
        self.number: Final = Field(_("Work order"), QLineEdit())
        self.accepted: Final = Field(_("Taken up on"), OptionalDay(self._today))
        self.result: Final = Field(_("Result of handling"), CodeBox(IssueResult))
        self.answered: Final = Field(_("Answered on"), OptionalDay(self._today))
        self.account: Final = Field(_("What was done"), LongText(theme, is_heading=lambda _line: False))
        self.told: Final = Field(_("Resident told on"), OptionalDay(self._today))
        self.way: Final = Field(_("By what way"), CodeBox(FeedbackWay))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE.small)
        layout.addWidget(FieldRow(theme, [(self.number, 9), (self.accepted, 8)]))
        layout.addWidget(FieldRow(theme, [(self.result, 9), (self.answered, 8)]))
        layout.addWidget(self.account)
        layout.addWidget(FieldRow(theme, [(self.told, 9), (self.way, 8)]))
        self._measure()
        theme.changed.connect(self._measure)
        enter = EnterMoves(self)
        for field in (self.number, self.accepted, self.result, self.answered, self.told, self.way):
            enter.watch(field.editor)
        for line in (self.number, self.accepted, self.answered, self.told):
            line.editor.textChanged.connect(lambda _text: self.changed.emit())
        for box in (self.result, self.way):
            box.editor.currentIndexChanged.connect(lambda _index: self.changed.emit())
        self.account.editor.textChanged.connect(self.changed)

    def show_entry(self, entry: HotlineEntry) -> None:
        """Show what is known."""
        self._entry = entry
        blocked = self.blockSignals(True)
        self.number.editor.setText(entry.number)
        self.accepted.editor.show_day(entry.accepted_on)
        self.result.editor.show_code(entry.result)
        self.answered.editor.show_day(entry.answered_on)
        self.account.editor.show_text(entry.account)
        self.told.editor.show_day(entry.told_on)
        self.way.editor.show_code(entry.told_way)
        self.complain(())
        self.blockSignals(blocked)

    def read(self) -> HotlineEntry:
        """What stands in the form."""
        return HotlineEntry(
            number=self.number.editor.text().strip(),
            accepted_on=self.accepted.editor.day(),
            result=self.result.editor.code(),
            account=self.account.editor.text().strip(),
            answered_on=self.answered.editor.day(),
            told_on=self.told.editor.day(),
            told_way=self.way.editor.code(),
            told=self._entry.told,
        )

    def wrong(self) -> tuple[Problem, ...]:
        """The days that are none."""
        days = (("accepted_on", self.accepted), ("answered_on", self.answered), ("told_on", self.told))
        return tuple(
            Problem(code="day_malformed", field=name, facts={"text": each.editor.text()})
            for name, each in days
            if each.editor.malformed()
        )

    def complain(self, problems: tuple[Problem, ...]) -> None:
        """Say beside each field what is wrong with it, and go to the first; nothing wrong clears all."""
        told = {each.field: problem_told(each) for each in problems}
        fields: dict[str, Field[OptionalDay] | Field[QLineEdit]] = {
            "number": self.number,
            "accepted_on": self.accepted,
            "answered_on": self.answered,
            "told_on": self.told,
        }
        for name, field in fields.items():
            field.complain(told.get(name, ""))
        if first := next((field for name, field in fields.items() if name in told), None):
            first.setFocus()

    def _today(self) -> date:
        return self._bench.workspace.clock.today().date()

    def _measure(self) -> None:
        self.account.editor.setFixedHeight(self._bench.theme.px(_TEXT))


class HotlineCard(Card):
    """There for what went to the hotline. What is typed is kept, and waits where another issue is looked at."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(_("12345 hotline"))
        self._bench: Final = bench
        self._card: IssueCard | None = None
        self._draft: Final = HeldDraft()
        self.facts: Final = Facts()
        self.form: Final = HotlineForm(bench)
        self.enter: Final = button(_("Enter what came back"), "link")
        self.save: Final = button(_("Save"))
        self.close_button: Final = button(_("Cancel"))
        self._deeds = QWidget()
        line = QHBoxLayout(self._deeds)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(SPACE.small)
        line.addWidget(self.save)
        line.addWidget(self.close_button)
        line.addStretch(1)
        for each in (self.facts, self.form, self._deeds):
            self.add(each)
        self.body.addWidget(self.enter, 0, Qt.AlignmentFlag.AlignLeft)
        self._connect()
        self._open(wanted=False)

    def show_card(self, card: IssueCard, kept: HotlineEntry | None) -> None:
        """Show what is known of this issue; `kept` was typed for it and not saved. What is being typed stays."""
        same = self._card is not None and self._card.issue.id == card.issue.id
        if same and self.form_open():
            self._card = card
            return
        self.put_aside()
        self._card = card
        self.facts.show_facts(self._facts(card.issue))
        self.setVisible(card.issue.route == Route.HOTLINE_12345 or bool(card.issue.work_order))
        self._open(wanted=False)
        if kept and not same:
            self.begin(kept)

    def form_open(self) -> bool:
        """Whether something is being entered."""
        return not self.form.isHidden()

    def begin(self, kept: HotlineEntry | None = None) -> None:
        """Open the form."""
        if self._card is None:
            return
        issue = self._card.issue
        self.form.show_entry(kept or hotline_entry(issue))
        key = hotline_key(issue.id)
        self._draft.hold(DraftKeeper(self._bench, key, STEP_DRAFT, lambda: hotline_told(issue, self.form.read()), self))
        self.setVisible(True)
        self._open(wanted=True)
        self.form.number.setFocus()

    def keep(self) -> None:
        """Keep what is typed at once."""
        self._draft.keep()

    def put_aside(self) -> None:
        """Leave the form; what was typed is kept."""
        self.keep()
        self._draft.let_go()
        self._open(wanted=False)

    def save_entry(self) -> None:
        """Save what stands in the form."""
        card, entry, wrong = self._card, self.form.read(), self.form.wrong()
        self.form.complain(wrong)
        if card is None or wrong:
            return
        self._draft.pause()
        workspace = self._bench.workspace
        self._bench.background.do(
            self,
            lambda _progress: save_hotline(workspace, card.issue.id, entry, seen=card.heads),
            self._saved,
            self._fail,
        )

    def _give_up(self) -> None:
        self._draft.discard()
        self._draft.let_go()
        self._open(wanted=False)
        self.enter.setFocus()

    def _saved(self, done: Done) -> None:
        self._draft.let_go()
        self._open(wanted=False)
        say_done(self._bench, self, _("Saved."), done)

    def _fail(self, error: AppError) -> None:
        self._draft.touch()
        if problems := stopped_by(error):
            self.form.complain(problems)
        else:
            self._bench.feedback.fail(error)

    # --- how

    def _open(self, *, wanted: bool) -> None:
        self.form.setVisible(wanted)
        self._deeds.setVisible(wanted)
        self.facts.setVisible(not wanted)
        self.enter.setVisible(not wanted)

    def _facts(self, issue: Issue) -> Iterator[tuple[str, str]]:
        today = self._bench.workspace.clock.today().date()
        yield _("Work order"), issue.work_order
        yield _("Taken up on"), day_told(issue.work_order_on, today=today)
        yield _("Result of handling"), word_of(issue.result)
        yield _("Resident told on"), day_told(issue.feedback_on, today=today)

    def _connect(self) -> None:
        self.enter.clicked.connect(lambda: self.begin())
        self.save.clicked.connect(self.save_entry)
        self.save.setToolTip(_("Ctrl+Enter"))
        self.close_button.clicked.connect(self._give_up)
        self.form.changed.connect(self._draft.touch)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self.form)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.save_entry)
