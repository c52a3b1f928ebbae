"""What a deputy says to the invitation: the text to be read first, then signed on paper, by PIN, by telephone, or not at all."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QDialog, QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.domain.cosignature import CosignatureState, SigningWay
from app.domain.cosigning import ANSWERS, Answer
from app.domain.problems import Problem
from app.domain.values import Id
from app.errors import AppError
from app.i18n import _
from app.messages import explain, problem_told
from app.queries.suggestion_signing import Preparation, SignerRow, preparation
from app.use_cases.attachment_desk import Offered
from app.use_cases.cosigning import Answered, record_answer, sign_in_person
from ui.dialogs.room import open_at
from ui.feedback import Feedback, Tone
from ui.forms.day_box import DayBox
from ui.page import Workbench
from ui.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.code_box import CodeBox
from ui.widgets.field import Field
from ui.widgets.read_text import ReadText
from ui.widgets.roles import button, label
from ui.widgets.scrolled import scrolled
from ui.wording import word_of

_SIZE: Final = 980, 620


class AnswerDialog(QDialog):
    """The text on the left, the answer on the right; `saved` tells what was written down."""

    saved = Signal(object)

    def __init__(self, bench: Workbench, suggestion: Id, cosignature: Id, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench: Final = bench
        self._id: Final = cosignature
        self._read = ""
        self._signer: SignerRow | None = None
        self.files: list[Offered] = []
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Co-signing"))
        open_at(self, bench.theme, *_SIZE)
        self.feedback: Final = Feedback()
        self.title: Final = label("", "section", wrap=True)
        self.lead: Final = label("", "small", wrap=True)
        self.text: Final = ReadText(bench.theme)
        self._states = QWidget()
        self.states: Final[dict[str, QPushButton]] = {}
        self.state: Final = Field(_("The answer of the deputy"), self._states)
        self.way: Final = Field(_("How the deputy signs"), CodeBox(SigningWay, _("Not said")))
        self.pin: Final = Field(_("The deputy's own PIN"), QLineEdit())
        self.pin.editor.setEchoMode(QLineEdit.EchoMode.Password)
        self.on: Final = Field(_("Day"), DayBox())
        self.words: Final = Field(_("In their words (may stay empty)"), QLineEdit())
        self.choose: Final = button(_("Add a photograph or scan …"))
        self.chosen: Final = label("", "small", wrap=True)
        self.told: Final = label("", "soft", wrap=True)
        self.save: Final = button(_("Write it down"), "primary")
        self._arrange()
        self._connect()
        self.on.editor.show_day(bench.workspace.clock.today().date())
        self.states[CosignatureState.SIGNED].setChecked(True)
        workspace = bench.workspace
        bench.background.ask(self, lambda: preparation(workspace, suggestion), self._show, self._gone, topic="words")

    def choose_way(self, way: SigningWay) -> None:
        """Say how the deputy signs."""
        self.way.editor.show_code(way)

    def offer(self, files: Sequence[Offered]) -> None:
        """Take these as the signed page."""
        self.files = list(files)
        self.chosen.setText("、".join(each.name for each in files))
        self.chosen.setVisible(bool(files))

    # --- showing

    def _show(self, prepared: Preparation) -> None:
        self._signer = next((each for each in prepared.signers if each.signature.id == self._id), None)
        if self._signer is None:
            self.reject()
            return
        self._read = prepared.digest
        self.setWindowTitle(_("{name} is asked to co-sign").format(name=self._signer.name))
        self.title.setText(prepared.suggestion.subject)
        confidential = prepared.suggestion.confidential_identity
        self.lead.setText("" if confidential else _("Lead deputy: {name}").format(name=prepared.lead or "—"))
        self.text.show_text(prepared.suggestion.text)
        signature = self._signer.signature
        self.words.editor.setText(signature.answer)
        if self._signer.operator:
            self.choose_way(SigningWay.IN_PERSON)
        if self._signer.ended:
            self.feedback.say(problem_told(self._signer.ended), Tone.WARNING)
        self._follow()
        self.states[CosignatureState.SIGNED].setFocus()

    def _follow(self) -> None:
        """Show what this answer needs."""
        signs = self._state() == CosignatureState.SIGNED
        way = self.way.editor.code()
        by_pin = signs and way == SigningWay.IN_PERSON and bool(self._signer and self._signer.operator)
        self.way.setVisible(signs)
        self.pin.setVisible(by_pin)
        self.on.setVisible(not by_pin)
        self.choose.setVisible(signs and way == SigningWay.PAPER)
        self.chosen.setVisible(signs and way == SigningWay.PAPER and bool(self.files))
        told = ""
        if by_pin:
            told = _("The deputy reads the text on the left and types their own PIN. It is signed today.")
        elif signs and way == SigningWay.IN_PERSON:
            told = _("This deputy has no PIN at this computer: what they said in person is written down as it was said.")
        elif signs:
            told = _("The signature holds for the text on the left. A later change of title or text voids it.")
        self.told.setText(told)
        self.told.setVisible(bool(told))
        self.save.setText(_("Sign") if by_pin else _("Write it down"))

    def _state(self) -> str:
        return next((state for state, each in self.states.items() if each.isChecked()), "")

    # --- saving

    def _save(self) -> None:
        workspace, id, read = self._bench.workspace, self._id, self._read
        words, pin = self.words.editor.text().strip(), self.pin.editor.text()
        self.save.setEnabled(False)
        if not self.pin.isHidden():
            self._bench.background.do(
                self, lambda _progress: sign_in_person(workspace, id, pin, read=read, words=words), self._saved, self._fail
            )
            return
        signs = self._state() == CosignatureState.SIGNED
        answer = Answer(
            state=CosignatureState(self._state()),
            on=self.on.editor.day(),
            way=self.way.editor.code() if signs else "",
            words=words,
            read=read if signs else "",
        )
        files = tuple(self.files) if not self.choose.isHidden() else ()
        self._bench.background.do(
            self, lambda _progress: record_answer(workspace, id, answer, files=files), self._saved, self._fail
        )

    def _saved(self, answered: Answered) -> None:
        self.saved.emit(answered.done)
        self.accept()

    def _fail(self, error: AppError) -> None:
        self.save.setEnabled(True)
        fields: dict[str, Field[Any]] = {"way": self.way, "on": self.on, "state": self.state}
        for field in (self.way, self.on, self.state, self.pin):
            field.complain("")
        if error.code in {"pin_wrong", "pin_wait", "pin_needed"}:
            self.pin.editor.clear()
            self.pin.complain(explain(error))
            self.pin.setFocus()
            return
        told = error.facts.get("problems")
        problems: tuple[Problem, ...] = told if isinstance(told, tuple) else ()
        beside = next((each for each in problems if each.field in fields), None)
        if beside:
            fields[beside.field].complain(problem_told(beside))
        else:
            self.feedback.fail(error)

    def _gone(self, error: AppError) -> None:
        self._bench.feedback.fail(error)
        self.reject()

    def _choose(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileNames(self, _("Add a photograph or scan …"), self._bench.settings.last_folder)
        if chosen:
            self._bench.settings.last_folder = str(Path(chosen[0]).parent)
            self.offer([Offered.at(Path(each)) for each in chosen])

    # --- how

    def _arrange(self) -> None:
        paper = Card()
        paper.add(self.title)
        paper.add(self.lead)
        paper.add(scrolled(self.text), 1)
        line = QHBoxLayout(self._states)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(SPACE.small)
        group = QButtonGroup(self)
        for each in ANSWERS:
            self.states[each] = button(word_of(each), "filter")
            self.states[each].setCheckable(True)
            group.addButton(self.states[each])
            line.addWidget(self.states[each])
        line.addStretch(1)
        side = QVBoxLayout()
        side.setSpacing(SPACE.middle)
        for widget in (self.state, self.way, self.pin, self.on, self.words, self.choose, self.chosen, self.told):
            side.addWidget(widget)
        side.addStretch(1)
        halves = QHBoxLayout()
        halves.setSpacing(SPACE.large)
        halves.addWidget(paper, 5)
        halves.addLayout(side, 3)
        cancel = button(_("Cancel"))
        cancel.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.setSpacing(SPACE.small)
        foot.addStretch(1)
        foot.addWidget(cancel)
        foot.addWidget(self.save)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE.large, SPACE.large, SPACE.large, SPACE.large)
        layout.setSpacing(SPACE.middle)
        layout.addWidget(self.feedback)
        layout.addLayout(halves, 1)
        layout.addLayout(foot)
        self.pin.hide()
        self.chosen.hide()

    def _connect(self) -> None:
        for each in self.states.values():
            each.toggled.connect(lambda _checked: self._follow())
        self.way.editor.currentIndexChanged.connect(lambda _index: self._follow())
        self.choose.clicked.connect(self._choose)
        self.pin.editor.returnPressed.connect(self._save)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):  # a button forgets its own with every other text
            QShortcut(QKeySequence(keys), self).activated.connect(self.save.click)
        self.save.clicked.connect(self._save)
