"""The question before submission, inside the page: it cannot be undone, so the safe answer comes first."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.i18n import _, ngettext
from ui.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.roles import button, label


class SubmissionPanel(Card):
    """What submission does, and two buttons; `declined` is the safe one."""

    agreed = Signal()
    declined = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Submit this suggestion?"), parent, role="now")
        self.words: Final = label("", wrap=True)
        self.no: Final = button(_("Look at it again"))
        self.yes: Final = button(_("Submit the suggestion"), "primary")
        line = QHBoxLayout()
        line.setSpacing(SPACE.small)
        line.addStretch(1)
        line.addWidget(self.no)
        line.addWidget(self.yes)
        self.add(self.words)
        self.body.addLayout(line)
        self.no.clicked.connect(self.declined)
        self.yes.clicked.connect(self.agreed)
        self.hide()

    def ask(self, grounds: int, hints: int) -> None:
        """Say what will happen, and wait for an answer."""
        told = [_("Title and text will not change any more. This cannot be undone.")]
        if grounds:
            told.append(
                ngettext(
                    "{count} issue will show that it was raised.", "{count} issues will show that they were raised.", grounds
                ).format(count=grounds)
            )
        if hints:
            told.append(ngettext("There is {count} hint.", "There are {count} hints.", hints).format(count=hints))
        self.words.setText("\n".join(told))
        self.show()
        self.no.setFocus()
