"""What was planned or promised, over all years: the list, one item beside it, and which units have cleared theirs."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from app.domain.papers import PaperName
from app.domain.reply import Reply
from app.domain.tracking import TurnEntry
from app.domain.values import Id
from app.errors import AppError
from app.i18n import _, ngettext
from app.queries.listing import Listing
from app.queries.operators import operators
from app.queries.tracking import (
    Clearance,
    TrackedCard,
    TrackedGroup,
    TrackedRow,
    UnitClearance,
    Wanted,
    Years,
    clearance,
    tracked,
    tracked_card,
    tracked_choices,
    tracked_counts,
    unwatched,
)
from app.use_cases.issues import Done
from app.use_cases.tracking import unsaved_turn, watch_planned
from ui.feedback import Tone
from ui.forms.category_box import CategoryBox
from ui.models.page_table import Column, PageTable
from ui.models.paging import Paging, Question
from ui.page import Workbench
from ui.pages.suggestions.paper_link import paper_link
from ui.pages.suggestions.tracked_item import TrackedItem, class_told, left_told
from ui.theme import SPACE
from ui.undoing import say_done
from ui.widgets.beside import Beside
from ui.widgets.chip_delegate import ChipDelegate
from ui.widgets.empty_state import EmptyState
from ui.widgets.flow import Flow
from ui.widgets.framed import framed
from ui.widgets.notice import Notice
from ui.widgets.roles import button, label
from ui.widgets.scrolled import scrolled
from ui.widgets.table_view import TableView
from ui.wording import day_told, word_of

_LEAST_DETAIL: Final = 320
_WIDE: Final = 820  # below it the item stands under the list
_SHARES: Final = 5, 3  # of list and item
_SOON: Final = 30  # days


class TrackingView(QWidget):
    """Filters, list and item, or the clearance of the units; `opened` asks for a suggestion."""

    opened = Signal(str)
    moved = Signal()
    """Another item is under the cursor, or none."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self._bench: Final = bench
        self._group = TrackedGroup.OPEN
        self._wanted: Id = ""
        self.filters: Final[dict[TrackedGroup, QPushButton]] = {}
        self.year: Final = CategoryBox()
        self.unit: Final = CategoryBox()
        self.letter: Final = CategoryBox()
        self.by_unit: Final = button(_("By unit"), "filter")
        self.ledger: Final = paper_link(bench, PaperName.COMMITMENT_LEDGER)
        self.notice: Final = Notice()
        self.table: Final[PageTable[TrackedRow]] = PageTable(_columns(), self)
        self.view: Final = TableView(self.table, bench.theme)
        self.view.setAccessibleName(_("Tracked matters"))
        self.view.setItemDelegateForColumn(4, ChipDelegate(bench.theme, self.view))
        self.item: Final = TrackedItem(bench)
        self.sum: Final = label("", "strong", wrap=True)
        self.units: Final[PageTable[UnitClearance]] = PageTable(_unit_columns(), self)
        self.units_view: Final = TableView(self.units, bench.theme)
        self.units_view.setAccessibleName(_("Units and what they still owe"))
        self.units_view.setItemDelegateForColumn(6, ChipDelegate(bench.theme, self.units_view))
        self.empty: Final = EmptyState(
            _("Here lies what units planned or promised in their answers, until it is struck off. Nothing is tracked yet.")
        )
        self._places = QStackedWidget()
        self._pages = Paging(self.table, self.view, bench.background, self._question, self._show, self._fail, topic="tracked")
        self._arrange()
        self._connect()

    # --- asking

    def refresh(self) -> None:
        """Ask for everything anew; what is chosen stays chosen."""
        workspace, ask, wanted = self._bench.workspace, self._bench.background.ask, self._narrowed()
        self._pages.refresh()
        ask(self, lambda: tracked_counts(workspace, wanted), self._show_counts, self._fail, topic="tracked counts")
        ask(self, lambda: tracked_choices(workspace), self._show_choices, self._fail, topic="tracked choices")
        ask(self, lambda: clearance(workspace, wanted.year), self._show_clearance, self._fail, topic="clearance")
        ask(self, lambda: unwatched(workspace), self._show_unwatched, self._fail, topic="unwatched")

    def show_item(self, id: Id) -> None:
        """Show one item, whatever is narrowed."""
        self._wanted = id
        for box in (self.year, self.unit, self.letter):
            box.show_code("")
        self.choose_group(TrackedGroup.ALL)

    def choose_group(self, group: TrackedGroup) -> None:
        """Show the items of one group."""
        self._group = group
        self.filters[group].setChecked(True)
        self._begin()

    def show_unit(self, unit: Id) -> None:
        """Show what one unit still owes."""
        self.unit.show_code(unit)
        self.choose_group(TrackedGroup.OPEN)

    def chosen(self) -> Id:
        """The suggestion of the item under the cursor; empty where there is none."""
        row: TrackedRow | None = self.view.current() if self._places.currentWidget() is self._lists else None
        return row.suggestion if row else ""

    def step_back(self) -> bool:
        """Close the form that is open, or leave the units; False where there is nothing to close."""
        if self.item.close_form():
            return True
        if self.by_unit.isChecked():
            self.choose_group(self._group)
            return True
        return False

    def keep(self) -> None:
        """Keep what is typed at once."""
        self.item.keep()

    def _begin(self) -> None:
        self._pages.begin()
        self.refresh()

    def _question(self) -> Question[TrackedRow]:
        return partial(tracked, self._bench.workspace, self._narrowed())

    def _narrowed(self) -> Wanted:
        return Wanted(group=self._group, unit=self.unit.code(), year=int(self.year.code() or 0), letter=self.letter.code())

    # --- answers

    def _show(self, found: Listing[TrackedRow], anew: bool) -> None:
        wanted = self._wanted or self.item.id
        place = self.table.place_of(lambda row: row.id == wanted)
        if place >= 0 or anew or not wanted:
            self._wanted = ""
            self.view.select(max(place, 0))
        else:
            self.view.deselect()
        self._place(found.total)
        self.moved.emit()

    def _place(self, total: int) -> None:
        nothing = not total and self._narrowed() == Wanted() and not self.units.total
        clearing = self.by_unit.isChecked()
        self._places.setCurrentWidget(self._clearance if clearing else self.empty if nothing else self._lists)
        self.item.setVisible(bool(total))

    def _show_counts(self, counts: Mapping[TrackedGroup, int]) -> None:
        for group, each in self.filters.items():
            each.setText(f"{word_of(group)} {counts[group]:,}")

    def _show_choices(self, found: Years) -> None:
        years = {str(each): str(each) for each in found.years}
        letters = {each: _("class {letter}").format(letter=each) for each in found.letters}
        for box, names, every in (
            (self.year, years, _("All years")),
            (self.unit, dict(found.units), _("All units")),
            (self.letter, letters, _("All classes")),
        ):
            blocked = box.blockSignals(True)
            box.show_names(names)
            box.setItemText(0, every)
            box.blockSignals(blocked)

    def _show_clearance(self, found: Clearance) -> None:
        told = _(
            "{total} matters: {solved} solved, {aside} laid aside since policy changed, {open} still tracked."
            " {cleared} of {units} units have nothing open."
        )
        self.sum.setText(
            told.format(
                total=f"{found.total:,}",
                solved=f"{found.solved:,}",
                aside=f"{found.aside:,}",
                open=f"{found.open:,}",
                cleared=found.cleared_units,
                units=len(found.units),
            )
        )
        self.units.show(len(found.units), found.units)
        self._place(self.table.total)

    def _show_unwatched(self, replies: Sequence[Reply]) -> None:
        many = len(replies)
        words = ngettext(
            "{count} planned answer is not tracked yet.", "{count} planned answers are not tracked yet.", many
        ).format(count=many)
        deeds = ((_("Track them, to be looked at a year after the answer"), self._watch),)
        self.notice.say(words if many else "", Tone.INFORMATION, deeds if many else ())

    def _watch(self) -> None:
        workspace = self._bench.workspace
        self._bench.background.do(self, lambda _progress: watch_planned(workspace), self._watched, self._fail)

    def _watched(self, done: Done) -> None:
        many = len(done.made)
        told = ngettext("{count} matter is tracked now.", "{count} matters are tracked now.", many).format(count=many)
        say_done(self._bench, self, told, done)

    def _ask_item(self, row: TrackedRow) -> None:
        workspace = self._bench.workspace

        def asked() -> tuple[TrackedCard, str, TurnEntry | None]:
            here = next((each.name for each in operators(workspace) if each.here), "")
            return tracked_card(workspace, row.id), here, unsaved_turn(workspace, row.id)

        self._bench.background.ask(self, asked, lambda told: self.item.show_card(*told), self._fail, topic="tracked item")

    # --- making

    def _arrange(self) -> None:
        bar = QWidget()
        flow = Flow(bar)
        group = QButtonGroup(self)
        for each in TrackedGroup:
            self.filters[each] = made = button(word_of(each), "filter")
            made.setCheckable(True)
            group.addButton(made)
            flow.addWidget(made)
        self.by_unit.setCheckable(True)
        group.addButton(self.by_unit)
        flow.addWidget(self.by_unit)
        self.filters[self._group].setChecked(True)
        for box, name, letters in ((self.year, _("Year"), 6), (self.unit, _("Unit"), 10), (self.letter, _("Class"), 6)):
            box.setMinimumContentsLength(letters)
            box.setAccessibleName(name)
            flow.addWidget(box)
        flow.addWidget(self.ledger)
        left = framed(self.view)
        self._lists = Beside(self._bench.theme, left, scrolled(self.item), narrow=_WIDE, beside=_SHARES, least=_LEAST_DETAIL)
        self._clearance = QWidget()
        column = QVBoxLayout(self._clearance)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.middle)
        column.addWidget(self.sum)
        column.addWidget(framed(self.units_view), 1)
        for place in (self._lists, self._clearance, self.empty):
            self._places.addWidget(place)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE.large)
        for line in (self.notice, bar):
            layout.addWidget(line)
        layout.addWidget(self._places, 1)

    def _connect(self) -> None:
        for group, each in self.filters.items():
            each.clicked.connect(lambda _checked, group=group: self.choose_group(group))
        self.by_unit.clicked.connect(lambda _checked: self._place(self.table.total))
        for box in (self.year, self.unit, self.letter):
            box.activated.connect(lambda _at: self._begin())
        self.view.chosen.connect(self._ask_item)
        self.view.chosen.connect(self.moved)
        self.view.opened.connect(lambda row: self.opened.emit(row.suggestion))
        self.units_view.opened.connect(lambda row: self.show_unit(row.unit))
        self.item.opened.connect(self.opened)
        self.item.left.connect(self.view.setFocus)

    def _fail(self, error: AppError) -> None:
        self._bench.feedback.fail(error)


