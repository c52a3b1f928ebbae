"""Attachments as they arrive: chunks staged encrypted, joined when all are there, believed when the whole has its digest."""

import hashlib
import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from io import BufferedReader
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, delete, insert, select, update

from app.domain.values import Id
from app.files import disk_told, written_whole
from app.packages import age
from app.packages.content import Blob
from app.packages.decrypted import decrypted
from app.packages.faults import PackageFault
from app.packages.manifest import LARGEST_CHUNK, BlobPlace
from app.packages.seal import Attachment
from app.province.erasing import Erasing
from app.province.receiver import BLOBS, Receiver
from app.province.store import number_of
from app.province.tables import BlobRow, ChunkRow

ROOM: Final = 768 << 20
"""Bytes of attachments in a package that the body seals."""
_PIECE: Final = 1 << 20


@dataclass(slots=True)
class BlobIntake:
    """Takes chunks into the store within a transaction; call `finish` when it has ended."""

    receiver: Receiver
    station: Id
    dry_run: bool = False
    made: list[str] = field(default_factory=list)
    done_with: list[str] = field(default_factory=list)
    _secrets: list[str] = field(init=False)

    def __post_init__(self) -> None:
        self._secrets = [each.secret for each in self.receiver.identity().receiving]

    def take(self, connection: Connection, blob: Blob) -> None:
        """Stage one chunk, and join the attachment where it was the last one missing."""
        place = blob.chunk.blob
        if self.dry_run or self._known(connection, place.id, place.offset) or self._erased(connection, place.id):
            return
        name = self._write(iter(blob))
        row = {"station": self.station, "sha256": place.id, "offset": place.offset, "length": blob.chunk.bytes, "file": name}
        connection.execute(insert(ChunkRow), [row])
        self._note(connection, place.id, place.size)
        self._join(connection, place.id, place.size)

    def finish(self, *, kept: bool) -> None:
        """Remove the files that nothing names any more, once the transaction has ended one way or the other."""
        for name in self.done_with if kept else self.made:
            with suppress(OSError):
                self._path(name).unlink(missing_ok=True)

    def _known(self, connection: Connection, sha256: str, offset: int) -> bool:
        whole = select(BlobRow.file).where(BlobRow.station == self.station, BlobRow.sha256 == sha256, BlobRow.file.is_not(None))
        staged = select(ChunkRow.file).where(
            ChunkRow.station == self.station, ChunkRow.sha256 == sha256, ChunkRow.offset == offset
        )
        return any(connection.execute(each).first() for each in (whole, staged))

    def _erased(self, connection: Connection, sha256: str) -> bool:
        return Erasing(connection, self.station, number_of(connection, self.station)).is_gone(sha256)

    def _note(self, connection: Connection, sha256: str, size: int) -> None:
        known = select(BlobRow.size).where(BlobRow.station == self.station, BlobRow.sha256 == sha256)
        if connection.execute(known).first() is None:
            row = {"station": self.station, "sha256": sha256, "size": size, "file": None}
            connection.execute(insert(BlobRow), [row])

    def _join(self, connection: Connection, sha256: str, size: int) -> None:
        question = select(ChunkRow.offset, ChunkRow.length, ChunkRow.file).order_by(ChunkRow.offset)
        chunks = connection.execute(question.where(ChunkRow.station == self.station, ChunkRow.sha256 == sha256)).all()
        if sum(each.length for each in chunks) < size:
            return
        digest = hashlib.sha256()
        name = self._write(self._pieces([each.file for each in chunks], digest.update))
        mine = (BlobRow.station == self.station) & (BlobRow.sha256 == sha256)
        if "sha256:" + digest.hexdigest() == sha256:
            connection.execute(update(BlobRow).where(mine).values(file=name))
        else:
            self.done_with.append(name)  # the chunks are wanted again: the receipt lists them as missing
        connection.execute(delete(ChunkRow).where(ChunkRow.station == self.station, ChunkRow.sha256 == sha256))
        self.done_with.extend(each.file for each in chunks)

    def _write(self, pieces: Iterator[bytes]) -> str:
        name = encrypted(self.receiver, pieces)
        self.made.append(name)
        return name

    def _pieces(self, files: list[str], update_digest: Callable[[bytes], None]) -> Iterator[bytes]:
        for name in files:
            for piece in _content(self._path(name), self._secrets):
                update_digest(piece)
                yield piece

    def _path(self, name: str) -> Path:
        return self.receiver.folder / BLOBS / name


