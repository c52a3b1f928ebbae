"""The manifest: `datapackage.json`, first in the archive, which announces every entry that follows.

It follows the Data Package standard, version 2, so that common tools read and check an unpacked package; `llz` and the
members that begin with `llz:` are ours. Nothing may follow in the archive that is not announced here.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from app.domain.values import Id
from app.packages import closed
from app.packages.digests import Algorithm, is_digest_by
from app.packages.faults import PackageFault
from app.packages.statement import Heading, Kind, Sender, Stream, check_format, digest_of, is_digest

NAME: Final = "datapackage.json"
PROFILE: Final = "https://datapackage.org/profiles/2.0/datapackage.json"
FORMAT: Final = "llz-content/1"

LARGEST: Final = 4 << 20
"""Bytes; some twelve thousand entries. Parsed, it must stay small beside what a whole process may use."""

LARGEST_CHUNK: Final = 64 << 20
LARGEST_LINE: Final = 1 << 20
MOST_TABLES: Final = 64

RATIO: Final = 200
SLACK: Final = 2 * LARGEST_LINE
"""Unpacked bytes of a table may be `RATIO` times its packed ones and this many more, so that one long line always fits."""

_KIND: Final = re.compile(r"[a-z][a-z0-9_]{0,63}")
_VERSION: Final = re.compile(r"[0-9]{1,4}\.[0-9]{1,4}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Schema:
    """The version of the records' schema, and the oldest version a reader must know to take them."""

    set: str
    version: str
    min_reader: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """The statement's own words, repeated inside so that nobody can put his name on another's ciphertext."""

    format: str
    kind: Kind
    package_id: Id
    sender: Sender = closed.member("from")
    to: tuple[str, ...]
    stream: Stream
    change_range: tuple[int, ...] | None
    schema: Schema
    have: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A member of a line and its Table Schema type."""

    name: str
    type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TableSchema:
    """The members that lines of a kind may have, in the order they stand in a line: sorted.

    `fields_match` is `partial`: a line leaves empty members out, and may have some that a newer program wrote.
    """

    primary_key: tuple[str, ...] = closed.member("primaryKey")
    fields_match: str = closed.member("fieldsMatch")
    fields: tuple[Column, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The lines of one kind; `bytes` and `hash` are those of the packed file."""

    name: str
    type: str
    path: str
    format: str
    compression: str
    mediatype: str
    encoding: str
    bytes: int
    hash: str
    rows: int = closed.member("llz:rows")
    raw_bytes: int = closed.member("llz:raw_bytes")
    schema: TableSchema


@dataclass(frozen=True, slots=True, kw_only=True)
class BlobPlace:
    """Which bytes of which attachment a chunk holds; `id` is the digest of the whole attachment, `size` its bytes."""

    id: str
    size: int
    offset: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """A piece of an attachment, stored as it is."""

    name: str
    path: str
    bytes: int
    hash: str
    blob: BlobPlace = closed.member("llz:blob")


