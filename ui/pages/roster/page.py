"""The page of the register: its sections with their lists, forms, spreadsheets, a change of term; Esc leads back."""

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, partial
from typing import Final

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QPushButton, QStackedWidget, QVBoxLayout, QWidget

from app.changes import Changes
from app.domain.life import ProjectEvent
from app.domain.papers import PaperName
from app.domain.people import Deputy
from app.domain.values import Id
from app.i18n import _, ngettext
from app.messages import kind_told
from app.queries.record import record_of
from app.queries.roster_card import roster_place
from app.queries.roster_list import RosterChoices, RosterSection, roster_choices
from app.use_cases.change_of_term import TERM_DRAFT, TermChanged
from app.use_cases.mandate_drafts import deputy_of
from app.use_cases.papers import Asked
from app.use_cases.projects import STEP, ProjectStepped, project_from
from app.use_cases.roster import RosterSaved, UnsavedEntry, remove_entry, unsaved_entries
from app.use_cases.trash import restore
from app.use_cases.undo import TakenBack
from ui.dialogs.end_mandate_dialog import EndMandateDialog
from ui.ledgers.import_panel import REGISTERED, ImportPanel
from ui.page import Page, Workbench
from ui.pages.roster.desk import RosterDesk
from ui.pages.roster.offers import Offers
from ui.pages.roster.register_list import RegisterList
from ui.pages.roster.step_desk import ProjectStepDesk, step_heading
from ui.pages.roster.term_panel import TermPanel
from ui.pages.roster.words import ENTER, SECTION_NAMES
from ui.places import Place
from ui.theme import SPACE
from ui.undoing import undo_change
from ui.widgets.flow import Flow
from ui.widgets.roles import button

S: Final = RosterSection
_IMPORTED: Final = {S.DEPUTIES: "people", S.UNITS: "units"}


