"""Whom this station hands its records to: asking to be enrolled, and believing the body's signed documents."""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from app.changes import Changes
from app.domain.arrival import Enrolment
from app.domain.rights import Right
from app.domain.station import Station
from app.errors import Refused
from app.files import write_whole
from app.keys.identities import SeatIdentity, SeatSm2, Sm2Pair
from app.packages import enrolment, sm2
from app.packages.bundle import Trusted, read_bundle
from app.packages.enrolment import EnrolledSeat, EnrolledStation, EnrolmentRequest, KnownKey
from app.packages.envelope import Signer
from app.packages.faults import PackageFault
from app.packages.fingerprint import agrees, spoken
from app.packages.forms import GM_1
from app.packages.roots import fingerprint
from app.packages.sm2_keys import receiving_key_of, signing_key_of
from app.packages.trust import SeatStatus
from app.queries.record import record_of
from app.queries.rights import check_may
from app.storage import sisters
from app.storage.named_values import put_value, value_of
from app.storage.transaction import Transaction
from app.use_cases.sealing import suite_wanted
from app.workspace import IDENTITY, TRUST, Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """An enrolment request, and the twelve digits a person reads out over the telephone."""

    content: bytes
    digits: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestWritten:
    """An enrolment request as a file, and the digits to read out."""

    path: Path
    digits: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrustState:
    """Whom this station hands its records to; `warnings` are codes with their facts, `digits` the twelve spoken ones."""

    body: str
    name: str
    version: int
    expires: datetime
    enrolment: Enrolment
    contact: bool
    fingerprint: str
    digits: str
    warnings: tuple[tuple[str, Mapping[str, object]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrustTaken:
    """What is believed from now on; a person compares the fingerprint when it is seen for the first time.

    `escrow` says that the body has begun, with this very list, to offer what `app.use_cases.escrow` is about.
    """

    fingerprint: str
    version: int
    body: str
    first: bool
    enrolled: bool
    escrow: bool
    changes: Changes = Changes.EXCHANGE


def request_enrolment(workspace: Workspace) -> Request:
    """A request signed by this seat, to be carried to the body."""
    identity = workspace.identity()
    seat = _asking(identity, identity.called_by, identity.receiving.recipient)
    request = _request(workspace, seat)
    return Request(content=enrolment.sign_request(request, identity.called_by), digits=enrolment.spoken_fingerprint(request))


def called(workspace: Workspace) -> EnrolledStation:
    """The station as its record calls it; until a computer that has joined it has that record, as the sister seat did."""
    with workspace.reading() as connection:
        joined = sisters.joined_station(connection)
    if joined:
        code, name = joined
        return EnrolledStation(id=workspace.author.owner, code=code, name=name)
    station = station_of(workspace)
    return EnrolledStation(id=station.id, code=station.code, name=station.name)


def request_due(workspace: Workspace) -> Request:
    """What this computer has to ask of the body now: to be enrolled, or, once it is, to have a further key of it listed.

    A new pair that was asked for (`app.use_cases.seat_keys`) comes before the keys of a further suite, which are made by asking
    for them first; raises `Refused("read_only")` where they cannot be kept.
    """
    trusted, coming = believed(workspace), workspace.identity().coming
    if coming is not None:
        return request_further(workspace, coming.signing, coming.receiving.recipient)
    if trusted is None or not suite_wanted(workspace, trusted):
        return request_enrolment(workspace)
    further = _sm2_keys(workspace)
    return request_further(workspace, signing_key_of(further.signing), receiving_key_of(further.receiving).recipient)


def request_further(workspace: Workspace, signer: Signer, recipient: str) -> Request:
    """A request for a further pair of keys of this computer, for which the key vouches that it signs with now."""
    identity = workspace.identity()
    known = identity.signing
    voucher = KnownKey(keyid=known.keyid, key=base64.b64encode(known.public).decode())
    request = replace(_request(workspace, _asking(identity, signer, recipient)), signed_by=voucher)
    signed = enrolment.sign_request(request, signer, known)
    return Request(content=signed, digits=enrolment.spoken_fingerprint(request))


def _asking(identity: SeatIdentity, signer: Signer, recipient: str) -> EnrolledSeat:
    key = base64.b64encode(signer.public).decode()
    return EnrolledSeat(id=identity.seat_id, label="", keyid=signer.keyid, key=key, receiving=recipient)


def _request(workspace: Workspace, seat: EnrolledSeat) -> EnrolmentRequest:
    created = workspace.clock.now().replace(microsecond=0)
    return EnrolmentRequest(format=enrolment.FORMAT, station=called(workspace), seat=seat, created=created)


def keys_due(workspace: Workspace) -> bool:
    """Whether `request_due` has keys to make first, for which the workspace must be open for writing."""
    trusted, identity = believed(workspace), workspace.identity()
    if trusted is None or identity.coming or identity.sm2:
        return False
    return bool(suite_wanted(workspace, trusted))


def _sm2_keys(workspace: Workspace) -> SeatSm2:
    """The SM2 keys of this computer, made now where it had none."""
    identity = workspace.identity()
    if identity.sm2 is not None:
        return identity.sm2
    pairs = [Sm2Pair(secret=secret, public=public) for secret, public in (sm2.make_pair(), sm2.make_pair())]
    made = SeatSm2(signing=pairs[0], receiving=pairs[1])
    with workspace.writing() as books:
        put_value(books.connection, IDENTITY, json.dumps(replace(identity, sm2=made).to_texts()).encode())
        books.note("suite_keys", {"suite": GM_1.suite})
    return made


def write_request(workspace: Workspace, folder: Path) -> RequestWritten:
    """What is to be asked now as a file in `folder`, which must be there.

    Raises `Refused("folder_gone")`, and what `request_due` and the disk raise.
    """
    if not folder.is_dir():
        raise Refused("folder_gone", path=str(folder))
    request = request_due(workspace)
    path = folder / f"enrol-{called(workspace).code}-{workspace.author.by[:4]}.json"
    write_whole(path, request.content)
    return RequestWritten(path=path, digits=request.digits)


def listed_station(data: bytes) -> EnrolledStation:
    """The station that a trust file is for, as the body calls it.

    Raises `Refused("trust_of_no_station")` for the whole list, and as `take_trust` does.
    """
    listed = Trusted.pin(read_bundle(data)).trust_list.station
    if listed is None:
        raise Refused("trust_of_no_station")
    return EnrolledStation(id=listed.id, code=listed.code, name=listed.name)


def trust_state(workspace: Workspace) -> TrustState | None:
    """What this station believes now, and what that means; None before a trust file was taken in."""
    trusted = believed(workspace)
    return state_of(workspace, trusted) if trusted else None


def state_of(workspace: Workspace, trusted: Trusted) -> TrustState:
    """What believing `trusted` means for this computer."""
    seat = trusted.seat_key(workspace.identity().signing.keyid)
    standing = Enrolment.UNKNOWN if seat is None else _ENROLMENT[seat.status]
    return TrustState(
        body=trusted.trust_list.body.code,
        name=trusted.trust_list.body.name,
        version=trusted.trust_list.version,
        expires=trusted.trust_list.expires,
        enrolment=standing,
        contact=trusted.policy.contact,
        fingerprint=trusted.fingerprint,
        digits=spoken(trusted.fingerprint),
        warnings=warnings_of(workspace, trusted),
    )


def warnings_of(workspace: Workspace, trusted: Trusted) -> tuple[tuple[str, Mapping[str, object]], ...]:
    """What a person should hear of what is believed: codes with their facts; the key that the body asks for among them."""
    ended = [(each.code, {"expired": each.expired}) for each in trusted.warnings(workspace.clock.now())]
    wanted = suite_wanted(workspace, trusted)
    return (*ended, *([("W_SUITE", {"suite": wanted})] if wanted else []))


_ENROLMENT = {SeatStatus.ACTIVE: Enrolment.ENROLLED, SeatStatus.REVOKED: Enrolment.REVOKED}


def take_trust(workspace: Workspace, data: bytes, roots_fingerprint: str | None = None) -> TrustTaken:
    """Believe a body's root document and trust list: at first sight by their fingerprint, later by what was pinned.

    A pair of keys that was asked for is used from the list on that names it: both change in one transaction or neither does.
    Raises `PackageFault` as `Trusted.pin` and `Trusted.update` do.
    """
    check_may(workspace, Right.EXPORT)
    bundle = read_bundle(data)
    with workspace.writing() as books:
        kept = value_of(books.connection, TRUST)
        before = None if kept is None else Trusted.from_bytes(kept)
        if before is None:
            trusted = Trusted.pin(bundle, roots_fingerprint, workspace.author.owner)
        else:
            trusted = before.update(bundle, workspace.author.owner)
            if roots_fingerprint is not None and not agrees(roots_fingerprint, trusted.fingerprint):
                raise PackageFault("E_FINGERPRINT", found=trusted.fingerprint, expected=roots_fingerprint[:80])
        put_value(books.connection, TRUST, trusted.to_bytes())
        books.note("trust", {"version": trusted.trust_list.version, "fingerprint": fingerprint(trusted.roots)})
        _use_listed_pair(books, workspace.identity(), trusted)
    seat = trusted.seat_key(workspace.identity().signing.keyid)
    return TrustTaken(
        fingerprint=fingerprint(trusted.roots),
        version=trusted.trust_list.version,
        body=trusted.trust_list.body.code,
        first=before is None,
        enrolled=seat is not None and seat.status is SeatStatus.ACTIVE,
        escrow=begins_escrow(before, trusted),
    )


def _use_listed_pair(books: Transaction, identity: SeatIdentity, trusted: Trusted) -> None:
    """Use the pair of keys that was asked for, where the list names it for this very computer."""
    coming = identity.coming
    entry = trusted.seat_key(coming.signing.keyid) if coming else None
    if entry is not None and (entry.seat, entry.status) == (identity.seat_id, SeatStatus.ACTIVE):
        put_value(books.connection, IDENTITY, json.dumps(identity.renewed().to_texts()).encode())
        books.note("seat_keys_renewed", {"seat": identity.seat_id})


def begins_escrow(before: Trusted | None, after: Trusted) -> bool:
    """Whether the body takes deposits against the loss of keys since this list, or to another key than before."""
    return after.policy.escrow_recipient not in {None, before.policy.escrow_recipient if before else None}


def believed(workspace: Workspace) -> Trusted | None:
    """What this station believes; None before a trust file was taken in."""
    with workspace.reading() as connection:
        kept = value_of(connection, TRUST)
    return None if kept is None else Trusted.from_bytes(kept)


def trusted_by(workspace: Workspace) -> Trusted:
    """What this station believes; raises `Refused("no_trust")` before a trust file was taken in."""
    trusted = believed(workspace)
    if trusted is None:
        raise Refused("no_trust")
    return trusted


def contact_travels(workspace: Workspace) -> bool:
    """Whether the body asks for contact data; before one is trusted, no (decision 4)."""
    trusted = believed(workspace)
    return trusted is not None and trusted.policy.contact


def body_trusted(workspace: Workspace) -> str:
    """Who receives what this station hands in, by name; empty before anybody is trusted."""
    trusted = believed(workspace)
    return (trusted.trust_list.body.name or trusted.trust_list.body.code) if trusted else ""


def station_of(workspace: Workspace) -> Station:
    """The station's own record."""
    return record_of(workspace, Station, workspace.author.owner)
