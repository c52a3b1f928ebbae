"""Which operators have a PIN, how many wrong ones were typed, after how many idle minutes the window locks; kept encrypted."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection

from app.domain.values import Id
from app.storage.named_values import put_value, value_of

_PINS: Final = "pins"
_WRONG: Final = "wrong_pins"
_MINUTES: Final = "lock_minutes"

KeptPin = Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class Wrong:
    """How many wrong PINs in a row, and the moment of the last."""

    times: int
    at: datetime


def pins(connection: Connection) -> Mapping[Id, KeptPin]:
    """What is kept of every PIN, by operator."""
    return _read(connection, _PINS)


def put_pin(connection: Connection, operator: Id, kept: KeptPin | None) -> None:
    """Keep a PIN in the place of the one before, or None; wrong tries count no more."""
    _put(connection, _PINS, operator, kept)
    forget_wrong(connection, operator)


def wrong(connection: Connection, operator: Id) -> Wrong | None:
    """The wrong PINs typed for an operator since the last right one."""
    told = _read(connection, _WRONG).get(operator)
    return Wrong(int(told["times"]), datetime.fromisoformat(told["at"])) if told else None


def note_wrong(connection: Connection, operator: Id, at: datetime) -> int:
    """Count one more wrong PIN; returns how many in a row that makes."""
    before = wrong(connection, operator)
    times = (before.times if before else 0) + 1
    _put(connection, _WRONG, operator, {"times": times, "at": at.isoformat()})
    return times


def forget_wrong(connection: Connection, operator: Id) -> None:
    """A right PIN was typed."""
    if operator in _read(connection, _WRONG):
        _put(connection, _WRONG, operator, None)


def lock_minutes(connection: Connection) -> int | None:
    """The idle minutes a person chose; None where nobody has."""
    kept = value_of(connection, _MINUTES)
    return int(kept) if kept is not None else None


def put_lock_minutes(connection: Connection, minutes: int) -> None:
    """Remember the idle minutes; 0 is never."""
    put_value(connection, _MINUTES, str(minutes).encode())


def _read(connection: Connection, name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(value_of(connection, name) or b"{}")
    return found


def _put(connection: Connection, name: str, operator: Id, value: Any) -> None:
    kept = _read(connection, name)
    kept[operator] = value
    put_value(connection, name, json.dumps({id: each for id, each in kept.items() if each}).encode())
