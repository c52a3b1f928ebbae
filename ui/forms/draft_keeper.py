"""Keeps what is typed: two seconds after the last key, in the encrypted database, until it is saved or given up."""

from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.values import Json
from app.errors import AppError
from app.i18n import _
from app.use_cases import drafts
from ui.feedback import Feedback, Tone
from ui.page import Workbench

PAUSE: Final = 2000  # milliseconds after the last key (decision 6)


class DraftKeeper(QObject):
    """One draft of a form, its parent, with which it goes. `touch` after every change; `discard` once it is saved or given up."""

    kept = Signal()
    """What stood in the form when it was read last is safe now."""

    def __init__(self, bench: Workbench, key: str, kind: str, read: Callable[[], Mapping[str, Json]], parent: QObject) -> None:
        super().__init__(parent)
        self._bench = bench
        self.key: Final = key
        self._kind = kind
        self._read = read
        self.timer: Final = QTimer(self, singleShot=True, interval=PAUSE)
        self.timer.timeout.connect(self.keep_now)

    def touch(self) -> None:
        """Something was typed: keep it when the person pauses."""
        self.timer.start()

    def keep_now(self) -> None:
        """Keep what the form holds at once."""
        self.timer.stop()
        body, workspace = dict(self._read()), self._bench.workspace
        self._bench.background.do(
            self,
            lambda _progress: drafts.keep_draft(workspace, self.key, self._kind, body),
            lambda _none: self.kept.emit(),
            self._fail,
        )

    def discard(self) -> None:
        """Forget the draft: the form was saved or given up."""
        self.timer.stop()
        workspace = self._bench.workspace
        self._bench.background.do(
            self, lambda _progress: drafts.discard_draft(workspace, self.key), lambda _none: None, self._fail
        )

    def retire(self) -> None:
        """The form holds something else from now on, which must not be kept under this key."""
        self.timer.stop()
        self.blockSignals(True)  # what is on its way is kept, and concerns nobody here any more
        self.deleteLater()

    def pending(self) -> bool:
        """Whether something typed is not kept yet."""
        return self.timer.isActive()

    def _fail(self, error: AppError) -> None:
        self._bench.feedback.fail(error)


class HeldDraft:
    """The draft of whatever a form holds now: of one thing after another, and of nothing at times: no deed does anything then."""

    def __init__(self) -> None:
        self._keeper: DraftKeeper | None = None

    @property
    def pending(self) -> bool:
        """Whether something typed is not kept yet."""
        return self._keeper is not None and self._keeper.pending()

    def hold(self, keeper: DraftKeeper) -> None:
        """The form holds something else from now on."""
        self.let_go()
        self._keeper = keeper

    def touch(self) -> bool:
        """Something was typed: keep it when the person pauses; False where the form holds nothing."""
        if self._keeper:
            self._keeper.touch()
        return self._keeper is not None

    def keep(self) -> None:
        """Keep at once what was typed and is not kept yet."""
        if self.pending:
            self.keep_now()

    def keep_now(self) -> None:
        """Keep what the form holds at once, typed or not."""
        if self._keeper:
            self._keeper.keep_now()

    def pause(self) -> None:
        """It is being saved, which forgets the draft: keep it no more until something is typed again."""
        if self._keeper:
            self._keeper.timer.stop()

    def discard(self) -> None:
        """Forget the draft: the form was saved or given up."""
        if self._keeper:
            self._keeper.discard()

    def let_go(self) -> None:
        """The form holds nothing any more; what is kept stays kept."""
        if self._keeper:
            self._keeper.retire()
        self._keeper = None


def offer_anew(feedback: Feedback, begin_anew: Callable[[], None]) -> None:
    """Say that what stands in a form was typed before, and offer to begin anew."""
    feedback.say(_("Begun before and not done yet."), Tone.INFORMATION, deed=_("Begin anew"), act=begin_anew)
