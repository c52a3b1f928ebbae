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
from app.i18n import _
from app.queries.campaigns import is_campaign
from app.queries.rota import RotaEntry, rota
from app.queries.visit_card import VisitCard, visit_card
from app.queries.visit_drafts import UnsavedVisit, unsaved_visits
from app.queries.visit_words import VisitWords, visit_words
from app.use_cases.papers import Asked
from app.use_cases.receptions import SavedVisit, SavedVisits, drafted_sheet
from app.use_cases.undo import TakenBack
from ui.dialogs.paper_dialog import PaperDialog
from ui.ledgers.import_panel import REGISTERED, ImportPanel
from ui.page import Page, Workbench
from ui.pages.visits.actions import VisitActions
from ui.pages.visits.activity import ActivityDesk
from ui.pages.visits.campaigns import CampaignsView
from ui.pages.visits.desk import ReceptionDesk
from ui.pages.visits.norms import NormView
from ui.pages.visits.offers import Offers, front_of
from ui.pages.visits.outreach import OutreachSheet
from ui.pages.visits.person_words import rounds_told, sheet_name, told_of
from ui.pages.visits.removal import Removal
from ui.pages.visits.review import Review
from ui.pages.visits.rota import RotaView
from ui.pages.visits.visit_list import VisitList
from ui.places import Place
from ui.theme import SPACE
from ui.undoing import undo_change

Laid = tuple[VisitWords, VisitCard]
AnyDesk = ReceptionDesk | OutreachSheet | ActivityDesk
Desk = TypeVar("Desk", ReceptionDesk, OutreachSheet, ActivityDesk)


