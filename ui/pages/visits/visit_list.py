"""All visits, newest first, with the one under the cursor beside them."""

from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.domain.attachment import Attachment
from app.domain.values import Id
from app.domain.visit import VisitKind
from app.errors import AppError
from app.i18n import _, ngettext
from app.queries.attachments import attachments_within
from app.queries.listing import Listing
from app.queries.record_history import record_history
from app.queries.visit_card import VisitCard, visit_card
from app.queries.visit_list import VisitGroup, VisitRow, visit_list
from app.queries.visit_words import VisitWords, visit_words
from app.workspace import Workspace
from ui.models.page_table import PAGE, Column, PageTable
from ui.page import Workbench
from ui.pages.visits.sheet_view import SheetView
from ui.places import Place
from ui.theme import SPACE
from ui.widgets.attachments_card import AttachmentsCard
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.history_lines import HistoryLines
from ui.widgets.roles import button, label
from ui.widgets.table_view import TableView
from ui.wording import day_told, word_of

_MEETING: Final = frozenset({VisitKind.RECEPTION, VisitKind.OUTREACH})
"""Kinds that have a desk to go on with."""

_NARROW: Final = 760  # below it the visit stands under the list
_PAUSE: Final = 250  # milliseconds after the last key before the list is narrowed


class VisitList(QWidget):
    """Filters, the list, and the card of one visit; what can be done with it is told by the signals."""

    opened = Signal(str)
    """Go on with this visit, or correct it."""
    printed = Signal(str)
    slip_wanted = Signal(str)
    removed = Signal(str)
    wanted = Signal(str)
    """A deed for an empty station: the first step."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self._bench: Final = bench
        self._today: Final = bench.workspace.clock.today().date()
        self._shown: Id = ""
        self._wanted: Id = ""
        self._group: VisitGroup = VisitGroup.ALL
        self.table: Final[PageTable[VisitRow]] = PageTable(self._columns(), self)
        self.view: Final = TableView(self.table, bench.theme)
        self.view.setAccessibleName(_("Visits"))
        self.filters: Final = QButtonGroup(self)
        self.typed: Final = QLineEdit()
        self.count: Final = label("", "small")
        self.detail: Final = VisitDetail(bench)
        self.pause: Final = QTimer(self, singleShot=True, interval=_PAUSE)
        self._arrange()
        self._connect()

    # --- what is shown

    def refresh(self) -> None:
        """Ask for the first page again; the visit under the cursor stays there."""
        self._ask(0)
        self.detail.files.refresh()

    def show_visit(self, id: Id) -> None:
        """Show a visit, or the one that a record of this identifier belongs to."""
        self._wanted = id
        self.detail.ask(id)
        self._choose()

    def begin(self) -> None:
        """Put the keyboard where one goes on: into the list, or on the first step of an empty one."""
        (self.view if self.table.rows else self._empty.deed).setFocus()

    @property
    def shown(self) -> Id:
        """The visit in sight; empty where there is none."""
        return self._shown

    def forget(self) -> None:
        """The visit that is shown was removed."""
        self._shown = self._wanted = ""

    def _ask(self, offset: int) -> None:
        workspace, group, typed = self._bench.workspace, self._group, self.typed.text()
        many = max(PAGE, len(self.table.rows)) if offset == 0 and not self.pause.isActive() else PAGE
        self._bench.background.ask(
            self,
            lambda: visit_list(workspace, group, typed, offset=offset, limit=many),
            lambda found: self._show_page(found, offset),
            self._fail,
            topic="list",
        )

    def _show_page(self, found: Listing[VisitRow], offset: int) -> None:
        if offset:
            self.table.append(found.rows)
            self.table.total = found.total
        else:
            place = self.view.verticalScrollBar().value()
            self.table.show(found.total, found.rows)
            self.view.verticalScrollBar().setValue(place)
            self._choose()
        self._tell(found.total)

    def _tell(self, total: int) -> None:
        listed, narrowed = len(self.table.rows), self._group is not VisitGroup.ALL or bool(self.typed.text().strip())
        if narrowed and total > listed:
            self.count.setText(_("The newest {count}; more follow below").format(count=listed))
        else:
            self.count.setText(ngettext("{count} visit", "{count} visits", total).format(count=f"{total:,}"))
        self._empty.words.setText(_("Nothing fits.") if narrowed else _beginning())
        self._empty.deed.setVisible(not narrowed)
        self._stack.setCurrentIndex(0 if listed else 1)
        self.detail.setVisible(bool(listed) or bool(self._shown))

    def _choose(self) -> None:
        """Put the cursor on the visit that was shown, else on the first one."""
        ids = [row.id for row in self.table.rows]
        wanted = self._wanted or self._shown
        if wanted in ids:
            self.view.select(ids.index(wanted))
        elif ids and not wanted:
            self.view.select(0)

    def _narrow(self, group: VisitGroup) -> None:
        self._group, self._shown, self._wanted = group, "", ""
        self.table.rows.clear()
        self.refresh()

    # --- how it stands

    def _columns(self) -> list[Column[VisitRow]]:
        return [
            Column(heading=_("Day"), text=lambda row: day_told(row.on, today=self._today) or "—", width=6),
            Column(heading=_("Kind"), text=lambda row: word_of(row.visit_kind), width=5),
            Column(heading=_("Place, theme"), text=_place_told),
            Column(heading=_("Deputies"), text=_deputies_told, width=7, spare=3),
            Column(heading=_("Met"), text=lambda row: str(row.people or ""), width=3, right=True, spare=1),
            Column(heading=_("Matters"), text=lambda row: str(row.issues or ""), width=3, right=True, spare=2),
        ]

    def _arrange(self) -> None:
        bar = QHBoxLayout()
        bar.setSpacing(SPACE.small)
        for group in VisitGroup:
            each = button(word_of(group), "filter")
            each.setCheckable(True)
            each.setChecked(group is VisitGroup.ALL)
            each.clicked.connect(lambda _checked=False, group=group: self._narrow(group))
            self.filters.addButton(each)
            bar.addWidget(each)
        self.typed.setPlaceholderText(_("Name, place, matter"))
        self.typed.setAccessibleName(_("Narrow the list by words"))
        self.typed.setClearButtonEnabled(True)
        bar.addStretch(1)
        bar.addWidget(self.count)
        self._empty = EmptyState(_beginning(), _("Start a reception"), lambda: self.wanted.emit("reception"))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._empty)
        card = Card()
        card.body.setSpacing(SPACE.middle)
        card.body.addLayout(bar)
        card.add(self.typed)
        card.add(self._stack, 1)
        self._split = split = QSplitter()
        split.setChildrenCollapsible(False)
        split.setHandleWidth(SPACE.large)
        split.addWidget(card)
        split.addWidget(self.detail)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(split)
        self.setFocusProxy(self.view)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's own name
        super().resizeEvent(event)
        narrow = event.size().width() < self._bench.theme.px(_NARROW)
        standing = Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal
        if standing != self._split.orientation():
            self._split.setOrientation(standing)
            self._split.setSizes([2000, 1000] if narrow else [3000, 2000])

    def _connect(self) -> None:
        self.table.wanted.connect(self._ask)
        self.view.chosen.connect(self._chosen)
        self.view.opened.connect(lambda row: self.opened.emit(row.id) if row.visit_kind in _MEETING else None)
        self.pause.timeout.connect(lambda: self._narrow(self._group))
        self.typed.textChanged.connect(lambda _text: self.pause.start())
        self.detail.correct.clicked.connect(lambda: self.opened.emit(self._shown))
        self.detail.paper.clicked.connect(lambda: self.printed.emit(self._shown))
        self.detail.slip.clicked.connect(lambda: self.slip_wanted.emit(self._shown))
        self.detail.remove.clicked.connect(lambda: self.removed.emit(self._shown))
        self.detail.told.connect(self._told)

    def _chosen(self, row: VisitRow) -> None:
        if row.id != self._wanted:
            self._wanted = ""
        self.detail.ask(row.id)

    def _told(self, id: Id) -> None:
        self._shown = id
        self.detail.setVisible(bool(id) or bool(self.table.rows))

    def _fail(self, error: AppError) -> None:
        self._bench.feedback.fail(error)


class VisitDetail(Card):
    """One visit in words, with what can be done with it."""

    told = Signal(str)
    """The visit that is shown now; empty for none."""
    undo_wanted = Signal(str)
    """Take the last change of the visit back: this one, or whichever of one's own it is."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(_("Visit"))
        self._bench: Final = bench
        self.view: Final = SheetView(bench.workspace.clock.today().date(), open_issue=lambda issue: bench.go(Place.ISSUES, issue))
        self.files: Final = AttachmentsCard(bench, role="plain")
        self.correct: Final = button(_("Go on, or correct"))
        self.paper: Final = button(_("Print the form …"))
        self.slip: Final = button(_("Print slips …"))
        self.remove: Final = button(_("Remove"), "link")
        self.past: Final = button("", "link")
        self.undo: Final = button(_("Undo the last change"), "link")
        self.undo.setToolTip(_("Undo the last change（Ctrl+Z）"))
        self.lines: Final = HistoryLines(bench.workspace.clock.today().date())
        self.room: Final = QStackedWidget()
        for each in (_below(self.view, self.files), self.lines):
            self.room.addWidget(_scrolled(each))
        self._id: Id = ""
        self.files.take_drops_of(self)
        self.past.clicked.connect(lambda: self._turn(to_history=self.room.currentIndex() == 0))
        self.head.addWidget(self.past)
        self.lines.undo_wanted.connect(self.undo_wanted)
        self.undo.clicked.connect(lambda: self.undo_wanted.emit(""))
        deeds = QHBoxLayout()
        deeds.setSpacing(SPACE.small)
        deeds.addWidget(self.correct)
        deeds.addWidget(self.paper)
        deeds.addWidget(self.slip)
        deeds.addStretch(1)
        deeds.addWidget(self.undo)
        deeds.addWidget(self.remove)
        self.add(self.room, 1)
        self.body.addLayout(deeds)
        self._turn(to_history=False)

    def ask(self, id: Id) -> None:
        """Show the visit of this identifier, or the one that a record of it belongs to."""
        workspace = self._bench.workspace
        self._bench.background.ask(self, lambda: _laid(workspace, id), self._show_card, self._fail, topic="card")

    def _show_card(self, found: tuple[VisitCard, VisitWords, tuple[Attachment, ...]]) -> None:
        card, known, files = found
        visit = card.sheet.visit
        self.files.show_record(visit.id, files)
        self.heading.setText(visit.title() or word_of(visit.visit_kind))
        self.heading.setWordWrap(True)
        self.view.show_sheet(card.sheet, known)
        self.correct.setVisible(visit.visit_kind in _MEETING)
        self.paper.setVisible(visit.visit_kind == VisitKind.RECEPTION)
        self.slip.setVisible(visit.visit_kind == VisitKind.RECEPTION and bool(card.sheet.lines))
        self._id = visit.id
        self._turn(to_history=False)
        self.told.emit(visit.id)

    def _turn(self, *, to_history: bool) -> None:
        """Show the visit as it is, or how it came to be."""
        self.room.setCurrentIndex(1 if to_history else 0)
        self.past.setText(_("As it is") if to_history else _("History"))
        if to_history:
            workspace, id = self._bench.workspace, self._id
            self._bench.background.ask(
                self, lambda: record_history(workspace, id), self.lines.show_past, self._fail, topic="history"
            )

    def _fail(self, error: AppError) -> None:
        self._bench.feedback.fail(error)


