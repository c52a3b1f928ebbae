"""Which ways open this computer, and how to prove, renew or add one; a secret is shown only when it is made."""

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from app.errors import AppError
from app.i18n import N_, _
from app.messages import explain
from app.use_cases import escrow, key_ways
from app.use_cases.escrow import EscrowState
from app.use_cases.key_ways import KeysChanged, KeyWays
from app.use_cases.setup import sheet_lost
from ui.feedback import Tone
from ui.page import Page
from ui.pages.settings.escrow_card import EscrowCard
from ui.pages.settings.new_code_card import NewCodeCard
from ui.pages.settings.rotation_card import RotationCard
from ui.pages.settings.section import Section
from ui.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.facts import Facts
from ui.widgets.field import Field
from ui.widgets.notice import Notice
from ui.widgets.roles import button, label


class KeysSection(Section):
    """The ways, the recovery code, the passphrase."""

    name = N_("Keys")

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.ways: KeyWays | None = None
        self.notice = Notice()
        self.facts = Facts()
        self.code = Field(_("The 48 digits of the sheet"), QLineEdit())
        self.prove = button(_("Check the sheet"))
        self.renewal = NewCodeCard(self.bench)
        self.old, self.new, self.again = (
            Field(_(words), _hidden())
            for words in (N_("Passphrase until now"), N_("New passphrase"), N_("The new passphrase once more"))
        )
        self.rotation = RotationCard(self.bench)
        self.escrow = EscrowCard(self.bench)
        self.set_button = button("")
        self.remove_button = button(_("Remove the passphrase"), "link")
        self.keyring_button = button(_("Renew the keyring entry"))
        self._arrange()
        self.prove.clicked.connect(self.prove_now)
        self.code.editor.returnPressed.connect(self.prove_now)
        self.old.editor.returnPressed.connect(self.new.editor.setFocus)
        self.new.editor.returnPressed.connect(self.again.editor.setFocus)
        self.again.editor.returnPressed.connect(self.set_now)
        self.set_button.clicked.connect(self.set_now)
        self.remove_button.clicked.connect(self.remove_now)
        self.keyring_button.clicked.connect(self.renew_keyring)

    def refresh(self) -> None:
        workspace = self.bench.workspace

        def look() -> tuple[KeyWays, EscrowState, bool]:
            return key_ways.key_ways(workspace), escrow.escrow_state(workspace), sheet_lost(workspace)

        self.bench.background.ask(self, look, lambda found: self._show(*found), self.fail, topic="ways")

    def prove_now(self) -> None:
        """See whether the code that is typed opens these data."""
        self.code.complain("")
        workspace, typed = self.bench.workspace, self.code.editor.text()
        self.bench.background.do(
            self,
            lambda _progress: key_ways.prove_recovery(workspace, typed),
            self._proven,
            lambda error: self._refuse(self.code, error),
        )

    def set_now(self) -> None:
        """Let the new passphrase open these data."""
        for each in (self.old, self.new, self.again):
            each.complain("")
        new, old = self.new.editor.text(), self.old.editor.text()
        if new != self.again.editor.text():
            self.again.complain(_("The two are not the same. Type it again."))
            self.again.editor.setFocus()
            return
        workspace = self.bench.workspace
        self.bench.background.do(
            self, lambda _progress: key_ways.set_passphrase(workspace, new, old=old), self._set, self._refuse_passphrase
        )

    def remove_now(self) -> None:
        """Let no passphrase open these data any more; the one until now is asked for."""
        self.old.complain("")
        workspace, old = self.bench.workspace, self.old.editor.text()
        self.bench.background.do(
            self,
            lambda _progress: key_ways.remove_passphrase(workspace, old),
            self._removed,
            lambda error: self._refuse(self.old, error),
        )

    def renew_keyring(self) -> None:
        """Give the keyring a new entry; where a passphrase opens these data it is typed first."""
        workspace, old = self.bench.workspace, self.old.editor.text()
        self.bench.background.do(
            self, lambda _progress: key_ways.renew_keyring(workspace, passphrase=old), self._renewed, self._not_renewed
        )

    def _removed(self, _changed: KeysChanged) -> None:
        self.old.editor.clear()
        self.bench.feedback.say(_("No passphrase opens these data any more; the keyring does."))

    def _renewed(self, _changed: KeysChanged) -> None:
        self.old.editor.clear()
        self.bench.feedback.say(_("The keyring has a new entry; the one before opens nothing any more."))

    def _not_renewed(self, error: AppError) -> None:
        if error.code.startswith("passphrase") and not self.old.isHidden():
            self._refuse(self.old, error)
        else:
            self.fail(error)

    def _show(self, ways: KeyWays, state: EscrowState, lost: bool) -> None:
        self.ways = ways
        proven = _("checked") if ways.confirmed else _("not known to be locked away")
        sheet = _("of {day}, {state}").format(day=ways.recovery_label, state=proven)
        self.facts.show_facts(
            (
                (_("Keyring of this computer"), _("opens these data") if ways.keyring else _("not used")),
                (_("Passphrase"), _("opens these data") if ways.passphrase else _("not set")),
                (_("Recovery code"), sheet if ways.recovery else _("none")),
                (_("Deposited with the congress"), state.deposited or _("no")),
            )
        )
        self.old.setVisible(ways.passphrase)
        self.set_button.setText(_("Change the passphrase") if ways.passphrase else _("Set a passphrase"))
        self.renewal.show_ways(ways)
        self.rotation.show_ways(ways)
        self.escrow.show_ways(ways, state)
        self.remove_button.setVisible(ways.passphrase)
        words = _(
            "Nobody has confirmed yet that the recovery code is printed and locked away. Without it, a lost computer is lost."
        )
        if lost:
            words = _(
                "The congress opened these data because the sheet was lost. Make a new recovery code here and lock it away."
            )
        self.notice.say("" if ways.confirmed else words, Tone.WARNING)

    def _proven(self, _changed: KeysChanged) -> None:
        self.code.editor.clear()
        self.bench.feedback.say(_("The sheet is the valid one. Lock it away again."))

    def _set(self, _changed: KeysChanged) -> None:
        for each in (self.old, self.new, self.again):
            each.editor.clear()
        self.bench.feedback.say(_("The passphrase opens these data from now on."))

    def _refuse_passphrase(self, error: AppError) -> None:
        self._refuse(self._blamed(error), error)

    def _blamed(self, error: AppError) -> Field[QLineEdit]:
        """The field an error is about."""
        empty_new = error.code == "passphrase_empty" and not self.new.editor.text()
        return self.new if empty_new or self.old.isHidden() else self.old

    def _refuse(self, field: Field[QLineEdit], error: AppError) -> None:
        field.complain(explain(error))
        field.editor.setFocus()

    def _arrange(self) -> None:
        ways = Card(_("Ways in"))
        ways.add(self.facts)
        ways.body.addLayout(_left(self.keyring_button))
        sheet = Card(_("Recovery code"))
        words = _("Type the code from the sheet to see that it is the valid one. It is not kept anywhere.")
        sheet.add(label(words, "soft", wrap=True))
        sheet.add(self.code)
        sheet.body.addLayout(_left(self.prove))
        passphrase = Card(_("Passphrase"))
        words = _("A passphrase opens these data where there is no keyring, or where it was lost.")
        passphrase.add(label(words, "soft", wrap=True))
        for each in (self.old, self.new, self.again):
            passphrase.add(each)
        passphrase.body.addLayout(_left(self.set_button, self.remove_button))
        self.add(self.notice, ways, sheet, self.renewal, passphrase, self.escrow, self.rotation)
        self.end()


def _hidden() -> QLineEdit:
    editor = QLineEdit()
    editor.setEchoMode(QLineEdit.EchoMode.Password)
    return editor


def _left(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(SPACE.small)
    for each in widgets:
        row.addWidget(each)
    row.addStretch(1)
    return row
