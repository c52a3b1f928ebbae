"""Matters that residents raised often lately, and a draft begun on one of them (选题库)."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QComboBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.domain.deadlines import month_later
from app.errors import AppError
from app.i18n import _, ngettext
from app.queries.suggestion_grounds import Grounds, grounds_of
from app.queries.topic_pool import PoolBy, Topic, TopicPool, topic_pool
from ui.models.page_table import Column, PageTable
from ui.page import Workbench
from ui.places import Place
from ui.theme import SPACE
from ui.widgets.beside import Beside
from ui.widgets.card import Card
from ui.widgets.contents import take_out
from ui.widgets.elided_link import ElidedLink
from ui.widgets.framed import framed
from ui.widgets.roles import button, label
from ui.widgets.scrolled import scrolled
from ui.widgets.table_view import TableView
from ui.wording import day_told, word_of

MOST_BEGUN: Final = 50
"""Issues, the newest, that a draft takes from a matter."""

_MONTHS: Final = 3, 6, 12, 24
_USUAL: Final = 6
_LINKED: Final = 12
_WIDE: Final = 820  # below it the detail folds under the list
_LEAST_DETAIL: Final = 280


class Pool(QWidget):
    """The matters by likeness, category or place over some months; `wanted` tells the issues a draft is to begin with."""

    wanted = Signal(list)
    moved = Signal()

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self._bench: Final = bench
        self._by = PoolBy.LIKENESS
        self.filters: Final[dict[PoolBy, QPushButton]] = {}
        self.months: Final = QComboBox()
        for each in _MONTHS:
            self.months.addItem(ngettext("The last {count} month", "The last {count} months", each).format(count=each), each)
        self.months.setCurrentIndex(_MONTHS.index(_USUAL))
        self.months.setAccessibleName(_("How long back"))
        self.told: Final = label("", "small", wrap=True)
        self.table: Final[PageTable[Topic]] = PageTable(_columns(bench), self)
        self.view: Final = TableView(self.table, bench.theme)
        self.view.setAccessibleName(_("Matters raised often"))
        self.card: Final = Card()
        self.title: Final = label("", "section", wrap=True)
        self.about: Final = label("", "soft", wrap=True)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(SPACE.tiny)
        self._arrange()
        self._connect()

    def refresh(self) -> None:
        """Look through the issues anew; it takes a moment, and goes on behind the window."""
        workspace, by = self._bench.workspace, self._by
        since = month_later(workspace.clock.today().date(), -int(self.months.currentData()))
        if not self.table.total:
            self.told.setText(_("Looking through the issues …"))
        self._bench.background.ask(self, lambda: topic_pool(workspace, by, since), self._show, self._fail, topic="pool")

    def chosen(self) -> Topic | None:
        """The matter under the cursor."""
        row: Topic | None = self.view.current()
        return row

    def draft(self) -> None:
        """Begin a draft on the newest issues of the matter chosen."""
        if topic := self.chosen():
            self.wanted.emit(list(topic.issues[:MOST_BEGUN]))

    def choose(self, by: PoolBy) -> None:
        """Put issues together by this."""
        self._by = by
        self.filters[by].setChecked(True)
        self.refresh()

    def _show(self, pool: TopicPool) -> None:
        self.table.show(len(pool.topics), pool.topics)
        told = _("{count} issues since {day} were looked at; shown is what was raised at least twice.")
        words = told.format(count=f"{pool.looked_at:,}", day=day_told(pool.since))
        if self._by is PoolBy.LIKENESS:
            words += _(" Alike are titles that share rare words: look at the issues before you rely on it.")
        if pool.left_out:
            words += _(" {count} rarer matters are not shown.").format(count=f"{pool.left_out:,}")
        self.told.setText(words)
        self.card.setVisible(bool(pool.topics))
        self.view.select(0)
        self.moved.emit()

    def _show_topic(self, topic: Topic) -> None:
        self.title.setText(topic.title)
        self.about.setText(_about(topic))
        take_out(self._rows)
        workspace, ids = self._bench.workspace, topic.issues[:_LINKED]
        self._bench.background.ask(self, lambda: grounds_of(workspace, ids), partial(self._link, topic), self._fail, topic="ids")
        self.moved.emit()

    def _link(self, topic: Topic, grounds: Grounds) -> None:
        take_out(self._rows)
        for each in grounds.issues:
            link = ElidedLink("　".join(part for part in (each.title, each.place) if part))
            link.clicked.connect(partial(self._bench.go, Place.ISSUES, each.id))
            self._rows.addWidget(link)
        if len(topic.issues) > len(grounds.issues):
            left = len(topic.issues) - len(grounds.issues)
            self._rows.addWidget(label(_("and {count} more").format(count=left), "small"))

    def _arrange(self) -> None:
        bar = QHBoxLayout()
        bar.setSpacing(SPACE.small)
        group = QButtonGroup(self)
        for each in PoolBy:
            self.filters[each] = button(word_of(each), "filter")
            self.filters[each].setCheckable(True)
            group.addButton(self.filters[each])
            bar.addWidget(self.filters[each])
        self.filters[self._by].setChecked(True)
        bar.addWidget(self.months)
        bar.addStretch(1)
        frame = framed(self.view)
        self.card.add(self.title)
        self.card.add(self.about)
        self.card.body.addLayout(self._rows)
        beside = QWidget()
        column = QVBoxLayout(beside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.card)
        column.addStretch(1)
        sides = Beside(self._bench.theme, frame, scrolled(beside), narrow=_WIDE, least=_LEAST_DETAIL)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE.middle)
        layout.addLayout(bar)
        layout.addWidget(self.told)
        layout.addWidget(sides, 1)
        self.card.hide()

    def _connect(self) -> None:
        for by, each in self.filters.items():
            each.clicked.connect(lambda _checked=False, by=by: self.choose(by))
        self.months.currentIndexChanged.connect(self.refresh)
        self.view.chosen.connect(self._show_topic)
        self.view.opened.connect(lambda _row: self.draft())

    def _fail(self, error: AppError) -> None:
        self._bench.feedback.fail(error)


def _about(topic: Topic) -> str:
    many = len(topic.issues)
    parts = [
        ngettext("{count} issue", "{count} issues", many).format(count=f"{many:,}"),
        ngettext("{count} resident", "{count} residents", topic.people).format(count=f"{topic.people:,}"),
        ngettext("{count} place", "{count} places", len(topic.places)).format(count=len(topic.places)) if topic.places else "",
        _("{count} in a suggestion already").format(count=topic.used) if topic.used else "",
        _("a draft begins with the newest {count}").format(count=MOST_BEGUN) if many > MOST_BEGUN else "",
    ]
    return "　".join(each for each in parts if each)


def _columns(bench: Workbench) -> Sequence[Column[Topic]]:
    def places(topic: Topic) -> str:
        return "、".join(topic.places[:2]) + ("…" if len(topic.places) > len(topic.places[:2]) else "")

    return (
        Column(heading=_("Matter"), text=lambda row: row.title),
        Column(heading=_("Times raised"), text=lambda row: f"{len(row.issues):,}", width=4, right=True),
        Column(heading=_("By how many"), text=lambda row: f"{row.people:,}", width=4, right=True),
        Column(heading=_("Raised where"), text=places, width=9, spare=1),
        Column(heading=_("Last raised"), text=lambda row: row.latest, width=7, spare=2),
    )
