"""Finding words in the text that is being written: how often they stand there, and from one place to the next."""

from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QShortcut, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QTextEdit

from app.i18n import _
from ui.forms.keys_told import keyed
from ui.theme import SPACE, Theme
from ui.widgets.long_text import units_of
from ui.widgets.roles import button, label

_PAUSE: Final = 150  # milliseconds without a key before the text is looked through
_MARKED: Final = 500  # places that are marked at once


class FindBar(QFrame):
    """Opens by Ctrl+F above a text, goes on by Enter, back by Shift+Enter, and closes by Esc; the text is never changed."""

    def __init__(self, text: QTextEdit, theme: Theme) -> None:
        super().__init__()
        self._text: Final = text
        self._theme: Final = theme
        self.places: tuple[int, ...] = ()
        self.words: Final = QLineEdit()
        self.words.setPlaceholderText(_("Find in the text"))
        self.words.setAccessibleName(_("Find in the text"))
        self.count: Final = label("", "small")
        self.previous: Final = button(_("Previous place"), "link")
        self.previous.setToolTip(keyed(_("Previous place"), "Shift+Enter"))
        self.next: Final = button(_("Next place"), "link")
        self.next.setToolTip(keyed(_("Next place"), "Enter"))
        self.done: Final = button(_("Close"), "link")
        self.done.setToolTip(keyed(_("Close"), "Esc"))
        self._pause: Final = QTimer(self, singleShot=True, interval=_PAUSE)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE.middle)
        row.addWidget(self.words, 1)
        for each in (self.count, self.previous, self.next, self.done):
            row.addWidget(each)
        self.words.textChanged.connect(self.look)
        self.next.clicked.connect(lambda: self.go(back=False))
        self.previous.clicked.connect(lambda: self.go(back=True))
        self.done.clicked.connect(self.close_bar)
        self._text.textChanged.connect(self._text_changed)
        self._pause.timeout.connect(self.look)
        self.hide()

    def open_bar(self) -> None:
        """Show it, with what is marked in the text as the words to find."""
        marked = self._text.textCursor().selectedText()
        self.show()
        if marked and "\u2029" not in marked:
            self.words.setText(marked)
        self.words.setFocus()
        self.words.selectAll()
        self.look()

    def close_bar(self) -> None:
        """Hide it; the cursor stays in the text where it was led."""
        self.hide()
        self._mark(())
        self._text.setFocus()

    def go(self, *, back: bool) -> None:
        """To the next place after the cursor, or the one before; past the end it begins anew."""
        if not self.places:
            return
        cursor = self._text.textCursor()
        ahead = [at for at in self.places if (at < cursor.selectionStart() if back else at >= cursor.selectionEnd())]
        at = (ahead[-1] if ahead else self.places[-1]) if back else (ahead[0] if ahead else self.places[0])
        cursor.setPosition(at)
        cursor.setPosition(at + units_of(self.words.text()), QTextCursor.MoveMode.KeepAnchor)
        self._text.setTextCursor(cursor)
        self._text.ensureCursorVisible()
        self._tell(at)

    def look(self) -> None:
        """Look through the text for the words, upper and lower case alike."""
        self._pause.stop()
        self.places = tuple(_places(self._text.document(), self.words.text()))
        self._mark(self.places)
        self._tell(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's own name
        if event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.look()
            self.go(back=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        else:
            super().keyPressEvent(event)

    def _text_changed(self) -> None:
        if not self.isHidden():
            self._pause.start()

    def _tell(self, at: int | None) -> None:
        many = len(self.places)
        for each in (self.previous, self.next):
            each.setEnabled(bool(many))
        if not self.words.text():
            self.count.setText("")
        elif not many:
            self.count.setText(_("Not in the text"))
        elif at is None:
            self.count.setText(_("{count} places").format(count=many))
        else:
            self.count.setText(_("{number} of {count}").format(number=self.places.index(at) + 1, count=many))

    def _mark(self, places: tuple[int, ...]) -> None:
        shape = QTextCharFormat()
        shape.setBackground(QColor(self._theme.colours.information_soft))
        marks = []
        for at in places[:_MARKED]:
            mark = QTextEdit.ExtraSelection()
            cursor = QTextCursor(self._text.document())
            cursor.setPosition(at)
            cursor.setPosition(at + units_of(self.words.text()), QTextCursor.MoveMode.KeepAnchor)
            mark.cursor, mark.format = cursor, shape  # type: ignore[attr-defined]  # the stubs leave its fields out
            marks.append(mark)
        self._text.setExtraSelections(marks)


def find_key(bar: FindBar, within: QTextEdit) -> None:
    """Ctrl+F opens the bar from the text."""
    key = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), within)
    key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    key.activated.connect(bar.open_bar)


def _places(document: QTextDocument, words: str) -> list[int]:
    """Where the words begin, in positions of the document."""
    text, sought = document.toPlainText().lower(), words.lower()
    if not sought or len(text) != document.characterCount() - 1:
        return _searched(document, words) if sought else []
    places, at = [], text.find(sought)
    while at >= 0:
        places.append(at)
        at = text.find(sought, at + len(sought))
    return places


def _searched(document: QTextDocument, words: str) -> list[int]:
    """The same where characters of one count as two in the other."""
    places, cursor = [], document.find(words)
    while not cursor.isNull():
        places.append(cursor.selectionStart())
        cursor = document.find(words, cursor)
    return places
