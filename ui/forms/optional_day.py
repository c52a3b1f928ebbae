"""A day that may be left out, as a person types it."""

from collections.abc import Callable
from datetime import date
from typing import Final

from PySide6.QtWidgets import QLineEdit, QWidget

from app.domain.typed_day import day_typed
from app.i18n import _


class OptionalDay(QLineEdit):
    """A day or nothing: 2026-1-31, 20260131 and 1月31日 are all understood; it is written out when one leaves."""

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today: Final = today
        self.setPlaceholderText(_("such as 1-31"))
        self.editingFinished.connect(lambda: self.show_day(self.day()) if self.day() else None)

    def day(self) -> date | None:
        """The day typed; None for nothing, and for what is no day."""
        return day_typed(self.text(), self._today())

    def malformed(self) -> bool:
        """Whether something stands there that is no day."""
        return bool(self.text().strip()) and self.day() is None

    def show_day(self, day: date | None) -> None:
        """Show another day, or none."""
        self.setText(day.isoformat() if day else "")
