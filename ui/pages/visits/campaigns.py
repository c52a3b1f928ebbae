"""Campaigns: the list with the table of one beside it, its form, and the list behind each of its numbers; Esc leads back."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from app.domain.campaign import CampaignState
from app.domain.chinese import period
from app.domain.papers import PaperName
from app.domain.people import Deputy
from app.domain.problems import stopped_by
from app.domain.values import Id
from app.errors import AppError
from app.i18n import _, ngettext
from app.queries.campaign_table import Behind, CampaignTable, Counted, Division, Part, PartRow, behind, campaign_table
from app.queries.campaigns import CampaignRow, campaign_list
from app.queries.listing import Listing
from app.use_cases.campaign_export import ExportedTable, export_table
from app.use_cases.campaigns import (
    CampaignSheet,
    RemovedCampaign,
    SavedCampaign,
    campaign_to_change,
    close_campaign,
    draft_body,
    draft_key,
    gather_visits,
    let_go,
    new_campaign,
    remove_campaign,
    reopen_campaign,
    save_campaign,
    unsaved_campaign,
)
from app.use_cases.papers import Asked
from app.workspace import Workspace
from ui.forms.campaign_form import CampaignForm
from ui.forms.draft_keeper import DraftKeeper, HeldDraft
from ui.models.page_table import Column, PageTable
from ui.models.paging import Paging, Question
from ui.page import Page, Workbench
from ui.pages.visits.campaign_table import CampaignTableView, counted_word, part_word
from ui.places import place_of
from ui.undoing import undo_change
from ui.widgets.beside import Beside
from ui.widgets.card import Card
from ui.widgets.chip_delegate import ChipDelegate
from ui.widgets.empty_state import EmptyState
from ui.widgets.flow import Flow
from ui.widgets.roles import button, label
from ui.widgets.scrolled import scrolled
from ui.widgets.table_view import TableView
from ui.wording import day_told, word_of

_NARROW: Final = 860  # pixels below which the table stands under the list
_TONES: Final = {CampaignState.RUNNING: "ok", CampaignState.AHEAD: "information", CampaignState.OVER: "warning"}


class CampaignsView(QWidget):
    """`printed` asks for a paper; `furnished` tells that heading and actions are others."""

    printed = Signal(object)
    furnished = Signal()

    def __init__(self, bench: Workbench, page: Page) -> None:
        super().__init__()
        self._bench: Final = bench
        self._page: Final = page
        self._today: Final = bench.workspace.clock.today().date()
        self._wanted: Id = ""
        self._shown: CampaignTable | None = None
        self.table: Final[PageTable[CampaignRow]] = PageTable(self._columns(), self)
        self.view: Final = TableView(self.table, bench.theme)
        self.view.setAccessibleName(_("Campaigns"))
        self.view.remember_order(bench.settings, "campaigns")
        self.view.setItemDelegateForColumn(2, ChipDelegate(bench.theme, self.view))
        self.numbers: Final = CampaignTableView()
        self.desk: Final = CampaignDesk(bench)
        self.behind: Final = BehindList(bench)
        self.stack: Final = QStackedWidget()
        self._make_deeds()
        self._arrange()
        self._connect()

    # --- what the page asks

    def heading(self) -> str:
        """What stands above."""
        shown = self.stack.currentWidget()
        if shown is self.desk:
            return self.desk.heading()
        return self.behind.told if shown is self.behind else _("Campaigns")

    def actions_offered(self) -> Sequence[QAction]:
        """What can be done here."""
        shown = self.stack.currentWidget()
        return (self._save,) if shown is self.desk else () if shown is self.behind else (self._new,)

    def refresh(self) -> None:
        """Ask for the campaigns again; the one under the cursor stays there."""
        workspace = self._bench.workspace
        self._ask(lambda: campaign_list(workspace), self._show_list, "campaigns")
        if self.stack.currentWidget() is self.behind:
            self.behind.refresh()

    def show_campaign(self, what: Id) -> None:
        """Show a campaign, or go on with a draft of one where `what` is its key; nothing said shows the list."""
        if what.startswith("campaign:"):
            workspace = self._bench.workspace
            self._ask(lambda: unsaved_campaign(workspace, what), self._take_up, "form")
            return
        self._wanted = what or self._wanted
        self._go(self._front)
        self.refresh()

    def begin(self) -> None:
        """Put the keyboard where one goes on."""
        (self.view if self.table.rows else self._empty.deed).setFocus()

    def undoable(self) -> Id:
        """The campaign in sight."""
        return self._shown.campaign.id if self._shown and self.stack.currentWidget() is self._front else ""

    def step_back(self) -> bool:
        """Back to the list; False where it is in sight."""
        if self.stack.currentWidget() is self._front:
            return False
        self.desk.leave()
        self._go(self._front)
        return True

    def keep(self) -> None:
        """Keep what is typed at once."""
        self.desk.keep()

    # --- deeds

    def new(self) -> None:
        """Begin a campaign."""
        workspace = self._bench.workspace
        self._ask(lambda: new_campaign(workspace), self._lay, "form")

    def change(self) -> None:
        """Change the campaign in sight; what was typed and not saved lies on the form again."""
        workspace, id = self._bench.workspace, self.undoable()
        self._ask(lambda: unsaved_campaign(workspace, draft_key(id)) or campaign_to_change(workspace, id), self._lay, "form")

    def export_to(self, path: Path) -> None:
        """Save the table as a workbook."""
        self._bench.settings.last_folder = str(path.parent)
        workspace, id = self._bench.workspace, self.undoable()
        self._bench.background.do(self, lambda _p: export_table(workspace, id, path), self._exported, self._fail)

    def _export(self) -> None:
        if self._shown:
            folder = Path(self._bench.settings.last_folder or Path.home())
            proposed = str(folder / f"{self._shown.campaign.name.replace('/', '_')}.xlsx")
            chosen, _filter = QFileDialog.getSaveFileName(self, _("Save the table"), proposed, "Excel (*.xlsx)")
            if chosen:
                path = Path(chosen)
                self.export_to(path if path.suffix else path.with_suffix(".xlsx"))

    def _exported(self, exported: ExportedTable) -> None:
        self._bench.feedback.say(_("The table is saved: {file}").format(file=exported.path))

    def _do(self, deed: Callable[[Workspace, Id], SavedCampaign], told: Callable[[SavedCampaign], str]) -> None:
        workspace, id = self._bench.workspace, self.undoable()
        if id:
            self._bench.background.do(
                self,
                lambda _p: deed(workspace, id),
                lambda saved: self._done(told(saved)),
                self._fail,
            )

    def _done(self, words: str) -> None:
        self.refresh()
        self._bench.feedback.say(words)

    def gather(self) -> None:
        """Take the visits of its days in; the sentence about it offers to let them go."""
        workspace, id = self._bench.workspace, self.undoable()
        if id:
            self._bench.background.do(self, lambda _p: gather_visits(workspace, id), self._gathered, self._fail)

    def _gathered(self, saved: SavedCampaign) -> None:
        self.refresh()
        if not saved.visits:
            self._bench.feedback.say(_("Every visit of these days belongs to a campaign already."))
            return
        many = len(saved.visits)
        told = ngettext("{count} visit was taken in.", "{count} visits were taken in.", many).format(count=many)
        self._bench.feedback.say(told, deed=_("Undo"), act=lambda: self._let_go(saved))

    def _let_go(self, saved: SavedCampaign) -> None:
        workspace = self._bench.workspace
        self._bench.background.do(
            self,
            lambda _p: let_go(workspace, saved.campaign.id, saved.visits),
            lambda _saved: self.refresh(),
            self._fail,
        )

    def _remove(self) -> None:
        workspace, id = self._bench.workspace, self.undoable()
        if id:
            self._bench.background.do(self, lambda _p: remove_campaign(workspace, id), self._removed, self._fail)

    def _removed(self, removed: RemovedCampaign) -> None:
        self._shown = None
        self._wanted = ""
        self.refresh()
        self._bench.feedback.say(_("Removed."), deed=_("Undo"), act=lambda: self._undo(removed.id))

    def _undo(self, id: Id) -> None:
        self._wanted = id
        undo_change(self._bench, self._page, id, then=lambda _done: self.refresh())

    # --- what is shown

    def _lay(self, sheet: CampaignSheet) -> None:
        self.desk.lay(sheet)
        self._go(self.desk)
        self.desk.form.begin()

    def _take_up(self, sheet: CampaignSheet | None) -> None:
        if sheet:
            self._lay(sheet)
        else:
            self.show_campaign("")

    def _saved(self, saved: SavedCampaign) -> None:
        self.show_campaign(saved.campaign.id)
        self._bench.feedback.say(_("The campaign {name} is saved.").format(name=saved.campaign.name))

    def _show_list(self, rows: Sequence[CampaignRow]) -> None:
        self.table.show(len(rows), rows)
        self._left.setCurrentIndex(0 if rows else 1)
        self._right.setVisible(bool(rows))
        wanted = self._wanted or (self._shown.campaign.id if self._shown else "")
        if rows:
            self.view.select(max(self.table.place_of(lambda row: row.id == wanted), 0))
        self._wanted = ""

    def _choose(self, row: CampaignRow) -> None:
        workspace, id = self._bench.workspace, row.id
        self._ask(lambda: campaign_table(workspace, id), lambda table: self._show_table(table, row), "table")

    def _show_table(self, table: CampaignTable, row: CampaignRow) -> None:
        self._shown = table
        self._right.heading.setText(table.campaign.name)
        self.numbers.show_table(table)
        closed = row.state is CampaignState.CLOSED
        self._close.setVisible(not closed)
        self._reopen.setVisible(closed)
        self._gather.setVisible(not closed)

    def _look_behind(self, row: PartRow, counted: Counted) -> None:
        if self._shown:
            name = f"{self._shown.campaign.name}　{part_word(row)}"
            self.behind.show_behind(self._shown.campaign.id, row.part, counted, name)
            self._go(self.behind)
            self.behind.view.setFocus()

    def _go(self, place: QWidget) -> None:
        self.stack.setCurrentWidget(place)
        self.furnished.emit()

    def _ask(self, question: Callable[[], object], told: Callable[..., None], topic: str) -> None:
        self._bench.background.ask(self, question, told, self._fail, topic=topic)

    def _fail(self, error: AppError) -> None:
        self._bench.feedback.fail(error)

    # --- how it stands

    def _columns(self) -> list[Column[CampaignRow]]:
        return [
            Column(heading=_("Name of the campaign"), text=lambda row: row.campaign.name),
            Column(
                heading=_("Days"),
                text=lambda row: period(row.campaign.starts_on, row.campaign.ends_on),
                width=16,
                spare=2,
                by="days",
                falls=True,
                key=lambda row: str(row.campaign.starts_on or ""),
            ),
            Column(heading=_("State"), text=lambda row: word_of(row.state), width=5, tone=lambda row: _TONES.get(row.state, "")),
            Column(
                heading=_("Visits made"),
                text=lambda row: str(row.visits or ""),
                width=4,
                right=True,
                spare=1,
                by="visits",
                falls=True,
                key=lambda row: row.visits,
            ),
        ]

    def _make_deeds(self) -> None:
        self._new = self._page.action(_("New campaign …"), self.new, "Ctrl+N")
        self._save = self._page.action(_("Save the campaign"), self.desk.save, "Ctrl+Return")
        self._page.addActions([self._new, self._save])
        self._print = button(_("Print the table …"))
        self._as_workbook = button(_("Save as .xlsx …"))
        self._gather = button(_("Take in visits of its days"))
        self._change = button(_("Change …"))
        self._close = button(_("Close the campaign"), "link")
        self._reopen = button(_("Open it again"), "link")
        self._take_off = button(_("Remove"), "link")
        self._back_one = button(_("Undo the last change"), "link")
        self._gather.setToolTip(_("Visits of these days that belong to no campaign belong to this one"))

    def _arrange(self) -> None:
        self._empty = EmptyState(
            _("A campaign counts visits, people and opinions of its days: a month of outreach, a theme, deputies at stations."),
            _("New campaign …"),
            self.new,
        )
        self._left = QStackedWidget()
        self._left.addWidget(self.view)
        self._left.addWidget(self._empty)
        left = Card()
        left.add(self._left, 1)
        self._right = Card(" ")
        self._right.heading.setWordWrap(True)
        self._right.add(scrolled(self.numbers), 1)
        beneath = QWidget()
        deeds = Flow(beneath)
        for each in (self._print, self._as_workbook, self._gather, self._change, self._close, self._reopen):
            deeds.addWidget(each)
        deeds.addWidget(self._back_one)
        deeds.addWidget(self._take_off)
        self._right.add(beneath)
        self._front = Beside(self._bench.theme, left, self._right, narrow=_NARROW, beside=(5, 8), below=(1, 3))
        for part in (self._front, self.desk, self.behind):
            self.stack.addWidget(part)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.stack)

    def _connect(self) -> None:
        self.table.reordered.connect(self.refresh)
        self.view.chosen.connect(self._choose)
        self.view.opened.connect(lambda _row: self.change())
        self.numbers.wanted.connect(self._look_behind)
        self.desk.saved.connect(self._saved)
        self.behind.turned.connect(self.furnished)
        self._print.clicked.connect(lambda: self.printed.emit(Asked(name=PaperName.CAMPAIGN_TABLE, id=self.undoable())))
        self._as_workbook.clicked.connect(self._export)
        self._change.clicked.connect(self.change)
        self._gather.clicked.connect(self.gather)
        self._close.clicked.connect(lambda: self._do(close_campaign, lambda _saved: _("The campaign is closed.")))
        self._reopen.clicked.connect(lambda: self._do(reopen_campaign, lambda _saved: _("The campaign is open again.")))
        self._take_off.clicked.connect(self._remove)
        self._back_one.clicked.connect(lambda: self._undo(self.undoable()))


class CampaignDesk(QWidget):
    """One campaign on its form; what is typed is kept."""

    saved = Signal(object)

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self._bench: Final = bench
        self._sheet: CampaignSheet | None = None
        self._draft: Final = HeldDraft()
        self.form: Final = CampaignForm(bench.theme, bench.workspace.clock.today().date())
        self.state: Final = label("", "small")
        card = Card()
        card.add(scrolled(self.form), 1)
        card.add(self.state)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(card)
        self.form.changed.connect(self._touched)

    def heading(self) -> str:
        """What stands above the form."""
        return _("Change a campaign") if self._sheet and self._sheet.heads else _("New campaign")

    def lay(self, sheet: CampaignSheet) -> None:
        """Lay a campaign on the form."""
        self.leave()
        self.form.show_campaign(sheet.campaign)
        self._sheet = CampaignSheet(campaign=self.form.read(), heads=sheet.heads)
        key = draft_key(sheet.campaign.id)
        keeper = DraftKeeper(self._bench, key, "campaign", lambda: draft_body(self._read(sheet.heads)), self)
        keeper.kept.connect(lambda: self.state.setText(_("The draft is kept.")))
        self._draft.hold(keeper)
        self.state.setText("")

    def save(self) -> None:
        """Save what stands on the form."""
        if self._sheet is None:
            return
        workspace, sheet = self._bench.workspace, self._read(self._sheet.heads)
        self.form.complain(())
        self._bench.background.do(self, lambda _p: save_campaign(workspace, sheet), self._saved, self._fail)

    def keep(self) -> None:
        """Keep what is typed at once."""
        self._draft.keep()

    def leave(self) -> None:
        """Step back from the form; what is typed is kept."""
        self.keep()
        self._draft.let_go()
        self._sheet = None

    def _read(self, heads: tuple[Id, ...]) -> CampaignSheet:
        return CampaignSheet(campaign=self.form.read(), heads=heads)

    def _saved(self, saved: SavedCampaign) -> None:
        self._draft.discard()
        self._draft.let_go()
        self._sheet = None
        self.saved.emit(saved)

    def _touched(self) -> None:
        if self._draft.touch():
            self.state.setText(_("Not saved yet"))

    def _fail(self, error: AppError) -> None:
        if problems := stopped_by(error):
            self.form.complain(problems)
        else:
            self._bench.feedback.fail(error)


class BehindList(Card):
    """The list behind a number, page by page; a row opens its record, that of a deputy the visits the deputy was at."""

    turned = Signal()

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self._bench: Final = bench
        self._asked: tuple[Id, Part, Counted] = ("", Part(), Counted.VISITS)
        self.told = ""
        today = bench.workspace.clock.today().date()
        self.table: Final[PageTable[Behind]] = PageTable(
            (
                Column(heading=_("Day"), text=lambda row: day_told(row.on, today=today), width=6),
                Column(heading=_("Name, title"), text=lambda row: row.title),
                Column(heading=_("Beside it"), text=lambda row: row.beside, width=18, spare=1),
            ),
            self,
        )
        self.view: Final = TableView(self.table, bench.theme)
        self.count: Final = label("", "small")
        self.add(self.count)
        self.add(self.view, 1)
        self._pages = Paging(self.table, self.view, bench.background, self._question, self._show, bench.feedback.fail, "behind")
        self.view.opened.connect(self._open)

    def show_behind(self, campaign: Id, part: Part, counted: Counted, name: str) -> None:
        """Show what a number stands for."""
        self._asked = (campaign, part, counted)
        self.told = f"{name}　{counted_word(counted)}"
        self.view.setAccessibleName(self.told)
        self.turned.emit()
        self._pages.begin()

    def refresh(self) -> None:
        """Ask again for what is in sight."""
        self._pages.refresh()

    def _question(self) -> Question[Behind]:
        return partial(behind, self._bench.workspace, *self._asked)

    def _show(self, found: Listing[Behind], anew: bool) -> None:
        if anew:
            self.view.select(0)
        told = ngettext("{count} record; Enter opens it", "{count} records; Enter opens one", found.total)
        self.count.setText(told.format(count=f"{found.total:,}"))

    def _open(self, row: Behind) -> None:
        if row.kind == Deputy.traits.name:
            self.show_behind(self._asked[0], Part(Division.DEPUTY, row.id), Counted.VISITS, row.title)
        elif place := place_of(row.kind):
            self._bench.go(place, row.id)
