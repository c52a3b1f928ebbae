"""What a list of a week has beside other papers: the week, and the ways to the one before and the one after."""

from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.papers import Span, week_span
from app.i18n import _
from ui.theme import SPACE
from ui.widgets.roles import button, label
from ui.wording import day_told

_WEEK: Final = timedelta(days=7)


class WeekTools(QWidget):
    """The week is chosen here; `spanned` tells its days, Monday to Sunday."""

    spanned = Signal(object)

    def __init__(self, day: date) -> None:
        super().__init__()
        self.day: date = day
        self.told: Final = label("", "label")
        self.before: Final = button(_("Previous week"), "link")
        self.after: Final = button(_("Next week"), "link")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(SPACE.small)
        for each in (self.before, self.told, self.after):
            line.addWidget(each)
        self.before.clicked.connect(lambda: self._turn(-_WEEK))
        self.after.clicked.connect(lambda: self._turn(_WEEK))
        self._tell()

    def span(self) -> Span:
        """The days of the week chosen."""
        return week_span(self.day)

    def _turn(self, far: timedelta) -> None:
        self.day += far
        self._tell()
        self.spanned.emit(self.span())

    def _tell(self) -> None:
        year, number, _weekday = self.day.isocalendar()
        span = self.span()
        words = _("Week {number} of {year}: {first} to {last}")
        self.told.setText(
            words.format(
                number=number, year=year, first=day_told(span.first, today=self.day), last=day_told(span.last, today=self.day)
            )
        )
