"""The other computers of this station: whom this one knows, and how far they know each other's journals."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Connection, select

from app.domain.records import record_from
from app.domain.station import Seat, SeatStatus
from app.domain.values import Id
from app.storage.named_values import put_value, value_of
from app.storage.tables import CurrentRow

_PINNED: Final = "sisters"
_JOINED: Final = "joined_station"
_HAVE: Final = "sisters_have"  # by stream, the line of another seat's journal through which all is here
_KNOWN: Final = "sisters_known"  # by seat, the stream of ours that it named last and how far it has it
_STREAMS: Final = "sisters_streams"  # by seat, the stream she spoke under last, and our newest line when she first did
_SETTLED: Final = "sisters_settled"  # the same, where all of her own that she had then is here as well
_HEARD: Final = "sisters_heard"  # by seat, when a package of hers was taken in last
_TAKEN: Final = "sisters_taken"  # the newest packages of sister seats that were taken in: digest and number of each
_LAST: Final = "sisters_last"  # the newest package to sister seats: its number and digest

_MOST_TAKEN: Final = 64  # twice what a body keeps for one computer


@dataclass(frozen=True, slots=True, kw_only=True)
class Sister:
    """Another seat of the station: its identifier, its public signing key in base64, its age recipient, and when it ended."""

    seat: str
    key: str
    receiving: str
    status: str = SeatStatus.ACTIVE
    retired_on: date | None = None


def pin(connection: Connection, sister: Sister) -> None:
    """Somebody vouched for this seat; its own record may come later."""
    kept = {each["seat"]: each for each in _told(connection, _PINNED).get("seats", [])}
    kept[sister.seat] = {"seat": sister.seat, "key": sister.key, "receiving": sister.receiving, "status": sister.status}
    _put(connection, _PINNED, {"seats": list(kept.values())})


def all_sisters(connection: Connection, station: Id, own: str, listed: Iterable[Sister] = ()) -> list[Sister]:
    """Every other seat of the station that is known with its keys.

    A card that people compared says more than the body's list (`listed`), and the seat's own record more than the card.
    """
    found = {each.seat: each for each in listed}
    found |= {each["seat"]: Sister(**each) for each in _told(connection, _PINNED).get("seats", [])}
    for seat in seat_records(connection, station):
        if seat.key and seat.receiving:
            known = Sister(seat=seat.key_id, key=seat.key, receiving=seat.receiving)
        elif seat.key_id in found and seat.status != SeatStatus.ACTIVE:
            known = found[seat.key_id]
        else:
            continue
        found[seat.key_id] = replace(known, status=str(seat.status), retired_on=seat.retired_on)
    return [sister for name, sister in sorted(found.items()) if name != own]


def put_joined(connection: Connection, code: str, name: str) -> None:
    """How the station is called that this seat has joined and knows nothing else of yet."""
    _put(connection, _JOINED, {"code": code, "name": name})


def joined_station(connection: Connection) -> tuple[str, str] | None:
    """Code and name of the station that was joined, until its record is here."""
    told = _told(connection, _JOINED)
    if not told or connection.execute(select(CurrentRow.no).where(CurrentRow.kind == "station").limit(1)).first():
        return None
    return str(told["code"]), str(told["name"])


def seat_records(connection: Connection, station: Id) -> list[Seat]:
    """The records of all seats of the station, in the order they came."""
    question = select(CurrentRow.id, CurrentRow.body).where(CurrentRow.kind == "seat", ~CurrentRow.deleted)
    rows = connection.execute(question.order_by(CurrentRow.no))
    seats = [record_from(Seat, row.id, json.loads(row.body)) for row in rows]
    return [each for each in seats if each.station == station]


def have(connection: Connection) -> dict[str, int]:
    """How far this seat has the journals of others, by stream."""
    return dict(_told(connection, _HAVE))


def put_have(connection: Connection, stream: str, through: int) -> None:
    """All lines of a stream up to this one are here."""
    seat = stream.partition("/")[0]
    others = {name: line for name, line in have(connection).items() if name.partition("/")[0] != seat}
    _put(connection, _HAVE, others | {stream: through})


def forget_have(connection: Connection) -> None:
    """This database was put back or copied: what it has of others' journals must be told to it anew."""
    _put(connection, _HAVE, {})


