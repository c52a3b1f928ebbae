"""The field that lies over the current cell of a grid, and the keys that lead from it to other cells."""

from enum import Enum, auto
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from app.use_cases.pasting import is_block
from ui.shell.undo_key import UNDOES


class Move(Enum):
    """Where a key leads, or what it does to a line."""

    ONWARD = auto()
    BACK = auto()
    NEXT = auto()
    PREVIOUS = auto()
    UP = auto()
    DOWN = auto()
    FIRST = auto()
    LAST = auto()
    COPY = auto()
    INSERT = auto()
    REMOVE = auto()
    UNDO = auto()
    REDO = auto()


_CTRL: Final = Qt.KeyboardModifier.ControlModifier
_SHIFT: Final = Qt.KeyboardModifier.ShiftModifier
_KEYS: Final = {
    (Qt.Key.Key_Return, 0): Move.ONWARD,
    (Qt.Key.Key_Enter, 0): Move.ONWARD,
    (Qt.Key.Key_Return, _SHIFT.value): Move.BACK,
    (Qt.Key.Key_Enter, _SHIFT.value): Move.BACK,
    (Qt.Key.Key_Tab, 0): Move.NEXT,
    (Qt.Key.Key_Backtab, _SHIFT.value): Move.PREVIOUS,
    (Qt.Key.Key_Backtab, 0): Move.PREVIOUS,
    (Qt.Key.Key_Up, 0): Move.UP,
    (Qt.Key.Key_Down, 0): Move.DOWN,
    (Qt.Key.Key_Home, _CTRL.value): Move.FIRST,
    (Qt.Key.Key_End, _CTRL.value): Move.LAST,
    (Qt.Key.Key_D, _CTRL.value): Move.COPY,
    (Qt.Key.Key_Insert, 0): Move.INSERT,
    (Qt.Key.Key_Delete, _CTRL.value): Move.REMOVE,
    (Qt.Key.Key_Y, _CTRL.value): Move.REDO,
    (Qt.Key.Key_Z, (_CTRL | _SHIFT).value): Move.REDO,
}
_SIDEWAYS: Final = {Qt.Key.Key_Left: Move.PREVIOUS, Qt.Key.Key_Right: Move.NEXT}


class CellEditor(QLineEdit):
    """A cell while it is typed. Arrows lead out of it until something was typed; what an input method composes leads nowhere."""

    moved = Signal(object)
    """The `Move` that a key asks for."""
    pasted = Signal(str)
    """Several cells at once were pasted."""
    left = Signal()
    """The keyboard is elsewhere."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._untouched = True
        self.setProperty(UNDOES, True)
        self.textEdited.connect(self._touch)

    def show_text(self, text: str) -> None:
        """Show the text of another cell, all of it chosen, so that typing replaces it."""
        self.setText(text)  # also where it is the same: what was typed in another cell is not undone here
        self.selectAll()
        self._untouched = True

    def event(self, event: QEvent) -> bool:
        # Tab would lead out of the grid before any key is pressed here; Ctrl+Z is the grid's where the cell has nothing to undo.
        if isinstance(event, QKeyEvent) and event.type() in {QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress}:
            move = self._move(event)
            if move and event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if move:
                self.moved.emit(move)
                return True
            if event.type() == QEvent.Type.KeyPress and event.matches(QKeySequence.StandardKey.Paste):
                return self._paste() or super().event(event)
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802  # Qt's own name
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.left.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's own name
        self._untouched = False
        super().mousePressEvent(event)

    def _move(self, event: QKeyEvent) -> Move | None:
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.matches(QKeySequence.StandardKey.Undo):
            return None if self.isUndoAvailable() else Move.UNDO
        if event.key() in _SIDEWAYS and not held.value:
            return _SIDEWAYS[Qt.Key(event.key())] if self._untouched else None
        return _KEYS.get((Qt.Key(event.key()), held.value))

    def _touch(self) -> None:
        self._untouched = False

    def _paste(self) -> bool:
        text = QGuiApplication.clipboard().text()
        if not is_block(text):
            return False
        self.pasted.emit(text)
        return True
