"""One issue beside the list: the resident's own words, what is known of it, what can be done, what happened."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.domain.hotline import HotlineEntry
from app.domain.issue import Issue, Urgency
from app.domain.issue_steps import StepEntry
from app.domain.life import IssueEvent, IssueState
from app.domain.matters import Likeness
from app.domain.papers import PaperName
from app.domain.values import Id
from app.errors import AppError
from app.i18n import _
from app.queries.issue_card import IssueCard, issue_card
from app.queries.operators import operators
from app.queries.reply_letter import answered
from app.queries.units import UnitRow, units
from app.use_cases.hotline import unsaved_hotline
from app.use_cases.issues import Shown, show_person, unsaved_steps
from app.use_cases.matters import judge
from app.use_cases.papers import Asked
from app.workspace import Workspace
from ui.dialogs.history_dialog import HistoryDialog
from ui.page import Workbench
from ui.pages.issues.course import CourseCard
from ui.pages.issues.hotline_card import HotlineCard
from ui.pages.issues.related_card import RelatedCard
from ui.pages.issues.slips_card import SlipsCard
from ui.pages.issues.step_card import StepCard
from ui.pages.issues.words import left_told, left_tone, period_told, state_tone
from ui.pages.visits.beside import SimilarCard, SimilarFound
from ui.places import Place
from ui.theme import SPACE
from ui.undoing import say_done
from ui.widgets.attachments_card import AttachmentsCard
from ui.widgets.card import Card
from ui.widgets.contents import take_out
from ui.widgets.elided_link import ElidedLink
from ui.widgets.facts import Facts
from ui.widgets.flow import Flow
from ui.widgets.read_text import ReadText
from ui.widgets.roles import button, label
from ui.wording import day_told, time_told, word_of

_PAPERS: Final = (PaperName.ISSUE_RECORD, PaperName.CALL_BACK_RECORD, PaperName.REPLY_LETTER)
_OPEN: Final = frozenset({IssueState.REGISTERED, IssueState.ACCEPTED, IssueState.PROPOSED, IssueState.APPROVED})
"""States in which one looks whether the matter was raised before."""
_LEAST: Final = 90  # pixels of what is read that always show


@dataclass(frozen=True, slots=True)
class Laid:
    """A card with what its forms offer."""

    card: IssueCard
    units: tuple[UnitRow, ...]
    operator: str
    steps: Mapping[IssueEvent, StepEntry]  # begun and not saved
    hotline: HotlineEntry | None


class Detail(QWidget):
    """The chosen issue; `corrected` asks for its form, `told` tells which one is shown."""

    corrected = Signal(str)
    told = Signal(str)
    undo_wanted = Signal()

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench: Final = bench
        self._today: Final = bench.workspace.clock.today().date()
        self.card: IssueCard | None = None
        self.title: Final = label("", "section", wrap=True)
        self.title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.words: Final = ReadText(bench.theme)
        self.words.setAccessibleName(_("The resident's own words"))
        self.facts: Final = Facts()
        self.person: Final = button(_("Show name and telephone (this is noted)"), "link")
        self.correct: Final = button(_("Correct"), "link")
        self.papers: Final = {name: button(_("Print: {paper}").format(paper=name.label), "link") for name in _PAPERS}
        self.slips: Final = SlipsCard(self._today)
        self.hotline: Final = HotlineCard(bench)
        self.related: Final = RelatedCard(bench)
        self.similar: Final = SimilarCard(bench, self._raised)
        self.files: Final = AttachmentsCard(bench)
        self.course: Final = CourseCard(self._today)
        self.steps: Final = StepCard(bench)
        self._chips = Flow(gap=SPACE.tiny)
        self._links = QVBoxLayout()
        self.room: Final = QScrollArea()
        self._arrange()

    @property
    def id(self) -> Id:
        """The issue that is shown; empty for none."""
        return self.card.issue.id if self.card else ""

    def ask(self, id: Id) -> None:
        """Show the issue of this identifier."""
        workspace = self._bench.workspace
        self._bench.background.ask(self, lambda: _laid(workspace, id), self._show, self._fail, topic="card")

    def refresh(self) -> None:
        """Ask again for what is shown; what is gone meanwhile is shown no longer."""
        if id := self.id:
            workspace = self._bench.workspace
            self._bench.background.ask(self, lambda: _laid(workspace, id), self._show, self._gone, topic="card")

    def forget(self) -> None:
        """Show nothing any more."""
        self.card = None
        self.hide()

    def _show(self, laid: Laid) -> None:
        card, another = laid.card, laid.card.issue.id != self.id
        self.card = card
        issue = card.issue
        self.title.setText(issue.title() or _("(no subject)"))
        self.words.show_text(issue.words)
        self.words.setVisible(issue.words.strip() not in {"", issue.title().strip()})  # it may be called by its words
        self._show_chips(card)
        self.facts.show_facts(_facts(card))
        self.person.setVisible(card.raiser.more)
        self.papers[PaperName.REPLY_LETTER].setVisible(answered(issue))
        self._show_links(card)
        self.slips.show_slips(card.slips)
        self.hotline.show_card(card, laid.hotline)
        self.related.show_card(card)
        self.files.show_record(issue.id, card.attachments)
        self.course.show_card(card)
        self.steps.show_card(card, laid.units, laid.operator, laid.steps)
        self._show_similar(another=another)
        if another:
            self.room.verticalScrollBar().setValue(0)
        self.show()
        self.told.emit(issue.id)

    def _show_similar(self, *, another: bool) -> None:
        """What sounds alike is looked for once somebody rests on an issue nobody handles yet."""
        wanted = self.card is not None and self.card.issue.state in _OPEN
        self.similar.setVisible(wanted)
        if another:
            self.similar.show_found(SimilarFound())
        if wanted:
            self.similar.touch()
        else:
            self.similar.timer.stop()

    def _show_chips(self, card: IssueCard) -> None:
        take_out(self._chips)
        issue = card.issue
        chips = [(word_of(issue.state), state_tone(issue.state))]
        if issue.urgency not in {"", Urgency.ORDINARY}:
            chips.append((word_of(issue.urgency), "warning"))
        if issue.confidential:
            chips.append((_("In confidence"), "warning"))
        if issue.late_entry:
            chips.append((_("Entered later"), ""))
        if card.left:
            chips.append((left_told(card.left), left_tone(card.left)))
        for words, tone in chips:
            if words:
                self._chips.addWidget(label(words, "chip", tone=tone))

    def _show_links(self, card: IssueCard) -> None:
        take_out(self._links)
        go = self._bench.go
        if visit := card.visit:
            self._link(_("Visit: {title}").format(title=visit.title), lambda: go(Place.VISITS, visit.id))
        if into := card.merged_into:
            self._link(_("Became part of: {title}").format(title=into.title), lambda: go(Place.ISSUES, into.id))
        for each in card.suggestions:
            words = _("Suggestion: {title} ({state})").format(title=each.title, state=word_of(each.state))
            self._link(words, partial(go, Place.SUGGESTIONS, each.id))
        for project in card.projects:
            words = _("Livelihood project: {title} ({state})").format(title=project.title, state=word_of(project.state))
            self._link(words, partial(go, Place.ROSTER, project.id))

    def _link(self, words: str, act: Callable[[], None]) -> None:
        made = ElidedLink(words)
        made.clicked.connect(lambda: act())
        self._links.addWidget(made)

    # --- deeds

    def show_person(self) -> None:
        """Show who raised it in full; that it was shown is noted."""
        workspace, id = self._bench.workspace, self.id
        self._bench.background.do(self, lambda _progress: show_person(workspace, id), self._show_person, self._fail)

    def _show_person(self, shown: Shown) -> None:
        if self.card:
            told = " · ".join(each for each in (shown.name, shown.phone, shown.address) if each)
            self.facts.show_facts(_facts(self.card, person=told))
            self.person.hide()

    def judge(self, other: Id, likeness: Likeness) -> None:
        """Say of this issue and another one that they are the same, related, different, or nothing any more."""
        if self.card is None:
            return
        workspace, id, heads = self._bench.workspace, self.id, self.card.heads
        self._bench.background.do(
            self,
            lambda _progress: judge(workspace, id, other, likeness, seen=heads),
            lambda done: say_done(self._bench, self, _("Saved."), done),
            self._fail,
        )

    def _raised(self) -> tuple[Issue, Collection[Id]]:
        """The issue shown, and those of which something is known already."""
        if self.card is None:
            return Issue(id=""), ()
        known = (*self.card.joined, *self.card.related)
        return self.card.issue, {self.id, *(each.id for each in known)}

    def _print(self, name: PaperName, id: Id) -> None:
        from ui.dialogs.paper_dialog import PaperDialog  # printing is loaded when it is wanted

        PaperDialog(self._bench, Asked(name=name, id=id), self).open()

    def _gone(self, error: AppError) -> None:
        if error.code == "record_missing":
            self.forget()
            self.told.emit("")
        else:
            self._fail(error)

    def _fail(self, error: AppError) -> None:
        self._bench.feedback.fail(error)

    # --- how it stands

    def _arrange(self) -> None:
        about = Card()
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.correct, 0, Qt.AlignmentFlag.AlignTop)
        about.body.addLayout(head)
        about.body.addLayout(self._chips)
        about.add(self.words)
        about.add(self.facts)
        about.body.addWidget(self.person, 0, Qt.AlignmentFlag.AlignLeft)
        about.body.addLayout(self._links)
        papers = Flow()
        for link in self.papers.values():
            papers.addWidget(link)
        about.body.addLayout(papers)
        self._links.setSpacing(0)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.middle)
        for each in (about, self.hotline, self.slips, self.related, self.similar, self.files, self.course):
            column.addWidget(each)
        column.addStretch(1)
        self.room.setWidget(inside)
        self.room.setWidgetResizable(True)
        self.room.setFrameShape(QFrame.Shape.NoFrame)
        self.room.setMinimumHeight(self._bench.theme.px(_LEAST))
        self.room.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE.middle)
        layout.addWidget(self.room, 1)
        layout.addWidget(self.steps)
        self.files.take_drops_of(self)
        self.slips.wanted.connect(self._print)
        for name, link in self.papers.items():
            link.clicked.connect(lambda _checked=False, name=name: self._print(name, self.id))
        self.related.judged.connect(self.judge)
        self.similar.judged.connect(self.judge)
        self.person.clicked.connect(self.show_person)
        self.correct.clicked.connect(lambda: self.corrected.emit(self.id))
        self.course.past.clicked.connect(lambda: HistoryDialog(self._bench, self.id, self).open())
        self.course.undo.clicked.connect(self.undo_wanted)
        self.hide()


def _laid(workspace: Workspace, id: Id) -> Laid:
    operator = next((each.name for each in operators(workspace) if each.here), "")
    steps, hotline = unsaved_steps(workspace, id), unsaved_hotline(workspace, id)
    return Laid(issue_card(workspace, id), units(workspace), operator, steps, hotline)


def _facts(card: IssueCard, person: str = "") -> Iterator[tuple[str, str]]:
    issue = card.issue
    raiser = " · ".join(each for each in (card.raiser.name, card.raiser.phone, card.raiser.village) if each)
    received = "　".join(each for each in (day_told(issue.received_on), time_told(issue.received_at)) if each)
    source = "　".join(each for each in (word_of(issue.source), issue.source_number) if each)
    yield _("Raised by"), person or raiser
    yield _("Received"), received
    yield _("Source"), source
    yield _("Number"), issue.number
    yield _("Place of the matter"), issue.place
    yield _("Purpose"), word_of(issue.purpose)
    yield _("Category"), card.category
    yield _("Units concerned"), "、".join(issue.units_concerned)
    yield _("Deputies"), "、".join(each for each in card.deputies if each)
    yield from _handling(card)
    yield _("Remarks"), issue.remarks


def _handling(card: IssueCard) -> Iterator[tuple[str, str]]:
    issue = card.issue
    due = day_told(issue.due_on) if issue.due_on else period_told(card.period) if card.period else ""
    yield _("Answer given on the spot"), issue.on_spot_reply
    yield _("Proposed handling"), _said(issue.proposed_handling, issue.proposed_by)
    yield _("Approval"), _said(issue.approval, issue.approved_by) + _same_person(issue)
    yield _("Goes to"), word_of(issue.route)
    yield _("Handling unit"), card.unit
    yield _("Assigned on"), day_told(issue.assigned_on)
    yield _("Deadline"), due
    yield _("Result of handling"), _said(issue.result_text, word_of(issue.result))
    yield _("Feedback"), _said(issue.feedback, word_of(issue.feedback_way))
    yield _("Call-back"), _said(word_of(issue.satisfaction), issue.call_back_by)
    yield _("File number"), issue.archive_number


def _said(text: str, beside: str) -> str:
    return f"{text}（{beside}）" if text and beside else text or beside


def _same_person(issue: Issue) -> str:
    """Proposed and approved by one person is allowed, and said (decision 12)."""
    return f"　{_('the same person')}" if issue.approved_by and issue.approved_by == issue.proposed_by else ""