def note_stream(connection: Connection, seat: str, stream: str, newest: int) -> None:
    """A sister speaks under this stream; where that is another than before she may have lost all she had, her own lines too."""
    streams = _told(connection, _STREAMS)
    before = streams.get(seat)
    if before and before["stream"] == stream:
        return
    _put(connection, _STREAMS, dict(streams) | {seat: {"stream": stream, "lost": newest if before else 0}})
    if before:
        put_known(connection, seat, "", 0)
        put_settled(connection, seat, "", 0)


def lost_by(connection: Connection, seat: str) -> int:
    """The line of ours up to which a sister may have lost lines that she wrote; 0 where her database is the one it was."""
    return int(_told(connection, _STREAMS).get(seat, {}).get("lost", 0))


def known_by(connection: Connection, seat: str, stream: str) -> int:
    """The line of our journal up to which a sister said to have it; 0 where she spoke of another journal."""
    told = _told(connection, _KNOWN).get(seat, {})
    return int(told.get("through", 0)) if told.get("stream") == stream else 0


def put_known(connection: Connection, seat: str, stream: str, through: int) -> None:
    """A sister says how far she has our journal."""
    _put(connection, _KNOWN, dict(_told(connection, _KNOWN)) | {seat: {"stream": stream, "through": through}})


def settled_by(connection: Connection, seat: str, stream: str) -> int:
    """The line up to which a sister has our journal, all that she wrote before being here as well; 0 where nothing says so."""
    told = _told(connection, _SETTLED).get(seat, {})
    return int(told.get("through", 0)) if told.get("stream") == stream else 0


def put_settled(connection: Connection, seat: str, stream: str, through: int) -> None:
    """A sister had our journal so far when she sealed the last of what she had to send, and all of that is here."""
    through = max(through, settled_by(connection, seat, stream))
    _put(connection, _SETTLED, dict(_told(connection, _SETTLED)) | {seat: {"stream": stream, "through": through}})


def heard(connection: Connection) -> dict[str, datetime]:
    """When a package of a sister seat was taken in last, by seat."""
    return {seat: datetime.fromisoformat(moment) for seat, moment in _told(connection, _HEARD).items()}


def put_heard(connection: Connection, seat: str, moment: datetime) -> None:
    """A package of this sister seat was taken in now."""
    _put(connection, _HEARD, dict(_told(connection, _HEARD)) | {seat: moment.isoformat()})


def taken(connection: Connection) -> list[tuple[str, int]]:
    """The newest packages of sister seats that were taken in here: digest of the statement and number, the oldest first."""
    return [(str(digest), int(number)) for digest, number in _told(connection, _TAKEN).get("packages", [])]


def put_taken(connection: Connection, digest: str, number: int) -> None:
    """This package of a sister seat was taken in now; the oldest are forgotten, and taking one again changes nothing."""
    others = [each for each in taken(connection) if each[0] != digest]
    _put(connection, _TAKEN, {"packages": [*others, (digest, number)][-_MOST_TAKEN:]})


def last_package(connection: Connection) -> tuple[int, str | None]:
    """Number and digest of the newest package to sister seats; (0, None) before the first."""
    told = _told(connection, _LAST)
    return int(told.get("seq", 0)), told.get("digest")


def put_last_package(connection: Connection, seq: int, digest: str) -> None:
    """This is the newest package to sister seats."""
    _put(connection, _LAST, {"seq": seq, "digest": digest})


def _told(connection: Connection, name: str) -> Mapping[str, Any]:
    told: Mapping[str, Any] = json.loads(value_of(connection, name) or b"{}")
    return told


def _put(connection: Connection, name: str, value: Mapping[str, Any]) -> None:
    put_value(connection, name, json.dumps(value).encode())
