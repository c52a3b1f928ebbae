"""Co-signing files in the window: one is written for a deputy, opened at the other station, answered there, taken in again."""

from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QDialog, QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.domain.problems import Problem
from app.domain.values import Id
from app.errors import AppError
from app.i18n import N_, _
from app.messages import explain, problem_told
from app.use_cases.cosign_files import (
    ENDING,
    Asked,
    Came,
    FileReply,
    FileTaken,
    FileWritten,
    answer_request,
    read_cosign_file,
    said_and_way,
    take_answer,
    write_request,
)
from ui.dialogs.room import open_at
from ui.feedback import Feedback, Tone
from ui.forms.day_box import DayBox
from ui.page import Workbench
from ui.theme import SPACE
from ui.undoing import say_done
from ui.widgets.card import Card
from ui.widgets.field import Field
from ui.widgets.read_text import ReadText
from ui.widgets.roles import button, label
from ui.widgets.scrolled import scrolled
from ui.wording import day_told

_SIZE: Final = 980, 620
_PIN: Final = "in_person"
_ANSWERS: Final = (
    ("signed", _PIN, N_("Signs by PIN")),
    ("signed", "paper", N_("Signed on paper")),
    ("declined", "paper", N_("Does not sign")),
)


def ask_by_file(bench: Workbench, owner: QWidget, suggestion: Id, deputy: Id) -> None:
    """Ask where the file for a deputy is to lie, and write it."""
    name = _("co-signing request")
    start = str(Path(bench.settings.last_folder or Path.home()) / f"{name}{ENDING}")
    chosen, _kind = QFileDialog.getSaveFileName(owner, _("Write a co-signing file"), start, f"(*{ENDING})")
    if not chosen:
        return
    path = Path(chosen)
    bench.settings.last_folder = str(path.parent)
    workspace = bench.workspace

    def told(made: FileWritten) -> None:
        words = _("The file for {name} is written. Digits to compare by telephone: {digits}")
        bench.feedback.say(words.format(name=made.name, digits=made.digits))

    bench.background.do(owner, lambda _progress: write_request(workspace, suggestion, deputy, path), told, bench.feedback.fail)


def open_cosign_file(bench: Workbench, owner: QWidget, path: Path) -> None:
    """Open a file: a request shows its text to be answered, an answer is shown before it is taken in."""
    workspace = bench.workspace
    bench.settings.last_folder = str(path.parent)

    def show(read: Asked | Came) -> None:
        dialog = RequestDialog(bench, read, path, owner) if isinstance(read, Asked) else AnswerCameDialog(bench, read, owner)
        dialog.open()

    bench.background.ask(owner, lambda: read_cosign_file(workspace, path), show, bench.feedback.fail, topic="cosign file")


