"""What stands already of what a ledger tells: visits of some days, the register, the units, the congresses with their terms."""

from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from app.domain.records import Record
from app.domain.values import Id
from app.domain.visit import Attendance, Visit
from app.queries.relations import AT_ONCE, found, member, within
from app.workspace import Workspace

AnyRecord = TypeVar("AnyRecord", bound=Record)


def visits_of_days(workspace: Workspace, first: date, last: date) -> list[Visit]:
    """The visits between two days, both included."""
    with workspace.reading() as connection:
        return found(connection, Visit, within(first, last))


def attendance_of(workspace: Workspace, visits: Sequence[Id]) -> list[Attendance]:
    """Who is signed in at these visits."""
    with workspace.reading() as connection:
        parts = (visits[start : start + AT_ONCE] for start in range(0, len(visits), AT_ONCE))
        return [each for part in parts for each in found(connection, Attendance, member("visit").in_(part))]


def all_of(workspace: Workspace, cls: type[AnyRecord]) -> list[AnyRecord]:
    """Every record of a small kind, in the order of entry."""
    with workspace.reading() as connection:
        return found(connection, cls)
