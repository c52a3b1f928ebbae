"""What a station asks its body about a computer it has ended: take nothing of it any more, beyond the last number that counts.

The signature proves that another computer of the station asks; that its head means it is proven by people, who read twelve digits
to each other by telephone, for the one that asks may be the one that was stolen (package format, "What else travels").
"""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from app.domain.values import Id, is_id
from app.packages import closed, envelope
from app.packages.envelope import Signer
from app.packages.faults import PackageFault
from app.packages.fingerprint import spoken
from app.packages.roots import check_rules, read_document
from app.packages.trust import Cut, SeatEntry, SeatStatus, TrustList

FORMAT: Final = "llz-revocation/1"
TYPE: Final = "application/vnd.llz.revocation+json"
LARGEST: Final = 16 * 1024

_SEAT: Final = re.compile(r"[0-9a-f]{16}")


class Reason(StrEnum):
    """Why a computer was ended; of one that others may hold the body looks through what came last."""

    RETIRED = "retired"
    LOST = "lost"
    STOLEN = "stolen"


@dataclass(frozen=True, slots=True, kw_only=True)
class RevocationRequest:
    """A station asks to revoke one of its seats; `after` is the last number that counts, None for the last one taken in."""

    format: str
    station: Id
    seat: str
    reason: Reason
    after: Cut | None
    created: datetime


def sign_revocation(request: RevocationRequest, signer: Signer) -> bytes:
    """The request as an envelope; raises `PackageFault` E_ENVELOPE(member) for one that nobody would take."""
    _check(request)
    return envelope.sign(TYPE, closed.write(request), [signer])


def read_revocation(data: bytes, trust: TrustList) -> tuple[RevocationRequest, SeatEntry]:
    """The request in a file and the seat that asks: one in use, of the station whose seat is to be revoked, and another one.

    Raises `PackageFault` with E_JSON, E_ENVELOPE(member), E_TYPE, E_FORMAT_NEW, E_UNKNOWN_KEY, E_SIGNATURE, E_REVOKED where the
    one that asks was revoked itself, E_ORIGIN where it speaks of another station's computer or of itself.
    """
    signed = envelope.read(data)
    payload = envelope.verify(signed, TYPE, {each.keyid: each.public_key() for each in trust.seats}, 1)
    request = read_document(RevocationRequest, payload, family="llz-revocation", limit=LARGEST)
    _check(request)
    asks = next(each for each in trust.seats if each.keyid == signed.signatures[0].keyid)
    if asks.status is SeatStatus.REVOKED:
        raise PackageFault("E_REVOKED", seat=asks.seat, epoch=0, seq=0)
    own = {each.seat for each in trust.seats if each.station == asks.station}
    if request.station != asks.station or request.seat not in own - {asks.seat} or len(signed.signatures) > 1:
        raise PackageFault("E_ORIGIN", station=request.station, seat=request.seat, kind="revocation")
    return request, asks


def fingerprint(request: RevocationRequest) -> str:
    """The SHA-256, in hexadecimal, over everything the request says."""
    return hashlib.sha256(closed.write(request)).hexdigest()


def spoken_fingerprint(request: RevocationRequest) -> str:
    """The twelve digits that both ends read to each other."""
    return spoken(fingerprint(request))


def _check(request: RevocationRequest) -> None:
    after = request.after
    check_rules(
        {
            "station": is_id(request.station),
            "seat": _SEAT.fullmatch(request.seat),
            "after": after is None or (after.epoch >= 1 and after.seq >= 0),
        }
    )
