"""The statement: the small signed document that says what a package is, from whom, for whom, and which bytes it carries."""

import hashlib
import re
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from typing import Final

from app.domain.values import Id, is_id
from app.packages import closed
from app.packages.digests import Algorithm, is_digest_by
from app.packages.faults import PackageFault

FORMAT: Final = "llz-package/1"
FORMAT_NUMBER: Final = 1
TYPE: Final = "application/vnd.llz.statement+json"
LARGEST: Final = 192 * 1024
"""Bytes; in base64 it fills the largest envelope."""

_IV: Final = re.compile(r"[0-9a-f]{32}")
_MAC: Final = re.compile(r"[0-9a-f]{64}")
_WRAPPED: Final = re.compile(r"[A-Za-z0-9+/]{1,400}={0,2}")
_KID: Final = re.compile(r"sm2:[0-9a-f]{16}")
_PROVINCE: Final = re.compile(r"[0-9]{2}")
_SEAT: Final = re.compile(r"[0-9a-f]{16}")
_PLACE: Final = re.compile(r"[0-9A-Za-z-]{1,36}")
_MOST_PLACES: Final = 64


class Kind(StrEnum):
    """What a package is for."""

    CHANGES = "changes"
    SNAPSHOT = "snapshot"  # the full state; begins an epoch
    VOID = "void"  # declares lost numbers; empty
    REPLY = "reply"
    PEER = "peer"  # seat to seat
    RESTORE = "restore"  # province to a new seat


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """The seat that made a package: two digits of the province, the station's UUID, the seat derived from its key."""

    province: str
    station: str
    seat: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """The place of a package among those of its seat; `prev` is the digest of the statement before, None for the first."""

    epoch: int
    seq: int
    prev: str | None
    fills: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WrappedKey:
    """The content key for one reader: the name of his key, and the base64 of what only it opens."""

    kid: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Locks:
    """How a payload of suite gm-1 is opened: IV and HMAC-SM3 in hexadecimal digits, and the content key for each reader."""

    iv: str
    mac: str
    keys: tuple[WrappedKey, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Payload:
    """The member of the container that carries the content, and the digest of its bytes; `locks` in suite gm-1 alone."""

    name: str
    encoding: str
    bytes: int
    digest: str
    locks: Locks | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Acks:
    """What the sender had received when it made the package; 0 for nothing yet."""

    receipt_seq: int
    trust_version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Producer:
    """The program that made a package."""

    app: str
    version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What is known of a package before its content is sealed."""

    suite: str
    kind: Kind
    package_id: Id
    sender: Sender = closed.member("from")
    to: tuple[str, ...]
    stream: Stream
    created: datetime
    acks: Acks
    producer: Producer


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement(Heading):
    """A complete statement; `to` holds codes of bodies or UUIDs of stations."""

    payload: Payload
    format: str


def stated(heading: Heading, payload: Payload) -> Statement:
    """The statement that `heading` becomes once its payload is known."""
    known = {each.name: getattr(heading, each.name) for each in fields(Heading)}
    return Statement(**known, payload=payload, format=FORMAT)


def write(statement: Statement) -> bytes:
    """The bytes that are signed; raises `PackageFault("E_ENVELOPE", member)` for a statement no reader would take."""
    _check(statement)
    return closed.write(statement)


def read(payload: bytes, *, oldest: int = FORMAT_NUMBER) -> Statement:
    """The statement in a verified payload.

    Raises `PackageFault` with E_JSON, E_FORMAT_NEW(found), E_FORMAT_OLD(found) where its format is older than number
    `oldest`, and E_ENVELOPE(member) where it is not exactly of its form.
    """
    plain = closed.parse(payload, limit=LARGEST)
    check_format(plain.get("format") if isinstance(plain, dict) else None, "llz-package", oldest)
    statement = closed.read(Statement, payload, limit=LARGEST)
    _check(statement)
    return statement


def check_format(found: object, family: str, oldest: int = FORMAT_NUMBER, fault: str = "E_ENVELOPE") -> None:
    """Format `family`/1 is the one understood; raises `PackageFault` with E_FORMAT_NEW, E_FORMAT_OLD or `fault`."""
    named = re.fullmatch(re.escape(family) + r"/([0-9]{1,6})", found, re.ASCII) if isinstance(found, str) else None
    if named is None:
        raise PackageFault(fault, member="format", reason="value")
    number = int(named[1])
    if number > FORMAT_NUMBER:
        raise PackageFault("E_FORMAT_NEW", found=found)
    if number < max(oldest, FORMAT_NUMBER):
        raise PackageFault("E_FORMAT_OLD", found=found)


def digest_of(data: bytes) -> str:
    """The SHA-256 of `data` as files write it."""
    return "sha256:" + hashlib.sha256(data).hexdigest()


def is_digest(text: str) -> bool:
    """Whether `text` has the form of a digest that names something."""
    return is_digest_by(text, Algorithm.SHA256)


def _check(statement: Statement) -> None:
    stream, payload = statement.stream, statement.payload
    rules = {
        "package_id": is_id(statement.package_id),
        "from.province": _PROVINCE.fullmatch(statement.sender.province),
        "from.station": _PLACE.fullmatch(statement.sender.station),
        "from.seat": _SEAT.fullmatch(statement.sender.seat),
        "to": 1 <= len(statement.to) <= _MOST_PLACES and all(_PLACE.fullmatch(each) for each in statement.to),
        "stream.epoch": stream.epoch >= 1,
        "stream.seq": stream.seq >= 1,
        "stream.prev": stream.prev is None if stream.seq == 1 else stream.prev is not None and is_digest(stream.prev),
        "stream.fills": sorted(set(stream.fills)) == list(stream.fills) and all(1 <= each < stream.seq for each in stream.fills),
        "kind": statement.kind is not Kind.VOID or stream.fills,
        "payload.bytes": payload.bytes >= 0,
        "payload.digest": any(is_digest_by(payload.digest, each) for each in Algorithm),
        "payload.locks": payload.locks is None or _are_locks(payload.locks),
        "acks": min(statement.acks.receipt_seq, statement.acks.trust_version) >= 0,
    }
    for member, holds in rules.items():
        if not holds:
            raise PackageFault("E_ENVELOPE", member=member, reason="value")


def _are_locks(locks: Locks) -> bool:
    names = {each.kid for each in locks.keys}
    shaped = all(_KID.fullmatch(each.kid) and _WRAPPED.fullmatch(each.key) for each in locks.keys)
    form = _IV.fullmatch(locks.iv) and _MAC.fullmatch(locks.mac)
    return bool(form) and shaped and len(names) == len(locks.keys) and 1 <= len(names) <= _MOST_PLACES
