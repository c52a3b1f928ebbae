"""One section of the register: the list, narrowed by choices and words, and the record under the cursor beside it."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from app.domain.congress import Level
from app.domain.life import ProjectState
from app.domain.values import Id
from app.errors import AppError
from app.i18n import _, ngettext
from app.queries.listing import Listing
from app.queries.roster_list import RosterChoices, RosterFilter, RosterRow, RosterSection, Standing, roster_list
from ui.forms.category_box import CategoryBox
from ui.models.page_table import PageTable
from ui.models.paging import Paging, Question
from ui.page import Workbench
from ui.pages.roster.detail import RosterDetail
from ui.pages.roster.words import BEGINNINGS, ENTER, columns_of, state_column
from ui.theme import SPACE
from ui.widgets.beside import Beside
from ui.widgets.card import Card
from ui.widgets.chip_delegate import ChipDelegate
from ui.widgets.empty_state import EmptyState
from ui.widgets.flow import Flow
from ui.widgets.narrowing_field import NarrowingField
from ui.widgets.roles import button, label
from ui.widgets.table_view import TableView
from ui.wording import word_of

_NARROW: Final = 760  # pixels below which the detail stands under the list
_STANDING: Final = frozenset({RosterSection.DEPUTIES, RosterSection.UNITS})


class RegisterList(QWidget):
    """A list and its detail; `entering` asks for the form of a new record, `importing` for taking in a spreadsheet."""

    entering = Signal()
    importing = Signal()

    def __init__(self, bench: Workbench, section: RosterSection) -> None:
        super().__init__()
        self._bench: Final = bench
        self.section: Final = section
        self.narrowed = RosterFilter()
        self._wanted: Id = ""
        self.table: Final = PageTable[RosterRow](columns_of(section), self)
        self.view: Final = TableView(self.table, bench.theme)
        self.view.remember_order(bench.settings, str(section))
        self.standing: Final[dict[Standing, QPushButton]] = {}
        self.boxes: Final[dict[str, CategoryBox]] = {}
        self.typed: Final = NarrowingField(_("Words, name, pinyin"))
        self.count: Final = label("", "small")
        self.detail: Final = RosterDetail(bench)
        self._pages = Paging(self.table, self.view, bench.background, self._question, self._show_page, self._fail)
        self._arrange()
        self._connect()

    # --- what is shown

    def refresh(self) -> None:
        """Ask again for what is in sight; the record under the cursor stays there."""
        self._pages.refresh()
        self.detail.refresh()

    def show_record(self, id: Id) -> None:
        """Show a record, wherever the list stands."""
        self._wanted = id
        self.detail.ask(id)
        self._choose()

    def offer(self, choices: RosterChoices) -> None:
        """What the list can be narrowed by now."""
        names: Mapping[str, Mapping[str, str]] = {
            "group": {each: each for each in choices.groups},
            "congress": choices.congresses,
            "year": {str(each): str(each) for each in choices.years},
        }
        for name, box in self.boxes.items():
            if name in names:
                box.show_names(names[name])
                box.setItemText(0, _every(name))

    def narrow(self, narrowed: RosterFilter) -> None:
        """Show what this filter leaves."""
        self.narrowed, self._wanted = narrowed, ""
        for each, pressed in self.standing.items():
            pressed.setChecked(each is narrowed.standing)
        self._pages.begin()

    def _question(self) -> Question[RosterRow]:
        return partial(roster_list, self._bench.workspace, self.section, self.narrowed, order=self.table.order)

    def _show_page(self, found: Listing[RosterRow], anew: bool) -> None:
        self._choose(first=anew)
        self.count.setText(ngettext("{count} record", "{count} records", found.total).format(count=f"{found.total:,}"))
        narrows = self.narrowed.narrows
        self._empty.words.setText(_("Nothing fits.") if narrows else _(BEGINNINGS[self.section]))
        self._empty.deed.setVisible(not narrows)
        self._stack.setCurrentIndex(0 if self.table.total else 1)
        if not self.table.total and not self._wanted:
            self.detail.forget()

    def _choose(self, *, first: bool = False) -> None:
        wanted = self._wanted or self.detail.id
        place = self.table.place_of(lambda row: row.id == wanted)
        if place >= 0 and not (first and not self._wanted):
            self.view.select(place)
        elif self.table.total and not self._wanted:
            self.view.select(0)
        else:
            self.view.deselect()

    def _chosen(self, row: RosterRow) -> None:
        if row.id != self._wanted:
            self._wanted = ""
        if row.id != self.detail.id:
            self.detail.ask(row.id)

    def _told(self, id: Id) -> None:
        if not id:
            self._wanted = ""
            self._choose()

    # --- what is narrowed

    def _narrow_choice(self) -> None:
        chosen = {name: box.code() for name, box in self.boxes.items()}
        year, get = int(chosen.get("year") or 0), chosen.get
        self.narrow(
            replace(
                self.narrowed,
                level=get("level", ""),
                congress=get("congress", ""),
                group=get("group", ""),
                state=get("state", ""),
                year=year,
            )
        )

    # --- how it stands

    def _arrange(self) -> None:
        self.view.setAccessibleName(word_of(self.section))
        if (state := state_column(self.section)) >= 0:
            self.view.setItemDelegateForColumn(state, ChipDelegate(self._bench.theme, self.view))
        self._empty = EmptyState(_(BEGINNINGS[self.section]), _(ENTER[self.section]), self.entering.emit)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._empty)
        card = Card()
        card.add(self._choices())
        words = QHBoxLayout()
        words.setSpacing(SPACE.small)
        words.addWidget(self.typed, 1)
        words.addWidget(self.count)
        card.body.addLayout(words)
        card.add(self._stack, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(Beside(self._bench.theme, card, self.detail, narrow=_NARROW, beside=(4, 3), below=(3, 2)))
        self.setFocusProxy(self.view)

    def _choices(self) -> QWidget:
        """Buttons and boxes that narrow the list."""
        row = QWidget()
        flow = Flow(row)
        for each in Standing if self.section in _STANDING else ():
            made = self.standing[each] = button(_standing_told(self.section, each), "filter")
            made.setCheckable(True)
            made.setChecked(each is self.narrowed.standing)
            flow.addWidget(made)
        for name in _BOXES[self.section]:
            box = self.boxes[name] = CategoryBox()
            box.setMinimumContentsLength(6)
            box.setAccessibleName(_every(name))
            fixed: Mapping[str, type[Level] | type[ProjectState]] = {"level": Level, "state": ProjectState}
            if name in fixed:
                box.show_names({str(code): word_of(code) for code in fixed[name]})
            box.setItemText(0, _every(name))
            flow.addWidget(box)
        return row

    def _connect(self) -> None:
        for each, pressed in self.standing.items():
            pressed.clicked.connect(lambda _checked=False, each=each: self.narrow(replace(self.narrowed, standing=each)))
        for box in self.boxes.values():
            box.currentIndexChanged.connect(lambda _index: self._narrow_choice())
        self.typed.narrowed.connect(lambda words: self.narrow(replace(self.narrowed, typed=words)))
        self.typed.entered.connect(lambda: self.view.setFocus())
        self.view.chosen.connect(self._chosen)
        self.view.opened.connect(lambda row: self.detail.change_wanted.emit(row.id))
        self.detail.told.connect(self._told)

    def _fail(self, error: AppError) -> None:
        self._bench.feedback.fail(error)


_BOXES: Final[Mapping[RosterSection, tuple[str, ...]]] = {
    RosterSection.DEPUTIES: ("level", "congress", "group"),
    RosterSection.FORMER: ("level", "congress"),
    RosterSection.UNITS: ("level",),
    RosterSection.CONGRESSES: (),
    RosterSection.PROJECTS: ("year", "state", "congress"),
}


def _every(name: str) -> str:
    """What a box says where nothing is chosen."""
    match name:
        case "level":
            return _("All levels")
        case "congress":
            return _("All congresses")
        case "group":
            return _("All groups")
        case "year":
            return _("All years")
        case _:
            return _("All states")


def _standing_told(section: RosterSection, each: Standing) -> str:
    if section is RosterSection.UNITS:
        return {Standing.HERE: _("Standing"), Standing.GONE: _("Closed"), Standing.ALL: _("All")}[each]
    return {Standing.HERE: _("In office"), Standing.GONE: _("Mandate ended"), Standing.ALL: _("All")}[each]
