"""A visit to be read: when and where, who was there, and line by line who was met and what was raised."""

from collections.abc import Callable, Collection, Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.activity import MEETING, roll_of, shown_of, value_told
from app.domain.issue import Issue
from app.domain.problems import Problem
from app.domain.values import Id
from app.domain.visit import Speech
from app.domain.visit_sheet import Line, VisitSheet, line_problems
from app.i18n import _, ngettext
from app.messages import problem_told
from app.queries.visit_words import VisitWords
from ui.pages.visits.person_words import contact_told, counts_told, issue_facts, party_told, person_told, when_told
from ui.pages.visits.sign_in import names_there
from ui.theme import SPACE
from ui.widgets.contents import take_out
from ui.widgets.elided_link import ElidedLink
from ui.widgets.facts import Facts
from ui.widgets.roles import button, label
from ui.wording import term_told, word_of

_MANY: Final = 40  # lines that are shown at once: hundreds of them take seconds to lay out

Go = Callable[[Id], None]


class SheetView(QWidget):
    """A sheet in words, names and telephones masked unless `full`; what is missing stands with the line it is missing in."""

    def __init__(self, today: date, *, full: bool = False, open_issue: Go | None = None, mend: Go | None = None) -> None:
        super().__init__()
        self._today: Final = today
        self._full: Final = full
        self._named: Collection[Id] = ()
        self._open_issue: Final = open_issue
        self._mend: Final = mend
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE.small)

    def show_sheet(self, sheet: VisitSheet, known: VisitWords, *, named: Collection[Id] = (), every: bool = False) -> None:
        """Show a sheet, the people of `named` in full; of a very long one its beginning, unless every line is wanted."""
        self._named = named
        take_out(self._column)
        self._column.addWidget(self._facts(sheet, known))
        for number, speech in enumerate(sheet.speeches, start=1):
            self._column.addWidget(_rule())
            self._column.addWidget(_speech(number, speech))
        shown = len(sheet.lines) if every or len(sheet.lines) <= _MANY else _MANY
        for number, line in enumerate(sheet.lines[:shown], start=1):
            self._column.addWidget(_rule())
            self._column.addWidget(self._line(number, line, sheet, known))
        if rest := len(sheet.lines) - shown:
            more = button(ngettext("{count} line more", "{count} lines more", rest).format(count=rest), "link")
            more.clicked.connect(lambda: self.show_sheet(sheet, known, named=named, every=True))
            self._column.addWidget(more)
        for issue in sheet.loose:
            self._column.addWidget(_rule())
            self._column.addWidget(self._issue(issue, known))
        self._column.addStretch(1)

    def _facts(self, sheet: VisitSheet, known: VisitWords) -> Facts:
        visit = sheet.visit
        there = [f"{name}（{beside}）" if beside else name for name, beside in names_there(sheet, known.deputies)]
        facts = Facts()
        late = _("Entered later") if visit.late_entry else ""
        facts.show_facts(
            (
                (_("Day"), "　".join(part for part in (when_told(visit, self._today), late) if part)),
                (_("Place"), visit.place),
                (_("Kind"), word_of(visit.visit_kind) if visit.visit_kind not in MEETING else ""),
                (_("Theme"), visit.theme),
                (_("Way of meeting"), word_of(visit.way)),
                (_("Deputies") if visit.visit_kind in MEETING else _("Those there"), "、".join(name for name in there if name)),
                (_("Attendance"), _roll_told(sheet) if visit.visit_kind not in MEETING else ""),
                (_("Recorder"), visit.recorder),
                (_("Number"), visit.number),
                (_("Campaign"), next((each.name for each in known.campaigns if each.id == visit.campaign), "")),
                (_("Met"), counts_told(sheet) if sheet.lines or (sheet.loose and visit.visit_kind in MEETING) else ""),
                *((name, text) for name, text in _accounts(sheet)),
            )
        )
        return facts

    def _line(self, number: int, line: Line, sheet: VisitSheet, known: VisitWords) -> QWidget:
        met = line.encounter
        box, column = _box()
        head = QHBoxLayout()
        head.setSpacing(SPACE.small)
        full = self._full or met.id in self._named
        name = person_told(met, full=full) or _("no name")
        head.addWidget(label(f"{number}　{name}", "strong"))
        beside = (party_told(met), met.village, contact_told(line, full=full))
        head.addWidget(label(" · ".join(each for each in beside if each), "small"), 1)
        if met.confidential:
            head.addWidget(label(_("In confidence"), "chip", tone="warning"))
        column.addLayout(head)
        told = met.raised if not any(met.raised in f"{each.subject}\n{each.words}" for each in line.issues) else ""
        for text in (told, met.handled_on_spot):
            if text:
                column.addWidget(label(text, "", wrap=True))
        for issue in line.issues:
            column.addWidget(self._issue(issue, known))
        self._say_problems(column, met.id, tuple(line_problems(sheet.visit, line)))
        return box

    def _issue(self, issue: Issue, known: VisitWords) -> QWidget:
        box, column = _box()
        if go := self._open_issue:
            link = ElidedLink(issue.title())
            link.clicked.connect(lambda: go(issue.id))
            column.addWidget(link)
        else:
            words = label(issue.words or issue.subject, "", wrap=True)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(words)
        category = known.categories.get(issue.category, issue.category)
        if facts := issue_facts(issue, category, state=self._open_issue is not None):
            column.addWidget(label(facts, "small", wrap=True))
        for name, text in ((_("Proposed handling"), issue.proposed_handling), (_("Answered"), issue.on_spot_reply)):
            if text and not self._open_issue:
                column.addWidget(label(f"{name}：{text}", "small", wrap=True))
        return box

    def _say_problems(self, column: QVBoxLayout, line: Id, problems: Sequence[Problem]) -> None:
        if self._mend is None:
            return
        mend = self._mend
        for problem in problems:
            row = QHBoxLayout()
            row.addWidget(label(problem_told(problem), "small" if problem.hint else "problem", wrap=True), 1)
            if not problem.hint:
                go = button(_("Add it"), "link")
                go.clicked.connect(lambda: mend(line))
                row.addWidget(go)
            column.addLayout(row)


