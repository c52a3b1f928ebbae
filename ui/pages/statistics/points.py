"""Points of deputies: the list with what each has come to, and beside it why, entry by entry; approved here in two steps."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.domain.papers import PaperName, Span, year_span
from app.domain.points import PointsEntry, PointsState
from app.domain.score_scheme import points_told
from app.domain.values import Id
from app.errors import AppError
from app.i18n import _, ngettext
from app.messages import field_told
from app.queries.points import DeputyScore, PointsBoard, PointsRow, points_board
from app.use_cases.issues import Done
from app.use_cases.points import approve, enter_proposed, remove_entry, reopen, take_over
from app.workspace import Workspace
from ui.forms.category_box import CategoryBox
from ui.models.page_table import Column, PageTable
from ui.page import Workbench
from ui.pages.statistics.entry_form import EntryForm
from ui.pages.statistics.reject_form import RejectForm
from ui.pages.statistics.scheme_card import SchemeCard
from ui.pages.suggestions.paper_link import paper_link
from ui.places import place_of
from ui.theme import SPACE
from ui.undoing import say_done
from ui.widgets.beside import Beside
from ui.widgets.card import Card
from ui.widgets.facts import Facts
from ui.widgets.flow import Flow
from ui.widgets.framed import framed
from ui.widgets.roles import button, label
from ui.widgets.scrolled import scrolled
from ui.widgets.table_view import TableView
from ui.wording import day_told, word_of

_WIDE: Final = 900  # below it the entries stand under the deputies
_LEAST: Final = 400
_SHARES: Final = 5, 6  # of deputies and entries
_BELOW: Final = 2, 3
_YEARS: Final = 6  # that can be chosen, this one first


class PointsView(QWidget):
    """The year above; what waits for a deed, with its button; deputies at the left, the entries of one of them at the right."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self._bench: Final = bench
        self._board: PointsBoard | None = None
        self._score: DeputyScore | None = None
        self._row: PointsRow | None = None
        self._wanted: Id = ""
        self.year: Final = CategoryBox()
        self.ledger: Final = paper_link(bench, PaperName.POINTS_LEDGER)
        self.summary: Final = paper_link(bench, PaperName.POINTS_SUMMARY)
        self.scheme: Final = SchemeCard(bench)
        self.steps: Final = _Steps()
        self.table: Final[PageTable[DeputyScore]] = PageTable(_deputy_columns(), self)
        self.view: Final = TableView(self.table, bench.theme)
        self.view.setAccessibleName(_("Points of deputies"))
        self.entries: Final[PageTable[PointsRow]] = PageTable(_entry_columns(), self)
        self.entry_view: Final = TableView(self.entries, bench.theme)
        self.entry_view.setAccessibleName(_("Entries of the deputy"))
        self.name: Final = label("", "section")
        self.come_to: Final = label("", "soft", wrap=True)
        self.write: Final = button(_("Write down what no record tells of"), "link")
        self.card: Final = Card()
        self.facts: Final = Facts()
        self.approve: Final = button(_("Approve"))
        self.take_over: Final = button(_("Take over what the record says now"))
        self.refuse: Final = button(_("Does not count …"), "link")
        self.change: Final = button(_("Correct"), "link")
        self.reopen: Final = button(_("Approve anew"), "link")
        self.remove: Final = button(_("Remove"), "link")
        self.open_record: Final = button(_("Show the record"), "link")
        self._below: Final = QWidget()  # the room below the scheme where there is no list yet
        self.form: Final = EntryForm(bench)
        self.rejecting: Final = RejectForm(bench)
        self._arrange()
        self._connect()

    # --- asking

    def refresh(self) -> None:
        """Ask for the points anew; who and what is chosen stays chosen."""
        workspace, span = self._bench.workspace, self.span()
        self._bench.background.ask(self, lambda: points_board(workspace, span), self._show, self._fail, topic="points")
        self.scheme.refresh()

    def span(self) -> Span:
        """The year that is looked at."""
        return year_span(int(self.year.code()))

    def chosen(self) -> Id:
        """The entry in sight; empty where none is, or while one is written."""
        return "" if self.form.is_open() or self._row is None else self._row.entry.id

    def show_entry(self, id: Id) -> None:
        """Show an entry with its deputy."""
        self._wanted = id
        self.refresh()

    def restore(self, key: str) -> None:
        """Go on with an entry that was typed and not saved."""
        self.form.restore(key)

    def step_back(self) -> bool:
        """Close what is being written; False where nothing is."""
        return self.rejecting.close_form() or self.form.close_form()

    def keep(self) -> None:
        """Keep what is typed at once."""
        self.form.keep()

    # --- answers

    def _show(self, board: PointsBoard) -> None:
        self._board = board
        row = next((each for each in board.rows if each.entry.id == self._wanted), None)
        deputy = row.entry.deputy if row else self._score.deputy if self._score else ""
        self.steps.offer(board)
        for part in (self._lists, self.ledger, self.summary):
            part.setVisible(bool(board.schemes))
        self._below.setVisible(not board.schemes)
        self.table.show(len(board.scores), board.scores)
        place = self.table.place_of(lambda each: each.deputy == deputy)
        self._score = None
        if board.scores:
            self.view.select(max(place, 0))
        self._side()

    def _choose(self, score: DeputyScore) -> None:
        self._score = score
        self.name.setText(score.name)
        self.come_to.setText(_come_to(score))
        rows = self._rows(score)
        wanted = self._wanted or (self._row.entry.id if self._row else "")
        self.entries.show(len(rows), rows)
        place = self.entries.place_of(lambda each: each.entry.id == wanted)
        self._wanted, self._row = "", None
        if rows:
            self.entry_view.select(max(place, 0))
        self._side()

    def _rows(self, score: DeputyScore) -> Sequence[PointsRow]:
        rows = self._board.of(score.deputy) if self._board else ()
        return [each for each in rows if each.entry.scheme in {score.scheme.name, ""}]

    def _choose_entry(self, row: PointsRow) -> None:
        self._row = row
        entry, state = row.entry, row.entry.state
        self.facts.show_facts(_facts(row))
        self.approve.setVisible(not row.open_again and state in {PointsState.ENTERED, PointsState.FIRST_APPROVED})
        first = state == PointsState.ENTERED
        self.approve.setText(_("First approval") if first else _("Second approval"))
        self.approve.setEnabled(entry.quantity > 0)
        self.take_over.setVisible(row.open_again)
        self.refuse.setVisible(state != PointsState.REJECTED)
        self.reopen.setVisible(state in {PointsState.REJECTED, PointsState.APPROVED} and not row.open_again)
        self.open_record.setVisible(bool(entry.of))
        self._side()

    def _side(self) -> None:
        writing = self.form.is_open() or self.rejecting.is_open()
        self._lists.give_room(wanted=writing)
        self.card.setVisible(self._row is not None and not writing)
        self.write.setVisible(self._score is not None and not writing)

    # --- deeds

    def _do(self, deed: Callable[[Workspace], Done], words: str) -> None:
        workspace = self._bench.workspace
        said = partial(say_done, self._bench, self, words)
        self._bench.background.do(self, lambda _progress: deed(workspace), said, self._fail)

    def _of_row(self, deed: Callable[[Workspace, Sequence[Id]], Done], words: str) -> None:
        if self._row:
            id = self._row.entry.id
            self._do(lambda workspace: deed(workspace, [id]), words)

    def _of_all(self, state: PointsState) -> None:
        ids = [each.entry.id for each in self._board.waiting(state) if each.entry.quantity] if self._board else []
        self._do(lambda workspace: approve(workspace, ids), _approved_words(len(ids)))

    def _enter_all(self) -> None:
        span, many = self.span(), len(self._board.proposals) if self._board else 0
        words = ngettext("{count} entry made.", "{count} entries made.", many).format(count=many)
        self._do(lambda workspace: enter_proposed(workspace, span), words)

    def _take_over_all(self) -> None:
        ids = [each.entry.id for each in _open_again(self._board)] if self._board else []
        self._do(lambda workspace: take_over(workspace, ids), _("The entries say what their records say now."))

    def _remove(self) -> None:
        if self._row:
            self._of_row(lambda workspace, ids: remove_entry(workspace, ids[0]), _("The entry lies in the trash."))

    def _open(self) -> None:
        if self._row and self._row.entry.of:
            self.opening(self._row.entry)

    def opening(self, entry: PointsEntry) -> None:
        """Show the record that an entry rests on."""
        from app.queries.record import record  # asked when somebody wants it

        workspace = self._bench.workspace

        def show(kind: str) -> None:
            if place := place_of(kind):
                self._bench.go(place, entry.of)

        self._bench.background.ask(self, lambda: record(workspace, entry.of).record.traits.name, show, self._fail, topic="of")

    def _fail(self, error: AppError) -> None:
        self._bench.feedback.fail(error)

    # --- making

    def _arrange(self) -> None:
        this = self._bench.workspace.clock.today().year
        self.year.show_names({str(each): str(each) for each in range(this, this - _YEARS, -1)})
        self.year.removeItem(0)
        self.year.setCurrentIndex(0)
        self.year.setMinimumContentsLength(6)
        self.year.setAccessibleName(_("Year"))
        bar = QWidget()
        flow = Flow(bar)
        for each in (self.year, self.ledger, self.summary):
            flow.addWidget(each)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, SPACE.tiny, 0)
        column.setSpacing(SPACE.small)
        for part in (self.name, self.come_to, self.write, self.form, self.rejecting):
            column.addWidget(part)
        column.addWidget(framed(self.entry_view), 1)
        self.card.add(self.facts)
        deeds = Flow()
        every = (self.approve, self.take_over, self.change, self.refuse, self.reopen, self.open_record, self.remove)
        for each in every:
            deeds.addWidget(each)
        self.card.body.addLayout(deeds)
        column.addWidget(self.card)
        left = framed(self.view)
        self._lists = Beside(self._bench.theme, left, scrolled(right), narrow=_WIDE, beside=_SHARES, below=_BELOW, least=_LEAST)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE.middle)
        for above in (bar, self.scheme, self.steps):
            layout.addWidget(above)
        layout.addWidget(self._lists, 1)
        layout.addWidget(self._below, 1)

    def _connect(self) -> None:
        self.year.activated.connect(lambda _at: self.refresh())
        self.view.chosen.connect(self._choose)
        self.entry_view.chosen.connect(self._choose_entry)
        self.entry_view.opened.connect(lambda _row: self._open())
        self.write.clicked.connect(lambda: self.form.begin(self._score) if self._score else None)
        self.change.clicked.connect(lambda: self.form.correct(self._row) if self._row else None)
        self.refuse.clicked.connect(lambda: self.rejecting.begin(self._row) if self._row else None)
        self.approve.clicked.connect(lambda: self._of_row(approve, _approved_words(1)))
        self.take_over.clicked.connect(lambda: self._of_row(take_over, _("The entry says what its record says now.")))
        self.reopen.clicked.connect(lambda: self._of_row(reopen, _("The entry is to be approved anew.")))
        self.remove.clicked.connect(self._remove)
        self.open_record.clicked.connect(self._open)
        for form in (self.form, self.rejecting):
            form.shown.connect(self._side)
        self.form.saved.connect(self.show_entry)
        self.steps.enter.clicked.connect(self._enter_all)
        self.steps.first.clicked.connect(partial(self._of_all, PointsState.ENTERED))
        self.steps.second.clicked.connect(partial(self._of_all, PointsState.FIRST_APPROVED))
        self.steps.take_over.clicked.connect(self._take_over_all)


