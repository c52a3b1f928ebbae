"""Who may send packages: the seats of stations by the trust list, the body itself by the root document."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from app.packages.envelope import PublicKey
from app.packages.roots import Role, RootDocument
from app.packages.statement import Kind, Sender
from app.packages.trust import Policy, SeatEntry, SeatStatus, TrustList

FROM_SEATS: Final = frozenset({Kind.CHANGES, Kind.SNAPSHOT, Kind.VOID, Kind.PEER})
FROM_BODY: Final = frozenset({Kind.REPLY, Kind.RESTORE})


@dataclass(frozen=True, slots=True, kw_only=True)
class SenderKey:
    """A key, and the only sender who may sign with it.

    `until` is the epoch and number of the last package that counts, None where all do; `not_after` the end of the key; `last_day`
    the day by the clock in China from whose end on nothing made counts, though what was made before may come at any time.
    """

    key: PublicKey
    sender: Sender
    until: tuple[int, int] | None
    not_after: datetime | None
    last_day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Senders:
    """The senders a reader believes, looked up by the name of a key; what they may send, and under which policy."""

    policy: Policy
    kinds: frozenset[Kind]
    find: Callable[[str], SenderKey | None]


def seats(trust: TrustList) -> Senders:
    """The seats of a trust list."""

    def find(keyid: str) -> SenderKey | None:
        seat = trust.seat_key(keyid)
        return None if seat is None else _seat(seat, trust.province)

    return Senders(policy=trust.policy, kinds=FROM_SEATS, find=find)


def sisters(keys: Iterable[SenderKey], policy: Policy) -> Senders:
    """The other seats of one's own station; they send each other `peer` alone."""
    known = {each.key.keyid: each for each in keys}
    return Senders(policy=policy, kinds=frozenset({Kind.PEER}), find=known.get)


def body(roots: RootDocument, trust: TrustList) -> Senders:
    """The body whose root document and trust list these are; its station is the body's UUID, its seat that of the key."""
    keys = roots.keys_for(Role.REPLY)

    def find(keyid: str) -> SenderKey | None:
        key = keys.get(keyid)
        sender = Sender(province=trust.province, station=trust.body.id, seat=seat_of_body(keyid))
        return None if key is None else SenderKey(key=key, sender=sender, until=None, not_after=None)

    return Senders(policy=trust.policy, kinds=FROM_BODY, find=find)


def seat_of_body(keyid: str) -> str:
    """What a body is called as a sender: the digits of the key by which it signs."""
    return keyid.rpartition(":")[2]


def _seat(seat: SeatEntry, province: str) -> SenderKey:
    return SenderKey(
        key=seat.public_key(),
        sender=Sender(province=province, station=seat.station, seat=seat.seat),
        until=_until(seat),
        not_after=seat.not_after,
    )


def _until(seat: SeatEntry) -> tuple[int, int] | None:
    if seat.status is not SeatStatus.REVOKED:
        return None
    cut = seat.revoked_after
    return (0, 0) if cut is None else (cut.epoch, cut.seq)
