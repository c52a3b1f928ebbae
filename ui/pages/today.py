"""Today: what is on, what falls due, what is unfinished, what is to be handed in."""

from collections.abc import Sequence
from concurrent.futures import Future
from functools import cached_property
from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.changes import Changes
from app.errors import AppError
from app.i18n import _
from app.queries import today as days
from app.queries.today import Month, Today
from ui.feedback import Tone
from ui.page import Page, Workbench
from ui.pages.next_reception import NextReceptionCard
from ui.pages.today_cards import (
    UNFINISHED,
    BeginningCard,
    DueCard,
    MonthCard,
    OutgoingCard,
    ReceptionCard,
    Step,
    UnfinishedCard,
)
from ui.pages.unfinished import UnfinishedPanel
from ui.places import Place
from ui.theme import SPACE
from ui.widgets.contents import take_out
from ui.widgets.notice import Notice
from ui.widgets.scrolled import scrolled
from ui.wording import day_told, weekday_told

_FOLD: Final = 960  # below it the right column stands under the left one


class TodayPage(Page):
    """The first page; every figure on it leads to what it counted."""

    shown = Signal()
    """The day's figures stand on the page, or the sentence why they do not."""

    concerns = Changes.VISITS | Changes.ISSUES | Changes.SUGGESTIONS | Changes.PEOPLE | Changes.EXCHANGE | Changes.STATION

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        go = bench.go
        self._actions: Final = (
            self.action(_("Record outreach"), lambda: go(Place.VISITS, deed="outreach"), "Ctrl+Shift+O"),
            self.action(_("Note an issue"), lambda: go(Place.ISSUES, deed="note"), "Ctrl+I"),
            self.action(_("Draft a suggestion"), lambda: go(Place.SUGGESTIONS, deed="draft"), "Ctrl+Shift+N"),
            self.action(_("Start a reception"), lambda: go(Place.VISITS, deed="reception"), "Ctrl+N"),
        )
        self.addActions(self._actions)  # else their keys would do nothing
        self._receptions = QVBoxLayout()
        self._receptions.setSpacing(SPACE.large)
        self._due = DueCard(bench)
        self._unfinished = UnfinishedCard(bench)
        self._outgoing = OutgoingCard(bench)
        self._month = MonthCard(bench.theme, self._toggle_month, lambda: bench.go(Place.VISITS, deed="norm"))
        self.damage: Final = Notice()
        self.roles: Final = Notice()
        self._beginning = BeginningCard(_("Begin here"), self._first_steps())
        self._joined = BeginningCard("", self._steps_of_joining())
        self._look: Future[Today] | None = None
        self._front: Final = QWidget()
        self.stack: Final = QStackedWidget()
        self._columns = self._arranged()
        self._make_unfinished_actions()
        self._fold_columns()
        bench.theme.changed.connect(self._fold_columns)

    def heading(self) -> str:
        if self._drafts_in_sight():
            return _("Unfinished entries")
        day = self.bench.workspace.clock.today().date()
        return f"{day_told(day, today=day)}　{weekday_told(day)}"

    def actions_offered(self) -> Sequence[QAction]:
        return self._at_drafts if self._drafts_in_sight() else self._actions

    def begin(self, deed: str) -> None:
        """`unfinished` shows all drafts."""
        if deed == UNFINISHED:
            self._turn(self.unfinished)
            self.unfinished.refresh()

    def go_back(self) -> bool:
        if not self._drafts_in_sight():
            return False
        self._turn(self._front)
        self.refresh()
        return True

    @cached_property
    def unfinished(self) -> UnfinishedPanel:
        """All drafts, each with what it holds."""
        panel = UnfinishedPanel(self.bench)
        self.stack.addWidget(panel)
        panel.moved.connect(self._furnish_drafts)
        return panel

    def _drafts_in_sight(self) -> bool:
        return isinstance(self.stack.currentWidget(), UnfinishedPanel)

    def _turn(self, place: QWidget) -> None:
        self.stack.setCurrentWidget(place)
        self._furnish_drafts()

    def _furnish_drafts(self) -> None:
        there = self._drafts_in_sight()
        for action in self._actions:
            action.setEnabled(not there)
        for action in self._at_drafts:
            action.setEnabled(there and (action is self._at_drafts[0] or self.unfinished.chosen is not None))
        self.furniture_changed.emit()

    def _make_unfinished_actions(self) -> None:
        self._at_drafts = (
            self.action(_("Back"), lambda: self._step_back()),
            self.action(_("Discard it"), lambda: self.unfinished.discard(), "Ctrl+Delete"),
            self.action(_("Go on"), lambda: self.unfinished.go_on(), "Ctrl+Return"),
        )
        self.addActions(self._at_drafts)
        self._furnish_drafts()

    def _step_back(self) -> None:
        self.go_back()

    def expect(self, look: "Future[Today] | None") -> None:
        """Show first what a look that began before the page was there will find."""
        self._look = look

    def tell_damage(self, words: str) -> None:
        """Say that the log was altered or damaged, for as long as it is: nothing else takes the sentence away."""
        go = self.bench.go
        look = _("Check everything …"), lambda: go(Place.SETTINGS, deed="check")
        backups = _("Look at the backups"), lambda: go(Place.SETTINGS, deed="backups")
        self.damage.say(words, Tone.WARNING, (look, backups))

    def refresh(self) -> None:
        if self._drafts_in_sight():
            self.unfinished.refresh()
        workspace = self.bench.workspace
        look, self._look = self._look, None
        question = look.result if look else lambda: days.today(workspace)
        self.bench.background.ask(self, question, self._show, self._fail, topic="today")
        if self.bench.settings.month_shown:
            self._ask_month()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's own name
        super().resizeEvent(event)
        self._fold_columns()

    # --- what is shown

    def _show(self, today: Today) -> None:
        self._show_receptions(today)
        self._due.show_due(today.day, today.due, today.due_total)
        self._unfinished.show_unfinished(today.day, today.unfinished)
        self._outgoing.show_outgoing(today.outgoing)
        self._tell_roles(today)
        empty = not today.has_records
        self._joined.heading.setText(_("This computer has joined {station}").format(station=today.joined))
        self._joined.heading.show()
        self._joined.setVisible(bool(today.joined))
        self._beginning.setVisible(empty and not today.joined)
        self._due.setVisible(not empty or today.due_total > 0)
        self._month.setVisible(today.has_records)
        self.furniture_changed.emit()  # midnight may have passed
        QTimer.singleShot(0, self, self.shown.emit)

    def _tell_roles(self, today: Today) -> None:
        """Who joined with a new computer may only enter until the head says more; both are told."""
        if today.role_awaited:
            words = _("You have no role at this station yet: what residents raise can be entered, other work waits.")
            ask = _("Ask the station head to give you one, in the settings under People; it comes here with the next exchange.")
            self.roles.say(words + ask, Tone.INFORMATION)
        elif today.roles_to_give:
            words = _("No role yet, so that they can only enter: {names}. Say what they may do.")
            people = _("To the people …"), lambda: self.bench.go(Place.SETTINGS, deed="people")
            self.roles.say(words.format(names=_(", ").join(today.roles_to_give)), Tone.INFORMATION, (people,))
        else:
            self.roles.say("", Tone.INFORMATION)

    def _show_receptions(self, today: Today) -> None:
        take_out(self._receptions)
        for reception in today.receptions:
            self._receptions.addWidget(ReceptionCard(self.bench, reception))
        if today.ahead:
            self._receptions.addWidget(NextReceptionCard(self.bench, today.day, today.ahead))

    def _toggle_month(self) -> None:
        settings = self.bench.settings
        settings.month_shown = not settings.month_shown
        if settings.month_shown:
            self._ask_month()
        else:
            self._month.conceal()

    def _ask_month(self) -> None:
        workspace = self.bench.workspace
        self.bench.background.ask(self, lambda: days.month(workspace), self._show_month, self._fail, topic="month")

    def _show_month(self, month: Month) -> None:
        if self.bench.settings.month_shown:  # nobody hid it meanwhile
            self._month.show_month(month)

    def _fail(self, error: AppError) -> None:
        self.bench.feedback.fail(error)
        self.shown.emit()

    # --- how it is laid out

    def _first_steps(self) -> Sequence[Step]:
        go = self.bench.go
        return (
            (
                _("Import a spreadsheet"),
                _("Messages and issues that lie in Excel or CSV. A rehearsal shows what would be taken in; it can be undone."),
                _("Import …"),
                lambda: go(Place.ISSUES, deed="import"),
            ),
            (
                _("Start a reception"),
                _("Write down who came and what was raised. Deputies are entered as they are named."),
                _("Start"),
                lambda: go(Place.VISITS, deed="reception"),
            ),
            (
                _("Enter the station's particulars"),
                _("Place, station head, liaison officer, telephone: they stand on every paper."),
                _("Enter"),
                lambda: go(Place.SETTINGS, deed="station"),
            ),
        )

    def _steps_of_joining(self) -> Sequence[Step]:
        go = self.bench.go
        return (
            (
                _("Let the other computer admit this one"),
                _("Write this computer's card on the stick; at the other computer it is chosen and its digits are typed."),
                _("To the computers"),
                lambda: go(Place.SETTINGS, deed="computers"),
            ),
            (
                _("Take in what the other computer gives"),
                _("It gives everything that is there: the station's particulars, deputies, issues, suggestions, files."),
                _("Go there"),
                lambda: go(Place.EXCHANGE, deed="take_in"),
            ),
        )

    def _arranged(self) -> QBoxLayout:
        left, right, content = QVBoxLayout(), QVBoxLayout(), QWidget()
        for column in (left, right):
            column.setSpacing(SPACE.large)
        left.addWidget(self._joined)
        left.addWidget(self._beginning)
        left.addLayout(self._receptions)
        left.addWidget(self._due, 1)
        left.addWidget(self._unfinished)
        left.addStretch(0)
        right.addWidget(self._outgoing)
        right.addWidget(self._month)
        right.addStretch(1)
        columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, content)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(SPACE.large)
        columns.addLayout(left, 3)
        columns.addLayout(right, 2)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        front = QVBoxLayout(self._front)
        front.setContentsMargins(0, 0, 0, 0)
        front.setSpacing(SPACE.middle)
        front.addWidget(self.damage)
        front.addWidget(self.roles)
        front.addWidget(scrolled(content))
        self.stack.addWidget(self._front)
        whole.addWidget(self.stack)
        for card in (self._beginning, self._due, self._unfinished, self._month):
            card.hide()
        return columns

    def _fold_columns(self) -> None:
        narrow = self.width() < self.bench.theme.px(_FOLD)
        self._due.fold(alone=narrow)
        self._columns.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)
