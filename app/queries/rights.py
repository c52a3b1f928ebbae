"""What whoever is at the keyboard may do: asked by use cases before they begin, and by the window before it offers anything."""

from sqlalchemy import ColumnElement, Connection, func, select

from app.domain.records import Record
from app.domain.revisions import read_kept
from app.domain.rights import Right, Rights
from app.domain.values import Id
from app.storage.guard import check_right, is_own, rights_in
from app.storage.tables import CurrentRow, JournalRow
from app.workspace import Workspace


def rights(workspace: Workspace) -> Rights:
    """All that the operator may do now."""
    with workspace.reading() as connection:
        return rights_in(connection, workspace.author.op)


def check_may(workspace: Workspace, right: Right) -> None:
    """Raises `Refused("not_allowed", right, who)` where the operator may not do this."""
    check_right(rights(workspace), right)


def own_only(connection: Connection, operator: Id) -> list[ColumnElement[bool]]:
    """The condition that a row of a list names the deputy to whose records an operator is confined; none for everybody else."""
    deputy = rights_in(connection, operator).deputy
    return [func.instr(CurrentRow.body, deputy) > 0] if deputy else []


def may_see_contact(connection: Connection, operator: Id, person: Record) -> bool:
    """Whether an operator sees somebody's name and telephone in full: by right, as their own entry, or as a deputy's own."""
    granted = rights_in(connection, operator)
    if granted.may(Right.CONTACTS):
        return True
    if granted.deputy and is_own(connection, person, granted.deputy):
        return True
    lines = connection.scalars(select(JournalRow.line).where(JournalRow.record == person.id, JournalRow.rev.is_not(None)))
    return any(read_kept(line).op == operator for line in lines)
