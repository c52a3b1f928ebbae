"""A long text to be read and copied, with wide lines."""

from collections.abc import Sequence
from html import escape
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ui.theme import TYPE, Theme

_LINES: Final = 2.0  # lines are twice as high as the letters (design: long Chinese text)
Marks = Sequence[tuple[int, int]]
"""Characters of a text, from and to, in their order."""


class ReadText(QLabel):
    """Plain text in paragraphs, as high as it needs to be; every character can be marked and copied."""

    def __init__(self, theme: Theme, parent: QWidget | None = None, *, lines: float = _LINES) -> None:
        super().__init__(parent)
        self._theme = theme
        self._lines = lines
        self._shown = ""
        self._marks: Marks = ()
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        theme.changed.connect(self._draw)

    @property
    def shown(self) -> str:
        """The text as it was given."""
        return self._shown

    def show_text(self, text: str, marks: Marks = ()) -> None:
        """Show another text, some of its characters marked."""
        if (text, marks) != (self._shown, self._marks):
            self._shown, self._marks = text, marks
            self._draw()

    def _draw(self) -> None:
        height = int(self._theme.px(TYPE.body) * self._lines)
        paragraphs = (each or "&nbsp;" for each in self._marked().splitlines())
        self.setText("".join(f'<p style="margin:0; line-height:{height}px;">{each}</p>' for each in paragraphs))

    def _marked(self) -> str:
        """The text as it is drawn, what is marked on a ground of its own; a mark never reaches over a line's end."""
        colours, parts, end = self._theme.colours, list[str](), 0
        ground = f'<span style="background-color:{colours.warning_soft}; color:{colours.warning};">'
        for start, to in self._marks:
            inner = "\n".join(f"{ground}{escape(line)}</span>" for line in self._shown[start:to].split("\n"))
            parts += (escape(self._shown[end:start]), inner)
            end = to
        return "".join((*parts, escape(self._shown[end:])))
