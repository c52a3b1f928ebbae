"""What stands already of what a ledger tells: visits of some days, the register, the units, the congresses with their terms."""

from datetime import date
from typing import TypeVar

from app.domain.records import Record
from app.domain.visit import Visit
from app.queries.relations import found, within
from app.workspace import Workspace

AnyRecord = TypeVar("AnyRecord", bound=Record)


def visits_of_days(workspace: Workspace, first: date, last: date) -> list[Visit]:
    """The visits between two days, both included."""
    with workspace.reading() as connection:
        return found(connection, Visit, within(first, last))


def all_of(workspace: Workspace, cls: type[AnyRecord]) -> list[AnyRecord]:
    """Every record of a small kind, in the order of entry."""
    with workspace.reading() as connection:
        return found(connection, cls)
