"""All that a search found, page by page: narrowed by what a record is, named for another day, saved as a list."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout

from app.changes import Changes
from app.domain.values import CodeSet
from app.errors import AppError
from app.i18n import _, ngettext
from app.messages import code_told, column_told, kind_told
from app.queries.listing import Listing
from app.queries.search import SearchFilter
from app.queries.search_results import ResultRow, search_results, search_total
from app.use_cases.search_export import ExportedList, ListWords, export_results
from ui.feedback import Tone
from ui.models.page_table import Column, PageTable
from ui.models.paging import Paging, Question
from ui.page import Page, Workbench
from ui.pages.search.filters import Filters
from ui.pages.search.saved import Saved
from ui.places import place_of
from ui.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.marked_delegate import MarkedDelegate
from ui.widgets.roles import label
from ui.widgets.table_view import TableView
from ui.wording import day_told, word_of

_WORDS: Final = ListWords(column_told, kind_told, lambda code: code_told(code) if isinstance(code, CodeSet) else code)
_TITLE, _PASSAGE = 1, 2  # columns in which words are marked
_FILE_TYPES: Final = "Excel (*.xlsx);;CSV (*.csv)"


class SearchPage(Page):
    """The list keeps its words, filters and place while one looks at a record and comes back."""

    concerns = Changes.VISITS | Changes.ISSUES | Changes.SUGGESTIONS | Changes.PEOPLE | Changes.STATION

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self.asked = SearchFilter()
        self._total: int | None = None
        self.filters: Final = Filters(bench)
        self.saved: Final = Saved(bench, lambda: self.asked)
        self.count: Final = label("", "small")
        self.table: Final = PageTable(self._columns(), self)
        self.view: Final = TableView(self.table, bench.theme)
        self._save_list = self.action(_("Save the list …"), self._ask_where, "Ctrl+S")
        self._pages = Paging(self.table, self.view, bench.background, self._question, self._listed, self._fail)
        self._arrange()
        self._connect()
        self._show_state()

    def heading(self) -> str:
        return _("Search")

    def actions_offered(self) -> Sequence[QAction]:
        return (self._save_list,)

    def refresh(self) -> None:
        self.filters.refresh()
        self.saved.refresh()
        if self.asked.asks:
            self._pages.refresh()
            self._ask_total()

    def begin(self, deed: str) -> None:
        """Look for the words `deed`; filters of an earlier search are taken away."""
        self.look_for(SearchFilter(typed=deed))
        self.view.setFocus()

    def look_for(self, asked: SearchFilter) -> None:
        """Show what this filter leaves, and the filter in the fields."""
        self.filters.show_filter(asked)
        self._narrow(asked)

    # --- what is shown

    def _narrow(self, asked: SearchFilter) -> None:
        self.asked, self._total = asked, None
        if asked.asks:
            self._pages.begin()
            self._ask_total()
        else:
            self.table.show(0, ())
        self._show_state()

    def _question(self) -> Question[ResultRow]:
        return partial(search_results, self.bench.workspace, self.asked)

    def _ask_total(self) -> None:
        workspace, asked = self.bench.workspace, self.asked
        self.bench.background.ask(self, lambda: search_total(workspace, asked), self._show_total, self._fail, topic="total")

    def _listed(self, _found: Listing[ResultRow], anew: bool) -> None:
        if anew or not self.view.currentIndex().isValid():
            self.view.select(0)
        self._show_state()

    def _show_total(self, total: int) -> None:
        self._total = total
        self._show_state()

    def _show_state(self) -> None:
        told = ngettext("{count} record found", "{count} records found", self._total or 0)
        self.count.setText("" if self._total is None else told.format(count=f"{self._total:,}"))
        self._empty.words.setText(_("Nothing fits.") if self.asked.asks else _beginning())
        self._stack.setCurrentIndex(0 if self.table.total else 1)
        self._save_list.setEnabled(self.table.total > 0)
        self.saved.offer(asks=self.asked.asks)

    # --- a record

    def _open(self, row: ResultRow) -> None:
        """Go to the record, or to the one it belongs to."""
        for kind, id in ((row.kind, row.id), (row.owner_kind, row.owner)):
            if place := place_of(kind):
                self.bench.go(place, id)
                return
        self.bench.feedback.say(
            _("{kind}: this list shows all there is to see of it.").format(kind=kind_told(row.kind)), Tone.INFORMATION
        )

    # --- the list as a file

    def _ask_where(self) -> None:
        folder = Path(self.bench.settings.last_folder or Path.home())
        day = f"{self.bench.workspace.clock.today():%Y%m%d}"
        proposed = str(folder / f"{_('Found')}-{day}.xlsx")
        chosen, kind = QFileDialog.getSaveFileName(self, _("Save the list"), proposed, _FILE_TYPES)
        if chosen:
            path = Path(chosen)
            ending = ".csv" if "csv" in kind else ".xlsx"
            self.save_to(path if path.suffix else path.with_suffix(ending))

    def save_to(self, path: Path) -> None:
        """Save all that the filter leaves, not only the rows in sight."""
        self.bench.settings.last_folder = str(path.parent)
        workspace, asked = self.bench.workspace, self.asked
        self.bench.background.do(
            self,
            lambda progress: export_results(workspace, asked, path, _WORDS, progress),
            self._tell_saved,
            self._fail,
            title=_("Saving the list"),
        )

    def _tell_saved(self, exported: ExportedList) -> None:
        words = ngettext("{count} record saved: {file}", "{count} records saved: {file}", exported.records)
        self.bench.feedback.say(words.format(count=exported.records, file=exported.path))

    # --- how it stands

    def _columns(self) -> list[Column[ResultRow]]:
        today = self.bench.workspace.clock.today().date()
        return [
            Column(heading=_("Kind of record"), text=lambda row: kind_told(row.kind), width=6),
            Column(heading=column_told("title"), text=lambda row: row.title.text or "—", marks=lambda row: row.title.marks),
            Column(heading=column_told("passage"), text=lambda row: row.passage.text, marks=lambda row: row.passage.marks),
            Column(heading=column_told("day"), text=lambda row: day_told(row.on, today=today), width=7),
            Column(heading=column_told("state"), text=lambda row: word_of(row.state), width=5, spare=1),
            Column(heading=column_told("place"), text=lambda row: row.place, width=6, spare=3),
            Column(heading=column_told("deputies"), text=lambda row: "、".join(row.deputies), width=5, spare=2),
        ]

    def _arrange(self) -> None:
        for number in (_TITLE, _PASSAGE):
            self.view.setItemDelegateForColumn(number, MarkedDelegate(self.bench.theme, self.view))
        self.view.setAccessibleName(_("Found"))
        self._empty = EmptyState(_beginning())
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._empty)
        below = QHBoxLayout()
        below.setSpacing(SPACE.small)
        below.addWidget(self.saved, 1)
        below.addWidget(self.count)
        card = Card()
        card.body.setSpacing(SPACE.middle)
        card.add(self.filters)
        card.body.addLayout(below)
        card.add(self._stack, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(card)
        self.setFocusProxy(self.filters)

    def _connect(self) -> None:
        self.view.opened.connect(self._open)
        self.filters.changed.connect(self._narrow)
        self.saved.chosen.connect(self.look_for)

    def _fail(self, error: AppError) -> None:
        self.bench.feedback.fail(error)


def _beginning() -> str:
    return _("Type words, figures or the pinyin of a name or title, or choose a filter. Enter opens what is under the cursor.")
