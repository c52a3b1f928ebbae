"""The page of receptions and outreach: the list, and from there the desk, the review, the outreach sheet; Esc leads back."""

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import Final, TypeVar

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.changes import Changes
from app.domain.papers import PaperName, Span
from app.domain.values import Id
from app.domain.visit import VisitKind
from app.domain.visit_sheet import VisitSheet
from app.i18n import _, ngettext
from app.queries.rota import RotaEntry, rota
from app.queries.visit_card import VisitCard, visit_card
from app.queries.visit_drafts import UnsavedVisit, unsaved_visits
from app.queries.visit_words import VisitWords, visit_words
from app.use_cases.papers import Asked
from app.use_cases.receptions import RemovedVisit, SavedVisit, drafted_sheet, remove_visit, restore_visit
from app.use_cases.undo import TakenBack
from ui.dialogs.paper_dialog import PaperDialog
from ui.ledgers.import_panel import ImportPanel
from ui.page import Page, Workbench
from ui.pages.visits.desk import ReceptionDesk
from ui.pages.visits.offers import Offers
from ui.pages.visits.outreach import OutreachSheet
from ui.pages.visits.person_words import counts_told, sheet_name
from ui.pages.visits.review import Review
from ui.pages.visits.rota import RotaView
from ui.pages.visits.visit_list import VisitList
from ui.places import Place
from ui.theme import SPACE
from ui.undoing import undo_change

Laid = tuple[VisitWords, VisitCard]
Desk = TypeVar("Desk", ReceptionDesk, OutreachSheet)


