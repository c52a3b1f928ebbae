"""The deputy at the keyboard: evaluates a reply under a PIN of their own, or reads it again; kept only once it is sealed."""

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.domain.problems import Problem, stopped_by
from app.domain.satisfaction import Satisfaction
from app.domain.sealed_evaluation import Verdict
from app.domain.values import Code, Id
from app.errors import AppError
from app.i18n import _, ngettext
from app.messages import explain, problem_told
from app.use_cases.evaluations import (
    EvaluationForm,
    Sealed,
    Unsealed,
    evaluation_form,
    open_evaluation,
    renew_key,
    seal_evaluation,
)
from ui.dialogs.room import open_at
from ui.feedback import Feedback, Tone
from ui.forms.field_row import FieldRow
from ui.page import Workbench
from ui.theme import SPACE
from ui.widgets.facts import Facts
from ui.widgets.field import Field
from ui.widgets.long_text import LongText
from ui.widgets.roles import button, label
from ui.widgets.scrolled import scrolled
from ui.wording import day_told, word_of

_SIZE: Final = 680, 700
_READING: Final = 560, 460
_TEXT: Final = 110


class Levels(QWidget):
    """The three levels side by side, none chosen first; `chosen` tells that one is."""

    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self.buttons: Final[dict[Satisfaction, QPushButton]] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE.small)
        for level in Satisfaction:
            made = button(word_of(level), "filter")
            made.setCheckable(True)
            self._group.addButton(made)
            self.buttons[level] = made
            made.toggled.connect(lambda _on: self.chosen.emit())
            row.addWidget(made)
        row.addStretch(1)
        self.setFocusProxy(self.buttons[Satisfaction.SATISFIED])

    def level(self) -> Code[Satisfaction]:
        """The level chosen; empty for none."""
        return next((level for level, made in self.buttons.items() if made.isChecked()), "")


