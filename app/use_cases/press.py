"""Where papers are set: where they are asked for, or by a press, which is a process of its own.

Python lets one thread run at a time. Fonts that a thread read while somebody typed kept the window from answering for a tenth of
a second; the command line has nobody to keep waiting and does not start a process for one paper.
"""

import gc
from collections.abc import MutableSequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING, Protocol

from app.domain.paper_code import PrintMark
from app.errors import Refused
from app.progress import Progress

if TYPE_CHECKING:  # a window starts without what processes and papers are made of
    from concurrent.futures import Executor
    from multiprocessing.synchronize import Event as SharedEvent

    from app.domain.papers import Shown

_LOOK = 0.05  # seconds between two looks at how far the other process is


class SetsPapers(Protocol):
    """Makes the PDF file of what a paper shows; raises `Refused("characters_missing" | "cancelled")`, `Unavailable`."""

    def __call__(
        self, shown: "Shown", at: datetime, *, substitute: bool, progress: Progress, mark: PrintMark | None = None
    ) -> bytes: ...


def set_here(shown: "Shown", at: datetime, *, substitute: bool, progress: Progress, mark: PrintMark | None = None) -> bytes:
    """Set a paper in this process."""
    # Late, for the library and its fonts take a tenth of a second that no other command should wait for.
    from app.printing.papers import pdf_of

    return pdf_of(shown, at, substitute=substitute, progress=progress, mark=mark)


class Press:
    """A process that sets one paper after the other; where it cannot start, or has died, papers are set here.

    It starts when it is first needed or `warm_up` is called, and ends at `close`, or with the program however that ends.
    """

    def __init__(self) -> None:
        self._one_at_a_time = Lock()
        self._starting = Lock()
        self._process: _Process | None = None
        self._closed = False

    def __call__(
        self, shown: "Shown", at: datetime, *, substitute: bool, progress: Progress, mark: PrintMark | None = None
    ) -> bytes:
        from concurrent.futures import CancelledError

        with self._one_at_a_time:
            try:
                return self._started().set(shown, at, substitute, progress, mark)
            except CancelledError:
                raise Refused("cancelled") from None
            except (RuntimeError, OSError):  # it died, or this computer has no room for it
                return set_here(shown, at, substitute=substitute, progress=progress, mark=mark)

    def warm_up(self) -> None:
        """Start it, and let it load fonts, before somebody waits for a paper; returns at once."""
        with suppress(RuntimeError, OSError):
            self._started().pool.submit(_warm_up)

    def close(self) -> None:
        """Let it end; a paper that is being set is given up at its next page."""
        with self._starting:
            self._closed = True
            if self._process:
                self._process.stop.set()
                self._process.pool.shutdown(wait=False, cancel_futures=True)

    def _started(self) -> "_Process":
        from concurrent.futures import ProcessPoolExecutor
        from multiprocessing import get_context

        with self._starting:
            if self._closed:
                raise Refused("cancelled")
            if self._process is None:
                context = get_context("spawn")
                counts, stop = context.RawArray("q", 2), context.Event()
                pool = ProcessPoolExecutor(1, context, initializer=_begin, initargs=(counts, stop))
                self._process = _Process(pool, counts, stop)
            self._process.stop.clear()
            return self._process


@dataclass(frozen=True, slots=True)
class _Process:
    """The other process, how far it is (step and total of `Progress`), and the way to stop it."""

    pool: "Executor"
    counts: MutableSequence[int]
    stop: "SharedEvent"

    def set(
        self, shown: "Shown", at: datetime, substitute: bool, progress: Progress, mark: PrintMark | None
    ) -> bytes:  # to be sent
        coming = self.pool.submit(_set, shown, at, substitute, mark)
        while True:
            try:
                content = coming.result(_LOOK)
            except TimeoutError:
                self._tell(progress)
            else:
                progress.step, progress.total = self.counts
                return content

    def _tell(self, progress: Progress) -> None:
        progress.step, progress.total = self.counts
        try:
            progress.advance(0)
        except Refused:
            self.stop.set()  # it refuses the paper itself, at its next page


# --- in the other process ------------------------------------------------------------------------------------------

_told: "tuple[MutableSequence[int], SharedEvent]"
"""What `_Process` gave it."""


def _begin(counts: MutableSequence[int], stop: "SharedEvent") -> None:
    global _told  # the way a pool hands things to its processes
    from app.processes import live_with_parent

    _told = counts, stop
    live_with_parent()


def _warm_up() -> None:
    from app.printing.fonts import read_fonts

    read_fonts()
    gc.freeze()  # programs and fonts stay: looking through them again and again took a third of a paper's time


def _set(shown: "Shown", at: datetime, substitute: bool, mark: PrintMark | None) -> bytes:  # sent by place
    progress, over = Progress(), Event()
    teller = Thread(target=_tell, args=(progress, over))
    teller.start()
    try:
        return set_here(shown, at, substitute=substitute, progress=progress, mark=mark)
    finally:
        over.set()
        teller.join()


def _tell(progress: Progress, over: Event) -> None:
    counts, stop = _told
    ended = False
    while not ended:
        ended = over.wait(_LOOK)
        counts[:] = [progress.step, progress.total]
        if stop.is_set():
            progress.cancel()