def encrypted(receiver: Receiver, pieces: Iterable[bytes]) -> str:
    """The name of the new file that holds these bytes, encrypted to the receiver itself."""
    name = secrets.token_hex(16)
    with written_whole(receiver.folder / BLOBS / name) as file:
        age.encrypt(iter(pieces), file.write, [receiver.identity().receiving[0].recipient])
    return name


def chunks_of(receiver: Receiver, id: str, size: int, file: str) -> Iterator[Attachment]:
    """A whole content as a package carries it, decrypted while it is sealed."""
    path, identities = receiver.folder / BLOBS / file, [each.secret for each in receiver.identity().receiving]
    for offset in range(0, max(size, 1), LARGEST_CHUNK):
        place = BlobPlace(id=id, size=size, offset=offset)
        yield Attachment(place=place, read=partial(_plain, path, identities, offset))


def _plain(path: Path, identities: Sequence[str], offset: int) -> BufferedReader:
    return BufferedReader(decrypted(path, identities, offset), _PIECE)


def reseal(receiver: Receiver, secrets: Sequence[str]) -> int:
    """Encrypt to the newest key whatever none of these opens, one file after the other; returns how many there were.

    Cut short anywhere, every file is there under a key that the receiver still has.
    """
    with receiver.store.reading() as connection:
        blobs = select(BlobRow.file).where(BlobRow.file.is_not(None))
        names = [*connection.scalars(blobs), *connection.scalars(select(ChunkRow.file))]
    count = 0
    for old in filter(None, names):
        path = receiver.folder / BLOBS / old
        if _opens(path, secrets):
            continue
        new = encrypted(receiver, _content(path, [each.secret for each in receiver.identity().receiving]))
        with receiver.store.writing() as connection:
            connection.execute(update(BlobRow).where(BlobRow.file == old).values(file=new))
            connection.execute(update(ChunkRow).where(ChunkRow.file == old).values(file=new))
        with disk_told(path):
            path.unlink()
        count += 1
    return count


def _opens(path: Path, secrets: Sequence[str]) -> bool:
    try:
        with disk_told(path), path.open("rb") as file, age.decrypting(file, path.stat().st_size, secrets) as plain:
            plain.read()
    except PackageFault as fault:
        if fault.code != "E_NO_KEY":
            raise
        return False
    return True


def _content(path: Path, secrets: Sequence[str]) -> Iterator[bytes]:
    with disk_told(path), path.open("rb") as file, age.decrypting(file, path.stat().st_size, secrets) as plain:
        while piece := plain.read():
            yield piece


def missing_ranges(connection: Connection, station: Id) -> dict[str, tuple[tuple[int, int], ...]]:
    """The byte ranges still wanted of each unfinished attachment of a station."""
    unfinished = select(BlobRow.sha256, BlobRow.size).where(BlobRow.station == station, BlobRow.file.is_(None))
    return {
        sha256: ranges
        for sha256, size in connection.execute(unfinished).all()
        if (ranges := _gaps(connection, station, sha256, size))
    }


def _gaps(connection: Connection, station: Id, sha256: str, size: int) -> tuple[tuple[int, int], ...]:
    question = select(ChunkRow.offset, ChunkRow.length).where(ChunkRow.station == station, ChunkRow.sha256 == sha256)
    gaps: list[tuple[int, int]] = []
    at = 0
    for offset, length in connection.execute(question.order_by(ChunkRow.offset)):
        if offset > at:
            gaps.append((at, offset))
        at = max(at, offset + length)
    if at < size:
        gaps.append((at, size))
    return tuple(gaps)


def sweep_blobs(receiver: Receiver) -> None:
    """Remove files that no row names: made by an intake that was killed before it could say so."""
    with receiver.store.reading() as connection:
        named = {*connection.scalars(select(BlobRow.file)), *connection.scalars(select(ChunkRow.file))}
    for path in (receiver.folder / BLOBS).iterdir():
        if path.name not in named:
            path.unlink(missing_ok=True)
