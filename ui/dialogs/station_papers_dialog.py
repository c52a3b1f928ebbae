"""Which paper of the whole station to print: a log or ledger of some days, an empty form, what hangs at its door."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget

from app.domain.papers import ALWAYS, AskedBy, PaperName, Trait, month_named, week_span
from app.i18n import _
from app.use_cases.papers import Asked
from ui.dialogs.room import open_at
from ui.page import Workbench
from ui.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.flow import Flow
from ui.widgets.roles import button

_SIZE: Final = 680, 520
_MONTHLY: Final = frozenset({PaperName.VISIT_LOG, PaperName.ARCHIVE, PaperName.PUBLIC_SHEET})
"""Papers that are mostly wanted of a month: of this one where nobody chooses another."""


class StationPapersDialog(QDialog):
    """The papers there are; `chosen` tells the one a person wants, as it is asked for. Enter takes the log of the month."""

    chosen = Signal(object)

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Print"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        open_at(self, bench.theme, *_SIZE)
        today = bench.workspace.clock.today().date()
        self.ledgers: Final = self._buttons([each for each in PaperName if each.asked_by is AskedBy.PERIOD], today)
        self.empty: Final = self._buttons([each for each in PaperName if each.asked_by is AskedBy.NUMBERS], today)
        self.station: Final = self._buttons([each for each in PaperName if each.asked_by is AskedBy.NOTHING], today)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, SPACE.tiny, 0)
        column.setSpacing(SPACE.middle)
        column.addWidget(_card(_("Logs and ledgers"), self.ledgers))
        column.addWidget(_card(_("Empty forms to write on"), self.empty))
        column.addWidget(_card(_("Of the station"), self.station))
        column.addStretch(1)
        room = QScrollArea()
        room.setWidget(inside)
        room.setWidgetResizable(True)
        room.setFrameShape(QFrame.Shape.NoFrame)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE.large, SPACE.large, SPACE.large, SPACE.large)
        layout.addWidget(room)
        first = self.ledgers[PaperName.VISIT_LOG]
        first.setDefault(True)
        first.setFocus()

    def _buttons(self, names: Sequence[PaperName], today: date) -> Mapping[PaperName, QPushButton]:
        made = {name: button(f"{name.label}…", "link") for name in names}
        for name, each in made.items():
            each.clicked.connect(partial(self._choose, _asked(name, today)))
        return made

    def _choose(self, asked: Asked, _checked: bool = False) -> None:
        self.accept()
        self.chosen.emit(asked)


def _asked(name: PaperName, today: date) -> Asked:
    if Trait.WEEKLY in name.traits:
        return Asked(name=name, span=week_span(today))
    return Asked(name=name, span=month_named(f"{today:%Y-%m}") if name in _MONTHLY else ALWAYS)


def _card(heading: str, buttons: Mapping[PaperName, QPushButton]) -> Card:
    card, papers = Card(heading), QWidget()
    flow = Flow(papers, gap=SPACE.middle)
    for each in buttons.values():
        flow.addWidget(each)
    card.add(papers)
    return card
