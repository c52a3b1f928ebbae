"""A long text to be read and copied, with wide lines."""

from html import escape
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ui.theme import TYPE, Theme

_LINES: Final = 2  # lines are twice as high as the letters (design: long Chinese text)


class ReadText(QLabel):
    """Plain text in paragraphs, as high as it needs to be; every character can be marked and copied."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown = ""
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

    def show_text(self, text: str) -> None:
        """Show another text."""
        if text != self._shown:
            self._shown = text
            self._draw()

    def _draw(self) -> None:
        height = self._theme.px(TYPE.body) * _LINES
        paragraphs = (escape(line) or "&nbsp;" for line in self._shown.splitlines())
        self.setText("".join(f'<p style="margin:0; line-height:{height}px;">{each}</p>' for each in paragraphs))
