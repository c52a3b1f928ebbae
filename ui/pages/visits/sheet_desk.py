"""What the reception desk and the outreach sheet share: one sheet lies there, is typed, kept, saved, and ended."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, time
from typing import ClassVar, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.attachment import Attachment
from app.domain.campaign import fitting
from app.domain.encounter import Encounter, Party
from app.domain.values import Id, Json
from app.domain.visit import Visit
from app.domain.visit_sheet import Line, Seen, VisitSheet, complete, settled
from app.errors import AppError
from app.i18n import _
from app.queries.visit_card import VisitCard
from app.queries.visit_words import VisitWords
from app.use_cases.receptions import SavedVisit, draft_body, save_visit
from ui.forms.visit_form import VisitForm
from ui.page import Workbench
from ui.pages.visits.roll import Roll
from ui.pages.visits.sign_in import SignIn
from ui.pages.visits.stale_notice import StaleNotice
from ui.pages.visits.visit_keeper import STALE, Deed, VisitKeeper
from ui.wording import time_told


class SheetDesk(QWidget):
    """A sheet while it is written down. What is complete can be saved; what is not stays on the desk and in its draft."""

    renamed = Signal()
    """Day or hour are others, and so is the heading."""
    stale_names = Signal()
    """A deputy was entered whose name is not known here yet."""
    returned = Signal()
    """Something is missing, or was not saved: the desk is wanted back in sight."""
    ended = Signal(object)
    """The sheet is finished and saved: the `SavedVisit`."""

    kind: ClassVar[str]
    """Under which its drafts are kept."""
    sign_in: SignIn | Roll
    visit: VisitForm

    def __init__(self, bench: Workbench, *, attends: bool) -> None:
        super().__init__()
        self.bench: Final = bench
        self.keeper: Final = VisitKeeper(bench, self.kind, self._body, self._deed, self)
        self.sign_in = self.make_sign_in(attends=attends)
        self.visit = self.make_form()
        self.stale: Final = StaleNotice(bench)
        self._begun_here = False
        self._ending = False
        self.keeper.saved.connect(self._saved)
        self.keeper.refused.connect(self._refused)
        self.keeper.kept.connect(self._drafted)
        self.sign_in.changed.connect(self.touched)
        self.sign_in.unknown.connect(self.stale_names)
        self.visit.changed.connect(self._visit_touched)
        self.stale.decided.connect(self._decided)

    # --- what each desk does in its own way

    def make_sign_in(self, *, attends: bool) -> SignIn | Roll:
        """Where it is entered who was there."""
        return SignIn(self.bench, self._arrival if attends else None)

    def make_form(self) -> VisitForm:
        """The form of what is the same for everybody."""
        return VisitForm(self.now().date())

    def says_something(self, sheet: VisitSheet) -> bool:
        """Whether anything was said that is worth keeping."""
        return bool(sheet.attendance or sheet.visit.deputies) or any(not each.blank() for each in sheet.lines)

    def new_visit(self, known: VisitWords) -> Visit:
        """The visit that begins now."""
        raise NotImplementedError

    def show_lines(self, sheet: VisitSheet) -> None:
        """Show the people of a sheet."""
        raise NotImplementedError

    def read(self) -> VisitSheet:
        """The whole sheet as it stands on the desk."""
        raise NotImplementedError

    def rest_on(self, sheet: VisitSheet) -> None:
        """Take a sheet for granted, without touching what is being typed."""
        raise NotImplementedError

    def point_out(self, line: Id) -> None:
        """Bring a line in sight and say what is missing in it."""
        raise NotImplementedError

    def point_out_visit(self) -> None:
        """Bring what is wrong with the visit itself in sight."""
        raise NotImplementedError

    def type_on(self) -> None:
        """Put the cursor where one goes on typing."""
        raise NotImplementedError

    def say(self, words: str) -> None:
        """Say how it stands with what is typed."""
        raise NotImplementedError

    def tell(self, visit: Visit) -> None:
        """Show what is said of the visit outside its form."""

    def know(self, known: VisitWords) -> None:
        """Know names and habits as they are now."""
        self.sign_in.show_names(known.deputies)
        self.visit.show_names(known)
        self.stale.names = {id: row.name for id, row in known.deputies.items()}

    def waiting(self) -> Sequence[Attachment]:
        """The files that were added and wait for the save."""
        return ()

    def lay_files(self, card: VisitCard) -> None:
        """Show the files of a sheet."""

    # --- what lies here

    def begin(self, known: VisitWords) -> None:
        """Begin a new sheet."""
        visit = self.new_visit(known)
        fit = fitting(known.campaigns, visit.on, visit.visit_kind)
        self._lay(known, VisitCard(VisitSheet(visit=replace(visit, campaign=fit.id if fit else "")), Seen()), saved=False)
        self._begun_here = True

    def open(self, known: VisitWords, card: VisitCard) -> None:
        """Go on with a sheet that stands in the store."""
        self._lay(known, card, saved=True)
        self._begun_here = False

    def restore(self, known: VisitWords, card: VisitCard) -> None:
        """Go on with what was typed and not saved."""
        self._lay(known, card, saved=False)
        self._begun_here = not card.seen.records
        self.say(_("Taken up again; nothing is lost"))

    def visit_id(self) -> Id:
        """The visit that lies here; empty where none does."""
        return self.visit.read().id if self.keeper.draft else ""

    def now(self) -> datetime:
        """This moment, by the clock on the wall."""
        return self.bench.workspace.clock.today()

    def blank_line(self, visit: Visit) -> Line:
        """A line of which nothing was said."""
        return Line(encounter=Encounter(id=self.bench.workspace.clock.new_id(), visit=visit.id, party=Party.PERSON))

    def standing_lines(self) -> Mapping[Id, Line]:
        """The lines as they were saved last, by the person they are about."""
        return {each.encounter.id: each for sheet in self.keeper.stands for each in sheet.lines}

    # --- deeds

    def touched(self) -> None:
        """Something was typed."""
        self.keeper.touch()
        self.say(_("Being entered"))

    def save(self, sheet: VisitSheet) -> None:
        """Save what is ready of a sheet."""
        whole = settled(sheet, self.keeper.seen.records)
        self.visit.rest_on(whole.visit)
        self.rest_on(whole)
        self.keeper.save([self._ready(whole)])

    def end(self) -> None:
        """Finish the sheet: all of it is saved, or the first thing that is missing is shown."""
        sheet = self.read()
        lacking = next((each for each in sheet.lines if not each.blank() and not complete(sheet.visit, each)), None)
        if lacking or self.visit.problems():
            self.returned.emit()
            self.point_out(lacking.encounter.id) if lacking else self.point_out_visit()
            return
        self._ending = True
        self.save(self._with_end(sheet))

    def leave(self) -> None:
        """Go elsewhere for a while: what was begun here stays open, what was only looked at is laid down."""
        sheet = self.read()
        said = bool(self.waiting()) or self.says_something(sheet)
        if self.keeper.draft and (said if self._begun_here else not self._clean()):
            self.keeper.draft.keep_now()
        else:
            self.give_up()

    def give_up(self) -> None:
        """Lay the sheet down; what was typed and not saved is forgotten."""
        self.keeper.give_up()
        self.keeper.lay_down()

    def keep(self) -> None:
        """Keep what is typed at once."""
        self.keeper.keep_now()

    # --- how

    def _lay(self, known: VisitWords, card: VisitCard, *, saved: bool) -> None:
        self._ending = False
        self.keeper.keep_now()  # of the sheet that lay here before
        self.keeper.take_up(card.sheet.visit.id, card.seen, [card.sheet] if saved else ())
        self.know(known)
        self.stale.hide()
        self.visit.show_visit(card.sheet.visit)
        self.sign_in.show_sheet(card.sheet)
        self.show_lines(card.sheet)
        self.lay_files(card)
        self.say("")
        self.tell(card.sheet.visit)
        self.renamed.emit()

    def _body(self) -> Mapping[str, Json]:
        return draft_body(self.read(), self.keeper.seen, self.waiting())

    def _deed(self, sheets: Sequence[VisitSheet], seen: Seen) -> Deed:
        workspace, (sheet,), files = self.bench.workspace, sheets, self.waiting()
        return lambda: save_visit(workspace, sheet, seen, files)

    def _ready(self, sheet: VisitSheet) -> VisitSheet:
        """What can be saved of a sheet; of a line that lacks something, what was saved of it before."""
        before = self.standing_lines()
        lines = (each if complete(sheet.visit, each) else before.get(each.encounter.id) for each in sheet.lines)
        return replace(sheet, lines=tuple(each for each in lines if each))

    def _clean(self) -> bool:
        """Whether everything that is typed is saved."""
        sheet = self.read()
        lacking = any(not each.blank() and not complete(sheet.visit, each) for each in sheet.lines)
        if lacking or self.waiting():
            return False
        return (self._ready(settled(sheet, self.keeper.seen.records)),) == self.keeper.stands

    def _with_end(self, sheet: VisitSheet) -> VisitSheet:
        """A sheet begun here today ends now, where nobody said otherwise."""
        visit, now = sheet.visit, self.now()
        if not self._begun_here or visit.late_entry or visit.ends or visit.starts is None or visit.on != now.date():
            return sheet
        self.visit.ends.editor.show_hour(now.time())
        return replace(sheet, visit=replace(visit, ends=self.visit.ends.editor.hour()))

    def _saved(self, saved: SavedVisit) -> None:
        if self._ending:
            self._ending = False
            self.give_up()
            self.ended.emit(saved)
        elif self._clean():
            self.keeper.give_up()
            self.say(_("Saved {time}").format(time=time_told(self.now().time())))
        else:
            self.keeper.touch()

    def _refused(self, error: AppError) -> None:
        if self._ending:
            self._ending = False
            self.returned.emit()
        self.say(_("Not saved"))
        if error.code == STALE:
            self.stale.meet(error, self.read(), self.keeper.seen)
        else:
            self.bench.feedback.fail(error)

    def _decided(self, sheet: VisitSheet, seen: Seen) -> None:
        """Somebody chose between two versions: `sheet` lies here from now on, and rests on `seen`."""
        self.keeper.seen = seen
        self.visit.show_visit(sheet.visit)
        self.sign_in.show_sheet(sheet)
        self.show_lines(sheet)
        self.save(self.read())

    def _visit_touched(self) -> None:
        self.touched()
        self.tell(self.visit.read())
        self.renamed.emit()

    def _drafted(self) -> None:
        self.say(_("Draft kept {time}").format(time=time_told(self.now().time())))

    def _arrival(self) -> time | None:
        """The hour at which a deputy who signs in now came; nobody knows it of a visit entered later."""
        now, visit = self.now(), self.visit.read()
        return None if visit.late_entry or visit.on != now.date() else now.time().replace(second=0, microsecond=0)
