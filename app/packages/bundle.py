"""The trust bundle: one file with all root documents and the newest trust list, and what a computer makes of it.

`Trusted` is what was accepted last; `pin` and `update` are its only ways forward. No clock, no disk: a list past its day
is still used, with a warning, because a station without a connection must be able to hand in (package format 2.5).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from app.domain.values import Id
from app.packages import closed, envelope, fingerprint
from app.packages.envelope import Envelope
from app.packages.faults import PackageFault
from app.packages.roots import RootDocument, peek_roots, read_roots
from app.packages.roots import fingerprint as fingerprint_of
from app.packages.statement import check_format
from app.packages.trust import Policy, SeatEntry, TrustList, read_trust

FORMAT: Final = "llz-trust-bundle/1"
LARGEST: Final = 24 * 1024 * 1024
MOST_ROOT_DOCUMENTS: Final = 64

_MEMBERS: Final = frozenset({"format", "roots", "trust"})
_STORED: Final = re.compile(rb"[0-9a-f]{64}\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """A bundle of the right form, believed in nothing yet; the root documents from the oldest to the newest."""

    roots: tuple[Envelope, ...]
    trust: Envelope
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Warned:
    """Something a person should hear; nothing is refused for it."""

    code: str
    expired: datetime


def write_bundle(roots: Sequence[bytes], trust: bytes) -> bytes:
    """The file bytes of a bundle: envelopes of root documents, oldest first, and of a trust list."""
    plain = {"format": FORMAT, "roots": [_plain(each) for each in roots], "trust": _plain(trust)}
    data = closed.compact(plain)
    read_bundle(data)
    return data


def read_bundle(data: bytes) -> Bundle:
    """The bundle that `data` spells out; raises `PackageFault` with E_JSON, E_FORMAT_NEW or E_ENVELOPE."""
    plain = closed.parse(data, limit=LARGEST)
    check_format(plain.get("format") if isinstance(plain, dict) else None, "llz-trust-bundle")
    if plain.keys() != _MEMBERS or not isinstance(plain["roots"], list) or _compact(plain) != data:
        raise PackageFault("E_ENVELOPE", member="", reason="form")
    if not 1 <= len(plain["roots"]) <= MOST_ROOT_DOCUMENTS:
        raise PackageFault("E_ENVELOPE", member="roots", reason="number")
    return Bundle(roots=tuple(_envelope(each) for each in plain["roots"]), trust=_envelope(plain["trust"]), data=data)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trusted:
    """What a computer holds true about its receiver: the newest root document and trust list it has accepted."""

    roots: RootDocument
    trust_list: TrustList
    bundle: bytes

    @classmethod
    def pin(cls, bundle: Bundle, given: str | None = None, station: Id | None = None) -> "Trusted":
        """First sight: what the bundle says is believed from here on.

        `given` is a fingerprint of the roots that came another way, whole or spoken, perhaps before they were last changed;
        without it a person must compare that of the result. The first root document must be signed by its own roots alone:
        retired ones are known from the documents before. Raises what `read_roots` and `read_trust` raise,
        `PackageFault("E_FINGERPRINT", found, expected)` where no roots of the bundle have that fingerprint, and
        `PackageFault("E_RECIPIENT", to)` where the slice is for another than `station`.
        """
        roots = read_roots(bundle.roots[0])
        seen = {fingerprint_of(roots)}
        for later in bundle.roots[1:]:
            roots = read_roots(later, roots)
            seen.add(fingerprint_of(roots))
        if given is not None and not any(fingerprint.agrees(given, each) for each in seen):
            raise PackageFault("E_FINGERPRINT", found=fingerprint_of(roots), expected=given[:80])
        trust = read_trust(bundle.trust, roots)
        if station is not None:
            _check_station(trust, station)
        return cls(roots=roots, trust_list=trust, bundle=bundle.data)

    def update(self, bundle: Bundle, station: Id | None = None) -> "Trusted":
        """What is trusted after a further bundle of the same receiver; the same bundle again changes nothing.

        Raises what `read_roots` and `read_trust` raise, `PackageFault` with E_ROLLBACK(found, known) for older roots, an
        older list or another list of the same version, E_BODY(found, expected) for another body, E_RECIPIENT(to)
        for a slice of another than `station` or than the one before.
        """
        fresh = Trusted.pin(bundle, station=station)  # so that what is stored can be read again
        roots = self._advanced(bundle)
        if roots != fresh.roots:
            raise PackageFault("E_ROLLBACK", found=fresh.roots.version, known=self.roots.version)
        _check_succession(self.trust_list, fresh.trust_list)
        return fresh

    @property
    def fingerprint(self) -> str:
        """The fingerprint of the root keys, 64 hexadecimal digits."""
        return fingerprint_of(self.roots)

    @property
    def policy(self) -> Policy:
        """The rules of the trust list."""
        return self.trust_list.policy

    def seat_key(self, keyid: str) -> SeatEntry | None:
        """The seat whose signing key has that name."""
        return self.trust_list.seat_key(keyid)

    def warnings(self, now: datetime) -> tuple[Warned, ...]:
        """W_TRUST_EXPIRED and W_ROOTS_EXPIRED, where their day has passed; both are still used."""
        ends = (("W_TRUST_EXPIRED", self.trust_list.expires), ("W_ROOTS_EXPIRED", self.roots.expires))
        return tuple(Warned(code=code, expired=day) for code, day in ends if now > day)

    def to_bytes(self) -> bytes:
        """For storage; `from_bytes` gives the same back."""
        return self.fingerprint.encode() + b"\n" + self.bundle

    @classmethod
    def from_bytes(cls, data: bytes) -> "Trusted":
        """What was stored, every signature verified again; raises as `pin` does."""
        if not _STORED.match(data):
            raise PackageFault("E_ENVELOPE", member="fingerprint", reason="form")
        return cls.pin(read_bundle(data[65:]), data[:64].decode())

    def _advanced(self, bundle: Bundle) -> RootDocument:
        roots = self.roots
        for signed in bundle.roots:
            if peek_roots(signed).version > roots.version:
                roots = read_roots(signed, roots)
        return roots


def _check_succession(known: TrustList, trust: TrustList) -> None:
    if trust.body.id != known.body.id:
        raise PackageFault("E_BODY", found=trust.body.code, expected=known.body.code)
    if known.station is not None:
        _check_station(trust, known.station.id)
    again = trust.version == known.version and (trust == known or trust.station != known.station)
    if trust.version <= known.version and not again:
        raise PackageFault("E_ROLLBACK", found=trust.version, known=known.version)


def _check_station(trust: TrustList, station: Id) -> None:
    if trust.station is not None and trust.station.id != station:
        raise PackageFault("E_RECIPIENT", to=trust.station.code)


def _plain(signed: bytes) -> Any:
    return closed.parse(signed, limit=LARGEST)


def _envelope(plain: Any) -> Envelope:
    return envelope.read(_compact(plain), limit=LARGEST)


def _compact(plain: Any) -> bytes:
    try:
        return closed.compact(plain)
    except UnicodeEncodeError:  # half a surrogate pair, which JSON can spell and UTF-8 cannot
        raise PackageFault("E_JSON", reason="surrogate") from None
