"""The people who work with this program, as a list shows them."""

from dataclasses import dataclass

from app.domain.people import Operator, Role
from app.domain.values import Code, Id
from app.queries.relations import found
from app.storage.pins import pins
from app.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatorRow:
    """Somebody who may be at the keyboard; `here` is who is."""

    id: Id
    name: str
    roles: tuple[Code[Role], ...]
    here: bool
    deputy: Id = ""
    has_pin: bool = False


def operators(workspace: Workspace) -> tuple[OperatorRow, ...]:
    """Everyone who is entered and has not left, in the order of entry."""
    with workspace.reading() as connection:
        people, kept = found(connection, Operator), pins(connection)
    return tuple(
        OperatorRow(
            id=each.id,
            name=each.name,
            roles=each.roles,
            here=each.id == workspace.author.op,
            deputy=each.deputy,
            has_pin=each.id in kept,
        )
        for each in people
        if each.until is None
    )
