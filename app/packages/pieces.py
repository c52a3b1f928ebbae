"""Bytes that come piece by piece, as one file that can be read."""

from collections.abc import Generator
from io import RawIOBase


class Pieces(RawIOBase):
    """What a generator gives, read from its beginning to its end; the generator is closed with it."""

    def __init__(self, pieces: Generator[bytes, None, None]) -> None:
        self._pieces = pieces
        self._piece = b""
        self._read = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]  # typeshed asks for any buffer
        while not self._piece:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._piece = piece
        taken = self._piece[: len(buffer)]
        buffer[: len(taken)] = taken
        self._piece = self._piece[len(taken) :]
        self._read += len(taken)
        return len(taken)

    def tell(self) -> int:
        return self._read

    def close(self) -> None:
        self._pieces.close()
        super().close()
