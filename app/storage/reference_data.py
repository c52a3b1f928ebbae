"""The reference data of the body that this station has taken in: its number, and the calendar years it is counted by."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Final

from sqlalchemy import Connection

from app.domain.calendar_year import EnteredYear
from app.domain.reference_data import ReferenceData
from app.storage.named_values import drop_value, put_value, value_of

_NAME: Final = "reference"


def kept(connection: Connection) -> ReferenceData | None:
    """What was taken in; None before the first, or once it was set aside. Units are records, and not told here."""
    value = value_of(connection, _NAME)
    if value is None:
        return None
    told = json.loads(value)
    return ReferenceData(body=told["body"], version=told["version"], years=tuple(_year(*each) for each in told["years"]))


def keep(connection: Connection, data: ReferenceData) -> None:
    """Count by these years from now on."""
    years = [
        [each.year, *([day.isoformat() for day in days] for days in (each.rest, each.worked)), each.source] for each in data.years
    ]
    put_value(connection, _NAME, json.dumps({"body": data.body, "version": data.version, "years": years}).encode())


def drop(connection: Connection) -> None:
    """Count by none of them."""
    drop_value(connection, _NAME)


def _told(days: Sequence[date]) -> list[str]:
    return [each.isoformat() for each in days]


def _year(year: int, rest: list[str], worked: list[str], source: str) -> EnteredYear:
    free, made_up = (tuple(map(date.fromisoformat, days)) for days in (rest, worked))
    return EnteredYear(id="", year=year, rest=free, worked=made_up, source=source)
