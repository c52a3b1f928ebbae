"""What came from an activity: issues noted at once, and suggestions that were begun from it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.issue import Issue
from app.domain.suggestion import Suggestion
from app.domain.values import Id
from app.i18n import _
from app.queries.visit_words import VisitWords
from ui.forms.category_box import CategoryBox
from ui.page import Workbench
from ui.places import Place
from ui.theme import SPACE, Theme
from ui.widgets.contents import take_out
from ui.widgets.elided_link import ElidedLink
from ui.widgets.growing_text import GrowingText
from ui.widgets.roles import button, label
from ui.wording import word_of


class Findings(QWidget):
    """Issues in, issues out: those that stand in the records are links, new ones are typed here."""

    changed = Signal()
    rearranged = Signal()
    """Rows came or went."""
    suggestion_wanted = Signal()
    """A suggestion is to be begun from the activity."""

    def __init__(self, bench: Workbench, new_id: Callable[[], Id]) -> None:
        super().__init__()
        self._bench: Final = bench
        self._new_id: Final = new_id
        self._known: VisitWords | None = None
        self._stored: list[Issue] = []
        self.rows: Final[list[_IssueRow]] = []
        self.note: Final = button(_("＋ Note an issue"))
        self.suggest: Final = button(_("Begin a suggestion …"))
        self.note.clicked.connect(lambda: self.add())
        self.suggest.clicked.connect(self.suggestion_wanted)
        self._links = QVBoxLayout()
        self._links.setSpacing(SPACE.tiny)
        self._list = QVBoxLayout()
        self._list.setSpacing(SPACE.middle)
        self._suggestions = QVBoxLayout()
        self._suggestions.setSpacing(SPACE.tiny)
        deeds = QHBoxLayout()
        deeds.setSpacing(SPACE.small)
        deeds.addWidget(self.note)
        deeds.addWidget(self.suggest)
        deeds.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE.small)
        for each in (self._links, self._suggestions, self._list, deeds):
            layout.addLayout(each)

    def show_names(self, known: VisitWords) -> None:
        """Offer these categories."""
        self._known = known
        for row in self.rows:
            row.category.show_names(known.categories)

    def show_issues(self, issues: Sequence[Issue], stored: frozenset[Id]) -> None:
        """Show these; `stored` stand in the records and are changed at their own place."""
        for row in self.rows:
            self._let_go(row)
        self.rows.clear()
        self._stored = [each for each in issues if each.id in stored]
        self._draw_links()
        for each in issues:
            if each.id not in stored:
                self._put(each)

    def show_suggestions(self, suggestions: Sequence[Suggestion]) -> None:
        """Show the suggestions that came from the activity."""
        take_out(self._suggestions)
        for each in suggestions:
            told = _("Suggestion: {title}").format(title=each.subject or _("(no title yet)"))
            link = ElidedLink(told)
            link.clicked.connect(partial(self._bench.go, Place.SUGGESTIONS, each.id))
            self._suggestions.addWidget(link)

    def read(self) -> tuple[Issue, ...]:
        """The issues; a row in which nothing stands is none."""
        return (*self._stored, *(each for each in (row.read() for row in self.rows) if each.words))

    def add(self) -> None:
        """Begin the next issue."""
        self._put(Issue(id=self._new_id()))
        self.rows[-1].words.setFocus()

    def _put(self, issue: Issue) -> None:
        row = _IssueRow(self._bench.theme, issue)
        if self._known:
            row.category.show_names(self._known.categories)
        row.category.show_code(issue.category)
        row.changed.connect(self.changed)
        row.removed.connect(lambda: self._remove(row))
        self.rows.append(row)
        self._list.addWidget(row)
        self.rearranged.emit()

    def _remove(self, row: "_IssueRow") -> None:
        self.rows.remove(row)
        self._let_go(row)
        self.note.setFocus()
        self.changed.emit()

    def chain(self) -> Iterator[QWidget]:
        """What Tab goes through, in its order; links come where they were made."""
        for row in self.rows:
            yield from (row.words, row.category, row.remove)
        yield self.note
        yield self.suggest

    def _let_go(self, row: "_IssueRow") -> None:
        self._list.removeWidget(row)
        row.hide()
        row.deleteLater()

    def _draw_links(self) -> None:
        take_out(self._links)
        for each in self._stored:
            told = " · ".join(part for part in (each.title(), word_of(each.state)) if part)
            link = ElidedLink(_("Issue: {title}").format(title=told))
            link.clicked.connect(partial(self._bench.go, Place.ISSUES, each.id))
            self._links.addWidget(link)


class _IssueRow(QWidget):
    """One issue that is noted."""

    changed = Signal()
    removed = Signal()

    def __init__(self, theme: Theme, issue: Issue) -> None:
        super().__init__()
        self._issue = issue
        self.words: Final = GrowingText(theme)
        self.words.setAccessibleName(_("What was raised"))
        self.words.show_text(issue.words)
        self.category: Final = CategoryBox()
        self.category.setAccessibleName(_("Category"))
        self.remove: Final = button(_("Remove"), "link")
        head = QHBoxLayout()
        head.setSpacing(SPACE.small)
        head.addWidget(label(_("What was raised"), "label"))
        head.addStretch(1)
        head.addWidget(label(_("Category"), "label"))
        head.addWidget(self.category)
        head.addWidget(self.remove)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE.tiny)
        layout.addLayout(head)
        layout.addWidget(self.words)
        self.words.textChanged.connect(self.changed)
        self.category.currentIndexChanged.connect(lambda _index: self.changed.emit())
        self.remove.clicked.connect(self.removed)

    def read(self) -> Issue:
        """The issue as it stands here."""
        return replace(self._issue, words=self.words.text().strip(), category=self.category.code())
