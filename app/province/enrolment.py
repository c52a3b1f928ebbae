"""Enrolling seats and revoking them, and the trust lists that say so."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, Row, func, insert, select, update

from app.errors import Refused
from app.packages import enrolment, trust
from app.packages.bundle import Trusted, read_bundle, write_bundle
from app.packages.enrolment import EnrolmentRequest, KnownKey
from app.packages.faults import PackageFault
from app.packages.fingerprint import agrees
from app.packages.forms import GM_1, STD_1
from app.packages.opening import USUAL_POLICY
from app.packages.revocation import RevocationRequest, fingerprint, read_revocation, spoken_fingerprint
from app.packages.signers import signers_of
from app.packages.sm2_keys import receiving_key_of
from app.packages.ssh_signature import AllowedSigner
from app.packages.trust import Cut, Recipient, SeatEntry, SeatStatus, StationEntry, TrustList, first_keyid, form_of_key
from app.province.key_ends import ends_of, key_in_use
from app.province.receiver import Receiver
from app.province.sequence import settle_epoch
from app.province.store import found_setting, put_setting, setting_of
from app.province.suites import suites_taken
from app.province.tables import ArrivalRow, SeatKeyRow, SeatRow, StationRow

_TRUST_VALID: Final = timedelta(days=400)
_DEFAULT_POLICY: Final = USUAL_POLICY
ESCROW_RECIPIENT: Final = "escrow_recipient"
"""The setting that holds the recipient of deposits (`app.province.escrow`); none where the body keeps none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolled:
    """A seat taken into the trust list, and the digits a person compares over the telephone before trusting it."""

    station: str
    seat: str
    digits: str
    version: int
    bundle: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class RevocationAsked:
    """A station's request to revoke one of its computers: its code, and the digits its head reads out."""

    request: RevocationRequest
    station: str
    digits: str


def enrol(receiver: Receiver, data: bytes) -> Enrolled:
    """Take a seat, or a further key of one, into the trust list; the same request again gives a newer slice and changes nothing.

    Raises `PackageFault` as `read_request` does, `Refused("station_code_taken")` where another station bears the code,
    `Refused("station_code_differs")` where this one is known by another; for a further key `Refused("seat_unknown")`,
    `Refused("seat_is_revoked")`, `Refused("suite_not_taken")`, `PackageFault("E_ORIGIN")` where no key of the seat vouches,
    and `Refused("key_enrolled", keyid)` for a key of another computer, or known beside another receiving key.
    """
    request = enrolment.read_request(data)
    now = receiver.clock.now().isoformat()
    with receiver.store.writing() as connection:
        if request.signed_by is None:
            _take_station(connection, request)
            _take_seat(connection, request, now)
        else:
            _take_further_key(connection, request, request.signed_by, now)
        whole = next_list(receiver, connection)
        bundle = _bundle(receiver, trust.sliced(whole, _entry(request)))
    return Enrolled(
        station=request.station.code,
        seat=request.seat.id,
        digits=enrolment.spoken_fingerprint(request),
        version=whole.version,
        bundle=bundle,
    )


def revoke(receiver: Receiver, seat: str, after: tuple[int, int] | None = None) -> TrustList:
    """Revoke a seat after an epoch and number, or the last one taken in from it; returns the trust list that says so.

    Raises `Refused("seat_unknown")`.
    """
    with receiver.store.writing() as connection:
        station = _station_of(connection, seat)
        epoch, seq = after or _last_taken(connection, station, seat)
        cut = update(SeatRow).where(SeatRow.station == station, SeatRow.seat == seat)
        connection.execute(cut.values(revoked_epoch=epoch, revoked_seq=seq))
        return next_list(receiver, connection)


def asked_revocation(receiver: Receiver, data: bytes) -> RevocationAsked:
    """Whose computer a station asks to revoke, and the digits that its head must read out; raises as `read_revocation` does."""
    with receiver.store.reading() as connection:
        request, asks = read_revocation(data, _list(receiver, connection))
    return RevocationAsked(request=request, station=asks.station_code, digits=spoken_fingerprint(request))


def revoke_as_asked(receiver: Receiver, data: bytes, digits: str) -> TrustList:
    """Revoke what a station asks for, once its digits were heard from its head; returns the trust list that says so.

    Raises `Refused("revocation_differs")` and as `asked_revocation` does.
    """
    asked = asked_revocation(receiver, data)
    if not agrees(digits, fingerprint(asked.request)):
        raise Refused("revocation_differs", found=asked.digits)
    after = asked.request.after
    return revoke(receiver, asked.request.seat, (after.epoch, after.seq) if after else None)


