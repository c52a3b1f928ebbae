"""Whom this station hands its records to: asking to be enrolled, and believing the body's signed documents."""

import base64
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
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
from app.packages.forms import GM_1, STD_1
from app.packages.roots import fingerprint
from app.packages.sm2_keys import receiving_key_of, signing_key_of
from app.packages.trust import SeatStatus, form_of_key
from app.queries.record import record_of
from app.queries.rights import check_may
from app.storage import sisters
from app.storage.named_values import put_value, value_of
from app.storage.transaction import Transaction
from app.use_cases.sealing import enrolled_signer, suite_wanted
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
    request = EnrolmentRequest(
        format=enrolment.FORMAT,
        station=called(workspace),
        seat=EnrolledSeat(
            id=identity.seat_id,
            label="",
            keyid=identity.signing.keyid,
            key=base64.b64encode(identity.signing.public).decode(),
            receiving=identity.receiving.recipient,
        ),
        created=workspace.clock.now().replace(microsecond=0),
    )
    return Request(content=enrolment.sign_request(request, identity.signing), digits=enrolment.spoken_fingerprint(request))


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
    """What this computer has to ask of the body now: to be enrolled, or, once it is, to have a further key listed.

    Those are keys it made anew, then those of a suite that the body asks for, made by asking; raises `Refused("read_only")` where
    they cannot be kept, `Refused("keys_older")` where no key that is here may vouch for another.
    """
    trusted = believed(workspace)
    if trusted is None or trusted.trust_list.status_of(workspace.author.by) is None:
        return request_enrolment(workspace)
    unlisted = keys_unlisted(workspace, trusted)
    if not unlisted and suite_wanted(workspace, trusted):
        unlisted = [_of_sm2(make_sm2(workspace))]
    return _further(workspace, trusted, unlisted[0]) if unlisted else request_enrolment(workspace)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnKeys:
    """A pair of keys of this computer: who signs with them, and what is sealed to them."""

    signer: Signer
    receiving: str


def keys_unlisted(workspace: Workspace, trusted: Trusted) -> list[OwnKeys]:
    """The newest pair of each suite that this computer has keys for, where the body's list has it not."""
    identity, listed = workspace.identity(), trusted.trust_list
    pair = identity.pairs[0]
    newest = [OwnKeys(signer=pair.signing, receiving=pair.receiving.recipient)]
    if identity.sm2 and listed.recipients_of(GM_1.suite):
        newest.append(_of_sm2(identity.sm2))
    return [each for each in newest if listed.seat_key(each.signer.keyid) is None]


def _of_sm2(keys: SeatSm2) -> OwnKeys:
    return OwnKeys(signer=signing_key_of(keys.signing), receiving=receiving_key_of(keys.receiving).recipient)


def _further(workspace: Workspace, trusted: Trusted, keys: OwnKeys) -> Request:
    """A request for a further pair, signed by it and by a key that the body's list has in use."""
    known = enrolled_signer(workspace, trusted.trust_list, STD_1.suite)
    if known is None:
        raise Refused("keys_older")
    request = EnrolmentRequest(
        format=enrolment.FORMAT,
        station=called(workspace),
        seat=EnrolledSeat(
            id=workspace.author.by,
            label="",
            keyid=keys.signer.keyid,
            key=base64.b64encode(keys.signer.public).decode(),
            receiving=keys.receiving,
        ),
        created=workspace.clock.now().replace(microsecond=0),
        signed_by=KnownKey(keyid=known.keyid, key=base64.b64encode(known.public).decode()),
    )
    signed = enrolment.sign_request(request, keys.signer, known)
    return Request(content=signed, digits=enrolment.spoken_fingerprint(request))


def keys_due(workspace: Workspace) -> bool:
    """Whether `request_due` has keys to make first, for which the workspace must be open for writing."""
    trusted = believed(workspace)
    return trusted is not None and not keys_unlisted(workspace, trusted) and bool(suite_wanted(workspace, trusted))


def make_sm2(workspace: Workspace) -> SeatSm2:
    """New keys of SM2 for this computer; those it had stay for what is on its way."""
    made = new_sm2()
    with workspace.writing() as books:
        keep_identity(books, workspace.identity().with_sm2(made))
        books.note("suite_keys", {"suite": GM_1.suite})
    return made


def new_sm2() -> SeatSm2:
    """Keys of SM2 that nobody had before."""
    signing, receiving = (Sm2Pair(secret=secret, public=public) for secret, public in (sm2.make_pair(), sm2.make_pair()))
    return SeatSm2(signing=signing, receiving=receiving)


def keep_identity(books: Transaction, identity: SeatIdentity) -> None:
    """Keep the keys of this computer, in the encrypted database and nowhere else."""
    put_value(books.connection, IDENTITY, json.dumps(identity.to_texts()).encode())


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
    status = trusted.trust_list.status_of(workspace.author.by)
    standing = Enrolment.UNKNOWN if status is None else _ENROLMENT[status]
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
    """What a person should hear of what is believed: codes with their facts; the keys that it lacks among them."""
    ended = tuple((each.code, {"expired": each.expired}) for each in trusted.warnings(workspace.clock.now()))
    return (*ended, *_of_keys(workspace, trusted))


def _of_keys(workspace: Workspace, trusted: Trusted) -> Iterator[tuple[str, Mapping[str, object]]]:
    listed = trusted.trust_list
    if listed.status_of(workspace.author.by) is not SeatStatus.ACTIVE:
        return
    if enrolled_signer(workspace, listed, STD_1.suite) is None:
        yield "W_KEYS_OLDER", {}
        return
    wanted = suite_wanted(workspace, trusted)
    if any(form_of_key(each.signer.keyid).suite != wanted for each in keys_unlisted(workspace, trusted)):
        yield "W_KEYS", {}
    if wanted:
        yield "W_SUITE", {"suite": wanted}


_ENROLMENT = {SeatStatus.ACTIVE: Enrolment.ENROLLED, SeatStatus.REVOKED: Enrolment.REVOKED}


def take_trust(workspace: Workspace, data: bytes, roots_fingerprint: str | None = None) -> TrustTaken:
    """Believe a body's root document and trust list: at first sight by their fingerprint, later by what was pinned.

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
    return TrustTaken(
        fingerprint=fingerprint(trusted.roots),
        version=trusted.trust_list.version,
        body=trusted.trust_list.body.code,
        first=before is None,
        enrolled=trusted.trust_list.status_of(workspace.author.by) is SeatStatus.ACTIVE,
        escrow=begins_escrow(before, trusted),
    )


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
