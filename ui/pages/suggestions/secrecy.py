"""The question before the first word: what is secret goes the classified way, on paper, and never into this program."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.i18n import _
from ui.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.roles import button, label


class SecrecyPanel(Card):
    """Asked once for a suggestion; `clear` says that nothing is secret, `doubtful` that something may be."""

    clear = Signal()
    doubtful = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Before the first word: is anything in it a state secret?"), parent, role="now")
        self.words: Final = label(
            _("Nothing classified belongs into this program. What is, or may be, goes the classified way, on paper."), wrap=True
        )
        self.maybe: Final = button(_("It is, or I am not sure"))
        self.no: Final = button(_("Nothing in it is secret"), "primary")
        line = QHBoxLayout()
        line.setSpacing(SPACE.small)
        line.addStretch(1)
        line.addWidget(self.maybe)
        line.addWidget(self.no)
        self.add(self.words)
        self.body.addLayout(line)
        self.maybe.clicked.connect(self._doubt)
        self.no.clicked.connect(self.clear)
        self.hide()

    def ask(self) -> None:
        """Ask anew."""
        self.words.setText(
            _("Nothing classified belongs into this program. What is, or may be, goes the classified way, on paper.")
        )
        self.maybe.show()
        self.show()

    def _doubt(self) -> None:
        self.words.setText(
            _(
                "Then write nothing of it here. Ask the body's secrecy officer, and hand it in on paper by the classified way. "
                "Go on only when it is certain that nothing is secret."
            )
        )
        self.maybe.hide()
        self.no.setFocus()
        self.doubtful.emit()
