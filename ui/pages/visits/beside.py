"""What helps beside the desk: similar matters, the deadline that follows, what must not be entered here."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.deadlines import Period
from app.domain.issue import Issue
from app.domain.life import IssueState
from app.domain.matters import Likeness, likeness_of, spoken_of
from app.domain.values import Id
from app.errors import AppError
from app.i18n import N_, _
from app.messages.likeness import likeness_told
from app.queries.similar import SimilarIssue, similar_issues, titles_of
from ui.dialogs.compare_dialog import CompareDialog
from ui.page import Workbench
from ui.places import Place
from ui.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.contents import take_out
from ui.widgets.elided_link import ElidedLink
from ui.widgets.roles import button, label
from ui.wording import day_told, word_of


@dataclass(frozen=True, slots=True)
class SimilarFound:
    """What sounds alike, and the names of those of which something was said already."""

    issues: Sequence[SimilarIssue] = ()
    titles: Mapping[Id, str] = field(default_factory=dict)


PAUSE: Final = 800  # milliseconds after the last key before similar matters are looked for


_SAID: Final = {
    Likeness.SAME: N_("Becomes part of: {title}"),
    Likeness.RELATED: N_("Related: {title}"),
    Likeness.DIFFERENT: N_("Another matter than: {title}"),
}


class SimilarCard(Card):
    """The nearest issues of before; asked for when a person pauses, never while they type.

    `raised` gives the issue on the form and the identifiers of those that are no earlier ones. `judged` tells another issue, and
    what a person said of the two; what was said of an issue that is not saved yet stands here and can be taken back.
    """

    judged = Signal(str, object)

    def __init__(self, bench: Workbench, raised: Callable[[], tuple[Issue, Collection[Id]]]) -> None:
        super().__init__(_("Similar matters"))
        self._bench: Final = bench
        self._raised: Final = raised
        self.timer: Final = QTimer(self, singleShot=True, interval=PAUSE)
        self.timer.timeout.connect(self.ask)
        self.nothing: Final = label("", "small", wrap=True)
        self._said = QVBoxLayout()
        self._said.setSpacing(SPACE.tiny)
        self._found = QVBoxLayout()
        self._found.setSpacing(SPACE.small)
        self.add(self.nothing)
        self.body.addLayout(self._said)
        self.body.addLayout(self._found)
        self.show_found(SimilarFound())

    def touch(self) -> None:
        """The words are others: look again when the person pauses."""
        self.timer.start()

    def ask(self) -> None:
        """Look for what is like the words now."""
        self.timer.stop()
        issue, besides = self._raised()
        words = f"{issue.subject}\n{issue.words}".strip()
        others = {*besides, *spoken_of(issue)}
        workspace = self._bench.workspace
        self._bench.background.ask(
            self,
            lambda: SimilarFound(
                similar_issues(workspace, words, others, to=issue.id, at=issue.place),
                titles_of(workspace, sorted(spoken_of(issue))),
            ),
            self.show_found,
            self._fail,
            topic="similar",
        )

    def show_found(self, found: SimilarFound) -> None:
        """Show these, below what was said already."""
        take_out(self._found)
        take_out(self._said)
        issue, besides = self._raised()
        said = [(other, likeness_of(issue, other)) for other in found.titles if other not in besides]
        for other, likeness in said:
            if words := _SAID.get(likeness):
                self._said.addWidget(self._told(other, _(words).format(title=found.titles[other])))
        self.nothing.setText(
            _("No earlier matter says much the same.")
            if issue.words.strip() or issue.subject.strip()
            else _("They appear here as the words are typed.")
        )
        self.nothing.setVisible(not found.issues and not said)
        for each in found.issues:
            self._found.addWidget(self._row(each))

    def compare(self, found: SimilarIssue) -> CompareDialog:
        """Both side by side, to be judged."""
        dialog = CompareDialog(self._bench, self._raised()[0], found.id, found.words, self)
        dialog.judged.connect(lambda likeness: self._judge(found.id, likeness))
        dialog.open()
        return dialog

    def _judge(self, other: Id, likeness: Likeness) -> None:
        self.judged.emit(other, likeness)
        self.ask()

    def _told(self, other: Id, words: str) -> QWidget:
        back = button(_("Take this back"), "link")
        back.setAccessibleName(_("Take back: {words}").format(words=words))
        back.clicked.connect(lambda: self._judge(other, Likeness.UNDECIDED))
        back.setHidden(self._raised()[0].state == IssueState.MERGED)
        return self._linked(words, other, back)

    def _row(self, found: SimilarIssue) -> QWidget:
        row = QWidget()
        lines = QVBoxLayout(row)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        today = self._bench.workspace.clock.today().date()
        told = (day_told(found.on, today=today), found.person, word_of(found.state))
        beside = button(_("Compare"), "link")
        beside.setAccessibleName(_("Compare with: {title}").format(title=found.title))
        beside.setToolTip(_("Both side by side: the same matter, related, or different?"))
        beside.clicked.connect(lambda: self.compare(found))
        lines.addWidget(self._linked(found.title, found.id, beside))
        why = likeness_told(very=found.very, place=found.place, same_place=found.same_place, on=found.on, today=today)
        lines.addWidget(label(why, "small", wrap=True))
        lines.addWidget(label(" · ".join(each for each in told if each), "small", wrap=True))
        if found.words:
            lines.addWidget(label(_("Both say: {words}").format(words="、".join(found.words)), "small", wrap=True))
        return row

    def _linked(self, words: str, id: Id, deed: QWidget) -> QWidget:
        """The way to another issue, and what can be done about it at the end of the line."""
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(SPACE.small)
        link = ElidedLink(words)
        link.clicked.connect(lambda: self._bench.go(Place.ISSUES, id))
        line.addWidget(link, 1)
        line.addWidget(deed)
        return row

    def _fail(self, _error: AppError) -> None:
        self.show_found(SimilarFound())  # help that fails is no reason to disturb who is typing


class DeadlineCard(Card):
    """The rule by which a deadline will follow (decision 10)."""

    def __init__(self) -> None:
        super().__init__(_("Time for handling"))
        self.add(label(_("Runs from the assignment, once the station head has approved"), "small", wrap=True))
        self._rule = label("", "section", wrap=True)
        self.add(self._rule)

    def show_period(self, period: Period) -> None:
        """Show how long a unit will have."""
        unit = word_of(period.unit)
        self._rule.setText(_("{amount} {unit} after the assignment").format(amount=period.amount, unit=unit))


class HintCard(Card):
    """What does not belong here, and where it goes."""

    def __init__(self) -> None:
        super().__init__(_("Mind"))
        hint = _(
            "For matters in litigation, arbitration, administrative review or petition proceedings, and for accusations,"
            " explain the way and guide the visitor there. Nothing classified may be entered."
        )
        self.add(label(hint, "soft", wrap=True))
        self.body.addStretch(1)
