"""Attachments on their way into a package: decrypted piece by piece while they are sealed, never whole on the disk."""

from collections.abc import Collection, Sequence
from io import BufferedReader
from pathlib import Path
from typing import Final

from app.domain.values import Id
from app.packages.decrypted import decrypted
from app.packages.manifest import LARGEST_CHUNK, BlobPlace
from app.packages.seal import Attachment
from app.progress import Progress
from app.storage import attachment_files
from app.storage.database import Connection
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
    for sha256, file, size in outbox.unsent_attachments(workspace.author.owner):
        taken += size
        full = taken > _ROOM or taken + taken // _SEALING + (len(chunks) + 1) * _AROUND > room
        if (chunks and (full or len(chunks) > _MOST_CHUNKS)) or (beside_rows and full):
            break
        path = workspace.folder / ATTACHMENTS / file
        chunks += [_chunk(path, secret, place, progress) for place in _places(sha256, size)]
    return chunks


def attachments_of(
    workspace: Workspace, connection: Connection, records: Collection[Id], progress: Progress
) -> list[list[Attachment]]:
    """The chunks of the files that these records are about, in groups that each have room in one package."""
    secret = (value_of(connection, ATTACHMENT_KEY) or b"\n").decode().split("\n")[0]
    groups: list[list[Attachment]] = []
    room = 0
    for each in attachment_files.belonging_to(connection, records):
        path, places = workspace.folder / ATTACHMENTS / each.file, _places(each.sha256, each.size)
        chunks = [_chunk(path, secret, place, progress) for place in places]
        room -= each.size
        if not groups or room < 0 or len(groups[-1]) > _MOST_CHUNKS:
            groups.append([])
            room = _ROOM - each.size
        groups[-1] += chunks
    return groups


def _places(sha256: str, size: int) -> list[BlobPlace]:
    offsets = range(0, max(size, 1), LARGEST_CHUNK)
    return [BlobPlace(id=f"sha256:{sha256}", size=size, offset=offset) for offset in offsets]


def _chunk(path: Path, secret: str, place: BlobPlace, progress: Progress) -> Attachment:
    return Attachment(place=place, read=lambda: BufferedReader(decrypted(path, [secret], place.offset, progress.advance), _PIECE))


def bytes_read(chunks: Sequence[Attachment]) -> int:
    """What is read for them: a chunk of several is read twice, since nobody knows its digest yet."""
    return sum(each.bytes * (2 if each.place.size > LARGEST_CHUNK else 1) for each in chunks)