class VisitsPage(Page):
    """Everything that happened at the station or outside, and the desks where it is written down."""

    concerns = Changes.VISITS | Changes.ISSUES | Changes.PEOPLE

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self.offers: Final = Offers(bench)
        self.list: Final = VisitList(bench)
        self.stack: Final = QStackedWidget()
        self._front = self._arranged_front()
        self._desks: Final[list[ReceptionDesk | OutreachSheet]] = []  # that were needed so far
        self._known: VisitWords | None = None
        self.stack.addWidget(self._front)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE.large)
        layout.addWidget(self.stack)
        self._make_actions()
        self._connect()

    # --- made when somebody needs them

    @cached_property
    def desk(self) -> ReceptionDesk:
        """Where a reception is written down."""
        desk = self._added(ReceptionDesk(self.bench))
        desk.reviewed.connect(self._review)
        desk.returned.connect(self._back_to_desk)
        desk.printed.connect(self._show_paper)
        desk.slip_wanted.connect(self._show_slip)
        return desk

    @cached_property
    def outreach(self) -> OutreachSheet:
        """Where a round of visits outside is written down."""
        sheet = self._added(OutreachSheet(self.bench))
        sheet.returned.connect(lambda: self._go(sheet))
        return sheet

    @cached_property
    def review(self) -> Review:
        """Where a reception is looked over before it ends."""
        review = Review(self.bench)
        self.stack.addWidget(review)
        review.mended.connect(self._mend_line)
        return review

    @cached_property
    def rota(self) -> RotaView:
        """The reception days ahead."""
        view = RotaView(self.bench)
        self.stack.addWidget(view)
        view.opened.connect(self._open)
        view.printed.connect(self._show)
        view.cancelled.connect(self._remove)
        return view

    @cached_property
    def imports(self) -> ImportPanel:
        """Where a log kept elsewhere is taken in."""
        imports = ImportPanel(self.bench, "visits")
        self.stack.addWidget(imports)
        imports.changed.connect(self._offer_import)
        imports.wanted.connect(self._show_taken)
        return imports

    def _added(self, desk: Desk) -> Desk:
        self._desks.append(desk)
        self.stack.addWidget(desk)
        desk.renamed.connect(self.furniture_changed)
        desk.ended.connect(self._ended)
        desk.stale_names.connect(self._know)
        return desk

    def prepare(self) -> Iterator[QWidget]:
        yield self.desk
        yield self.review
        yield self.outreach
        yield self.rota
        yield self.imports

    # --- what the window asks

    def heading(self) -> str:
        match self.stack.currentWidget():
            case ReceptionDesk() as desk:
                return desk.heading()
            case Review():
                return _("{what}: look it over").format(what=self.desk.heading())
            case OutreachSheet() as sheet:
                return sheet.heading()
            case RotaView():
                return _("Rota of receptions")
            case ImportPanel():
                return _("Take in a spreadsheet")
            case _front:
                return _("Receptions and outreach")

    def actions_offered(self) -> Sequence[QAction]:
        match self.stack.currentWidget():
            case ReceptionDesk():
                return (self._slip, self._print, self._look_over)
            case Review():
                return (self._mend, self._end)
            case OutreachSheet():
                return (self._leave, self._finish)
            case RotaView():
                return (self._leave, self._plan)
            case ImportPanel():
                return (self._leave, self._take_in)
            case _front:
                return (self._to_rota, self._forms, self._import, self._outreach, self._reception)

    def refresh(self) -> None:
        self.list.refresh()
        self.offers.refresh()
        shown = self.stack.currentWidget()
        if isinstance(shown, RotaView | ImportPanel):
            shown.refresh()

    def open_record(self, id: Id) -> None:
        """Show the visit of this identifier, or the one that a person met or a presence belongs to, in the list."""
        self._go(self._front)
        self.list.show_visit(id)

    def begin(self, deed: str) -> None:
        """`reception` and `outreach` begin, or go on where one is open; `restore:KEY` takes a draft up, `desk:ID` a visit.

        `rota` and `rota:ID` show the reception days ahead, `notice:ID` the notice of one of them; `import` takes a log in,
        `forms` files pictures of signed forms.
        """
        name, _colon, what = deed.partition(":")
        if name == "restore":
            workspace = self.bench.workspace
            self._ask(lambda: unsaved_visits(workspace), lambda kept: self._take_up_named(kept, what))
            return
        if name == "desk":
            self._open(what)
            return
        if name in {"rota", "notice"}:
            self._show_rota(what)
            if name == "notice":
                self._show(Asked(name=PaperName.RECEPTION_NOTICE, id=what))
            return
        if deed == "forms":
            self._match_forms()
        if deed == "import":
            self._go(self.imports)
            self.imports.begin()
        if deed not in {"reception", "outreach"}:
            return
        desk, workspace = self.desk if deed == "reception" else self.outreach, self.bench.workspace
        if desk.visit_id():
            self._go(desk)
            desk.type_on()
        elif deed == "reception":
            today = workspace.clock.today().date()
            span = Span(first=today, last=today)
            self._ask(lambda: (visit_words(workspace), rota(workspace, span)), self._begin_reception)
        else:
            self._ask(lambda: visit_words(workspace), lambda known: self._begin(desk, known))

    def undoable(self) -> Id:
        return self.list.shown if self.stack.currentWidget() is self._front else ""

    def undone(self, done: TakenBack) -> None:
        if done.kind == "visit" and done.event == "removed":
            self.list.forget()
            self.list.refresh()
        else:
            self.list.show_visit(self.list.shown or done.id)

    def _undo(self, rev: Id) -> None:
        undo_change(self.bench, self, self.list.shown, rev=rev, then=self.undone)

    def go_back(self) -> bool:
        match self.stack.currentWidget():
            case Review():
                self._back_to_desk()
            case ReceptionDesk() | OutreachSheet() as desk:
                desk.leave()
                self._go(self._front)
                self.offers.refresh()
            case RotaView():
                self._go(self._front)
            case ImportPanel() as imports:
                if not imports.step_back():
                    self._go(self._front)
            case _front:
                return False
        return True

    def _step_back(self) -> None:
        self.go_back()

    def keep(self) -> None:
        for desk in self._desks:
            desk.keep()

    # --- the desks

    def _begin(self, desk: ReceptionDesk | OutreachSheet, known: VisitWords) -> None:
        self._known = known
        desk.begin(known)
        self._go(desk)
        desk.sign_in.setFocus()

    def _begin_reception(self, found: tuple[VisitWords, Sequence[RotaEntry]]) -> None:
        """Begin the reception that the rota has today, where there is one and nobody was received at it yet; else a new one."""
        known, today = found
        planned = [each.id for each in today if each.planned]
        if len(planned) == 1:
            self._open(planned[0])
        else:
            self._begin(self.desk, known)

    def _show_rota(self, id: Id) -> None:
        self._go(self.rota)
        if id:
            self.rota.show_day(id)
        else:
            self.rota.refresh()

    def _open(self, id: Id) -> None:
        """Go on with a visit, or correct it, at the desk it belongs to."""
        here = next((desk for desk in self._desks if id == desk.visit_id()), None)
        if here:
            self._go(here)
            here.type_on()
            return
        workspace = self.bench.workspace
        self._ask(lambda: (visit_words(workspace), visit_card(workspace, id)), self._opened)

    def _opened(self, laid: Laid) -> None:
        self._known, card = laid
        desk = self._desk_of(card.sheet)
        desk.open(self._known, card)
        self._go(desk)
        desk.type_on()

    def _take_up_named(self, kept: Sequence[UnsavedVisit], key: str) -> None:
        for each in kept:
            if each.key == key and each.sheet:
                self._take_up(each)

    def _take_up(self, kept: UnsavedVisit) -> None:
        """Go on with a draft; what lies on the desk already is it."""
        here = next((desk for desk in self._desks if kept.sheet and kept.sheet.visit.id == desk.visit_id()), None)
        if here:
            self._go(here)
            here.type_on()
            return
        workspace = self.bench.workspace
        self._ask(lambda: (visit_words(workspace), drafted_sheet(workspace, kept.body)), self._restored)

    def _restored(self, laid: Laid) -> None:
        self._known, card = laid
        desk = self._desk_of(card.sheet)
        desk.restore(self._known, card)
        self._go(desk)
        desk.type_on()

    def _desk_of(self, sheet: VisitSheet) -> "ReceptionDesk | OutreachSheet":
        return self.outreach if sheet.visit.visit_kind == VisitKind.OUTREACH else self.desk

    def _review(self, sheet: VisitSheet) -> None:
        if self._known:
            self.review.show_sheet(sheet, self._known)
            self._go(self.review)

    def _back_to_desk(self) -> None:
        self._go(self.desk)
        self.desk.type_on()

    def _ended(self, saved: SavedVisit) -> None:
        visit = saved.sheet.visit
        self._go(self._front)
        self.list.show_visit(visit.id)
        self.offers.refresh()
        words = _("{what} saved: {counts}.").format(what=sheet_name(visit), counts=counts_told(saved.sheet))
        printable = visit.visit_kind == VisitKind.RECEPTION
        deed = _("Print the form …") if printable else ""
        self.bench.feedback.say(words, deed=deed, act=lambda: self._show_paper(visit.id))

    # --- deeds

    def _show_paper(self, id: Id) -> None:
        self._show(Asked(name=PaperName.RECEPTION_FORM, id=id))

    def _show_slip(self, id: Id) -> None:
        self._show(Asked(name=PaperName.VISITOR_SLIP, id=id))

    def _match_forms(self) -> None:
        from ui.dialogs.signed_forms_dialog import SignedFormsDialog  # loaded when it is wanted

        SignedFormsDialog(self.bench, self).open()

    def _show(self, asked: Asked) -> None:
        PaperDialog(self.bench, asked, self).open()

    def _remove(self, id: Id) -> None:
        workspace = self.bench.workspace
        self.bench.background.do(self, lambda _p: remove_visit(workspace, id), self._removed, self.bench.feedback.fail)

    def _removed(self, removed: RemovedVisit) -> None:
        self.list.forget()
        for desk in self._desks:
            if desk.visit_id() == removed.visit:
                desk.give_up()
        self.bench.feedback.say(_("Removed."), deed=_("Undo"), act=lambda: self._bring_back(removed))

    def _bring_back(self, removed: RemovedVisit) -> None:
        workspace = self.bench.workspace
        self.bench.background.do(
            self,
            lambda _p: restore_visit(workspace, removed),
            lambda _restored: None if isinstance(self.stack.currentWidget(), RotaView) else self.list.show_visit(removed.visit),
            self.bench.feedback.fail,
        )

    # --- how it stands

    def _go(self, place: QWidget) -> None:
        self.stack.setCurrentWidget(place)
        self._furnish()
        if isinstance(place, ImportPanel):
            self._offer_import()
        self.furniture_changed.emit()
        if place is self._front:
            self.list.begin()
        elif isinstance(place, (Review, RotaView)):
            place.begin()

    def _furnish(self) -> None:
        """Let each action be there only where it can be done."""
        offered = self.actions_offered()
        for action in self.actions():
            action.setEnabled(action in offered)

    def _ask(self, question: Callable[[], object], told: Callable[..., None]) -> None:
        self.bench.background.ask(self, question, told, self.bench.feedback.fail, topic="desk")

    def _arranged_front(self) -> QWidget:
        front = QWidget()
        column = QVBoxLayout(front)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.middle)
        column.addWidget(self.offers)
        column.addWidget(self.list, 1)
        front.setFocusProxy(self.list)
        return front

    def _offer_import(self) -> None:
        """Let a log be taken in where something of it would be."""
        self._take_in.setEnabled(self.stack.currentWidget() is self.imports and self.imports.ready > 0)
        many = self.imports.ready
        words = ngettext("Take in {count} row", "Take in {count} rows", many).format(count=many)
        self._take_in.setText(words if many else _("Take in"))
        self.furniture_changed.emit()

    def _show_taken(self, kind: str) -> None:
        """Show what a ledger made."""
        if kind == "issues":
            self.bench.go(Place.ISSUES)
        else:
            self._go(self._front)

    def _make_actions(self) -> None:
        self._reception = self.action(_("Start a reception"), lambda: self.begin("reception"), "Ctrl+N")
        self._outreach = self.action(_("Enter outreach"), lambda: self.begin("outreach"), "Ctrl+Shift+N")
        self._to_rota = self.action(_("Rota"), lambda: self._show_rota(""), "Ctrl+R")
        self._plan = self.action(_("Plan reception days …"), lambda: self.rota.plan(), "Ctrl+N")
        self._slip = self.action(_("Print the slip"), lambda: self.desk.print_slip(), "Ctrl+Shift+P")
        self._print = self.action(_("Print the form"), lambda: self.desk.print_form(), "Ctrl+P")
        self._look_over = self.action(_("End and look over"), lambda: self.desk.review(), "Ctrl+Shift+Return")
        self._mend = self.action(_("Back to the desk"), self._back_to_desk)
        self._end = self.action(_("End the reception"), lambda: self.desk.end(), "Ctrl+Return")
        self._leave = self.action(_("Back"), self._step_back)
        self._finish = self.action(_("Save the round"), lambda: self.outreach.end(), "Ctrl+Return")
        self.addActions([self._to_rota, self._plan, self._slip])
        self._import = self.action(_("Take in a spreadsheet"), lambda: self.begin("import"))
        self._forms = self.action(_("Signed forms"), self._match_forms)
        self.addAction(self._forms)
        self._take_in = self.action(_("Take in"), lambda: self.imports.take_in(), "Ctrl+Return")
        self.addActions(
            [self._reception, self._outreach, self._print, self._look_over, self._mend, self._end, self._leave, self._finish]
        )
        self.addActions([self._import, self._take_in])
        self._furnish()

    def _connect(self) -> None:
        self.offers.taken.connect(self._take_up)
        self.list.opened.connect(self._open)
        self.list.printed.connect(self._show_paper)
        self.list.slip_wanted.connect(self._show_slip)
        self.list.removed.connect(self._remove)
        self.list.detail.undo_wanted.connect(self._undo)
        self.list.wanted.connect(self.begin)

    def _know(self) -> None:
        """Somebody new is in the register: ask the names again."""
        workspace = self.bench.workspace
        self.bench.background.ask(self, lambda: visit_words(workspace), self._known_now, self.bench.feedback.fail, topic="words")

    def _known_now(self, known: VisitWords) -> None:
        self._known = known
        for desk in self._desks:
            desk.know(known)

    def _mend_line(self, line: Id) -> None:
        self._back_to_desk()
        self.desk.go_to_line(line)