def _laid(workspace: Workspace, id: Id) -> tuple[VisitCard, VisitWords, tuple[Attachment, ...]]:
    card = visit_card(workspace, id)
    return card, visit_words(workspace), attachments_within(workspace, card.sheet.visit.id)


def _below(view: QWidget, files: AttachmentsCard) -> QWidget:
    """A visit in words, and its files under a line."""
    content, rule = QWidget(), QFrame()
    rule.setProperty("role", "rule")
    files.body.setContentsMargins(0, SPACE.small, 0, 0)
    column = QVBoxLayout(content)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(view)
    column.addWidget(rule)
    column.addWidget(files)
    column.addStretch(1)
    return content


def _scrolled(content: QWidget) -> QScrollArea:
    room = QScrollArea()
    room.setWidgetResizable(True)
    room.setFrameShape(QFrame.Shape.NoFrame)
    room.setWidget(content)
    return room


def _beginning() -> str:
    return _("Receptions, outreach and other activities stand here. Begin with the first reception.")


def _place_told(row: VisitRow) -> str:
    late = _("Entered later") if row.late_entry else ""
    return " · ".join(each for each in (row.theme, row.place, late) if each)


def _deputies_told(row: VisitRow) -> str:
    return "、".join((*row.deputies, *([_("(not registered)")] * row.unnamed)))