class _Steps(QFrame):
    """What waits for a deed, each with its button; what does not wait is not shown."""

    def __init__(self) -> None:
        super().__init__()
        self.enter: Final = button("")
        self.first: Final = button("")
        self.second: Final = button("")
        self.take_over: Final = button("")
        flow = Flow(self)
        for each in (self.enter, self.take_over, self.first, self.second):
            flow.addWidget(each)

    def offer(self, board: PointsBoard) -> None:
        """Offer what is to be done now."""
        waits = {
            self.enter: (_("Enter {count} proposed"), len(board.proposals)),
            self.take_over: (_("Take over {count} changed records"), len(_open_again(board))),
            self.first: (_("First approval of {count}"), _ready(board, PointsState.ENTERED)),
            self.second: (_("Second approval of {count}"), _ready(board, PointsState.FIRST_APPROVED)),
        }
        for each, (words, many) in waits.items():
            each.setText(words.format(count=many))
            each.setVisible(many > 0)
        self.setVisible(any(many for _words, many in waits.values()))


def _ready(board: PointsBoard, state: PointsState) -> int:
    return sum(each.entry.quantity > 0 for each in board.waiting(state))


def _open_again(board: PointsBoard) -> Sequence[PointsRow]:
    return [each for each in board.rows if each.open_again]


