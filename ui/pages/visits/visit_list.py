"""All visits, with the one under the cursor beside them."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.domain.activity import ACTIVITIES, MEETING
from app.domain.attachment import Attachment
from app.domain.batch import MOST
from app.domain.suggestion import Suggestion
from app.domain.values import Id
from app.domain.visit import VisitKind
from app.errors import AppError
from app.i18n import _, ngettext
from app.queries.attachments import attachments_within
from app.queries.listing import Listing
from app.queries.origins import suggestions_of_visit
from app.queries.record_history import record_history
from app.queries.visit_card import VisitCard, visit_card
from app.queries.visit_list import NEWEST_FIRST, VisitGroup, VisitRow, VisitSort, visit_list
from app.queries.visit_words import VisitWords, visit_words
from app.use_cases.contact_shown import show_people
from app.workspace import Workspace
from ui.forms.category_box import CategoryBox
from ui.models.page_table import Column, PageTable
from ui.models.paging import Paging, Question
from ui.page import Workbench
from ui.pages.visits.sheet_view import SheetView
from ui.places import Place
from ui.theme import SPACE
from ui.widgets.attachments_card import AttachmentsCard
from ui.widgets.beside import Beside
from ui.widgets.card import Card
from ui.widgets.contents import take_out
from ui.widgets.elided_link import ElidedLink
from ui.widgets.empty_state import EmptyState
from ui.widgets.flow import Flow
from ui.widgets.history_lines import HistoryLines
from ui.widgets.narrowing_field import NarrowingField
from ui.widgets.roles import button, label
from ui.widgets.table_view import TableView
from ui.wording import day_told, word_of

_NARROW: Final = 760  # below it the visit stands under the list


class VisitList(QWidget):
    """Filters, the list, and the card of one visit; what can be done with it is told by the signals."""

    opened = Signal(str)
    """Go on with this visit, or correct it."""
    printed = Signal(str)
    slip_wanted = Signal(str)
    roll_wanted = Signal(str)
    minutes_wanted = Signal(str)
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
        self.table: Final[PageTable[VisitRow]] = PageTable(self._columns(), self, usual=NEWEST_FIRST)
        self.view: Final = TableView(self.table, bench.theme)
        self.view.setAccessibleName(_("Visits"))
        self.view.remember_order(bench.settings, "visits")
        self.filters: Final = QButtonGroup(self)
        self.kind: Final = CategoryBox()
        self.typed: Final = NarrowingField(_("Name, place, matter"))
        self.campaigns: Final = button(_("Campaigns …"), "link")
        self.count: Final = label("", "small")
        self.norm: Final = button(_("Month of deputies"), "link")
        self.forms: Final = button(_("Signed forms …"), "link")
        self.detail: Final = VisitDetail(bench)
        self._pages = Paging(self.table, self.view, bench.background, self._question, self._listed, self._fail)
        self._arrange()
        self._connect()

    # --- what is shown

    def refresh(self) -> None:
        """Ask again for what is in sight; the visit under the cursor stays there."""
        self._pages.refresh()
        self.detail.files.refresh()

    def show_visit(self, id: Id) -> None:
        """Show a visit, or the one that a record of this identifier belongs to."""
        self._wanted = id
        self.detail.ask(id)
        self._choose()

    def begin(self) -> None:
        """Put the keyboard where one goes on: into the list, or on the first step of an empty one."""
        (self.view if self.table.total else self._empty.deed).setFocus()

    @property
    def shown(self) -> Id:
        """The visit in sight; empty where there is none."""
        return self._shown

    def forget(self) -> None:
        """The visit that is shown was removed."""
        self._shown = self._wanted = ""

    def listed(self) -> Callable[[], Sequence[Id]]:
        """A question for the visits in sight, as many as are printed at one go, in their order."""
        question = self._question()
        return lambda: [each.id for each in question(offset=0, limit=MOST).rows]

    def _question(self) -> Question[VisitRow]:
        kind = self.kind.code() if self._group is VisitGroup.OTHER else ""
        return partial(visit_list, self._bench.workspace, self._group, self.typed.text(), kind=kind, order=self.table.order)

    def _listed(self, found: Listing[VisitRow], _anew: bool) -> None:
        self._choose()
        self._tell(found.total)

    def _tell(self, total: int) -> None:
        narrowed = self._group is not VisitGroup.ALL or bool(self.typed.text().strip())
        if narrowed and total and self.table.row(total - 1) is None:  # one more than is known
            newest = self.table.order == NEWEST_FIRST
            words = _("The newest {count}; more follow below") if newest else _("The first {count}; more follow below")
            self.count.setText(words.format(count=total - 1))
        else:
            self.count.setText(ngettext("{count} visit", "{count} visits", total).format(count=f"{total:,}"))
        self._empty.words.setText(_("Nothing fits.") if narrowed else _beginning())
        self._empty.deed.setVisible(not narrowed)
        self._stack.setCurrentIndex(0 if total else 1)
        self.detail.setVisible(total > 0 or bool(self._shown))

    def _choose(self) -> None:
        """Put the cursor on the visit that was shown, else on the first one."""
        wanted = self._wanted or self._shown
        place = self.table.place_of(lambda row: row.id == wanted)
        if place >= 0:
            self.view.select(place)
        elif self.table.total and not wanted:
            self.view.select(0)
        else:
            self.view.deselect()

    def _narrow(self, group: VisitGroup) -> None:
        self._group, self._shown, self._wanted = group, "", ""
        self.kind.setVisible(group is VisitGroup.OTHER)
        self._pages.begin()

    # --- how it stands

    def _columns(self) -> list[Column[VisitRow]]:
        return [
            Column(
                heading=_("Day"),
                text=lambda row: day_told(row.on, today=self._today) or "—",
                width=6,
                by=VisitSort.DAY,
                falls=True,
            ),
            Column(heading=_("Kind"), text=lambda row: word_of(row.visit_kind), width=5, by=VisitSort.KIND),
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
        self.kind.show_names({str(each): word_of(each) for each in ACTIVITIES})
        self.kind.setItemText(0, _("All kinds"))
        self.kind.setAccessibleName(_("Kind of activity"))
        self.kind.setMinimumContentsLength(6)
        self.kind.hide()
        bar.addWidget(self.kind)
        bar.addStretch(1)
        bar.addWidget(self.count)
        self._empty = EmptyState(_beginning(), _("Start a reception"), lambda: self.wanted.emit("reception"))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._empty)
        card = Card()
        card.body.setSpacing(SPACE.middle)
        card.body.addLayout(bar)
        line = QHBoxLayout()
        line.setSpacing(SPACE.small)
        line.addWidget(self.typed, 1)
        line.addWidget(self.campaigns)
        line.addWidget(self.norm)
        line.addWidget(self.forms)
        card.body.addLayout(line)
        card.add(self._stack, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(Beside(self._bench.theme, card, self.detail, narrow=_NARROW))
        self.setFocusProxy(self.view)

    def _connect(self) -> None:
        self.view.chosen.connect(self._chosen)
        self.view.opened.connect(lambda row: self.opened.emit(row.id))
        self.campaigns.clicked.connect(lambda: self.wanted.emit("campaigns"))
        self.forms.clicked.connect(lambda: self.wanted.emit("forms"))
        self.kind.currentIndexChanged.connect(lambda _at: self._narrow(self._group))
        self.typed.narrowed.connect(lambda _words: self._narrow(self._group))
        self.typed.entered.connect(lambda: self.view.setFocus())
        self.detail.correct.clicked.connect(lambda: self.opened.emit(self._shown))
        self.detail.paper.clicked.connect(lambda: self.printed.emit(self._shown))
        self.detail.roll.clicked.connect(lambda: self.roll_wanted.emit(self._shown))
        self.detail.minutes.clicked.connect(lambda: self.minutes_wanted.emit(self._shown))
        self.detail.slip.clicked.connect(lambda: self.slip_wanted.emit(self._shown))
        self.detail.remove.clicked.connect(lambda: self.removed.emit(self._shown))
        self.detail.told.connect(self._told)

    def _chosen(self, row: VisitRow) -> None:
        if row.id != self._wanted:
            self._wanted = ""
        self.detail.ask(row.id)

    def _told(self, id: Id) -> None:
        self._shown = id
        self.detail.setVisible(bool(id) or self.table.total > 0)

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
        self.roll: Final = button(_("Attendance sheet …"))
        self.minutes: Final = button(_("Minutes …"))
        self.suggest: Final = button(_("Begin a suggestion …"))
        self.remove: Final = button(_("Remove"), "link")
        self.people: Final = button(_("Show names and telephones (this is noted)"), "link")
        self.past: Final = button("", "link")
        self.undo: Final = button(_("Undo the last change"), "link")
        self.undo.setToolTip(_("Undo the last change（Ctrl+Z）"))
        self.lines: Final = HistoryLines(bench.workspace.clock.today().date())
        self.room: Final = QStackedWidget()
        for each in (_below(self.view, self.people, self.files), self.lines):
            self.room.addWidget(_scrolled(each))
        self._id: Id = ""
        self.visit_kind = ""
        self.files.take_drops_of(self)
        self.people.clicked.connect(self.show_people)
        self.past.clicked.connect(lambda: self._turn(to_history=self.room.currentIndex() == 0))
        self.head.addWidget(self.past)
        self.lines.undo_wanted.connect(self.undo_wanted)
        self.undo.clicked.connect(lambda: self.undo_wanted.emit(""))
        beneath = QWidget()
        deeds = Flow(beneath)
        for each in (self.correct, self.paper, self.slip, self.roll, self.minutes, self.suggest, self.undo, self.remove):
            deeds.addWidget(each)
        self.suggest.clicked.connect(lambda: bench.go(Place.SUGGESTIONS, deed=f"from-activity:{self._id}"))
        self.origins: Final = QVBoxLayout()
        self.origins.setSpacing(SPACE.tiny)
        self.add(self.room, 1)
        self.body.addLayout(self.origins)
        self.add(beneath)
        self._turn(to_history=False)

    def ask(self, id: Id) -> None:
        """Show the visit of this identifier, or the one that a record of it belongs to."""
        workspace = self._bench.workspace
        self._bench.background.ask(self, lambda: _laid(workspace, id), self._show_card, self._fail, topic="card")

    def _show_card(self, found: tuple[VisitCard, VisitWords, tuple[Attachment, ...], tuple[Suggestion, ...]]) -> None:
        card, known, files, suggestions = found
        visit = card.sheet.visit
        self.files.show_record(visit.id, files)
        self.heading.setText(visit.title() or word_of(visit.visit_kind))
        self.heading.setWordWrap(True)
        self.view.show_sheet(card.sheet, known)
        self.people.setVisible(bool(card.masked))
        meeting = visit.visit_kind in MEETING
        self.paper.setVisible(not meeting or visit.visit_kind == VisitKind.RECEPTION)
        self.paper.setText(_("Print the form …") if meeting else _("Print the record …"))
        self.roll.setVisible(not meeting)
        self.minutes.setVisible(not meeting)
        self.suggest.setVisible(not meeting)
        self.slip.setVisible(visit.visit_kind == VisitKind.RECEPTION and bool(card.sheet.lines))
        self._show_suggestions(suggestions)
        self.visit_kind = str(visit.visit_kind)
        self._id = visit.id
        self._turn(to_history=False)
        self.told.emit(visit.id)

    def show_people(self) -> None:
        """Show whom it is about in full; that they were shown is noted."""
        workspace, id = self._bench.workspace, self._id
        self._bench.background.do(
            self, lambda _progress: (show_people(workspace, id), visit_words(workspace)), self._show_people, self._fail
        )

    def _show_people(self, found: tuple[VisitCard, VisitWords]) -> None:
        card, known = found
        if card.sheet.visit.id == self._id:
            self.view.show_sheet(card.sheet, known, named=card.masked)
            self.people.hide()

    def _show_suggestions(self, suggestions: tuple[Suggestion, ...]) -> None:
        """The suggestions that came from the visit."""
        take_out(self.origins)
        for each in suggestions:
            link = ElidedLink(_("Suggestion: {title}").format(title=each.subject or _("(no title yet)")))
            link.clicked.connect(partial(self._bench.go, Place.SUGGESTIONS, each.id))
            self.origins.addWidget(link)

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


def _laid(workspace: Workspace, id: Id) -> tuple[VisitCard, VisitWords, tuple[Attachment, ...], tuple[Suggestion, ...]]:
    card = visit_card(workspace, id)
    visit = card.sheet.visit.id
    return card, visit_words(workspace), attachments_within(workspace, visit), suggestions_of_visit(workspace, visit)


def _below(view: QWidget, people: QWidget, files: AttachmentsCard) -> QWidget:
    """A visit in words, the way to whom it is about, and its files under a line."""
    content, rule = QWidget(), QFrame()
    rule.setProperty("role", "rule")
    files.body.setContentsMargins(0, SPACE.small, 0, 0)
    column = QVBoxLayout(content)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(view)
    column.addWidget(people, 0, Qt.AlignmentFlag.AlignLeft)
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
