"""What happened to a suggestion since its first word: who, when, what, by unit and round; and which deadlines are open."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.domain.papers import PaperName
from app.domain.suggestion_course import ANSWERING
from app.domain.suggestion_limits import Limit
from app.domain.values import CodeSet, Id
from app.i18n import _
from app.messages.limits import years_told
from app.queries.suggestion_handling import HandlingCard, ReplyLine, TimelineLine, UnitLine
from ui.page import Workbench
from ui.pages.suggestions.calendar_file import ask_for_calendar
from ui.pages.suggestions.paper_link import paper_link
from ui.pages.suggestions.record_files import files_door
from ui.pages.suggestions.told import (
    both_days,
    left_told,
    left_tone,
    line_told,
    row_told,
    unit_state,
)
from ui.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.contents import take_out
from ui.widgets.facts import Facts
from ui.widgets.flow import Flow
from ui.widgets.roles import button, label
from ui.wording import day_told, field_word, word_of


class TimelineCard(Card):
    """Every step and note in the order of its days."""

    def __init__(self, bench: Workbench, today: date) -> None:
        super().__init__(_("What happened"))
        self._bench: Final = bench
        self._today: Final = today
        self.notice: Final = paper_link(bench, PaperName.REVIEW_NOTICE)
        self.head.addWidget(self.notice)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(SPACE.small)
        self._grid.setVerticalSpacing(SPACE.tiny)
        self._grid.setColumnStretch(1, 1)
        self.body.addLayout(self._grid)
        self.lines: Final[list[QLabel]] = []
        self._row = 0

    def show_card(self, card: HandlingCard) -> None:
        """Show these; the last one that fits is where it stands. The notice of the newest review can be printed."""
        self.notice.setProperty("record", card.suggestion.id)
        self.notice.setVisible(bool(card.course.reviews))
        take_out(self._grid)
        self.lines.clear()
        self._row = 0
        waiting = {each.id for each in card.open_return.steps}
        stands = next((line for line in reversed(card.timeline) if line.of not in waiting), None)
        for line in card.timeline:
            self._line(line, now=line is stands, waits=line.of in waiting)
            for id in line.records:
                if many := card.files.get(id, 0):
                    door = files_door(self._bench, self, id, many, line_told(line), day_told(line.on))
                    self._grid.addWidget(door, self._row, 1, Qt.AlignmentFlag.AlignLeft)
                    self._row += 1

    def _line(self, line: TimelineLine, *, now: bool, waits: bool) -> None:
        shape, tone = ("?", "warning") if waits else ("●", "accent") if now else ("✓", "ok")
        sign = label(shape, "sign", tone=tone)
        told = _copied(line_told(line), "strong" if now else "")
        self.lines.append(told)
        self._grid.addWidget(sign, self._row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(told, self._row, 1)
        self._row += 1
        when = "　".join(part for part in (day_told(line.on, today=self._today), line.who) if part)
        below = "\n".join(part for part in (when, *(row_told(each, self._today) for each in line.told)) if part)
        if below:
            self._grid.addWidget(_copied(below, "small"), self._row, 1)
            self._row += 1


class DeadlinesCard(Card):
    """The deadlines that are open, each with both of its days and how long there still is; without any there is no card."""

    def __init__(self, bench: Workbench, today: date) -> None:
        super().__init__(_("Deadlines"))
        self._today: Final = today
        self._id: Id = ""
        self.calendar: Final = button(_("For a calendar …"), "link")
        self.calendar.setToolTip(_("Save these deadlines as a file that calendars take in"))
        self.calendar.clicked.connect(lambda: ask_for_calendar(bench, self, self._id))
        self.head.addWidget(self.calendar)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(SPACE.small)
        self.body.addLayout(self._rows)

    def show_card(self, card: HandlingCard) -> None:
        """Show these, the nearest first."""
        self._id = card.suggestion.id
        take_out(self._rows)
        found = sorted((each for each in card.limits if each.open), key=lambda each: each.day)
        for limit in found:
            self._rows.addWidget(self._row(limit, card.unit_names.get(limit.unit, "")))
        self.setVisible(bool(found))

    def _row(self, limit: Limit, unit: str) -> QWidget:
        row = QWidget()
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.tiny)
        head = QHBoxLayout()
        head.addWidget(label("　".join(part for part in (word_of(limit.kind), unit) if part), "", wrap=True), 1)
        chip = label(left_told(limit, self._today), "chip", tone=left_tone(limit, self._today))
        head.addWidget(chip, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        column.addWidget(_copied(both_days(limit, self._today), "small"))
        if warning := years_told(limit.unknown_years):
            column.addWidget(label(warning, "problem", wrap=True))
        return row


class UnitsCard(Card):
    """Who has the matter, round by round, and how far each unit has come."""

    def __init__(self, bench: Workbench, today: date) -> None:
        super().__init__(_("Handling units"))
        self._bench: Final = bench
        self._today: Final = today
        self._rows = QVBoxLayout()
        self._rows.setSpacing(SPACE.middle)
        self.body.addLayout(self._rows)

    def show_card(self, card: HandlingCard) -> None:
        """Show these, the newest round first; without any there is no card."""
        take_out(self._rows)
        for line in card.units:
            self._rows.addWidget(self._part(line, again=card.course.round > 1))
        self.setVisible(bool(card.units))

    def _part(self, line: UnitLine, *, again: bool) -> QWidget:
        part, facts = QWidget(), Facts()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.tiny)
        state, tone = unit_state(line)
        round_told = _("round {number}").format(number=line.slip.round or 1) if again else ""
        named = (word_of(line.slip.role), line.unit or _("(no unit)"), round_told)
        head = QHBoxLayout()
        head.addWidget(label("　".join(each for each in named if each), "strong", wrap=True), 1)
        if state:
            head.addWidget(label(state, "chip", tone=tone), 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        facts.show_facts(self._facts(line))
        column.addWidget(facts)
        column.addWidget(_papers(self._bench, line.slip.id, line.unit, *_papers_of(line)))
        return part

    def _facts(self, line: UnitLine) -> Iterator[tuple[str, str]]:
        slip = line.slip
        yield field_word("assignment", "part"), slip.part
        yield _("Assigned on"), self._told(slip.assigned_on, slip.number)
        for limit in line.limits:
            if limit.kind in {"reply", "rehandling", "co_handler_opinion"}:
                yield _("Deadline"), both_days(limit, self._today)
        yield _("Signed for"), self._told(slip.signed_for_on, slip.signed_for_by)
        yield _("Given back"), self._told(slip.objected_on, slip.objection)
        yield _("Longer until"), self._told(slip.extended_to, slip.extension_reason)
        yield field_word("assignment", "person_in_charge"), slip.person_in_charge
        yield field_word("assignment", "plan"), slip.plan
        yield field_word("assignment", "planned_reply_on"), self._told(slip.planned_reply_on)
        yield field_word("assignment", "co_handler_opinion"), self._told(slip.co_handler_opinion_on, slip.co_handler_opinion)

    def _told(self, day: date | None, *more: str) -> str:
        return "　".join(each for each in (day_told(day, today=self._today), *more) if each)


class RepliesCard(Card):
    """The replies of every round, each with its class in the words of its scheme, and what the deputy said of it."""

    def __init__(self, bench: Workbench, today: date) -> None:
        super().__init__(_("Replies"))
        self._bench: Final = bench
        self._today: Final = today
        self._rows = QVBoxLayout()
        self._rows.setSpacing(SPACE.middle)
        self.body.addLayout(self._rows)

    def show_card(self, card: HandlingCard) -> None:
        """Show these, the newest last; without any there is no card."""
        take_out(self._rows)
        for each in card.replies:
            self._rows.addWidget(self._part(each, card.files.get(each.reply.id, 0)))
        self.setVisible(bool(card.replies))

    def _part(self, line: ReplyLine, files: int) -> QWidget:
        part, reply = QWidget(), line.reply
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.tiny)
        later = _("later word") if reply.supplementary else ""
        named = (_("round {number}").format(number=reply.round or 1), line.word, word_of(reply.class_change), later)
        column.addWidget(label("　".join(each for each in named if each), "strong", wrap=True))
        scheme = word_of(reply.scheme) if isinstance(reply.scheme, CodeSet) else reply.scheme
        about = (day_told(reply.replied_on, today=self._today), line.unit, scheme, word_of(reply.way), reply.number)
        column.addWidget(_copied("　".join(each for each in about if each), "small"))
        if reply.text:
            column.addWidget(_copied(reply.text))
        if (said := line.evaluation) and (said.attitude or said.result):
            levels = "　".join(
                f"{field_word('evaluation', name)} {word_of(getattr(said, name))}" for name in ("attitude", "result")
            )
            column.addWidget(_copied(_("The deputy: {levels}").format(levels=levels), "small"))
        told = "　".join(each for each in (line.unit, line.word) if each)
        door = files_door(self._bench, self, reply.id, files, _("Reply"), "　".join(each for each in about if each))
        column.addWidget(door, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(_papers(self._bench, reply.id, told, PaperName.REPLY_SHEET, PaperName.EVALUATION_FORM))
        return part


def _papers_of(line: UnitLine) -> Iterator[PaperName]:
    """What is printed of one unit's part: its slip, the empty reply it is to fill in, and what it asked for."""
    yield PaperName.SUGGESTION_SLIP
    if line.held and line.reply is None and line.slip.role in ANSWERING:
        yield PaperName.REPLY_SHEET
        yield PaperName.EXTENSION_APPLICATION
    if line.slip.objected_on:
        yield PaperName.RETURN_APPLICATION


def _papers(bench: Workbench, id: Id, of: str, *names: PaperName) -> QWidget:
    """A line of links, one a paper."""
    line = QWidget()
    flow = Flow(line, gap=SPACE.middle)
    for name in names:
        flow.addWidget(paper_link(bench, name, id, of))
    return line


def _copied(text: str, role: str = "") -> QLabel:
    told = label(text, role, wrap=True)
    told.setTextFormat(Qt.TextFormat.PlainText)
    told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return told