class RequestDialog(QDialog):
    """What another station asks a deputy to sign: the text first, then the answer, which is written as a file."""

    def __init__(self, bench: Workbench, asked: Asked, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench: Final = bench
        self._asked: Final = asked
        self._path: Final = path
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("{name} is asked to co-sign").format(name=asked.deputy))
        open_at(self, bench.theme, *_SIZE)
        self.feedback: Final = Feedback()
        self.text: Final = ReadText(bench.theme)
        self._said = QWidget()
        self.answers: Final[dict[tuple[str, str], QPushButton]] = {}
        self.said: Final = Field(_("The answer of the deputy"), self._said)
        self.pin: Final = Field(_("The deputy's own PIN"), QLineEdit())
        self.pin.editor.setEchoMode(QLineEdit.EchoMode.Password)
        self.on: Final = Field(_("Day"), DayBox())
        self.words: Final = Field(_("In their words (may stay empty)"), QLineEdit())
        self.save: Final = button(_("Write the answer …"), "primary")
        self._arrange()
        self.on.editor.show_day(bench.workspace.clock.today().date())
        by_pin = any(each.has_pin for each in asked.here)
        self.answers["signed", _PIN].setVisible(by_pin)
        self.answers["signed", _PIN if by_pin else "paper"].setChecked(True)
        self._warn()
        self._follow()

    def write(self, path: Path) -> None:
        """Write the answer to this file."""
        said, way = self._chosen()
        workspace, asked, pin = self._bench.workspace, self._asked, self.pin.editor.text()
        operator = next((each.operator for each in asked.here if each.has_pin), "") if way == _PIN else ""
        word, kind = said_and_way(said, way)
        reply = FileReply(said=word, way=kind, on=self.on.editor.day(), operator=operator, words=self.words.editor.text().strip())
        self.save.setEnabled(False)
        self._bench.background.do(
            self, lambda _progress: answer_request(workspace, asked, reply, pin, path), self._written, self._fail
        )

    def _chosen(self) -> tuple[str, str]:
        return next((key for key, each in self.answers.items() if each.isChecked()), ("", ""))

    def _save(self) -> None:
        name = _("co-signing answer")
        start = str(self._path.with_name(f"{self._path.stem}-{name}{ENDING}"))
        chosen, _kind = QFileDialog.getSaveFileName(self, _("Write the answer …"), start, f"(*{ENDING})")
        if chosen:
            self.write(Path(chosen))

    def _written(self, made: FileWritten) -> None:
        words = _("The answer of {name} is written: bring {file} back. Digits to compare by telephone: {digits}")
        self._bench.feedback.say(words.format(name=made.name, file=made.path.name, digits=made.digits))
        self.accept()

    def _fail(self, error: AppError) -> None:
        self.save.setEnabled(True)
        self.pin.complain("")
        if error.code in {"pin_wrong", "pin_wait", "pin_needed"}:
            self.pin.editor.clear()
            self.pin.complain(explain(error))
            self.pin.setFocus()
        else:
            problems = error.facts.get("problems")
            first = problems[0] if isinstance(problems, tuple) and problems else None
            if isinstance(first, Problem):
                self.feedback.say(problem_told(first), Tone.WARNING)
            else:
                self.feedback.fail(error)

    def _warn(self) -> None:
        """What speaks against answering here."""
        asked = self._asked
        if asked.own:
            self.feedback.say(_("This station wrote this request: bring the file to the deputy's station."), Tone.INFORMATION)
        elif asked.ended:
            self.feedback.say(problem_told(asked.ended), Tone.WARNING)
        elif asked.answered_on:
            words = _("This request was answered here on {day} already.").format(day=day_told(asked.answered_on))
            self.feedback.say(words, Tone.INFORMATION)
        self.save.setEnabled(not asked.own)

    def _follow(self) -> None:
        by_pin = self._chosen() == ("signed", _PIN)
        self.pin.setVisible(by_pin)
        self.on.setVisible(not by_pin)
        if by_pin:
            self.on.editor.show_day(self._bench.workspace.clock.today().date())

    def _arrange(self) -> None:
        asked = self._asked
        paper = Card()
        paper.add(label(asked.subject, "section", wrap=True))
        told = _("{station} asks; lead deputy {lead}").format(station=asked.station or "—", lead=asked.lead or "—")
        paper.add(label(told, "small", wrap=True))
        if asked.told:
            paper.add(label(asked.told, "soft", wrap=True))
        self.text.show_text(asked.text)
        paper.add(scrolled(self.text), 1)
        column = QVBoxLayout(self._said)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.tiny)
        group = QButtonGroup(self)
        for said, way, words in _ANSWERS:
            self.answers[said, way] = made = button(_(words), "filter")
            made.setCheckable(True)
            made.toggled.connect(lambda _checked: self._follow())
            group.addButton(made)
            column.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)
        side = QVBoxLayout()
        side.setSpacing(SPACE.middle)
        digits = label(_("Digits to compare by telephone: {digits}").format(digits=asked.digits), "small", wrap=True)
        told_last = label(_("The answer holds for these very words. A page signed on paper is sent after it."), "soft", wrap=True)
        for widget in (self.said, self.pin, self.on, self.words, told_last, digits):
            side.addWidget(widget)
        side.addStretch(1)
        halves = QHBoxLayout()
        halves.setSpacing(SPACE.large)
        halves.addWidget(paper, 5)
        halves.addLayout(side, 3)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE.large, SPACE.large, SPACE.large, SPACE.large)
        layout.setSpacing(SPACE.middle)
        layout.addWidget(self.feedback)
        layout.addLayout(halves, 1)
        layout.addLayout(_foot(self, self.save))
        self.save.clicked.connect(self._save)


class AnswerCameDialog(QDialog):
    """What a deputy answered at another station, before it is taken in."""

    def __init__(self, bench: Workbench, came: Came, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench: Final = bench
        self._came: Final = came
        self._owner: Final = parent or self
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("An answer from another station"))
        open_at(self, bench.theme, 560, 360)
        self.feedback: Final = Feedback()
        self.take: Final = button(_("Take the answer in"), "primary")
        self.take.setEnabled(not came.duplicate)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE.large, SPACE.large, SPACE.large, SPACE.large)
        layout.setSpacing(SPACE.middle)
        layout.addWidget(self.feedback)
        answer = next((words for said, way, words in _ANSWERS if (said, way) == (came.said, came.way)), _ANSWERS[-1][2])
        told = (
            label(came.title, "section", wrap=True),
            label("　".join((came.deputy, _(answer), day_told(came.on))), "strong", wrap=True),
            label(came.words, wrap=True),
            label(_("Answered at {station}").format(station=came.station or "—"), "small", wrap=True),
            label(_("Digits to compare by telephone: {digits}").format(digits=came.digits), "small", wrap=True),
        )
        for each in told:
            each.setVisible(bool(each.text()))
            layout.addWidget(each)
        layout.addStretch(1)
        layout.addLayout(_foot(self, self.take))
        if came.duplicate:
            self.feedback.say(_("This answer was taken in before; nothing changes."), Tone.INFORMATION)
        self.take.clicked.connect(self._take)

    def _take(self) -> None:
        workspace, content = self._bench.workspace, self._came.content
        self.take.setEnabled(False)
        deed = self._bench.background.do
        deed(self, lambda _progress: take_answer(workspace, content), self._taken, self.feedback.fail)

    def _taken(self, taken: FileTaken) -> None:
        if taken.done:
            say_done(self._bench, self._owner, _("Taken in: the answer of {name}.").format(name=self._came.deputy), taken.done)
        self.accept()


def _foot(dialog: QDialog, deed: QPushButton) -> QHBoxLayout:
    cancel = button(_("Cancel"))
    cancel.clicked.connect(partial(dialog.reject))
    foot = QHBoxLayout()
    foot.setSpacing(SPACE.small)
    foot.addStretch(1)
    foot.addWidget(cancel)
    foot.addWidget(deed)
    return foot
