"""The computers of one station: they vouch for each other by file and twelve digits, and leave when they are retired or gone."""

import base64
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Final

from app.changes import Changes
from app.clock import Clock
from app.domain.rights import Right
from app.domain.station import Seat, SeatRole, SeatStatus, role_told
from app.errors import Refused
from app.files import disk_told, write_whole
from app.keys.ways import Way
from app.packages import enrolment
from app.packages.enrolment import EnrolmentRequest
from app.packages.fingerprint import agrees
from app.queries.rights import check_may
from app.storage import sisters
from app.storage.database import Connection
from app.storage.outbox import Outbox
from app.storage.sisters import Sister
from app.use_cases.peers import stream_of
from app.use_cases.setup import Joined, NewStation, set_up
from app.use_cases.sister_seats import KnownSister, known_sisters
from app.use_cases.trust import Request, RequestWritten, request_enrolment
from app.workspace import Workspace

_LARGEST: Final = 1 << 20  # bytes of a card


@dataclass(frozen=True, slots=True, kw_only=True)
class Admitted:
    """A sister seat that is known from now on."""

    seat: str
    changes: Changes = ~Changes.NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatTold:
    """One computer of the station as a list shows it.

    `line` is how far its journal is here, 0 for none or this one; `heard`, when a package of it was taken in last; `lacks`, how
    many changes made or taken in here it is not known to have; `writes` until it is ended here or revoked by the body.
    """

    seat: str
    name: str
    own: bool
    role: SeatRole
    status: str
    since: date | None
    keys: bool
    line: int
    heard: datetime | None
    lacks: int
    writes: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What this computer is called from now on."""

    name: str
    changes: Changes = Changes.STATION


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleGiven:
    """What a computer is for from now on."""

    seat: str
    role: SeatRole
    changes: Changes = ~Changes.NOTHING


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


def write_card(workspace: Workspace, folder: Path) -> RequestWritten:
    """This computer's card as a file in `folder`, which must be there; raises `Refused("folder_gone")` and as `card` does."""
    if not folder.is_dir():
        raise Refused("folder_gone", path=str(folder))
    made = card(workspace)
    path = folder / f"computer-{workspace.author.by[:4]}.json"
    write_whole(path, made.content)
    return RequestWritten(path=path, digits=made.digits)


def read_card(file: Path, digits: str) -> EnrolmentRequest:
    """The card in `file`, once its digits were compared; raises `Refused("digits_differ")` and what `read_request` raises."""
    with disk_told(file), file.open("rb") as opened:
        told = enrolment.read_request(opened.read(_LARGEST))
    if not agrees(digits, enrolment.fingerprint(told)):
        raise Refused("digits_differ", found=enrolment.spoken_fingerprint(told))
    return told


def join(home: Path, way: Way, file: Path, digits: str, *, operator: str, clock: Clock) -> NewStation:
    """Set this computer up as another one of the station whose card lies in `file`, once its digits were compared.

    Raises `Refused("digits_differ")` and what `set_up` and `read_request` raise.
    """
    told = read_card(file, digits)
    joins = Joined(station=told.station.id, sister=_sister(told))
    return set_up(home, way, code=told.station.code, name=told.station.name, operator=operator, clock=clock, joins=joins)


def admit(workspace: Workspace, file: Path, digits: str) -> Admitted:
    """Believe the computer whose card lies in `file`, once its digits were compared; it is given all records from then on.

    Raises `Refused("not_allowed" | "digits_differ" | "seat_of_another" | "seat_own" | "seat_gone")`, and as `read_request` does.
    """
    check_may(workspace, Right.SETTINGS)
    told = read_card(file, digits)
    if told.station.id != workspace.author.owner:
        raise Refused("seat_of_another", code=told.station.code)
    if told.seat.id == workspace.author.by:
        raise Refused("seat_own")
    if any(each.sister.seat == told.seat.id and not each.writes for each in known_sisters(workspace)):
        raise Refused("seat_gone", seat=told.seat.id)
    with workspace.writing() as books:
        sisters.pin(books.connection, _sister(told))
        books.note("seat_admitted", {"seat": told.seat.id})
    return Admitted(seat=told.seat.id)


