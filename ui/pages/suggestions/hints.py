"""What the writer is told beside the work: hints stop nobody, what is still missing is wanted before submission only."""

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from app.domain.problems import Problem
from app.i18n import N_, _
from app.messages import problem_told
from ui.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.contents import take_out
from ui.widgets.roles import label

_KINDS: Final[Mapping[str, tuple[str, str]]] = {
    "personal_data": (N_("Personal data"), "warning"),
    "publicity_open": (N_("Publicity"), ""),
    "title_form": (N_("Title"), "information"),
    "title_long": (N_("Title"), "information"),
    "requests_missing": (N_("Requests"), "information"),
    "lead_cosigns": (N_("Co-signers"), "information"),
    "cosigned_twice": (N_("Co-signers"), "information"),
    **dict.fromkeys(
        ("delegation_missing", "delegation_leads_missing", "delegation_not_approved", "delegation_not_agreed"),
        (N_("Delegation"), "information"),
    ),
    **dict.fromkeys(("delegation_disagreed", "delegation_order"), (N_("Delegation"), "warning")),
    "signed_other_text": (N_("Co-signers"), "warning"),
}
_MISSING: Final = N_("Still missing"), "accent"
_OTHER: Final = N_("Hint"), ""


class HintsCard(Card):
    """Each hint a line: what it is about, and what to do."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Hints"), parent)
        self.beside: Final = label(_("They do not stop submission"), "small")
        self.head.insertWidget(1, self.beside)
        self._rows = QWidget()
        self._grid = QGridLayout(self._rows)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(SPACE.middle)
        self._grid.setVerticalSpacing(SPACE.small)
        self._grid.setColumnStretch(1, 1)
        self.none: Final = label(_("Nothing to hint at."), "soft")
        self.add(self._rows)
        self.add(self.none)
        self.told: tuple[str, ...] = ()
        self.show_problems(())

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Show hints, and what submission still needs, in the order given."""
        take_out(self._grid)
        self.told = tuple(dict.fromkeys(problem_told(each) for each in problems))
        hints = sum(each.hint for each in problems)
        self.heading.setText(_("Hints {count}").format(count=hints) if hints else _("Hints"))
        self.beside.setVisible(bool(hints))
        self.none.setVisible(not problems)
        for number, each in enumerate(problems):
            word, tone = _KINDS.get(each.code, _OTHER) if each.hint else _MISSING
            self._grid.addWidget(label(_(word), "chip", tone=tone), number, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(label(problem_told(each), wrap=True), number, 1)
