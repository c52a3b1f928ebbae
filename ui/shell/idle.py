"""Whether anybody is at the keyboard: every key and every movement in a window of the program begins the wait anew."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

_SIGNS: Final = frozenset(
    {
        *(QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel),
        *(QEvent.Type.TouchBegin, QEvent.Type.TabletPress, QEvent.Type.InputMethod),
    }
)
_AGAIN: Final = 60_000  # milliseconds until it is asked again whether locking is right now


class IdleWatch(QObject):
    """`passed` tells that nobody did anything for so long; asked to `postpone`, it tells again soon."""

    passed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._minutes = 0
        self.timer: Final = QTimer(self, singleShot=True)
        self.timer.timeout.connect(self.passed)
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        self._watched: QWindow | None = None
        application.focusWindowChanged.connect(self._watch)
        self._watch(application.focusWindow())

    def wait(self, minutes: int) -> None:
        """Wait so many idle minutes; 0 waits for nothing."""
        self._minutes = minutes
        self._begin()

    def postpone(self) -> None:
        """It was not the moment: tell again soon, unless somebody comes back."""
        if self._minutes:
            self.timer.start(_AGAIN)

    def _begin(self) -> None:
        if self._minutes:
            self.timer.start(self._minutes * 60_000)
        else:
            self.timer.stop()

    def _watch(self, window: QWindow | None) -> None:
        if self._watched is not None:
            self._watched.removeEventFilter(self)
        self._watched = window
        if window is not None:
            window.installEventFilter(self)
            window.destroyed.connect(self._forget)

    def _forget(self, _gone: QObject) -> None:
        self._watched = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's own name
        """Begin the wait anew at every sign of somebody."""
        if event.type() in _SIGNS:
            self._begin()
        return False
