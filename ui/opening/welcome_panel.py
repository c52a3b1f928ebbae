"""The first screen: how large the letters shall be, and whether to begin for good or to look around first."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QProgressBar

from app.i18n import _
from app.progress import Progress
from app.settings import Settings
from ui.opening.panel import Panel
from ui.theme import SPACE, Theme
from ui.widgets.roles import button, label

SIZES: Final = (90, 100, 115, 130, 145, 160)
"""The text sizes offered, per cent; each applies at once."""


class WelcomePanel(Panel):
    """Asks for the text size, then for the way."""

    set_up = Signal()
    look_around = Signal()
    restore = Signal()
    join = Signal()
    stop = Signal()

    def __init__(self, theme: Theme, settings: Settings) -> None:
        super().__init__(
            _("Welcome"),
            _("What residents say, what deputies suggest and what is handed in is kept on this computer, encrypted."),
        )
        self._theme = theme
        self._settings = settings
        self.add(label(_("How large shall the letters be? The size can be changed at any time."), wrap=True))
        self._sizes = QButtonGroup(self)
        line = QHBoxLayout()
        line.setSpacing(SPACE.small)
        for size in SIZES:
            choice = button(f"{size}%", "filter")
            choice.setCheckable(True)
            choice.setChecked(size == settings.text_size)
            choice.setAccessibleName(_("Text size {size} %").format(size=size))
            choice.clicked.connect(lambda _checked=False, size=size: self._apply(size))
            self._sizes.addButton(choice)
            line.addWidget(choice)
        line.addStretch(1)
        self.body.addLayout(line)
        self._progress: Progress | None = None
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(_("Making an invented station"))
        self._bar.hide()
        self.add(self._bar)
        self._stop = self.offer(_("Stop"), self.stop.emit)
        self._stop.hide()
        self._around = self.offer(_("Look at an invented station first"), self.look_around.emit)
        self._restore = self.offer(_("Restore from a backup …"), self.restore.emit)
        self._join = self.offer(_("Join a station …"), self.join.emit)
        self._begin = self.offer(_("Set up a station"), self.set_up.emit, "primary")

    def begin(self) -> None:
        self._begin.setFocus()

    def wait_for(self, progress: Progress | None) -> None:
        """Show how far the invented station is; None: it is not being made."""
        self._progress = progress
        self._bar.setVisible(progress is not None)
        self._stop.setVisible(progress is not None)
        for each in (self._around, self._restore, self._join, self._begin):
            each.setVisible(progress is None)
        self.tick()

    def tick(self) -> None:
        """Look again how far it is."""
        if self._progress:
            self._bar.setMaximum(self._progress.total)
            self._bar.setValue(self._progress.step)

    def _apply(self, size: int) -> None:
        self._settings.text_size = size
        self._theme.apply(size=size, dark=self._settings.dark)
