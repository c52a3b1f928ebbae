"""Setting a station up, and finding the way back in when the computer has forgotten its key."""

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from app.clock import Clock
from app.domain.people import Operator
from app.domain.station import Seat, SeatStatus, Station, StationStatus, is_station_code
from app.domain.values import Id
from app.errors import Refused
from app.files import folder_whole
from app.keys import slots
from app.keys.identities import ReceivingKey, SeatIdentity
from app.keys.slot_file import FILE_NAME as SLOTS_FILE
from app.keys.slot_file import KeySlots, Slot, read_slots
from app.keys.ways import EscrowWay, KeyringWay, PassphraseWay, RecoveryWay, SlotType, Way
from app.packages.receiving_key import make_receiving_key
from app.storage import schema, sisters
from app.storage.database import open_database
from app.storage.key_swap import settle_swap
from app.storage.named_values import put_value, value_of
from app.storage.records import Author
from app.storage.sisters import Sister
from app.storage.transaction import Transaction, transaction
from app.workspace import (
    ATTACHMENT_KEY,
    ATTACHMENTS,
    DATABASE_FILE,
    FOLDER,
    IDENTITY,
    OPERATOR,
    OUTBOX,
    RECOVERY,
    STATION,
    Workspace,
    opened,
)

CONFIRMED = b"confirmed"
PENDING = b"pending"
LOST = b"lost"
"""What is known of the recovery sheet: shown to be at hand; not yet, with the day somebody was reminded; lost, so that the
congress opened the station, with that day too.
"""
PROVEN_ON: Final = "recovery_proven_on"
ASKED_ON: Final = "recovery_asked_on"
_YEAR: Final = timedelta(days=365)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewStation:
    """What a set-up made; `recovery_code` is shown once and printed, and lies nowhere else in plain text."""

    station: Id
    seat: str
    recovery_code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """The station that a further computer belongs to, and the sister seat that vouches for it, where one does."""

    station: Id
    sister: Sister | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Beginning:
    """The first records of a station; at one that is joined the station's own come from the sister seat."""

    station: Station
    joins: bool
    seat: Seat
    operator: Operator


def set_up(home: Path, way: Way, *, code: str, name: str, operator: str, clock: Clock, joins: Joined | None = None) -> NewStation:
    """A new workspace under `home`: database, keys, recovery code, first records; whole or not at all.

    Where it `joins` a station it takes over that one's identity (decision 13).

    Raises `Refused("workspace_exists" | "station_code_malformed" | "station_name_empty")` and what key slots and disk raise.
    """
    check_station(code=code, name=name)
    if (home / FOLDER).exists():
        raise Refused("workspace_exists", home=str(home))
    with folder_whole(home / FOLDER) as part:
        (part / OUTBOX).mkdir()
        (part / ATTACHMENTS).mkdir()
        made = _fill(part, way, code, name.strip(), operator, clock, joins)
    return made


def check_station(*, code: str, name: str) -> None:
    """Raises `Refused("station_code_malformed" | "station_name_empty")` for what no station can be set up with."""
    if not is_station_code(code):
        raise Refused("station_code_malformed", code=code)
    if not name.strip():
        raise Refused("station_name_empty")


def _fill(folder: Path, way: Way, code: str, name: str, operator: str, clock: Clock, joins: Joined | None) -> NewStation:
    key = slots.make_data_key()
    recovery = RecoveryWay.make(clock.today().date().isoformat())
    secret, recipient = make_receiving_key()
    identity = SeatIdentity.make(ReceivingKey(secret=secret, recipient=recipient))
    beginning = _first_records(identity, code, name, operator, clock, joins)
    schema.create(folder / DATABASE_FILE, key)
    author = Author(owner=beginning.station.id, by=identity.seat_id, op=beginning.operator.id)
    database = open_database(folder / DATABASE_FILE, key)
    try:
        with transaction(database, author, clock.new_id, clock.milliseconds) as books:
            _write_first(books, beginning, identity, confirmed=isinstance(way, PassphraseWay))
            if joins:
                sisters.put_joined(books.connection, code, name)
            if joins and joins.sister:
                sisters.pin(books.connection, joins.sister)
    finally:
        database.close()
    slots.create(folder / SLOTS_FILE, beginning.station.id, key, [_bound(way, beginning.station.id), recovery])
    return NewStation(station=beginning.station.id, seat=identity.seat_id, recovery_code=recovery.code)


def _bound(way: Way, station: Id) -> Way:
    """A keyring entry is named after the database it opens."""
    return KeyringWay(account=station, keyring=way.keyring) if isinstance(way, KeyringWay) else way


def _first_records(identity: SeatIdentity, code: str, name: str, operator: str, clock: Clock, joins: Joined | None) -> _Beginning:
    id = joins.station if joins else clock.new_id()
    station = Station(id=id, code=code, name=name, status=StationStatus.OPEN)
    seat = Seat(
        id=clock.new_id(),
        station=station.id,
        key_id=identity.seat_id,
        key=base64.b64encode(identity.signing.public).decode(),
        receiving=identity.receiving.recipient,
        status=SeatStatus.ACTIVE,
    )
    return _Beginning(joins=joins is not None, station=station, seat=seat, operator=Operator(id=clock.new_id(), name=operator))


