"""Where sealed numbers were copied to: how often, when last, and into which folder; kept beside the records, never sent."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection

from app.storage.named_values import put_value, value_of

_NAME: Final = "copies"


@dataclass(frozen=True, slots=True, kw_only=True)
class Copies:
    """The copies of one number: how many, and the folder and moment of the last."""

    times: int = 0
    folder: str = ""
    at: datetime | None = None


def note(connection: Connection, epoch: int, seq: int, folder: str, at: datetime) -> None:
    """Remember one more copy."""
    kept = _kept(connection)
    before = kept.get(_key(epoch, seq), {})
    kept[_key(epoch, seq)] = {"times": int(before.get("times", 0)) + 1, "folder": folder, "at": at.isoformat()}
    put_value(connection, _NAME, json.dumps(kept, ensure_ascii=False).encode())


def noted(connection: Connection) -> dict[tuple[int, int], Copies]:
    """The copies of every number that has any, by epoch and number."""
    return {_numbers(key): _copies(each) for key, each in _kept(connection).items()}


def _kept(connection: Connection) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = json.loads(value_of(connection, _NAME) or b"{}")
    return found


def _copies(each: dict[str, Any]) -> Copies:
    return Copies(times=each["times"], folder=each["folder"], at=datetime.fromisoformat(each["at"]))


def _key(epoch: int, seq: int) -> str:
    return f"{epoch}/{seq}"


def _numbers(key: str) -> tuple[int, int]:
    epoch, _slash, seq = key.partition("/")
    return int(epoch), int(seq)
