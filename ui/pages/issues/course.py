"""What happened to an issue: its steps in their order, and below them the way to every change of the record."""

from datetime import date
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from app.i18n import _, ngettext
from app.queries.issue_card import IssueCard
from ui.pages.issues.words import step_when
from ui.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.contents import take_out
from ui.widgets.flow import Flow
from ui.widgets.roles import button, label
from ui.wording import day_told, moment_told, word_of


class CourseCard(Card):
    """Who, when, what; `past` leads to the changes of the record, `undo` takes the last of them back."""

    def __init__(self, today: date) -> None:
        super().__init__(_("What happened"))
        self._today: Final = today
        self._steps = QGridLayout()
        self._steps.setHorizontalSpacing(SPACE.small)
        self._steps.setVerticalSpacing(SPACE.tiny)
        self._steps.setColumnStretch(1, 1)
        self.past: Final = button("", "link")
        self.undo: Final = button(_("Undo the last change"), "link")
        self.undo.setToolTip(_("Undo the last change（Ctrl+Z）"))
        links = Flow()
        links.addWidget(self.past)
        links.addWidget(self.undo)
        self.body.addLayout(self._steps)
        self.body.addLayout(links)

    def show_card(self, card: IssueCard) -> None:
        """Show what happened to this issue; below it the way to every change of it."""
        take_out(self._steps)
        begun = next((each for each in card.changes), None)
        if begun:
            received = day_told(card.issue.received_on, today=self._today)
            told = (
                _("received {day}").format(day=received) if received else "",
                moment_told(begun.at, today=self._today),
                begun.by,
            )
            self._step(0, _("Written down"), "　".join(each for each in told if each), "", now=not card.steps)
        for number, step in enumerate(card.steps, start=1):
            self._step(2 * number, word_of(step.event), step_when(step, self._today), step.reason, now=step is card.steps[-1])
        words = ngettext("{count} change of the record", "{count} changes of the record", len(card.changes))
        self.past.setText(words.format(count=len(card.changes)))

    def _step(self, row: int, words: str, when: str, reason: str, *, now: bool) -> None:
        sign = label("●" if now else "✓", "sign", tone="accent" if now else "ok")
        told = f"{words}　{reason}" if reason and not _long(reason) else words
        self._steps.addWidget(sign, row, 0, Qt.AlignmentFlag.AlignTop)
        self._steps.addWidget(_copied(told, "strong" if now else ""), row, 1)
        below = "\n".join(each for each in (when, reason if _long(reason) else "") if each)
        if below:
            self._steps.addWidget(_copied(below, "small"), row + 1, 1)


def _long(reason: str) -> bool:
    return len(reason) > 12 or "\n" in reason  # longer ones stand below, for the words of the step to be found


def _copied(text: str, role: str = "") -> QWidget:
    told = label(text, role, wrap=True)
    told.setTextFormat(Qt.TextFormat.PlainText)
    told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return told
