"""Blocked records (PIPL art. 47): kept because they must be, neither shown nor searched; a list of them lies beside them.

A blocked record is removed like any other, but nobody finds it in the trash or takes its removal back.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import Connection

from app.domain.values import Id
from app.errors import Refused
from app.storage.named_values import put_value, value_of

_NAME: Final = "blocked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocked:
    """Why a record is kept out of sight: since when, and until when it must be kept (None: for ever)."""

    since: date
    until: date | None


def blocked(connection: Connection) -> Mapping[Id, Blocked]:
    """Every blocked record."""
    kept = json.loads(value_of(connection, _NAME) or b"{}")
    return {id: Blocked(since=date.fromisoformat(since), until=_day(until)) for id, (since, until) in kept.items()}


def check_not_blocked(connection: Connection, ids: Iterable[Id]) -> None:
    """Raises `Refused("record_blocked", until)` where one of the records is blocked."""
    known = blocked(connection)
    for id in ids:
        if id in known:
            raise Refused("record_blocked", until=known[id].until)


def block(connection: Connection, added: Mapping[Id, Blocked]) -> None:
    """Add these to the blocked records."""
    _put(connection, {**blocked(connection), **added})


def release(connection: Connection, ids: Iterable[Id]) -> None:
    """Take these from the blocked records, as they are erased or shown again."""
    gone = set(ids)
    _put(connection, {id: each for id, each in blocked(connection).items() if id not in gone})


def _put(connection: Connection, kept: Mapping[Id, Blocked]) -> None:
    told = {id: (each.since.isoformat(), each.until.isoformat() if each.until else "") for id, each in kept.items()}
    put_value(connection, _NAME, json.dumps(told).encode())


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
