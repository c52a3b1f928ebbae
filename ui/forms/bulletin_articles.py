"""The articles of a bulletin, one below the other, in an order a person may change."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.domain.bulletin import Article
from app.domain.levels import level_of
from app.domain.values import Id
from app.i18n import _
from ui.forms.enter_moves import EnterMoves
from ui.forms.field_row import FieldRow
from ui.theme import SPACE, Theme
from ui.widgets.field import Field
from ui.widgets.growing_text import GrowingText
from ui.widgets.ordered_rows import OrderedRow, OrderedRows
from ui.widgets.roles import button

_HIGH: Final = 560  # pixels a text may grow to before it scrolls


class Articles(OrderedRows["ArticleRow"]):
    """Articles in, articles out; `file_wanted` asks for a text that somebody wrote elsewhere, for one of them."""

    file_wanted = Signal(object)

    def __init__(self, theme: Theme, new_id: Callable[[], Id]) -> None:
        super().__init__(_("＋ Add an article"))
        self._theme: Final = theme
        self._new_id: Final = new_id
        self.contributor = ""
        """Who supplies the next one, until somebody says otherwise."""

    def show_articles(self, articles: Sequence[Article]) -> None:
        """Show these."""
        self.clear()
        for each in articles:
            self.show_article(each)
        self.rearranged.emit()

    def show_article(self, article: Article, at: int | None = None) -> None:
        """Show one more, at the end or at a place."""
        row = ArticleRow(self._theme, article)
        row.file_wanted.connect(lambda: self.file_wanted.emit(row))
        self.put(row, at)

    def read(self) -> tuple[Article, ...]:
        """The articles as they stand here, in their order."""
        return tuple(row.read() for row in self.rows)

    def add(self) -> None:
        """Begin the next one."""
        self.show_article(Article(id=self._new_id(), contributor=self.contributor))
        self.rows[-1].heading.setFocus()
        self.changed.emit()


class ArticleRow(OrderedRow):
    """One article: its heading, who supplied it, its text."""

    file_wanted = Signal()

    def __init__(self, theme: Theme, article: Article) -> None:
        super().__init__()
        self._article: Final = article
        self.heading: Final = QLineEdit(article.heading)
        self.heading.setCursorPosition(0)  # a long one is read from its beginning
        self.first = self.heading
        self.contributor: Final = QLineEdit(article.contributor)
        self.text: Final = GrowingText(theme, most=_HIGH, is_heading=lambda line: level_of(line) == 1)
        self.text.show_text(article.text)
        self.file: Final = button(_("Take a text from a file …"), "link")
        deeds = QHBoxLayout()
        deeds.setSpacing(SPACE.small)
        deeds.addWidget(self.number)
        deeds.addStretch(1)
        for each in (self.file, self.up, self.down, self.remove):
            deeds.addWidget(each)
        fields = [(Field[QWidget](_("Heading"), self.heading), 20), (Field[QWidget](_("Supplied by"), self.contributor), 10)]
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE.tiny)
        layout.addLayout(deeds)
        layout.addWidget(FieldRow(theme, fields))
        layout.addWidget(Field[QWidget](_("Text; a first line that begins with —— goes on with the heading"), self.text))
        enter = EnterMoves(self)
        for line in (self.heading, self.contributor):
            enter.watch(line)
            line.textChanged.connect(lambda _text: self.changed.emit())
        self.text.textChanged.connect(self.changed)
        self.file.clicked.connect(self.file_wanted)

    def read(self) -> Article:
        """The article as it stands here."""
        typed = self.text.text()
        text = self._article.text if typed == self._article.text.replace("\r\n", "\n") else typed.strip()
        return replace(self._article, heading=self.heading.text().strip(), contributor=self.contributor.text().strip(), text=text)

    def take_over(self, heading: str, text: str) -> None:
        """Put a text in the place of this one, which one step back brings back; a heading only where none was typed."""
        if heading and not self.heading.text().strip():
            self.heading.setText(heading)
        self.text.replace_text(text)

    def stand_at(self, place: int, of: int) -> None:
        """Say at which place it stands."""
        super().stand_at(place, of)
        self.number.setText(_("Article {number}").format(number=place))
        for each, words in (
            (self.heading, _("Heading of article {number}")),
            (self.contributor, _("Who supplied article {number}")),
            (self.text, _("Text of article {number}")),
        ):
            each.setAccessibleName(words.format(number=place))

    def fields(self) -> Iterator[QWidget]:
        """What Tab goes through before the buttons."""
        yield from (self.heading, self.contributor, self.text, self.file)
