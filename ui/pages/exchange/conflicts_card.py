"""How many records two computers of the station changed differently, and the way to decide about them."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel

from app.i18n import _, ngettext
from ui.dialogs.conflicts_dialog import ConflictsDialog
from ui.page import Workbench
from ui.widgets.card import Card
from ui.widgets.roles import button, label


class ConflictsCard(Card):
    """Hidden where nothing waits for a decision."""

    decided = Signal()

    def __init__(self, bench: Workbench) -> None:
        super().__init__(_("To be decided"), role="now")
        self._bench = bench
        self.words: Final[QLabel] = label("", "soft", wrap=True)
        self.deed: Final = button(_("Compare and decide …"))
        self.deed.clicked.connect(self.open)
        self.add(self.words)
        self.body.addWidget(self.deed, alignment=Qt.AlignmentFlag.AlignLeft)
        self.hide()

    def show_count(self, count: int) -> None:
        """Show how many there are."""
        words = ngettext(
            "{count} record was changed differently at two computers of the station.",
            "{count} records were changed differently at two computers of the station.",
            count,
        )
        self.words.setText(words.format(count=count))
        self.setVisible(count > 0)

    def open(self) -> ConflictsDialog:
        """Look at them one after the other."""
        dialog = ConflictsDialog(self._bench, self.window())
        dialog.decided.connect(self.decided)
        dialog.open()
        return dialog
