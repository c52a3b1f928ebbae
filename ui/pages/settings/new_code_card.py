"""A new recovery code: asked for twice, shown once, and one group of it typed back (decision 22)."""

import secrets

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from app.errors import AppError
from app.i18n import _
from app.messages import explain
from app.use_cases import key_ways
from app.use_cases.key_ways import KeysChanged, KeyWays, NewCode
from ui.feedback import Tone
from ui.page import Workbench
from ui.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.field import Field
from ui.widgets.notice import Notice
from ui.widgets.roles import button, label


class NewCodeCard(Card):
    """The sheet before opens nothing any more; the new code is forgotten as soon as a group of it was typed back."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(_("The sheet is lost"))
        self._bench = bench
        self._code = ""
        self._group = 0
        words = _("Make a new recovery code; the sheet before opens nothing any more.")
        self._words = label(words, "soft", wrap=True)
        self.passphrase = Field(_("Passphrase"), QLineEdit())
        self.passphrase.editor.setEchoMode(QLineEdit.EchoMode.Password)
        self.begin = button(_("Make a new code …"))
        self.question = Notice()
        self.code = label("", "code", wrap=True)
        self.code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._label = label("", "soft", wrap=True)
        self.typed = Field("", QLineEdit())
        self.confirm = button(_("Confirm"))
        row = QHBoxLayout()
        row.setSpacing(SPACE.small)
        for each in (self.begin, self.confirm):
            row.addWidget(each)
        row.addStretch(1)
        for widget in (self._words, self.passphrase, self.question, self.code, self._label, self.typed):
            self.add(widget)
        self.body.addLayout(row)
        self._show_code("")
        self.begin.clicked.connect(self._ask)
        self.confirm.clicked.connect(self.confirm_now)
        self.typed.editor.returnPressed.connect(self.confirm_now)

    @property
    def group(self) -> int:
        """Which group is to be typed back, from one; 0 where none is."""
        return self._group

    def show_ways(self, ways: KeyWays) -> None:
        """The passphrase is asked for where one opens these data."""
        self.passphrase.setVisible(ways.passphrase and not self._code)

    def renew(self) -> None:
        """Make it."""
        self.question.say("", Tone.INFORMATION)
        self.passphrase.complain("")
        workspace, passphrase = self._bench.workspace, self.passphrase.editor.text()
        self._bench.background.do(
            self, lambda _progress: key_ways.renew_recovery(workspace, passphrase=passphrase), self._made, self._refuse
        )

    def confirm_now(self) -> None:
        """See whether the group that was typed is the code's."""
        self.typed.complain("")
        workspace, code, group, typed = self._bench.workspace, self._code, self._group, self.typed.editor.text()
        self._bench.background.do(
            self, lambda _progress: key_ways.confirm_group(workspace, code, group, typed), self._confirmed, self._refuse_group
        )

    def _ask(self) -> None:
        words = _("The sheet that was printed before will open nothing any more. This cannot be undone.")
        keep, go = (_("Leave it as it is"), lambda: self.question.say("", Tone.INFORMATION)), (_("Make the new code"), self.renew)
        self.question.say(words, Tone.WARNING, (keep, go))

    def _made(self, made: NewCode) -> None:
        self.passphrase.editor.clear()
        self._label.setText(
            _("Made on {day}. Print or copy it now and lock it away; it is never shown again.").format(day=made.label)
        )
        self._show_code(made.code)
        self.typed.editor.setFocus()

    def _show_code(self, code: str) -> None:
        self._code = code
        groups = code.split("-") if code else []
        self._group = secrets.randbelow(len(groups)) + 1 if groups else 0
        self.code.setText("　".join(groups))
        self.typed.editor.clear()
        named = _("Type group {number} of the sheet").format(number=self._group)
        self.typed.name.setText(named)
        self.typed.editor.setAccessibleName(named)
        for each in (self.code, self._label, self.typed, self.confirm):
            each.setVisible(bool(code))
        for each in (self._words, self.begin):
            each.setVisible(not code)
        self.passphrase.setVisible(not code and not self.passphrase.isHidden())

    def _confirmed(self, _changed: KeysChanged) -> None:
        self._show_code("")
        self._bench.feedback.say(_("Confirmed. Lock the sheet away."))

    def _refuse(self, error: AppError) -> None:
        if self.passphrase.isHidden():
            self.question.say(explain(error), Tone.WARNING)
        else:
            self.passphrase.complain(explain(error))
            self.passphrase.editor.setFocus()

    def _refuse_group(self, error: AppError) -> None:
        self.typed.complain(explain(error))
        self.typed.editor.setFocus()
