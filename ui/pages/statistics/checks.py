"""Checks of the station: every item with its newest finding, what is to be mended, the stars; a round is written here."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.domain.papers import PaperName
from app.domain.station_check import StationCheck
from app.domain.values import Id
from app.errors import AppError
from app.i18n import _, ngettext
from app.messages import field_told
from app.queries.station_checks import CheckBoard, CheckRow, check_board
from ui.models.page_table import Column, PageTable
from ui.page import Workbench
from ui.pages.statistics.mend_form import MendForm
from ui.pages.statistics.round_form import RoundForm
from ui.pages.suggestions.paper_link import paper_link
from ui.theme import SPACE
from ui.widgets.beside import Beside
from ui.widgets.card import Card
from ui.widgets.facts import Facts
from ui.widgets.flow import Flow
from ui.widgets.framed import framed
from ui.widgets.roles import button, label
from ui.widgets.scrolled import scrolled
from ui.widgets.table_view import TableView
from ui.wording import day_told, word_of

_WIDE: Final = 900  # below it the card stands under the list
_LEAST: Final = 340
_SHARES: Final = 5, 3  # of list and card
_BELOW: Final = 1, 1
_FACTS: Final = ("account", "checked_by", "due_on", "measure", "mended_on")


class ChecksView(QWidget):
    """How the station stands above; the items, and beside them the one under the cursor; or the round that is written."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self._bench: Final = bench
        self._row: CheckRow | None = None
        self._restoring: Id = ""
        self.words: Final = label("", "", wrap=True)
        self.source: Final = label("", "small", wrap=True)
        self.check_now: Final = button(_("Check now"), "primary")
        self.ledger: Final = paper_link(bench, PaperName.CHECK_LEDGER)
        self.table: Final[PageTable[CheckRow]] = PageTable(_columns(), self)
        self.view: Final = TableView(self.table, bench.theme)
        self.view.setAccessibleName(_("Checks of the station"))
        self.card: Final = Card()
        self.title: Final = label("", "section", wrap=True)
        self.facts: Final = Facts()
        self.correct: Final = button(_("Correct, or write down how it was mended"), "link")
        self.form: Final = MendForm(bench)
        self.round: Final = RoundForm(bench)
        self._stack: Final = QStackedWidget()
        self._arrange()
        self.check_now.clicked.connect(self.begin_round)
        self.round.closed.connect(self._show_list)
        self.view.chosen.connect(self._choose)
        self.view.opened.connect(lambda _row: self._correct())
        self.correct.clicked.connect(self._correct)
        self.form.shown.connect(self._side)

    def refresh(self) -> None:
        """Ask anew how the station stands; what is chosen stays chosen."""
        workspace = self._bench.workspace
        self._bench.background.ask(self, lambda: check_board(workspace), self._show, self._fail, topic="checks")

    def begin_round(self) -> None:
        """Write a round, or go on with the one that was kept."""
        self._stack.setCurrentWidget(self.round)
        self.round.begin()

    def chosen(self) -> Id:
        """The check in sight; empty where none is, or while one is written."""
        check = self._row.check if self._row else None
        return "" if check is None or self.form.is_open() or self.round.is_open() else check.id

    def show_check(self, id: Id) -> None:
        """Show the item of a check."""
        at = self.table.place_of(lambda row: row.check is not None and row.check.id == id)
        if at >= 0:
            self.view.select(at)

    def restore(self, id: Id) -> None:
        """Go on with what was typed of a check."""
        self._restoring = id
        self.refresh()

    def step_back(self) -> bool:
        """Leave what is being written; False where nothing is."""
        return self.form.close_form() or self.round.leave()

    def keep(self) -> None:
        """Keep what is typed at once."""
        self.form.keep()
        self.round.keep()

    def _show(self, board: CheckBoard) -> None:
        item = self._row.item.code if self._row else ""
        self.words.setText(_told(board))
        self.source.setText(f"{board.checklist.label}。{board.checklist.source}")
        self.table.show(len(board.rows), board.rows)
        self.view.select(max(0, self.table.place_of(lambda row: row.item.code == item)))
        self._side()
        if self._restoring:
            self.show_check(self._restoring)
            self._restoring = ""
            self._correct()

    def _choose(self, row: CheckRow) -> None:
        self._row = row
        self.title.setText(row.item.name)
        self.facts.show_facts(_facts(row))
        self._side()

    def _side(self) -> None:
        self._lists.give_room(wanted=self.form.is_open())
        self.card.setVisible(self._row is not None and not self.form.is_open())
        self.correct.setVisible(self._row is not None and self._row.check is not None)

    def _correct(self) -> None:
        if self._row and self._row.check:
            self.form.begin(self._row.check, self._row.heads)

    def _show_list(self) -> None:
        self._stack.setCurrentIndex(0)
        self.refresh()

    def _fail(self, error: AppError) -> None:
        self._bench.feedback.fail(error)

    def _arrange(self) -> None:
        frame = framed(self.view)
        for widget in (self.title, self.facts, self.correct):
            self.card.add(widget)
        beside = QWidget()
        column = QVBoxLayout(beside)
        column.setContentsMargins(0, 0, SPACE.tiny, 0)
        for part in (self.form, self.card):
            column.addWidget(part)
        column.addStretch(1)
        right = scrolled(beside)
        self._lists = Beside(self._bench.theme, frame, right, narrow=_WIDE, beside=_SHARES, below=_BELOW, least=_LEAST)
        head = QWidget()
        flow = Flow(head)
        for each in (self.check_now, self.ledger):
            flow.addWidget(each)
        front = QWidget()
        layout = QVBoxLayout(front)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE.small)
        for above in (head, self.words, self.source):
            layout.addWidget(above)
        layout.addWidget(self._lists, 1)
        for page in (front, self.round):
            self._stack.addWidget(page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)


