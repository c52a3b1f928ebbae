"""Where the key shall lie: with the desktop's keyring, or behind a passphrase typed at every start."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QRadioButton, QVBoxLayout, QWidget

from app.i18n import _
from ui.theme import SPACE
from ui.widgets.field import Field
from ui.widgets.roles import label


class KeyFields(QWidget):
    """A choice, and for a passphrase two fields that must agree; `entered` tells Enter in the last one."""

    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._keyring = QRadioButton(_("By this computer's login (recommended): nothing is asked at the start"))
        self._by_passphrase = QRadioButton(_("By a passphrase, typed at every start"))
        self._keyring.setChecked(True)
        self._first = Field(_("Passphrase"), QLineEdit())
        self._second = Field(_("The passphrase once more"), QLineEdit())
        self._show = QCheckBox(_("Show what I type"))
        self._passphrase = QWidget()
        inner = QVBoxLayout(self._passphrase)
        inner.setContentsMargins(SPACE.huge, 0, 0, 0)
        inner.setSpacing(SPACE.small)
        inner.addWidget(label(_("Several words are easier to remember than signs. Nobody can look it up."), "small", wrap=True))
        inner.addWidget(self._first)
        inner.addWidget(self._second)
        inner.addWidget(self._show)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE.small)
        for each in (self._keyring, self._by_passphrase, self._passphrase):
            layout.addWidget(each)
        self._by_passphrase.toggled.connect(self._choose)
        self._show.toggled.connect(self._reveal)
        self._first.editor.returnPressed.connect(self._second.editor.setFocus)
        self._second.editor.returnPressed.connect(self.entered.emit)
        self._reveal(shown=False)
        self._choose(chosen=False)

    def passphrase(self) -> str | None:
        """The passphrase; empty for the keyring; None where the two do not agree or nothing was typed, which is said."""
        if not self._by_passphrase.isChecked():
            return ""
        first, second = self._first.editor.text(), self._second.editor.text()
        self._first.complain("" if first else _("Type a passphrase."))
        self._second.complain("" if first == second else _("The two are not the same. Type both again."))
        return first if first and first == second else None

    def choose_passphrase(self) -> None:
        """Go the way of the passphrase, because no keyring answers."""
        self._by_passphrase.setChecked(True)
        self._first.editor.setFocus()

    def _choose(self, chosen: bool) -> None:
        self._passphrase.setVisible(chosen)
        if chosen:
            self._first.editor.setFocus()

    def _reveal(self, shown: bool) -> None:
        for each in (self._first, self._second):
            each.editor.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
