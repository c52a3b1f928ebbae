"""A choice among few: each stands there as a button, the chosen one is filled."""

from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QWidget

from ui.theme import SPACE
from ui.widgets.roles import button

Value = TypeVar("Value")


class Choices(QWidget, Generic[Value]):
    """Buttons in a row; `chosen` tells the value of the one a person pressed."""

    chosen = Signal(object)

    def __init__(self, name: str, options: Sequence[tuple[str, Value]]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._values: list[Value] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE.small)
        for number, (words, value) in enumerate(options):
            made = button(words, "filter")
            made.setCheckable(True)
            made.setAccessibleName(f"{name} {words}")
            self._values.append(value)
            self._group.addButton(made, number)
            row.addWidget(made)
        row.addStretch(1)
        self._group.idClicked.connect(lambda number: self.chosen.emit(self._values[number]))

    def show_value(self, value: Value) -> None:
        """Show what is chosen; a value that is not offered leaves none filled."""
        if value in self._values:
            self._group.button(self._values.index(value)).setChecked(True)

    def press(self, value: Value) -> None:
        """Choose as a person does."""
        self._group.button(self._values.index(value)).click()
