"""Somebody at the keyboard: keys for what stands on them, an input method for everything else."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget


def bring_up(window: QWidget) -> None:
    """Show a window and give it the keyboard, as a desktop does."""
    window.resize(1366, 768)
    window.show()
    window.activateWindow()
    QCoreApplication.processEvents()


def focused() -> QWidget:
    """Where the next key goes."""
    widget = QApplication.focusWidget()
    assert widget is not None, "nobody would hear a key now"
    return widget


def write(text: str) -> None:
    """Type a text where the cursor is: plain characters by keys, others composed and committed by an input method."""
    for character in text:
        if character.isascii():
            QTest.keyClicks(focused(), character)
        else:
            _compose(character)


def press(key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
    """Press a key where the cursor is."""
    held = Qt.KeyboardModifier.NoModifier
    for modifier in modifiers:
        held |= modifier
    QTest.keyClick(focused(), key, held)
    QCoreApplication.processEvents()


def enter() -> None:
    """Press Enter."""
    press(Qt.Key.Key_Return)


def _compose(text: str) -> None:
    """What fcitx and ibus do: letters shown below the cursor, then the word in their place."""
    QApplication.sendEvent(focused(), QInputMethodEvent("pinyin", []))
    commit = QInputMethodEvent("", [])
    commit.setCommitString(text)
    QApplication.sendEvent(focused(), commit)
