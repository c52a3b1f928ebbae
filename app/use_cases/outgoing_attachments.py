"""Attachments on their way into a package: decrypted piece by piece while they are sealed, never whole on the disk."""

from collections.abc import Generator, Sequence
from io import BufferedReader, RawIOBase
from pathlib import Path
from typing import Final

from app.packages import age
from app.packages.manifest import LARGEST_CHUNK, BlobPlace
from app.packages.seal import Attachment
from app.progress import Progress
from app.storage.named_values import value_of
from app.storage.outbox import Outbox
from app.workspace import ATTACHMENT_KEY, ATTACHMENTS, Workspace

_PIECE: Final = 1 << 20
_ROOM: Final = 768 << 20
"""Bytes of attachments in a number: with its rows and all that lies between, it stays well below what a package may have."""
_AROUND: Final = 1600  # bytes: a chunk's heading and padding in the archive, and its line in the manifest
_SEALING: Final = 2048  # encryption adds less than one byte to so many
_MOST_CHUNKS: Final = 8_000  # the manifest has room for some twelve thousand


def next_attachments(
    workspace: Workspace, outbox: Outbox, progress: Progress, room: int, *, beside_rows: bool = False
) -> list[Attachment]:
    """The chunks of the attachments that go next: whole ones, as many as fit into `room` bytes.

    The first goes however large it is, where it is not `beside_rows` with which it could go another time.
    """
    secret = (value_of(outbox.connection, ATTACHMENT_KEY) or b"\n").decode().split("\n")[0]
    chunks: list[Attachment] = []
    taken = 0
    for sha256, file, size in outbox.unsent_attachments():
        taken += size
        full = taken > _ROOM or taken + taken // _SEALING + (len(chunks) + 1) * _AROUND > room
        if (chunks and (full or len(chunks) > _MOST_CHUNKS)) or (beside_rows and full):
            break
        for offset in range(0, max(size, 1), LARGEST_CHUNK):
            place = BlobPlace(id=f"sha256:{sha256}", size=size, offset=offset)
            chunks.append(_chunk(workspace.folder / ATTACHMENTS / file, secret, place, progress))
    return chunks


def _chunk(path: Path, secret: str, place: BlobPlace, progress: Progress) -> Attachment:
    return Attachment(place=place, read=lambda: BufferedReader(_Decrypted(path, secret, place.offset, progress), _PIECE))


def bytes_read(chunks: Sequence[Attachment]) -> int:
    """What is read for them: a chunk of several is read twice, since nobody knows its digest yet."""
    return sum(each.bytes * (2 if each.place.size > LARGEST_CHUNK else 1) for each in chunks)


class _Decrypted(RawIOBase):
    """An encrypted file as a readable one, from a plain offset on."""

    def __init__(self, path: Path, secret: str, offset: int, progress: Progress) -> None:
        self._pieces = _plain_pieces(path, secret, offset)
        self._piece = b""
        self._progress = progress

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]  # typeshed asks for any buffer
        while not self._piece:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._piece = piece
            self._progress.advance(len(piece))
        taken = self._piece[: len(buffer)]
        buffer[: len(taken)] = taken
        self._piece = self._piece[len(taken) :]
        return len(taken)

    def close(self) -> None:
        self._pieces.close()
        super().close()


def _plain_pieces(path: Path, secret: str, offset: int) -> Generator[bytes, None, None]:
    left = offset
    with path.open("rb") as file, age.decrypting(file, path.stat().st_size, [secret]) as plain:
        while piece := plain.read():
            yield piece[left:]
            left = max(0, left - len(piece))
