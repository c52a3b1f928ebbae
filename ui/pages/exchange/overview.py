"""The exchange at a glance: figures as doors, every sealed number, what came back, whom one hands in to."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.i18n import _
from app.messages.exchange import files_told
from app.queries import reconciliation
from app.queries.conflicts import count_conflicts
from app.queries.exchange_questions import Question, questions
from app.queries.outgoing import Outgoing, outgoing
from app.queries.reconciliation import STANDINGS, Number, Standing
from app.queries.replied import replied
from app.use_cases import trust
from app.use_cases.trust import TrustState
from app.workspace import Workspace
from ui.models.page_table import Column, PageTable
from ui.page import Workbench
from ui.pages.exchange import words
from ui.pages.exchange.conflicts_card import ConflictsCard
from ui.pages.exchange.number_card import NumberCard
from ui.pages.exchange.questions_card import QuestionsCard
from ui.pages.exchange.returned_card import ReturnedCard
from ui.pages.exchange.send_card import SendCard
from ui.pages.exchange.trust_card import TrustCard
from ui.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.door import Door
from ui.widgets.empty_state import EmptyState
from ui.widgets.roles import button, label
from ui.widgets.table_view import TableView
from ui.wording import day_of, day_told, moment_told, size_told

_NARROW: Final = 1000  # below it the right column stands under the table
_RIGHT: Final = 340
_TABLE: Final = 260  # the table's height where it stands above something


@dataclass(frozen=True, slots=True)
class Seen:
    """Everything the overview shows, asked for at once."""

    standing: Standing
    numbers: tuple[Number, ...]
    outgoing: Outgoing
    trust: TrustState | None
    conflicts: int
    questions: tuple[Question, ...]
    replied: int


def seen(workspace: Workspace) -> Seen:
    """How the exchange stands now."""
    contact = trust.contact_travels(workspace)
    numbers = reconciliation.numbers(workspace)
    return Seen(
        reconciliation.standing(workspace, contact=contact),
        numbers,
        outgoing(workspace, contact=contact),
        trust.trust_state(workspace),
        count_conflicts(workspace),
        questions(numbers, workspace.clock.now()),
        replied(workspace),
    )


class Overview(QScrollArea):
    """Shows a `Seen`; every figure leads to what it counts."""

    door_opened = Signal(str)
    """A figure was asked what it counts: one of `STANDINGS`, `REPLIED` or `FILES`."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self._bench = bench
        self.doors: Final = {where: Door(_(words.STANDINGS[where])) for where in STANDINGS}
        self.replied: Final = Door(_("Replied to"))
        self.files: Final = label("", "soft", wrap=True)
        self.open_files: Final = button(_("Show the files"), "link")
        self.table: Final = PageTable(self._columns(), self)
        self.view: Final = TableView(self.table, bench.theme)
        self.view.setAccessibleName(_("Packages"))
        self._empty = EmptyState(_("Nothing has been handed in yet. What is handed in is listed here with its receipt."))
        self.number: Final = NumberCard(bench)
        self.questions: Final = QuestionsCard()
        self.returned: Final = ReturnedCard(bench)
        self.trust: Final = TrustCard(bench)
        self.over_network: Final = SendCard(bench)
        self.conflicts: Final = ConflictsCard(bench)
        self._columns_of_page = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._right = QWidget()
        self._side = QScrollArea()
        self._narrow = False
        self._arrange()
        for where, door in self.doors.items():
            door.clicked.connect(lambda _checked=False, where=where: self.door_opened.emit(where))
        self.open_files.clicked.connect(lambda: self.door_opened.emit("files"))
        self.replied.clicked.connect(lambda: self.door_opened.emit("replied"))
        self.view.chosen.connect(self.number.show_number)
        self.view.opened.connect(self.number.show_number)
        bench.theme.changed.connect(self._measure)

    def show_seen(self, found: Seen) -> None:
        """Show how things stand; the number one was looking at stays chosen."""
        for where, door in self.doors.items():
            count = found.standing.records[where]
            door.show_number(count, "accent" if where == "returned" and count else "")
        self.doors["elsewhere"].setVisible(bool(found.standing.records["elsewhere"]))  # most stations have one computer
        self.files.setText(files_told(found.standing.files))
        for each in (self.files, self.open_files):
            each.setVisible(any(found.standing.files.values()))
        before = self.number.number
        self.table.show(len(found.numbers), found.numbers)
        self._empty.setVisible(not found.numbers)
        self.view.setVisible(bool(found.numbers))
        again = [at for at, each in enumerate(found.numbers) if before and (each.epoch, each.seq) == (before.epoch, before.seq)]
        self.number.show_number(None)
        if again:
            self.view.select(again[0])
        self.replied.show_number(found.replied)
        self.questions.show_questions(found.questions, found.numbers)
        self.returned.show_returned(found.standing.returned)
        self.trust.show_trust(found.trust)
        self.over_network.refresh()
        self.conflicts.show_count(found.conflicts)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's own name
        super().resizeEvent(event)
        self._measure()

    def _measure(self) -> None:
        theme = self._bench.theme
        self._side.setFixedWidth(theme.px(_RIGHT))
        self.view.setMinimumHeight(theme.px(_TABLE))
        if (narrow := self.width() < theme.px(_NARROW)) != self._narrow:
            self._narrow = narrow
            self._fold()

    def _fold(self) -> None:
        """Let the right column scroll beside the table where there is room, or stand under it."""
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._columns_of_page.setDirection(down if self._narrow else across)
        self._side.setVisible(not self._narrow)
        if self._narrow:
            self._side.takeWidget()
            self._columns_of_page.addWidget(self._right)
        else:
            self._columns_of_page.removeWidget(self._right)
            self._side.setWidget(self._right)
        self._right.show()

    def _arrange(self) -> None:
        self.setWidgetResizable(True)
        doors = QHBoxLayout()
        doors.setSpacing(SPACE.middle)
        for door in self.doors.values():
            doors.addWidget(door)
        doors.insertWidget(doors.count() - 1, self.replied)  # what goes another way comes last
        packages = Card(_("Packages"))
        packages.add(self.view, 1)
        packages.add(self._empty, 1)
        self._empty.hide()
        left = QVBoxLayout()
        left.setSpacing(SPACE.large)
        left.addLayout(doors)
        files = QHBoxLayout()
        files.addWidget(self.files, 1)
        files.addWidget(self.open_files)
        left.addLayout(files)
        left.addWidget(packages, 1)
        right = QVBoxLayout(self._right)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(SPACE.large)
        for card in (self.over_network, self.questions, self.number, self.conflicts, self.returned, self.trust):
            right.addWidget(card)
        right.addStretch(1)
        self._columns_of_page.setSpacing(SPACE.large)
        self._columns_of_page.setContentsMargins(0, 0, 0, 0)
        self._columns_of_page.addLayout(left, 1)
        self._side.setWidgetResizable(True)
        self._side.setWidget(self._right)
        self._columns_of_page.addWidget(self._side)
        inside = QWidget()
        inside.setLayout(self._columns_of_page)
        self.setWidget(inside)

    def _columns(self) -> list[Column[Number]]:
        def today() -> date:
            return self._bench.workspace.clock.today().date()

        return [
            Column(heading=_("No."), text=lambda each: str(each.seq), width=3),
            Column(heading=_("Packed"), text=lambda each: moment_told(each.made, today=today()), width=8),
            Column(heading=_("Contents"), text=lambda each: words.contents_told(each)),
            Column(heading=_("Size"), text=lambda each: size_told(each.size), width=5, right=True),
            Column(heading=_("Copied to"), text=lambda each: words.target_told(each.last_folder), width=5),
            Column(heading=_("Receipt"), text=lambda each: _receipt(each, today()), width=5),
            Column(
                heading=_("Result"),
                text=lambda each: words.result_told(each)[0],
                width=8,
                tone=lambda each: words.result_told(each)[1],
            ),
        ]


def _receipt(number: Number, today: date) -> str:
    return day_told(day_of(number.receipt_taken), today=today) if number.receipt_taken else ""
