"""The line at the bottom: what is saved, what has not been handed in, what came back; each part leads to its place."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton

from app.i18n import _
from ui.background import Job
from ui.places import Place
from ui.theme import SPACE
from ui.widgets.contents import take_out
from ui.widgets.roles import button, label


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the line: its words, the place it leads to, and what is begun there."""

    words: str
    place: Place
    deed: str = ""


class StateLine(QFrame):
    """The state in sight at all times. While something lasts it shows what, how far, and a way out."""

    wanted = Signal(object, str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "state")
        self._saved = label(_("All saved"), "small")
        self._parts = QHBoxLayout()
        self._parts.setSpacing(SPACE.large)
        self._busy = label("", "small")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(140)
        self._stop = button(_("Stop"), "link")
        self._stop.clicked.connect(self._cancel)
        self._job: Job[object] | None = None
        layout = QHBoxLayout(self)
        layout.setContentsMargins(SPACE.huge, SPACE.tiny, SPACE.huge, SPACE.tiny)
        layout.setSpacing(SPACE.large)
        layout.addWidget(self._saved)
        layout.addLayout(self._parts)
        layout.addStretch(1)
        for each in (self._busy, self._bar, self._stop):
            layout.addWidget(each)
        self.watch(None)

    def show_parts(self, parts: Sequence[Part]) -> None:
        """Show these parts, each of which leads to its place."""
        take_out(self._parts)
        for part in parts:
            self._parts.addWidget(self._link(part))

    def saving(self, *, under_way: bool) -> None:
        """Say whether everything is saved."""
        self._saved.setText(_("Saving …") if under_way else _("All saved"))

    def watch(self, job: "Job[object] | None") -> None:
        """Show how far a job is; None: nothing lasts any more."""
        self._job = job
        for each in (self._busy, self._bar, self._stop):
            each.setVisible(job is not None)
        self.tick()

    def tick(self) -> None:
        """Look again how far the job is."""
        if self._job is None:
            return
        progress = self._job.progress
        self._busy.setText(self._job.title)
        self._bar.setMaximum(progress.total)  # 0: nobody knows how long
        self._bar.setValue(progress.step)
        self._bar.setAccessibleName(self._job.title)

    def _cancel(self) -> None:
        if self._job:
            self._job.cancel()

    def _link(self, part: Part) -> QPushButton | QLabel:
        link = button(part.words, "link")
        link.clicked.connect(lambda: self.wanted.emit(part.place, part.deed))
        return link