def _told(board: CheckBoard) -> str:
    """How the station stands, in words; the share with its count."""
    stands = board.standing
    if stands.unseen == len(board.checklist.items):
        return _("Nothing was checked yet. Walk through the station with the list, and write down what is missing.")
    stars = _("{stars} stars").format(stars="★" * stands.stars) if stands.stars else _("no star yet")
    met = _("{met:g} of {of} items fulfilled").format(met=stands.halves / 2, of=stands.applied)
    parts = [stars, met]
    if board.open:
        parts.append(ngettext("{count} to be mended", "{count} to be mended", board.open).format(count=board.open))
    if stands.unseen:
        parts.append(ngettext("{count} never looked at", "{count} never looked at", stands.unseen).format(count=stands.unseen))
    return "　".join(parts)


def _columns() -> Sequence[Column[CheckRow]]:
    return (
        Column(heading=field_told("station_check", "group"), text=lambda row: row.item.group, width=8, spare=1),
        Column(heading=_("Item to check"), text=lambda row: row.item.name),
        Column(
            heading=field_told("station_check", "finding"), text=_found, width=6, tone=lambda row: "warning" if row.open else ""
        ),
        Column(heading=_("Day"), text=lambda row: day_told(row.check.on) if row.check else "", width=8),
    )


def _found(row: CheckRow) -> str:
    check = row.check
    if check is None:
        return _("not looked at")
    if row.overdue:
        return _("overdue")
    return _("mended") if check.mended_on else word_of(check.finding)


def _facts(row: CheckRow) -> Sequence[tuple[str, str]]:
    check: StationCheck | None = row.check
    if check is None:
        return ((field_told("station_check", "group"), row.item.group),)
    values = [(name, getattr(check, name)) for name in _FACTS]
    told = [(field_told("station_check", name), it if isinstance(it, str) else day_told(it)) for name, it in values]
    found = word_of(check.finding)
    return ((field_told("station_check", "group"), row.item.group), (field_told("station_check", "finding"), found), *told)
