"""Small packages for tests: honest ones, and ones whose maker holds a good key but does not keep to the format."""

import gzip
import hashlib
import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO, Final

import pyrage  # type: ignore[import-untyped]  # it comes without types
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.packages import age, archive, closed, envelope, manifest, senders, statement
from app.packages.container import ContainerFile
from app.packages.content import Reader, Rows, open_content
from app.packages.envelope import PublicKey
from app.packages.forms import STD_1
from app.packages.manifest import BlobPlace, Manifest, Schema
from app.packages.opening import Verified, verify_package
from app.packages.seal import Attachment, Contents
from app.packages.senders import SenderKey, Senders
from app.packages.spool import Packed, Spool
from app.packages.statement import Acks, Heading, Kind, Payload, Producer, Sender, Statement, Stream
from app.packages.trust import Policy

STATION: Final = "019b76da-a800-7000-8000-000000000001"
PACKAGE: Final = "019b76da-a800-7000-8000-0000000000aa"
NOW: Final = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
BODY: Final = "43"
SCHEMA: Final = Schema(set="llz-core", version="1.0", min_reader="1.0")
COLUMNS: Final = {
    "_by": "string",
    "_del": "boolean",
    "_digest": "string",
    "_gen": "integer",
    "_hlc": "string",
    "_id": "string",
    "_kind": "string",
    "_op": "string",
    "_owner": "string",
    "_parents": "array",
    "_rev": "string",
    "_salt": "string",
    "_sv": "string",
    "body": "string",
    "title": "string",
}


class SigningKey:
    """A seat's key, kept in the test's hands."""

    def __init__(self, secret: bytes = b"\1" * 32) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(secret)
        self.named = PublicKey(keyid=envelope.keyid_of(self.public), key=self.public)

    @property
    def public(self) -> bytes:
        return self._key.public_key().public_bytes_raw()

    @property
    def keyid(self) -> str:
        return self.named.keyid

    @property
    def seat(self) -> str:
        return self.keyid.removeprefix("ed25519:")

    def sign(self, pae: bytes) -> bytes:
        return self._key.sign(pae)


SEAT: Final = SigningKey()
THIEF: Final = SigningKey(b"\2" * 32)
_OURS: Final = pyrage.x25519.Identity.generate()
OURS: Final = str(_OURS)
RECIPIENT: Final = str(_OURS.to_public())
OTHERS: Final = str(pyrage.x25519.Identity.generate())
READER: Final = Reader(identities=[OURS], schema_set="llz-core", schema_version="1.0")

POLICY: Final = Policy(
    suites=("std-1",),
    min_format=1,
    max_package_bytes=1 << 30,
    max_plain_bytes=8 << 30,
    clock_tolerance_h=24,
    contact=False,
    escrow_recipient=None,
)


def seat_of(key: SigningKey, **changes: Any) -> SenderKey:
    """What a reader believes of a key: the seat of the one station of these tests."""
    sender = Sender(province="43", station=STATION, seat=key.seat)
    known = SenderKey(key=key.named, sender=sender, until=None, not_after=None)
    return replace(known, **changes)


def believing(*known: SenderKey, policy: Policy = POLICY) -> Senders:
    """Senders of which exactly these are known."""
    by_name = {each.key.keyid: each for each in known or (seat_of(SEAT),)}
    return Senders(policy=policy, kinds=senders.FROM_SEATS, find=by_name.get)


def heading(**changes: Any) -> Heading:
    """The heading of the first package of the seat."""
    usual = Heading(
        suite=STD_1.suite,
        kind=Kind.SNAPSHOT,
        package_id=PACKAGE,
        sender=Sender(province="43", station=STATION, seat=SEAT.seat),
        to=(BODY,),
        stream=Stream(epoch=1, seq=1, prev=None, fills=()),
        created=datetime(2026, 11, 21, 1, 23, 45, tzinfo=UTC),
        acks=Acks(receipt_seq=0, trust_version=1),
        producer=Producer(app="liaison", version="0.1.0"),
    )
    return replace(usual, **changes)


def line(number: int, kind: str = "issue", body: str = "东街自来水时断时续") -> bytes:
    """One line of a record, invented."""
    header = {
        "_by": SEAT.seat,
        "_del": False,
        "_digest": "sha256:" + hashlib.sha256(b"%d" % number).hexdigest(),
        "_gen": 1,
        "_hlc": "019b76daa800-0002",
        "_id": f"019b76da-a800-7000-8000-{number:012x}",
        "_kind": kind,
        "_op": "019b76da-a800-7000-8000-00000000cccc",
        "_owner": STATION,
        "_parents": [],
        "_rev": f"019b76da-a800-7000-9000-{number:012x}",
        "_salt": hashlib.md5(b"%d" % number, usedforsecurity=False).hexdigest(),
        "_sv": "1.0",
    }
    return closed.compact(header | {"body": body, "title": f"第 {number} 件"}) + b"\n"


def packed(rows: Mapping[str, Sequence[bytes]]) -> tuple[Packed, ...]:
    """Rows of several kinds, spooled."""
    spool = Spool()
    for kind, lines in rows.items():
        for each in lines:
            assert spool.add(kind, each)
    return spool.finish()


