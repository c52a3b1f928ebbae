"""Watches the folder of new pictures for every page: what is whole in it is offered, whatever is still being written waits."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from app.errors import AppError
from app.use_cases.watched_folder import NewPicture, Watched, decide, look
from app.workspace import Workspace
from ui.background import Background
from ui.feedback import Feedback

_PAUSE: Final = 400  # milliseconds after the folder changed before it is looked into
_AGAIN: Final = 1000  # between two looks at a file that grows
_AWAY: Final = 5000  # between two looks for a folder that is away


class WatchedPictures(QObject):
    """`changed` tells that other pictures are offered than before, or that the folder went or came."""

    changed = Signal()

    def __init__(
        self, workspace: Callable[[], Workspace], background: Background, feedback: Feedback, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._workspace: Final = workspace
        self._background: Final = background
        self._feedback: Final = feedback
        self._before: frozenset[str] = frozenset()  # marks of the last look
        self._begun = False
        self.now = Watched()
        self.watcher: Final = QFileSystemWatcher(self)
        self.pause: Final = QTimer(self, singleShot=True, interval=_PAUSE)
        self.again: Final = QTimer(self, singleShot=True, interval=_AGAIN)
        self.watcher.directoryChanged.connect(lambda _folder: self.pause.start())
        self.pause.timeout.connect(self.look)
        self.again.timeout.connect(self.look)

    def begin(self) -> None:
        """Look for the first time, when somebody would see what is found."""
        if not self._begun:
            self._begun = True
            self.look()

    def look(self) -> None:
        """Look into the folder, elsewhere than where one types."""
        workspace = self._workspace()
        self._background.ask(self, lambda: look(workspace), self._found, self._fail, topic="watched")

    def decided(self, pictures: Sequence[NewPicture]) -> None:
        """These were attached, or are not wanted here."""
        workspace = self._workspace()
        self._background.do(self, lambda _progress: decide(workspace, pictures), lambda _none: self.look(), self._fail)

    def _found(self, found: Watched) -> None:
        """Offer what looks as it did at the last look; look again for the sake of the others."""
        marks = frozenset(each.mark for each in found.pictures)
        whole = tuple(each for each in found.pictures if each.mark in self._before and each.size)
        growing = bool(marks - self._before)
        self._before = marks
        self._follow(found)
        if growing or found.gone:
            self.again.start(_AWAY if found.gone else _AGAIN)
        offered = Watched(folder=found.folder, gone=found.gone, pictures=whole)
        if offered != self.now:
            self.now = offered
            self.changed.emit()

    def _follow(self, found: Watched) -> None:
        """Watch the folder of now, as long as it is there."""
        wanted = [str(found.folder)] if found.folder and not found.gone else []
        if gone := [each for each in self.watcher.directories() if each not in wanted]:
            self.watcher.removePaths(gone)
        if new := [each for each in wanted if each not in self.watcher.directories()]:
            self.watcher.addPaths(new)

    def _fail(self, error: AppError) -> None:
        self._feedback.fail(error)
