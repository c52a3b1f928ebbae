"""The history of one record in a window of its own, where its last change can be taken back."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.values import Id
from app.errors import AppError
from app.i18n import _
from app.messages import explain, kind_told
from app.queries.record_history import Past, record_history
from ui.dialogs.room import open_at
from ui.feedback import Feedback, Tone
from ui.page import Workbench
from ui.theme import SPACE
from ui.undoing import undo_change
from ui.widgets.history_lines import HistoryLines
from ui.widgets.roles import button, label
from ui.widgets.scrolled import scrolled

_SIZE: Final = 760, 640


class HistoryDialog(QDialog):
    """Every change of a record and of its parts, the newest first."""

    def __init__(self, bench: Workbench, id: Id, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench: Final = bench
        self._id: Final = id
        self.setWindowTitle(_("History"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        open_at(self, bench.theme, *_SIZE)
        self.feedback: Final = Feedback()
        self.title: Final = label("", "section", wrap=True)
        self.lines: Final = HistoryLines(bench.workspace.clock.today().date())
        self.done_button: Final = button(_("Close"))
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.done_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE.large, SPACE.large, SPACE.large, SPACE.large)
        layout.setSpacing(SPACE.middle)
        layout.addWidget(self.feedback)
        layout.addWidget(self.title)
        layout.addWidget(scrolled(self.lines), 1)
        layout.addLayout(foot)
        self.done_button.clicked.connect(self.accept)
        self.lines.undo_wanted.connect(self._undo)
        self.refresh()

    def refresh(self) -> None:
        """Ask for the history anew."""
        workspace, id = self._bench.workspace, self._id
        self._bench.background.ask(self, lambda: record_history(workspace, id), self._show, self._fail, topic="history")

    def _show(self, past: Past) -> None:
        self.title.setText("　".join(each for each in (kind_told(past.kind), past.title) if each))
        self.lines.show_past(past)

    def _undo(self, rev: Id) -> None:
        undo_change(self._bench, self, self._id, rev=rev, feedback=self.feedback, then=lambda _done: self.refresh())

    def _fail(self, error: AppError) -> None:
        self.feedback.say(explain(error), Tone.WARNING)
