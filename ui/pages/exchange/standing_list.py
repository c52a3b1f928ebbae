"""What a figure counts: the records that stand in one place, page by page."""

from datetime import date
from functools import partial

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from app.errors import AppError
from app.i18n import _, ngettext
from app.messages import kind_told
from app.queries import reconciliation
from app.queries.listing import Listing
from app.queries.reconciliation import LATE, StandingRecord
from app.use_cases import trust
from app.workspace import Workspace
from ui.models.page_table import Column, PageTable
from ui.models.paging import Paging, Question
from ui.page import Workbench
from ui.pages.exchange.returned_card import reason_told
from ui.pages.exchange.words import STANDINGS, target_told
from ui.places import place_of
from ui.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.roles import label
from ui.widgets.table_view import TableView
from ui.wording import moment_told


class StandingList(QWidget):
    """A list behind a figure; Enter opens a record where it has a page."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self._bench = bench
        self.where = ""
        self.table = PageTable(self._columns(), self)
        self.view = TableView(self.table, bench.theme)
        self.view.setAccessibleName(_("Records"))
        self._count = label("", "soft")
        self._empty = EmptyState(_("No record stands here."))
        self.late = QCheckBox(_("Only those without a receipt for 14 days"))
        self.late.toggled.connect(self._ask_anew)
        told = _("Another computer of the station changed these last and hands them in; what became of them is told there.")
        self._elsewhere = label(told, "soft", wrap=True)
        card = Card()
        card.add(self._elsewhere)
        card.add(self.late)
        for each in (self._count, self.view, self._empty):
            card.add(each, 0 if each is self._count else 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.large)
        column.addWidget(card)
        self._pages = Paging(self.table, self.view, bench.background, self._question, self._show, self._fail, "standing")
        self.view.opened.connect(self._open)
        self.setFocusProxy(self.view)

    def show_where(self, where: str) -> None:
        """Show what stands in one of the four places."""
        self.where = where
        self._elsewhere.setVisible(where == "elsewhere")
        self.late.setVisible(where == "sent")
        if self.late.isChecked():
            self.late.setChecked(False)
        else:
            self._pages.begin()

    def _ask_anew(self, _only_late: bool) -> None:
        self._pages.begin()

    def refresh(self) -> None:
        """Ask again; the row under the cursor stays the same number."""
        self._pages.refresh()

    def _question(self) -> Question[StandingRecord]:
        return partial(_page, self._bench.workspace, LATE if self.late.isChecked() else self.where)

    def _show(self, found: Listing[StandingRecord], anew: bool) -> None:
        words = ngettext("{count} record, the last changed first", "{count} records, the last changed first", found.total)
        if self.where == "files":
            words = ngettext(
                "{count} file, those never handed in first", "{count} files, those never handed in first", found.total
            )
        self._count.setText(words.format(count=f"{found.total:,}"))
        self._count.setVisible(found.total > 0)
        self.view.setVisible(found.total > 0)
        self._empty.setVisible(not found.total)
        self.view.select(0 if anew else min(max(self.view.currentIndex().row(), 0), found.total - 1))

    def _open(self, row: StandingRecord) -> None:
        if (place := place_of(row.kind)) and not row.removed:
            self._bench.go(place, row.id)
        else:
            self._bench.feedback.say(_("This record has no page of its own; it goes along with what it belongs to."))

    def _fail(self, error: AppError) -> None:
        self._bench.feedback.fail(error)

    def _columns(self) -> list[Column[StandingRecord]]:
        return [
            Column(heading=_("Kind"), text=lambda each: kind_told(each.kind), width=7),
            Column(heading=_("Title"), text=_title),
            Column(heading=_("Last changed"), text=lambda each: moment_told(each.changed, today=self._today()), width=9, spare=1),
            Column(
                heading=_("Package"),
                text=self._number_told,
                width=6,
            ),
            Column(heading=_("Copied, or why it came back"), text=self._remark, width=22),
        ]

    def _number_told(self, row: StandingRecord) -> str:
        if row.number:
            return _("no. {numbers}").format(numbers=row.number)
        return "—" if self.where == "elsewhere" else _("none yet")

    def _remark(self, row: StandingRecord) -> str:
        if row.code:
            return reason_told(row).replace("\n", " ")
        copied = f"{moment_told(row.copied.at, today=self._today())} {target_told(row.copied.folder)}" if row.copied else ""
        return "　".join(each for each in (_(STANDINGS[row.stands]) if row.stands else "", copied) if each)

    def _today(self) -> date:
        return self._bench.workspace.clock.today().date()


def _title(row: StandingRecord) -> str:
    title = row.title or "—"
    return _("{title} (removed)").format(title=title) if row.removed else title


def _page(workspace: Workspace, where: str, *, offset: int, limit: int) -> Listing[StandingRecord]:
    contact = trust.contact_travels(workspace)
    return reconciliation.standing_records(workspace, where, contact=contact, offset=offset, limit=limit)
