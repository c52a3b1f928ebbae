"""Ctrl+Z: of the text where there is something of it to undo, else of the record in sight."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

UNDOES: Final = "undoes"
"""A property of fields that have a way back of their own beyond their text."""


class UndoKey(QObject):
    """`pressed` tells that the key was not meant for a text. A text field claims it always, so the one in focus is watched."""

    pressed = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        shortcut = QShortcut(QKeySequence("Ctrl+Z"), window)
        shortcut.activated.connect(self.pressed)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._watch)

    def _watch(self, old: QWidget | None, new: QWidget | None) -> None:
        if old is not None:
            old.removeEventFilter(self)
        if isinstance(new, (QLineEdit, QPlainTextEdit, QTextEdit)):
            new.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's own name
        """Let the key pass by a text that has nothing to undo."""
        if event.type() is not QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        if not event.matches(QKeySequence.StandardKey.Undo) or _has_own(watched):
            return False
        event.ignore()
        return True


def _has_own(watched: QObject) -> bool:
    if isinstance(watched, QLineEdit):
        return watched.isUndoAvailable() or bool(watched.property(UNDOES))
    return isinstance(watched, (QPlainTextEdit, QTextEdit)) and watched.document().isUndoAvailable()
