"""Handling units to pick from."""

from dataclasses import dataclass

from sqlalchemy import select

from app.domain.values import Id
from app.queries.relations import member, standing
from app.storage.tables import CurrentRow
from app.workspace import Workspace


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit as a list to pick from shows one."""

    id: Id
    name: str
    closed: bool


def units(workspace: Workspace) -> tuple[UnitRow, ...]:
    """Every unit in the order of entry; those that were closed stay known."""
    closed = member("closed").label("closed")
    question = select(CurrentRow.id, CurrentRow.title, closed).where(standing("unit")).order_by(CurrentRow.no)
    with workspace.reading() as connection:
        return tuple(UnitRow(row.id, row.title, bool(row.closed)) for row in connection.execute(question))
