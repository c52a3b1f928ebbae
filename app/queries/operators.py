"""The people who work with this program, as a list shows them."""

from dataclasses import dataclass

from sqlalchemy import select

from app.domain.people import Role
from app.domain.values import Code, Id
from app.storage.records import stored_from
from app.storage.tables import CurrentRow
from app.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatorRow:
    """Somebody who may be at the keyboard; `here` is who is."""

    id: Id
    name: str
    roles: tuple[Code[Role], ...]
    here: bool


def operators(workspace: Workspace) -> tuple[OperatorRow, ...]:
    """Everyone who is entered and has not left, in the order of entry."""
    question = select(CurrentRow.__table__).where(CurrentRow.kind == "operator", ~CurrentRow.deleted).order_by(CurrentRow.no)
    with workspace.reading() as connection:
        people = [stored_from(row).record for row in connection.execute(question)]
    return tuple(
        OperatorRow(id=each.id, name=each.name, roles=each.roles, here=each.id == workspace.author.op)
        for each in people
        if each.until is None
    )
