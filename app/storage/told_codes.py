"""Packages that a short code settled before a receipt did: digest and moment, kept beside the records."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from app.storage.named_values import put_value, value_of

_NAME: Final = "told_by_code"


def told(connection: Connection) -> Mapping[str, datetime]:
    """When each was told, by the digest of its statement."""
    kept: dict[str, str] = json.loads(value_of(connection, _NAME) or b"{}")
    return {digest: datetime.fromisoformat(at) for digest, at in kept.items()}


def note(connection: Connection, digest: str, at: datetime) -> None:
    """Remember that it was told."""
    kept = {each: moment.isoformat() for each, moment in told(connection).items()} | {digest: at.isoformat()}
    put_value(connection, _NAME, json.dumps(kept).encode())
