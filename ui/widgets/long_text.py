"""A long Chinese text being written: wide lines, indented paragraphs, and marks under what others should not read."""

from collections.abc import Callable, Iterable
from typing import Final

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QSyntaxHighlighter,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextOption,
)
from PySide6.QtWidgets import QTextEdit, QWidget

from app.domain.levels import with_level
from app.domain.written_text import cleaned
from ui.theme import SPACE, TYPE, Theme

_LINES: Final = 2  # lines are twice as high as the letters (design: long Chinese text)
_INDENT: Final = 2  # characters at the beginning of a paragraph

Marks = Callable[[str], Iterable[tuple[int, int]]]


class LongText(QTextEdit):
    """Plain text with the look of a page: Enter is a new paragraph, Tab goes on to the next field, what is pasted is cleaned.

    `is_heading` tells which lines stand out, `marks` which characters of a line are marked.
    """

    pasted = Signal(object)
    """What was pasted was cleaned, and of what, as `Pasted`; one step back is what was pasted, as it was."""

    def __init__(
        self, theme: Theme, *, is_heading: Callable[[str], bool], marks: Marks = lambda _line: (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.document().setDocumentMargin(theme.px(SPACE.small))
        self._look = _Look(self.document(), theme, is_heading, marks)
        theme.changed.connect(self._measure)
        self.show_text("")

    def text(self) -> str:
        """What was written, a paragraph a line; what an input method is still composing is not in it."""
        return self.toPlainText()

    def show_text(self, text: str) -> None:
        """Show another text, which cannot be undone, without telling that it changed."""
        blocked = self.blockSignals(True)
        self.setPlainText(text)
        self._measure()
        self.blockSignals(blocked)

    def mark_anew(self) -> None:
        """Look again for what is to be marked."""
        blocked = self.blockSignals(True)
        self._look.rehighlight()
        self.blockSignals(blocked)

    def put(self, at: int, text: str) -> None:
        """Insert a text at a place, as if it had been typed."""
        cursor = self.textCursor()
        cursor.setPosition(units_of(self.text()[:at]))
        cursor.insertText(text)

    def replace_text(self, text: str) -> None:
        """Put another text in the place of this one, as if it had been typed: one step back and the old one is there."""
        cursor = self.textCursor()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)
        self.go_to(0)

    def go_to(self, at: int) -> None:
        """Put the cursor at a place, its line at the top."""
        cursor = self.textCursor()
        cursor.setPosition(units_of(self.text()[:at]))
        self.setTextCursor(cursor)
        self.verticalScrollBar().setValue(
            self.verticalScrollBar().value() + self.cursorRect().top() - self._theme.px(SPACE.small)
        )
        self.setFocus()

    def show_span(self, start: int, end: int) -> None:
        """Choose the characters between two places of the text, and bring them into sight.

        The text counts characters as Python does; Qt counts one beyond the first 65,536 as two.
        """
        text = self.text()
        at, to = (len(text[:place].encode("utf-16-le", "surrogatepass")) // 2 for place in (start, end))
        self.go_to(at)
        cursor = self.textCursor()
        cursor.setPosition(at)
        cursor.setPosition(min(to, self.document().characterCount() - 1), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802  # Qt's own name
        raw = source.text().replace("\r\n", "\n")
        clean, cursor = cleaned(raw), self.textCursor()
        start = cursor.selectionStart()
        if clean.text == raw:
            cursor.insertText(raw)
        else:
            cursor.insertText(raw.replace("\0", ""))  # what Qt ends a text at would keep the rest out of sight
            cursor.setPosition(start, QTextCursor.MoveMode.KeepAnchor)
            cursor.insertText(clean.text)
            self.pasted.emit(clean)
        self.ensureCursorVisible()

    def set_level(self, level: int) -> None:
        """Make each paragraph that is marked the next of its level, or take the mark off; one step for undo."""
        cursor = self.textCursor()
        document = self.document()
        first, last = (document.findBlock(at).blockNumber() for at in (cursor.selectionStart(), cursor.selectionEnd()))
        before = [document.findBlockByNumber(number).text() for number in range(first)]
        cursor.beginEditBlock()
        for number in range(first, last + 1):
            block = document.findBlockByNumber(number)
            line = with_level(before, block.text(), level)
            _replace_line(QTextCursor(block), block.text(), line)
            before.append(line)
        cursor.endEditBlock()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:  # noqa: N802  # Qt's own name
        return source.hasText()

    def _measure(self) -> None:
        """Give every paragraph its line height and indent in the letters' size of now; undo does not know of it."""
        blocked = self.blockSignals(True)
        document = self.document()
        document.setUndoRedoEnabled(False)
        font = self._theme.font(TYPE.body)
        document.setDefaultFont(font)
        shape = QTextBlockFormat()
        shape.setLineHeight(_LINES * font.pixelSize(), QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        shape.setTextIndent(_INDENT * font.pixelSize())
        cursor = QTextCursor(document)
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(shape)
        document.setUndoRedoEnabled(True)
        self._look.rehighlight()
        self.blockSignals(blocked)


def units_of(text: str) -> int:
    """How many places of a document a text takes: a rare character takes two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _replace_line(cursor: QTextCursor, old: str, new: str) -> None:
    """Change the beginning of a line alone, so that the cursor stays at its word."""
    shared = next((at for at in range(min(len(old), len(new))) if old[-1 - at] != new[-1 - at]), min(len(old), len(new)))
    cursor.movePosition(QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.KeepAnchor, units_of(old[: len(old) - shared]))
    cursor.insertText(new[: len(new) - shared])


class _Look(QSyntaxHighlighter):
    """Headings in strong letters, marks on their own ground; the text itself is not touched."""

    def __init__(self, document: QTextDocument, theme: Theme, is_heading: Callable[[str], bool], marks: Marks) -> None:
        super().__init__(document)
        self._theme = theme
        self._is_heading = is_heading
        self._marks = marks

    def highlightBlock(self, text: str) -> None:  # noqa: N802  # Qt's own name
        if self._is_heading(text):
            strong = QTextCharFormat()
            strong.setFontWeight(QFont.Weight.DemiBold)
            self.setFormat(0, len(text), strong)
            return
        marked = QTextCharFormat()
        colours = self._theme.colours
        marked.setBackground(QColor(colours.warning_soft))
        marked.setForeground(QColor(colours.warning))
        marked.setFontUnderline(True)
        marked.setUnderlineColor(QColor(colours.warning))
        for start, end in self._marks(text):
            self.setFormat(start, end - start, marked)