def _approved_words(many: int) -> str:
    return ngettext("{count} entry approved.", "{count} entries approved.", many).format(count=many)


def _come_to(score: DeputyScore) -> str:
    items = [
        f"{each.name} {points_told(points)}"
        for each in (*score.scheme.items, *score.scheme.deductions)
        if (points := score.items[each.code])
    ]
    told = _("{points} points, {grade}").format(points=points_told(score.total), grade=score.grade or _("no grade"))
    return f"{told}。{_(', ').join(items)}" if items else told


def _deputy_columns() -> Sequence[Column[DeputyScore]]:
    return (
        Column(heading=_("Deputy"), text=lambda row: row.name, key=lambda row: row.name),
        Column(heading=_("Points"), text=lambda row: points_told(row.total), width=4, right=True, key=lambda row: row.total),
        Column(heading=_("Grade so far"), text=lambda row: row.grade, width=7),
        Column(heading=_("Waiting"), text=lambda row: str(row.waiting or ""), width=4, right=True, spare=1),
        Column(heading=_("Scheme"), text=lambda row: row.scheme.label, width=10, spare=2),
    )


def _entry_columns() -> Sequence[Column[PointsRow]]:
    return (
        Column(heading=_("Day"), text=lambda row: day_told(row.entry.on), width=7),
        Column(heading=_("Item"), text=lambda row: row.item),
        Column(heading=_("Brings"), text=_brings, width=4, right=True),
        Column(heading=_("State"), text=_state, width=6, tone=lambda row: "warning" if row.open_again else ""),
    )


def _brings(row: PointsRow) -> str:
    return points_told(row.brings) if row.counted else ""


def _state(row: PointsRow) -> str:
    return _("record changed") if row.open_again else word_of(row.entry.state)


def _facts(row: PointsRow) -> Sequence[tuple[str, str]]:
    entry = row.entry
    by = ((entry.first_by, entry.first_on), (entry.second_by, entry.second_on))
    again = _("Its record has changed since it was entered; it counts again once that is taken over and approved.")
    first, second = (" ".join(part for part in (who, day_told(on)) if part) for who, on in by)
    return (
        (_("Item"), row.item),
        (field_told("points_entry", "account"), entry.account),
        (field_told("points_entry", "quantity"), str(entry.quantity) if entry.quantity else _("to be given")),
        (field_told("points_entry", "first_by"), first),
        (field_told("points_entry", "second_by"), second),
        (field_told("points_entry", "reason"), entry.reason),
        ("", again if row.open_again else ""),
    )
