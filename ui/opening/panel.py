"""One step on the way into a station: a heading, what it is about, fields, and at the end what can be done."""

from collections.abc import Callable
from itertools import pairwise
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ui.theme import SPACE
from ui.widgets.roles import button, label


class Panel(QFrame):
    """A white card with the step's fields in `body`; what went wrong stands above the buttons, and what was typed stays."""

    def __init__(self, heading: str, words: str = "") -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setAccessibleName(heading)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE.huge, SPACE.huge, SPACE.huge, SPACE.huge)
        layout.setSpacing(SPACE.large)
        layout.addWidget(label(heading, "title", wrap=True))
        self.words: Final = label(words, "soft", wrap=True)
        self.body: Final = QVBoxLayout()
        self.body.setSpacing(SPACE.middle)
        self.problem: Final = label("", "problem", wrap=True)
        self.problem.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.problem.hide()
        self._deeds = QHBoxLayout()
        self._deeds.setSpacing(SPACE.small)
        self._deeds.addStretch(1)
        layout.addWidget(self.words)
        self.words.setVisible(bool(words))
        layout.addLayout(self.body)
        layout.addWidget(self.problem)
        layout.addLayout(self._deeds)

    def add(self, widget: QWidget) -> None:
        """Put a widget below the others."""
        self.body.addWidget(widget)

    def offer(self, words: str, act: Callable[[], None], role: str = "") -> QPushButton:
        """A button of this step, to the right of those before."""
        made = button(words, role)
        made.setAutoDefault(True)
        made.clicked.connect(lambda: act())
        self._deeds.addWidget(made)
        return made

    def complain(self, sentence: str) -> None:
        """Say what is wrong; nothing is where the sentence is empty."""
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))

    def begin(self) -> None:
        """Put the cursor where typing starts."""
        if field := next((each for each in self.findChildren(QLineEdit) if each.isVisibleTo(self) and each.isEnabled()), None):
            field.setFocus()


def in_turn(fields: list[QLineEdit], last: Callable[[], None]) -> None:
    """Enter goes from field to field, and in the last one does what the step is for."""
    for field, after in pairwise(fields):
        field.returnPressed.connect(after.setFocus)
    fields[-1].returnPressed.connect(lambda: last())
