"""A body that is to be believed for the first time: its fingerprint, to be compared by telephone or on paper."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox

from app.i18n import _
from app.use_cases.trust import TrustState
from ui.pages.exchange.words import grouped
from ui.widgets.card import Card
from ui.widgets.roles import label


class CompareCard(Card):
    """The twelve digits large, the whole fingerprint small, and a person's word that they are the same."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__(_("Compare the fingerprint first"), role="now")
        self.digits = ""
        self._words = label("", "", wrap=True)
        self._digits = label("", "figure")
        self._whole = label("", "small", wrap=True)
        self._same = QCheckBox(_("I have compared it by telephone or on paper; all groups are the same"))
        self._same.toggled.connect(lambda: self.changed.emit())
        for each in (self._digits, self._whole):
            each.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        for widget in (self._words, self._digits, self._whole, self._same):
            self.add(widget)

    @property
    def agreed(self) -> bool:
        """Whether somebody has compared it."""
        return self._same.isChecked()

    def agree(self) -> None:
        """Somebody has compared it."""
        self._same.setChecked(True)

    def show_trust(self, trust: TrustState) -> None:
        """Show whom to believe; what was compared before does not count."""
        self.digits = trust.digits
        words = _(
            "Everything this body signs is believed from here on. Ring {body} at a number you know, and have the digits read out."
        )
        self._words.setText(words.format(body=trust.name or trust.body))
        self._digits.setText(trust.digits)
        self._digits.setAccessibleName(_("Fingerprint in twelve digits {digits}").format(digits=trust.digits))
        self._whole.setText(grouped(trust.fingerprint))
        self._same.setChecked(False)
