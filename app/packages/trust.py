"""The trust list: to whom packages are sealed, whose packages are taken, and under which rules.

A station gets a slice with its own seats only. Signed by one online key that the root document names for it.
"""

import re
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from app.domain.values import Id, is_id
from app.packages import closed, envelope, sm4
from app.packages.envelope import Envelope, PublicKey, Signer
from app.packages.faults import PackageFault
from app.packages.forms import FORMS, GM_1, STD_1, Form
from app.packages.roots import Role, RootDocument, check_keys, check_rules, public_key, read_document

FORMAT: Final = "llz-trust/1"
TYPE: Final = "application/vnd.llz.trust+json"
LARGEST: Final = 16 * 1024 * 1024
"""Bytes of a payload: some thirty thousand seats."""

STATION_CODE: Final = re.compile(r"[0-9]{9}-[0-9]{3}")
BODY_CODE: Final = re.compile(r"[0-9A-Za-z-]{1,36}")
RECIPIENT: Final = re.compile(r"age1[02-9ac-hj-np-z]{58}")
"""An age recipient. Whatever is sealed outside packages (evaluations, deposits of escrow) is sealed to one, in every suite."""

_KID: Final = re.compile(r"[0-9A-Za-z:._-]{1,64}")
_PROVINCE: Final = re.compile(r"[0-9]{2}")
_SUITE: Final = re.compile(r"[a-z]{2,8}-[0-9]{1,3}")
_LONGEST_NAME: Final = 200


