"""One round of outreach: deputies, day and place on the left, the people met as lines on the right."""

from collections.abc import Mapping, Sequence
from typing import ClassVar, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.domain.problems import Problem
from app.domain.values import Id
from app.domain.visit import MeetingWay, Visit, VisitKind
from app.domain.visit_sheet import VisitSheet, line_problems
from app.i18n import _, ngettext
from app.queries.visit_words import VisitWords
from ui.forms.outreach_form import OutreachForm
from ui.page import Workbench
from ui.pages.visits.sheet_desk import SheetDesk
from ui.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.roles import label
from ui.wording import day_told

_LEFT: Final = 256
_ROOM: Final = 560  # pixels that a line needs beside it


class OutreachSheet(SheetDesk):
    """One round while it is written down; nothing but who or how many is ever demanded of a line."""

    kind: ClassVar[str] = "outreach"

    def __init__(self, bench: Workbench) -> None:
        self._loose = VisitSheet(visit=Visit(id="")).loose
        super().__init__(bench, attends=False)
        self.form: Final = OutreachForm(lambda: self.blank_line(self.visit.read()), bench.workspace.clock.new_id)
        self.count: Final = label("", "section")
        self.state: Final = label("", "small")
        self._arrange()
        self.form.changed.connect(self.touched)
        self.sign_in.passed.connect(self.form.begin)
        for keys in ("Ctrl+S", "F2"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.save_lines if keys == "Ctrl+S" else self.form.begin)

    def heading(self) -> str:
        """What stands above the sheet."""
        day = day_told(self.visit.read().on, today=self.now().date())
        return _("Outreach　{when}").format(when=day)

    def new_visit(self, known: VisitWords) -> Visit:
        return Visit(
            id=self.bench.workspace.clock.new_id(),
            visit_kind=VisitKind.OUTREACH,
            station=self.bench.workspace.author.owner,
            on=self.now().date(),
            way=MeetingWay.AT_HOME,
            recorder=known.operator,
        )

    def show_lines(self, sheet: VisitSheet) -> None:
        self._loose = sheet.loose
        self.form.show_lines(sheet.lines)
        self._count()

    def read(self) -> VisitSheet:
        visit, attendance = self.sign_in.read(self.visit.read())
        return VisitSheet(visit=visit, attendance=attendance, lines=self.form.read(), loose=self._loose)

    def rest_on(self, sheet: VisitSheet) -> None:
        self._loose = sheet.loose
        self.form.rest_on(sheet.lines)

    def know(self, known: VisitWords) -> None:
        super().know(known)
        self.form.show_names(known)

    def save_lines(self) -> None:
        """Save what is ready, and say below the other lines what is missing."""
        if self.visit.problems():
            self.point_out_visit()
            return
        self.form.complain(self._problems())
        self.save(self.read())

    def point_out(self, line: Id) -> None:
        self.form.complain(self._problems())

    def point_out_visit(self) -> None:
        wrong = next((each for each in (self.visit.starts, self.visit.ends) if each.editor.malformed()), self.visit.on)
        wrong.setFocus()

    def type_on(self) -> None:
        self.form.begin()

    def say(self, words: str) -> None:
        self.state.setText(words)

    def touched(self) -> None:
        super().touched()
        self._count()

    def _problems(self) -> Mapping[Id, Sequence[Problem]]:
        sheet = self.read()
        return {each.encounter.id: tuple(line_problems(sheet.visit, each)) for each in sheet.lines}

    def _count(self) -> None:
        sheet = self.read()
        people, households = sheet.people() if sheet.lines else 0, len(sheet.lines)
        met = ngettext("{count} person met", "{count} people met", people).format(count=people)
        lines = ngettext("{count} line", "{count} lines", households).format(count=households)
        self.count.setText(f"{met}　{lines}")

    def _arrange(self) -> None:
        left = Card()
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.small)
        column.addWidget(label(_("Deputies"), "section"))
        column.addWidget(self.sign_in)
        column.addSpacing(SPACE.small)
        column.addWidget(label(_("This round"), "section"))
        column.addWidget(self.visit)
        column.addStretch(1)
        left.add(_scrolled(content), 1)
        self._left = left
        work = Card()
        foot = QHBoxLayout()
        keys = _("Enter goes on, at the end to the next line. Lines of a spreadsheet can be pasted into a name.")
        foot.addWidget(label(keys, "small", wrap=True), 1)
        foot.addWidget(self.state)
        work.add(self.stale)
        work.add(self.count)
        work.add(_scrolled(self.form), 1)
        work.body.addLayout(foot)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE.large)
        layout.addWidget(left)
        layout.addWidget(work, 1)
        self.bench.theme.changed.connect(self._measure)
        self._measure()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's own name
        super().resizeEvent(event)
        self._measure()

    def _measure(self) -> None:
        px = self.bench.theme.px
        self._left.setFixedWidth(px(_LEFT))
        self.form.fold(folded=self.width() < px(_LEFT + _ROOM))


def _scrolled(content: QWidget) -> QScrollArea:
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.setWidget(content)
    return scroll
