"""All issues: narrowed by buttons, category and words; ticked for a suggestion; the chosen one beside them."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from app.domain.batch import MOST
from app.domain.values import Id
from app.errors import AppError
from app.i18n import _, ngettext
from app.queries.issue_list import IssueFigures, IssueFilter, IssueGroup, IssueRow, issue_figures, issue_list
from app.queries.listing import Listing
from ui.forms.category_box import CategoryBox
from ui.models.paging import Paging, Question
from ui.page import Workbench
from ui.pages.issues.detail import Detail
from ui.pages.issues.table import IssueTable, IssueView
from ui.theme import SPACE
from ui.widgets.beside import Beside
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.flow import Flow
from ui.widgets.narrowing_field import NarrowingField
from ui.widgets.roles import button, label
from ui.wording import word_of

_NARROW: Final = 720  # pixels below which the detail stands under the list


class Overview(QWidget):
    """The list and its detail; what is wanted of an issue is told by the signals."""

    corrected = Signal(str)
    drafted = Signal(object)
    """A suggestion on these issues."""
    proposed = Signal(object)
    """A livelihood project on these issues."""
    reported = Signal(object)
    """A special report on these issues."""
    noted = Signal()
    """An issue is to be noted: the first step of an empty list."""

    def __init__(self, bench: Workbench, detail: Detail) -> None:
        super().__init__()
        self._bench: Final = bench
        self.narrowed = IssueFilter()
        self._wanted: Id = ""
        self.table: Final = IssueTable(lambda: bench.workspace.clock.today().date(), self)
        self.view: Final = IssueView(self.table, bench.theme)
        self.view.remember_order(bench.settings, "issues")
        self.groups: Final[dict[IssueGroup, QPushButton]] = {}
        self.due: Final = button("", "filter")
        self.hotline: Final = button("", "filter")
        self.hotline.setToolTip(_("Matters that went to the 12345 hotline"))
        self.category: Final = CategoryBox()
        self.typed: Final = NarrowingField(_("Words, name, number"))
        self.count: Final = label("", "small")
        self.ticked: Final = label("", "strong")
        self.draft: Final = button(_("Draft a suggestion from these"))
        self.propose: Final = button(_("Propose as a livelihood project"))
        self.report: Final = button(_("Write a special report on these"))
        self.untick: Final = button(_("Take the ticks away"), "link")
        self.detail: Final = detail
        self._pages = Paging(self.table, self.view, bench.background, self._question, self._show_page, self._fail)
        self._arrange()
        self._connect()

    # --- what is shown

    def refresh(self) -> None:
        """Ask again for what is in sight; the issue under the cursor stays there, and so do the ticks."""
        self._pages.refresh()
        self._ask_figures()
        self.detail.refresh()

    def show_issue(self, id: Id) -> None:
        """Show an issue, wherever the list stands."""
        self._wanted = id
        self.detail.ask(id)
        self._choose()

    def show_only(self, narrowed: IssueFilter) -> None:
        """Show what this filter leaves, whatever narrowed the list before."""
        self.typed.show_words(narrowed.typed)
        self.narrow(narrowed)

    def narrow(self, narrowed: IssueFilter) -> None:
        """Show what this filter leaves."""
        self.narrowed = narrowed
        self._mark()
        self._wanted = ""
        self._pages.begin()
        self._ask_figures()

    def _question(self) -> Question[IssueRow]:
        return partial(issue_list, self._bench.workspace, self.narrowed, order=self.table.order)

    def listed(self) -> Callable[[], Sequence[Id]]:
        """A question for the issues ticked, else for those in sight, as many as are printed at one go, in their order."""
        if ticked := tuple(self.table.ticked):
            return lambda: ticked
        question = self._question()
        return lambda: [each.id for each in question(offset=0, limit=MOST).rows]

    def _ask_figures(self) -> None:
        workspace, narrowed = self._bench.workspace, self.narrowed
        self._bench.background.ask(
            self, lambda: issue_figures(workspace, narrowed), self._show_figures, self._fail, topic="figures"
        )

    def _show_page(self, found: Listing[IssueRow], anew: bool) -> None:
        self._choose(first=anew)
        self.count.setText(ngettext("{count} issue", "{count} issues", found.total).format(count=f"{found.total:,}"))
        narrows = self.narrowed.narrows
        self._empty.words.setText(_("Nothing fits.") if narrows else _beginning())
        self._empty.deed.setVisible(not narrows)
        self._stack.setCurrentIndex(0 if self.table.total else 1)

    def _show_figures(self, figures: IssueFigures) -> None:
        for group, each in self.groups.items():
            each.setText(f"{word_of(group)} {figures.groups.get(group, 0):,}")
        self.due.setText(_("Due within 14 days {count}").format(count=f"{figures.due_soon:,}"))
        self.hotline.setText(_("With the hotline {count}").format(count=f"{figures.hotline:,}"))
        self.category.show_names(figures.categories)
        self.category.setItemText(0, _("All categories"))

    def _choose(self, *, first: bool = False) -> None:
        """Put the cursor on the issue that is shown; where it is not among them, on the first one of a list begun anew."""
        wanted = self._wanted or self.detail.id
        place = self.table.place_of(lambda row: row.id == wanted)
        if place >= 0:
            self.view.select(place)
        elif self.table.total and not self._wanted and (first or not wanted):
            self.view.select(0)
        else:
            self.view.deselect()

    # --- what is narrowed

    def _mark(self) -> None:
        for group, each in self.groups.items():
            each.setChecked(group is self.narrowed.group)
        self.due.setChecked(self.narrowed.due_soon)
        self.hotline.setChecked(self.narrowed.hotline)

    def _chosen(self, row: IssueRow) -> None:
        if row.id != self._wanted:
            self._wanted = ""
        if row.id != self.detail.id:
            self.detail.ask(row.id)

    def _told(self, id: Id) -> None:
        """Where the issue that was shown is gone another one takes its place."""
        self._fold()
        if not id:
            self._wanted = ""
            self._choose()

    def _tell_ticked(self) -> None:
        many = len(self.table.ticked)
        self.ticked.setText(ngettext("{count} issue ticked", "{count} issues ticked", many).format(count=many))
        self._ticked_bar.setVisible(many > 0)

    # --- how it stands

    def _arrange(self) -> None:
        buttons = QWidget()
        flow = Flow(buttons)
        for group in IssueGroup:
            made = self.groups[group] = button(word_of(group), "filter")
            flow.addWidget(made)
        flow.addWidget(self.due)
        flow.addWidget(self.hotline)
        for each in (*self.groups.values(), self.due, self.hotline):
            each.setCheckable(True)
        self._mark()
        self.category.setAccessibleName(_("Category"))
        self.category.setItemText(0, _("All categories"))
        self.category.setMinimumContentsLength(6)
        words = QHBoxLayout()
        words.setSpacing(SPACE.small)
        words.addWidget(self.category)
        words.addWidget(self.typed, 1)
        words.addWidget(self.count)
        self._empty = EmptyState(_beginning(), _("Note an issue"), self.noted.emit)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._empty)
        card = self._listed = Card()
        card.add(buttons)
        card.body.addLayout(words)
        card.add(self._stack, 1)
        card.add(self._bar())
        self._split = Beside(self._bench.theme, card, self.detail, narrow=_NARROW, below=(3, 1))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._split)
        self.setFocusProxy(self.view)

    def _bar(self) -> QWidget:
        self._ticked_bar = QWidget()
        line = Flow(self._ticked_bar)  # in large letters there is no room for all of them beside each other
        for each in (self.ticked, self.draft, self.report, self.propose, self.untick):
            line.addWidget(each)
        self._ticked_bar.hide()
        return self._ticked_bar

    def _fold(self) -> None:
        """Where it is narrow the issue stands below the list, and a step that is filled in takes the list's place."""
        narrow = self._split.stands_below
        filled_in = self.detail.steps.form_open()
        self._listed.setHidden(narrow and filled_in)
        self.detail.steps.heading.setHidden(narrow or filled_in)  # its buttons say as much

    def _connect(self) -> None:
        for group, each in self.groups.items():
            each.clicked.connect(partial(self._narrow_group, group))
        self.due.clicked.connect(lambda wanted: self.narrow(replace(self.narrowed, due_soon=wanted)))
        self.hotline.clicked.connect(lambda wanted: self.narrow(replace(self.narrowed, hotline=wanted)))
        self.category.currentIndexChanged.connect(
            lambda _index: self.narrow(replace(self.narrowed, category=self.category.code()))
        )
        self.typed.narrowed.connect(lambda words: self.narrow(replace(self.narrowed, typed=words)))
        self.typed.entered.connect(lambda: self.view.setFocus())
        self.table.ticked_changed.connect(self._tell_ticked)
        self.view.chosen.connect(self._chosen)
        self.view.opened.connect(lambda _row: self.detail.steps.begin_here())
        self.draft.clicked.connect(lambda: self.drafted.emit(self.table.ticked))
        self.propose.clicked.connect(lambda: self.proposed.emit(self.table.ticked))
        self.report.clicked.connect(lambda: self.reported.emit(self.table.ticked))
        self.untick.clicked.connect(self.table.untick)
        self.detail.corrected.connect(self.corrected)
        self.detail.told.connect(self._told)
        self._split.turned.connect(self._fold)
        self.detail.steps.begun.connect(self._fold)
        self.detail.steps.left.connect(self._leave_step)

    def _narrow_group(self, group: IssueGroup, _checked: bool = False) -> None:
        self.narrow(replace(self.narrowed, group=group))

    def _leave_step(self) -> None:
        self._fold()
        self.view.setFocus()

    def _fail(self, error: AppError) -> None:
        self._bench.feedback.fail(error)


def _beginning() -> str:
    return _("What residents raise stands here. Note an issue, start a reception, or take in a spreadsheet.")
