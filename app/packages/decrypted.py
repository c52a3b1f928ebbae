"""An encrypted file as a readable one: its plain bytes piece by piece, never whole on the disk."""

from collections.abc import Callable, Generator, Sequence
from io import RawIOBase
from pathlib import Path

from app.packages import age


class Decrypted(RawIOBase):
    """The plain content of the file at `path` from an offset on; `tell` hears how many bytes were read each time."""

    def __init__(
        self, path: Path, identities: Sequence[str], offset: int = 0, tell: Callable[[int], object] = lambda _bytes: None
    ) -> None:
        self._pieces = _plain_pieces(path, identities, offset)
        self._piece = b""
        self._tell = tell

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]  # typeshed asks for any buffer
        while not self._piece:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._piece = piece
            self._tell(len(piece))
        taken = self._piece[: len(buffer)]
        buffer[: len(taken)] = taken
        self._piece = self._piece[len(taken) :]
        return len(taken)

    def close(self) -> None:
        self._pieces.close()
        super().close()


def _plain_pieces(path: Path, identities: Sequence[str], offset: int) -> Generator[bytes, None, None]:
    left = offset
    with path.open("rb") as file, age.decrypting(file, path.stat().st_size, identities) as plain:
        while piece := plain.read():
            yield piece[left:]
            left = max(0, left - len(piece))
