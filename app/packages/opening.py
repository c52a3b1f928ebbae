"""Opening a package, first half: whose it is, for whom, and that it is whole, before a byte of it is decrypted.

The steps and their order are those of `docs/package-format.md`, "Step by step"; each has its code.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Final

from app.clock import CHINA
from app.files import disk_told
from app.packages import container, envelope, statement
from app.packages.container import LARGEST, Container
from app.packages.digests import is_digest_by
from app.packages.envelope import Envelope
from app.packages.faults import PackageFault
from app.packages.forms import GM_1, STD_1, Form
from app.packages.senders import SenderKey, Senders
from app.packages.statement import Statement
from app.packages.trust import Policy

THRESHOLD: Final = 1

USUAL_POLICY: Final = Policy(
    suites=(STD_1.suite,),
    min_format=1,
    max_package_bytes=(1 << 30) + (1 << 20),
    max_plain_bytes=8 << 30,
    clock_tolerance_h=24,
    contact=False,
    escrow_recipient=None,
)
"""What a body begins with: packages of a GiB and what stands around it, no contact data."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """A package whose signature, sender, recipient and bytes are in order; `statement_digest` names it for ever."""

    source: Path | BinaryIO
    statement: Statement
    statement_digest: str
    container: Container
    keyids: frozenset[str]
    """The keys that signed it."""


def verify_package(source: Path | BinaryIO, senders: Senders, *, now: datetime, us: frozenset[str] | None) -> Verified:
    """The package in `source`, verified against `senders` without decrypting anything.

    `us` holds the codes and UUIDs the reader answers to; None leaves the recipient to the caller. Raises `PackageFault` with
    E_LIMIT, E_CONTAINER, E_JSON, E_ENVELOPE, E_TYPE, E_UNKNOWN_KEY, E_SIGNATURE, E_FORMAT_OLD, E_FORMAT_NEW, E_SUITE,
    E_RECIPIENT, E_ORIGIN, E_REVOKED, E_KEY_EXPIRED or E_DIGEST, and what `app.files.disk_told` raises of the disk.
    """
    outer = _outer(source, min(senders.policy.max_package_bytes, LARGEST))
    signed = envelope.read(outer.statement)
    owners = _owners(signed, senders)
    keys = {keyid: owner.key for keyid, owner in owners.items()}
    payload = envelope.verify(signed, statement.TYPE, keys, THRESHOLD)
    stated = statement.read(payload, oldest=senders.policy.min_format)
    _check_suite(stated, outer.form, keys, senders.policy)
    if us is not None and us.isdisjoint(stated.to):
        raise PackageFault("E_RECIPIENT", to=", ".join(stated.to))
    if stated.kind not in senders.kinds:
        raise PackageFault("E_ORIGIN", station=stated.sender.station, seat=stated.sender.seat, kind=stated.kind.value)
    for owner in owners.values():
        _check_sender(stated, owner, now)
    if stated.payload.bytes != outer.payload_bytes or stated.payload.digest != outer.payload_digest:
        raise PackageFault("E_DIGEST", seq=stated.stream.seq)
    return Verified(
        source=source, statement=stated, statement_digest=statement.digest_of(payload), container=outer, keyids=frozenset(keys)
    )


def said_by(file: BinaryIO) -> Statement | None:
    """What a package says of itself, before anything is verified; None for what is no package."""
    try:
        return statement.read(signed_in(file).payload)
    except PackageFault:
        return None


def signed_in(file: BinaryIO) -> Envelope:
    """What of a package is signed, not verified yet; raises `PackageFault` for a file that is damaged or cut off."""
    return envelope.read(container.read(file, limit=LARGEST).statement)


@contextmanager
def opened(source: Path | BinaryIO) -> Iterator[BinaryIO]:
    """`source` for reading; a path is opened and closed, a file is left open."""
    if not isinstance(source, Path):
        yield source
        return
    with disk_told(source):
        file = source.open("rb")
    with file:
        yield file


def _outer(source: Path | BinaryIO, limit: int) -> Container:
    if not isinstance(source, Path):
        return container.read(source, limit=limit)
    with disk_told(source), source.open("rb") as file:
        return container.read(file, limit=limit)


def _owners(signed: Envelope, senders: Senders) -> dict[str, SenderKey]:
    found = {each.keyid: senders.find(each.keyid) for each in signed.signatures}
    return {keyid: owner for keyid, owner in found.items() if owner is not None}


def _check_suite(stated: Statement, form: Form, keys: Iterable[str], policy: Policy) -> None:
    """The statement, the container around it and every key that signed it are of one suite, and it is one that is taken."""
    of_keys = all(keyid.startswith(f"{form.keys}:") for keyid in keys)
    if stated.suite != form.suite or stated.suite not in policy.suites or not of_keys:
        raise PackageFault("E_SUITE", suite=stated.suite[:40])
    payload = stated.payload
    locked = (payload.locks is not None) == (form is GM_1)
    if (payload.name, payload.encoding) != (form.payload, form.encoding) or not locked:
        raise PackageFault("E_ENVELOPE", member="payload", reason="value")
    if not is_digest_by(payload.digest, form.digest):
        raise PackageFault("E_ENVELOPE", member="payload.digest", reason="value")


def _check_sender(stated: Statement, owner: SenderKey, now: datetime) -> None:
    """Every signer is the sender, so there can be only one, and his key was good for this number."""
    sender, stream = stated.sender, stated.stream
    if sender != owner.sender:
        raise PackageFault("E_ORIGIN", station=sender.station, seat=sender.seat, kind=stated.kind.value)
    if owner.until is not None and (stream.epoch, stream.seq) > owner.until:
        raise PackageFault("E_REVOKED", seat=sender.seat, epoch=stream.epoch, seq=stream.seq)
    if owner.last_day is not None and stated.created.astimezone(CHINA).date() > owner.last_day:
        raise PackageFault("E_REVOKED", seat=sender.seat, epoch=stream.epoch, seq=stream.seq)
    if owner.not_after is not None and now > owner.not_after:
        raise PackageFault("E_KEY_EXPIRED", seat=sender.seat, not_after=owner.not_after)
