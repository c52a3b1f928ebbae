"""A long Chinese text being written: wide lines, indented paragraphs, and marks under what others should not read."""

from collections.abc import Callable, Iterable
from typing import Final

from PySide6.QtCore import QMimeData
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

from app.domain.written_text import pasted_text
from ui.theme import SPACE, TYPE, Theme

_LINES: Final = 2  # lines are twice as high as the letters (design: long Chinese text)
_INDENT: Final = 2  # characters at the beginning of a paragraph

Marks = Callable[[str], Iterable[tuple[int, int]]]


class LongText(QTextEdit):
    """Plain text with the look of a page: Enter is a new paragraph, Tab goes on to the next field, what is pasted is cleaned.

    `is_heading` tells which lines stand out, `marks` which characters of a line are marked.
    """

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
        cursor.setPosition(at)
        cursor.insertText(text)

    def go_to(self, at: int) -> None:
        """Put the cursor at a place, its line at the top."""
        cursor = self.textCursor()
        cursor.setPosition(min(at, len(self.text())))
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
        self.textCursor().insertText(pasted_text(source.text()))
        self.ensureCursorVisible()

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
