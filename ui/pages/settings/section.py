"""One part of the settings: its cards in a column that scrolls."""

from collections.abc import Sequence
from typing import ClassVar, Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from app.errors import AppError
from ui.page import Page, Workbench
from ui.theme import SPACE

_WIDEST: Final = 760  # lines longer than this are hard to read


class Section(QScrollArea):
    """What the page shows beside the name of a part."""

    name: ClassVar[str]
    """Its name, an English message."""

    changed = Signal()
    """Its actions are others now."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page: Final = page
        self.bench: Final[Workbench] = page.bench
        self.setWidgetResizable(True)
        inside = QWidget()
        self.column: Final = QVBoxLayout(inside)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(SPACE.large)
        self.inside: Final = inside
        self.setWidget(inside)
        self.bench.theme.changed.connect(self._measure)
        self._measure()

    def add(self, *widgets: QWidget) -> None:
        """Put cards below the others; after the last call the column ends with them."""
        for each in widgets:
            self.column.addWidget(each)

    def end(self) -> None:
        """Let what is left of the column stay empty."""
        self.column.addStretch(1)

    def actions_offered(self) -> Sequence[QAction]:
        """What can be done in this part, the most likely last."""
        return ()

    def refresh(self) -> None:
        """Ask again for what is shown."""

    def keep(self) -> None:
        """Keep what is typed and not saved."""

    def fail(self, error: AppError) -> None:
        """Say what went wrong."""
        self.bench.feedback.fail(error)

    def _measure(self) -> None:
        self.inside.setMaximumWidth(self.bench.theme.px(_WIDEST))
