"""Who may send packages: the seats of stations by the trust list, the body itself by the root document."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
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

    `until` is the epoch and number of the last package that counts, None where all do; `not_after` the end of the key.
    """

    key: PublicKey
    sender: Sender
    until: tuple[int, int] | None
    not_after: datetime | None


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


def sisters(keys: Iterable[tuple[PublicKey, Sender, bool]], policy: Policy) -> Senders:
    """The other seats of one's own station, each with its key and whether it still writes; they send each other `peer` alone."""
    known = {
        key.keyid: SenderKey(key=key, sender=sender, until=None if writes else (0, 0), not_after=None)
        for key, sender, writes in keys
    }
    return Senders(policy=policy, kinds=frozenset({Kind.PEER}), find=known.get)


def body(roots: RootDocument, trust: TrustList) -> Senders:
    """The body whose root document and trust list these are; its station is the body's UUID, its seat that of the key."""
    keys = roots.keys_for(Role.REPLY)

    def find(keyid: str) -> SenderKey | None:
        key = keys.get(keyid)
        sender = Sender(province=trust.province, station=trust.body.id, seat=keyid.removeprefix("ed25519:"))
        return None if key is None else SenderKey(key=key, sender=sender, until=None, not_after=None)

    return Senders(policy=trust.policy, kinds=FROM_BODY, find=find)


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
