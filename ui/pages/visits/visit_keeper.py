"""Keeps what is written down of a visit, or of a round of several: its draft, its save, and what it was made from."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from PySide6.QtCore import QObject, Signal

from app.domain.values import Id, Json
from app.domain.visit_sheet import Seen, VisitSheet
from app.errors import AppError
from app.use_cases.receptions import SavedVisit, SavedVisits, draft_key
from ui.forms.draft_keeper import DraftKeeper
from ui.page import Workbench

STALE: Final = "stale"

Deed = Callable[[], SavedVisit | SavedVisits]
MakeDeed = Callable[[Sequence[VisitSheet], Seen], Deed]
"""What saves some sheets, resting on what was seen; made here, done on the writer's thread."""


class VisitKeeper(QObject):
    """One work at a time: `take_up` it, `touch` it after every key, `save` what is ready of it.

    While a save is under way another one waits for it, since it names the heads that the first one makes.
    """

    kept = Signal()
    """What was typed is safe as a draft."""
    saved = Signal(object)
    """A save went well: what the deed returned."""
    refused = Signal(object)
    """A save did not go well: the error. What was typed is still there, and its draft."""

    def __init__(
        self, bench: Workbench, kind: str, body: Callable[[], Mapping[str, Json]], make_deed: MakeDeed, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._bench: Final = bench
        self._kind: Final = kind
        self._body: Final = body
        self._make_deed: Final = make_deed
        self._busy = False
        self._waiting: Sequence[VisitSheet] | None = None
        self.seen = Seen()
        self.stands: tuple[VisitSheet, ...] = ()
        self.draft: DraftKeeper | None = None

    def take_up(self, visit: Id, seen: Seen, stands: Sequence[VisitSheet]) -> None:
        """Begin with a work whose draft bears the name of this visit; `stands` is what of it is in the store."""
        self.lay_down()
        self.seen, self.stands, self._busy, self._waiting = seen, tuple(stands), False, None
        self.draft = DraftKeeper(self._bench, draft_key(visit), self._kind, self._body, self)
        self.draft.kept.connect(self.kept)

    def lay_down(self) -> None:
        """The work is finished with."""
        if self.draft:
            self.draft.retire()
        self.draft = None

    def touch(self) -> None:
        """Something was typed."""
        if self.draft:
            self.draft.touch()

    def keep_now(self) -> None:
        """Keep what is typed at once, where it is not kept yet."""
        if self.draft and self.draft.pending():
            self.draft.keep_now()

    def give_up(self) -> None:
        """Forget what was typed and not saved."""
        if self.draft:
            self.draft.discard()

    def save(self, sheets: Sequence[VisitSheet]) -> None:
        """Save these sheets as one deed; `saved` or `refused` tells what came of it."""
        if self._busy:
            self._waiting = sheets
            return
        self._busy = True
        deed, draft = self._make_deed(sheets, self.seen), self.draft
        self._bench.background.do(
            self,
            lambda _progress: deed(),
            lambda saved: self._saved(saved, draft),
            lambda error: self._refused(error, draft),
        )

    def _saved(self, saved: SavedVisit | SavedVisits, draft: DraftKeeper | None) -> None:
        if draft is not self.draft:
            return
        self._busy = False
        self.seen, self.stands = saved.seen, saved.sheets
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            self.save(waiting)
        else:
            self.saved.emit(saved)

    def _refused(self, error: AppError, draft: DraftKeeper | None) -> None:
        if draft is self.draft:
            self._busy, self._waiting = False, None
            self.touch()
            self.refused.emit(error)
