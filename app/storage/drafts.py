"""What a person has typed and not saved: kept two seconds after the last key, offered again after a crash, never a revision."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert

from app.domain.values import Json
from app.storage.tables import DraftRow


@dataclass(frozen=True, slots=True)
class Draft:
    """A form's unsaved content; `key` names the form and the record it would change."""

    key: str
    kind: str
    body: Mapping[str, Json]
    kept: datetime


def keep(connection: Connection, draft: Draft) -> None:
    """Keep a draft in the place of the one with the same key."""
    values = {"kind": draft.kind, "body": json.dumps(draft.body, ensure_ascii=False), "kept": draft.kept.isoformat()}
    statement = insert(DraftRow).values(key=draft.key, **values)
    connection.execute(statement.on_conflict_do_update(index_elements=["key"], set_=values))


def discard(connection: Connection, key: str) -> None:
    """Forget a draft: its form was saved or given up."""
    connection.execute(delete(DraftRow).where(DraftRow.key == key))


def kept(connection: Connection) -> list[Draft]:
    """All drafts, the newest first."""
    rows = connection.execute(select(DraftRow.key, DraftRow.kind, DraftRow.body, DraftRow.kept).order_by(DraftRow.kept.desc()))
    return [Draft(row.key, row.kind, json.loads(row.body), datetime.fromisoformat(row.kept)) for row in rows]