def let_epoch_begin(receiver: Receiver, seat: str, epoch: int) -> None:
    """A seat may begin this epoch though the one before it never came: what it begins with is the full state.

    Raises `Refused("seat_unknown")`, `Refused("epoch_known")` where this is no later one than the next.
    """
    with receiver.store.writing() as connection:
        settle_epoch(connection, _station_of(connection, seat), seat, epoch - 1, receiver.clock.now())


def _station_of(connection: Connection, seat: str) -> str:
    station = connection.execute(select(SeatRow.station).where(SeatRow.seat == seat)).scalar()
    if station is None:
        raise Refused("seat_unknown", seat=seat)
    return str(station)


def trust_bundle(receiver: Receiver) -> bytes:
    """The whole trust list as a file, for `verify` and for stations that want to know the body before they enrol."""
    with receiver.store.writing() as connection:
        if setting_of(connection, "trust_version") == "0":
            next_list(receiver, connection)
        whole = _list(receiver, connection)
    return _bundle(receiver, whole)


def signers(receiver: Receiver) -> tuple[AllowedSigner, ...]:
    """Whose signatures of files count by the present trust list."""
    trusted = Trusted.pin(read_bundle(trust_bundle(receiver)))
    return signers_of(trusted.roots, trusted.trust_list)


def slice_for(receiver: Receiver, station_code: str) -> bytes:
    """A station's slice of the present trust list as a file; raises `Refused("station_unknown")`."""
    with receiver.store.reading() as connection:
        row = connection.execute(select(StationRow.__table__).where(StationRow.code == station_code)).first()
        if row is None:
            raise Refused("station_unknown", code=station_code)
        whole = _list(receiver, connection)
    return _bundle(receiver, trust.sliced(whole, StationEntry(id=row.id, code=row.code, name=row.name)))


def trust_list(receiver: Receiver, connection: Connection) -> TrustList:
    """The present trust list with all seats."""
    return _list(receiver, connection)


def _take_station(connection: Connection, request: EnrolmentRequest) -> None:
    station = request.station
    bearer = connection.scalar(select(StationRow.id).where(StationRow.code == station.code))
    if bearer not in {None, station.id}:
        raise Refused("station_code_taken", code=station.code)
    known = connection.scalar(select(StationRow.code).where(StationRow.id == station.id))
    if known not in {None, station.code}:
        raise Refused("station_code_differs", code=station.code, known=known)
    if known is None:
        row = {"id": station.id, "code": station.code, "name": station.name}
        connection.execute(insert(StationRow), [row])


def _take_seat(connection: Connection, request: EnrolmentRequest, now: str) -> None:
    seat = request.seat
    known = select(SeatRow.seat).where(SeatRow.station == request.station.id, SeatRow.seat == seat.id)
    if connection.execute(known).first() is None:
        row = {
            "station": request.station.id,
            "seat": seat.id,
            "label": seat.label,
            "key": seat.key,
            "receiving_key": seat.receiving,
            "enrolled": now,
            "acked": 0,
            "revoked_epoch": None,
            "revoked_seq": None,
        }
        connection.execute(insert(SeatRow), [row])


def _take_further_key(connection: Connection, request: EnrolmentRequest, voucher: KnownKey, now: str) -> None:
    """A key that one of the same computer, enrolled already, has signed for; so nobody else can give it a key."""
    seat, station = request.seat, request.station.id
    row = connection.execute(select(SeatRow.__table__).where(SeatRow.station == station, SeatRow.seat == seat.id)).first()
    if row is None:
        raise Refused("seat_unknown", seat=seat.id)
    if row.revoked_epoch is not None:
        raise Refused("seat_is_revoked", seat=seat.id)
    if form_of_key(seat.keyid).suite not in {STD_1.suite, *suites_taken(connection)}:
        raise Refused("suite_not_taken", suite=form_of_key(seat.keyid).suite)
    mine = (SeatKeyRow.station == station) & (SeatKeyRow.seat == seat.id)
    known = {row.key, *connection.scalars(select(SeatKeyRow.key).where(mine))}
    if voucher.key not in known or not key_in_use(connection, station, seat.id, voucher.keyid):
        raise PackageFault("E_ORIGIN", station=station, seat=seat.id, kind="enrolment")
    same = select(SeatKeyRow.receiving_key).where(mine, SeatKeyRow.key == seat.key)
    receiving = row.receiving_key if seat.key == row.key else connection.scalar(same)
    if receiving not in {None, seat.receiving} or _is_elsewhere(connection, seat.key, seat.id):
        raise Refused("key_enrolled", keyid=seat.keyid)
    if receiving is None:
        further = {"station": station, "seat": seat.id, "keyid": seat.keyid, "key": seat.key}
        connection.execute(insert(SeatKeyRow), [further | {"receiving_key": seat.receiving, "enrolled": now}])


