"""The enrolment request: a seat names itself to its receiver, signed by its own new key, a further one also by a known key.

The signature proves that whoever made the request holds the signing key, and binds the receiving key to it. That it is
the station it says is proven by people: twelve digits read out by telephone or compared on paper (package format 2.5).
"""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from app.domain.values import Id, is_id
from app.packages import closed, envelope
from app.packages.envelope import PublicKey, Signer
from app.packages.faults import PackageFault
from app.packages.fingerprint import spoken
from app.packages.roots import check_rules, public_key, read_document
from app.packages.trust import STATION_CODE, first_keyid, form_of_key, is_receiving

FORMAT: Final = "llz-enrolment/1"
TYPE: Final = "application/vnd.llz.enrolment+json"
LARGEST: Final = 16 * 1024

_LONGEST_NAME: Final = 200
_SEAT: Final = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolledStation:
    """The station as it calls itself."""

    id: Id
    code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolledSeat:
    """The computer: `id` is derived from its first signing key; `key` is a public signing key, `receiving` goes with it."""

    id: str
    label: str
    keyid: str
    key: str
    receiving: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownKey:
    """A public signing key, in base64, that the receiver has enrolled for the seat before."""

    keyid: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolmentRequest:
    """What a seat asks to have entered into the trust list.

    `signed_by` is the key that vouches for a further one of the same seat by a signature of its own; None for its first.
    """

    format: str
    station: EnrolledStation
    seat: EnrolledSeat
    created: datetime
    signed_by: KnownKey | None = None

    def public_key(self) -> PublicKey:
        """The key that signs the seat's packages."""
        return public_key(self.seat)


def sign_request(request: EnrolmentRequest, *signers: Signer) -> bytes:
    """The request as an envelope; raises as `read_request` does, also where `signers` are not the keys it names."""
    _check(request)
    signed = envelope.sign(TYPE, closed.write(request), signers)
    read_request(signed)
    return signed


def read_request(data: bytes) -> EnrolmentRequest:
    """The request in a file, signed by the very key it asks to enrol, and by the one that vouches for it where there is one.

    Whether that one is enrolled the reader must look up. Raises `PackageFault` with E_JSON, E_ENVELOPE(member), E_TYPE,
    E_FORMAT_NEW, E_UNKNOWN_KEY or E_SIGNATURE.
    """
    signed = envelope.read(data)
    if signed.payload_type != TYPE:
        raise PackageFault("E_TYPE", found=signed.payload_type[:80])
    request = read_document(EnrolmentRequest, signed.payload, family="llz-enrolment", limit=LARGEST)
    _check(request)
    keys = [request.public_key()] + ([public_key(request.signed_by)] if request.signed_by else [])
    envelope.verify(signed, TYPE, {each.keyid: each for each in keys}, len(keys))
    return request


def fingerprint(request: EnrolmentRequest) -> str:
    """The SHA-256, in hexadecimal, over everything the request says."""
    return hashlib.sha256(closed.write(request)).hexdigest()


def spoken_fingerprint(request: EnrolmentRequest) -> str:
    """The twelve digits that both ends read to each other."""
    return spoken(fingerprint(request))


def _check(request: EnrolmentRequest) -> None:
    station, seat = request.station, request.seat
    check_rules(
        {
            "station.id": is_id(station.id),
            "station.code": STATION_CODE.fullmatch(station.code),
            "station.name": 1 <= len(station.name) <= _LONGEST_NAME,
            "seat.id": _SEAT.fullmatch(seat.id) and (request.signed_by is None) == (seat.keyid == first_keyid(seat.id)),
            "seat.label": len(seat.label) <= _LONGEST_NAME,
            "seat.receiving": is_receiving(seat.receiving, form_of_key(seat.keyid)),
        }
    )
    public_key(seat)
