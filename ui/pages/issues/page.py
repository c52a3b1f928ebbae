"""The page of what residents raise: the list with each issue beside it, the form, and taking in a spreadsheet; Esc leads back."""

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, partial
from typing import Final

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.changes import Changes
from app.domain.bulletin import BulletinKind
from app.domain.issue_steps import STEP_DRAFT
from app.domain.papers import PaperName, Span
from app.domain.values import Id
from app.i18n import _, ngettext
from app.queries.bulletins import is_bulletin
from app.queries.issue_list import IssueFilter, issue_span
from app.use_cases.bulletins import DRAFT as BULLETIN_DRAFT
from app.use_cases.drafts import IMPORT_DRAFT
from app.use_cases.issues import Done, UnsavedIssue, take_back, unsaved_issues
from app.use_cases.papers import Asked
from app.use_cases.undo import TakenBack
from ui.ledgers.import_panel import REGISTERED, ImportPanel
from ui.page import Page, Workbench
from ui.pages.issues.bulletins import BulletinsView
from ui.pages.issues.desk import IssueDesk
from ui.pages.issues.detail import Detail
from ui.pages.issues.offers import Offers
from ui.pages.issues.overview import Overview
from ui.places import Place
from ui.theme import SPACE
from ui.undoing import undo_change

STEP: Final = f"{STEP_DRAFT}:"
NOTE, IMPORT, DUE, BULLETINS, REPORT, RESTORE = "note", "import", "due", "bulletins", "report:", "restore:"
"""The deeds that can be begun here; `restore:KEY` goes on with a draft."""

_LEDGERS: Final = (PaperName.ISSUE_LEDGER, PaperName.HANDLING_LEDGER, PaperName.PUBLIC_SHEET)
_OF_EACH: Final = (
    *(PaperName.ISSUE_RECORD, PaperName.RECEPTION_FORM, PaperName.ASSIGNMENT_SLIP, PaperName.FEEDBACK_SLIP),
    *(PaperName.CALL_BACK_RECORD, PaperName.REPLY_LETTER),
)
"""Papers that can be printed of every issue of a list."""