def seats(workspace: Workspace) -> tuple[SeatTold, ...]:
    """Every computer of the station that this one knows, its own first."""
    own = workspace.author.by
    known = {each.sister.seat: each for each in known_sisters(workspace)}
    with workspace.reading() as connection:
        records = {each.key_id: each for each in sisters.seat_records(connection, workspace.author.owner)}
        told = [_told(workspace, connection, name, records.get(name), known.get(name)) for name in {own, *records, *known}]
    return tuple(sorted(told, key=lambda each: (not each.own, each.seat)))


def name_this(workspace: Workspace, name: str) -> Named:
    """Call this computer by a name that people know it by, such as the room it stands in; lists at every seat show it.

    Raises `Refused("not_allowed")`.
    """
    check_may(workspace, Right.SETTINGS)
    own = workspace.author.by
    with workspace.writing() as books:
        records = sisters.seat_records(books.connection, workspace.author.owner)
        made = Seat(id=workspace.clock.new_id(), station=workspace.author.owner, key_id=own, status=SeatStatus.ACTIVE)
        seat = next((each for each in records if each.key_id == own), made)
        books.records.save(replace(seat, name=name.strip()))
    return Named(name=name.strip())


def give_role(workspace: Workspace, seat: str, role: SeatRole) -> RoleGiven:
    """A computer is for this from now on; one computer in use stays that may do everything.

    The others know it after the next exchange. Raises `Refused("not_allowed" | "not_here" | "seat_unknown" | "seat_gone" |
    "seat_last_full")`.
    """
    check_may(workspace, Right.SETTINGS)
    told = {each.seat: each for each in seats(workspace)}
    if seat not in told:
        raise Refused("seat_unknown", seat=seat)
    if not told[seat].writes or told[seat].status != SeatStatus.ACTIVE:
        raise Refused("seat_gone", seat=seat)
    others = [each for each in told.values() if each.seat != seat and each.writes and each.role == SeatRole.FULL]
    if role is not SeatRole.FULL and not others:
        raise Refused("seat_last_full")
    with workspace.writing() as books:
        books.records.save(replace(record_of(workspace, books.connection, seat), role=role))
    return RoleGiven(seat=seat, role=role)


def record_of(workspace: Workspace, connection: Connection, seat: str) -> Seat:
    """The record of a computer, a new one where it has none yet."""
    records = {each.key_id: each for each in sisters.seat_records(connection, workspace.author.owner)}
    return records.get(seat) or Seat(id=workspace.clock.new_id(), station=workspace.author.owner, key_id=seat)


def retire(workspace: Workspace, seat: str, status: SeatStatus) -> Retired:
    """A computer of the station writes no longer: retired, lost or stolen. Its packages to sister seats count no more.

    What it handed in to the body stays; the body revokes it by itself.
    Raises `Refused("not_allowed" | "seat_unknown" | "seat_own")`.
    """
    check_may(workspace, Right.SETTINGS)
    if seat == workspace.author.by:
        raise Refused("seat_own")
    known = {each.sister.seat for each in known_sisters(workspace)}
    with workspace.writing() as books:
        records = {each.key_id: each for each in sisters.seat_records(books.connection, workspace.author.owner)}
        if seat not in records and seat not in known:
            raise Refused("seat_unknown", seat=seat)
        today = workspace.clock.today().date()
        books.records.save(replace(record_of(workspace, books.connection, seat), status=status, retired_on=today))
    return Retired(seat=seat)


def _sister(card: EnrolmentRequest) -> Sister:
    return Sister(seat=card.seat.id, key=card.seat.key, receiving=card.seat.receiving)


def _told(workspace: Workspace, connection: Connection, seat: str, record: Seat | None, known: KnownSister | None) -> SeatTold:
    own = seat == workspace.author.by
    have = {name.partition("/")[0]: line for name, line in sisters.have(connection).items()}
    after = sisters.known_by(connection, seat, stream_of(connection, workspace.author.by))
    writes = own or (known is not None and known.writes)
    return SeatTold(
        seat=seat,
        name=record.name if record else "",
        own=own,
        role=role_told(record.role if record else ""),
        status=str(record.status if record else SeatStatus.ACTIVE) or SeatStatus.ACTIVE,
        since=record.enrolled_on if record else None,
        keys=own or known is not None,
        line=have.get(seat, 0),
        heard=sisters.heard(connection).get(seat),
        lacks=Outbox(connection).count_for(seat, after, sisters.lost_by(connection, seat)) if writes and not own else 0,
        writes=writes,
    )