def _is_elsewhere(connection: Connection, key: str, seat: str) -> bool:
    """Whether a signing key is that of another computer."""
    first = select(SeatRow.seat).where(SeatRow.key == key, SeatRow.seat != seat)
    further = select(SeatKeyRow.seat).where(SeatKeyRow.key == key, SeatKeyRow.seat != seat)
    return any(connection.execute(each).first() for each in (first, further))


def _last_taken(connection: Connection, station: str, seat: str) -> tuple[int, int]:
    taken = (ArrivalRow.station == station) & (ArrivalRow.seat == seat) & (ArrivalRow.status == "accepted")
    epoch = connection.execute(select(func.max(ArrivalRow.epoch)).where(taken)).scalar() or 1
    seq = connection.execute(select(func.max(ArrivalRow.seq)).where(taken, ArrivalRow.epoch == epoch)).scalar() or 0
    return epoch, seq


def next_list(receiver: Receiver, connection: Connection) -> TrustList:
    """The trust list with what was changed in this transaction, of a version higher by one."""
    version = int(setting_of(connection, "trust_version")) + 1
    put_setting(connection, "trust_version", str(version).encode())
    put_setting(connection, "trust_issued", receiver.clock.now().replace(microsecond=0).isoformat().encode())
    return _list(receiver, connection)


def _list(receiver: Receiver, connection: Connection) -> TrustList:
    issued = datetime.fromisoformat(setting_of(connection, "trust_issued"))
    question = (
        select(SeatRow.__table__, StationRow.code).join(StationRow, StationRow.id == SeatRow.station).order_by(SeatRow.seat)
    )
    first = [_seat(row) for row in connection.execute(question)]
    named, ends = {(each.station, each.seat): each for each in first}, ends_of(connection)
    further = connection.execute(select(SeatKeyRow.__table__).order_by(SeatKeyRow.seat, SeatKeyRow.keyid))
    entries = (*first, *(_further(named[row.station, row.seat], row) for row in further))
    return TrustList(
        format=trust.FORMAT,
        version=int(setting_of(connection, "trust_version")),
        issued=issued,
        expires=issued + _TRUST_VALID,
        province=receiver.body.province,
        body=trust.Body(code=receiver.body.code, id=receiver.body.id, name=receiver.body.name),
        station=None,
        recipients=_recipients(receiver),
        seats=tuple(_ended(each, ends.get((each.station, each.seat, each.keyid))) for each in entries),
        policy=replace(
            _DEFAULT_POLICY,
            suites=suites_taken(connection),
            escrow_recipient=found_setting(connection, ESCROW_RECIPIENT),
        ),
    )


def _recipients(receiver: Receiver) -> tuple[Recipient, ...]:
    """The body's newest receiving key of every suite it has keys for; that of std-1 stands there whatever is taken."""
    identity = receiver.identity()
    newest = identity.receiving[0]
    listed = [Recipient(kid=newest.kid, suite=STD_1.suite, key=newest.recipient, not_after=None)]
    if identity.sm2:
        key = receiving_key_of(identity.sm2.receiving)
        listed.append(Recipient(kid=key.kid, suite=GM_1.suite, key=key.recipient, not_after=None))
    return tuple(listed)


def _further(first: SeatEntry, row: Row[Any]) -> SeatEntry:
    """The entry of a further key: whose it is, and whether it counts, is as with the first."""
    return replace(first, keyid=row.keyid, key=row.key, receiving=row.receiving_key)


def _ended(entry: SeatEntry, end: Cut | None) -> SeatEntry:
    """The entry of a key that was replaced: it counts up to there, or to where the computer was revoked if that is less."""
    if end is None:
        return entry
    cut = min((each for each in (end, entry.revoked_after) if each), key=lambda each: (each.epoch, each.seq))
    return replace(entry, status=SeatStatus.REVOKED, revoked_after=cut)


def _seat(row: Row[Any]) -> SeatEntry:
    told = row._asdict()
    revoked = told["revoked_epoch"] is not None
    return SeatEntry(
        keyid=first_keyid(told["seat"]),
        key=told["key"],
        receiving=told["receiving_key"],
        station=told["station"],
        station_code=told["code"],
        seat=told["seat"],
        label=told["label"],
        status=SeatStatus.REVOKED if revoked else SeatStatus.ACTIVE,
        revoked_after=Cut(epoch=told["revoked_epoch"], seq=told["revoked_seq"]) if revoked else None,
        not_after=None,
    )


def _entry(request: EnrolmentRequest) -> StationEntry:
    return StationEntry(id=request.station.id, code=request.station.code, name=request.station.name)


def _bundle(receiver: Receiver, listed: TrustList) -> bytes:
    return write_bundle(receiver.root_documents(), trust.sign_trust(listed, receiver.identity().trust))
