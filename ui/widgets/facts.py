"""Names and what they stand for, in two columns: facts of a thing, to be read and copied."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from ui.theme import SPACE
from ui.widgets.contents import take_out
from ui.widgets.roles import label


class Facts(QWidget):
    """Rows of a name and a value; a value can be marked and copied."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = QGridLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setHorizontalSpacing(SPACE.middle)
        self._rows.setVerticalSpacing(SPACE.small)
        self._rows.setColumnStretch(1, 1)

    def show_facts(self, facts: Iterable[tuple[str, str]]) -> None:
        """Show these, in their order; one without a value is left out."""
        take_out(self._rows)
        for number, (name, value) in enumerate((name, value) for name, value in facts if value):
            told = label(value, "", wrap=True)
            told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            told.setAccessibleName(f"{name} {value}")
            self._rows.addWidget(label(name, "name"), number, 0, Qt.AlignmentFlag.AlignTop)
            self._rows.addWidget(told, number, 1)
