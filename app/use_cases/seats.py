"""The computers of one station: they vouch for each other by file and twelve digits, and leave when they are retired or gone."""

import base64
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

from app.changes import Changes
from app.clock import Clock
from app.domain.rights import Right
from app.domain.station import Seat, SeatStatus
from app.errors import Refused
from app.files import disk_told
from app.keys.ways import Way
from app.packages import enrolment
from app.packages.enrolment import EnrolmentRequest
from app.packages.fingerprint import agrees
from app.queries.rights import check_may
from app.storage import sisters
from app.storage.sisters import Sister
from app.use_cases.setup import Joined, NewStation, set_up
from app.use_cases.trust import Request, request_enrolment
from app.workspace import Workspace

_LARGEST: Final = 1 << 20  # bytes of a card


@dataclass(frozen=True, slots=True, kw_only=True)
class Admitted:
    """A sister seat that is known from now on."""

    seat: str
    changes: Changes = ~Changes.NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatTold:
    """One computer of the station as a list shows it; `line` is how far its journal is here, 0 for none or this one."""

    seat: str
    name: str
    own: bool
    status: str
    since: date | None
    keys: bool
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Retired:
    """A computer that writes for the station no longer."""

    seat: str
    changes: Changes = ~Changes.NOTHING


def card(workspace: Workspace) -> Request:
    """This computer's card for a sister seat, and the digits that are read out beside it: the same as asks a body to enrol."""
    check_may(workspace, Right.SETTINGS)
    with workspace.writing() as books:
        records = sisters.seat_records(books.connection, workspace.author.owner)
        own = next((each for each in records if each.key_id == workspace.author.by), None)
        identity = workspace.identity()
        if own and not own.key:
            key = base64.b64encode(identity.signing.public).decode()
            books.records.save(replace(own, key=key, receiving=identity.receiving.recipient))
    return request_enrolment(workspace)


def join(home: Path, way: Way, file: Path, digits: str, *, operator: str, clock: Clock) -> NewStation:
    """Set this computer up as another one of the station whose card lies in `file`, once its digits were compared.

    Raises `Refused("digits_differ")` and what `set_up` and `read_request` raise.
    """
    told = _read(file, digits)
    joins = Joined(station=told.station.id, sister=_sister(told))
    return set_up(home, way, code=told.station.code, name=told.station.name, operator=operator, clock=clock, joins=joins)


def admit(workspace: Workspace, file: Path, digits: str) -> Admitted:
    """Believe the computer whose card lies in `file`, once its digits were compared; it is given all records from then on.

    Raises `Refused("not_allowed" | "digits_differ" | "seat_of_another" | "seat_own" | "seat_gone")`, and as `read_request` does.
    """
    check_may(workspace, Right.SETTINGS)
    told = _read(file, digits)
    if told.station.id != workspace.author.owner:
        raise Refused("seat_of_another", code=told.station.code)
    if told.seat.id == workspace.author.by:
        raise Refused("seat_own")
    with workspace.writing() as books:
        known = {each.seat: each for each in sisters.all_sisters(books.connection, workspace.author.owner, workspace.author.by)}
        if told.seat.id in known and known[told.seat.id].status != SeatStatus.ACTIVE:
            raise Refused("seat_gone", seat=told.seat.id)
        sisters.pin(books.connection, _sister(told))
        books.note("seat_admitted", {"seat": told.seat.id})
    return Admitted(seat=told.seat.id)


def seats(workspace: Workspace) -> tuple[SeatTold, ...]:
    """Every computer of the station that this one knows, its own first."""
    own = workspace.author.by
    with workspace.reading() as connection:
        records = {each.key_id: each for each in sisters.seat_records(connection, workspace.author.owner)}
        known = {each.seat: each for each in sisters.all_sisters(connection, workspace.author.owner, own)}
        have = {name.partition("/")[0]: line for name, line in sisters.have(connection).items()}
    told = [
        _told(name, records.get(name), own=name == own, keys=name in {own, *known}, line=have.get(name, 0))
        for name in {*records, *known}
    ]
    return tuple(sorted(told, key=lambda each: (not each.own, each.seat)))


def retire(workspace: Workspace, seat: str, status: SeatStatus) -> Retired:
    """A computer of the station writes no longer: retired, lost or stolen. Its packages to sister seats count no more.

    What it handed in to the body stays; the body revokes it by itself.
    Raises `Refused("not_allowed" | "seat_unknown" | "seat_own")`.
    """
    check_may(workspace, Right.SETTINGS)
    if seat == workspace.author.by:
        raise Refused("seat_own")
    with workspace.writing() as books:
        records = {each.key_id: each for each in sisters.seat_records(books.connection, workspace.author.owner)}
        known = {each.seat for each in sisters.all_sisters(books.connection, workspace.author.owner, workspace.author.by)}
        if seat not in records and seat not in known:
            raise Refused("seat_unknown", seat=seat)
        made = Seat(id=workspace.clock.new_id(), station=workspace.author.owner, key_id=seat)
        today = workspace.clock.today().date()
        books.records.save(replace(records.get(seat, made), status=status, retired_on=today))
    return Retired(seat=seat)


def _read(file: Path, digits: str) -> EnrolmentRequest:
    with disk_told(file), file.open("rb") as opened:
        told = enrolment.read_request(opened.read(_LARGEST))
    if not agrees(digits, enrolment.fingerprint(told)):
        raise Refused("digits_differ", found=enrolment.spoken_fingerprint(told))
    return told


def _sister(card: EnrolmentRequest) -> Sister:
    return Sister(seat=card.seat.id, key=card.seat.key, receiving=card.seat.receiving)


def _told(seat: str, record: Seat | None, *, own: bool, keys: bool, line: int) -> SeatTold:
    return SeatTold(
        seat=seat,
        name=record.name if record else "",
        own=own,
        status=str(record.status if record else SeatStatus.ACTIVE) or SeatStatus.ACTIVE,
        since=record.enrolled_on if record else None,
        keys=keys,
        line=line,
    )
