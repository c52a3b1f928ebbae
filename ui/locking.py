"""The lock of the window: what is typed is kept, all of the station leaves the window and comes back with who signs in."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from app.changes import Changes
from app.errors import AppError
from app.queries.signing_in import Lock, lock, reception_is_open
from app.use_cases.signing_in import SignedIn, note_locked
from app.workspace import Workspace
from ui.background import Background
from ui.shell.idle import IdleWatch
from ui.shell.lock_screen import LockScreen
from ui.shell.shell import Shell
from ui.theme import Theme


class Locking(QObject):
    """Locks and opens one window. `make` makes the shell anew for another operator; the same finds theirs as it was."""

    opened = Signal()
    """Somebody has signed in, and the station is in the window again."""

    def __init__(
        self, window: QMainWindow, workspace: Workspace, background: Background, theme: Theme, make: Callable[[Workspace], Shell]
    ) -> None:
        super().__init__(window)
        self._window: Final = window
        self._opened: Final = workspace
        self._background: Final = background
        self._theme: Final = theme
        self._make: Final = make
        self._shell: Shell | None = None
        self._hidden: list[QWidget] = []
        self.screen: LockScreen | None = None
        self.idle: Final = IdleWatch(self)
        self.idle.passed.connect(self._ask_whether)
        keys = QShortcut(QKeySequence("Ctrl+L"), window)
        keys.activated.connect(self.switch)
        background.changed.connect(self._look_again)

    def guard(self, shell: Shell, found: Lock) -> None:
        """Begin: with the lock where whoever was there last has a PIN, with the open station elsewhere."""
        self._shell = shell
        self.idle.wait(found.minutes)
        shell.lock_wanted.connect(self.switch)
        if any(each.here and each.has_pin for each in found.signers):
            self._cover(found, switching=False)
        else:
            self._window.setCentralWidget(shell)

    def switch(self) -> None:
        """Lock, and offer the keyboard to somebody else."""
        self._lock(switching=True)

    @property
    def _workspace(self) -> Workspace:
        """The workspace of whoever is at the keyboard."""
        return self._shell.bench.workspace if self._shell else self._opened

    def is_locked(self) -> bool:
        """Whether the screen of the lock is shown."""
        return self.screen is not None

    def _lock(self, *, switching: bool) -> None:
        if self.screen is None and self._shell is not None:
            self._shell.keep()
            workspace = self._workspace
            self._background.ask(
                self, lambda: lock(workspace), lambda found: self._cover(found, switching=switching), self._fail, topic="lock"
            )
            if workspace.writable:
                self._background.do(self, lambda _progress: note_locked(workspace), lambda _noted: None, self._fail)

    def _cover(self, found: Lock, *, switching: bool) -> None:
        """Take the station out of the window, so that neither an eye nor a screen reader finds anything of it there."""
        if self.screen is not None or self._shell is None:
            return
        self._hidden = [each for each in QApplication.topLevelWidgets() if each.isVisible() and each is not self._window]
        for each in self._hidden:
            each.hide()
        if self._window.centralWidget() is self._shell:
            self._window.takeCentralWidget()
        self._shell.hide()
        self.screen = LockScreen(self._workspace, self._background, self._theme)
        self.screen.show_lock(found, switching=switching)
        self.screen.opened.connect(self._open)
        self._window.setCentralWidget(self.screen)
        self.screen.show()  # at once: nothing else must be seen, and only what is shown takes the focus
        self.screen.begin()

    def _open(self, signed: SignedIn) -> None:
        screen, shell = self.screen, self._shell
        if screen is None or shell is None:
            return
        self.screen = None
        self._window.takeCentralWidget()
        screen.deleteLater()
        if signed.id == self._workspace.author.op:
            self._window.setCentralWidget(shell)
            shell.show()
            for each in self._hidden:
                if each.windowType() is Qt.WindowType.Dialog:
                    each.show()
        else:
            for each in self._hidden:
                each.close()
            self._exchange(signed, shell)
        self._hidden = []
        self.opened.emit()

    def _exchange(self, signed: SignedIn, shell: Shell) -> None:
        """Another operator finds a window of their own; what the one before typed is kept as that one's draft."""
        shell.deleteLater()
        workspace = shell.bench.workspace.acting_as(signed.id)
        self._shell = self._make(workspace)
        self._shell.lock_wanted.connect(self.switch)
        self._window.setCentralWidget(self._shell)
        self._shell.show()
        self._shell.begin()
        self._shell.ask_state()

    # --- by itself

    def _ask_whether(self) -> None:
        """Nobody did anything for so long: lock, but never while people are received (decision 12)."""
        if self.screen is not None or self._shell is None:
            return
        if self._shell.receiving():
            self.idle.postpone()
            return
        workspace = self._workspace
        self._background.ask(
            self, lambda: (reception_is_open(workspace), lock(workspace)), self._decide, self._fail, topic="idle"
        )

    def _decide(self, told: tuple[bool, Lock]) -> None:
        receiving, found = told
        if receiving or (self._shell is not None and self._shell.receiving()):
            self.idle.postpone()
        elif found.minutes and found.guarded:
            self._lock(switching=False)

    def _look_again(self, changes: Changes) -> None:
        if changes & Changes.STATION:
            workspace = self._workspace
            self._background.ask(self, lambda: lock(workspace), self._wait, self._fail, topic="minutes")

    def _wait(self, found: Lock) -> None:
        self.idle.wait(found.minutes)

    def _fail(self, error: AppError) -> None:
        if self._shell is not None:
            self._shell.feedback.fail(error)
