"""The log: who did what and when, the newest first, narrowed by what, who and when; and the chain followed where one asks."""

from collections.abc import Sequence
from functools import partial
from typing import ClassVar, Final

from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton

from app.domain.papers import Span
from app.errors import AppError
from app.i18n import N_, _
from app.messages import explain, kind_told, said
from app.messages.logged import event_told, facts_told
from app.queries.listing import Listing
from app.queries.log import Logged, Sought, log
from app.queries.operators import operators
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


class LogSection(Section):
    """Whoever is in charge of people may look; nothing of it can be changed, and nothing deletes it."""

    name: ClassVar[str] = N_("Log")

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        today = self.bench.workspace.clock.today().date()
        self._only = ""
        self.notice: Final = Notice()
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
        self._arrange()
        self._connect()
        self._pages = Paging(self.table, self.view, self.bench.background, self._question, self._listed, self._refused, "log")

    def actions_offered(self) -> Sequence[QAction]:
        return (self.open_it,)

    def refresh(self) -> None:
        workspace = self.bench.workspace
        self.bench.background.ask(
            self, lambda: [each.name for each in operators(workspace)], self._show_people, self.fail, topic="people"
        )
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
        workspace = self.bench.workspace
        self.chain.setEnabled(False)
        self.bench.background.ask(self, lambda: verify_chain(workspace), self._followed, self._refused, topic="chain")

    def _question(self) -> Question[Logged]:
        span = Span(first=self.first.editor.day(), last=self.last.editor.day())
        return partial(log, self.bench.workspace, Sought(only=self._only, who=self.who.editor.code(), span=span))

    def _listed(self, found: Listing[Logged], anew: bool) -> None:
        there = found.total > 0
        self.notice.say("", Tone.INFORMATION)
        self.view.setVisible(there)
        self.nothing.setVisible(not there)
        self.card.setVisible(there)
        self._measure_rows()
        self.view.select(0 if anew else min(max(self.view.currentIndex().row(), 0), found.total - 1))

    def _show_people(self, names: Sequence[str]) -> None:
        self.who.editor.show_names({each: each for each in names})

    def _show_line(self, line: Logged) -> None:
        self.title.setText(" · ".join(part for part in (event_told(line.event), _subject(line)) if part))
        told = [(_("Line"), f"{line.line:,}"), (_("Computer"), line.seat), *facts_told(line.facts)]
        self.facts.show_facts(told)
        self.open_it.setEnabled(bool(line.record and place_of(line.kind)))

    def _followed(self, checked: Checked) -> None:
        self.chain.setEnabled(True)
        if checked.findings:
            words = "\n".join(said(each.code, {"where": each.where}) for each in checked.findings)
            self.notice.say(words, Tone.WARNING)
        else:
            words = _("{lines} journal lines follow each other as they were written.").format(lines=checked.lines)
            self.notice.say(words, Tone.INFORMATION)

    def _refused(self, error: AppError) -> None:
        self.chain.setEnabled(True)
        self.notice.say(explain(error), Tone.WARNING)
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
        for part in (self.notice, self.nothing, self.view):
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
