"""The slips that went to units with an issue, and what came back on each; both papers are printed from here."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.papers import PaperName
from app.i18n import _
from app.queries.issue_card import SlipLine
from ui.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.contents import take_out
from ui.widgets.facts import Facts
from ui.widgets.flow import Flow
from ui.widgets.roles import button, label
from ui.wording import day_told, word_of


class SlipsCard(Card):
    """A part for each slip, the newest first; `wanted` asks for a paper of one: its name, and the slip."""

    wanted = Signal(object, str)

    def __init__(self, today: date) -> None:
        super().__init__(_("Slips"))
        self._today: Final = today
        self._rows = QVBoxLayout()
        self._rows.setSpacing(SPACE.middle)
        self.body.addLayout(self._rows)

    def show_slips(self, slips: Sequence[SlipLine]) -> None:
        """Show these; without any there is no card."""
        take_out(self._rows)
        for each in sorted(slips, key=lambda line: -line.slip.round):
            self._rows.addWidget(self._part(each))
        self.setVisible(bool(slips))

    def _part(self, line: SlipLine) -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.small)
        slip, facts, deeds = line.slip, Facts(), QWidget()
        column.addWidget(label("　".join(each for each in (slip.number, line.unit) if each), "strong", wrap=True))
        facts.show_facts(self._facts(line))
        column.addWidget(facts)
        flow = Flow(deeds)
        answered = bool(slip.result or slip.account)
        for name, words in (
            (PaperName.ASSIGNMENT_SLIP, _("Print the assignment slip")),
            (PaperName.FEEDBACK_SLIP, _("Print the feedback slip") if answered else _("Print the blank feedback slip")),
        ):
            made = button(words, "link")
            made.clicked.connect(partial(self._ask, name, slip.id))
            flow.addWidget(made)
        column.addWidget(deeds)
        return part

    def _ask(self, name: PaperName, slip: str, _checked: bool = False) -> None:
        self.wanted.emit(name, slip)

    def _facts(self, line: SlipLine) -> Iterator[tuple[str, str]]:
        slip = line.slip
        yield _("Handled with"), line.co_units
        yield _("Assigned on"), self._told(slip.assigned_on, slip.assigned_by)
        yield _("Deadline"), self._told(slip.extended_to or slip.due_on)
        yield _("Signed for"), self._told(slip.signed_for_on, slip.signed_for_by)
        yield _("Given back"), self._told(slip.objected_on, slip.objection)
        yield _("Result of handling"), word_of(slip.result)
        yield _("Basis"), slip.basis
        yield _("What they say who handle it too"), slip.co_handler_opinion
        yield _("Answered by"), self._told(slip.feedback_on, slip.handler, slip.office_phone)
        seal = _("sealed") if slip.sealed else ""
        yield _("Signed by"), "　".join(each for each in (slip.issued_by, seal) if each)

    def _told(self, day: date | None, *more: str) -> str:
        return "　".join(each for each in (day_told(day, today=self._today), *more) if each)
