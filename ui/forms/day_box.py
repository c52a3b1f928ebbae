"""A day, and an hour of the day, as a person types them."""

from datetime import date, time

from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QDateEdit, QLineEdit, QWidget

from app.domain.typed_hour import hour_typed
from ui.wording import time_told


class DayBox(QDateEdit):
    """A day with a calendar to choose from; the wheel scrolls the page, not the day."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDisplayFormat("yyyy-MM-dd")
        self.setCalendarPopup(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def day(self) -> date:
        """The day that stands there."""
        shown = self.date()
        return date(shown.year(), shown.month(), shown.day())

    def show_day(self, day: date) -> None:
        """Show another day."""
        self.setDate(QDate(day.year, day.month, day.day))

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802  # Qt's own name
        event.ignore()


class HourBox(QLineEdit):
    """An hour of the day or nothing: 9, 930, 9:30 and 9点30 are all half past nine or nine; it is written out when one leaves."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText("--:--")
        self.editingFinished.connect(self._write_out)

    def hour(self) -> time | None:
        """The hour typed; None for nothing, and for what is no hour."""
        return hour_typed(self.text())

    def malformed(self) -> bool:
        """Whether something stands there that is no hour."""
        return bool(self.text().strip()) and self.hour() is None

    def show_hour(self, hour: time | None) -> None:
        """Show another hour, or none."""
        self.setText(time_told(hour))

    def _write_out(self) -> None:
        if hour := self.hour():
            self.setText(time_told(hour))
