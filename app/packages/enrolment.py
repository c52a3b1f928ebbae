"""The enrolment request: a seat names itself to its receiver, signed by its own new key.

The signature proves that whoever made the request holds the signing key, and binds the receiving key to it. That it is
the station it says is proven by people: twelve digits read out by telephone or compared on paper (package format 2.5).
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from app.domain.values import Id, is_id
from app.packages import closed, envelope
from app.packages.envelope import PublicKey, Signer
from app.packages.faults import PackageFault
from app.packages.fingerprint import spoken
from app.packages.roots import check_rules, public_key, read_document
from app.packages.trust import RECIPIENT, STATION_CODE

FORMAT: Final = "llz-enrolment/1"
TYPE: Final = "application/vnd.llz.enrolment+json"
LARGEST: Final = 16 * 1024

_LONGEST_NAME: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolledStation:
    """The station as it calls itself."""

    id: Id
    code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolledSeat:
    """The computer: `id` is derived from `key`, the base64 of its public signing key; `receiving` is an age recipient."""

    id: str
    label: str
    keyid: str
    key: str
    receiving: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolmentRequest:
    """What a seat asks to have entered into the trust list."""

    format: str
    station: EnrolledStation
    seat: EnrolledSeat
    created: datetime

    def public_key(self) -> PublicKey:
        """The key that signs the seat's packages."""
        return public_key(self.seat)


def sign_request(request: EnrolmentRequest, signer: Signer) -> bytes:
    """The request as an envelope; raises as `read_request` does, also where `signer` is not the seat's own key."""
    _check(request)
    signed = envelope.sign(TYPE, closed.write(request), [signer])
    read_request(signed)
    return signed


def read_request(data: bytes) -> EnrolmentRequest:
    """The request in a file, signed by the very key it asks to enrol.

    Raises `PackageFault` with E_JSON, E_ENVELOPE(member), E_TYPE, E_FORMAT_NEW, E_UNKNOWN_KEY or E_SIGNATURE.
    """
    signed = envelope.read(data)
    if signed.payload_type != TYPE:
        raise PackageFault("E_TYPE", found=signed.payload_type[:80])
    request = read_document(EnrolmentRequest, signed.payload, family="llz-enrolment", limit=LARGEST)
    _check(request)
    own = request.public_key()
    envelope.verify(signed, TYPE, {own.keyid: own}, 1)
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
            "seat.id": seat.keyid == f"ed25519:{seat.id}",
            "seat.label": len(seat.label) <= _LONGEST_NAME,
            "seat.receiving": RECIPIENT.fullmatch(seat.receiving),
        }
    )
    public_key(seat)
