"""What the window says to a person: calm sentences under the heading, with at most one thing to do about them."""

from collections.abc import Callable
from enum import StrEnum
from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from app.errors import AppError
from app.i18n import _
from app.messages import explain
from ui.theme import SPACE
from ui.widgets.roles import restyled

_SECONDS: Final = 12  # long enough to read two lines and to reach for the button


class Tone(StrEnum):
    """How a sentence is meant; a word says it too, the colour only repeats it."""

    INFORMATION = "information"
    OK = "ok"
    WARNING = "warning"
    ACCENT = "accent"


class Feedback(QFrame):
    """The one place for sentences. A good word goes by itself, a bad one stays until it is closed or another comes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "notice")
        self._words = QLabel()
        self._words.setWordWrap(True)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.deed = QPushButton()
        self.deed.setProperty("role", "link")
        self._close = QPushButton(_("Close"))
        self._close.setProperty("role", "link")
        self._act: Callable[[], None] | None = None
        self.goes = QTimer(self, singleShot=True, interval=_SECONDS * 1000)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(SPACE.middle, SPACE.small, SPACE.small, SPACE.small)
        layout.addWidget(self._words, 1)
        layout.addWidget(self.deed)
        layout.addWidget(self._close)
        self.deed.clicked.connect(self._do)
        self._close.clicked.connect(self.hide)
        self.goes.timeout.connect(self.hide)
        self.hide()

    @property
    def words(self) -> str:
        """What stands there now; empty where nothing is said."""
        return "" if self.isHidden() else self._words.text()

    def say(self, words: str, tone: Tone = Tone.OK, *, deed: str = "", act: Callable[[], None] | None = None) -> None:
        """Say a sentence; `deed` names what a person may do about it, `act` does it."""
        self._words.setText(words)
        self._act = act
        self.deed.setText(deed)
        self.deed.setVisible(bool(deed))
        restyled(self, "tone", tone)
        self.show()
        if tone in {Tone.OK, Tone.INFORMATION}:
            self.goes.start()
        else:
            self.goes.stop()

    def fail(self, error: AppError) -> None:
        """Say what went wrong and what to do: the same words as on the command line."""
        self.say(explain(error), Tone.WARNING)

    def _do(self) -> None:
        self.hide()
        if self._act:
            self._act()
