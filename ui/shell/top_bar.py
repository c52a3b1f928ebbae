"""The bar above a page: its heading, the one search field, its actions; the last action is the filled button."""

from collections.abc import Sequence

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from ui.shell.search_field import SearchField
from ui.theme import SPACE
from ui.widgets.contents import take_out
from ui.widgets.heading import Heading


class TopBar(QWidget):
    """Heading, search, actions."""

    def __init__(self, search: SearchField) -> None:
        super().__init__()
        self._heading = Heading()
        self._offered: tuple[QAction, ...] = ()
        self._actions = QHBoxLayout()
        self._buttons: list[ActionButton] = []
        self._actions.setSpacing(SPACE.small)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE.middle)
        layout.addWidget(self._heading)
        layout.addStretch(1)
        layout.addWidget(search, 3)
        layout.addLayout(self._actions)

    def furnish(self, heading: str, actions: Sequence[QAction]) -> None:
        """Show a page's heading and its actions."""
        self._heading.say(heading)
        if self._offered == tuple(actions):
            return  # and whoever is just about to press one still finds it
        self._offered = tuple(actions)
        for gone in self._buttons:
            gone.retire()
        take_out(self._actions)
        self._buttons = [ActionButton(action, "primary" if _leads(action, actions) else "", self) for action in actions]
        for offered in self._buttons:
            self._actions.addWidget(offered)


def _leads(action: QAction, actions: Sequence[QAction]) -> bool:
    """Whether it is what a page is there for; the way back never is, also where nothing else is offered."""
    return action is actions[-1] and action.priority() is not QAction.Priority.LowPriority


class ActionButton(QPushButton):
    """A button that does what its action does, and looks as the action is."""

    def __init__(self, action: QAction, role: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)  # without a parent it would be shown as a window of its own for a moment
        self.setAutoDefault(True)  # Enter presses it, not the blank alone
        if role:
            self.setProperty("role", role)
        self._action = action
        self.addAction(action)  # its keys do something as long as it is offered
        self.clicked.connect(action.trigger)
        action.changed.connect(self._follow)
        self._follow()

    def retire(self) -> None:
        """Follow the action no more: shown again by it, it would stand over the buttons of the next page until Qt lets it go."""
        self._action.changed.disconnect(self._follow)

    def _follow(self) -> None:
        self.setText(self._action.text())
        self.setToolTip(self._action.toolTip())
        self.setEnabled(self._action.isEnabled())
        self.setVisible(self._action.isVisible())
