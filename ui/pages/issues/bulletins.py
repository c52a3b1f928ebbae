"""Bulletins and special reports: the list with the chosen one's page beside it, and its desk; Esc leads back."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.domain.bulletin import BulletinKind, BulletinSheet
from app.domain.problems import Problem
from app.domain.values import Id
from app.errors import AppError
from app.i18n import _, ngettext
from app.messages import explain, problem_told
from app.queries.bulletins import PAPER_OF, BulletinRow, bulletin_list, bulletin_sheet
from app.use_cases.bulletins import (
    DRAFT,
    SavedBulletin,
    bulletin_to_change,
    new_bulletin,
    previewed_bulletin,
    remove_bulletin,
    unsaved_bulletin,
    write_bulletin_word,
)
from app.use_cases.papers import Asked
from app.use_cases.undo import TakenBack
from ui.feedback import Tone
from ui.models.page_table import Column, PageTable
from ui.page import Page, Workbench
from ui.pages.issues.bulletin_desk import BulletinDesk
from ui.pages.suggestions.preview import Preview
from ui.pages.suggestions.word import ask_word_file
from ui.undoing import undo_change
from ui.widgets.beside import Beside
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.flow import Flow
from ui.widgets.roles import button
from ui.widgets.table_view import TableView
from ui.wording import day_told

_NARROW: Final = 760  # pixels below which the page stands under the list


class BulletinsView(QWidget):
    """`furnished` tells that heading and actions are others."""

    furnished = Signal()

    def __init__(self, bench: Workbench, page: Page) -> None:
        super().__init__()
        self._bench: Final = bench
        self._page: Final = page
        self._wanted: Id = ""
        self._shown: BulletinRow | None = None
        self.table: Final[PageTable[BulletinRow]] = PageTable(self._columns(), self)
        self.view: Final = TableView(self.table, bench.theme)
        self.view.setAccessibleName(_("Bulletins and special reports"))
        self.view.remember_order(bench.settings, "bulletins")
        self.preview: Final = Preview()
        self.desk: Final = BulletinDesk(bench)
        self.stack: Final = QStackedWidget()
        self._make_deeds()
        self._arrange()
        self._connect()

    # --- what the page asks

    def heading(self) -> str:
        """What stands above."""
        on_desk = self.stack.currentWidget() is self.desk
        return self.desk.heading() if on_desk else _("Bulletins and special reports")

    def actions_offered(self) -> Sequence[QAction]:
        """What can be done here."""
        return (self._save,) if self.stack.currentWidget() is self.desk else (self._new_report, self._new)

    def refresh(self) -> None:
        """Ask for the list again; the one under the cursor stays there."""
        workspace = self._bench.workspace
        self._ask(lambda: bulletin_list(workspace), self._show_list, "bulletins")

    def show_bulletin(self, what: Id = "") -> None:
        """Show the list with a bulletin, or go on with a draft of one where `what` is its key."""
        if what.startswith(f"{DRAFT}:"):
            workspace = self._bench.workspace
            self._ask(lambda: unsaved_bulletin(workspace, what), self._take_up, "form")
            return
        self._wanted = what or self._wanted
        self._go(self._front)
        self.refresh()

    def begin(self) -> None:
        """Put the keyboard where one goes on."""
        (self.view if self.table.rows else self._empty.deed).setFocus()

    def undoable(self) -> Id:
        """The bulletin in sight; none while one is being written."""
        return self._shown.id if self._shown and self.stack.currentWidget() is self._front else ""

    def undone(self, done: TakenBack) -> None:
        """A change of the bulletin in sight was taken back."""
        self._wanted = done.id
        self.refresh()

    def step_back(self) -> bool:
        """Back to the list; False where it is in sight."""
        if self.stack.currentWidget() is self._front:
            return False
        self.desk.leave()
        self._go(self._front)
        self.refresh()
        return True

    def keep(self) -> None:
        """Keep what is typed at once."""
        self.desk.keep()

    # --- deeds

    def new(self, kind: str = BulletinKind.BULLETIN, issues: Sequence[Id] = ()) -> None:
        """Begin one of a kind, a special report on the ground of issues where they are named."""
        workspace = self._bench.workspace
        self._ask(lambda: new_bulletin(workspace, kind, issues), self.desk.lay, "form")

    def change(self) -> None:
        """Change the one in sight; what was typed and not saved lies on the desk again."""
        workspace, id = self._bench.workspace, self.undoable()
        if id:
            self._ask(lambda: bulletin_to_change(workspace, id), self.desk.lay, "form")

    def _take_up(self, sheet: BulletinSheet | None) -> None:
        if sheet:
            self.desk.lay(sheet)
        else:
            self.show_bulletin()

    def _saved(self, saved: SavedBulletin) -> None:
        self.show_bulletin(saved.id)
        back = partial(undo_change, self._bench, self._page, saved.id, then=self.undone)
        if saved.taken:
            told = problem_told(Problem(code="serial_taken", facts={"title": saved.title}))
            self._bench.feedback.say("\n".join((_("Saved."), told)), Tone.WARNING, deed=_("Undo"), act=back)
        else:
            self._bench.feedback.say(_("Saved."), deed=_("Undo"), act=back)

    def _remove(self) -> None:
        workspace, id = self._bench.workspace, self.undoable()
        if id:
            self._bench.background.do(self, lambda _p: remove_bulletin(workspace, id), self._removed, self._fail)

    def _removed(self, removed: SavedBulletin) -> None:
        self._shown = None
        self.refresh()
        back = partial(undo_change, self._bench, self._page, removed.id, then=self.undone)
        self._bench.feedback.say(_("Removed."), deed=_("Undo"), act=back)

    def _undo(self) -> None:
        if id := self.undoable():
            undo_change(self._bench, self._page, id, then=self.undone)

    def _show_paper(self) -> None:
        from ui.dialogs.paper_dialog import PaperDialog  # printing is loaded when it is wanted

        if self._shown:
            name = PAPER_OF.get(self._shown.bulletin.bulletin_kind, PAPER_OF[BulletinKind.BULLETIN])
            PaperDialog(self._bench, Asked(name=name, id=self._shown.id), self).open()

    def _save_word(self) -> None:
        if self._shown:
            ask_word_file(self._bench, self, self._shown.id, self._shown.bulletin.title(), write_bulletin_word)

    # --- what is shown

    def _show_list(self, rows: Sequence[BulletinRow]) -> None:
        self.table.show(len(rows), rows)
        self._left.setCurrentIndex(0 if rows else 1)
        self._right.setVisible(bool(rows))
        wanted = self._wanted or (self._shown.id if self._shown else "")
        self._shown = None
        if rows:
            self.view.select(max(self.table.place_of(lambda row: row.id == wanted), 0))
        self._wanted = ""

    def _choose(self, row: BulletinRow) -> None:
        self._shown = row
        self._right.heading.setText(row.bulletin.title())
        workspace, press = self._bench.workspace, self._bench.press
        self._bench.background.ask(
            self,
            lambda: previewed_bulletin(workspace, bulletin_sheet(workspace, row.id), press),
            self.preview.show_paper,
            lambda error: self.preview.tell(explain(error)),
            topic="paper",
        )

    def _go(self, place: QWidget) -> None:
        self.stack.setCurrentWidget(place)
        self.furnished.emit()

    def _ask(self, question: Callable[[], object], told: Callable[..., None], topic: str) -> None:
        self._bench.background.ask(self, question, told, self._fail, topic=topic)

    def _fail(self, error: AppError) -> None:
        self._bench.feedback.fail(error)

    # --- how it stands

    def _columns(self) -> list[Column[BulletinRow]]:
        today = self._bench.workspace.clock.today().date()
        return [
            Column(heading=_("Name, title"), text=lambda row: row.bulletin.title(), width=10),
            Column(
                heading=_("Day"),
                text=lambda row: day_told(row.bulletin.published_on, today=today) if row.bulletin.published_on else "",
                width=6,
                spare=1,
                by="day",
                falls=True,
                key=lambda row: str(row.bulletin.published_on or ""),
            ),
            Column(heading=_("Articles"), text=lambda row: _headings(row)),
        ]

    def _make_deeds(self) -> None:
        self._new = self._page.action(_("New bulletin"), self.new, "Ctrl+N")
        self._new_report = self._page.action(_("New special report"), lambda: self.new(BulletinKind.OPINION_REPORT))
        self._save = self._page.action(_("Save"), self.desk.save, "Ctrl+Return")
        self._save.setShortcuts([QKeySequence("Ctrl+Return"), QKeySequence("Ctrl+S")])
        self._page.addActions([self._new_report, self._new, self._save])
        self._print = button(_("Print …"))
        self._change = button(_("Change …"))
        self._word = button(_("Word file …"))
        self._back_one = button(_("Undo the last change"), "link")
        self._take_off = button(_("Remove"), "link")

    def _arrange(self) -> None:
        self._empty = EmptyState(
            _(
                "Bulletins tell what the station does; a special report tells of opinions that were raised."
                " Tick issues in the list to begin a report with their words, or write a bulletin."
            ),
            _("New bulletin"),
            self.new,
        )
        self._left = QStackedWidget()
        self._left.addWidget(self.view)
        self._left.addWidget(self._empty)
        left = Card()
        left.add(self._left, 1)
        self._right = Card(" ")
        self._right.heading.setWordWrap(True)
        self._right.add(self.preview, 1)
        beneath = QWidget()
        deeds = Flow(beneath)
        for each in (self._print, self._word, self._change, self._back_one, self._take_off):
            deeds.addWidget(each)
        self._right.add(beneath)
        self._front = Beside(self._bench.theme, left, self._right, narrow=_NARROW, beside=(1, 1), below=(1, 2))
        for part in (self._front, self.desk):
            self.stack.addWidget(part)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.stack)

    def _connect(self) -> None:
        self.table.reordered.connect(self.refresh)
        self.view.chosen.connect(self._choose)
        self.view.opened.connect(lambda _row: self.change())
        self.desk.laid.connect(lambda: self._go(self.desk))
        self.desk.saved.connect(self._saved)
        self._print.clicked.connect(self._show_paper)
        self._change.clicked.connect(self.change)
        self._word.clicked.connect(self._save_word)
        self._back_one.clicked.connect(self._undo)
        self._take_off.clicked.connect(self._remove)


def _headings(row: BulletinRow) -> str:
    """The first heading, and how many follow."""
    named = [each for each in row.headings if each]
    if len(named) < 2:
        return "".join(named)
    more = len(named) - 1
    return ngettext("{first} and {count} more", "{first} and {count} more", more).format(first=named[0], count=more)