def _accounts(sheet: VisitSheet) -> Sequence[tuple[str, str]]:
    visit = sheet.visit
    if visit.visit_kind not in MEETING:
        asked = [(term_told(each), value_told(visit, each.field)) for each in shown_of(visit)]
        return (*asked, (_("Speeches"), visit.speeches), (_("Remarks"), visit.remarks))
    return (
        (_("Explained"), visit.explained),
        (_("Course"), visit.course),
        (_("Conclusions"), visit.conclusions),
        (_("Remarks"), visit.remarks),
    )


def _roll_told(sheet: VisitSheet) -> str:
    roll = roll_of(sheet)
    told = _("Expected {expected}, there {present}, on leave {on_leave}, absent {absent}")
    numbers = {"expected": roll.expected, "present": roll.present, "on_leave": roll.on_leave, "absent": roll.absent}
    return told.format(**numbers) if roll.expected else ""


def _speech(number: int, speech: Speech) -> QWidget:
    box, column = _box()
    head = QHBoxLayout()
    head.setSpacing(SPACE.small)
    head.addWidget(label(f"{number}　{speech.name}", "strong"))
    head.addWidget(label(speech.part, "small"), 1)
    column.addLayout(head)
    words = label(speech.words, "", wrap=True)
    words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    column.addWidget(words)
    return box


def _box() -> tuple[QWidget, QVBoxLayout]:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(SPACE.tiny)
    return box, column


def _rule() -> QWidget:
    rule = QFrame()
    rule.setProperty("role", "rule")
    return rule
