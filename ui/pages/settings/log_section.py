"""The log: who did what and when, the newest first, narrowed by what, who and when; and the chain followed where one asks."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import ClassVar, Final

from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QFileDialog, QHBoxLayout, QPushButton

from app.domain.papers import Span
from app.errors import AppError
from app.i18n import N_, _, ngettext
from app.messages import column_told, explain, kind_told, said
from app.messages.logged import event_told, facts_told
from app.progress import Progress
from app.queries.listing import Listing
from app.queries.log import Logged, Sought, log, writers
from app.use_cases.ledger_table import SavedLedger
from app.use_cases.log_export import save_log
from app.use_cases.search_export import ListWords
from app.use_cases.upkeep import Checked, verify_chain
from ui.feedback import Tone
from ui.forms.category_box import CategoryBox
from ui.forms.optional_day import OptionalDay
from ui.models.page_table import Column, PageTable
from ui.models.paging import Paging, Question
from ui.page import Page
from ui.pages.settings.section import Section
from ui.places import place_of
from ui.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.facts import Facts
from ui.widgets.field import Field
from ui.widgets.flow import Flow
from ui.widgets.notice import Notice
from ui.widgets.progress_line import ProgressLine
from ui.widgets.roles import button, label
from ui.widgets.table_view import TableView
from ui.wording import moment_told

_LEAST, _MOST = 3, 10  # rows in sight
_ONLY: Final = {
    "": N_("Everything"),
    "changes": N_("Records"),
    "exports": N_("What left"),
    "prints": N_("Prints"),
    "sign-ins": N_("Sign-ins"),
}
_WORDS: Final = ListWords(column_told, kind_told, event_told)


class LogSection(Section):
    """Whoever is in charge of people may look; nothing of it can be changed, and nothing deletes it."""

    name: ClassVar[str] = N_("Log")

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        today = self.bench.workspace.clock.today().date()
        self._only = ""
        self.notice: Final = Notice()
        self.save_it: Final = page.action(_("Save the log …"), self._ask_where)
        self.open_it: Final = page.action(_("Open the record"), self.open_record)
        self.filters: Final[dict[str, QPushButton]] = {name: button(_(words), "filter") for name, words in _ONLY.items()}
        self.who: Final = Field(_("Who"), CategoryBox())
        self.first: Final = Field(_("From"), OptionalDay(lambda: today))
        self.last: Final = Field(_("To"), OptionalDay(lambda: today))
        self.table: Final = PageTable[Logged](
            (
                Column(heading=_("When"), text=lambda each: moment_told(each.at, today=today) if each.at else "", width=9),
                Column(heading=_("Who"), text=lambda each: each.operator, width=5, spare=1),
                Column(heading=_("Action"), text=lambda each: event_told(each.event), width=9),
                Column(heading=_("Of what"), text=_subject),
            ),
            self,
        )
        self.view: Final = TableView(self.table, self.bench.theme)
        self.view.setAccessibleName(_("Log"))
        self.nothing: Final = label(_("Nothing of this kind stands in the log."), "soft", wrap=True)
        self.card: Final = Card()
        self.title: Final = label("", "section", wrap=True)
        self.facts: Final = Facts()
        self.chain: Final = button(_("Follow the chain"), "link")
        self.line: Final = ProgressLine({"journal": N_("Following the journal")})
        self.line.stopped.connect(self._stop)
        self._arrange()
        self._connect()
        self._pages = Paging(self.table, self.view, self.bench.background, self._question, self._listed, self._refused, "log")

    def actions_offered(self) -> Sequence[QAction]:
        return (self.save_it, self.open_it)

    def refresh(self) -> None:
        workspace = self.bench.workspace
        self.bench.background.ask(self, lambda: writers(workspace), self._show_people, self._refused, topic="people")
        self._pages.refresh()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  # Qt's own name
        super().showEvent(event)
        self.refresh()  # everything that is done adds a line; it concerns this part only while it is in sight

    def choose(self, only: str) -> None:
        """Show one group of lines; empty for all."""
        self._only = only
        self.filters[only].setChecked(True)
        self._pages.begin()

    def open_record(self) -> None:
        """Go to the record of the line under the cursor, where it has a page."""
        line: Logged | None = self.view.current()
        if line and line.record and (place := place_of(line.kind)):
            self.bench.go(place, line.record)

    def follow_chain(self) -> None:
        """Follow the journal from its first line on, beside whatever else is done."""
        workspace, progress = self.bench.workspace, Progress()
        self.chain.setEnabled(False)
        self.notice.say("", Tone.INFORMATION)
        job = self.bench.background.ask(
            self, lambda: verify_chain(workspace, progress), self._followed, self._refused, topic="chain", progress=progress
        )
        if not self.chain.isEnabled():
            self.line.watch(job)

    def save_to(self, path: Path) -> None:
        """Save all lines that the filter leaves, not only those in sight."""
        self.bench.settings.last_folder = str(path.parent)
        workspace, sought = self.bench.workspace, self.sought()
        self.bench.background.do(
            self,
            lambda progress: save_log(workspace, sought, path, _WORDS, progress),
            self._saved,
            self.fail,
            title=_("Saving the log"),
        )

    def sought(self) -> Sought:
        """What the filters leave."""
        span = Span(first=self.first.editor.day(), last=self.last.editor.day())
        return Sought(only=self._only, who=self.who.editor.code(), span=span)

    def _ask_where(self) -> None:
        folder = Path(self.bench.settings.last_folder or Path.home())
        proposed = str(folder / f"{_('Log')}-{self.bench.workspace.clock.today():%Y%m%d}.xlsx")
        chosen, _kind = QFileDialog.getSaveFileName(self, _("Save the log"), proposed, "Excel (*.xlsx)")
        if chosen:
            path = Path(chosen)
            self.save_to(path if path.suffix else path.with_suffix(".xlsx"))

    def _saved(self, saved: SavedLedger) -> None:
        words = ngettext("{count} line saved: {file}", "{count} lines saved: {file}", saved.records)
        self.bench.feedback.say(words.format(count=saved.records, file=saved.path))
        self._pages.refresh()

    def _question(self) -> Question[Logged]:
        return partial(log, self.bench.workspace, self.sought())

    def _listed(self, found: Listing[Logged], anew: bool) -> None:
        there = found.total > 0
        self.notice.say("", Tone.INFORMATION)
        self.view.setVisible(there)
        self.nothing.setVisible(not there)
        self.card.setVisible(there)
        self.save_it.setEnabled(there)
        self._measure_rows()
        self.view.select(0 if anew else min(max(self.view.currentIndex().row(), 0), found.total - 1))

    def _show_people(self, names: Sequence[str]) -> None:
        self.who.editor.show_names({each: each for each in names})

    def _show_line(self, line: Logged) -> None:
        self.title.setText(" · ".join(part for part in (event_told(line.event), _subject(line)) if part))
        told = [(_("Line"), f"{line.line:,}"), (_("Computer"), line.seat), *facts_told(line.facts)]
        self.facts.show_facts(told)
        self.open_it.setEnabled(bool(line.record and place_of(line.kind)))

    def _stop(self) -> None:
        self._rest()
        self.notice.say(_("Stopped; nothing was changed."), Tone.INFORMATION)

    def _rest(self) -> None:
        self.chain.setEnabled(True)
        self.line.end()

    def _followed(self, checked: Checked) -> None:
        self._rest()
        if checked.findings:
            words = "\n".join(said(each.code, {"where": each.where}) for each in checked.findings)
            self.notice.say(words, Tone.WARNING)
        else:
            words = _("{lines} journal lines follow each other as they were written.").format(lines=checked.lines)
            self.notice.say(words, Tone.INFORMATION)

    def _refused(self, error: AppError) -> None:
        self._rest()
        self.notice.say(explain(error), Tone.WARNING)
        self.save_it.setEnabled(False)
        for each in (self.view, self.card, self.nothing):
            each.hide()

    def _connect(self) -> None:
        for name, each in self.filters.items():
            each.clicked.connect(lambda _checked, name=name: self.choose(name))
        self.who.editor.currentIndexChanged.connect(lambda _at: self._pages.begin())
        for day in (self.first, self.last):
            day.editor.editingFinished.connect(lambda: self._pages.begin())
        self.view.chosen.connect(self._show_line)
        self.view.opened.connect(lambda _row: self.open_record())
        self.chain.clicked.connect(self.follow_chain)
        self.bench.theme.changed.connect(self._measure_rows)

    def _arrange(self) -> None:
        listed = Card(_("Log"))
        words = _("Every change, print, export and sign-in stands here; nothing deletes it.")
        listed.add(label(words, "soft", wrap=True))
        chips = Flow(gap=SPACE.middle)
        group = QButtonGroup(self)
        for each in self.filters.values():
            each.setCheckable(True)
            group.addButton(each)
            chips.addWidget(each)
        self.filters[""].setChecked(True)
        chips.addWidget(self.chain)
        listed.body.addLayout(chips)
        row = QHBoxLayout()
        row.setSpacing(SPACE.middle)
        for field in (self.who, self.first, self.last):
            row.addWidget(field, 1)
        listed.body.addLayout(row)
        for part in (self.line, self.notice, self.nothing, self.view):
            listed.add(part)
        self.card.add(self.title)
        self.card.add(self.facts)
        self.add(listed, self.card)
        self.card.hide()
        self.end()
        self._measure_rows()

    def _measure_rows(self) -> None:
        header = self.view.horizontalHeader().sizeHint().height()
        rows = min(max(self.table.total, _LEAST), _MOST)
        self.view.setFixedHeight(rows * self.view.verticalHeader().defaultSectionSize() + header + 2)


def _subject(line: Logged) -> str:
    """The record of a line by its kind and its name; people are masked."""
    return " · ".join(part for part in (kind_told(line.kind) if line.kind else "", line.title) if part)
