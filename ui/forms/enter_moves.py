"""Enter goes on to the next field, as it does on every form of an office."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractSpinBox, QCheckBox, QComboBox, QLineEdit, QScrollArea, QWidget

_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class EnterMoves(QObject):
    """Watches the single-line fields of a form: Enter goes to the next one, or where `onward` says for that field.

    What an input method is composing never arrives here as a key, so Enter that ends a composition moves nobody.
    """

    def __init__(self, form: QWidget) -> None:
        super().__init__(form)
        self._onward: dict[QObject, Callable[[], None]] = {}

    def watch(
        self, field: QLineEdit | QComboBox | QCheckBox | QAbstractSpinBox, onward: Callable[[], None] | None = None
    ) -> None:
        """Let Enter move on from this field."""
        if onward:
            self._onward[field] = onward
        field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's own name
        if not (isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in _ENTER):
            return False
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if not plain or not isinstance(watched, QWidget):
            return False
        if isinstance(watched, QAbstractSpinBox):
            watched.interpretText()
        onward = self._onward.get(watched)
        onward() if onward else on_from(watched)
        return True


def on_from(field: QWidget) -> None:
    """Focus what Tab would."""
    following = field.nextInFocusChain()
    while following and following is not field:
        reached = following.focusPolicy() & Qt.FocusPolicy.TabFocus and following.isEnabled() and following.isVisible()
        if reached and not field.isAncestorOf(following):
            reach(following)
            return
        following = following.nextInFocusChain()


def reach(field: QWidget) -> None:
    """Focus a field and bring it in sight, as Tab does."""
    field.setFocus(Qt.FocusReason.TabFocusReason)
    around = field.parentWidget()
    while around and not isinstance(around, QScrollArea):
        around = around.parentWidget()
    if isinstance(around, QScrollArea):
        around.ensureWidgetVisible(field)
