"""What a suggestion is about, beside the list."""

from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from app.domain.suggestion import Suggestion, text_is_open
from app.domain.values import Id
from app.i18n import _
from app.queries.suggestion_card import SuggestionCard
from ui.dialogs.history_dialog import HistoryDialog
from ui.page import Workbench
from ui.pages.suggestions.course import CourseCard
from ui.pages.suggestions.evaluation_card import EvaluationCard
from ui.pages.suggestions.handling import HandlingPanel
from ui.pages.suggestions.repeated_card import RepeatedCard
from ui.pages.suggestions.tracked_card import TrackedCard
from ui.places import Place
from ui.theme import SPACE
from ui.widgets.attachments_card import AttachmentsCard
from ui.widgets.card import Card
from ui.widgets.contents import take_out
from ui.widgets.elided_link import ElidedLink
from ui.widgets.flow import Flow
from ui.widgets.roles import button, label
from ui.wording import day_told, word_of

_GROUNDS_SHOWN: Final = 5
_EXCERPT: Final = 120  # characters


class Detail(QScrollArea):
    """The chosen suggestion: who, how it begins, what it stands on, where it stands; `opened` asks for the desk."""

    opened = Signal(str)
    undo_wanted = Signal()

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self._id: Id = ""
        self.card: Final = Card()
        self.title: Final = label("", "section", wrap=True)
        self.about: Final = label("", "soft", wrap=True)
        self.excerpt: Final = label("", wrap=True)
        self.open_button: Final = button(_("Open"))
        self.past: Final = button(_("History"), "link")
        self.undo: Final = button(_("Undo the last change"), "link")
        self.undo.setToolTip(_("Undo the last change（Ctrl+Z）"))
        self.grounds: Final = Card(_("Grounds"))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(SPACE.tiny)
        self.grounds.body.addLayout(self._rows)
        self.files: Final = AttachmentsCard(bench)
        self.evaluation: Final = EvaluationCard(bench)
        self.tracked: Final = TrackedCard(bench)
        self.repeated: Final = RepeatedCard(bench)
        self.course: Final = CourseCard()
        self.handling: Final = HandlingPanel(bench)
        self._arrange()

    def show_card(self, card: SuggestionCard) -> None:
        """Show a suggestion."""
        shown = self._id
        suggestion, self._id = card.sheet.suggestion, card.sheet.id
        self.title.setText(suggestion.subject or _("(no title yet)"))
        self.about.setText(self._about(card))
        text = " ".join(suggestion.text.split())
        self.excerpt.setText(text[:_EXCERPT] + ("…" if len(text) > _EXCERPT else ""))
        self.excerpt.setVisible(bool(text))
        self._show_grounds(card)
        if self._id != shown:
            self.files.show_record(self._id, ())
        self.files.refresh()
        self.evaluation.show_suggestion(self._id)
        self.tracked.show_suggestion(self._id)
        self.repeated.show_suggestion(self._id)
        self.course.show_course(card.course, self._bench.workspace.clock.today().date())
        self.course.setVisible(text_is_open(suggestion))
        self.handling.show_suggestion(suggestion)

    def _about(self, card: SuggestionCard) -> str:
        suggestion = card.sheet.suggestion
        parts = (
            card.lead or _("No lead deputy yet"),
            _("followed up by {name}").format(name=card.follower) if card.follower else "",
            _number(suggestion),
            word_of(suggestion.state),
            day_told(suggestion.submitted_on),
            _("due {day}").format(day=day_told(suggestion.due_on)) if suggestion.due_on else "",
        )
        return "　".join(part for part in parts if part)

    def _show_grounds(self, card: SuggestionCard) -> None:
        take_out(self._rows)
        issues = card.grounds.issues
        for each in issues[:_GROUNDS_SHOWN]:
            link = ElidedLink(each.title)
            link.clicked.connect(partial(self._bench.go, Place.ISSUES, each.id))
            self._rows.addWidget(link)
        if len(issues) > _GROUNDS_SHOWN:
            self._rows.addWidget(label(_("and {count} more").format(count=len(issues) - _GROUNDS_SHOWN), "small"))
        for origin in card.origins:
            told = " · ".join(part for part in (day_told(origin.on), word_of(origin.kind), origin.title) if part)
            link = ElidedLink(_("From the activity: {activity}").format(activity=told))
            link.clicked.connect(partial(self._bench.go, Place.VISITS, origin.id))
            self._rows.addWidget(link)
        self.grounds.setVisible(bool(issues or card.origins))

    def _arrange(self) -> None:
        self.card.add(self.title)
        self.card.add(self.about)
        self.card.add(self.excerpt)
        deeds = Flow()
        for link in (self.open_button, self.past, self.undo):
            deeds.addWidget(link)
        self.card.body.addLayout(deeds)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, SPACE.tiny, 0)
        column.setSpacing(SPACE.middle)
        tracked = (self.evaluation, self.tracked, self.repeated)
        for each in (self.card, self.handling, *tracked, self.grounds, self.files, self.course):
            column.addWidget(each)
        column.addStretch(1)
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.files.take_drops_of(self.card)
        self.handling.steps.begun.connect(lambda: self.ensureWidgetVisible(self.handling.steps))
        self.open_button.clicked.connect(lambda: self.opened.emit(self._id))
        self.past.clicked.connect(lambda: HistoryDialog(self._bench, self._id, self).open())
        self.undo.clicked.connect(self.undo_wanted)


def _number(suggestion: Suggestion) -> str:
    return suggestion.case_number or suggestion.number
