"""Whom this computer takes for another one of its station: by card, by record, or by the list of the body."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.station import SeatStatus
from app.packages.trust import SeatEntry
from app.packages.trust import SeatStatus as ListedStatus
from app.storage import sisters
from app.storage.sisters import Sister
from app.use_cases.trust import believed
from app.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownSister:
    """Another computer of the station whose keys are here; `writes` until the station ends it or the body revokes it.

    Of one that was retired `last_day` is when: what it sealed until then counts, whenever it comes, also where the body has
    revoked it since, whose cut is about packages for the body. Of one that was lost, stolen or only revoked nothing more does,
    for nobody could tell what its thief sealed. `listed` where the body's list has it in use, so that the body hands on to it.
    """

    sister: Sister
    writes: bool
    listed: bool
    last_day: date | None = None
    keys: tuple[str, ...] = ()
    """Its signing keys in base64: those that the body's list has in use; of a computer that is not in use there, all it lists."""


def known_sisters(workspace: Workspace) -> tuple[KnownSister, ...]:
    """Every other computer of the station whose keys are known.

    One that the body has enrolled for this station needs no card: it stands in the slice of the trust list that is believed here.
    """
    trusted = believed(workspace)
    owner, own = workspace.author.owner, workspace.author.by
    entries = [each for each in trusted.trust_list.seats if each.station == owner] if trusted else []
    listed = {each.seat: each for each in entries if each.is_first}
    offered = [Sister(seat=each.seat, key=each.key, receiving=each.receiving) for each in listed.values()]
    in_use = [each for each in entries if each.status is ListedStatus.ACTIVE]
    revoked = listed.keys() - {each.seat for each in in_use}
    with workspace.reading() as connection:
        found = sisters.all_sisters(connection, owner, own, offered)
    return tuple(
        _known(
            each,
            _keys_of(each.seat, in_use) or _keys_of(each.seat, entries),
            listed=each.seat in listed,
            revoked=each.seat in revoked,
        )
        for each in found
    )


def _keys_of(seat: str, entries: Sequence[SeatEntry]) -> tuple[str, ...]:
    return tuple(each.key for each in entries if each.seat == seat)


def _known(sister: Sister, keys: tuple[str, ...], *, listed: bool, revoked: bool) -> KnownSister:
    retired = sister.status == SeatStatus.RETIRED
    writes = sister.status == SeatStatus.ACTIVE and not revoked
    last_day = sister.retired_on if retired else None
    return KnownSister(sister=sister, writes=writes, listed=listed and not revoked, last_day=last_day, keys=keys or (sister.key,))
