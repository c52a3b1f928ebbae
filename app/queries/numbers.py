"""Numbers of forms: how far a series has come, and what carries a number already."""

import json
from collections.abc import Iterator, Mapping
from itertools import count
from typing import Final

from sqlalchemy import Connection, Integer, cast, func, select

from app.domain.numbering import Series, seat_mark
from app.domain.values import Id
from app.queries.relations import member, standing
from app.storage.named_values import value_of
from app.storage.tables import CurrentRow

LAST: Final = "numbers"
"""The named value that holds, by the beginning of a series, the last ordinal given to a record or printed on a blank form."""

_KINDS: Final = ("visit", "encounter", "assignment")


def free_numbers(connection: Connection, series: Series, told: Mapping[str, int]) -> Iterator[int]:
    """The ordinals that follow `told`, without end: what was given or printed is passed over, and what came from elsewhere."""
    last = told[series.begins] if series.begins in told else _highest(connection, series)
    return (each for each in count(last + 1) if not carrying(connection, series.spelled(each)))


def own_mark(connection: Connection, station: Id, seat: str) -> str:
    """What stands in this computer's numbers: nothing as long as no other computer of the station is known here."""
    known = select(member("key_id")).where(standing("seat"), member("station") == station)
    return seat_mark(seat, {each for each in connection.scalars(known) if each} - {seat})


def last_ordinals(connection: Connection) -> dict[str, int]:
    """How far every series has come on this computer, by its beginning."""
    told: dict[str, int] = json.loads(value_of(connection, LAST) or b"{}")
    return told


def carrying(connection: Connection, number: str) -> Id:
    """The visit, the resident received or the slip that carries a number and stands; empty where none does."""
    question = select(CurrentRow.id).where(member("number") == number, CurrentRow.kind.in_(_KINDS), CurrentRow.deleted.is_(False))
    return connection.scalar(question.limit(1)) or ""


def _highest(connection: Connection, series: Series) -> int:
    """The highest ordinal that any record carries, removed or not: looked for once, when a series is first used here."""
    begins = series.begins
    ordinal = cast(func.substr(member("number"), len(begins) + 1), Integer)
    within = member("number") >= begins, member("number") < f"{begins}:"  # the character after 9
    return connection.scalar(select(func.max(ordinal)).where(*within, CurrentRow.kind.in_(_KINDS))) or 0
