"""Stars and awards over the years: what was given to whom; those of deputies, units and the station are written down here."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from app.domain.award import AwardType
from app.domain.papers import PaperName
from app.domain.values import Id
from app.errors import AppError
from app.i18n import _
from app.messages import field_told, kind_told
from app.queries.awards import AwardRow, AwardsWanted, award_years, awards
from app.queries.listing import Listing
from app.use_cases.awards import Removed, remove_award
from ui.forms.category_box import CategoryBox
from ui.models.page_table import Column, PageTable
from ui.models.paging import Paging, Question
from ui.page import Workbench
from ui.pages.suggestions.award_form import AwardForm
from ui.pages.suggestions.paper_link import paper_link
from ui.places import place_of
from ui.theme import SPACE
from ui.undoing import undo_change
from ui.widgets.awards_card import award_told
from ui.widgets.beside import Beside
from ui.widgets.card import Card
from ui.widgets.code_box import CodeBox
from ui.widgets.elided_link import ElidedLink
from ui.widgets.empty_state import EmptyState
from ui.widgets.facts import Facts
from ui.widgets.flow import Flow
from ui.widgets.framed import framed
from ui.widgets.roles import button, label
from ui.widgets.scrolled import scrolled
from ui.widgets.table_view import TableView
from ui.wording import day_told, word_of

_WIDE: Final = 820  # below it the card stands under the list
_LEAST: Final = 320
_SHARES: Final = 9, 5  # of list and card


class AwardsView(QWidget):
    """Boxes that narrow, the list, and beside it the award under the cursor or the form of a new one."""

    opened = Signal(str)
    """This suggestion is wanted."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self._bench: Final = bench
        self._row: AwardRow | None = None
        self._wanted: Id = ""
        self.year: Final = CategoryBox()
        self.kind: Final = CodeBox(AwardType, _("All kinds"))
        self.holding: Final = QCheckBox(_("Without ratings that were changed since"))
        self.ledger: Final = paper_link(bench, PaperName.AWARD_LEDGER)
        self.table: Final[PageTable[AwardRow]] = PageTable(_columns(), self)
        self.view: Final = TableView(self.table, bench.theme)
        self.view.setAccessibleName(_("Stars and awards"))
        self.card: Final = Card()
        self.title: Final = label("", "section", wrap=True)
        self.recipient: Final = ElidedLink("")
        self.facts: Final = Facts()
        self.change: Final = button(_("Correct"), "link")
        self.remove: Final = button(_("Remove"), "link")
        self.form: Final = AwardForm(bench)
        self.none: Final = EmptyState(
            _(
                "Here lie the stars of suggestions and the awards of each year. A suggestion is rated on its own card, under"
                " Write down; awards of deputies, units and the station begin here."
            ),
            _("Write down an award"),
            self.enter,
        )
        self._pages = Paging(self.table, self.view, bench.background, self._question, self._show, self._fail, topic="awards")
        self._arrange()
        self._connect()

    # --- asking

    def refresh(self) -> None:
        """Ask for the list anew; what is chosen stays chosen."""
        workspace = self._bench.workspace
        self._pages.refresh()
        self._bench.background.ask(self, lambda: award_years(workspace), self._offer, self._fail, topic="award years")

    def chosen(self) -> Id:
        """The award under the cursor; empty where none is, or where one is being typed."""
        return "" if self.form.is_open() or self._row is None else self._row.award.id

    def enter(self) -> None:
        """Begin a new award, or go on with the one that was kept."""
        self.form.begin()

    def keep(self) -> None:
        """Keep what is typed at once."""
        self.form.keep()

    def restore(self, id: Id) -> None:
        """Go on with what was typed: of an award that stands, or of a new one."""
        self._wanted = id
        if id:
            self.form.correct(id)
        else:
            self.form.begin()

    def step_back(self) -> bool:
        """Close the form; False where none is open."""
        return self.form.close_form()

    def _question(self) -> Question[AwardRow]:
        year = int(self.year.code() or 0)
        wanted = AwardsWanted(year=year, award_type=self.kind.code(), holding=self.holding.isChecked())
        return partial(awards, self._bench.workspace, wanted)

    # --- answers

    def _offer(self, years: Sequence[int]) -> None:
        self.year.show_names({str(each): str(each) for each in years})
        self.year.setItemText(0, _("All years"))

    def _show(self, found: Listing[AwardRow], anew: bool) -> None:
        wanted = self._wanted or (self._row.award.id if self._row else "")
        place = self.table.place_of(lambda row: row.award.id == wanted)
        self._wanted = ""
        if found.total:
            self.view.select(max(place, 0))
        else:
            self._row = None
        narrowed = bool(self.year.code() or self.kind.code() or self.holding.isChecked())
        self._frame.setVisible(bool(found.total) or narrowed)
        self._side()

    def _choose(self, row: AwardRow) -> None:
        self._row = row
        self.title.setText(award_told(row))
        self.recipient.say(_("{kind}: {title}").format(kind=kind_told(row.recipient.kind), title=row.recipient.title))
        self.recipient.setEnabled(place_of(row.recipient.kind) is not None)
        self.facts.show_facts(_facts(row))
        self.change.setAccessibleName(f"{self.change.text()} {row.word}")
        self._side()

    def _side(self) -> None:
        """Beside the list stands the form while one is written, else the award, else what belongs here."""
        writing = self.form.is_open()
        self.card.setVisible(self._row is not None and not writing)
        self.none.setVisible(self._row is None and not writing and self._frame.isHidden())

    # --- deeds

    def _open(self) -> None:
        row = self._row
        if row is None:
            return
        if row.recipient.kind == "suggestion":
            self.opened.emit(row.recipient.id)
        elif place := place_of(row.recipient.kind):
            self._bench.go(place, row.recipient.id)

    def _correct(self) -> None:
        if self._row:
            self.form.correct(self._row.award.id)

    def _remove(self) -> None:
        if self._row:
            workspace, id = self._bench.workspace, self._row.award.id
            self._bench.background.do(self, lambda _progress: remove_award(workspace, id), self._removed, self._fail)

    def _removed(self, done: Removed) -> None:
        self._row = None
        act = partial(undo_change, self._bench, self, done.id)
        self._bench.feedback.say(_("Removed: {what}").format(what=done.title), deed=_("Undo"), act=act)

    def _fail(self, error: AppError) -> None:
        self._bench.feedback.fail(error)

    # --- making

    def _arrange(self) -> None:
        bar = QWidget()
        flow = Flow(bar)
        for box, name, letters in ((self.year, _("Year"), 6), (self.kind, _("Kind"), 8)):
            box.setMinimumContentsLength(letters)
            box.setAccessibleName(name)
            flow.addWidget(box)
        flow.addWidget(self.holding)
        flow.addWidget(self.ledger)
        self._frame = framed(self.view)
        for widget in (self.title, self.recipient, self.facts):
            self.card.add(widget)
        deeds = Flow()
        for each in (self.change, self.remove):
            deeds.addWidget(each)
        self.card.body.addLayout(deeds)
        beside = QWidget()
        column = QVBoxLayout(beside)
        column.setContentsMargins(0, 0, SPACE.tiny, 0)
        column.setSpacing(SPACE.middle)
        for part in (self.form, self.card, self.none):
            column.addWidget(part)
        column.addStretch(1)
        lists = Beside(self._bench.theme, self._frame, scrolled(beside), narrow=_WIDE, beside=_SHARES, least=_LEAST)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE.large)
        layout.addWidget(bar)
        layout.addWidget(lists, 1)

    def _connect(self) -> None:
        self.view.chosen.connect(self._choose)
        self.view.opened.connect(lambda _row: self._open())
        for box in (self.year, self.kind):
            box.activated.connect(lambda _at: self._pages.begin())
        self.holding.toggled.connect(lambda _on: self._pages.begin())
        self.recipient.clicked.connect(self._open)
        self.change.clicked.connect(self._correct)
        self.remove.clicked.connect(self._remove)
        self.form.shown.connect(self._side)
        self.form.saved.connect(self._pointed)

    def _pointed(self, id: Id) -> None:
        self._wanted = id
        self.refresh()


def _columns() -> Sequence[Column[AwardRow]]:
    return (
        Column(heading=_("To whom"), text=lambda row: row.recipient.title),
        Column(heading=_("Stars or award"), text=_what, width=8),
        Column(heading=_("Year"), text=lambda row: str(row.year or ""), width=3),
        Column(heading=_("Lead deputy"), text=lambda row: row.recipient.lead, width=5, spare=2),
        Column(heading=_("Given by"), text=lambda row: row.award.issuer, width=10, spare=3),
        Column(heading=_("Day"), text=lambda row: day_told(row.award.on), width=8, spare=1),
    )


def _what(row: AwardRow) -> str:
    return row.word if row.holds else _("{what} (before)").format(what=row.word)


def _facts(row: AwardRow) -> Iterator[tuple[str, str]]:
    award = row.award
    yield field_told("award", "award_type"), word_of(award.award_type)
    yield _("Lead deputy"), row.recipient.lead
    yield field_told("award", "on"), day_told(award.on)
    for name in ("issuer", "document_no", "by_name", "reason", "duties"):
        yield field_told("award", name), getattr(award, name)
    yield "", "" if row.holds else _("A newer rating took its place.")
