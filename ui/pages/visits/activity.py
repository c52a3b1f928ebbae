"""The desk of every other activity: its fields follow its kind; beside it who was there."""

from itertools import pairwise
from typing import ClassVar, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.values import Id
from app.domain.visit import Visit
from app.domain.visit_sheet import Line, VisitSheet, complete
from app.errors import AppError
from app.i18n import _
from app.queries.origins import suggestions_of_visit
from app.queries.visit_card import VisitCard
from app.queries.visit_words import VisitWords
from app.use_cases.receptions import SavedVisit
from ui.forms.activity_form import ActivityForm
from ui.page import Workbench
from ui.pages.visits.findings import Findings
from ui.pages.visits.minutes import Minutes
from ui.pages.visits.roll import Roll
from ui.pages.visits.sheet_desk import SheetDesk
from ui.places import Place
from ui.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.roles import label
from ui.widgets.scrolled import scrolled
from ui.wording import day_told, word_of

_BESIDE: Final = 300  # pixels of the roll
_ROOM: Final = 860  # pixels from which it stands beside the record


class ActivityDesk(SheetDesk):
    """One activity while it is written down; nothing but its kind is ever demanded."""

    kind: ClassVar[str] = "other"
    sign_in: Roll
    visit: ActivityForm

    def __init__(self, bench: Workbench) -> None:
        self._lines: tuple[Line, ...] = ()
        self._deputies: dict[str, Id] = {}
        self._to_suggest = False
        super().__init__(bench, attends=True)
        self.minutes: Final = Minutes(bench.theme, bench.workspace.clock.new_id)
        self.findings: Final = Findings(bench, bench.workspace.clock.new_id)
        self.state: Final = label("", "small")

    def heading(self) -> str:
        """What stands above the desk."""
        visit = self.visit.read()
        parts = (word_of(visit.visit_kind) or _("Activity"), day_told(visit.on, today=self.now().date()))
        return "　".join(part for part in parts if part)

    # --- a sheet in, a sheet out

    def make_sign_in(self, *, attends: bool) -> Roll:
        return Roll(self.bench, self._arrival)

    def make_form(self) -> ActivityForm:
        return ActivityForm(self.bench.theme, self.now().date())

    def new_visit(self, known: VisitWords) -> Visit:
        return Visit(
            id=self.bench.workspace.clock.new_id(),
            station=self.bench.workspace.author.owner,
            on=self.now().date(),
            recorder=known.operator,
        )

    def show_lines(self, sheet: VisitSheet) -> None:
        self._lines = sheet.lines
        self.minutes.show_speeches(sheet.speeches)
        self.findings.show_issues(sheet.loose, frozenset(self.keeper.seen.records))
        self._offer_speakers()
        self._order_keys()

    def read(self) -> VisitSheet:
        visit, attendance = self.sign_in.read(self.visit.read())
        return VisitSheet(
            visit=visit,
            attendance=attendance,
            speeches=self.minutes.read(),
            lines=self._lines,
            loose=self.findings.read(),
        )

    def rest_on(self, sheet: VisitSheet) -> None:
        self._lines = sheet.lines
        self.findings.rest_on(sheet.loose)

    def know(self, known: VisitWords) -> None:
        super().know(known)
        self.findings.show_names(known)
        named = [row.name for row in known.deputies.values()]
        self._deputies = {row.name: id for id, row in known.deputies.items() if named.count(row.name) == 1}
        self._offer_speakers()

    def says_something(self, sheet: VisitSheet) -> bool:
        visit = sheet.visit
        told = (visit.theme, visit.place, visit.course, visit.conclusions, visit.explained, visit.organiser, visit.remarks)
        return super().says_something(sheet) or bool(sheet.speeches or sheet.loose) or any(told)

    def open(self, known: VisitWords, card: VisitCard) -> None:
        super().open(known, card)
        self.refresh_suggestions()

    def begin(self, known: VisitWords) -> None:
        super().begin(known)
        self.findings.show_suggestions(())

    def refresh_suggestions(self) -> None:
        """Ask which suggestions came from the activity."""
        workspace, id = self.bench.workspace, self.visit_id()
        if id:
            self.bench.background.ask(
                self,
                lambda: suggestions_of_visit(workspace, id),
                self.findings.show_suggestions,
                self.bench.feedback.fail,
                topic="suggestions",
            )

    # --- deeds

    def save_now(self) -> None:
        """Save what is on the desk and stay."""
        if self.visit.problems():
            self.point_out_visit()
            return
        self.save(self.read())

    def suggest(self) -> None:
        """Save what is on the desk, then begin a suggestion that came from it."""
        self._to_suggest = not self.visit.problems()
        self.save_now()

    def point_out(self, line: Id) -> None:
        self.visit.begin()

    def point_out_visit(self) -> None:
        wrong = next((each for each in (self.visit.starts, self.visit.ends) if each.editor.malformed()), self.visit.kind)
        wrong.setFocus()
        self._room.ensureWidgetVisible(wrong)

    def type_on(self) -> None:
        self.visit.begin()

    def say(self, words: str) -> None:
        self.state.setText(words)

    # --- how

    def _saved(self, saved: SavedVisit) -> None:
        super()._saved(saved)
        if self.keeper.draft and not any(row.words.hasFocus() for row in self.findings.rows):
            self.findings.show_issues(saved.sheet.loose, frozenset(saved.seen.records))
        if self._to_suggest:
            self._to_suggest = False
            self.bench.go(Place.SUGGESTIONS, deed=f"from-activity:{saved.sheet.visit.id}")

    def _refused(self, error: AppError) -> None:
        self._to_suggest = False
        super()._refused(error)

    def _order_keys(self) -> None:
        """Let Tab and Enter go through the desk as it is read: the record from top to bottom, then the roll."""
        parts = (self.visit.head(), self.minutes.chain(), self.findings.chain(), self.visit.tail(), self.sign_in.chain())
        for one, following in pairwise(each for part in parts for each in part):
            QWidget.setTabOrder(one, following)

    def _offer_speakers(self) -> None:
        self.minutes.show_names(self.sign_in.names(), self._deputies)

    def _ready(self, sheet: VisitSheet) -> VisitSheet:
        """Everything: people met, of whom only other programs tell here, stay as they are."""
        return sheet if all(complete(sheet.visit, each) for each in sheet.lines) else super()._ready(sheet)

    def arrange(self) -> None:
        """Lay out the cards and let them answer to each other: the second half of making the desk, in a turn of its own."""
        for heading, part in ((_("Minutes, speaker by speaker"), self.minutes), (_("What came from it"), self.findings)):
            self.visit.foot.addWidget(label(heading, "section"))
            self.visit.foot.addWidget(part)
        self._roll = QWidget()
        there = QVBoxLayout(self._roll)
        there.setContentsMargins(0, 0, 0, 0)
        there.setSpacing(SPACE.small)
        there.addWidget(label(_("Attendance"), "section"))
        there.addWidget(self.sign_in)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, SPACE.small, 0)
        column.setSpacing(SPACE.middle)
        column.addWidget(self.stale)
        column.addWidget(self.visit)
        self._under = QVBoxLayout()
        column.addLayout(self._under)
        column.addStretch(1)
        work = Card()
        self._room = scrolled(content)
        work.add(self._room, 1)
        foot = QHBoxLayout()
        foot.addWidget(label(_("Ctrl+S saves and stays; photographs are added to the saved record."), "small", wrap=True), 1)
        foot.addWidget(self.state)
        work.body.addLayout(foot)
        self._beside = Card()
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, SPACE.small, 0)
        self._aside = QVBoxLayout()
        column.addLayout(self._aside)
        column.addStretch(1)
        self._beside.add(scrolled(side), 1)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(SPACE.large)
        line.addWidget(work, 1)
        line.addWidget(self._beside)
        self._aside.addWidget(self._roll)
        self.bench.theme.changed.connect(self._measure)
        self._connect()

    def _connect(self) -> None:
        self.minutes.changed.connect(self.touched)
        self.findings.changed.connect(self.touched)
        self.findings.suggestion_wanted.connect(self.suggest)
        self.sign_in.changed.connect(self._offer_speakers)
        self.sign_in.passed.connect(self.visit.begin)
        self.visit.kind_chosen.connect(self.renamed)
        for signal in (self.visit.kind_chosen, self.minutes.rearranged, self.findings.rearranged, self.sign_in.rearranged):
            signal.connect(self._order_keys)
        for keys, act in (("Ctrl+S", self.save_now), ("F2", self.minutes.add), ("F3", self.findings.add)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's own name
        super().resizeEvent(event)
        self._measure()

    def _measure(self) -> None:
        """Let the roll stand beside the record, or below it where there is no room."""
        px = self.bench.theme.px
        beside = self.width() >= px(_ROOM)
        (self._aside if beside else self._under).addWidget(self._roll)
        self._beside.setVisible(beside)
        self._beside.setFixedWidth(px(_BESIDE))
