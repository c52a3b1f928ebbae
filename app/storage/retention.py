"""The station's own years of its retention classes, kept beside the records."""

import json
from collections.abc import Mapping
from typing import Final

from sqlalchemy import Connection

from app.domain.retention import DEFAULTS, RetentionClass, Rule
from app.storage.named_values import put_value, value_of

_NAME: Final = "retention"


def rules(connection: Connection) -> Mapping[RetentionClass, Rule]:
    """How long each class is kept here: as the station said, else as it is usual."""
    kept = json.loads(value_of(connection, _NAME) or b"{}")
    said = {RetentionClass(name): Rule(years, DEFAULTS[RetentionClass(name)].on_request) for name, years in kept.items()}
    return {**DEFAULTS, **said}


def put_years(connection: Connection, years: Mapping[RetentionClass, int]) -> None:
    """Remember how many years the station keeps its classes."""
    put_value(connection, _NAME, json.dumps({str(name): each for name, each in years.items()}).encode())
