"""Who keeps the key of a new station."""

from PySide6.QtCore import Signal

from app.i18n import _
from ui.opening.key_fields import KeyFields
from ui.opening.panel import Panel
from ui.widgets.roles import label


class KeyPanel(Panel):
    """Asks how the station shall be opened; `given` tells a passphrase, empty for the keyring."""

    given = Signal(str)
    back = Signal()

    def __init__(self) -> None:
        super().__init__(_("How shall the station be opened?"))
        self.fields = KeyFields()
        self.add(self.fields)
        escrow = _("Once this computer is enrolled, the congress may offer to keep a way in for the worst day: Settings, Keys.")
        self.add(label(escrow, "small", wrap=True))
        self.fields.entered.connect(self._continue)
        self.offer(_("Back"), self.back.emit)
        self._done = self.offer(_("Set up the station"), self._continue, "primary")

    def begin(self) -> None:
        self._done.setFocus()

    def _continue(self) -> None:
        passphrase = self.fields.passphrase()
        if passphrase is not None:
            self.given.emit(passphrase)
