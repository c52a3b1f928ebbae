"""The reception desk: deputies who are there, visitors one after the other, what they raise in their own words."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import ClassVar, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.attachment import Attachment
from app.domain.issue import Issue
from app.domain.problems import Problem
from app.domain.values import Id
from app.domain.visit import MeetingWay, Visit, VisitKind
from app.domain.visit_sheet import Line, VisitSheet, complete, line_problems
from app.i18n import _
from app.queries.visit_card import VisitCard
from app.queries.visit_words import VisitWords
from app.use_cases.receptions import SavedVisit
from ui.feedback import Tone
from ui.forms.visitor_form import VisitorForm
from ui.page import Workbench
from ui.pages.visits.beside import DeadlineCard, HintCard, SimilarCard
from ui.pages.visits.columns import Columns
from ui.pages.visits.desk_files import DeskFiles
from ui.pages.visits.desk_sides import VisitSide, WorkCard
from ui.pages.visits.sheet_desk import SheetDesk
from ui.pages.visits.sign_in import SignIn
from ui.pages.visits.visitor_list import VisitorList
from ui.theme import SPACE
from ui.wording import day_told, time_told


class ReceptionDesk(SheetDesk):
    """One reception while it is written down, one visitor at a time."""

    reviewed = Signal(object)
    """A person wants to look the whole over before it ends: the `VisitSheet`."""
    printed = Signal(str)
    """The form of this visit is wanted on paper; everything on the desk is saved."""

    slip_wanted = Signal(str)
    """The slip of this visitor is wanted on paper; the visitor is saved."""

    kind: ClassVar[str] = "reception"
    sign_in: SignIn

    def __init__(self, bench: Workbench) -> None:
        self._lines: list[Line] = []
        self._loose = VisitSheet(visit=Visit(id="")).loose
        self._at = 0
        self._printing = False
        self._slip_of: Id = ""
        super().__init__(bench, attends=True)
        self.visitors: Final = VisitorList(bench.theme)
        self.visitor: Final = VisitorForm(bench.theme, bench.workspace.clock.new_id)
        self.similar: Final = SimilarCard(bench, self._raised)
        self.deadline: Final = DeadlineCard()
        self.files: Final = DeskFiles(bench)
        self.side: Final = VisitSide(self.sign_in, self.visitors, self.visit)
        self.work: Final = WorkCard(self.visitor, self.stale)

    def heading(self) -> str:
        """What stands above the desk."""
        visit = self.visit.read()
        day = day_told(visit.on, today=self.now().date())
        return _("Reception　{when}").format(when=" ".join(part for part in (day, time_told(visit.starts)) if part))

    # --- a sheet in, a sheet out

    def new_visit(self, known: VisitWords) -> Visit:
        now = self.now()
        return Visit(
            id=self.bench.workspace.clock.new_id(),
            visit_kind=VisitKind.RECEPTION,
            station=self.bench.workspace.author.owner,
            on=now.date(),
            starts=now.time().replace(second=0, microsecond=0),
            place=known.place,
            way=known.way or MeetingWay.RECEPTION_DAY,
            recorder=known.operator,
        )

    def show_lines(self, sheet: VisitSheet) -> None:
        self._lines = list(sheet.lines) or [self.blank_line(sheet.visit)]
        self._loose = sheet.loose
        self._show(min(self._at, len(self._lines) - 1))

    def read(self) -> VisitSheet:
        visit, attendance = self.sign_in.read(self.visit.read())
        lines = [*self._lines[: self._at], self.visitor.read(), *self._lines[self._at + 1 :]]
        return VisitSheet(visit=visit, attendance=attendance, lines=tuple(lines), loose=self._loose)

    def rest_on(self, sheet: VisitSheet) -> None:
        self._lines = list(sheet.lines)
        self._loose = sheet.loose
        self.visitor.rest_on(self._lines[self._at])

    def know(self, known: VisitWords) -> None:
        super().know(known)
        self.visitor.show_names(known)
        self.deadline.show_period(known.period)

    def open(self, known: VisitWords, card: VisitCard) -> None:
        self._at = 0
        super().open(known, card)

    def begin(self, known: VisitWords) -> None:
        self._at = 0
        super().begin(known)

    def restore(self, known: VisitWords, card: VisitCard) -> None:
        self._at = max(len(card.sheet.lines) - 1, 0)  # who was being entered came last
        super().restore(known, card)

    def whole(self) -> VisitSheet:
        """The reception without lines of which nothing was said."""
        sheet = self.read()
        return replace(sheet, lines=tuple(each for each in sheet.lines if not each.blank()))

    def waiting(self) -> Sequence[Attachment]:
        return self.files.held

    def lay_files(self, card: VisitCard) -> None:
        id = card.sheet.visit.id
        self.files.lay(id, card.waiting, saved=id in card.seen.records)

    # --- deeds

    def save_visitor(self) -> bool:
        """Save the visitor, and all that is ready besides; False where something is missing, which is said beside its field."""
        if self.visit.problems():
            self.point_out_visit()
            return False
        sheet = self.read()
        problems = self._problems(sheet, self._at)
        self.visitor.complain(problems)
        if not all(each.hint for each in problems):
            return False
        self.save(sheet)
        self._list()
        return True

    def next_visitor(self) -> None:
        """Save the visitor and begin the next one; a blank visitor is the next one already."""
        if not self.visitor.read().blank():
            if not self.save_visitor():
                return
            self._lines.append(self.blank_line(self.visit.read()))
            self._show(len(self._lines) - 1)
        self.visitor.begin()

    def remove_visitor(self) -> None:
        """Take the visitor off the reception; the sentence about it offers them back."""
        sheet, at = self.read(), self._at
        gone = sheet.lines[at]
        if gone.blank() and len(sheet.lines) == 1:
            return
        self._lines = [*sheet.lines[:at], *sheet.lines[at + 1 :]] or [self.blank_line(sheet.visit)]
        self._show(min(at, len(self._lines) - 1))
        self._save_or_keep(gone.encounter.id in self.keeper.seen.records)
        if not gone.blank():
            back = _("The visitor was taken off.")
            self.bench.feedback.say(back, Tone.INFORMATION, deed=_("Undo"), act=lambda: self._bring_back(gone, at))

    def review(self) -> None:
        """Show the whole reception before it ends."""
        if self.visit.problems():
            self.point_out_visit()
            return
        self._lines = list(self.read().lines)
        self.reviewed.emit(self.whole())

    def print_form(self) -> None:
        """Save what is on the desk, then let the form be printed."""
        self._printing = True
        self._printing = self.save_visitor() and self._printing

    def print_slip(self) -> None:
        """Save the visitor, then let the slip be printed that they take home."""
        self._slip_of = self.read().lines[self._at].encounter.id
        self._slip_of = self._slip_of if self.save_visitor() else ""

    def point_out(self, line: Id) -> None:
        self.go_to_line(line)
        self.visitor.complain(self._problems(self.read(), self._at))

    def point_out_visit(self) -> None:
        self.side.open_details()

    def go_to_line(self, line: Id) -> None:
        """Show the visitor of this identifier."""
        ids = [each.encounter.id for each in self._lines]
        if line in ids:
            self._go_to(ids.index(line))
            self.visitor.begin()

    # --- how

    def type_on(self) -> None:
        self.visitor.begin()

    def say(self, words: str) -> None:
        self.work.state.setText(words)

    def tell(self, visit: Visit) -> None:
        self.side.tell(visit, self.now().date())
        self.work.tell(visit)
        self.visitor.ask_number(asked=visit.late_entry)

    def touched(self) -> None:
        super().touched()
        self._list()

    def _problems(self, sheet: VisitSheet, at: int) -> Sequence[Problem]:
        line = sheet.lines[at]
        return () if line.blank() else tuple(line_problems(sheet.visit, line))

    def _go_to(self, at: int) -> None:
        """Leave a visitor, saved where they are complete, for another one."""
        if at == self._at:
            return
        sheet = self.read()
        left = sheet.lines[self._at]
        self._lines = list(sheet.lines)
        if complete(sheet.visit, left) and left != self.standing_lines().get(left.encounter.id):
            self.save(sheet)
        self._show(at)

    def _bring_back(self, line: Line, at: int) -> None:
        self._lines = [each for each in self.read().lines if not each.blank()]
        self._lines.insert(at, line)
        self._show(at)
        self._save_or_keep(complete(self.visit.read(), line))

    def _save_or_keep(self, ready: bool) -> None:  # said at each call
        self.save(self.read()) if ready else self.touched()

    def _show(self, at: int) -> None:
        self._at = at
        self.visitor.show_line(self._lines[at])
        self._list()
        self.similar.ask()

    def _list(self) -> None:
        sheet, before = self.read(), self.standing_lines()
        unsaved = [not each.blank() and each.encounter.id not in before for each in sheet.lines]
        self.visitors.show_lines(sheet.lines, self._at, unsaved)
        self.side.count(sum(not each.blank() for each in sheet.lines))

    def _saved(self, saved: SavedVisit) -> None:
        self.files.rest_on(saved.files)
        super()._saved(saved)
        if self.keeper.draft:
            self._list()
        if self._printing:
            self._printing = False
            self.printed.emit(saved.sheet.visit.id)
        if self._slip_of and any(each.encounter.id == self._slip_of for each in saved.sheet.lines):
            slip, self._slip_of = self._slip_of, ""
            self.slip_wanted.emit(slip)

    def _keep_files(self) -> None:
        """A picture that was added is safe at once, not two seconds later."""
        super().touched()
        self.keep()

    def _raised(self) -> tuple[Issue, Collection[Id]]:
        """The matter on the desk, and the issues of this reception, which are no earlier ones."""
        issues = [issue.id for line in self._lines for issue in line.issues]
        return self.visitor.matter.read(), issues

    def arrange(self) -> None:
        """Lay out the cards and let them answer to each other: the second half of making the desk, in a turn of its own."""
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.large)
        column.addWidget(self.similar)
        column.addWidget(self.files)
        column.addWidget(self.deadline)
        column.addWidget(HintCard(), 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(Columns(self.bench.theme, self.side, self.work, right))
        self._connect()

    def _connect(self) -> None:
        self.sign_in.passed.connect(self.visitor.begin)
        self.visitor.changed.connect(self.touched)
        self.files.waits.connect(self._keep_files)
        self.files.take_drops_of(self)
        self.visitor.matter.words.editor.textChanged.connect(self.similar.touch)
        self.visitor.turned.connect(self.similar.ask)
        self.similar.judged.connect(self.visitor.matter.judge)
        self.visitors.picked.connect(self._go_to)
        self.side.next.clicked.connect(self.next_visitor)
        self.work.remove.clicked.connect(self.remove_visitor)
        self.work.details.clicked.connect(self.side.open_details)
        for keys, act in (
            ("F2", self.next_visitor),
            ("Ctrl+2", self.next_visitor),
            ("F3", self.visitor.next_matter),
            ("Ctrl+3", self.visitor.next_matter),
            ("F4", self.sign_in.scan.field.setFocus),
            ("Shift+F3", self.visitor.previous_matter),
            ("Ctrl+Return", self.save_visitor),
            ("Ctrl+Enter", self.save_visitor),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
