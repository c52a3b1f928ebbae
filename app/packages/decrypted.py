"""An encrypted file as a readable one: its plain bytes piece by piece, never whole on the disk."""

from collections.abc import Callable, Generator, Sequence
from pathlib import Path

from app.packages import age
from app.packages.pieces import Pieces


def decrypted(
    path: Path, identities: Sequence[str], offset: int = 0, tell: Callable[[int], object] = lambda _bytes: None
) -> Pieces:
    """The plain content of the file at `path` from an offset on; `tell` hears how many bytes were read each time."""
    return Pieces(_plain_pieces(path, identities, offset, tell))


def _plain_pieces(
    path: Path, identities: Sequence[str], offset: int, tell: Callable[[int], object]
) -> Generator[bytes, None, None]:
    left = offset
    with path.open("rb") as file, age.decrypting(file, path.stat().st_size, identities) as plain:
        while piece := plain.read():
            wanted = piece[left:]
            tell(len(wanted))
            yield wanted
            left = max(0, left - len(piece))