Resource = Table | Chunk


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a package holds, in the order it holds it."""

    profile: str = closed.member("$schema")
    name: str
    created: datetime
    identity: Identity = closed.member("llz")
    resources: tuple[Resource, ...]


def table(kind: str, columns: Mapping[str, str], *, size: int, digest: str, rows: int, raw_bytes: int) -> Table:
    """The announcement of the lines of `kind`; `columns` are the types by name, in any order."""
    fields = tuple(Column(name=name, type=columns[name]) for name in sorted(columns))
    return Table(
        name=kind,
        type="table",
        path=f"data/{kind}.jsonl.gz",
        format="jsonl",
        compression="gz",
        mediatype="application/x-ndjson",
        encoding="utf-8",
        bytes=size,
        hash=digest,
        rows=rows,
        raw_bytes=raw_bytes,
        schema=TableSchema(primary_key=("_rev",), fields_match="partial", fields=fields),
    )


def chunk(place: BlobPlace, *, size: int, digest: str) -> Chunk:
    """The announcement of a piece of `size` bytes of an attachment."""
    blob, number = place.id.removeprefix("sha256:"), place.offset // LARGEST_CHUNK
    return Chunk(name=f"blob-{blob[:16]}-{number:05}", path=f"blobs/{blob}.{number:05}", bytes=size, hash=digest, blob=place)


def announced(
    heading: Heading,
    resources: Sequence[Resource],
    *,
    schema: Schema,
    change_range: tuple[int, int] | None,
    have: Mapping[str, int],
) -> Manifest:
    """The manifest of the package that `heading` names."""
    identity = Identity(
        format=FORMAT,
        kind=heading.kind,
        package_id=heading.package_id,
        sender=heading.sender,
        to=heading.to,
        stream=heading.stream,
        change_range=change_range,
        schema=schema,
        have=have,
    )
    return Manifest(profile=PROFILE, name=_name(heading), created=heading.created, identity=identity, resources=tuple(resources))


def write(manifest: Manifest, hashed: Algorithm = Algorithm.SHA256) -> bytes:
    """The bytes of `datapackage.json`, its entries hashed by the suite's algorithm.

    Raises `PackageFault` with E_LAYOUT, E_BOMB or E_LIMIT where no reader would take it.
    """
    _check_identity(manifest)
    _check_resources(manifest.resources, hashed)
    data = closed.write(manifest)
    if len(data) > LARGEST:
        raise PackageFault("E_LIMIT", bytes=len(data), limit=LARGEST)
    return data


def read(data: bytes, heading: Heading, *, schema_set: str, reads: str, hashed: Algorithm = Algorithm.SHA256) -> Manifest:
    """The manifest that `data` spells out, known to belong to the statement `heading` and to be of a schema we read.

    `hashed` is the algorithm of the suite; `reads` is the newest version of `schema_set` that the reader knows. Raises
    `PackageFault` with E_JSON, E_FORMAT_NEW, E_FORMAT_OLD, E_LAYOUT(member), E_BINDING(member), E_SCHEMA_NEW(needed, known) or
    E_BOMB(entry).
    """
    plain = closed.parse(data, limit=LARGEST)
    check_format(_inner(_inner(plain, "llz"), "format"), "llz-content", fault="E_LAYOUT")
    manifest = closed.read(Manifest, data, limit=LARGEST, fault="E_LAYOUT")
    _check_binding(manifest, heading)
    _check_identity(manifest)
    _check_schema(manifest.identity.schema, schema_set, reads)
    _check_resources(manifest.resources, hashed)
    return manifest


def secret_of(manifest: Manifest, data: bytes) -> str | None:
    """What only the sender of a package knows and who opened it: the digest of the manifest's bytes.

    None for one without rows, whose manifest could be guessed: rows hold salts that are drawn.
    """
    return digest_of(data) if any(isinstance(each, Table) for each in manifest.resources) else None


def _inner(plain: object, member: str) -> object:
    return plain.get(member) if isinstance(plain, dict) else None


def _name(heading: Heading | Identity) -> str:
    return f"llz-{heading.package_id}"


def _check_binding(manifest: Manifest, heading: Heading) -> None:
    inside = manifest.identity
    pairs = {
        "kind": (inside.kind, heading.kind),
        "package_id": (inside.package_id, heading.package_id),
        "from": (inside.sender, heading.sender),
        "to": (inside.to, heading.to),
        "stream": (inside.stream, heading.stream),
        "created": (manifest.created, heading.created),
    }
    for member, (ours, signed) in pairs.items():
        if ours != signed:
            raise PackageFault("E_BINDING", member=member)


def _check_identity(manifest: Manifest) -> None:
    inside = manifest.identity
    rules = {
        "$schema": manifest.profile == PROFILE,
        "name": manifest.name == _name(inside),
        "llz.schema": all(_VERSION.fullmatch(each) for each in (inside.schema.version, inside.schema.min_reader)),
        "llz.change_range": _is_range(inside.change_range),
        "llz.have": all(through >= 0 for through in inside.have.values()),
    }
    for member, holds in rules.items():
        if not holds:
            raise PackageFault("E_LAYOUT", entry=NAME, reason=member)


def _is_range(change_range: tuple[int, ...] | None) -> bool:
    return change_range is None or (len(change_range) == 2 and 0 <= change_range[0] <= change_range[1])


def _check_schema(schema: Schema, schema_set: str, reads: str) -> None:
    if schema.set != schema_set or _version(schema.min_reader) > _version(reads):
        raise PackageFault("E_SCHEMA_NEW", needed=f"{schema.set[:40]} {schema.min_reader}", known=f"{schema_set} {reads}")


def _version(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split("."))


def _check_resources(resources: Sequence[Resource], hashed: Algorithm) -> None:
    tables = [each for each in resources if isinstance(each, Table)]
    if list(resources[: len(tables)]) != tables or len(tables) > MOST_TABLES:
        raise PackageFault("E_LAYOUT", entry=NAME, reason="order")
    if len({each.path for each in resources}) != len(resources):
        raise PackageFault("E_LAYOUT", entry=NAME, reason="an entry twice")
    for each in resources:
        shaped = _is_table(each) if isinstance(each, Table) else _is_chunk(each)
        if not (shaped and is_digest_by(each.hash, hashed)):
            raise PackageFault("E_LAYOUT", entry=each.path[:120], reason="announcement")


def _is_table(given: Table) -> bool:
    """Whether the announcement is the one we would have made of the same lines."""
    if given.raw_bytes > RATIO * given.bytes + SLACK:
        raise PackageFault("E_BOMB", limit=RATIO * given.bytes + SLACK)
    columns = {column.name: column.type for column in given.schema.fields}
    made = table(given.name, columns, size=given.bytes, digest=given.hash, rows=given.rows, raw_bytes=given.raw_bytes)
    counted = min(given.bytes, given.rows, given.raw_bytes) >= 0
    return made == given and counted and _KIND.fullmatch(given.name) is not None


def _is_chunk(given: Chunk) -> bool:
    """Whether it is the chunk, of 64 MiB but for the last, that its number says."""
    place = given.blob
    begins = place.offset == 0 or (0 < place.offset < place.size and place.offset % LARGEST_CHUNK == 0)
    whole = given.bytes == min(LARGEST_CHUNK, place.size - place.offset) and place.size >= 0
    made = chunk(place, size=given.bytes, digest=given.hash)
    return begins and whole and is_digest(place.id) and made == given
