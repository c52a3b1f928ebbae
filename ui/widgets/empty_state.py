"""What an empty list says: what belongs here, and the first step."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.theme import SPACE
from ui.widgets.roles import button, label


class EmptyState(QWidget):
    """An empty place is a beginning: words, and a button that does the first step where there is one."""

    def __init__(self, words: str, deed: str = "", act: Callable[[], None] | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setSpacing(SPACE.middle)
        layout.addStretch(1)
        self.words = label(words, "soft", wrap=True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout.addWidget(self.words)
        if deed and act:
            self.deed = button(deed)
            self.deed.clicked.connect(lambda: act())
            layout.addWidget(self.deed, alignment=Qt.AlignmentFlag.AlignCenter)
        layout.addStretch(2)
