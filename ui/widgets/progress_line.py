"""How far a job is, in the page that began it: what is done now, how far, and a way out."""

from collections.abc import Mapping
from typing import Any, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from app.i18n import _
from ui.background import Job
from ui.theme import SPACE
from ui.widgets.roles import button, label

_TICK: Final = 200  # milliseconds
_PARTS: Final = 1000  # of the bar: bytes of a large file would be too many for it


class ProgressLine(QWidget):
    """Watches one job; `stages` has the words for the names of its stages."""

    stopped = Signal()
    """The person asked the job to stop."""

    def __init__(self, stages: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stages = stages
        self._job: Job[Any] | None = None
        self._words = label("", "soft")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._stop = button(_("Stop"))
        self._stop.clicked.connect(self.cancel)
        self._timer = QTimer(self, interval=_TICK)
        self._timer.timeout.connect(self.tick)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE.middle)
        row.addWidget(self._words)
        row.addWidget(self._bar, 1)
        row.addWidget(self._stop)
        self.hide()

    def watch(self, job: Job[Any]) -> None:
        """Show how far this job is, until `end`."""
        self._job = job
        self._stop.setEnabled(True)
        self.show()
        self.tick()
        self._timer.start()

    def end(self) -> None:
        """The job is over."""
        self._job = None
        self._timer.stop()
        self.hide()

    def tick(self) -> None:
        """Look again."""
        if self._job is None:
            return
        progress = self._job.progress
        words = self._stages.get(progress.stage, "")
        self._words.setText(_(words) if words else self._job.title)
        self._bar.setAccessibleName(self._words.text())
        self._bar.setMaximum(_PARTS if progress.total else 0)  # 0: nobody knows how long
        if progress.total:
            self._bar.setValue(min(_PARTS, progress.step * _PARTS // progress.total))

    def cancel(self) -> None:
        """Ask the job to stop; it does so at its next step."""
        if self._job:
            self._stop.setEnabled(False)
            self._job.cancel()
            self.stopped.emit()
