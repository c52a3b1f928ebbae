"""The suggestions of the station by where they stand, and beside the list what the chosen one is about."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QFileDialog,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.domain.values import Id
from app.errors import AppError
from app.i18n import _
from app.messages.limits import days_left
from app.queries.listing import Listing
from app.queries.suggestion_card import SuggestionCard, suggestion_card
from app.queries.suggestion_list import SuggestionGroup, SuggestionRow, SuggestionSort, suggestion_counts, suggestion_list
from app.queries.suggestion_outcomes import Counted
from app.use_cases.batch_drafts import Batch, unsaved_batches
from app.use_cases.suggestion_desk import KeptSheet, kept_sheets
from ui.models.page_table import Column, PageTable
from ui.models.paging import Paging, Question
from ui.page import Workbench
from ui.pages.suggestions.begin import BeginCard
from ui.pages.suggestions.calendar_file import ask_for_calendar
from ui.pages.suggestions.detail import Detail
from ui.pages.suggestions.narrowing import NarrowingBar
from ui.pages.suggestions.together import TogetherCard
from ui.pages.suggestions.told import days_tone
from ui.pages.suggestions.waiting_card import WaitingCard
from ui.theme import SPACE
from ui.widgets.beside import Beside
from ui.widgets.card import Card
from ui.widgets.chip_delegate import ChipDelegate
from ui.widgets.contents import take_out
from ui.widgets.elided_link import ElidedLink
from ui.widgets.empty_state import EmptyState
from ui.widgets.flow import Flow
from ui.widgets.framed import framed
from ui.widgets.roles import button, label
from ui.widgets.table_view import TableView
from ui.wording import day_told, moment_told, word_of

_KEPT_SHOWN: Final = 3
_LEAST_DETAIL: Final = 280
_SHARES: Final = 7, 3  # of list and detail
_MOST_BOUND: Final = 500
"""Suggestions of one volume."""
_WIDE: Final = 820  # below it the detail folds under the list
_LEAST_TITLE: Final = 16  # characters of a title before columns are spared
_DUE: Final = 6  # the column of what is owed
_ENDING: Final = ".llzsign"


class Overview(QWidget):
    """Filters, list and detail; `opened` tells the suggestion to be written at, `begun` that a new one is wanted."""

    opened = Signal(str)
    begun = Signal()
    moved = Signal()
    """Another suggestion is under the cursor, or none."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self._bench = bench
        self._group = SuggestionGroup.ALL
        self._wanted: Id = ""
        self._seen: Id = ""
        self._restored = ""
        self.table: Final[PageTable[SuggestionRow]] = PageTable(_columns(bench), self)
        self.view: Final = TableView(self.table, bench.theme, least=_LEAST_TITLE)
        self.view.setAccessibleName(_("Suggestions"))
        self.view.remember_order(bench.settings, "suggestions")
        self.view.setItemDelegateForColumn(_DUE, ChipDelegate(bench.theme, self.view))
        self.filters: Final[dict[SuggestionGroup, QPushButton]] = {}
        self.begin: Final = BeginCard(bench)
        self.narrowing: Final = NarrowingBar(bench)
        self.together: Final = TogetherCard(bench)
        self.tracking: Final = button(_("Planned and promised"), "link")
        self.review: Final = button(_("Random review"), "link")
        self.kept: Final = Card(_("Not saved yet"), role="now")
        self._kept_rows = QVBoxLayout()
        self.kept.body.addLayout(self._kept_rows)
        self.kept.hide()
        self.waiting: Final = WaitingCard(bench)
        self.detail: Final = Detail(bench)
        self.forms: Final = button(_("Signed forms …"), "link")
        self.open_file: Final = QAction(_("Open a co-signing file …"), self)
        self.figures: Final = QAction(_("Figures"), self)
        self.awards: Final = QAction(_("Stars and awards"), self)
        self.calendar: Final = QAction(_("All deadlines for a calendar …"), self)
        self.more: Final = button(_("More"), "link")
        self.empty: Final = EmptyState(
            _("Here lie the deputies' suggestions. One begins with what residents raised, or with a deputy's own words."),
            _("Draft a suggestion"),
            self.begun.emit,
        )
        self._places = QStackedWidget()
        self._pages = Paging(self.table, self.view, bench.background, self._question, self._show, self._fail)
        self._arrange()
        self._connect()

    # --- asking

    def refresh(self) -> None:
        """Ask for the list anew; what is chosen stays chosen."""
        self._pages.refresh()
        self._ask_counts()
        self.ask_kept()
        self.waiting.refresh()
        self.narrowing.refresh()

    def _question(self) -> Question[SuggestionRow]:
        return partial(suggestion_list, self._bench.workspace, self._group, self.narrowing.value(), order=self.table.order)

    def _ask_counts(self) -> None:
        workspace = self._bench.workspace
        self._bench.background.ask(self, lambda: suggestion_counts(workspace), self._show_counts, self._fail, topic="counts")

    def ask_kept(self) -> None:
        """Ask what was typed and never saved."""
        workspace = self._bench.workspace
        self._bench.background.ask(self, lambda: kept_sheets(workspace), self._show_kept, self._fail, topic="kept")

    def listed(self) -> Callable[[], Sequence[Id]]:
        """A question for the suggestions in sight, as many as one volume takes, in their order."""
        question = self._question()
        return lambda: [each.id for each in question(offset=0, limit=_MOST_BOUND).rows]

    def choose_group(self, group: SuggestionGroup) -> None:
        """Show the suggestions of one group."""
        self._group = group
        self.filters[group].setChecked(True)
        self._pages.begin()
        self._ask_counts()

    def chosen(self) -> Id:
        """The suggestion under the cursor; empty where there is none."""
        row: SuggestionRow | None = self.view.current()
        return row.id if row else ""

    def chosen_title(self) -> tuple[Id, str]:
        """The suggestion under the cursor and what it is called; empty where there is none."""
        row: SuggestionRow | None = self.view.current()
        return (row.id, row.title) if row else ("", "")

    def show_counted(self, counted: Counted, words: str) -> None:
        """Show what a figure counts, whatever was narrowed before."""
        self.narrowing.opener.setChecked(False)
        self.narrowing.behind.show_counted(counted, words)
        self.choose_group(SuggestionGroup.ALL)

    def restore_batch(self, key: str) -> None:
        """Go on with a decision over several suggestions, kept under this key, as soon as the list is there."""
        self._restored = key

    def point_at(self, id: Id) -> None:
        """Put the cursor on a suggestion as soon as it is in the list."""
        self._wanted = id

    # --- answers

    def _show(self, found: Listing[SuggestionRow], anew: bool) -> None:
        wanted = self._wanted or ("" if anew else self._seen)
        place = self.table.place_of(lambda row: row.id == wanted)
        if place >= 0 or anew or not wanted:
            self._wanted = ""
            self.view.select(max(place, 0))
        else:
            self.view.deselect()
        nothing = not found.total and self._group is SuggestionGroup.ALL and not self.narrowing.active()
        self._places.setCurrentWidget(self.empty if nothing else self._lists)
        self.detail.setVisible(bool(found.total))
        self.moved.emit()
        if self._restored:
            workspace, key, self._restored = self._bench.workspace, self._restored, ""
            self._bench.background.ask(
                self,
                lambda: next((each for each in unsaved_batches(workspace) if each.key == key), None),
                self._go_on,
                self._fail,
                topic="batch",
            )

    def _go_on(self, batch: Batch | None) -> None:
        """Choose again what was chosen; where the list does not show all of it, the decision stands above it all the same."""
        if batch is None:
            return
        ids = {each.id for each in batch.chosen}
        places = [number for number in range(self.table.total) if (row := self.table.row(number)) and row.id in ids]
        if len(places) == len(ids):
            self.view.select(places[0])
            self.view.select_several(places[1:])
        self.together.show_chosen([(each.id, each.title) for each in batch.chosen])

    def _show_counts(self, counts: Mapping[SuggestionGroup, int]) -> None:
        for group, each in self.filters.items():
            each.setText(f"{word_of(group)} {counts[group]:,}")

    def _show_kept(self, kept: Sequence[KeptSheet]) -> None:
        take_out(self._kept_rows)
        for each in kept[:_KEPT_SHOWN]:
            self._kept_rows.addWidget(self._kept_row(each))
        self.kept.setVisible(bool(kept))

    def _kept_row(self, sheet: KeptSheet) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(SPACE.middle)
        link = ElidedLink(sheet.title or _("(no title yet)"))
        today = self._bench.workspace.clock.today().date()
        go_on = button(_("Go on writing"))
        go_on.setAccessibleName(_("Go on writing {title}").format(title=sheet.title))
        for each in (link, go_on):
            each.clicked.connect(lambda: self.opened.emit(sheet.id))
        line.addWidget(link, 1)
        line.addWidget(label(moment_told(sheet.kept, today=today), "small"))
        line.addWidget(go_on)
        return row

    def _ask_card(self, row: SuggestionRow) -> None:
        workspace, self._seen = self._bench.workspace, row.id
        self._bench.background.ask(self, lambda: suggestion_card(workspace, row.id), self._show_card, self._fail, topic="card")

    def _tell_several(self) -> None:
        """Several rows chosen with Ctrl or Shift can be decided together."""
        rows = sorted({index.row() for index in self.view.selectionModel().selectedRows()})
        self.together.show_chosen([(row.id, row.title) for number in rows if (row := self.table.row(number))])

    def _show_card(self, card: SuggestionCard) -> None:
        self.detail.show_card(card)

    # --- making

    def _arrange(self) -> None:
        bar = Flow(gap=SPACE.middle)
        group = QButtonGroup(self)
        for each in SuggestionGroup:
            self.filters[each] = button(word_of(each), "filter")
            self.filters[each].setCheckable(True)
            group.addButton(self.filters[each])
            bar.addWidget(self.filters[each])
        self.filters[self._group].setChecked(True)
        for door in (self.narrowing.opener, self.tracking, self.review, self.forms, self.more):
            bar.addWidget(door)
        menu = QMenu(self.more)
        menu.addActions([self.figures, self.awards, self.calendar, self.open_file])
        self.more.setMenu(menu)
        frame = framed(self.view)
        self._lists = Beside(self._bench.theme, frame, self.detail, narrow=_WIDE, beside=_SHARES, least=_LEAST_DETAIL)
        self._places.addWidget(self._lists)
        self._places.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE.large)
        layout.addWidget(self.begin)
        layout.addWidget(self.kept)
        layout.addWidget(self.waiting)
        layout.addLayout(bar)
        layout.addWidget(self.narrowing)
        layout.addWidget(self.narrowing.behind)
        layout.addWidget(self.together)
        layout.addWidget(self._places, 1)

    def _connect(self) -> None:
        for group, each in self.filters.items():
            each.clicked.connect(lambda _checked, group=group: self.choose_group(group))
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.view.selectionModel().selectionChanged.connect(lambda *_told: self._tell_several())
        self.narrowing.changed.connect(self._pages.begin)
        self.view.chosen.connect(self._ask_card)
        self.view.chosen.connect(self.moved)
        self.view.opened.connect(lambda row: self.opened.emit(row.id))
        self.detail.opened.connect(self.opened)
        self.forms.clicked.connect(self._file_forms)
        self.open_file.triggered.connect(lambda _on: self._choose_file())
        self.calendar.triggered.connect(lambda _on: ask_for_calendar(self._bench, self))
        self.setAcceptDrops(True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802  # Qt's own name
        if _cosign_files(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802  # Qt's own name
        for path in _cosign_files(event)[:1]:
            self.open_cosign_file(path)

    def open_cosign_file(self, path: Path) -> None:
        """Open a co-signing file: a request to be answered here, or an answer to be taken in."""
        from ui.dialogs.cosign_file_dialog import open_cosign_file  # few stations ever meet one

        open_cosign_file(self._bench, self, path)

    def _file_forms(self) -> None:
        from ui.dialogs.signed_forms_dialog import SignedFormsDialog  # loaded when it is wanted

        SignedFormsDialog(self._bench, self).open()

    def _choose_file(self) -> None:
        start = self._bench.settings.last_folder
        chosen, _kind = QFileDialog.getOpenFileName(self, _("Open a co-signing file …"), start, f"(*{_ENDING})")
        if chosen:
            self.open_cosign_file(Path(chosen))

    def _fail(self, error: AppError) -> None:
        self._bench.feedback.fail(error)


def _cosign_files(event: QDropEvent) -> list[Path]:
    paths = [Path(each.toLocalFile()) for each in event.mimeData().urls() if each.isLocalFile()]
    return [each for each in paths if each.suffix.lower() == _ENDING]


def _put_forward(row: SuggestionRow) -> str:
    return _("During a session") if row.in_session else _("Between sessions")


def _left(today: date, row: SuggestionRow) -> str:
    return days_left((row.due - today).days) if row.due else ""


def _tone(today: date, row: SuggestionRow) -> str:
    return days_tone((row.due - today).days) if row.due else ""


def _columns(bench: Workbench) -> Sequence[Column[SuggestionRow]]:
    today = bench.workspace.clock.today().date()
    return (
        Column(heading=_("Title"), text=lambda row: row.title or _("(no title yet)"), by=SuggestionSort.TITLE),
        Column(heading=_("Lead deputy"), text=lambda row: row.lead, width=5, by=SuggestionSort.LEAD),
        Column(heading=_("State"), text=lambda row: word_of(row.state), width=5, by=SuggestionSort.STATE),
        Column(heading=_("Put forward"), text=_put_forward, width=5, spare=2),
        Column(heading=_("Date"), text=lambda row: day_told(row.day, today=today), width=8, by=SuggestionSort.DAY, falls=True),
        Column(heading=_("Grounds"), text=lambda row: str(row.grounds or ""), width=3, right=True, spare=1),
        Column(heading=_("Reply due"), text=partial(_left, today), width=5, tone=partial(_tone, today), by=SuggestionSort.DUE),
    )
