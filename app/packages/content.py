"""Opening a package, second half: decrypt, unpack and check in one pass, and hand out rows and chunks as they come.

What is handed out is believed only when the pass has come to its end: a caller works inside one transaction, and leaving
`open_content` without an error is what says that every byte was as announced.
"""

import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import Final

from app.packages import manifest
from app.packages.archive import Archive
from app.packages.digests import Algorithm, Digest
from app.packages.faults import PackageFault
from app.packages.manifest import LARGEST_LINE, Chunk, Manifest, Resource, Table
from app.packages.opening import Verified, opened
from app.packages.sm4 import Unwrapper
from app.packages.suites import Openers, Plaintext, suite_named

MOST_PLAIN_BYTES: Final = 8 << 30
_GZIP: Final = 31
_STEP: Final = 1 << 18  # bytes unpacked at a time; larger ones fall out of the processor's cache


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """What a reader can take: secret keys (`AGE-SECRET-KEY-1…`), the newest schema it knows, plaintext bytes at most.

    `unwrappers` are its keys of suite gm-1, where it has any.
    """

    identities: Sequence[str]
    schema_set: str
    schema_version: str
    max_plain_bytes: int = MOST_PLAIN_BYTES
    unwrappers: Sequence[Unwrapper] = ()


class Rows:
    """The lines of one kind, each with its line end; raises `PackageFault` where they are not what was announced."""

    def __init__(self, table: Table, pieces: Iterator[bytes], archive: Archive) -> None:
        self.table: Final = table
        self.blocks: Final = _whole_lines(table, pieces, archive)
        """The lines as they were unpacked, some hundred in a piece: for who would only put them together again."""

    def __iter__(self) -> Iterator[bytes]:
        return (line for block in self.blocks for line in BytesIO(block))


class Blob:
    """The bytes of one chunk of an attachment, in pieces of some 256 KiB."""

    def __init__(self, chunk: Chunk, pieces: Iterator[bytes]) -> None:
        self.chunk: Final = chunk
        self._pieces = pieces

    def __iter__(self) -> Iterator[bytes]:
        return self._pieces


class Content:
    """The manifest of a package, and its parts in order; a part is read to its end before the next one comes."""

    def __init__(self, announced: Manifest, secret: str | None, archive: Archive, hashed: Algorithm) -> None:
        self.manifest: Final = announced
        self.secret: Final = secret
        """What its sender knows too, and nobody who cannot open it; None where it could be guessed."""
        self._archive = archive
        self._hashed = hashed
        self._parts = self._walk()

    def __iter__(self) -> Iterator[Rows | Blob]:
        return self._parts

    def _walk(self) -> Iterator[Rows | Blob]:
        for resource in self.manifest.resources:
            part = self._part(resource)
            yield part
            for _ in part:
                pass
        self._archive.end()

    def _part(self, resource: Resource) -> Rows | Blob:
        if self._archive.begin(resource.path) != resource.bytes:
            raise PackageFault("E_LAYOUT", entry=resource.path, reason="size")
        pieces = _compared(resource, self._archive.content(resource.path, resource.bytes), self._hashed)
        return Rows(resource, pieces, self._archive) if isinstance(resource, Table) else Blob(resource, pieces)


@contextmanager
def open_content(verified: Verified, reader: Reader) -> Iterator[Content]:
    """The content of a verified package, streamed; leaving the block without an error reads and checks what is left.

    Raises `PackageFault` with E_NO_KEY, E_DECRYPT, E_BOMB, E_LAYOUT, E_BINDING, E_SCHEMA_NEW, E_JSON, E_RESOURCE_HASH, or
    E_DIGEST where the file is no longer the one that was verified; `app.errors.Unavailable` or `OSError` of the disk.
    """
    suite = suite_named(verified.statement.suite)
    openers = Openers(identities=reader.identities, unwrappers=reader.unwrappers)
    with opened(verified.source) as file:
        file.seek(verified.container.payload_start)
        with suite.decrypting(file, verified.statement.payload, openers) as plaintext:
            archive = Archive(plaintext.read, reader.max_plain_bytes)
            announced, secret = _manifest(archive, verified, reader, suite.form.digest)
            content = Content(announced, secret, archive, suite.form.digest)
            yield content
            for _ in content:
                pass
            _check_unchanged(verified, plaintext)


def _manifest(archive: Archive, verified: Verified, reader: Reader, hashed: Algorithm) -> tuple[Manifest, str | None]:
    size = archive.begin(manifest.NAME)
    if size > manifest.LARGEST:
        raise PackageFault("E_LAYOUT", entry=manifest.NAME, reason="size")
    data = b"".join(archive.content(manifest.NAME, size))
    known = {"schema_set": reader.schema_set, "reads": reader.schema_version}
    announced = manifest.read(data, verified.statement, **known, hashed=hashed)
    return announced, manifest.secret_of(announced, data)


def _check_unchanged(verified: Verified, plaintext: Plaintext) -> None:
    """A path is opened again after it was verified; what was read now must be what was hashed then."""
    if plaintext.digest() != verified.statement.payload.digest:
        raise PackageFault("E_DIGEST", seq=verified.statement.stream.seq)


def _compared(resource: Resource, pieces: Iterator[bytes], hashed: Algorithm) -> Iterator[bytes]:
    digest = Digest(hashed)
    for piece in pieces:
        digest.update(piece)
        yield piece
    if digest.named() != resource.hash:
        raise PackageFault("E_RESOURCE_HASH", entry=resource.path)


def _whole_lines(table: Table, pieces: Iterator[bytes], archive: Archive) -> Iterator[bytes]:
    rows, rest = 0, b""
    for piece in _unpacked(table, pieces, archive):
        # Only the first line of a block can be too long: the others lie within one piece, which is smaller.
        block = rest + piece
        end = block.rfind(b"\n") + 1
        if block.find(b"\n") >= LARGEST_LINE or len(block) - end >= LARGEST_LINE:
            raise PackageFault("E_JSON", reason="size")
        block, rest = block[:end], block[end:]
        rows += block.count(b"\n")
        if block:
            yield block
    if rest or rows != table.rows:
        raise PackageFault("E_LAYOUT", entry=table.path, reason="rows")


def _unpacked(table: Table, pieces: Iterator[bytes], archive: Archive) -> Iterator[bytes]:
    """The table's gzip unpacked in blocks of at most 256 KiB, never past the size it announced."""
    left = table.raw_bytes
    unpacker = zlib.decompressobj(_GZIP)
    for piece in pieces:
        for block in _blocks(unpacker, piece, table):
            archive.count(len(block))
            left -= len(block)
            if left < 0:
                raise PackageFault("E_BOMB", limit=table.raw_bytes)
            yield block
    if left or not unpacker.eof:
        raise PackageFault("E_LAYOUT", entry=table.path, reason="gzip")


def _blocks(unpacker: "zlib._Decompress", piece: bytes, table: Table) -> Iterator[bytes]:
    while piece:
        ended = unpacker.eof
        try:
            block = unpacker.decompress(piece, _STEP)
        except zlib.error:
            raise PackageFault("E_LAYOUT", entry=table.path, reason="gzip") from None
        if ended or unpacker.unused_data:
            raise PackageFault("E_LAYOUT", entry=table.path, reason="gzip")
        yield block
        piece = unpacker.unconsumed_tail
