"""Sealing: rows and attachments become one encrypted, signed file, streamed, under its name only when it is whole."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from app.errors import Unavailable
from app.files import written_whole
from app.packages import archive, envelope, manifest, statement
from app.packages.container import LARGEST_PAYLOAD, PIECE, ContainerFile
from app.packages.digests import Algorithm, Digest, digest_of_pieces
from app.packages.envelope import Signer
from app.packages.faults import PackageFault
from app.packages.manifest import BlobPlace, Chunk, Resource, Schema, Table
from app.packages.spool import Packed
from app.packages.statement import Heading, Payload, Statement
from app.packages.suites import suite_named


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A chunk of an attachment to be carried: `read` opens it at its first byte.

    It is called once, or twice for a chunk whose digest nobody knows yet: one of several, and every one in suite gm-1.
    """

    place: BlobPlace
    read: Callable[[], BinaryIO]

    @property
    def bytes(self) -> int:
        """How many bytes the chunk has: 64 MiB but for the last."""
        return min(manifest.LARGEST_CHUNK, self.place.size - self.place.offset)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What goes into a package: packed rows with the columns of each kind, attachments, and what a reader must know of them.

    `columns` are Table Schema types by member name, header members included, for every kind in `tables`; `change_range` the
    first and last journal number; `have` how far this seat knows its sister seats, by stream.
    """

    schema: Schema
    tables: Sequence[Packed] = ()
    columns: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    attachments: Sequence[Attachment] = ()
    change_range: tuple[int, int] | None = None
    have: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """A sealed package: its statement, the statement's digest (the next package's `prev`), and the file's size in bytes.

    `secret` is known to nobody but who sealed or opens it; None where it could be guessed.
    """

    statement: Statement
    digest: str
    bytes: int
    secret: str | None


def seal(target: Path, heading: Heading, contents: Contents, *, recipients: Sequence[str], signer: Signer) -> Sealed:
    """The package `heading` with `contents`, encrypted for `recipients`, signed, whole under the name `target`.

    Recipients are keys of the heading's suite as trust lists write them, and `signer` has one of its keys. After any failure
    nothing lies there that was not there before. Raises `PackageFault` with E_LIMIT, E_NO_KEY, E_SUITE, or E_ENVELOPE,
    E_LAYOUT, E_BOMB for what no reader would take; `Unavailable("attachment_changed", attachment)`, or what
    `app.files.written_whole` raises of the disk.
    """
    suite = suite_named(heading.suite)
    form = suite.form
    if not signer.keyid.startswith(f"{form.keys}:"):
        raise PackageFault("E_SUITE", suite=heading.suite)
    announced = _announced(heading, contents, form.digest)
    head = manifest.write(announced, form.digest)
    with written_whole(target) as file:
        container = ContainerFile(file, form)
        locks = suite.encrypt(_archived(head, announced, contents, form.digest), container.write, recipients)
        payload = Payload(
            name=form.payload,
            encoding=form.encoding,
            bytes=container.payload_bytes,
            digest=container.payload_digest,
            locks=locks,
        )
        stated = statement.stated(heading, payload)
        signed = statement.write(stated)
        size = container.finish(envelope.sign(statement.TYPE, signed, [signer]))
    secret = manifest.secret_of(announced, head)
    return Sealed(statement=stated, digest=statement.digest_of(signed), bytes=size, secret=secret)


def _announced(heading: Heading, contents: Contents, hashed: Algorithm) -> manifest.Manifest:
    resources: list[Resource] = [_table(packed, contents.columns[packed.kind], hashed) for packed in contents.tables]
    resources += [_chunk(attachment, hashed) for attachment in contents.attachments]
    # Room for the manifest, the headers between and the tags of the cipher is in what the container allows beyond.
    if (size := sum(each.bytes + 2 * archive.BLOCK for each in resources)) > LARGEST_PAYLOAD:
        raise PackageFault("E_LIMIT", bytes=size, limit=LARGEST_PAYLOAD)
    return manifest.announced(heading, resources, schema=contents.schema, change_range=contents.change_range, have=contents.have)


def _table(packed: Packed, columns: Mapping[str, str], hashed: Algorithm) -> Table:
    digest = packed.digest if hashed is Algorithm.SHA256 else digest_of_pieces(packed.pieces, hashed)
    return manifest.table(packed.kind, columns, size=packed.bytes, digest=digest, rows=packed.rows, raw_bytes=packed.raw_bytes)


def _chunk(attachment: Attachment, hashed: Algorithm) -> Chunk:
    place = attachment.place
    known = attachment.bytes == place.size and hashed is Algorithm.SHA256
    digest = place.id if known else digest_of_pieces(_pieces(attachment), hashed)
    return manifest.chunk(place, size=attachment.bytes, digest=digest)


def _pieces(attachment: Attachment) -> Iterator[bytes]:
    left = attachment.bytes
    with attachment.read() as file:
        while left:
            piece = file.read(min(PIECE, left))
            if not piece:
                raise _changed(attachment)
            left -= len(piece)
            yield piece


def _checked(attachment: Attachment, announced: Resource, hashed: Algorithm) -> Iterator[bytes]:
    digest = Digest(hashed)
    for piece in _pieces(attachment):
        digest.update(piece)
        yield piece
    if announced.hash != digest.named():
        raise _changed(attachment)


def _changed(attachment: Attachment) -> Unavailable:
    return Unavailable("attachment_changed", attachment=attachment.place.id)


def _archived(head: bytes, announced: manifest.Manifest, contents: Contents, hashed: Algorithm) -> Iterator[bytes]:
    """The tar as it goes into the cipher, its manifest written out as `head`."""
    yield from _entry(manifest.NAME, len(head), (head,))
    parts: list[Iterable[bytes]] = [packed.pieces for packed in contents.tables]
    chunks = announced.resources[len(parts) :]
    parts += [_checked(attachment, chunk, hashed) for attachment, chunk in zip(contents.attachments, chunks, strict=True)]
    for resource, part in zip(announced.resources, parts, strict=True):
        yield from _entry(resource.path, resource.bytes, part)
    yield archive.END


def _entry(name: str, size: int, pieces: Iterable[bytes]) -> Iterator[bytes]:
    yield archive.header(name, size)
    yield from pieces
    yield archive.padding(size)
