"""The archive inside a package: a plain tar written and read in one pass, entry by announced entry, never extracted."""

import tarfile
from collections.abc import Callable, Iterator
from typing import Final

from app.packages.faults import PackageFault

BLOCK: Final = 512
END: Final = bytes(2 * BLOCK)
_LONGEST_END: Final = 1 << 20
"""Bytes of zeros after the last entry; `tar` fills its last record, usually of 10 KiB."""


def header(name: str, size: int) -> bytes:
    """The block before an entry: a regular file, mode 0644, of nobody, dated 1970."""
    entry = tarfile.TarInfo(name)
    entry.size = size
    return entry.tobuf(tarfile.USTAR_FORMAT, "ascii")


def padding(size: int) -> bytes:
    """The zeros after an entry of `size` bytes."""
    return bytes(-size % BLOCK)


class Archive:
    """The entries of a tar that is being read; `read` gives the next bytes of it, empty at the end.

    `limit` in bytes of plaintext. Every method raises `PackageFault` with E_LAYOUT(entry) where the next bytes are not what
    was announced, and E_BOMB(limit) beyond `limit`.
    """

    def __init__(self, read: Callable[[], bytes], limit: int) -> None:
        self._read = read
        self._piece = b""
        self._at = 0
        self._limit = limit
        self._left = limit

    def count(self, size: int) -> None:
        """Reckon `size` more bytes of plaintext: of the archive itself, or of what was unpacked from it."""
        self._left -= size
        if self._left < 0:
            raise PackageFault("E_BOMB", limit=self._limit)

    def begin(self, name: str) -> int:
        """The size of the next entry, which is the regular file `name`."""
        block = b"".join(self._pieces(BLOCK, name))
        try:
            entry = tarfile.TarInfo.frombuf(block, "ascii", "strict")
        except (tarfile.HeaderError, ValueError):
            raise PackageFault("E_LAYOUT", entry=name, reason="header") from None
        # An entry that the library's own reader would take for something else (a folder, by its final slash) is no file.
        if entry.type != tarfile.REGTYPE or entry.name != name or entry.linkname or entry.size < 0:
            raise PackageFault("E_LAYOUT", entry=name, reason="other entry")
        return entry.size

    def content(self, name: str, size: int) -> Iterator[bytes]:
        """The bytes of the entry begun, piece by piece, and the filling behind them."""
        yield from self._pieces(size, name)
        if b"".join(self._pieces(-size % BLOCK, name)).strip(b"\0"):
            raise PackageFault("E_LAYOUT", entry=name, reason="filling")

    def end(self) -> None:
        """Nothing follows but the zeros that end a tar."""
        zeros = 0
        while piece := self._next(_LONGEST_END):
            zeros += len(piece)
            if piece.strip(b"\0") or zeros > _LONGEST_END:
                raise PackageFault("E_LAYOUT", entry="", reason="more entries")
        if zeros < len(END):
            raise PackageFault("E_LAYOUT", entry="", reason="end")

    def _pieces(self, size: int, name: str) -> Iterator[bytes]:
        while size:
            piece = self._next(size)
            if not piece:
                raise PackageFault("E_LAYOUT", entry=name, reason="end")
            size -= len(piece)
            yield piece

    def _next(self, most: int) -> bytes:
        if self._at >= len(self._piece):
            self._piece, self._at = self._read(), 0
            self.count(len(self._piece))
        begin, self._at = self._at, self._at + most
        return self._piece[begin : self._at]