class VisitsPage(Page):
    """Everything that happened at the station or outside, and the desks where it is written down."""

    concerns = Changes.VISITS | Changes.ISSUES | Changes.PEOPLE

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self.offers: Final = Offers(bench)
        self.list: Final = VisitList(bench)
        self.removal: Final = Removal(bench, self)
        self.stack: Final = QStackedWidget()
        self._front = front_of(self.offers, self.list)
        self._desks: Final[list[AnyDesk]] = []  # that were needed so far
        self._known: VisitWords | None = None
        self._before_norm: QWidget = self._front
        self.stack.addWidget(self._front)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE.large)
        layout.addWidget(self.stack)
        self.deeds: Final = VisitActions(self)
        self.addActions(self.deeds.every)
        self._furnish()
        self._connect()

    # --- made when somebody needs them

    @cached_property
    def _desk_cards(self) -> ReceptionDesk:
        """The desk before it is laid out: half a desk is as much as a window makes at once without being felt."""
        return ReceptionDesk(self.bench)

    @cached_property
    def desk(self) -> ReceptionDesk:
        """Where a reception is written down."""
        self._desk_cards.arrange()
        desk = self._added(self._desk_cards)
        desk.ended.connect(self._ended)
        desk.reviewed.connect(self._review)
        desk.returned.connect(self.back_to_desk)
        desk.printed.connect(self._show_paper)
        desk.slip_wanted.connect(lambda visit: self._show(Asked(name=PaperName.VISITOR_SLIP, id=visit)))
        return desk

    @cached_property
    def outreach(self) -> OutreachSheet:
        """Where a round of visits outside is written down."""
        sheet = self._added(OutreachSheet(self.bench))
        sheet.ended.connect(self._ended_round)
        sheet.returned.connect(lambda: self._go(sheet))
        sheet.norm_wanted.connect(lambda: self._show_norm(sheet))
        return sheet

    @cached_property
    def norm(self) -> NormView:
        """How far every deputy is with what a month asks."""
        view = NormView(self.bench)
        self.stack.addWidget(view)
        view.wanted.connect(lambda deputy: self.outreach.start((deputy,)))
        return view

    @cached_property
    def _activity_cards(self) -> ActivityDesk:
        return ActivityDesk(self.bench)

    @cached_property
    def activity(self) -> ActivityDesk:
        """Where every other activity is written down."""
        self._activity_cards.arrange()
        desk = self._added(self._activity_cards)
        desk.ended.connect(self._ended)
        desk.returned.connect(lambda: self._go(desk))
        return desk

    @cached_property
    def campaigns(self) -> CampaignsView:
        """The campaigns and their tables."""
        view = CampaignsView(self.bench, self)
        self.stack.addWidget(view)
        view.printed.connect(self._show)
        view.furnished.connect(self._furnish)
        return view

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
        view.cancelled.connect(self.removal.remove)
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
        desk.stale_names.connect(self._know)
        return desk

    def prepare(self) -> Iterator[QWidget]:
        yield self._desk_cards
        yield self.desk
        yield self.review
        yield self.outreach
        yield self.rota
        yield self.norm
        yield self.imports
        yield self._activity_cards
        yield self.activity
        yield self.campaigns

    # --- what the window asks

    def heading(self) -> str:
        match self.stack.currentWidget():
            case ReceptionDesk() as desk:
                return desk.heading()
            case Review():
                return _("{what}: look it over").format(what=self.desk.heading())
            case (OutreachSheet() | ActivityDesk() | CampaignsView() | NormView()) as part:
                return part.heading()
            case RotaView():
                return _("Rota of receptions")
            case ImportPanel():
                return _("Take in a spreadsheet")
            case _front:
                return _("Receptions and outreach")

    def actions_offered(self) -> Sequence[QAction]:
        return self.deeds.offered(self.stack.currentWidget())

    def refresh(self) -> None:
        self.list.refresh()
        self.offers.refresh()
        shown = self.stack.currentWidget()
        if isinstance(shown, RotaView | ImportPanel | CampaignsView | OutreachSheet | NormView):
            shown.refresh()
        elif isinstance(shown, ActivityDesk):
            shown.refresh_suggestions()

    def receiving(self) -> bool:
        return isinstance(self.stack.currentWidget(), ReceptionDesk | Review) and bool(self.desk.visit_id())

    def open_record(self, id: Id) -> None:
        """Show the visit of this identifier, or the one that a person met or a presence belongs to, in the list."""
        self._ask(lambda: is_campaign(self.bench.workspace, id), lambda campaign: self._show_record(id, campaign=campaign))

    def _show_record(self, id: Id, *, campaign: bool) -> None:
        self._go(self.campaigns if campaign else self._front)
        (self.campaigns.show_campaign if campaign else self.list.show_visit)(id)

    def begin(self, deed: str) -> None:
        """`reception`, `outreach`, `activity` begin, or go on; `restore:KEY` takes up a draft, `desk:ID` a visit.

        `rota` and `rota:ID` show the reception days ahead, `notice:ID` the notice of one of them; `import` takes a log in,
        `forms` files pictures of signed forms, `papers` asks which to print. `campaigns` shows the campaigns, `campaigns:ID` one
        of them; `norm` the month of every deputy.
        """
        name, _colon, what = deed.partition(":")
        workspace = self.bench.workspace
        name = {"campaign": "campaigns", "rota": "rota"}.get(what.partition(":")[0], name)  # a draft of theirs
        match name:
            case "campaigns":
                self._show_campaigns(what)
            case "restore":
                self._ask(lambda: unsaved_visits(workspace), lambda kept: self._take_up_named(kept, what))
            case "desk":
                self._open(what)
            case "rota":
                self._show_rota(what)
            case "notice":
                self._show_rota(what)
                self._show(Asked(name=PaperName.RECEPTION_NOTICE, id=what))
            case "papers":
                from ui.dialogs.station_papers_dialog import StationPapersDialog  # loaded when it is wanted

                dialog = StationPapersDialog(self.bench, self, self.list.listed())
                dialog.chosen.connect(self._show)
                dialog.open()
            case "forms":
                from ui.dialogs.signed_forms_dialog import SignedFormsDialog  # loaded when it is wanted

                SignedFormsDialog(self.bench, self).open()
            case "import":
                self._go(self.imports)
                self.imports.begin()
            case "norm":
                self._show_norm(self._front)
            case "outreach":
                self.outreach.start()
            case "reception" | "activity":
                self._begin_at(self.desk if name == "reception" else self.activity)

    def _begin_at(self, desk: ReceptionDesk | ActivityDesk) -> None:
        """Begin at a desk, or go on there."""
        workspace = self.bench.workspace
        if desk.visit_id():
            self._go(desk)
            desk.type_on()
        elif isinstance(desk, ActivityDesk):
            self._ask(lambda: visit_words(workspace), lambda known: self._begin(desk, known))
        else:
            today = workspace.clock.today().date()
            span = Span(first=today, last=today)
            self._ask(lambda: (visit_words(workspace), rota(workspace, span)), self._begin_reception)

    def undoable(self) -> Id:
        if isinstance(shown := self.stack.currentWidget(), CampaignsView):
            return shown.undoable()
        return self.list.shown if self.stack.currentWidget() is self._front else ""

    def undone(self, done: TakenBack) -> None:
        if isinstance(shown := self.stack.currentWidget(), CampaignsView):
            shown.refresh()
        elif done.kind == "visit" and done.event == "removed":
            self.list.forget()
            self.list.refresh()
        else:
            self.list.show_visit(self.list.shown or done.id)

    def _undo(self, rev: Id) -> None:
        undo_change(self.bench, self, self.list.shown, rev=rev, then=self.undone)

    def go_back(self) -> bool:
        match self.stack.currentWidget():
            case Review():
                self.back_to_desk()
            case (ReceptionDesk() | OutreachSheet() | ActivityDesk()) as desk:
                desk.leave()
                self._go(self._front)
                self.offers.refresh()
            case RotaView():
                self._go(self._front)
            case NormView():
                self._go(self._before_norm)
            case (ImportPanel() | CampaignsView()) as part:
                if not part.step_back():
                    self._go(self._front)
            case _front:
                return False
        return True

    def keep(self) -> None:
        for place in (*self._desks, *(self.__dict__[name] for name in ("campaigns", "imports") if name in self.__dict__)):
            place.keep()

    # --- the desks

    def _begin(self, desk: ReceptionDesk | ActivityDesk, known: VisitWords) -> None:
        self._known = known
        desk.begin(known)
        self._go(desk)
        desk.type_on() if isinstance(desk, ActivityDesk) else desk.sign_in.setFocus()

    def _show_campaigns(self, what: str) -> None:
        self._go(self.campaigns)
        self.campaigns.show_campaign(what)

    def _begin_reception(self, found: tuple[VisitWords, Sequence[RotaEntry]]) -> None:
        """Begin the reception that the rota has today, where there is one and nobody was received at it yet; else a new one."""
        known, today = found
        planned = [each.id for each in today if each.planned]
        if len(planned) == 1:
            self._open(planned[0])
        else:
            self._begin(self.desk, known)

    def _show_norm(self, before: QWidget) -> None:
        """Show the month of every deputy; from there back to where one was."""
        self._before_norm = before
        self._go(self.norm)

    def _show_rota(self, wanted: str) -> None:
        self._go(self.rota)
        self.rota.show_wanted(wanted)

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
        if kept.kind == OutreachSheet.kind:
            self.outreach.take_up(kept.body)
        else:
            self._ask(lambda: (visit_words(workspace), drafted_sheet(workspace, kept.body)), self._restored)

    def _restored(self, laid: Laid) -> None:
        self._known, card = laid
        desk = self.activity if self._desk_of(card.sheet) is self.activity else self.desk
        desk.restore(self._known, card)
        self._go(desk)
        desk.type_on()

    def _desk_of(self, sheet: VisitSheet) -> AnyDesk:
        match sheet.visit.visit_kind:
            case VisitKind.OUTREACH:
                return self.outreach
            case VisitKind.RECEPTION:
                return self.desk
            case _:
                return self.activity

    def _review(self, sheet: VisitSheet) -> None:
        if self._known:
            self.review.show_sheet(sheet, self._known)
            self._go(self.review)

    def back_to_desk(self) -> None:
        """From the look over back to where the reception is written down."""
        self._go(self.desk)
        self.desk.type_on()

    def _ended(self, saved: SavedVisit) -> None:
        visit = saved.sheet.visit
        self._go(self._front)
        self.list.show_visit(visit.id)
        self.offers.refresh()
        words = _("{what} saved: {counts}.").format(what=sheet_name(visit), counts=told_of(saved.sheet))
        printable = visit.visit_kind != VisitKind.OUTREACH
        deed = _("Print the form …") if printable else ""
        self.bench.feedback.say(words, deed=deed, act=lambda: self._show_paper(visit.id, visit.visit_kind))

    def _ended_round(self, saved: SavedVisits) -> None:
        self._go(self._front)
        self.list.show_visit(saved.sheets[0].visit.id)
        self.offers.refresh()
        self.bench.feedback.say(rounds_told(saved.sheets), deed=_("Undo"), act=lambda: self._undo(""))

    # --- deeds

    def _show_paper(self, id: Id, visit_kind: str = VisitKind.RECEPTION) -> None:
        name = PaperName.RECEPTION_FORM if visit_kind == VisitKind.RECEPTION else PaperName.ACTIVITY_RECORD
        self._show(Asked(name=name, id=id))

    def _show(self, asked: Asked) -> None:
        PaperDialog(self.bench, asked, self).open()

    def _removed(self, id: Id) -> None:
        self.list.forget()
        for desk in self._desks:
            if desk.visit_id() == id:
                desk.give_up()

    def _brought_back(self, id: Id) -> None:
        if not isinstance(self.stack.currentWidget(), RotaView):
            self.list.show_visit(id)

    # --- how it stands

    def _go(self, place: QWidget) -> None:
        self.stack.setCurrentWidget(place)
        self._furnish()
        if isinstance(place, ImportPanel):
            self._offer_import()
        if place is self._front:
            self.list.begin()
        elif isinstance(place, (Review, RotaView, CampaignsView, NormView)):
            place.begin()

    def _furnish(self) -> None:
        """Let each action be there only where it can be done."""
        offered = self.actions_offered()
        for action in self.actions():
            action.setEnabled(action in offered)
        self.furniture_changed.emit()

    def _ask(self, question: Callable[[], object], told: Callable[..., None]) -> None:
        self.bench.background.ask(self, question, told, self.bench.feedback.fail, topic="desk")

    def _offer_import(self) -> None:
        """Let a log be taken in where something of it would be."""
        self.deeds.offer_rows(self.imports.ready if self.stack.currentWidget() is self.imports else 0)
        self.furniture_changed.emit()

    def _show_taken(self, kind: str) -> None:
        """Show what a ledger made."""
        if kind == "issues":
            self.bench.go(Place.ISSUES)
        elif kind in REGISTERED:
            self.bench.go(Place.ROSTER, deed=REGISTERED[kind])
        else:
            self._go(self._front)

    def _connect(self) -> None:
        self.offers.taken.connect(self._take_up)
        self.list.opened.connect(self._open)
        self.list.printed.connect(lambda visit: self._show_paper(visit, self.list.detail.visit_kind))
        self.list.roll_wanted.connect(lambda visit: self._show(Asked(name=PaperName.ATTENDANCE_SHEET, id=visit)))
        self.list.minutes_wanted.connect(lambda visit: self._show(Asked(name=PaperName.ACTIVITY_MINUTES, id=visit)))
        self.list.slip_wanted.connect(lambda visit: self._show(Asked(name=PaperName.VISITOR_SLIP, id=visit)))
        self.list.removed.connect(self.removal.remove)
        self.removal.removed.connect(self._removed)
        self.removal.restored.connect(self._brought_back)
        self.list.detail.undo_wanted.connect(self._undo)
        self.list.wanted.connect(self.begin)
        self.list.norm.clicked.connect(lambda: self._show_norm(self._front))

    def _know(self) -> None:
        """Somebody new is in the register: ask the names again."""
        workspace = self.bench.workspace
        self.bench.background.ask(self, lambda: visit_words(workspace), self._known_now, self.bench.feedback.fail, topic="words")

    def _known_now(self, known: VisitWords) -> None:
        self._known = known
        for desk in self._desks:
            desk.know(known)

    def _mend_line(self, line: Id) -> None:
        self.back_to_desk()
        self.desk.go_to_line(line)
