"""Words that narrow a list: told when the person pauses, or presses Enter."""

from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLineEdit

from app.i18n import _

_PAUSE: Final = 250  # milliseconds after the last key; text that an input method is still composing never arrives here


class NarrowingField(QLineEdit):
    """A line of words above a list; `placeholder` says which words it looks for."""

    narrowed = Signal(str)
    """What stands here now, once for each text."""
    entered = Signal()
    """Enter: the person wants to go into the list."""

    def __init__(self, placeholder: str) -> None:
        super().__init__()
        self._told = ""
        self.pause: Final = QTimer(self, singleShot=True, interval=_PAUSE)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(_("Narrow the list by words"))
        self.setClearButtonEnabled(True)
        self.textChanged.connect(lambda: self.pause.start())
        self.pause.timeout.connect(self._tell)
        self.returnPressed.connect(self._enter)

    def show_words(self, words: str) -> None:
        """Show words by which the list is narrowed already."""
        self._told = words
        self.setText(words)
        self.pause.stop()

    def _tell(self) -> None:
        self.pause.stop()
        if self.text() != self._told:
            self._told = self.text()
            self.narrowed.emit(self._told)

    def _enter(self) -> None:
        self._tell()
        self.entered.emit()
