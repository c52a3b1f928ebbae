"""Keeps a sheet while it is being written: saves it, keeps its draft, and knows what it was made from."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from PySide6.QtCore import QObject, Signal

from app.domain.attachment import Attachment
from app.domain.values import Json
from app.domain.visit_sheet import Seen, VisitSheet
from app.errors import AppError
from app.queries.visit_card import VisitCard
from app.use_cases.receptions import SavedVisit, draft_body, draft_key, save_visit
from ui.forms.draft_keeper import DraftKeeper
from ui.page import Workbench

STALE: Final = "stale"


class SheetKeeper(QObject):
    """One sheet at a time: `take_up` it, `touch` it after every key, `save` what is ready of it.

    While a save is under way another one waits for it, since it must name the heads that the first one makes.
    """

    kept = Signal()
    """What was typed is safe as a draft."""
    saved = Signal(object)
    """A save went well: the `SavedVisit`."""
    refused = Signal(object)
    """A save did not go well: the error. What was typed is still there, and its draft."""

    def __init__(
        self,
        bench: Workbench,
        kind: str,
        read: Callable[[], VisitSheet],
        files: Callable[[], Sequence[Attachment]],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._files = files
        self._bench = bench
        self._kind = kind
        self._read = read
        self._waiting: VisitSheet | None = None
        self._busy = False
        self.seen = Seen()
        self.stands: VisitSheet | None = None
        self.draft: DraftKeeper | None = None

    def take_up(self, card: VisitCard, *, saved: bool) -> None:
        """Begin with a sheet; `saved` says whether it stands in the store as it is."""
        self.seen = card.seen
        self.stands = card.sheet if saved else None
        self._waiting, self._busy = None, False
        self.lay_down()
        self.draft = DraftKeeper(self._bench, draft_key(card.sheet.visit.id), self._kind, self._body, self)
        self.draft.kept.connect(self.kept)

    def lay_down(self) -> None:
        """The sheet is finished with."""
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

    def save(self, sheet: VisitSheet) -> None:
        """Save a sheet that is complete; `saved` or `refused` tells what came of it."""
        if self._busy:
            self._waiting = sheet
            return
        self._busy = True
        workspace, seen, draft, files = self._bench.workspace, self.seen, self.draft, self._files()
        self._bench.background.do(
            self,
            lambda _progress: save_visit(workspace, sheet, seen, files),
            lambda saved: self._saved(saved, draft),
            lambda error: self._refused(error, draft),
        )

    def believe(self, seen: Seen) -> None:
        """Take note of what stands in the store, so that the next save rests on it."""
        self.seen = seen

    def _saved(self, saved: SavedVisit, draft: DraftKeeper | None) -> None:
        if draft is not self.draft:
            return
        self._busy = False
        self.seen, self.stands = saved.seen, saved.sheet
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            self.save(waiting)
            return
        self.saved.emit(saved)

    def _refused(self, error: AppError, draft: DraftKeeper | None) -> None:
        if draft is self.draft:
            self._busy, self._waiting = False, None
            self.touch()
            self.refused.emit(error)

    def _body(self) -> Mapping[str, Json]:
        return draft_body(self._read(), self.seen, self._files())