def contents(rows: Mapping[str, Sequence[bytes]] | None = None, attachments: Sequence[Attachment] = ()) -> Contents:
    """Contents with rows, two issues where none are given."""
    tables = packed({"issue": [line(1), line(2)]} if rows is None else rows)
    columns = {table.kind: COLUMNS for table in tables}
    return Contents(schema=SCHEMA, tables=tables, columns=columns, attachments=attachments, change_range=(1, 2))


def attachment(content: bytes, offset: int = 0) -> Attachment:
    """A chunk of an attachment of these bytes."""
    place = BlobPlace(id=statement.digest_of(content), size=len(content), offset=offset)

    def read() -> BinaryIO:
        file = io.BytesIO(content)
        file.seek(offset)
        return file

    return Attachment(place=place, read=read)


# --- reading ------------------------------------------------------------------------------------------------------


def verified(package: bytes | Path, who: Senders | None = None, now: datetime = NOW, us: str | None = BODY) -> Verified:
    """A package verified, from memory or a path."""
    source = package if isinstance(package, Path) else io.BytesIO(package)
    return verify_package(source, who or believing(), now=now, us=None if us is None else frozenset({us}))


def unpacked(package: bytes | Path, who: Senders | None = None, reader: Reader = READER) -> dict[str, Any]:
    """Everything in a package: lines by kind, bytes of chunks by path."""
    found: dict[str, Any] = {}
    with open_content(verified(package, who), reader) as content:
        for part in content:
            if isinstance(part, Rows):
                found[part.table.name] = list(part)
            else:
                found[part.chunk.path] = b"".join(part)
    return found


# --- forging ------------------------------------------------------------------------------------------------------

Change = Callable[[dict[str, Any]], object]


def tarred(entries: Iterable[tuple[str, bytes]]) -> bytes:
    """A tar of regular files."""
    parts = [archive.header(name, len(data)) + data + archive.padding(len(data)) for name, data in entries]
    return b"".join(parts) + archive.END


def manifest_of(entries: Sequence[tuple[str, bytes]], head: Heading | None = None, change: Change | None = None) -> bytes:
    """The manifest that announces these entries rightly, but for what `change` does to its members."""
    resources = [_announced(path, data) for path, data in entries]
    made = manifest.announced(head or heading(), resources, schema=SCHEMA, change_range=None, have={})
    return changed(made, change)


def changed(made: Manifest | Statement, change: Change | None) -> bytes:
    """A document as it is written after `change` had its way with the members."""
    members = json.loads(closed.write(made))
    if change:
        change(members)
    return closed.compact(members)


def _announced(path: str, data: bytes) -> manifest.Resource:
    digest = statement.digest_of(data)
    if path.startswith("blobs/"):
        place = BlobPlace(id="sha256:" + path[6:70], size=len(data), offset=0)
        return manifest.chunk(place, size=len(data), digest=digest)
    raw = gzip.decompress(data)
    kind = path.removeprefix("data/").removesuffix(".jsonl.gz")
    return manifest.table(kind, COLUMNS, size=len(data), digest=digest, rows=raw.count(b"\n"), raw_bytes=len(raw))


@dataclass(frozen=True, kw_only=True)
class Forgery:
    """A package made by somebody who signs well and does the rest as he likes."""

    entries: Sequence[tuple[str, bytes]] = ()
    plain: bytes | None = None
    ciphertext: bytes | None = None
    change_manifest: Change | None = None
    change_statement: Change | None = None
    head: Heading = field(default_factory=heading)
    signer: SigningKey = SEAT
    payload_type: str = statement.TYPE
    payload: bytes | None = None

    def sealed(self) -> bytes:
        """Its bytes."""
        file = io.BytesIO()
        container = ContainerFile(file)
        container.write(self.encrypted())
        container.finish(self.enveloped(container))
        return file.getvalue()

    def encrypted(self) -> bytes:
        if self.ciphertext is not None:
            return self.ciphertext
        plain = self.plain
        if plain is None:
            head = manifest_of(self.entries, self.head, self.change_manifest)
            plain = tarred([(manifest.NAME, head), *self.entries])
        return encrypted(plain)

    def enveloped(self, container: ContainerFile) -> bytes:
        payload = Payload(
            name=STD_1.payload, encoding=STD_1.encoding, bytes=container.payload_bytes, digest=container.payload_digest
        )
        signed = changed(statement.stated(self.head, payload), self.change_statement)
        return envelope.sign(self.payload_type, signed if self.payload is None else self.payload, [self.signer])


def encrypted(plain: bytes, recipient: str = RECIPIENT) -> bytes:
    """An age file."""
    out = io.BytesIO()
    age.encrypt([plain], out.write, [recipient])
    return out.getvalue()


def boxed(payload: bytes, signed: bytes) -> bytes:
    """A container of the right form around any payload and any envelope."""
    file = io.BytesIO()
    container = ContainerFile(file)
    container.write(payload)
    container.finish(signed)
    return file.getvalue()


def issue_entry(*lines: bytes, level: int = 6) -> tuple[str, bytes]:
    """The entry of the kind `issue` with these lines."""
    return "data/issue.jsonl.gz", gzip.compress(b"".join(lines), level, mtime=0)
