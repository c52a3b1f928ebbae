"""The log: who did what and when, narrowed by what is looked for, saved as a table; nothing of it is ever deleted."""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import ClassVar, Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from app.domain.papers import Span
from app.errors import AppError
from app.i18n import N_, _, ngettext
from app.messages import column_told, explain, kind_told
from app.messages.events import event_told
from app.queries.listing import Listing
from app.queries.log import Logged, Sought, log, writers
from app.use_cases.ledger_table import SavedLedger
from app.use_cases.log_export import save_log
from app.use_cases.search_export import ListWords
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
from ui.widgets.flow import Flow
from ui.widgets.roles import button, label
from ui.widgets.table_view import TableView
from ui.wording import moment_told

_ROWS: Final = 12  # in sight
_PAUSE: Final = 250  # milliseconds after the last key before the list is narrowed
_DAY: Final = 130  # pixels
_GROUPS: Final[Mapping[str, str]] = {
    "changes": N_("What was saved and removed"),
    "exports": N_("What left the station, contacts shown"),
    "prints": N_("What was printed"),
    "sign-ins": N_("Sign-ins and wrong PINs"),
}
_KINDS: Final = ("visit", "encounter", "contact", "issue", "suggestion", "deputy", "operator", "station")
_WORDS: Final = ListWords(column_told, kind_told, event_told)


class LogSection(Section):
    """Filters above the lines; Enter opens the record a line speaks of."""

    name: ClassVar[str] = N_("Log")

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.save_it: Final = page.action(_("Save the log …"), self._ask_where)
        self.only: Final = _box(_("What is looked for"), _("Everything"), {each: _(_GROUPS[each]) for each in _GROUPS})
        self.kind: Final = _box(_("Kind of record"), _("All kinds"), {each: kind_told(each) for each in _KINDS})
        self.who: Final = _box(_("Who"), _("Everybody"), {})
        self.first: Final = self._day(_("The first day"))
        self.last: Final = self._day(_("The last day"))
        self.count: Final = label("", "small")
        self.told: Final = label("", "soft", wrap=True)
        self.follow: Final = button(_("Follow the log from its first line …"), "link")
        self.table: Final = PageTable[Logged](self._columns(), self)
        self.view: Final = TableView(self.table, self.bench.theme)
        self.pause: Final = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pages = Paging(self.table, self.view, self.bench.background, self._question, self._listed, self._fail, "log lines")
        self._arrange()
        self._connect()
        self._measure_rows()

    def actions_offered(self) -> Sequence[QAction]:
        return (self.save_it,)

    def refresh(self) -> None:
        workspace = self.bench.workspace
        self.bench.background.ask(self, lambda: writers(workspace), self._offer, self._fail, topic="log writers")
        self._pages.refresh()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  # Qt's own name
        super().showEvent(event)
        self.refresh()  # what is done elsewhere concerns this part only while it is in sight

    def sought(self) -> Sought:
        """What stands in the fields; a day that is none is left out."""
        span = Span(first=self.first.day(), last=self.last.day())
        return Sought(only=self.only.code(), kind=self.kind.code(), who=self.who.code(), span=span)

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

    # --- what is shown

    def _question(self) -> Question[Logged]:
        return partial(log, self.bench.workspace, self.sought())

    def _narrow(self) -> None:
        self.pause.stop()
        self._pages.begin()

    def _offer(self, names: Sequence[str]) -> None:
        _offer(self.who, _("Everybody"), {each: each for each in names})

    def _listed(self, found: Listing[Logged], anew: bool) -> None:
        self._show_there(there=found.total > 0)
        told = ngettext("{count} line", "{count} lines", found.total)
        self.count.setText(told.format(count=f"{found.total:,}"))
        self.told.setText(_("No line of the log fits."))
        if anew:
            self.view.select(0)

    def _fail(self, error: AppError) -> None:
        """Whoever may not look reads so in the place of the lines."""
        self.table.show(0, ())
        self._show_there(there=False)
        self.count.clear()
        self.told.setText(explain(error))

    def _show_there(self, *, there: bool) -> None:
        self.view.setVisible(there)
        self.told.setVisible(not there)
        self.save_it.setEnabled(there)

    def _open(self, line: Logged) -> None:
        if line.record and (place := place_of(line.kind)):
            self.bench.go(place, line.record)
        else:
            self.bench.feedback.say(_("This line of the log has no record of its own to open."), Tone.INFORMATION)

    # --- how it stands

    def _columns(self) -> Sequence[Column[Logged]]:
        return (
            Column(heading=column_told("at"), text=self._moment, width=10),
            Column(heading=column_told("operator"), text=lambda each: each.operator, width=5),
            Column(heading=column_told("event"), text=lambda each: event_told(each.event), width=9),
            Column(heading=_("Record"), text=record_told),
        )

    def _moment(self, line: Logged) -> str:
        if line.at is None:
            return _("cannot be read")
        return moment_told(line.at, today=self.bench.workspace.clock.today().date())

    def _day(self, name: str) -> OptionalDay:
        made = OptionalDay(lambda: self.bench.workspace.clock.today().date())
        made.setPlaceholderText(name)
        made.setAccessibleName(name)
        made.setClearButtonEnabled(True)
        return made

    def _arrange(self) -> None:
        fields = QWidget()
        flow = Flow(fields)
        for each in (self.only, self.kind, self.who, self.first, self.last):
            flow.addWidget(each)
        self.view.setAccessibleName(_("Log"))
        card = Card(_("Who did what, and when"))
        card.body.setSpacing(SPACE.small)
        card.head.addWidget(self.count)
        card.head.addWidget(self.follow)
        card.add(label(_("Kept from the first day on; no line of it is ever deleted or changed."), "soft", wrap=True))
        for below in (fields, self.view, self.told):
            card.add(below)
        self.told.hide()
        self.add(card)
        self.end()
        self.setFocusProxy(self.only)

    def _connect(self) -> None:
        self.pause.timeout.connect(self._narrow)
        for box in (self.only, self.kind, self.who):
            box.currentIndexChanged.connect(lambda _at: self._narrow())
        for field in (self.first, self.last):
            field.textChanged.connect(lambda _text: self.pause.start())
        self.view.opened.connect(self._open)
        self.follow.clicked.connect(lambda: self.page.begin("check"))
        self.bench.theme.changed.connect(self._measure_rows)

    def _measure_rows(self) -> None:
        header = self.view.horizontalHeader().sizeHint().height()
        self.view.setFixedHeight(_ROWS * self.view.verticalHeader().defaultSectionSize() + header + 2)
        for field in (self.first, self.last):
            field.setFixedWidth(self.bench.theme.px(_DAY))


def record_told(line: Logged) -> str:
    """The record a line speaks of, by its kind and its name; of an event that has none how much it was."""
    named = " · ".join(each for each in (kind_told(line.kind) if line.kind else "", line.title) if each)
    records = line.facts.get("records")
    if named or not isinstance(records, int):
        return named
    return ngettext("{count} record", "{count} records", records).format(count=records)


def _box(name: str, every: str, names: Mapping[str, str]) -> CategoryBox:
    made = CategoryBox()
    made.setAccessibleName(name)
    made.setMinimumContentsLength(6)
    _offer(made, every, names)
    return made


def _offer(box: CategoryBox, every: str, names: Mapping[str, str]) -> None:
    """Offer these beside all of them, without telling; what is chosen stays."""
    blocked = box.blockSignals(True)
    box.show_names(names)
    box.setItemText(0, every)
    box.blockSignals(blocked)