def _columns() -> Sequence[Column[TrackedRow]]:
    return (
        Column(heading=_("What was promised"), text=lambda row: row.promise),
        Column(heading=_("Unit"), text=lambda row: row.unit_name, width=8, spare=2),
        Column(heading=_("Year"), text=lambda row: str(row.year or ""), width=3, spare=3),
        Column(heading=_("Class"), text=class_told, width=8, spare=1),
        Column(heading=_("Look again"), text=_when, width=8, tone=_tone),
    )


def _when(row: TrackedRow) -> str:
    return left_told(row) if row.open else day_told(row.cleared_on)


def _tone(row: TrackedRow) -> str:
    if row.left is None:
        return "ok" if not row.open else ""
    return "accent" if row.left < 0 else "warning" if row.left <= _SOON else ""


def _unit_columns() -> Sequence[Column[UnitClearance]]:
    return (
        Column(heading=_("Unit"), text=lambda row: row.name or _("(no unit named)")),
        Column(heading=_("All"), text=lambda row: f"{row.total:,}", width=4, right=True),
        Column(heading=_("Solved"), text=lambda row: f"{row.solved:,}", width=4, right=True),
        Column(heading=_("Kept as reference"), text=lambda row: f"{row.aside:,}", width=5, right=True, spare=2),
        Column(heading=_("Still open"), text=lambda row: f"{row.open:,}", width=4, right=True),
        Column(heading=_("Overdue"), text=lambda row: f"{row.overdue:,}", width=4, right=True, spare=1),
        Column(
            heading=_("Cleared"),
            text=lambda row: _("cleared") if row.cleared else _("not cleared"),
            width=6,
            tone=lambda row: "ok" if row.cleared else "warning",
        ),
    )
