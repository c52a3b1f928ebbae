"""What stations deposit with this body against the loss of their keys: offered by the trust list, opened by two people.

The identity that opens lies in two shares, each under its keeper's passphrase, and neither in the store nor on this computer.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import Connection

from app.errors import Refused
from app.files import disk_told, write_whole
from app.keys import shares
from app.keys.identities import ReceivingKey
from app.keys.passphrase import Passphrase
from app.keys.shares import Keeper
from app.packages import escrow
from app.packages.escrow import Deposit
from app.packages.receiving_key import make_receiving_key
from app.province.enrolment import ESCROW_RECIPIENT, next_list
from app.province.receiver import Receiver
from app.province.store import drop_setting, found_setting, put_setting

_LOG: Final = "escrow_log"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptShare:
    """Where a share lies, and the passphrase it is under."""

    path: Path
    passphrase: Passphrase


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """What stations deposit to from now on, and the trust list that tells them."""

    recipient: str
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One line of what was done with the deposits; `what` is made, withdrawn or opened, `at` a moment in UTC."""

    at: str
    what: str
    recipient: str
    station: str = ""
    seat: str = ""


def offer(receiver: Receiver, first: KeptShare, second: KeptShare) -> Offered:
    """A new recipient of deposits, published in the next trust list; its identity lies in two new files and nowhere else.

    Raises `Refused("shares_one_passphrase")`, `Refused("share_exists", path)` where a file is there, and what the disk raises.
    """
    for each in (first, second):
        if each.path.exists() or first.path == second.path:
            raise Refused("share_exists", path=str(each.path))
    secret, recipient = make_receiving_key()
    files = shares.split(ReceivingKey(secret=secret, recipient=recipient), first.passphrase, second.passphrase)
    for each, content in zip((first, second), files, strict=True):
        write_whole(each.path, content, private=True)
    with receiver.store.writing() as connection:  # only once both shares are on the disk
        put_setting(connection, ESCROW_RECIPIENT, recipient.encode())
        listed = next_list(receiver, connection)
        _note(receiver, connection, "made", recipient)
    return Offered(recipient=recipient, version=listed.version)


def withdraw(receiver: Receiver) -> int:
    """No more is deposited here, as the next trust list says, whose version is returned; what was deposited before still opens.

    Raises `Refused("escrow_none_offered")`.
    """
    with receiver.store.writing() as connection:
        recipient = found_setting(connection, ESCROW_RECIPIENT)
        if recipient is None:
            raise Refused("escrow_none_offered")
        drop_setting(connection, ESCROW_RECIPIENT)
        _note(receiver, connection, "withdrawn", recipient)
        return next_list(receiver, connection).version


def open_request(receiver: Receiver, data: bytes, first: KeptShare, second: KeptShare) -> Deposit:
    """The digits of the station that asks, and its name; noted before anybody sees them.

    Raises as `app.packages.escrow.read_request`, `open_deposit` and `app.keys.shares.joined` do, and
    `Refused("escrow_other_body", found, expected)` where the request was deposited to another key than the two shares are of.
    """
    request = escrow.read_request(data)
    key = shares.joined(_keeper(first), _keeper(second))
    if request.recipient != key.recipient:
        raise Refused("escrow_other_body", found=request.recipient, expected=key.recipient)
    deposit = escrow.open_deposit(request, [key.secret])
    with receiver.store.writing() as connection:
        _note(receiver, connection, "opened", key.recipient, station=deposit.station, seat=deposit.seat)
    return deposit


def recipient_offered(receiver: Receiver) -> str | None:
    """What stations deposit to now; None where nothing is offered."""
    with receiver.store.reading() as connection:
        return found_setting(connection, ESCROW_RECIPIENT)


def deeds(receiver: Receiver) -> Sequence[Deed]:
    """Everything that was done with the deposits, oldest first."""
    with receiver.store.reading() as connection:
        return _deeds(connection)


def _keeper(kept: KeptShare) -> Keeper:
    with disk_told(kept.path), kept.path.open("rb") as file:
        return Keeper(file=file.read(shares.LARGEST + 1), passphrase=kept.passphrase)


def _note(receiver: Receiver, connection: Connection, what: str, recipient: str, *, station: str = "", seat: str = "") -> None:
    at = receiver.clock.now().replace(microsecond=0).isoformat()
    noted = [*_deeds(connection), Deed(at=at, what=what, recipient=recipient, station=station, seat=seat)]
    put_setting(connection, _LOG, json.dumps([asdict(each) for each in noted]).encode())


def _deeds(connection: Connection) -> tuple[Deed, ...]:
    return tuple(Deed(**each) for each in json.loads(found_setting(connection, _LOG) or "[]"))