class SeatStatus(StrEnum):
    """Whether a seat may still send."""

    ACTIVE = "active"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """The body that receives: 人大常委会 or 街道工委 of some level."""

    code: str
    id: Id
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StationEntry:
    """The station that a slice is for; its code is nine digits of the township, a hyphen, three digits (decision 13)."""

    id: Id
    code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """A key to which packages are sealed."""

    kid: str
    suite: str
    key: str
    not_after: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """The last package of a revoked seat that is still taken."""

    epoch: int
    seq: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatEntry:
    """A pair of keys of one computer of one station: `key` signs its packages, `receiving` opens replies to it.

    A computer's first key is the one that its name `seat` is made of; further ones stand in entries of their own. A revoked key
    without a cut is believed in nothing; with one, up to it. A computer is revoked when all its keys are.
    """

    keyid: str
    key: str
    receiving: str
    station: Id
    station_code: str
    seat: str
    label: str
    status: SeatStatus
    revoked_after: Cut | None
    not_after: datetime | None

    def public_key(self) -> PublicKey:
        """The key that signs its packages."""
        return public_key(self)

    @property
    def is_first(self) -> bool:
        """Whether it is the pair that the computer was enrolled with, by whose key it is called."""
        return self.keyid == first_keyid(self.seat)

    @property
    def form(self) -> Form:
        """The suite whose packages these keys sign and open."""
        return form_of_key(self.keyid)


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What the receiver takes and asks for; `contact` says whether contact records travel (decision 4)."""

    suites: tuple[str, ...]
    min_format: int
    max_package_bytes: int
    max_plain_bytes: int
    clock_tolerance_h: int
    contact: bool
    escrow_recipient: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TrustList:
    """Everything a receiver and its stations agree on, at one version; `station` is None in the whole list."""

    format: str
    version: int
    issued: datetime
    expires: datetime
    province: str
    body: Body
    station: StationEntry | None
    recipients: tuple[Recipient, ...]
    seats: tuple[SeatEntry, ...]
    policy: Policy

    def seat_key(self, keyid: str) -> SeatEntry | None:
        """The seat whose signing key has that name, revoked or not."""
        return next((seat for seat in self.seats if seat.keyid == keyid), None)

    def status_of(self, seat: str) -> SeatStatus | None:
        """Whether a computer may still send, by any of its keys; None for one that is not listed."""
        states = {each.status for each in self.seats if each.seat == seat}
        return (SeatStatus.ACTIVE if SeatStatus.ACTIVE in states else SeatStatus.REVOKED) if states else None

    def recipients_of(self, suite: str) -> tuple[str, ...]:
        """The keys to which packages of a suite are sealed."""
        return tuple(each.key for each in self.recipients if each.suite == suite)


def first_keyid(seat: str) -> str:
    """The name of the key that a computer is called by."""
    return f"{STD_1.keys}:{seat}"


def form_of_key(keyid: str) -> Form:
    """The suite that a key is of."""
    return next((each for each in FORMS if keyid.startswith(f"{each.keys}:")), STD_1)


def is_receiving(text: str, form: Form) -> bool:
    """Whether a text is a key that packages of this suite can be sealed to."""
    return sm4.is_recipient(text) if form is GM_1 else RECIPIENT.fullmatch(text) is not None


def sliced(whole: TrustList, station: StationEntry) -> TrustList:
    """The slice of a whole list for one station, of the same version."""
    return replace(whole, station=station, seats=tuple(seat for seat in whole.seats if seat.station == station.id))


def sign_trust(trust: TrustList, signer: Signer) -> bytes:
    """The trust list as an envelope; raises `PackageFault("E_ENVELOPE", member)` for a list that nobody would take."""
    _check(trust)
    return envelope.sign(TYPE, closed.write(trust), [signer])


def read_trust(signed: Envelope, roots: RootDocument) -> TrustList:
    """The trust list of an envelope, signed by an online key that `roots` name for trust lists.

    Raises `PackageFault` with E_TYPE, E_UNKNOWN_KEY, E_SIGNATURE, E_JSON, E_FORMAT_NEW, E_ENVELOPE(member), and
    E_BODY(found, expected) where the roots are another province's.
    """
    payload = envelope.verify(signed, TYPE, roots.keys_for(Role.TRUST), 1)
    trust = read_document(TrustList, payload, family="llz-trust", limit=LARGEST)
    _check(trust)
    if trust.province != roots.province:
        raise PackageFault("E_BODY", found=trust.province, expected=roots.province)
    return trust


def _check(trust: TrustList) -> None:
    body, station = trust.body, trust.station
    rules = {
        "version": trust.version >= 1,
        "expires": trust.issued < trust.expires,
        "province": _PROVINCE.fullmatch(trust.province),
        "body": BODY_CODE.fullmatch(body.code) and is_id(body.id) and len(body.name) <= _LONGEST_NAME,
        "station": station is None or _is_station(station),
        "recipients": trust.recipients and _distinct([each.kid for each in trust.recipients]),
        "seats": _distinct([each.keyid for each in trust.seats]),
    }
    check_rules(rules)
    check_rules(_rules_of_policy(trust.policy))
    for recipient in trust.recipients:
        check_rules({"recipients": _KID.fullmatch(recipient.kid) and _is_recipient(recipient, trust.policy)})
    enrolled = {(each.station, each.keyid) for each in trust.seats}
    for seat in trust.seats:
        check_rules({"seats.seat": (seat.station, first_keyid(seat.seat)) in enrolled} | _rules_of_seat(seat, station))
    check_keys(trust.seats)


def _rules_of_policy(policy: Policy) -> dict[str, object]:
    return {
        "policy.suites": policy.suites and _distinct(policy.suites) and all(_SUITE.fullmatch(each) for each in policy.suites),
        "policy.min_format": policy.min_format >= 1,
        "policy.max_package_bytes": policy.max_package_bytes >= 1,
        "policy.max_plain_bytes": policy.max_plain_bytes >= 1,
        "policy.clock_tolerance_h": policy.clock_tolerance_h >= 0,
        "policy.escrow_recipient": policy.escrow_recipient is None or RECIPIENT.fullmatch(policy.escrow_recipient),
    }


def _rules_of_seat(seat: SeatEntry, station: StationEntry | None) -> dict[str, object]:
    cut = seat.revoked_after
    return {
        "seats.receiving": is_receiving(seat.receiving, seat.form),
        "seats.station": is_id(seat.station) and STATION_CODE.fullmatch(seat.station_code),
        "seats.label": len(seat.label) <= _LONGEST_NAME,
        "seats.revoked_after": cut is None or (seat.status is SeatStatus.REVOKED and cut.epoch >= 1 and cut.seq >= 0),
        "seats": station is None or (seat.station, seat.station_code) == (station.id, station.code),
    }


def _is_station(station: StationEntry) -> bool:
    named = len(station.name) <= _LONGEST_NAME
    return is_id(station.id) and STATION_CODE.fullmatch(station.code) is not None and named


def _is_recipient(recipient: Recipient, policy: Policy) -> bool:
    form = next((each for each in FORMS if each.suite == recipient.suite), None)
    shaped = form is None or is_receiving(recipient.key, form)
    return shaped and bool(recipient.key) and recipient.suite in {*policy.suites, STD_1.suite}


def _distinct(names: tuple[str, ...] | list[str]) -> bool:
    return len(set(names)) == len(names)
