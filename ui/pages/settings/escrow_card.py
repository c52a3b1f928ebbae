"""A way in deposited with the congress: said in plain words, agreed to in two steps, withdrawn any day."""

from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from app.errors import AppError
from app.i18n import _
from app.messages import explain
from app.use_cases import escrow
from app.use_cases.escrow import EscrowChanged, EscrowState
from app.use_cases.key_ways import KeyWays
from ui.feedback import Tone
from ui.page import Workbench
from ui.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.field import Field
from ui.widgets.notice import Notice
from ui.widgets.roles import button, label


class EscrowCard(Card):
    """Hidden until the body that is trusted offers it, or something is deposited."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(_("Against the loss of every key"))
        self._bench = bench
        self._state: EscrowState | None = None
        self.words = label("", "soft", wrap=True)
        self.passphrase = Field(_("Passphrase"), QLineEdit())
        self.passphrase.editor.setEchoMode(QLineEdit.EchoMode.Password)
        self.question = Notice()
        self.agree = button("")
        self.end = button(_("Withdraw …"), "link")
        row = QHBoxLayout()
        row.setSpacing(SPACE.small)
        for each in (self.agree, self.end):
            row.addWidget(each)
        row.addStretch(1)
        for widget in (self.words, self.passphrase, self.question):
            self.add(widget)
        self.body.addLayout(row)
        self.hide()
        self.agree.clicked.connect(self._ask)
        self.end.clicked.connect(self._ask_to_end)

    def show_ways(self, ways: KeyWays, state: EscrowState) -> None:
        """How things stand; the passphrase is asked for where one opens these data."""
        self._state = state
        may = state.offered and not state.current
        self.setVisible(state.offered or bool(state.deposited))
        self.words.setText(_told(state))
        self.passphrase.setVisible(ways.passphrase and may)
        self.agree.setText(_("Deposit anew …") if state.deposited else _("Deposit a way in …"))
        self.agree.setVisible(may)
        self.end.setVisible(bool(state.deposited))

    def deposit(self) -> None:
        """Do what was agreed to."""
        self.question.say("", Tone.INFORMATION)
        self.passphrase.complain("")
        workspace, passphrase = self._bench.workspace, self.passphrase.editor.text()
        self._bench.background.do(
            self, lambda _progress: escrow.deposit(workspace, passphrase=passphrase), self._deposited, self._refuse
        )

    def withdraw(self) -> None:
        """Take it back."""
        self.question.say("", Tone.INFORMATION)
        workspace = self._bench.workspace
        self._bench.background.do(self, lambda _progress: escrow.withdraw(workspace), self._withdrawn, self._refuse)

    def _ask(self) -> None:
        body = self._state.body if self._state else ""
        words = _(
            "From then on two people of {body}, together, can open these data once you bring them the file that asks for it. "
            "Do you agree?"
        )
        keep = (_("No"), lambda: self.question.say("", Tone.INFORMATION))
        self.question.say(words.format(body=body), Tone.INFORMATION, (keep, (_("I agree"), self.deposit)))

    def _ask_to_end(self) -> None:
        words = _("Backups made before still hold what was deposited, until they are removed or the data have another key.")
        keep = (_("Leave it as it is"), lambda: self.question.say("", Tone.INFORMATION))
        self.question.say(words, Tone.WARNING, (keep, (_("Withdraw"), self.withdraw)))

    def _deposited(self, _changed: EscrowChanged) -> None:
        self.passphrase.editor.clear()
        self._bench.feedback.say(_("Deposited. It can be withdrawn here any day."), Tone.OK)

    def _withdrawn(self, _changed: EscrowChanged) -> None:
        self._bench.feedback.say(_("Withdrawn: the congress opens these data no more."), Tone.OK)

    def _refuse(self, error: AppError) -> None:
        if self.passphrase.isHidden() or not error.code.startswith("passphrase"):
            self.question.say(explain(error), Tone.WARNING)
            return
        self.passphrase.complain(explain(error))
        self.passphrase.editor.setFocus()


def _told(state: EscrowState) -> str:
    if state.current:
        words = _(
            "Deposited on {day} with {body}. Should the keyring and the recovery sheet both be lost, the first picture of the"
            " program writes a file for it; two people there open that together and read digits out to you."
        )
        return words.format(day=state.deposited, body=state.keeper)
    if state.deposited:
        return _(
            "Deposited on {day}, for a key that the body has replaced since. Deposit it anew if you still agree, or withdraw it."
        ).format(day=state.deposited)
    return _(
        "{body} offers to keep a way in. Should the keyring and the recovery sheet both be lost, two people there can open the"
        " data together, neither of them alone, and only with a file that you bring. The congress gets nothing before that day."
        " It is your choice, and you may withdraw it."
    ).format(body=state.body)
