"""The form of a round of checks: every item with its finding and what is missing, kept while it is written."""

from dataclasses import replace
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.domain.problems import stopped_by
from app.domain.station_check import ROUND_DRAFT, CheckFinding, StationCheck
from app.errors import AppError
from app.i18n import _
from app.messages import field_told, problem_told
from app.use_cases.issues import Done
from app.use_cases.station_checks import ROUND_KEY, CheckRound, new_round, save_round
from ui.forms.day_box import DayBox
from ui.forms.draft_keeper import DraftKeeper, HeldDraft
from ui.forms.form_deeds import FormDeeds
from ui.page import Workbench
from ui.theme import SPACE
from ui.undoing import say_done
from ui.widgets.code_box import CodeBox
from ui.widgets.contents import take_out
from ui.widgets.field import Field
from ui.widgets.roles import button, label
from ui.widgets.scrolled import scrolled

_LETTERS: Final = 8  # of the box of a finding


class RoundForm(QWidget):
    """Day and name above, the items by their groups below. `closed` tells that it was saved or left."""

    closed = Signal()

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self._bench: Final = bench
        self._round: CheckRound | None = None
        self._draft: Final = HeldDraft()
        self.day: Final = Field(field_told("station_check", "on"), DayBox())
        self.by: Final = Field(field_told("station_check", "checked_by"), QLineEdit())
        self.rest: Final = button(_("All others are in order"))
        self.problem: Final = label("", "problem", wrap=True)
        self.findings: Final[list[CodeBox]] = []
        self.accounts: Final[list[QLineEdit]] = []
        self.deeds: Final = FormDeeds(self, _("Save the round"))
        self._grid: Final = QGridLayout()
        self._arrange()
        self.deeds.wanted.connect(self.save)
        self.deeds.left.connect(self.leave)
        self.rest.clicked.connect(self._settle_rest)
        self.day.editor.dateChanged.connect(lambda _day: self._draft.touch())
        self.by.editor.textChanged.connect(lambda _text: self._draft.touch())

    def is_open(self) -> bool:
        """Whether a round is being written."""
        return self._round is not None

    def begin(self) -> None:
        """Lay a new round here, or go on with the one that was kept."""
        workspace = self._bench.workspace
        self._bench.background.ask(self, lambda: new_round(workspace), self._lay, self._bench.feedback.fail, topic="round")

    def keep(self) -> None:
        """Keep what is typed at once."""
        self._draft.keep()

    def leave(self) -> bool:
        """Leave the form, what was typed is kept; False where none is open."""
        if not self.is_open():
            return False
        self.keep()
        self._end()
        return True

    def read(self) -> CheckRound:
        """The round as it stands here."""
        assert self._round is not None
        lines = (
            replace(line, finding=box.code(), account=account.text().strip())
            for line, box, account in zip(self._round.lines, self.findings, self.accounts, strict=True)
        )
        return CheckRound(on=self.day.editor.day(), by=self.by.editor.text().strip(), lines=tuple(lines))

    def save(self) -> None:
        """Save what was looked at; the form stays with its sentence where something is missing."""
        if not self.is_open():
            return
        workspace, told = self._bench.workspace, self.read()
        self.problem.hide()
        self._draft.pause()
        self._bench.background.do(self, lambda _progress: save_round(workspace, told), self._saved, self._fail)

    def _lay(self, told: CheckRound) -> None:
        self._end(quietly=True)
        self._round = told
        blocked = [(each, each.blockSignals(True)) for each in (self.day.editor, self.by.editor)]
        if told.on:
            self.day.editor.show_day(told.on)
        self.by.editor.setText(told.by)
        for each, was in blocked:
            each.blockSignals(was)
        self._rows(told)
        self.problem.hide()
        self._draft.hold(DraftKeeper(self._bench, ROUND_KEY, ROUND_DRAFT, lambda: self.read().told(), self))
        self.findings[0].setFocus()

    def _rows(self, told: CheckRound) -> None:
        take_out(self._grid)
        self.findings.clear()
        self.accounts.clear()
        group, row = "", 0
        for line in told.lines:
            if line.group != group:
                group = line.group
                self._grid.addWidget(label(group, "section"), row, 0, 1, 3)
                row += 1
            self._row(line, row)
            row += 1

    def _row(self, line: StationCheck, row: int) -> None:
        box, account = CodeBox(CheckFinding, _("not looked at")), QLineEdit(line.account)
        box.setMinimumContentsLength(_LETTERS)
        box.show_code(str(line.finding))
        box.setAccessibleName(line.item_name)
        account.setPlaceholderText(_("What is missing"))
        account.setAccessibleName(_("{item}: what is missing").format(item=line.item_name))
        box.currentIndexChanged.connect(lambda _at: self._draft.touch())
        account.textChanged.connect(lambda _text: self._draft.touch())
        self.findings.append(box)
        self.accounts.append(account)
        for column, each in enumerate((label(line.item_name, wrap=True), box, account)):
            self._grid.addWidget(each, row, column)

    def _settle_rest(self) -> None:
        for each in self.findings:
            if not each.code():
                each.show_code(CheckFinding.MET)
        self._draft.touch()

    def _saved(self, done: Done) -> None:
        self._end()
        say_done(self._bench, self, _("The round is saved."), done)

    def _end(self, *, quietly: bool = False) -> None:
        self._draft.let_go()
        self._round = None
        if not quietly:
            self.closed.emit()

    def _fail(self, error: AppError) -> None:
        if (problems := stopped_by(error)) and self.is_open():
            self._draft.touch()
            self.problem.setText("\n".join(problem_told(each) for each in problems))
            self.problem.show()
        else:
            self._bench.feedback.fail(error)

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(SPACE.middle)
        for each in (self.day, self.by):
            head.addWidget(each)
        head.addStretch(1)
        self._grid.setHorizontalSpacing(SPACE.middle)
        self._grid.setVerticalSpacing(SPACE.tiny)
        self._grid.setColumnStretch(0, 3)
        self._grid.setColumnStretch(2, 4)
        items = QWidget()
        column = QVBoxLayout(items)
        column.setContentsMargins(0, 0, SPACE.small, 0)
        column.addLayout(self._grid)
        column.addStretch(1)
        below = QHBoxLayout()
        below.addWidget(self.deeds)
        below.addWidget(self.rest)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE.middle)
        layout.addLayout(head)
        layout.addWidget(self.problem)
        layout.addWidget(scrolled(items), 1)
        layout.addLayout(below)
        self.problem.hide()
