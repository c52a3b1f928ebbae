"""A bounded pipe between a thread that writes and one that reads, with a way out for both."""

from collections import deque
from contextlib import suppress
from threading import Condition
from typing import Final

PIECE: Final = 1 << 18
DEPTH: Final = 16


class Abandoned(Exception):
    """The reader has left; writing on is pointless."""


class Pipe:
    """Bytes from one thread to another, at most `DEPTH` pieces of them waiting.

    Small writes are gathered into pieces of `piece` bytes: the two threads take turns rarely, which is what makes it fast.
    """

    def __init__(self, piece: int = PIECE) -> None:
        self._size = piece
        self._pieces: deque[bytes] = deque()
        self._gathered = bytearray()
        self._turn = Condition()
        self._ended = False
        self._abandoned = False
        self._failure: BaseException | None = None

    def write(self, data: bytes) -> int:
        """Hand on `data`; waits while the pipe is full; raises `Abandoned` once nobody reads."""
        self._gathered += data
        if len(self._gathered) >= self._size:
            self._pass_on()
        return len(data)

    def flush(self) -> None:
        """Nothing: what is gathered goes out with the next piece or at the end."""

    def end(self, failure: BaseException | None = None) -> None:
        """No more will come; the reader gets `failure` after what was written, where there is one."""
        if failure is None:
            with suppress(Abandoned):
                self._pass_on()
        with self._turn:
            self._ended, self._failure = True, failure
            self._turn.notify_all()

    def read(self) -> bytes:
        """The next piece, empty at the end; raises what `end` was given."""
        with self._turn:
            self._turn.wait_for(lambda: self._pieces or self._ended)
            if self._pieces:
                self._turn.notify_all()
                return self._pieces.popleft()
            if self._failure:
                raise self._failure
            return b""

    def abandon(self) -> None:
        """The reader leaves; the writer learns it at its next piece."""
        with self._turn:
            self._abandoned = True
            self._pieces.clear()
            self._turn.notify_all()

    def _pass_on(self) -> None:
        piece = bytes(self._gathered)
        self._gathered.clear()
        with self._turn:
            self._turn.wait_for(lambda: self._abandoned or len(self._pieces) < DEPTH)
            if self._abandoned:
                raise Abandoned
            if piece:
                self._pieces.append(piece)
            self._turn.notify_all()
