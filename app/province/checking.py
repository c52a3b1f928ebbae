"""Rows of a package checked before they are stored: here where they are few, in a second process where they are many.

Checking is Python's work and storing is the database's; in two processes both are done at once. What comes out is the same,
row by row and fault by fault: portions leave in the order they came in, and the first fault of that order is the one raised.
"""

import os
from collections import deque
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence, Set
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing, contextmanager
from dataclasses import dataclass
from io import BytesIO
from multiprocessing import get_context
from threading import Thread
from typing import Final

from app.domain.revisions import read_line
from app.domain.values import Id
from app.packages.faults import PackageFault
from app.packages.row import check_row
from app.processes import live_with_parent
from app.province.refusals import JUDGED, Refusal, refusal

LARGE: Final = 1 << 20
"""Bytes of a package, some 6,000 rows, from which on a second process is worth its start, some 0.2 s."""

_PORTION: Final = 1 << 20  # bytes; some thousand rows as stations write them
_AHEAD: Final = 3  # portions on their way through the second process, so that it never waits for work
_MOST: Final = 16  # portions that were read and are not stored yet


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What is needed of some rows besides their lines: revisions and records in the order of the rows, the rest by revision."""

    revs: Sequence[Id]
    records: Sequence[Id]
    parents: Mapping[Id, tuple[Id, ...]]  # of those that were made from others
    deleted: Set[Id]
    refusals: Mapping[Id, Refusal]


@dataclass(frozen=True, slots=True)
class Check:
    """Says of rows that they are in order and of the one station and seat that may have made them."""

    station: Id
    seat: str

    def __call__(self, kind: str, block: bytes) -> Checked:
        """Some rows of one kind, line after line; raises `PackageFault` E_JSON, E_LAYOUT, E_SCOPE."""
        revs: list[Id] = []
        records: list[Id] = []
        parents: dict[Id, tuple[Id, ...]] = {}
        deleted: set[Id] = set()
        refusals: dict[Id, Refusal] = {}
        for line in BytesIO(block):
            row = check_row(line, kind)
            if row.owner != self.station or row.by != self.seat:
                raise PackageFault("E_SCOPE", id=row.id, owner=row.owner)
            revs.append(row.rev)
            records.append(row.id)
            if row.parents:
                parents[row.rev] = row.made_from()
            if row.deleted == "true":
                deleted.add(row.rev)
            if kind in JUDGED and (code := refusal(read_line(line))):
                refusals[row.rev] = code
        if len(set(revs)) < len(revs):
            raise PackageFault("E_LAYOUT", entry=kind, reason="_rev")
        return Checked(revs=revs, records=records, parents=parents, deleted=deleted, refusals=refusals)


Table = tuple[str, Iterable[bytes]]
"""A kind, and its rows: whole lines, any number in a piece."""

Portion = tuple[str, list[bytes], Checked]
"""A kind, some of its rows, and what was found of them."""


@dataclass(slots=True)
class Second:
    """The second process; `ready` once it can look at rows, with its number."""

    pool: Executor
    ready: "Future[int]"
    _ending: Thread | None = None

    def sent(self, check: Check, kind: str, block: bytes) -> "Future[_Answer] | None":
        """The answer it will give of some rows, or nothing where it is dead."""
        try:
            return self.pool.submit(_answer, check, kind, block)
        except (BrokenProcessPool, OSError):
            return None

    def release(self) -> Thread:
        """Let it end, as nothing more will be asked of it; nothing is left of it once the thread has ended."""
        if self._ending is None:
            self._ending = Thread(target=self.pool.shutdown, kwargs={"cancel_futures": True})
            self._ending.start()
        return self._ending


@dataclass(frozen=True, slots=True)
class Checking:
    """Checks rows by portions: in the second process where there is one, and here where there is none, or it died or is busy."""

    check: Check
    second: Second | None = None

    def portions(self, tables: Iterable[Table]) -> Generator[Portion]:
        """Some rows of one kind at a time, with their lines; raises as `Check` does, and what `tables` and their rows raise.

        To be closed where it is left before its end, as a thread reads ahead. The second process is released behind the last
        row: it ends while the first brings the transaction to its end.
        """
        with closing(_ahead(tables)) as blocks:
            if self.second is None:
                answers: Iterator[tuple[str, bytes, Checked]] = ((kind, block, self.check(kind, block)) for kind, block in blocks)
            else:
                answers = self._side_by_side(self.second, blocks)
            for kind, block, checked in answers:
                yield kind, BytesIO(block).readlines(), checked

    def _side_by_side(self, second: Second, blocks: Iterator[tuple[str, bytes]]) -> Iterator[tuple[str, bytes, Checked]]:
        coming: deque[tuple[str, bytes, Future[_Answer] | None]] = deque()
        fault: PackageFault | None = None
        more = True
        while more or coming:
            free = second.ready.done() and sum(not _is_done(future) for _kind, _block, future in coming) < _AHEAD
            # Who would have to wait for an answer looks at rows as well.
            if more and len(coming) < _MOST and (free or not coming or not _is_done(coming[0][2])):
                try:
                    kind, block = next(blocks, ("", b""))
                except PackageFault as met:
                    kind, block, fault = "", b"", met  # it is raised when all that came before it has been answered
                if more := bool(block):
                    coming.append((kind, block, (second.sent if free else _here)(self.check, kind, block)))
            else:
                kind, block, future = coming.popleft()
                yield kind, block, _answered(future) or self.check(kind, block)
        second.release()
        if fault:
            raise fault


@contextmanager
def second_process(size: int) -> Iterator[Second | None]:
    """Another process, on its way to be ready, for a package of so many bytes; none for a small one, or where there is no room.

    Nothing of it is left at the end of the block.
    """
    if size < LARGE:
        yield None
        return
    pool = ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn"), initializer=live_with_parent)
    try:
        second = Second(pool, pool.submit(os.getpid))
    except OSError:  # this computer has no room for another process
        pool.shutdown()
        yield None
        return
    try:
        yield second
    finally:
        second.release().join()


def _ahead(tables: Iterable[Table]) -> Generator[tuple[str, bytes]]:
    """The rows of all tables in blocks; each is decrypted and unpacked by a thread while the one before is worked on."""
    with ThreadPoolExecutor(1) as reader:
        for kind, pieces in tables:
            blocks = _blocks(pieces)
            coming = reader.submit(next, blocks, b"")
            while block := coming.result():
                coming = reader.submit(next, blocks, b"")
                yield kind, block


def _blocks(pieces: Iterable[bytes]) -> Iterator[bytes]:
    several: list[bytes] = []
    size = 0
    for piece in pieces:
        several.append(piece)
        size += len(piece)
        if size >= _PORTION:
            yield b"".join(several)
            several, size = [], 0
    if size:
        yield b"".join(several)


def _here(check: Check, kind: str, block: bytes) -> "Future[_Answer]":
    answer: Future[_Answer] = Future()
    answer.set_result(_answer(check, kind, block))
    return answer


def _is_done(future: "Future[_Answer] | None") -> bool:
    return future is None or future.done()


def _answered(future: "Future[_Answer] | None") -> Checked | None:
    """What the second process says, or nothing where it died or never came to be; raises the fault it has found."""
    try:
        answer = future.result() if future else None
    except BrokenProcessPool:
        return None
    if isinstance(answer, tuple):
        code, facts = answer
        raise PackageFault(code, **facts)
    return answer


# --- in the second process -----------------------------------------------------------------------------------------

_Answer = Checked | tuple[str, Mapping[str, object]]
"""Rows that are in order, or code and facts of the first fault."""


def _answer(check: Check, kind: str, block: bytes) -> _Answer:
    try:
        return check(kind, block)
    except PackageFault as fault:
        return fault.code, fault.facts
