"""The way into a station that is there: a passphrase, once more, or the recovery code; or the sentence why there is none."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit

from app.i18n import _
from ui.opening.panel import Panel
from ui.widgets.field import Field


class UnlockPanel(Panel):
    """Offers what helps: a passphrase where one opens the station, another try, the recovery code."""

    passphrase_given = Signal(str)
    again = Signal()
    recover = Signal()

    def __init__(self, words: str, *, passphrase: bool, again: bool, recovery: bool) -> None:
        super().__init__(_("Open the station") if passphrase else _("The station does not open"), words)
        self._passphrase = Field(_("Passphrase"), QLineEdit())
        self._passphrase.editor.setEchoMode(QLineEdit.EchoMode.Password)
        self._passphrase.editor.returnPressed.connect(self._give)
        self._show = QCheckBox(_("Show what I type"))
        self._show.toggled.connect(self._reveal)
        self.add(self._passphrase)
        self.add(self._show)
        for each in (self._passphrase, self._show):
            each.setVisible(passphrase)
        if recovery:
            self.offer(_("Use the recovery code"), self.recover.emit)
        if again:
            self.offer(_("Try again"), self.again.emit, "" if passphrase else "primary")
        if passphrase:
            self.offer(_("Open"), self._give, "primary")

    def refuse(self, sentence: str) -> None:
        """Say what is wrong with what was typed, which stays."""
        self._passphrase.complain(sentence)
        self._passphrase.editor.setFocus()

    def _give(self) -> None:
        self._passphrase.complain("")
        self.passphrase_given.emit(self._passphrase.editor.text())

    def _reveal(self, shown: bool) -> None:
        self._passphrase.editor.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