class IssuesPage(Page):
    """Everything residents raised, at a visit or otherwise."""

    concerns = Changes.ISSUES | Changes.VISITS | Changes.SUGGESTIONS | Changes.PEOPLE | Changes.STATION

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self.offers: Final = Offers(bench)
        self._front: Final = QWidget()
        self._column: Final = QVBoxLayout(self._front)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE.middle)
        self._column.addWidget(self.offers)
        self.stack: Final = QStackedWidget()
        self.stack.addWidget(self._front)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE.large)
        layout.addWidget(self.stack)
        self.setFocusProxy(self.stack)
        self._make_actions()
        self.offers.taken.connect(self._take_up)

    # --- made when somebody needs them

    @cached_property
    def overview(self) -> Overview:
        """The list, and the issue under the cursor beside it."""
        overview = Overview(self.bench, self._detail)
        self._column.addWidget(overview, 1)
        overview.show()  # a layout that is in sight already would wait with it
        self._front.setFocusProxy(overview)
        overview.corrected.connect(lambda issue: self.desk.correct(issue))
        overview.drafted.connect(self._draft)
        overview.proposed.connect(self._propose)
        overview.reported.connect(self._report)
        overview.noted.connect(lambda: self.begin(NOTE))
        overview.detail.undo_wanted.connect(lambda: undo_change(self.bench, self, self.undoable(), then=self.undone))
        return overview

    @cached_property
    def _detail(self) -> Detail:
        """The issue under the cursor, two thirds of the work of making the list: it is made before, in a turn of its own."""
        return Detail(self.bench)

    @cached_property
    def _desk_cards(self) -> IssueDesk:
        """The desk before it is laid out: half a desk is as much as a window makes at once without being felt."""
        return IssueDesk(self.bench)

    @cached_property
    def desk(self) -> IssueDesk:
        """Where an issue is noted or corrected."""
        desk = self._desk_cards
        desk.arrange()
        self.stack.addWidget(desk)
        desk.laid.connect(lambda: self._go(desk))
        desk.saved.connect(self._saved)
        return desk

    @cached_property
    def imports(self) -> ImportPanel:
        """Where a spreadsheet is taken in."""
        imports = ImportPanel(self.bench, "issues")
        self.stack.addWidget(imports)
        imports.changed.connect(self._furnish)
        imports.wanted.connect(self._show_taken)
        return imports

    @cached_property
    def bulletins(self) -> BulletinsView:
        """Bulletins and special reports."""
        view = BulletinsView(self.bench, self)
        self.stack.addWidget(view)
        view.furnished.connect(self._furnish)
        return view

    def prepare(self) -> Iterator[QWidget]:
        yield self._detail
        yield self.overview
        yield self._desk_cards
        yield self.desk
        yield self.imports
        yield self.bulletins

    # --- what the window asks

    def heading(self) -> str:
        match self.stack.currentWidget():
            case IssueDesk() as desk:
                return _("Note an issue") if desk.new else _("Correct an issue")
            case ImportPanel():
                return _("Take in a spreadsheet")
            case BulletinsView() as view:
                return view.heading()
            case _front:
                return _("Issues")

    def actions_offered(self) -> Sequence[QAction]:
        match self.stack.currentWidget():
            case IssueDesk():
                return (self._back, self._save)
            case ImportPanel():
                return (self._back, self._take_in)
            case BulletinsView() as view:
                return (self._back, *view.actions_offered())
            case _front:
                return (self._import, self._bulletins, self._print, self._note)

    def refresh(self) -> None:
        self.overview.refresh()
        self.offers.refresh()
        if isinstance(shown := self.stack.currentWidget(), ImportPanel | BulletinsView):
            shown.refresh()

    def open_record(self, id: Id) -> None:
        workspace = self.bench.workspace
        self.bench.background.ask(
            self, lambda: is_bulletin(workspace, id), partial(self._open, id), self.bench.feedback.fail, topic="kind"
        )

    def _open(self, id: Id, bulletin: bool) -> None:
        if bulletin:
            self._show_bulletins(id)
        else:
            self._go(self._front)
            self.overview.show_issue(id)

    def begin(self, deed: str) -> None:
        """`note` and `import` begin; `due` shows what falls due; `restore:KEY` goes on with what was kept.

        `bulletins` shows bulletins and special reports, `report:ID,ID` begins a report on issues.
        """
        if deed == NOTE:
            self.desk.note()
        elif deed == IMPORT:
            self._go(self.imports)
            self.imports.begin()
        elif deed == DUE:
            self._go(self._front)
            self.overview.show_only(IssueFilter(due_soon=True))
        elif deed == BULLETINS:
            self._show_bulletins()
        elif deed.startswith(REPORT):
            self._report([each for each in deed.removeprefix(REPORT).split(",") if each])
        elif deed.startswith(RESTORE):
            self._restore(deed.removeprefix(RESTORE))

    def undoable(self) -> Id:
        if isinstance(shown := self.stack.currentWidget(), BulletinsView):
            return shown.undoable()
        return self.overview.detail.id if self.stack.currentWidget() is self._front else ""

    def undone(self, done: TakenBack) -> None:
        if isinstance(shown := self.stack.currentWidget(), BulletinsView):
            shown.undone(done)
        elif done.event == "restored" and done.kind == "issue":
            self.overview.show_issue(done.id)

    def go_back(self) -> bool:
        match self.stack.currentWidget():
            case IssueDesk() as desk:
                desk.leave()
                self._go(self._front)
                self.offers.refresh()
                return True
            case (ImportPanel() | BulletinsView()) as part:
                if not part.step_back():
                    self._go(self._front)
                    self.offers.refresh()
                return True
            case _front:
                return self.overview.detail.steps.step_back()

    def keep(self) -> None:
        if isinstance(shown := self.stack.currentWidget(), IssueDesk):
            shown.keep()
        for made in ("imports", "bulletins"):
            if made in self.__dict__:
                self.__dict__[made].keep()
        self.overview.detail.steps.keep()
        self.overview.detail.hotline.keep()

    # --- deeds

    def _restore(self, key: str) -> None:
        if key.startswith(STEP):
            self.open_record(key.removeprefix(STEP).partition(":")[0])  # its form opens with what was kept
            return
        if key.startswith(f"{IMPORT_DRAFT}:"):
            self._go(self.imports)
            self.imports.restore(key)
            return
        if key.startswith(f"{BULLETIN_DRAFT}:"):
            self._show_bulletins(key)
            return
        workspace = self.bench.workspace
        self.bench.background.ask(
            self,
            lambda: next((each for each in unsaved_issues(workspace) if each.key == key), None),
            self._take_up,
            self.bench.feedback.fail,
            topic="restore",
        )

    def _take_up(self, kept: UnsavedIssue | None) -> None:
        """Go on with a draft; one that is gone is begun anew where its issue stands."""
        if kept and kept.sheet:
            self.desk.restore(kept.sheet)

    def _saved(self, done: Done) -> None:
        self._go(self._front)
        self.overview.show_issue(done.id)
        self.offers.refresh()
        self.bench.feedback.say(_("Saved."), deed=_("Undo"), act=lambda: self._take_back(done))

    def _take_back(self, done: Done) -> None:
        workspace, feedback = self.bench.workspace, self.bench.feedback
        if done.id in done.made:
            self.overview.detail.forget()
        self.bench.background.do(
            self,
            lambda _progress: take_back(workspace, done),
            lambda _changes: feedback.say(_("Taken back.")),
            feedback.fail,
        )

    def _show_taken(self, kind: str) -> None:
        """Show what a ledger made."""
        if kind in {"visits", "scans"}:
            self.bench.go(Place.VISITS)
        elif kind in REGISTERED:
            self.bench.go(Place.ROSTER, deed=REGISTERED[kind])
        else:
            self._go(self._front)

    def _show_bulletins(self, what: Id = "") -> None:
        self._go(self.bulletins)
        self.bulletins.show_bulletin(what)

    def _report(self, issues: Sequence[Id]) -> None:
        """Begin a special report on these."""
        self.overview.table.untick()
        self._go(self.bulletins)
        self.bulletins.new(BulletinKind.OPINION_REPORT, issues)

    def _draft(self, issues: Sequence[Id]) -> None:
        self.overview.table.untick()
        self.bench.go(Place.SUGGESTIONS, deed=f"draft:{','.join(issues)}")

    def _propose(self, issues: Sequence[Id]) -> None:
        self.overview.table.untick()
        self.bench.go(Place.ROSTER, deed=f"project:{','.join(issues)}")

    def _print_shown(self, name: PaperName) -> None:
        workspace, narrowed = self.bench.workspace, self.overview.narrowed
        self.bench.background.ask(
            self,
            lambda: issue_span(workspace, narrowed),
            lambda days: self._show_paper(name, Span(first=days[0], last=days[1]) if narrowed.narrows else Span()),
            self.bench.feedback.fail,
            topic="span",
        )

    def _show_paper(self, name: PaperName, span: Span) -> None:
        from ui.dialogs.paper_dialog import PaperDialog  # printing is loaded when it is wanted

        PaperDialog(self.bench, Asked(name=name, span=span), self).open()

    def _ask_what(self) -> None:
        """A ledger of the days shown, or a paper of every issue ticked, or listed."""
        from ui.dialogs.batch_dialog import BatchDialog  # printing is loaded when it is wanted

        dialog = BatchDialog(self.bench, _LEDGERS, _OF_EACH, self.overview.listed(), self)
        dialog.chosen.connect(self._show_asked)
        dialog.open()

    def _show_asked(self, asked: Asked) -> None:
        if not asked.ids:
            self._print_shown(asked.name)
            return
        from ui.dialogs.paper_dialog import PaperDialog

        PaperDialog(self.bench, asked, self).open()

    # --- how it stands

    def _go(self, place: QWidget) -> None:
        self.stack.setCurrentWidget(place)
        self._furnish()
        if place is self._front:
            self.overview.view.setFocus()
        elif isinstance(place, BulletinsView):
            place.begin()

    def _furnish(self) -> None:
        """Let each action be there only where it can be done."""
        offered = self.actions_offered()
        for action in self.actions():
            action.setEnabled(action in offered)
        many = shown.ready if isinstance(shown := self.stack.currentWidget(), ImportPanel) else 0
        self._take_in.setEnabled(many > 0)
        words = ngettext("Take in {count} row", "Take in {count} rows", many).format(count=many)
        self._take_in.setText(words if many else _("Take in"))
        self.furniture_changed.emit()

    def _make_actions(self) -> None:
        self._note = self._made(_("Note an issue"), lambda: self.begin(NOTE), "Ctrl+N")
        self._import = self._made(_("Take in a spreadsheet"), lambda: self.begin(IMPORT))
        self._print = self._made(_("Print …"), self._ask_what, "Ctrl+P")
        self._bulletins = self._made(_("Bulletins and reports"), lambda: self.begin(BULLETINS))
        self._back = self._made(_("Back"), self._step_back)
        self._back.setPriority(QAction.Priority.LowPriority)
        self._save = self._made(_("Save"), lambda: self.desk.save(), "Ctrl+Return")
        self._save.setShortcuts([QKeySequence("Ctrl+Return"), QKeySequence("Ctrl+S")])
        self._take_in = self._made(_("Take in"), lambda: self.imports.take_in(), "Ctrl+Return")
        self._furnish()

    def _made(self, words: str, act: Callable[[], None], keys: str = "") -> QAction:
        made = self.action(words, act, keys)
        self.addAction(made)  # else its keys would do nothing
        return made

    def _step_back(self) -> None:
        self.go_back()
