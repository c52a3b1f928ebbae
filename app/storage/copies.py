"""Where sealed numbers were copied to: each folder and moment, and the volume it lies on; kept beside the records, never sent."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection

from app.storage.named_values import put_value, value_of

_NAME: Final = "copies"
_MOST: Final = 30
"""Copies of one number that are told one by one; how many there were is always known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """One copy: the folder as a person knows it, and as its volume knows it (`app.volumes`); since when it was found gone."""

    folder: str
    at: datetime
    volume: str = ""
    within: str = ""
    gone: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Copies:
    """The copies of one number: how many, the folder and moment of the last, and the last ones one by one, the oldest first."""

    times: int = 0
    folder: str = ""
    at: datetime | None = None
    each: tuple[Copy, ...] = ()


def note(connection: Connection, epoch: int, seq: int, copy: Copy) -> None:
    """Remember one more copy."""
    kept = _kept(connection)
    before = kept.get(_key(epoch, seq), {})
    told = {"folder": copy.folder, "at": copy.at.isoformat(), "volume": copy.volume, "within": copy.within}
    kept[_key(epoch, seq)] = {
        "times": int(before.get("times", 0)) + 1,
        "folder": copy.folder,
        "at": copy.at.isoformat(),
        "each": [*_each(before), told][-_MOST:],
    }
    put_value(connection, _NAME, json.dumps(kept, ensure_ascii=False).encode())


def mark(connection: Connection, epoch: int, seq: int, copy: Copy, gone: datetime | None) -> None:
    """Remember that a copy was not in its place any more, or is there again."""
    kept = _kept(connection)
    for one in kept.get(_key(epoch, seq), {}).get("each", ()):
        if (one["folder"], one["at"]) == (copy.folder, copy.at.isoformat()):
            one["gone"] = gone.isoformat() if gone else ""
    put_value(connection, _NAME, json.dumps(kept, ensure_ascii=False).encode())


def noted(connection: Connection) -> dict[tuple[int, int], Copies]:
    """The copies of every number that has any, by epoch and number."""
    return {_numbers(key): _copies(each) for key, each in _kept(connection).items()}


def _kept(connection: Connection) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = json.loads(value_of(connection, _NAME) or b"{}")
    return found


def _each(kept: dict[str, Any]) -> list[dict[str, str]]:
    """Earlier programs kept the last copy alone."""
    if not kept:
        return []
    each: list[dict[str, str]] = kept.get("each") or [{"folder": kept["folder"], "at": kept["at"]}]
    return each


def _copies(kept: dict[str, Any]) -> Copies:
    each = tuple(
        Copy(
            folder=one["folder"],
            at=datetime.fromisoformat(one["at"]),
            volume=one.get("volume", ""),
            within=one.get("within", ""),
            gone=datetime.fromisoformat(one["gone"]) if one.get("gone") else None,
        )
        for one in _each(kept)
    )
    return Copies(times=kept["times"], folder=kept["folder"], at=datetime.fromisoformat(kept["at"]), each=each)


def _key(epoch: int, seq: int) -> str:
    return f"{epoch}/{seq}"


def _numbers(key: str) -> tuple[int, int]:
    epoch, _slash, seq = key.partition("/")
    return int(epoch), int(seq)
