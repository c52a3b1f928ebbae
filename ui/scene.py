"""One picture of the window for `docs/`: the page or dialog, and how a person gets there."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from app.domain.values import Id
from app.workspace import Workspace
from ui.places import Place
from ui.shell.shell import Shell


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A page or a dialog, and how a person gets there.

    To a place, to its first record where `first` finds one, to the beginning of a deed by the name its page gives it, then
    whatever `turn` does, for what has no button; then buttons are pressed whose English words these are. A dialog is drawn alone.
    """

    place: Place
    deed: str = ""
    first: Callable[[Workspace], Id] | None = None
    presses: tuple[str, ...] = ()
    turn: Callable[[Shell], None] | None = None
    sizes: tuple[int, ...] = (100,)


def button_in(within: QWidget, words: str) -> QAbstractButton:
    """The button in sight with these words."""
    return next(each for each in within.findChildren(QAbstractButton) if each.isVisible() and each.text() == words)


def settle() -> None:
    """What was laid out is shown, and what was taken out goes."""
    for _turn in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        QCoreApplication.processEvents()
