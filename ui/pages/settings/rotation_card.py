"""Another key for the data themselves: asked for twice, done with progress, its new recovery code shown once."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from app.errors import AppError
from app.i18n import N_, _
from app.messages import explain
from app.use_cases.key_rotation import Rotated, rotate_key
from app.use_cases.key_ways import KeyWays
from ui.feedback import Tone
from ui.page import Workbench
from ui.widgets.card import Card
from ui.widgets.field import Field
from ui.widgets.notice import Notice
from ui.widgets.progress_line import ProgressLine
from ui.widgets.roles import button, label

_STAGES = {
    "snapshot": N_("Backing up first"),
    "proof": N_("Backing up first"),
    "files": N_("Backing up first"),
    "reading": N_("Backing up first"),
    "rotation": N_("Encrypting the data anew"),
}


class RotationCard(Card):
    """For the day somebody may know the key; the new code is in sight until somebody goes elsewhere."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(_("Somebody may have the key"))
        self._bench = bench
        self._running = False
        words = _(
            "Where a computer, a passphrase or a sheet was in strange hands, the data are encrypted anew under another key."
            " The recovery sheet is replaced as well."
        )
        self.add(label(words, "soft", wrap=True))
        self.passphrase = Field(_("Passphrase"), QLineEdit())
        self.passphrase.editor.setEchoMode(QLineEdit.EchoMode.Password)
        self.question = Notice()
        self.line = ProgressLine(_STAGES)
        self.begin = button(_("Encrypt anew …"))
        self.code = label("", "code", wrap=True)
        self.code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.told = label("", "soft", wrap=True)
        for each in (self.passphrase, self.question, self.line, self.code, self.told):
            self.add(each)
        row = QHBoxLayout()
        row.addWidget(self.begin)
        row.addStretch(1)
        self.body.addLayout(row)
        for each in (self.code, self.told):
            each.hide()
        self.begin.clicked.connect(self._ask)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802  # Qt's own name
        super().hideEvent(event)
        if not event.spontaneous():  # not of a window that was made small
            self.forget()

    def show_ways(self, ways: KeyWays) -> None:
        """The passphrase is asked for where one opens these data."""
        self.passphrase.setVisible(ways.passphrase)

    def forget(self) -> None:
        """Show the new code no more."""
        self.code.clear()
        for each in (self.code, self.told):
            each.hide()

    def rotate(self) -> None:
        """Do it."""
        self.question.say("", Tone.INFORMATION)
        self.passphrase.complain("")
        self._run(running=True)
        workspace, passphrase = self._bench.workspace, self.passphrase.editor.text()
        job = self._bench.background.do(
            self,
            lambda progress: rotate_key(workspace, passphrase=passphrase, progress=progress),
            self._done,
            self._refuse,
            title=_("Encrypting the data anew"),
        )
        if self._running:
            self.line.watch(job)

    def _ask(self) -> None:
        words = _(
            "Print the new code right after, for the sheet of today opens nothing any more then. Older backups keep theirs."
        )
        keep = (_("Leave it as it is"), lambda: self.question.say("", Tone.INFORMATION))
        self.question.say(words, Tone.WARNING, (keep, (_("Encrypt anew"), self.rotate)))

    def _done(self, rotated: Rotated) -> None:
        self._run(running=False)
        self.passphrase.editor.clear()
        self.code.setText("　".join(rotated.code.split("-")))
        told = _("The new recovery code of {day}. Print or copy it now and lock it away; it is never shown again.")
        self.told.setText(told.format(day=rotated.label))
        for each in (self.code, self.told):
            each.show()
        self.question.say("\n".join(explain(each) for each in rotated.problems), Tone.WARNING)
        self._bench.feedback.say(_("The data lie under another key."), Tone.OK)

    def _refuse(self, error: AppError) -> None:
        self._run(running=False)
        if self.passphrase.isHidden() or not error.code.startswith("passphrase"):
            self.question.say(explain(error), Tone.WARNING)
            return
        self.passphrase.complain(explain(error))
        self.passphrase.editor.setFocus()

    def _run(self, *, running: bool) -> None:
        self._running = running
        self.begin.setEnabled(not running)
        if not running:
            self.line.end()
