"""What a station deposits with its congress against the loss of its keys, and what it hands there on the day they are lost.

A deposit is encrypted to the recipient that the trust list names, and lies in the station's own slot file: the congress holds
nothing until it is asked. It tells of whom it is inside the encryption, where only who made the digits can have written it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.domain.values import Id, is_id
from app.errors import Refused
from app.packages import closed, small
from app.packages.roots import check_rules
from app.packages.trust import RECIPIENT, STATION_CODE

FORMAT: Final = "llz-escrow/1"
REQUEST_FORMAT: Final = "llz-escrow-request/1"
LARGEST: Final = 64 * 1024
"""Bytes of a request, and of a deposit."""

_LONGEST_NAME: Final = 200
_SEAT: Final = re.compile(r"[0-9a-f]{16}")
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_CODE: Final = re.compile(r"\d{6}(?:-\d{6}){7}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deposit:
    """The 48 digits that open the database `db`, and whose it is; `made` is the day, `seat` the computer."""

    format: str
    db: Id
    body: str
    station: str
    name: str
    seat: str
    made: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EscrowRequest:
    """A deposit as it lies in the slot file of `db`, still encrypted to `recipient`; it opens nothing by itself."""

    format: str
    db: Id
    recipient: str
    sealed: str


def seal_deposit(deposit: Deposit, recipient: str) -> str:
    """The deposit as a slot holds it, base64; only the identity of `recipient` opens it."""
    return small.encrypted(closed.write(deposit), [recipient])


def write_request(db: Id, recipient: str, sealed: str) -> bytes:
    """The file that is handed to the congress."""
    return closed.write(EscrowRequest(format=REQUEST_FORMAT, db=db, recipient=recipient, sealed=sealed))


def read_request(data: bytes) -> EscrowRequest:
    """The request in a file; raises `PackageFault` with E_JSON or E_ENVELOPE(member)."""
    request = closed.read(EscrowRequest, data, limit=LARGEST)
    check_rules(
        {
            "format": request.format == REQUEST_FORMAT,
            "db": is_id(request.db),
            "recipient": RECIPIENT.fullmatch(request.recipient),
        }
    )
    return request


def open_deposit(request: EscrowRequest, identities: Sequence[str]) -> Deposit:
    """The deposit of a request.

    Raises `PackageFault` with E_NO_KEY, E_DECRYPT, E_JSON or E_ENVELOPE(member), and `Refused("escrow_moved", station)` where the
    slot was laid into the file of another database than it was made for.
    """
    plain = small.decrypted(request.sealed, identities)
    deposit = closed.read(Deposit, plain, limit=LARGEST)
    check_rules(
        {
            "format": deposit.format == FORMAT,
            "station": STATION_CODE.fullmatch(deposit.station),
            "name": len(deposit.name) <= _LONGEST_NAME and deposit.name.isprintable(),
            "seat": _SEAT.fullmatch(deposit.seat),
            "made": _DAY.fullmatch(deposit.made),
            "code": _CODE.fullmatch(deposit.code),
        }
    )
    if deposit.db != request.db:
        raise Refused("escrow_moved", station=deposit.station)
    return deposit
