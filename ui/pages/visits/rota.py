"""The rota: reception days one below the other, the one under the cursor beside them."""

from collections.abc import Sequence
from datetime import time, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.papers import PaperName, Span
from app.domain.values import Id
from app.errors import AppError
from app.i18n import _, ngettext
from app.queries.rota import RotaEntry, rota
from app.use_cases.papers import Asked
from app.use_cases.rota import RotaCalendar, RotaSaved, save_calendar, swap_deputies
from app.use_cases.rota_drafts import PLAN_KEY, day_of
from ui.dialogs.rota_day_dialog import RotaDayDialog
from ui.dialogs.rota_plan_dialog import RotaPlanDialog
from ui.feedback import Tone
from ui.models.page_table import Column, PageTable
from ui.page import Workbench
from ui.pages.visits.rota_day import DayCard, PapersCard
from ui.rota_words import hours_of, notice_told, tone_of
from ui.theme import SPACE
from ui.widgets.beside import Beside
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.roles import button, label
from ui.widgets.scrolled import scrolled
from ui.widgets.table_view import TableView
from ui.wording import day_told, weekday_told

_BACK: Final = timedelta(days=365)


class _Stretch(StrEnum):
    AHEAD = "ahead"
    BEHIND = "behind"


class RotaView(QWidget):
    """What is on the rota, and what can be done with a day of it; what concerns the whole page is told by the signals."""

    opened = Signal(str)
    """Begin this reception, or go on with it, at its desk."""
    printed = Signal(object)
    """The `Asked` of a paper that is wanted."""
    cancelled = Signal(str)

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self._bench: Final = bench
        self._today: Final = bench.workspace.clock.today().date()
        self._stretch = _Stretch.AHEAD
        self._wanted: Id = ""
        self._beginning = False
        self._going_on = False
        self.table: Final[PageTable[RotaEntry]] = PageTable(self._columns(), self)
        self.view: Final = TableView(self.table, bench.theme)
        self.view.setAccessibleName(_("Reception days"))
        self.view.remember_order(bench.settings, "rota")
        self.count: Final = label("", "small")
        self.day: Final = DayCard(bench)
        self.papers: Final = PapersCard(self._today)
        self._arrange()
        self._connect()

    def span(self) -> Span:
        """The days that are shown: from today on, or the year that lies behind."""
        ahead = self._stretch is _Stretch.AHEAD
        return Span(first=self._today) if ahead else Span(first=self._today - _BACK, last=self._today - timedelta(days=1))

    def refresh(self) -> None:
        """Ask for the days again; the one under the cursor stays there."""
        workspace, span = self._bench.workspace, self.span()
        self._bench.background.ask(self, lambda: rota(workspace, span), self._show, self._bench.feedback.fail, topic="rota")

    def show_day(self, id: Id) -> None:
        """Put the cursor on a day."""
        self._wanted = id
        self._turn(_Stretch.AHEAD)

    def show_wanted(self, wanted: str) -> None:
        """Show the rota, with the cursor on a day where one is wanted; a draft's key opens its form again."""
        if wanted == PLAN_KEY:
            self.refresh()
            self.plan()
        elif wanted:
            self._going_on = bool(day_of(wanted))
            self.show_day(day_of(wanted) or wanted)
        else:
            self.refresh()

    def begin(self) -> None:
        """Put the keyboard where one goes on, as soon as the days are there."""
        self._beginning = True

    # --- deeds

    def plan(self) -> None:
        """Choose several days at once."""
        dialog = RotaPlanDialog(self._bench, self)
        dialog.saved.connect(self._planned)
        dialog.open()

    def export(self) -> None:
        """Ask where the calendar file goes."""
        proposed = str(Path(self._bench.settings.last_folder or Path.home()) / "接待日.ics")
        chosen, _filter = QFileDialog.getSaveFileName(self, _("Save as a calendar file"), proposed, "iCalendar (*.ics)")
        if chosen:
            self.export_to(Path(chosen))

    def export_to(self, path: Path) -> None:
        """Write the planned days as a calendar file."""
        self._bench.settings.last_folder = str(path.parent)
        workspace = self._bench.workspace
        self._bench.background.ask(
            self,
            lambda: save_calendar(workspace, Span(first=self._today), path),
            lambda made: self._exported(made, path),
            self._bench.feedback.fail,
            topic="calendar",
        )

    def print_rota(self) -> None:
        """Show the rota of the days in sight on paper."""
        self.printed.emit(Asked(name=PaperName.DUTY_ROTA, span=self._span_of_paper()))

    def swap(self, one: Id, other: Id) -> None:
        """Let the deputies of two days change places; the sentence about it offers to do it once more."""
        workspace = self._bench.workspace
        self._bench.background.do(
            self, lambda _p: swap_deputies(workspace, one, other), lambda saved: self._swapped(saved, one, other), self._fail
        )

    def _change(self, entry: RotaEntry) -> None:
        dialog = RotaDayDialog(self._bench, entry, self)
        dialog.saved.connect(self._changed)
        dialog.open()

    def _span_of_paper(self) -> Span:
        days = [each.on for each in self.table.rows]
        return Span(first=min(days), last=max(days)) if days else self.span()

    def _planned(self, saved: RotaSaved) -> None:
        told = ngettext("{count} reception day is on the rota.", "{count} reception days are on the rota.", len(saved.ids))
        self._bench.feedback.say(told.format(count=len(saved.ids)))
        if saved.ids:
            self.show_day(saved.ids[0])

    def _changed(self, saved: RotaSaved) -> None:
        if saved.announce_again:
            self._bench.feedback.say(_("Changed. The notice told otherwise: print it again."), Tone.WARNING)
        else:
            self._bench.feedback.say(_("Changed."))
        self.refresh()

    def _swapped(self, saved: RotaSaved, one: Id, other: Id) -> None:
        words = _("The deputies changed places.")
        if saved.announce_again:
            words += _("The notice told otherwise: print it again.")
        self._bench.feedback.say(words, deed=_("Undo"), act=lambda: self.swap(one, other))
        self.refresh()

    def _exported(self, made: RotaCalendar, path: Path) -> None:
        told = ngettext("{count} reception day saved: {path}", "{count} reception days saved: {path}", made.days)
        self._bench.feedback.say(told.format(count=made.days, path=path))

    def _fail(self, error: AppError) -> None:
        self._bench.feedback.fail(error)

    # --- what is shown

    def _show(self, days: Sequence[RotaEntry]) -> None:
        ordered = days if self._stretch is _Stretch.AHEAD else days[::-1]
        current = self._wanted or (self.day.entry.id if self.day.entry else "")
        self.table.show(len(ordered), ordered)
        self.count.setText(ngettext("{count} reception day", "{count} reception days", len(ordered)).format(count=len(ordered)))
        ids = [each.id for each in ordered]
        self.view.setVisible(bool(ids))
        self._empty.setVisible(not ids)
        self.day.swaps = [each for each in ordered if each.planned]
        self.day.show_entry(None)
        if ids:
            self.view.select(max(self.table.place_of(lambda each: each.id == current), 0))
        self._wanted = ""
        if self._going_on:
            self._going_on = False
            if self.day.entry and self.day.entry.id == current:
                self._change(self.day.entry)
        if self._beginning:
            self._beginning = False
            (self.view if ids else self._empty.deed).setFocus()

    def _turn(self, stretch: _Stretch) -> None:
        self._stretch = stretch
        for each, chip in zip(_Stretch, self._chips, strict=True):
            chip.setChecked(each is stretch)
        self.refresh()

    def _columns(self) -> list[Column[RotaEntry]]:
        return [
            Column(
                heading=_("Day"),
                text=lambda each: day_told(each.on, today=self._today),
                width=8,
                by="day",
                key=lambda each: (each.on, each.starts or time.min),
            ),
            Column(heading=_("Weekday"), text=lambda each: weekday_told(each.on), width=4, spare=3),
            Column(heading=_("Hours"), text=hours_of, width=6, spare=2),
            Column(heading=_("Place"), text=lambda each: each.place, width=7, spare=4, by="place", key=lambda each: each.place),
            Column(heading=_("Deputies"), text=lambda each: "、".join(each.names) or "—"),
            Column(heading=_("Notice"), text=notice_told, width=5, tone=lambda each: tone_of(each.notice)),
        ]

    def _arrange(self) -> None:
        bar = QHBoxLayout()
        bar.setSpacing(SPACE.small)
        group = QButtonGroup(self)
        self._chips = [button(words, "filter") for words in (_("From today on"), _("The last year"))]
        for stretch, chip in zip(_Stretch, self._chips, strict=True):
            chip.setCheckable(True)
            chip.setChecked(stretch is _Stretch.AHEAD)
            chip.clicked.connect(lambda _on=False, stretch=stretch: self._turn(stretch))
            group.addButton(chip)
            bar.addWidget(chip)
        bar.addStretch(1)
        bar.addWidget(self.count)
        self._empty = EmptyState(
            _("No reception day is planned. Choose a day of the week or of the month, and the deputies who take turns."),
            _("Plan reception days …"),
            self.plan,
        )
        card = Card()
        card.body.setSpacing(SPACE.middle)
        card.body.addLayout(bar)
        card.add(self.view, 1)
        card.add(self._empty, 1)
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.large)
        column.addWidget(self.day)
        column.addWidget(self.papers)
        column.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(Beside(self._bench.theme, card, scrolled(side)))
        self.setFocusProxy(self.view)

    def _connect(self) -> None:
        self.table.reordered.connect(self.refresh)
        self.view.chosen.connect(self.day.show_entry)
        self.view.opened.connect(lambda entry: self.opened.emit(entry.id))
        self.day.opened.connect(self.opened)
        self.day.printed.connect(self.printed)
        self.day.cancelled.connect(self.cancelled)
        self.day.changing.connect(self._change)
        self.day.swapped.connect(self.swap)
        self.papers.printed.connect(self.printed)
        self.papers.rota.clicked.connect(self.print_rota)
        self.papers.calendar.clicked.connect(self.export)
