"""What a paper of some days has beside others: which days it is of, and a table of it where it is a ledger."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QWidget

from app.domain.papers import ALWAYS, Span, Trait, month_named, year_span
from app.domain.privacy import Privacy
from app.errors import AppError
from app.i18n import _
from app.use_cases.ledger_table import FORMAT, SavedLedger, save_ledger
from app.use_cases.papers import Asked
from ui.page import Workbench
from ui.theme import SPACE
from ui.widgets.roles import button, label

_YEARS, _MONTHS = 6, 12  # so many are offered, the newest first


class LedgerTools(QWidget):
    """The days are chosen here, at first those asked for; `spanned` tells them, `saved` what was written."""

    spanned = Signal(object)
    saved = Signal(object)
    failed = Signal(object)

    def __init__(self, bench: Workbench, asked: Asked, file_name: Callable[[], str], privacy: Callable[[], Privacy]) -> None:
        super().__init__()
        self._bench: Final = bench
        name, span = asked.name, asked.span
        self._name: Final = name
        self._file_name: Final = file_name
        self._privacy: Final = privacy
        self.days: Final = QComboBox()
        self.days.setAccessibleName(_("Days"))
        if span != ALWAYS:
            self.days.addItem(" – ".join(day.isoformat() if day else "…" for day in (span.first, span.last)), span)
        self.days.addItem(_("All years"), ALWAYS)
        today = bench.workspace.clock.today().date()
        for year in range(today.year, max(today.year - _YEARS, date.min.year), -1):
            self.days.addItem(str(year), year_span(year))
        for back in range(_MONTHS):
            year, month = divmod(today.year * 12 + today.month - 1 - back, 12)
            told = f"{year:04}-{month + 1:02}"
            self.days.addItem(told, month_named(told))
        self.save_button: Final = button(_("Save as a table …"))
        self.save_button.setVisible(Trait.TABLE in name.traits)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(SPACE.small)
        line.addWidget(label(_("Days"), "label"))
        line.addWidget(self.days)
        line.addWidget(self.save_button)
        self.days.currentIndexChanged.connect(lambda: self.spanned.emit(self.span()))
        self.save_button.clicked.connect(self._ask_where)

    def span(self) -> Span:
        """The days chosen."""
        span: Span = self.days.currentData()
        return span

    def _ask_where(self) -> None:
        name = Path(self._file_name()).with_suffix(FORMAT).name
        proposed = str(Path(self._bench.settings.last_folder or Path.home()) / name)
        chosen, _filter = QFileDialog.getSaveFileName(self, _("Save as a table"), proposed, f"Excel (*{FORMAT})")
        if chosen:
            path = Path(chosen)
            self.save_to(path if path.suffix.lower() == FORMAT else path.with_name(f"{path.name}{FORMAT}"))

    def save_to(self, path: Path) -> None:
        """Save the ledger of the days chosen under a name, whole or not at all."""
        self._bench.settings.last_folder = str(path.parent)
        workspace, name, span, privacy = self._bench.workspace, self._name, self.span(), self._privacy()
        self.save_button.setEnabled(False)
        self._bench.background.do(
            self,
            lambda _progress: save_ledger(workspace, name, span, path, privacy),
            self._done,
            self._fail,
            title=_("Saving the table"),
        )

    def _done(self, saved: SavedLedger) -> None:
        self.save_button.setEnabled(True)
        self.saved.emit(saved)

    def _fail(self, error: AppError) -> None:
        self.save_button.setEnabled(True)
        self.failed.emit(error)
