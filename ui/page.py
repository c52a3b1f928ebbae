"""What every place of the window is, and what it works with."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from app.changes import Changes
from app.domain.values import Id
from app.settings import Settings
from app.use_cases.press import SetsPapers, set_here
from app.workspace import Workspace
from ui.background import Background
from ui.feedback import Feedback
from ui.theme import Theme

if TYPE_CHECKING:
    from app.use_cases.undo import TakenBack
    from ui.watched_pictures import WatchedPictures


@dataclass(slots=True, eq=False)
class Workbench:
    """What every page works with, given to it when it is made; the workspace is asked for anew at every deed."""

    workspace: Workspace
    background: Background
    theme: Theme
    feedback: Feedback
    settings: Settings
    go: Callable[..., None]
    """`go(place, id="", deed="")`: bring a person to a place, to a record there, or to the beginning of a deed there."""
    press: SetsPapers = set_here
    lock: Callable[[], None] = lambda: None
    """Leave the keyboard to whoever signs in."""
    pictures: "WatchedPictures | None" = None
    """The folder of new pictures, watched for all pages."""

    def act_as(self, operator: Id) -> None:
        """Let everything that is saved from now on be saved by this operator."""
        self.workspace = self.workspace.acting_as(operator)


class Page(QWidget):
    """One place of the window: a heading, actions (the last one is the filled button), and what it shows.

    A page asks for its data in `refresh`, which the window calls when the page is shown first, and again when something it
    `concerns` has changed; what was selected and typed stays.
    """

    furniture_changed = Signal()
    """The heading or the actions are others now."""

    concerns: ClassVar[Changes] = Changes.NOTHING

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self.bench: Final = bench

    def prepare(self) -> Iterator[QWidget]:
        """Make, one after the other, the parts that nobody has needed yet: what is there already is not waited for."""
        return iter(())

    def heading(self) -> str:
        """What stands above the page."""
        raise NotImplementedError

    def actions_offered(self) -> Sequence[QAction]:
        """What can be done here, the most likely last."""
        return ()

    def refresh(self) -> None:
        """Ask again for what is shown."""

    def open_record(self, id: Id) -> None:
        """Show one record of this place."""

    def begin(self, deed: str) -> None:
        """Begin a deed of this place by its name, as another page or a key asks for it."""

    def bring(self, paths: Sequence[Path]) -> None:
        """Show what files are that somebody dropped on the window or double-clicked."""

    def undoable(self) -> Id:
        """The record in sight whose last change Ctrl+Z takes back; empty where none is, or where something is being typed."""
        return ""

    def undone(self, done: "TakenBack") -> None:
        """A change of the record in sight was taken back, or made again."""

    def go_back(self) -> bool:
        """Esc: step back to where one was; False where there is nothing to step back from."""
        return False

    def keep(self) -> None:
        """Keep what is typed and not saved, at once: the window is about to close."""

    def receiving(self) -> bool:
        """Whether people are being received here, so that the window must not lock by itself (decision 12)."""
        return False

    def action(self, words: str, act: Callable[[], None], keys: str = "") -> QAction:
        """An action of this page with its shortcut."""
        made = QAction(words, self)
        if keys:
            made.setShortcut(QKeySequence(keys))
            made.setToolTip(f"{words}（{keys}）")
        made.triggered.connect(lambda: act())
        return made
