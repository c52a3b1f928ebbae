"""A sentence that stands in the page until it is no longer true, with what can be done about it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.feedback import Tone
from ui.theme import SPACE
from ui.widgets.contents import take_out
from ui.widgets.roles import button, label, restyled

Deed = tuple[str, Callable[[], None]]


class Notice(QFrame):
    """Words on a soft ground, buttons below them; hidden where nothing is said."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "notice")
        self._words = label("", "", wrap=True)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._deeds = QHBoxLayout()
        self._deeds.setSpacing(SPACE.small)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE.middle, SPACE.small, SPACE.middle, SPACE.small)
        column.setSpacing(SPACE.small)
        column.addWidget(self._words)
        column.addLayout(self._deeds)
        self.hide()

    @property
    def words(self) -> str:
        """What stands there; empty where nothing is said."""
        return "" if self.isHidden() else self._words.text()

    def say(self, words: str, tone: Tone, deeds: Sequence[Deed] = ()) -> None:
        """Say a sentence and offer what can be done; nothing where there are no words."""
        self._words.setText(words)
        take_out(self._deeds)
        for name, act in deeds:
            made = button(name)
            made.clicked.connect(lambda _checked=False, act=act: act())
            self._deeds.addWidget(made)
        if deeds:
            self._deeds.addStretch(1)
        restyled(self, "tone", tone)
        self.setAccessibleName(words)
        self.setVisible(bool(words))
