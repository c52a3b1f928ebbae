"""What to print at a list: a ledger of its days, or a paper of every record, in one file, each as it is printed alone."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from app.domain.papers import PaperName
from app.domain.values import Id
from app.errors import AppError
from app.i18n import _, ngettext
from app.use_cases.papers import Asked
from ui.dialogs.paper_buttons import column_of, paper_buttons, paper_card
from ui.dialogs.room import open_at
from ui.feedback import Feedback
from ui.page import Workbench
from ui.theme import SPACE
from ui.widgets.roles import label

_SIZE: Final = 560, 320


class BatchDialog(QDialog):
    """`chosen` tells a ledger, or the paper of all records that `listed` answers with, asked away from the window.

    Enter takes the first ledger.
    """

    chosen = Signal(object)

    def __init__(
        self,
        bench: Workbench,
        ledgers: Sequence[PaperName],
        names: Sequence[PaperName],
        listed: Callable[[], Sequence[Id]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._ids: tuple[Id, ...] = ()
        self.setWindowTitle(_("Print"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        open_at(self, bench.theme, *_SIZE)
        self.feedback: Final = Feedback()
        self.papers: Final = paper_buttons([Asked(name=name) for name in names], self._choose)
        self.ledgers: Final = paper_buttons([Asked(name=name) for name in ledgers], self._choose_ledger)
        self.told: Final = label("", "soft", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE.large, SPACE.large, SPACE.large, SPACE.large)
        layout.setSpacing(SPACE.middle)
        layout.addWidget(self.feedback)
        each = paper_card(_("A paper of each record listed, in one file"), self.papers, self.told)
        layout.addWidget(column_of(paper_card(_("Of all days listed"), self.ledgers), each), 1)
        first = next(iter(self.ledgers.values()))
        first.setDefault(True)
        first.setFocus()
        self._enable(ready=False)
        bench.background.ask(self, listed, self._show, self._fail, topic="listed")

    def _show(self, ids: Sequence[Id]) -> None:
        self._ids = tuple(ids)
        self._enable(ready=bool(ids))
        if not ids:
            self.told.setText(_("Nothing is listed: choose another group or narrow less."))
            return
        self.told.setText(ngettext("{count} record is listed.", "{count} records are listed.", len(ids)).format(count=len(ids)))

    def _enable(self, *, ready: bool) -> None:
        for each in self.papers.values():
            each.setEnabled(ready)

    def _choose_ledger(self, asked: Asked) -> None:
        self.accept()
        self.chosen.emit(asked)

    def _choose(self, asked: Asked) -> None:
        self.accept()
        self.chosen.emit(Asked(name=asked.name, ids=self._ids))

    def _fail(self, error: AppError) -> None:
        self.feedback.fail(error)
