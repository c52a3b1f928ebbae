"""Whom this computer takes for another one of its station: by card, by record, or by the list of the body."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from app.domain.station import SeatStatus
from app.packages.forms import STD_1
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
    further: tuple[str, ...] = ()
    """Its signing keys in use beside that of `sister`, in base64, as the body's list has them."""


def known_sisters(workspace: Workspace) -> tuple[KnownSister, ...]:
    """Every other computer of the station whose keys are known.

    One that the body has enrolled for this station needs no card: it stands in the slice of the trust list that is believed here.
    """
    trusted = believed(workspace)
    owner, own = workspace.author.owner, workspace.author.by
    entries = [each for each in trusted.trust_list.seats if each.station == owner] if trusted else []
    listed = {each.seat: each for each in entries if each.is_first}
    offered = [Sister(seat=each.seat, key=each.key, receiving=each.receiving) for each in listed.values()]
    with workspace.reading() as connection:
        found = sisters.all_sisters(connection, owner, own, offered)
    return tuple(_known(each, [entry for entry in entries if entry.seat == each.seat]) for each in found)


def _known(sister: Sister, entries: Sequence[SeatEntry]) -> KnownSister:
    """A computer by its card or record, and by its entries in the list, where a key that has ended is no key of it any more."""
    used = [each for each in entries if each.status is ListedStatus.ACTIVE]
    revoked = bool(entries) and not used
    first = next((each for each in used if each.form is STD_1), None)
    if first and sister.key in {each.key for each in entries if each not in used}:
        sister = replace(sister, key=first.key, receiving=first.receiving)
    return KnownSister(
        sister=sister,
        writes=sister.status == SeatStatus.ACTIVE and not revoked,
        listed=bool(used),
        last_day=sister.retired_on if sister.status == SeatStatus.RETIRED else None,
        further=tuple(each.key for each in (used or entries) if each.key != sister.key),
    )
