"""Which paper to print of every record of a list: one file, each as it is printed alone."""

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
from ui.feedback import Feedback, Tone
from ui.page import Workbench
from ui.theme import SPACE
from ui.widgets.roles import label

_SIZE: Final = 560, 320


class BatchDialog(QDialog):
    """`chosen` tells the paper of all records that `listed` answers with, asked away from the window."""

    chosen = Signal(object)

    def __init__(
        self, bench: Workbench, names: Sequence[PaperName], listed: Callable[[], Sequence[Id]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._ids: tuple[Id, ...] = ()
        self.setWindowTitle(_("Print the list"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        open_at(self, bench.theme, *_SIZE)
        self.feedback: Final = Feedback()
        self.papers: Final = paper_buttons([Asked(name=name) for name in names], self._choose)
        self.told: Final = label("", "soft", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE.large, SPACE.large, SPACE.large, SPACE.large)
        layout.setSpacing(SPACE.middle)
        layout.addWidget(self.feedback)
        layout.addWidget(column_of(paper_card(_("A paper of each record listed, in one file"), self.papers, self.told)), 1)
        self._enable(ready=False)
        bench.background.ask(self, listed, self._show, self._fail, topic="listed")

    def _show(self, ids: Sequence[Id]) -> None:
        self._ids = tuple(ids)
        self._enable(ready=bool(ids))
        if not ids:
            self.feedback.say(_("Nothing is listed: choose another group or narrow less."), Tone.WARNING)
            return
        self.told.setText(ngettext("{count} record is listed.", "{count} records are listed.", len(ids)).format(count=len(ids)))
        first = next(iter(self.papers.values()))
        first.setDefault(True)
        first.setFocus()

    def _enable(self, *, ready: bool) -> None:
        for each in self.papers.values():
            each.setEnabled(ready)

    def _choose(self, asked: Asked) -> None:
        self.accept()
        self.chosen.emit(Asked(name=asked.name, ids=self._ids))

    def _fail(self, error: AppError) -> None:
        self.feedback.fail(error)
