"""The question before submission, inside the page: it cannot be undone, so the safe answer comes first."""

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.hint import Hint, HintGroup
from app.domain.problems import Problem
from app.i18n import _, ngettext
from app.messages import problem_told
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

    def ask(self, grounds: int, problems: Iterable[Problem]) -> None:
        """Say what will happen and how many hints are open, and wait for an answer.

        Those on residents' data and on who reviews it are told in full.
        """
        hints = [each for each in problems if each.hint and getattr(each, "answer", None) is None]
        told = [_("Title and text will not change any more. This cannot be undone.")]
        if grounds:
            told.append(
                ngettext(
                    "{count} issue will show that it was raised.", "{count} issues will show that they were raised.", grounds
                ).format(count=grounds)
            )
        if hints:
            many = len(hints)
            told.append(ngettext("There is {count} hint.", "There are {count} hints.", many).format(count=many))
        told += [problem_told(each) for each in hints if _in_full(each)]
        self.words.setText("\n".join(told))
        self.show()
        self.no.setFocus()


def _in_full(hint: Problem) -> bool:
    """Whether it is asked once more before it is too late, in its own words."""
    return hint.code == "congress_unplaced" or (isinstance(hint, Hint) and hint.group is HintGroup.PERSONAL)