def _write_first(books: Transaction, beginning: _Beginning, identity: SeatIdentity, *, confirmed: bool) -> None:
    own = [beginning.seat] if beginning.joins else [beginning.station, beginning.seat]
    books.records.save_all([beginning.operator, *own])
    named = {
        STATION: beginning.station.id.encode(),
        OPERATOR: beginning.operator.id.encode(),
        IDENTITY: json.dumps(identity.to_texts()).encode(),
        ATTACHMENT_KEY: "\n".join(make_receiving_key()).encode(),
        RECOVERY: CONFIRMED if confirmed else PENDING,
    }
    for name, value in named.items():
        put_value(books.connection, name, value)
    books.note("set_up", {"station": beginning.station.code})


def unlock(home: Path, recovery: RecoveryWay, way: Way) -> tuple[SlotType, ...]:
    """Give the workspace a new slot of the kind of `way`, opened by the recovery code; returns the slots it has then.

    Old slots of that kind open nothing any more. The digits may be those that two people at the congress read out: they are
    good for this once, and the sheet counts as lost. Raises what key slots raise.
    """
    path = home / FOLDER / SLOTS_FILE
    if not path.exists():
        raise Refused("no_workspace", home=str(home))
    settle_swap(home / FOLDER)
    held = read_slots(path)
    by, own = slots.way_of_digits(held, recovery), _bound(way, held.db_id)
    if isinstance(by, EscrowWay):
        return _types(_let_in_by_congress(home, by, own).slots)
    key = slots.open_with(held, by)
    _prove_key(home / FOLDER / DATABASE_FILE, key)
    return _types(slots.replace_way(path, held, key, own).slots)


def _let_in_by_congress(home: Path, by: EscrowWay, way: Way) -> KeySlots:
    """Noted first, then the new way, and the deposited one goes last: cut short anywhere, the digits open once more."""
    with opened(home, by, write=True) as workspace:
        with workspace.writing() as books:
            put_value(books.connection, RECOVERY, LOST)
            books.note("escrow_opened", {})
        path = workspace.folder / SLOTS_FILE
        written = slots.replace_way(path, read_slots(path), workspace.database.key, way)
        return slots.remove(path, written, SlotType.ESCROW)


def confirm_recovery(workspace: Workspace) -> None:
    """Note that a person has shown to hold the recovery code, and when."""
    with workspace.writing() as books:
        put_value(books.connection, RECOVERY, CONFIRMED)
        put_value(books.connection, PROVEN_ON, _today(workspace))


def proof_reminder_due(workspace: Workspace) -> bool:
    """Whether to ask if the sheet is still there: once a day, from a year after somebody last showed to hold it."""
    today = workspace.clock.today().date()
    with workspace.reading() as connection:
        confirmed = value_of(connection, RECOVERY) == CONFIRMED
        proven, asked = value_of(connection, PROVEN_ON), value_of(connection, ASKED_ON)
    if not confirmed or asked == _today(workspace) or (proven and today - date.fromisoformat(proven.decode()) < _YEAR):
        return False
    with workspace.writing() as books:
        put_value(books.connection, ASKED_ON, _today(workspace))
        if not proven:  # of a station older than the reminder nobody knows since when
            put_value(books.connection, PROVEN_ON, _today(workspace))
    return proven is not None


def _today(workspace: Workspace) -> bytes:
    return workspace.clock.today().date().isoformat().encode()


def recovery_reminder_due(workspace: Workspace) -> bool:
    """Whether to remind that the recovery code is not known to be printed: once a day until it is (decision 22)."""
    today = _today(workspace)
    with workspace.reading() as connection:
        state = value_of(connection, RECOVERY) or PENDING
    told = LOST if state.startswith(LOST) else PENDING
    if state in {CONFIRMED, told + today}:
        return False
    with workspace.writing() as books:
        put_value(books.connection, RECOVERY, told + today)
    return True


def sheet_lost(workspace: Workspace) -> bool:
    """Whether the congress opened the station because the sheet was lost, and no new code was made since."""
    with workspace.reading() as connection:
        return (value_of(connection, RECOVERY) or b"").startswith(LOST)


def _prove_key(path: Path, key: bytes) -> None:
    """See the database open with the key, and note there that the person holds the recovery code."""
    schema.is_older(path, key)  # says so where there is none; an older one is lifted when it is opened
    database = open_database(path, key)
    try:
        with database.writing() as connection:
            put_value(connection, RECOVERY, CONFIRMED)
    finally:
        database.close()


def _types(held: Sequence[Slot]) -> tuple[SlotType, ...]:
    names = {slot.type for slot in held}
    return tuple(each for each in SlotType if each in names)
