"""The printed page beside the text, as it would come out now."""

from typing import Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.i18n import _, ngettext
from ui.theme import SPACE
from ui.widgets.paper_view import PaperView
from ui.widgets.roles import label

_LEAST: Final = 260  # pixels in height


class Preview(QWidget):
    """The paper, and under it how many pages it has or why it cannot be shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.paper: Final = PaperView()
        self.paper.setMinimumHeight(_LEAST)
        self.words: Final = label("", "small", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE.tiny)
        layout.addWidget(self.paper, 1)
        layout.addWidget(self.words)

    def show_paper(self, pdf: bytes) -> None:
        """Show a document in the place of the one before."""
        self.paper.show_bytes(pdf)
        many = self.paper.pages()
        self.words.setText(
            ngettext("As it will be printed: {count} page", "As it will be printed: {count} pages", many).format(count=many)
        )

    def tell(self, why: str) -> None:
        """Say why there is no newer page; the one before stays in sight."""
        self.words.setText(_("The page cannot be shown: {why}").format(why=why))
