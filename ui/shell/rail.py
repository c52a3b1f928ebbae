"""The rail at the left: the station's name, the places, who is at the keyboard."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from app.i18n import _
from ui.places import Place
from ui.theme import SPACE, Theme
from ui.widgets.icons import icon
from ui.widgets.roles import label

_WIDE, _NARROW = 168, 60
_MOST: Final = 999  # a larger number stands at its place in full


class Rail(QFrame):
    """Places to go to; a number stands beside one only where something waits there."""

    wanted = Signal(object)
    """A place was chosen."""
    lock_wanted = Signal()
    """Somebody else wants the keyboard, or whoever is there leaves it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._narrow = False
        self.setProperty("role", "rail")
        self.setAccessibleName(_("Places"))
        self._program = label(_("Liaison Workbench"), "section")
        self._station = label("", "small", wrap=True)
        self._name = ""
        self._operator = QPushButton()
        self._operator.setProperty("role", "keyboard")
        self._operator.setToolTip(_("Lock, or let somebody else work（Ctrl+L）"))
        self._operator.clicked.connect(self.lock_wanted)
        self._places: Final = {place: _PlaceButton(place) for place in Place if place.on_rail}
        self._group = QButtonGroup(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE.small, SPACE.large, SPACE.small, SPACE.middle)
        layout.setSpacing(2)
        layout.addWidget(self._program)
        layout.addWidget(self._station)
        layout.addSpacing(SPACE.middle)
        for number, (place, button) in enumerate(self._places.items(), start=1):
            self._group.addButton(button)
            keys = QShortcut(QKeySequence(f"Alt+{number}"), self)  # a button forgets its own keys when its words change
            keys.activated.connect(button.click)
            button.setToolTip(f"{_(place.words)}（Alt+{number}）")
            button.clicked.connect(lambda _checked=False, place=place: self.wanted.emit(place))
            layout.addWidget(button)
        layout.addStretch(1)
        layout.addWidget(self._operator)
        theme.changed.connect(self._dress)
        self._dress()

    def choose(self, place: Place) -> None:
        """Show where one is."""
        self._group.setExclusive(place.on_rail)  # away from the rail none of its buttons is where one is
        for each, button in self._places.items():
            button.setChecked(each is place)

    def wait(self, numbers: Mapping[Place, int]) -> None:
        """Show how much waits at which place."""
        for place, button in self._places.items():
            button.wait(numbers.get(place, 0))

    def name(self, station: str, operator: str) -> None:
        """Say whose station it is and who is at the keyboard."""
        self._station.setText(station)
        self._name = operator
        self._operator.setAccessibleName(_("{name}: lock, or let somebody else work").format(name=operator))
        self._dress()

    def narrow(self, *, narrow: bool) -> None:
        """Shrink to pictures where the window is small; the names stay for whoever hovers or listens."""
        if narrow != self._narrow:
            self._narrow = narrow
            self._dress()

    def _dress(self) -> None:
        size = self._theme.px(18)
        for button in self._places.values():
            button.setIcon(icon(button.place.icon, self._theme.colours, size))
            button.setIconSize(QSize(size, size))
            button.narrow(narrow=self._narrow)
        for words in (self._program, self._station):
            words.setVisible(not self._narrow)
        self._operator.setIcon(icon("lock", self._theme.colours, size))
        self._operator.setIconSize(QSize(size, size))
        self._operator.setText("" if self._narrow else self._name)
        self.setFixedWidth(self._theme.px(_NARROW if self._narrow else _WIDE))


class _PlaceButton(QPushButton):
    """A place: its picture, its name, and the number that waits there."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place
        self.setCheckable(True)
        self.setProperty("role", "place")
        self._number = QLabel(self)
        self._number.setProperty("role", "problem")
        self._number.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, SPACE.small, 0)
        row.addStretch(1)
        row.addWidget(self._number)

    def wait(self, number: int) -> None:
        self._number.setText(f"{_MOST}+" if number > _MOST else str(number) if number else "")
        words = _(self.place.words)
        self.setAccessibleName(f"{words} {number}" if number else words)

    def narrow(self, *, narrow: bool) -> None:
        self.setText("" if narrow else _(self.place.words))
        self.setAccessibleName(_(self.place.words))
        self._number.setVisible(not narrow)
