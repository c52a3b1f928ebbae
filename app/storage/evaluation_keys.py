"""The deputies' wrapped keys for sealed evaluations, and what was counted of those answers; kept here, never handed in."""

import json
from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import Connection

from app.domain.sealed_evaluation import Tally
from app.domain.values import Id
from app.storage.named_values import put_value, value_of

_KEYS: Final = "evaluation_keys"
_TALLIES: Final = "evaluation_tallies"
_BETWEEN: Final = "|"

WrappedKey = Mapping[str, str | int]


def kept_key(connection: Connection, deputy: Id) -> WrappedKey | None:
    """The wrapped key of a deputy, where they have one here."""
    found: WrappedKey | None = _read(connection, _KEYS).get(deputy)
    return found


def put_key(connection: Connection, deputy: Id, kept: WrappedKey) -> None:
    """Keep a deputy's wrapped key in the place of the one before."""
    _put(connection, _KEYS, deputy, dict(kept))


def tallies(connection: Connection) -> Mapping[int, Tally]:
    """What was counted of sealed answers, by the year of the suggestions."""
    return {int(year): _tally(told) for year, told in _read(connection, _TALLIES).items()}


def put_tally(connection: Connection, year: int, tally: Tally) -> None:
    """Keep what was counted of a year."""
    told = {"shown": _written(tally.shown), "waiting": _written(tally.waiting), "waits": tally.waits}
    _put(connection, _TALLIES, str(year), told)


def _tally(told: Mapping[str, Any]) -> Tally:
    return Tally(shown=_counts(told["shown"]), waiting=_counts(told["waiting"]), waits=int(told["waits"]))


def _written(counts: Mapping[tuple[str, str], int]) -> dict[str, int]:
    return {_BETWEEN.join(answer): many for answer, many in counts.items()}


def _counts(told: Mapping[str, int]) -> dict[tuple[str, str], int]:
    split = ((answer.partition(_BETWEEN), many) for answer, many in told.items())
    return {(attitude, result): many for (attitude, _between, result), many in split}


def _read(connection: Connection, name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(value_of(connection, name) or b"{}")
    return found


def _put(connection: Connection, name: str, key: str, value: Any) -> None:
    put_value(connection, name, json.dumps(_read(connection, name) | {key: value}).encode())
