"""The root document: who is trusted at the bottom, and which online keys may sign what in between (decision 15).

It is signed by two of its own root keys; a later one also by two of those before it.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, Protocol

from app.packages import closed, envelope, sm2
from app.packages.envelope import Envelope, PublicKey, Signer, keyid_of
from app.packages.faults import PackageFault
from app.packages.statement import check_format

FORMAT: Final = "llz-roots/1"
TYPE: Final = "application/vnd.llz.roots+json"
LARGEST: Final = 64 * 1024
THRESHOLD: Final = 2

_ED25519_BYTES: Final = 32
_PROVINCE: Final = re.compile(r"[0-9]{2}")
_MOST_ROOTS: Final = 8
_MOST_ONLINE: Final = 64


class Role(StrEnum):
    """What an online key may sign; each key has one."""

    TRUST = "trust"
    RECEIPT = "receipt"
    REPLY = "reply"


class Keyed(Protocol):
    """An entry of a document that carries a public key."""

    @property
    def keyid(self) -> str: ...

    @property
    def key(self) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class RootKey:
    """A root key; `key` is the base64 of its 32 raw bytes."""

    keyid: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OnlineKey:
    """A key of the receiver's computer, and the one thing it signs."""

    keyid: str
    key: str
    roles: tuple[Role, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RootDocument:
    """The root keys of a province's receiver, how many of them must sign, and its online keys."""

    format: str
    version: int
    issued: datetime
    expires: datetime
    province: str
    roots: tuple[RootKey, ...]
    threshold: int
    online_keys: tuple[OnlineKey, ...]

    def root_keys(self) -> dict[str, PublicKey]:
        """The root keys by their names."""
        return {each.keyid: public_key(each) for each in self.roots}

    def keys_for(self, role: Role) -> dict[str, PublicKey]:
        """The online keys that may sign in `role`, by their names."""
        return {each.keyid: public_key(each) for each in self.online_keys if role in each.roles}


def root_key(public: bytes) -> RootKey:
    """The entry of a raw root key."""
    return RootKey(keyid=keyid_of(public), key=base64.b64encode(public).decode())


def online_key(public: bytes, role: Role) -> OnlineKey:
    """The entry of a raw online key."""
    return OnlineKey(keyid=keyid_of(public), key=base64.b64encode(public).decode(), roles=(role,))


def fingerprint(document: RootDocument) -> str:
    """The SHA-256, in hexadecimal, over the raw root keys in ascending order: the same while only online keys change."""
    raw = sorted(each.key for each in document.root_keys().values())
    return hashlib.sha256(b"".join(raw)).hexdigest()


def sign_roots(document: RootDocument, signers: Sequence[Signer], before: RootDocument | None = None) -> bytes:
    """The root document as an envelope; `before` is the one it follows.

    Raises as `read_roots` does for a document or for signers that no station would take.
    """
    _check(document)
    signed = envelope.sign(TYPE, closed.write(document), signers)
    read_roots(envelope.read(signed), before)
    return signed


def read_roots(signed: Envelope, before: RootDocument | None = None) -> RootDocument:
    """The root document of an envelope, signed by enough of its own roots and, after another one, by enough of those.

    Raises `PackageFault` with E_TYPE, E_JSON, E_FORMAT_NEW, E_ENVELOPE(member), E_UNKNOWN_KEY, E_SIGNATURE(found, needed),
    E_ROLLBACK(found, known) where its version is not higher than that of `before`, E_BODY(found, expected) where it is
    another province's.
    """
    document = peek_roots(signed)
    _check_signed(signed, [document] if before is None else [before, document])
    if before is not None and document.version <= before.version:
        raise PackageFault("E_ROLLBACK", found=document.version, known=before.version)
    if before is not None and document.province != before.province:
        raise PackageFault("E_BODY", found=document.province, expected=before.province)
    return document


def peek_roots(signed: Envelope) -> RootDocument:
    """What an envelope claims to be as a root document, believed in nothing yet; raises as `read_roots` does."""
    if signed.payload_type != TYPE:
        raise PackageFault("E_TYPE", found=signed.payload_type[:80])
    document = read_document(RootDocument, signed.payload, family="llz-roots", limit=LARGEST)
    _check(document)
    return document


def read_document(cls: type[closed.T], payload: bytes, *, family: str, limit: int) -> closed.T:
    """The closed document of a signed payload, its format looked at first; raises E_JSON, E_FORMAT_NEW, E_ENVELOPE."""
    plain = closed.parse(payload, limit=limit)
    check_format(plain.get("format") if isinstance(plain, dict) else None, family)
    return closed.read(cls, payload, limit=limit)


def public_key(entry: Keyed) -> PublicKey:
    """The key of an entry; raises `PackageFault("E_ENVELOPE", member)` where it is none or its name is another's."""
    try:
        raw = base64.b64decode(entry.key, validate=True)
    except (binascii.Error, ValueError):
        raw = b""
    shaped = len(raw) == _ED25519_BYTES or sm2.is_public(raw)
    if not shaped or base64.b64encode(raw).decode() != entry.key or keyid_of(raw) != entry.keyid:
        raise PackageFault("E_ENVELOPE", member="key", reason="key")
    return PublicKey(keyid=entry.keyid, key=raw)


def _check_signed(signed: Envelope, documents: Sequence[RootDocument]) -> None:
    known = {keyid: key for document in documents for keyid, key in document.root_keys().items()}
    envelope.verify(signed, TYPE, known, THRESHOLD)
    for document in documents:
        # All signatures verified, and an envelope names no key twice: so names are different keys here.
        own = document.root_keys()
        found = sum(own.get(each.keyid) == known[each.keyid] for each in signed.signatures)
        if found < document.threshold:
            raise PackageFault("E_SIGNATURE", found=found, needed=document.threshold)


def _check(document: RootDocument) -> None:
    keys: tuple[Keyed, ...] = (*document.roots, *document.online_keys)
    names = {each.keyid for each in keys}
    rules = {
        "version": document.version >= 1,
        "expires": document.issued < document.expires,
        "province": _PROVINCE.fullmatch(document.province),
        "roots": THRESHOLD <= len(document.roots) <= _MOST_ROOTS and len(names) == len(keys),
        "threshold": THRESHOLD <= document.threshold <= len(document.roots),
        "online_keys": len(document.online_keys) <= _MOST_ONLINE and all(len(each.roles) == 1 for each in document.online_keys),
    }
    check_rules(rules)
    check_keys(keys)


def check_keys(entries: Iterable[Keyed]) -> None:
    """Every entry carries a key under its own name; raises `PackageFault("E_ENVELOPE")`."""
    for entry in entries:
        public_key(entry)


def check_rules(rules: Mapping[str, object]) -> None:
    """Every rule of a document holds; raises `PackageFault("E_ENVELOPE", member)` for the first that does not."""
    for member, holds in rules.items():
        if not holds:
            raise PackageFault("E_ENVELOPE", member=member, reason="value")
