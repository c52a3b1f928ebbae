"""Work off the GUI thread: one writer, a few readers; what came of it is told on the GUI thread.

The callbacks go in with the start of a job, so that none can be late. An answer whose owner is gone, or which a newer question
of the same owner has overtaken, is dropped. A write that touched something is told to everyone by `changed`, once.
"""

import logging
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

from app.changes import Changes
from app.errors import AppError, Unavailable
from app.progress import Progress

Answer = TypeVar("Answer")
_READERS: Final = 2
_log: Final = logging.getLogger(__name__)


@dataclass(slots=True, eq=False)
class Job(Generic[Answer]):
    """A piece of work on its way: whose it is, what it is called, what to do with its answer."""

    owner: QObject
    told: Callable[[Answer], None]
    failed: Callable[[AppError], None]
    title: str
    progress: Progress
    writes: bool
    topic: str = ""
    even_stopped: bool = False
    dropped: bool = False

    def cancel(self) -> None:
        """Ask it to stop; its answer is not told any more where it only reads, but for one that is told `even_stopped`."""
        self.progress.cancel()
        self.dropped = self.dropped or not (self.writes or self.even_stopped)


class InlineExecutor(Executor):
    """Does the work at once, on the thread that asks: for tests, which then need no waiting."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
        """The finished work."""
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


class Background(QObject):
    """Takes questions and deeds; tells their answers on the thread it was made on."""

    changed = Signal(object)
    """What a write touched, as `Changes`."""
    begun = Signal(object)
    """A write began: the `Job`, whose progress can be watched."""
    ended = Signal(object)
    """A write ended, well or not: the `Job`."""
    _delivered = Signal(object, object, object)

    def __init__(self, writer: Executor | None = None, readers: Executor | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._writer = writer or ThreadPoolExecutor(1, "writer")
        self._readers = readers or ThreadPoolExecutor(_READERS, "reader")
        self._over = False
        self._asked: dict[tuple[int, str], Job[Any]] = {}
        self._delivered.connect(self._deliver, Qt.ConnectionType.AutoConnection)

    def ask(
        self,
        owner: QObject,
        question: Callable[[], Answer],
        told: Callable[[Answer], None],
        failed: Callable[[AppError], None],
        *,
        topic: str = "",
        progress: Progress | None = None,
        even_stopped: bool = False,
    ) -> Job[Answer]:
        """Ask something of the store. A newer question of the same owner and topic overtakes this one.

        A question that lasts tells its `progress`, by which the job is watched and stopped. How it ended is told `even_stopped`
        where that is wanted.
        """
        job = Job(owner, told, failed, "", progress or Progress(), writes=False, topic=topic, even_stopped=even_stopped)
        key = id(owner), topic
        if before := self._asked.get(key):
            before.cancel()
            before.dropped = True
        self._asked[key] = job
        self._start(self._readers, job, question)
        return job

    def do(
        self,
        owner: QObject,
        deed: Callable[[Progress], Answer],
        told: Callable[[Answer], None],
        failed: Callable[[AppError], None],
        *,
        title: str = "",
    ) -> Job[Answer]:
        """Do something that writes, one after the other. `title` names it in the window where it lasts."""
        job = Job(owner, told, failed, title, Progress(), writes=True)
        self.begun.emit(job)
        self._start(self._writer, job, lambda: deed(job.progress))
        return job

    def finish(self, last: Callable[[], None]) -> None:
        """Do `last` on the writer's thread after every write that was begun, and take nothing more; questions are stopped."""
        self._over = True
        for job in self._asked.values():
            job.cancel()
        self._readers.shutdown(wait=True, cancel_futures=True)
        self._writer.submit(last).result()
        self._writer.shutdown(wait=True)

    def _start(self, executor: Executor, job: Job[Answer], work: Callable[[], Answer]) -> None:
        if self._over:  # a window that is being taken apart may still ask
            job.dropped = True
            return
        executor.submit(_outcome, job, work).add_done_callback(lambda future: self._arrived(job, future))

    def _arrived(self, job: Job[Any], future: "Future[tuple[Any, AppError | None]]") -> None:
        if future.cancelled() or not isValid(self):
            return
        answer, error = future.result()
        self._delivered.emit(job, answer, error)

    def _deliver(self, job: Job[Any], answer: object, error: AppError | None) -> None:
        key = id(job.owner), job.topic
        if self._asked.get(key) is job:
            del self._asked[key]
        if job.writes:
            self.ended.emit(job)
        if not job.dropped and isValid(job.owner):
            if error is None:
                job.told(answer)
            else:
                job.failed(error)
        touched = getattr(answer, "changes", answer)
        if job.writes and isinstance(touched, Changes) and touched:
            self.changed.emit(touched)


def _outcome(job: Job[Answer], work: Callable[[], Answer]) -> tuple[Answer | None, AppError | None]:
    """What came of the work; a fault of the program becomes a sentence too, and leaves its trace in the log."""
    if job.dropped:
        return None, None
    try:
        return work(), None
    except AppError as error:
        return None, error
    except Exception as error:
        _log.exception("a job failed: %s", job.title or job.topic)
        return None, Unavailable("program_fault", error=type(error).__name__)
