"""Which paper of the whole station to print: a log or ledger of some days, an empty form, what hangs at its door."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QPushButton, QVBoxLayout, QWidget

from app.domain.papers import ALWAYS, AskedBy, PaperName, Trait, month_named, week_span
from app.domain.values import Id
from app.i18n import _
from app.use_cases.papers import Asked
from ui.dialogs.paper_buttons import column_of, paper_buttons, paper_card
from ui.dialogs.room import open_at
from ui.feedback import Feedback, Tone
from ui.page import Workbench
from ui.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.roles import button, label

_OF_EACH: Final = (PaperName.RECEPTION_FORM, PaperName.VISITOR_SLIP, PaperName.ACTIVITY_RECORD, PaperName.ATTENDANCE_SHEET)
_SIZE: Final = 680, 640
_DAY: Final = timedelta(days=1)
_MONTHLY: Final = frozenset(
    {
        *(PaperName.VISIT_LOG, PaperName.RECEPTION_LEDGER, PaperName.OUTREACH_LEDGER, PaperName.ACTIVITY_LEDGER),
        *(PaperName.ATTENDANCE_LEDGER, PaperName.HANDLING_LEDGER, PaperName.ARCHIVE, PaperName.PUBLIC_SHEET),
    }
)
"""Papers that are mostly wanted of a month: of this one where nobody chooses another."""


class StationPapersDialog(QDialog):
    """The papers there are; `chosen` tells the one a person wants, as it is asked for. Enter takes the log of the month."""

    chosen = Signal(object)

    def __init__(self, bench: Workbench, parent: QWidget | None = None, listed: Callable[[], Sequence[Id]] = tuple) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Print"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        open_at(self, bench.theme, *_SIZE)
        self._today: Final = bench.workspace.clock.today().date()
        self.ledgers: Final = self._buttons(AskedBy.PERIOD)
        self.empty: Final = self._buttons(AskedBy.NUMBERS)
        self.station: Final = self._buttons(AskedBy.NOTHING)
        self.each: Final = paper_buttons([Asked(name=name) for name in _OF_EACH], self._choose_each)
        self._bench: Final = bench
        self._listed: Final = listed
        self.feedback: Final = Feedback()
        self.tables_button: Final = button(_("Fill in a table of the office …"), "link")
        self.tables_button.clicked.connect(self._show_tables)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE.large, SPACE.large, SPACE.large, SPACE.large)
        cards = (
            paper_card(_("Logs and ledgers"), self.ledgers),
            paper_card(_("Empty forms to write on"), self.empty),
            paper_card(_("Of each visit listed, in one file"), self.each),
            paper_card(_("Of the station"), self.station),
            _tables_card(self.tables_button),
        )
        layout.addWidget(self.feedback)
        layout.addWidget(column_of(*cards))
        first = self.ledgers[PaperName.VISIT_LOG]
        first.setDefault(True)
        first.setFocus()

    def _buttons(self, by: AskedBy) -> Mapping[PaperName, QPushButton]:
        return paper_buttons([_asked(each, self._today) for each in PaperName if each.asked_by is by], self._choose)

    def _choose_each(self, asked: Asked) -> None:
        """Ask away from the window which visits are listed."""
        self._bench.background.ask(
            self, self._listed, lambda ids: self._choose_listed(asked.name, ids), self.feedback.fail, topic="listed"
        )

    def _choose_listed(self, name: PaperName, ids: Sequence[Id]) -> None:
        if ids:
            self._choose(Asked(name=name, ids=tuple(ids)))
        else:
            self.feedback.say(_("Nothing is listed: choose another group or narrow less."), Tone.WARNING)

    def _show_tables(self) -> None:
        from ui.dialogs.county_tables_dialog import CountyTablesDialog  # loaded when it is wanted

        self.accept()
        CountyTablesDialog(self._bench, self.parentWidget()).open()

    def _choose(self, asked: Asked) -> None:
        self.accept()
        self.chosen.emit(asked)


def _tables_card(deed: QPushButton) -> Card:
    card = Card(_("Tables that the office sends"))
    card.add(label(_("Marked once, filled in every month with the figures and lists of the station."), "soft", wrap=True))
    card.body.addWidget(deed, alignment=Qt.AlignmentFlag.AlignLeft)
    return card


def _asked(name: PaperName, today: date) -> Asked:
    if Trait.WEEKLY in name.traits:
        return Asked(name=name, span=week_span(today))
    if name is PaperName.STATION_REPORT:
        return Asked(name=name, span=month_named(f"{today.replace(day=1) - _DAY:%Y-%m}"))  # of the month that is over
    return Asked(name=name, span=month_named(f"{today:%Y-%m}") if name in _MONTHLY else ALWAYS)
