"""What a ledger has beside other papers: the year it is of, and a table of it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QWidget

from app.domain.papers import ALWAYS, PaperName, Span, year_span
from app.errors import AppError
from app.i18n import _
from app.use_cases.ledger_table import FORMAT, SavedLedger, save_ledger
from ui.page import Workbench
from ui.theme import SPACE
from ui.widgets.roles import button, label

_YEARS: Final = 6


class LedgerTools(QWidget):
    """The year is chosen here; `spanned` tells its days, `saved` what was written."""

    spanned = Signal(object)
    saved = Signal(object)
    failed = Signal(object)

    def __init__(self, bench: Workbench, name: PaperName, file_name: Callable[[], str]) -> None:
        super().__init__()
        self._bench: Final = bench
        self._name: Final = name
        self._file_name: Final = file_name
        self.year: Final = QComboBox()
        self.year.setAccessibleName(_("Year"))
        self.year.addItem(_("All years"), ALWAYS)
        this = bench.workspace.clock.today().date().year
        for each in range(this, max(this - _YEARS, date.min.year), -1):
            self.year.addItem(str(each), year_span(each))
        self.save_button: Final = button(_("Save as a table …"))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(SPACE.small)
        line.addWidget(label(_("Year"), "label"))
        line.addWidget(self.year)
        line.addWidget(self.save_button)
        self.year.currentIndexChanged.connect(lambda: self.spanned.emit(self.span()))
        self.save_button.clicked.connect(self._ask_where)

    def span(self) -> Span:
        """The days of the year chosen."""
        span: Span = self.year.currentData()
        return span

    def _ask_where(self) -> None:
        name = Path(self._file_name()).with_suffix(FORMAT).name
        proposed = str(Path(self._bench.settings.last_folder or Path.home()) / name)
        chosen, _filter = QFileDialog.getSaveFileName(self, _("Save as a table"), proposed, f"Excel (*{FORMAT})")
        if chosen:
            path = Path(chosen)
            self.save_to(path if path.suffix.lower() == FORMAT else path.with_name(f"{path.name}{FORMAT}"))

    def save_to(self, path: Path) -> None:
        """Save the ledger of the year chosen under a name, whole or not at all."""
        self._bench.settings.last_folder = str(path.parent)
        workspace, name, span = self._bench.workspace, self._name, self.span()
        self.save_button.setEnabled(False)
        self._bench.background.do(
            self, lambda _progress: save_ledger(workspace, name, span, path), self._done, self._fail, title=_("Saving the table")
        )

    def _done(self, saved: SavedLedger) -> None:
        self.save_button.setEnabled(True)
        self.saved.emit(saved)

    def _fail(self, error: AppError) -> None:
        self.save_button.setEnabled(True)
        self.failed.emit(error)
