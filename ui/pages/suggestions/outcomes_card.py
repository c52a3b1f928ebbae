"""What came of a suggestion: rules, papers, money, projects, each with its pictures."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.domain.handling import Outcome
from app.domain.money import money_told
from app.domain.values import Id
from app.errors import AppError
from app.i18n import _
from app.queries.attachments import files_of_many
from ui.page import Workbench
from ui.pages.suggestions.record_files import RecordFiles, files_told
from ui.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.contents import take_out
from ui.widgets.roles import button, label
from ui.wording import day_told, word_of


class OutcomesCard(Card):
    """Gone where nothing came of it yet; each line leads to its pictures and papers."""

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(_("Outcomes"), parent)
        self._bench: Final = bench
        self._outcomes: tuple[Outcome, ...] = ()
        self.doors: Final[dict[Id, QPushButton]] = {}
        self._rows: Final = QVBoxLayout()
        self._rows.setSpacing(SPACE.middle)
        self.body.addLayout(self._rows)
        self.hide()

    def show_outcomes(self, outcomes: Sequence[Outcome]) -> None:
        """Show these, the newest first."""
        self._outcomes = tuple(reversed(outcomes))
        take_out(self._rows)
        self.doors.clear()
        for each in self._outcomes:
            self._rows.addWidget(self._part(each))
        self.setVisible(bool(outcomes))
        self._count()

    def open_files(self, outcome: Outcome) -> None:
        """Show the pictures and papers of one of them, and take more."""
        dialog = outcome_files(self._bench, outcome, self)
        dialog.files.changed.connect(self._count)
        dialog.open()

    def _count(self) -> None:
        workspace, ids = self._bench.workspace, tuple(each.id for each in self._outcomes)
        if ids:
            self._bench.background.ask(self, lambda: files_of_many(workspace, ids), self._counted, self._fail, topic="outcomes")

    def _counted(self, found: dict[Id, int]) -> None:
        for id, door in self.doors.items():
            door.setText(files_told(found.get(id, 0)))

    def _part(self, outcome: Outcome) -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.tiny)
        named = "　".join(each for each in (word_of(outcome.outcome_type), outcome.name) if each)
        for told, role in ((named, "strong"), ("　".join(_about(outcome)), "small"), (outcome.remarks, "")):
            if told:
                line = label(told, role, wrap=True)
                line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                column.addWidget(line)
        door = self.doors[outcome.id] = button(files_told(0), "link")
        door.setAccessibleDescription(outcome.name)
        door.clicked.connect(partial(self._open, outcome))
        column.addWidget(door, 0, Qt.AlignmentFlag.AlignLeft)
        return part

    def _open(self, outcome: Outcome, _checked: bool = False) -> None:
        self.open_files(outcome)

    def _fail(self, error: AppError) -> None:
        self._bench.feedback.fail(error)


def outcome_files(bench: Workbench, outcome: Outcome, parent: QWidget | None = None) -> RecordFiles:
    """The pictures and papers that show what came of it."""
    told = "　".join((word_of(outcome.outcome_type), *_about(outcome)))
    return RecordFiles(bench, outcome.id, outcome.name, told, parent, title=_("Outcomes"))


def _about(outcome: Outcome) -> Iterator[str]:
    """Its paper, money, number and day, where they are known."""
    if outcome.document_no:
        yield outcome.document_no
    if outcome.amount:
        yield _("{amount} × 10,000 yuan").format(amount=money_told(outcome.amount))
    if outcome.quantity:
        yield f"{outcome.quantity:,}{outcome.quantity_unit}"
    if outcome.on:
        yield day_told(outcome.on)
