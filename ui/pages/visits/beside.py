"""What helps beside the desk: similar matters, the deadline that follows, what must not be entered here."""

from collections.abc import Callable, Collection, Sequence
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.deadlines import Period
from app.domain.values import Id
from app.errors import AppError
from app.i18n import _
from app.queries.similar import VERY_LIKE, SimilarIssue, similar_issues
from ui.page import Workbench
from ui.places import Place
from ui.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.contents import take_out
from ui.widgets.elided_link import ElidedLink
from ui.widgets.roles import label
from ui.wording import day_told, word_of

PAUSE: Final = 800  # milliseconds after the last key before similar matters are looked for


class SimilarCard(Card):
    """The nearest issues of before; asked for when a person pauses, never while they type."""

    def __init__(self, bench: Workbench, text: Callable[[], tuple[str, Collection[Id]]]) -> None:
        super().__init__(_("Similar matters"))
        self._bench: Final = bench
        self._text: Final = text
        self.timer: Final = QTimer(self, singleShot=True, interval=PAUSE)
        self.timer.timeout.connect(self.ask)
        self.nothing: Final = label("", "small", wrap=True)
        self._found = QVBoxLayout()
        self._found.setSpacing(SPACE.small)
        self.add(self.nothing)
        self.body.addLayout(self._found)
        self.show_found(())

    def touch(self) -> None:
        """The words are others: look again when the person pauses."""
        self.timer.start()

    def ask(self) -> None:
        """Look for what is like the words now."""
        self.timer.stop()
        words, besides = self._text()
        workspace = self._bench.workspace
        self._bench.background.ask(
            self, lambda: similar_issues(workspace, words, besides), self.show_found, self._fail, topic="similar"
        )

    def show_found(self, found: Sequence[SimilarIssue]) -> None:
        """Show these."""
        take_out(self._found)
        words = self._text()[0].strip()
        self.nothing.setText(
            _("No earlier matter says much the same.") if words else _("They appear here as the words are typed.")
        )
        self.nothing.setVisible(not found)
        for each in found:
            self._found.addWidget(self._row(each))

    def _row(self, found: SimilarIssue) -> QWidget:
        row = QWidget()
        lines = QVBoxLayout(row)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        link = ElidedLink(found.title)
        link.clicked.connect(lambda: self._bench.go(Place.ISSUES, found.id))
        likeness = _("very similar") if found.share >= VERY_LIKE else _("somewhat similar")
        today = self._bench.workspace.clock.today().date()
        told = (day_told(found.on, today=today), found.person, word_of(found.state), likeness)
        lines.addWidget(link)
        lines.addWidget(label(" · ".join(each for each in told if each), "small", wrap=True))
        if found.words:
            lines.addWidget(label(_("Both say: {words}").format(words="、".join(found.words)), "small", wrap=True))
        return row

    def _fail(self, _error: AppError) -> None:
        self.show_found(())  # help that fails is no reason to disturb who is typing


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
