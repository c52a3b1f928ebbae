"""What was typed and not saved, offered again: one notice a draft."""

from collections.abc import Sequence
from typing import Final, Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.i18n import _
from app.workspace import Workspace
from ui.feedback import Tone
from ui.page import Workbench
from ui.theme import SPACE
from ui.widgets.contents import take_out
from ui.widgets.notice import Notice

Kept = TypeVar("Kept")


class DraftOffers(QWidget, Generic[Kept]):
    """`taken` tells the draft a person goes on with. What a draft is, and how it is given up, each place says itself."""

    taken = Signal(object)

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self.bench: Final = bench
        self.notices: list[Notice] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE.small)
        self.hide()

    def kept(self, workspace: Workspace) -> Sequence[Kept]:
        """What is kept, as it is asked of the store."""
        raise NotImplementedError

    def told(self, kept: Kept) -> tuple[str, bool]:
        """What a draft is, and whether this program can go on with it."""
        raise NotImplementedError

    def give_up(self, kept: Kept) -> None:
        """Forget a draft."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Ask what is kept."""
        workspace, bench = self.bench.workspace, self.bench
        bench.background.ask(self, lambda: self.kept(workspace), self._show, bench.feedback.fail, topic="drafts")

    def _show(self, kept: Sequence[Kept]) -> None:
        take_out(self._column)
        self.notices = [self._notice(each) for each in kept]
        self.setVisible(bool(kept))

    def _notice(self, kept: Kept) -> Notice:
        notice = Notice(self)  # shown before it has a place, it would be a window of its own
        self._column.addWidget(notice)
        words, readable = self.told(kept)
        go_on = (_("Go on"), lambda: self.taken.emit(kept))
        give_up = (_("Discard it"), lambda: self.give_up(kept))
        notice.say(words, Tone.WARNING, (go_on, give_up) if readable else (give_up,))
        return notice
