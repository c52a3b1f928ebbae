"""One file in a list of few: its name, what it is, and one word for what becomes of it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from ui.theme import SPACE
from ui.widgets.roles import button, label


class FileRow(QWidget):
    """A chip with the word, the sentence beside it, the file's name below."""

    def __init__(self, name: str, sentence: str, word: str, tone: str) -> None:
        super().__init__()
        self.word, self.sentence = word, sentence
        told = label(sentence, "", wrap=True)
        told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._chip = label(word, "chip", tone=tone)
        self.setAccessibleName(f"{word} {name} {sentence}")
        grid = self._grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(SPACE.middle)
        grid.setVerticalSpacing(SPACE.tiny)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self._chip, 0, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(told, 0, 1)
        grid.addWidget(label(name, "small", wrap=True), 1, 1)

    def offer(self, words: str, act: Callable[[], None]) -> None:
        """Put a button at its end."""
        made = button(words)
        made.clicked.connect(lambda: act())
        self._grid.addWidget(made, 0, 2, 2, 1, Qt.AlignmentFlag.AlignVCenter)

    @staticmethod
    def align(rows: "Sequence[FileRow]") -> None:
        """Let the sentences of all rows begin below each other."""
        widest = max((each._chip.sizeHint().width() for each in rows), default=0)
        for each in rows:
            each._grid.setColumnMinimumWidth(0, widest)