class RosterPage(Page):
    """Everybody and everything the station has in its register."""

    concerns = Changes.PEOPLE | Changes.STATION | Changes.VISITS | Changes.ISSUES | Changes.SUGGESTIONS

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self.section = S.DEPUTIES
        self._choices: RosterChoices | None = None
        self.offers: Final = Offers(bench)
        self.lists: Final[dict[RosterSection, RegisterList]] = {}
        self.tabs: Final[dict[RosterSection, QPushButton]] = {}
        self._front: Final = QWidget()
        self._shown: Final = QStackedWidget()
        self.stack: Final = QStackedWidget()
        self._arrange()
        self._make_actions()
        self.offers.taken.connect(self._take_up)

    # --- made when somebody needs them

    def list_of(self, section: RosterSection) -> RegisterList:
        """The list of a section."""
        if section not in self.lists:
            made = self.lists[section] = RegisterList(self.bench, section)
            self._shown.addWidget(made)
            made.entering.connect(partial(self._enter, section))
            if self._choices:
                made.offer(self._choices)
            detail = made.detail
            detail.change_wanted.connect(lambda record: self.desk.change(record))
            detail.end_wanted.connect(self._end)
            detail.remove_wanted.connect(self._remove)
            detail.undo_wanted.connect(lambda: undo_change(self.bench, self, self.undoable(), then=self.undone))
            detail.step_wanted.connect(lambda record, event: self.steps.begin(record, event))
            detail.term_wanted.connect(self._change_term)
        return self.lists[section]

    @cached_property
    def desk(self) -> RosterDesk:
        """Where a record is entered or changed."""
        desk = RosterDesk(self.bench)
        self.stack.addWidget(desk)
        desk.laid.connect(lambda: self._go(desk))
        desk.saved.connect(self._saved)
        return desk

    @cached_property
    def steps(self) -> ProjectStepDesk:
        """Where a project is taken a step further."""
        desk = ProjectStepDesk(self.bench)
        self.stack.addWidget(desk)
        desk.laid.connect(lambda: self._go(desk))
        desk.saved.connect(self._stepped)
        return desk

    @cached_property
    def imports(self) -> dict[str, ImportPanel]:
        """Where spreadsheets are taken in, by their kind."""
        return {}

    @cached_property
    def term(self) -> TermPanel:
        """Where a term is changed."""
        panel = TermPanel(self.bench)
        self.stack.addWidget(panel)
        panel.changed.connect(self._furnish)
        panel.done.connect(self._term_changed)
        return panel

    def prepare(self) -> Iterator[QWidget]:
        yield self.list_of(self.section)
        yield self.desk

    # --- what the window asks

    def heading(self) -> str:
        match self.stack.currentWidget():
            case RosterDesk() as desk:
                kind = kind_told(desk.kind) if desk.kind else ""
                return (_("Enter: {kind}") if desk.new else _("Change: {kind}")).format(kind=kind)
            case ProjectStepDesk() as steps:
                return step_heading(steps.event_asked)
            case ImportPanel():
                return _("Take in a spreadsheet")
            case TermPanel():
                return _("Change of term")
            case _front:
                return _("Roster")

    def actions_offered(self) -> Sequence[QAction]:
        match self.stack.currentWidget():
            case RosterDesk() | ProjectStepDesk():
                return (self._back, self._save)
            case ImportPanel():
                return (self._back, self._take_in)
            case TermPanel():
                return (self._back, self._do_change)
            case _front:
                return self._of_section[self.section]

    def refresh(self) -> None:
        workspace = self.bench.workspace
        self.bench.background.ask(
            self, lambda: roster_choices(workspace), self._show_choices, self.bench.feedback.fail, topic="choices"
        )
        self.list_of(self.section).refresh()
        self.offers.refresh()
        match self.stack.currentWidget():
            case ImportPanel() | TermPanel() as panel:
                panel.refresh()
            case _:
                pass

    def open_record(self, id: Id) -> None:
        """Show a record in its section."""
        workspace = self.bench.workspace
        self.bench.background.ask(self, lambda: roster_place(workspace, id), self._open, self.bench.feedback.fail, topic="kind")

    def begin(self, deed: str) -> None:
        """A section by its kind; `import:people` and `import:units`; `term`; `project:ID,ID` on issues; `restore:KEY` a draft."""
        name, _colon, what = deed.partition(":")
        if deed in set(S):
            self._show_section(S(deed))
            self._go(self._front)
        elif name == "import":
            self._begin_import(what)
        elif name == "term":
            self._change_term(what)
        elif name == "project":
            ids = tuple(each for each in what.split(",") if each)
            self._show_section(S.PROJECTS)
            self.desk.ask(lambda workspace: project_from(workspace, ids))
        elif name == "restore":
            self._restore(what)

    def undoable(self) -> Id:
        return self.list_of(self.section).detail.id if self.stack.currentWidget() is self._front else ""

    def undone(self, done: TakenBack) -> None:
        if done.event != "removed" and done.kind == str(self.section):
            self.list_of(self.section).show_record(done.id)

    def go_back(self) -> bool:
        match self.stack.currentWidget():
            case RosterDesk() | ProjectStepDesk() as desk:
                desk.leave()
                self._go(self._front)
                self.offers.refresh()
                return True
            case ImportPanel() | TermPanel() as panel:
                if not panel.step_back():
                    self._go(self._front)
                return True
            case _front:
                return False

    def keep(self) -> None:
        if isinstance(shown := self.stack.currentWidget(), RosterDesk | ProjectStepDesk | TermPanel | ImportPanel):
            shown.keep()

    # --- sections

    def _show_section(self, section: RosterSection, _checked: bool = False) -> None:
        self.section = section
        for each, tab in self.tabs.items():
            tab.setChecked(each is section)
        shown = self.list_of(section)
        self._shown.setCurrentWidget(shown)
        self._front.setFocusProxy(shown)
        shown.refresh()
        self._furnish()

    def _show_choices(self, choices: RosterChoices) -> None:
        self._choices = choices
        for section, tab in self.tabs.items():
            tab.setText(f"{_(SECTION_NAMES[section])} {choices.counts.get(section, 0):,}")
        for each in self.lists.values():
            each.offer(choices)

    def _open(self, found: tuple[str, Id]) -> None:
        kind, id = found
        if kind:
            self._show_section(S(kind))
            self._go(self._front)
            self.list_of(self.section).show_record(id)

    # --- deeds

    def _enter(self, section: RosterSection) -> None:
        if section is S.PROJECTS:
            self.desk.ask(project_from)
        else:
            self.desk.enter(str(section))

    def _restore(self, key: str) -> None:
        if key == TERM_DRAFT:
            self._change_term()  # it opens with what was kept
            return
        if key.startswith(f"{STEP}:"):
            _step, id, event = key.split(":")
            self._show_section(S.PROJECTS)
            self.list_of(S.PROJECTS).show_record(id)
            self.steps.begin(id, ProjectEvent(event))
            return
        workspace = self.bench.workspace
        if leaving := deputy_of(key):
            self._show_section(S.DEPUTIES)
            self.list_of(S.DEPUTIES).show_record(leaving)
            read = partial(record_of, workspace, Deputy, leaving)
            self.bench.background.ask(self, read, self._end, self.bench.feedback.fail, topic="restore")
            return
        self.bench.background.ask(
            self,
            lambda: next((each for each in unsaved_entries(workspace) if each.key == key), None),
            self._take_up,
            self.bench.feedback.fail,
            topic="restore",
        )

    def _take_up(self, kept: UnsavedEntry | None) -> None:
        if kept:
            section = S(kept.sheet.kind) if kept.sheet.kind in set(S) else S.CONGRESSES
            self._show_section(section)
            self.desk.restore(kept.sheet)

    def _saved(self, saved: RosterSaved) -> None:
        self._go(self._front)
        if saved.kind in set(S):
            self._show_section(S(saved.kind))
            self.list_of(self.section).show_record(saved.id)
        self.offers.refresh()
        self.bench.feedback.say(
            _("Saved."), deed=_("Undo"), act=partial(undo_change, self.bench, self, saved.id, then=self.undone)
        )

    def _stepped(self, done: ProjectStepped) -> None:
        self._go(self._front)
        self.list_of(S.PROJECTS).show_record(done.id)
        self.bench.feedback.say(
            _("Saved."), deed=_("Undo"), act=partial(undo_change, self.bench, self, done.id, then=self.undone)
        )

    def _end(self, deputy: Deputy) -> None:
        dialog = EndMandateDialog(self.bench, deputy, self)
        dialog.saved.connect(self._ended)
        dialog.open()

    def _ended(self, saved: RosterSaved) -> None:
        shown = self.list_of(S.DEPUTIES)
        shown.show_record(saved.id)
        back = partial(undo_change, self.bench, self, saved.id, then=self.undone)
        self.bench.feedback.say(
            _("The mandate has ended; the deputy stays in the list of those who left."), deed=_("Undo"), act=back
        )

    def _remove(self, id: Id) -> None:
        workspace = self.bench.workspace
        self.bench.background.do(self, lambda _progress: remove_entry(workspace, id), self._removed, self.bench.feedback.fail)

    def _removed(self, removed: RosterSaved) -> None:
        workspace, shown = self.bench.workspace, self.list_of(self.section)
        shown.detail.forget()
        shown.refresh()

        def bring_back() -> None:
            self.bench.background.do(
                self,
                lambda _progress: restore(workspace, removed.id),
                lambda _done: shown.show_record(removed.id),
                self.bench.feedback.fail,
            )

        self.bench.feedback.say(_("Removed."), deed=_("Undo"), act=bring_back)

    def _begin_import(self, kind: str) -> None:
        if kind not in self.imports:
            panel = self.imports[kind] = ImportPanel(self.bench, kind)
            self.stack.addWidget(panel)
            panel.changed.connect(self._furnish)
            panel.wanted.connect(self._show_taken)
        self._go(self.imports[kind])
        self.imports[kind].begin()

    def _show_taken(self, kind: str) -> None:
        """Show what a ledger made."""
        if kind in REGISTERED:
            self._show_section(S(REGISTERED[kind]))
            self._go(self._front)
        else:
            self.bench.go(Place.ISSUES if kind == "issues" else Place.VISITS)

    def _change_term(self, congress: Id = "") -> None:
        self._go(self.term)
        self.term.begin(congress)

    def _term_changed(self, done: TermChanged) -> None:
        self._show_section(S.DEPUTIES)
        self._go(self._front)
        words = _("The term has changed: {goes_on} go on, {joins} are new, {leaves} left and stand among the former deputies.")
        back = partial(undo_change, self.bench, self, done.id)
        told = words.format(goes_on=done.goes_on, joins=done.joins, leaves=done.leaves)
        self.bench.feedback.say(told, deed=_("Undo all of it"), act=back)

    def _print(self, name: PaperName) -> None:
        from ui.dialogs.paper_dialog import PaperDialog  # printing is loaded when it is wanted

        PaperDialog(self.bench, Asked(name=name), self).open()

    # --- how it stands

    def _go(self, place: QWidget) -> None:
        self.stack.setCurrentWidget(place)
        self._furnish()
        if place is self._front:
            self.list_of(self.section).view.setFocus()

    def _furnish(self) -> None:
        """Let each action be there only where it can be done."""
        offered = self.actions_offered()
        for action in self.actions():
            action.setEnabled(action in offered)
        shown = self.stack.currentWidget()
        many = shown.ready if isinstance(shown, ImportPanel) else 0
        self._take_in.setEnabled(many > 0)
        words = ngettext("Take in {count} row", "Take in {count} rows", many).format(count=many)
        self._take_in.setText(words if many else _("Take in"))
        self._do_change.setEnabled(isinstance(shown, TermPanel) and shown.ready)
        self.furniture_changed.emit()

    def _make_actions(self) -> None:
        enter = {each: self._made(_(ENTER[each]), partial(self._enter, each), "Ctrl+N") for each in S}
        imports = {
            each: self._made(_("Take in a spreadsheet"), partial(self._begin_import, kind)) for each, kind in _IMPORTED.items()
        }
        change = self._made(_("Change of term …"), self._change_term)
        ballot = self._made(_("Print the candidates"), partial(self._print, PaperName.PROJECT_BALLOT))
        progress = self._made(_("Print the progress"), partial(self._print, PaperName.PROJECT_PROGRESS), "Ctrl+P")
        self._back = self._made(_("Back"), self._step_back)
        self._back.setPriority(QAction.Priority.LowPriority)
        self._save = self._made(_("Save"), self._save_shown, "Ctrl+Return")
        self._save.setShortcuts([QKeySequence("Ctrl+Return"), QKeySequence("Ctrl+S")])
        self._take_in = self._made(_("Take in"), self._take_in_shown, "Ctrl+Return")
        self._do_change = self._made(_("Change the term"), lambda: self.term.do(), "Ctrl+Return")
        self._of_section: dict[RosterSection, Sequence[QAction]] = {
            S.DEPUTIES: (change, imports[S.DEPUTIES], enter[S.DEPUTIES]),
            S.FORMER: (enter[S.FORMER],),
            S.UNITS: (imports[S.UNITS], enter[S.UNITS]),
            S.CONGRESSES: (change, enter[S.CONGRESSES]),
            S.PROJECTS: (ballot, progress, enter[S.PROJECTS]),
        }
        self._furnish()

    def _made(self, words: str, act: Callable[[], None], keys: str = "") -> QAction:
        made = self.action(words, act, keys)
        self.addAction(made)  # else its keys would do nothing
        return made

    def _save_shown(self) -> None:
        if isinstance(shown := self.stack.currentWidget(), RosterDesk | ProjectStepDesk):
            shown.save()

    def _take_in_shown(self) -> None:
        if isinstance(shown := self.stack.currentWidget(), ImportPanel):
            shown.take_in()

    def _step_back(self) -> None:
        self.go_back()

    def _arrange(self) -> None:
        tabs = QWidget()
        flow = Flow(tabs)
        for section in S:
            made = self.tabs[section] = button(_(SECTION_NAMES[section]), "filter")
            made.setCheckable(True)
            made.setChecked(section is self.section)
            made.clicked.connect(partial(self._show_section, section))
            flow.addWidget(made)
        column = QVBoxLayout(self._front)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.middle)
        column.addWidget(self.offers)
        column.addWidget(tabs)
        column.addWidget(self._shown, 1)
        self.stack.addWidget(self._front)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE.large)
        layout.addWidget(self.stack)
        self.setFocusProxy(self.stack)
