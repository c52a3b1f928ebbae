"""The steps of a suggestion's life: done, where it stands now, still to come; each with its sign and its word."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from app.domain.life import SuggestionEvent
from app.i18n import N_, _
from app.queries.suggestion_card import CourseStep, Stand
from ui.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.contents import take_out
from ui.widgets.roles import label
from ui.wording import day_told, word_of

_SIGNS: Final[Mapping[Stand, tuple[str, str, str]]] = {
    Stand.DONE: ("✓", "ok", N_("done")),
    Stand.NOW: ("●", "accent", N_("now")),
    Stand.TO_COME: ("○", "", N_("to come")),
}
_ROLES: Final[Mapping[Stand, str]] = {Stand.DONE: "", Stand.NOW: "strong", Stand.TO_COME: "soft"}
_E = SuggestionEvent
_TOGETHER: Final = frozenset(
    {
        (_E.CONSULT, _E.COSIGN),
        (_E.FIRST_REVIEW, _E.SECOND_REVIEW),
        (_E.ACCEPT, _E.ASSIGN),
        (_E.HANDLE, _E.REPLY),
        (_E.EVALUATE, _E.CLOSE),
    }
)


class CourseCard(Card):
    """The course from the first word to the last step, one step a line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Steps"), parent)
        self._rows = QWidget()
        self._grid = QGridLayout(self._rows)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(SPACE.small)
        self._grid.setVerticalSpacing(SPACE.tiny)
        self._grid.setColumnStretch(1, 1)
        self.add(self._rows)
        self.lines: Final[list[QLabel]] = []

    def show_course(self, course: Sequence[CourseStep], today: date) -> None:
        """Show these steps in their order; of what is to come, what belongs together stands in one line."""
        take_out(self._grid)
        self.lines.clear()
        before: CourseStep | None = None
        for step in course:
            told = _told(step)
            if before and before.stand is Stand.TO_COME and (before.code, step.code) in _TOGETHER:
                self.lines[-1].setText(f"{self.lines[-1].text()}　{told}")
            else:
                self._line(step, told, today)
            before = step

    def _line(self, step: CourseStep, told: str, today: date) -> None:
        sign, tone, word = _SIGNS[step.stand]
        number = 2 * len(self.lines)
        line = label(told, _ROLES[step.stand], wrap=True)
        line.setAccessibleDescription(_(word))
        line.setToolTip(step.reason)
        self._grid.addWidget(label(sign, "sign", tone=tone), number, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(line, number, 1)
        self.lines.append(line)
        if when := "　".join(part for part in (day_told(step.on, today=today), step.by) if part):
            self._grid.addWidget(label(when, "small", wrap=True), number + 1, 1)


def _told(step: CourseStep) -> str:
    now = _(_SIGNS[Stand.NOW][2]) if step.stand is Stand.NOW else ""
    return "　".join(part for part in (word_of(step.code), now) if part)
