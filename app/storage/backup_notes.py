"""Where backups go and how the last ones went: kept beside the records of this computer, never sent, dropped by a restore."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection

from app.storage.named_values import put_value, value_of

BACKUPS: Final = "backups"


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupNote:
    """The last backup in one place, up to which journal line; `code` and `facts` tell what went wrong since, where it did."""

    at: datetime | None = None
    lines: int = 0
    code: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupNotes:
    """The second place a person chose, empty where none was, and what is noted of both."""

    folder: str = ""
    here: BackupNote = field(default_factory=BackupNote)
    there: BackupNote = field(default_factory=BackupNote)


def notes_in(connection: Connection) -> BackupNotes:
    """What is noted; nothing where nothing was."""
    kept: dict[str, Any] = json.loads(value_of(connection, BACKUPS) or b"{}")
    return BackupNotes(folder=kept.get("folder", ""), here=_note(kept.get("here")), there=_note(kept.get("there")))


def put_notes(connection: Connection, notes: BackupNotes) -> None:
    """Keep these notes."""
    put_value(connection, BACKUPS, json.dumps(asdict(notes), ensure_ascii=False, default=_plain).encode())


def chosen(notes: BackupNotes, folder: str) -> BackupNotes:
    """The notes with another second place, of which nothing is known yet."""
    return notes if folder == notes.folder else replace(notes, folder=folder, there=BackupNote())


def _note(kept: Mapping[str, Any] | None) -> BackupNote:
    if not kept:
        return BackupNote()
    at = datetime.fromisoformat(kept["at"]) if kept["at"] else None
    return BackupNote(at=at, lines=kept["lines"], code=kept["code"], facts=kept["facts"])


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