class EvaluationDialog(QDialog):
    """Asks the deputy; `sealed` tells that it is done."""

    sealed = Signal()

    def __init__(self, bench: Workbench, suggestion: Id, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench: Final = bench
        self._suggestion: Final = suggestion
        self._form: EvaluationForm | None = None
        self._renewing = False
        self.setWindowTitle(_("The deputy evaluates the reply"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        open_at(self, bench.theme, *_SIZE)
        self.feedback: Final = Feedback()
        self.about: Final = label("", "section", wrap=True)
        self.reply: Final = label("", "soft", wrap=True)
        self.promise: Final = label("", "small", wrap=True)
        self.attitude: Final = Field(_("Attitude of the unit"), Levels())
        self.outcome: Final = Field(_("Result of handling"), Levels())
        self.opinion: Final = Field(_("What is to be said of it"), LongText(bench.theme, is_heading=lambda _line: False))
        self.again_asked: Final = Field(" ", QCheckBox(_("Let the station know one thing: handle it again")))
        self.again_words: Final = label("", "small", wrap=True)
        self.heard: Final = Field(_("Co-signers"), QCheckBox(""))
        self.views: Final = Field(_("What the co-signers think"), LongText(bench.theme, is_heading=lambda _line: False))
        self.pin: Final = Field(_("Evaluation PIN"), _secret())
        self.again: Final = Field(_("The same PIN once more"), _secret())
        self.pin_words: Final = label("", "small", wrap=True)
        self.forgotten: Final = button(_("PIN forgotten"), "link")
        self.seal_button: Final = button(_("Seal it"), "primary")
        self._fields: Final[dict[str, Field[Any]]] = {
            "attitude": self.attitude,
            "result": self.outcome,
            "opinion": self.opinion,
            "ask_again": self.again_asked,
            "cosigners_heard": self.heard,
            "views": self.views,
            "pin": self.pin,
            "again": self.again,
        }
        self._arrange()
        self._connect()
        workspace = bench.workspace
        bench.background.ask(self, lambda: evaluation_form(workspace, suggestion), self._show, self._fail, topic="evaluation")

    def read(self) -> Verdict:
        """What the deputy answers."""
        return Verdict(
            attitude=self.attitude.editor.level(),
            result=self.outcome.editor.level(),
            opinion=self.opinion.editor.toPlainText(),
            cosigners_heard=self.heard.editor.isChecked(),
            views=self.views.editor.toPlainText(),
        )

    def asks_again(self) -> bool:
        """Whether the deputy lets it be known that the matter is to be handled again."""
        return not self.again_asked.isHidden() and self.again_asked.editor.isChecked()

    def seal(self) -> None:
        """Seal what is answered."""
        if self._form is None:
            return
        workspace, suggestion, deputy = self._bench.workspace, self._suggestion, self._form.deputy
        ask_again = self.asks_again()
        verdict, pin, again, renewing = self.read(), self.pin.editor.text(), self.again.editor.text(), self._renewing
        for field in self._fields.values():
            field.complain("")

        def deed(_progress: object) -> Sealed:
            if renewing:
                renew_key(workspace, deputy, pin, again)
            return seal_evaluation(workspace, suggestion, verdict, pin, again=again, ask_again=ask_again)

        self.seal_button.setEnabled(False)
        self._bench.background.do(self, deed, self._sealed, self._fail)

    # --- answers

    def _show(self, form: EvaluationForm) -> None:
        self._form = form
        self.about.setText(form.title)
        told = (
            _("Evaluated by {name}").format(name=form.deputy_name),
            _("Reply of {unit}").format(unit=form.unit) if form.unit else "",
            day_told(form.replied_on),
            _("sealed before on {day}; this answer takes its place").format(day=day_told(form.sealed_on))
            if form.sealed_on
            else "",
        )
        self.reply.setText("　".join(each for each in told if each))
        self.promise.setText(_readers(form))
        many = len(form.cosigners)
        self.heard.setVisible(bool(many))
        self.views.setVisible(bool(many))
        asked = ngettext("The co-signer was heard: {names}", "The {count} co-signers were heard: {names}", many)
        self.heard.editor.setText(asked.format(count=many, names="、".join(form.cosigners)))
        self._ask_pin(known=form.known)
        self.seal_button.setEnabled(True)
        self.attitude.setFocus()

    def _ask_pin(self, *, known: bool) -> None:
        self.again.setVisible(not known)
        self.forgotten.setVisible(known)
        first = _(
            "The first time: choose six characters or more that nobody else knows. Only with them can you read your answer again."
        )
        renewed = _(
            "The new PIN opens what is sealed from now on. What was sealed under the old one, the congress alone can read."
        )
        self.pin_words.setText("" if known else renewed if self._renewing else first)
        self.pin_words.setVisible(not known)

    def _offer_again(self) -> None:
        """Only who is dissatisfied is asked; nothing is ticked for them."""
        offered = self.read().dissatisfied
        self.again_asked.setVisible(offered)
        self.again_words.setVisible(offered)
        self.again_words.setText(
            _(
                "Nobody here can read your answer, so nobody can begin the next round. Ticked, this alone stands in the open:"
                " that you ask for it. Whoever sees it knows that something dissatisfied you, and no more."
            )
        )

    def _renew(self) -> None:
        self._renewing = True
        self._ask_pin(known=False)
        self.pin.setFocus()

    def _sealed(self, done: Sealed) -> None:
        words = _("Sealed. It goes to the congress with the next package.")
        waits = _("Sealed for the deputy. No congress is trusted yet; type the PIN once more when its trust file is here.")
        self._bench.feedback.say(words if done.for_receiver else waits)
        self.sealed.emit()
        self.accept()

    def _fail(self, error: AppError) -> None:
        self.seal_button.setEnabled(self._form is not None)
        if problems := stopped_by(error):
            self._complain(problems)
        elif error.code in {"seal_pin_wrong", "pin_wait", "pin_needed"}:
            self.pin.complain(explain(error))
            self.pin.editor.selectAll()
            self.pin.setFocus()
        else:
            self.feedback.fail(error)

    def _complain(self, problems: Sequence[Problem]) -> None:
        for each in problems:
            if each.field in self._fields:
                self._fields[each.field].complain(problem_told(each))
            else:
                self.feedback.say(problem_told(each), Tone.WARNING)
        first = next((self._fields[each.field] for each in problems if each.field in self._fields), None)
        if first:
            first.setFocus()

    # --- making

    def _arrange(self) -> None:
        px = self._bench.theme.px
        for each in (self.opinion, self.views):
            each.editor.setFixedHeight(px(_TEXT))
        sheet = QWidget()
        column = QVBoxLayout(sheet)
        column.setContentsMargins(SPACE.large, SPACE.large, SPACE.large, SPACE.large)
        column.setSpacing(SPACE.middle)
        for widget in (self.feedback, self.about, self.reply, self.promise, self.attitude, self.outcome):
            column.addWidget(widget)
        for field in (self.opinion, self.again_asked, self.again_words, self.heard, self.views, self.pin_words):
            column.addWidget(field)
        self._offer_again()
        column.addWidget(FieldRow(self._bench.theme, [(self.pin, 10), (self.again, 10)]))
        line = QHBoxLayout()
        line.addWidget(self.forgotten)
        line.addStretch(1)
        column.addLayout(line)
        column.addStretch(1)
        self.again.hide()
        self.forgotten.hide()
        self.seal_button.setEnabled(False)
        _with_foot(self, sheet, _("Cancel"), self.seal_button)

    def _connect(self) -> None:
        self.seal_button.setToolTip(_("Ctrl+Enter"))
        self.seal_button.clicked.connect(self.seal)
        self.forgotten.clicked.connect(self._renew)
        for levels in (self.attitude.editor, self.outcome.editor):
            levels.chosen.connect(self._offer_again)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.seal)


class SealedDialog(QDialog):
    """What the deputy answered, for whoever knows the PIN; it goes when the window is closed."""

    def __init__(self, bench: Workbench, evaluation: Id, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench: Final = bench
        self._evaluation: Final = evaluation
        self.setWindowTitle(_("Sealed evaluation"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        open_at(self, bench.theme, *_READING)
        self.feedback: Final = Feedback()
        self.words: Final = label(_("Only the deputy who sealed it, and the congress, can read this."), "soft", wrap=True)
        self.pin: Final = Field(_("Evaluation PIN"), _secret())
        self.title: Final = label("", "section", wrap=True)
        self.facts: Final = Facts()
        self.open_button: Final = button(_("Open"), "primary")
        sheet = QWidget()
        column = QVBoxLayout(sheet)
        column.setContentsMargins(SPACE.large, SPACE.large, SPACE.large, SPACE.large)
        column.setSpacing(SPACE.middle)
        for each in (self.feedback, self.words, self.pin, self.title, self.facts):
            column.addWidget(each)
        column.addStretch(1)
        self.title.hide()
        _with_foot(self, sheet, _("Close"), self.open_button)
        self.open_button.clicked.connect(self.unseal)
        self.pin.editor.returnPressed.connect(self.unseal)
        self.pin.setFocus()

    def unseal(self) -> None:
        """Open it by the PIN typed."""
        workspace, evaluation, pin = self._bench.workspace, self._evaluation, self.pin.editor.text()
        self.pin.complain("")
        self.open_button.setEnabled(False)
        self._bench.background.do(self, lambda _progress: open_evaluation(workspace, evaluation, pin), self._show, self._fail)

    def _show(self, told: Unsealed) -> None:
        self.pin.hide()
        self.open_button.hide()
        self.title.setText(told.title)
        self.title.show()
        verdict = told.verdict
        self.facts.show_facts(
            (
                (_("Sealed on"), day_told(told.on)),
                (_("Attitude of the unit"), word_of(verdict.attitude)),
                (_("Result of handling"), word_of(verdict.result)),
                (_("What is to be said of it"), verdict.opinion),
                (_("What the co-signers think"), verdict.views),
            )
        )
        if told.resealed:
            words = ngettext(
                "{count} answer is sealed for the congress now.",
                "{count} answers are sealed for the congress now.",
                told.resealed,
            )
            self.feedback.say(words.format(count=told.resealed))

    def _fail(self, error: AppError) -> None:
        self.open_button.setEnabled(True)
        self.pin.editor.selectAll()
        self.pin.setFocus()
        if error.code == "E_NO_KEY":
            self.pin.complain(_("It was sealed under an earlier PIN. Only the congress can still read it."))
        else:
            self.pin.complain(explain(error))


def _readers(form: EvaluationForm) -> str:
    """Who will be able to read it, said before anything is typed."""
    if form.receiver:
        told = _("Your answer is sealed: only you, by your PIN, and {receiver} can read it. The station sees totals alone.")
        whole = told.format(receiver=form.receiver)
    else:
        whole = _(
            "Your answer is sealed: only you can read it, by your PIN. No congress is trusted here yet; it is sealed for the"
            " congress as soon as one is and you type your PIN again."
        )
    return whole + _(" Nothing is kept before you seal it.")


def _secret() -> QLineEdit:
    made = QLineEdit()
    made.setEchoMode(QLineEdit.EchoMode.Password)
    return made


def _with_foot(dialog: QDialog, sheet: QWidget, leave: str, deed: QPushButton) -> None:
    """The sheet scrolls; the buttons below it stay in sight."""
    close = button(leave)
    close.clicked.connect(dialog.reject)
    foot = QHBoxLayout()
    foot.setContentsMargins(SPACE.large, SPACE.small, SPACE.large, SPACE.large)
    foot.setSpacing(SPACE.small)
    foot.addStretch(1)
    foot.addWidget(close)
    foot.addWidget(deed)
    layout = QVBoxLayout(dialog)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    layout.addWidget(scrolled(sheet), 1)
    layout.addLayout(foot)
