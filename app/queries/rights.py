"""What whoever is at the keyboard may do: asked by use cases before they begin, and by the window before it offers anything."""

from typing import Final

from sqlalchemy import ColumnElement, Connection, func, or_, select

from app.domain.records import Record
from app.domain.revisions import read_kept
from app.domain.rights import SHARED, Right, Rights, rights_of
from app.domain.values import Id
from app.errors import Refused
from app.queries.relations import member
from app.storage.guard import check_right, is_own, operators_in, rights_in
from app.storage.tables import CurrentRow, JournalRow
from app.workspace import Workspace

_NAMED_IN: Final = ("attendance", "cosignature", "consultation")
"""Parts by which a deputy has to do with the whole: was there, signed, was asked."""


def rights(workspace: Workspace) -> Rights:
    """All that the operator may do now."""
    with workspace.reading() as connection:
        return rights_in(connection, workspace.author.op, workspace.author.by)


def check_may(workspace: Workspace, right: Right) -> None:
    """Raises `Refused("not_allowed", right, who)` where the operator may not do this, `Refused("not_here")` at this computer."""
    check_right(rights(workspace), right)


def own_only(connection: Connection, operator: Id) -> list[ColumnElement[bool]]:
    """The condition that a row of a list names the deputy to whose records an operator is confined; none for everybody else."""
    deputy = rights_of(operator, operators_in(connection)).deputy
    return [func.instr(CurrentRow.body, deputy) > 0] if deputy else []


def check_seen(connection: Connection, operator: Id, record: Record) -> None:
    """Raises `Refused("not_own_to_see")` where a record is opened by an operator who is confined to others.

    Whatever reads one record by its identifier asks here: the lists of who is confined are narrowed by `own_only`.
    """
    if record.traits.name in SHARED:
        return
    deputy = rights_of(operator, operators_in(connection)).deputy
    if deputy and not is_own(connection, record, deputy) and not _has_part_in(connection, record.id, deputy):
        raise Refused("not_own_to_see")


def _has_part_in(connection: Connection, whole: Id, deputy: Id) -> bool:
    """Whether a part of a record, such as a signature, names the deputy."""
    parts = select(CurrentRow.no).where(
        CurrentRow.kind.in_(_NAMED_IN),
        CurrentRow.deleted == False,  # noqa: E712  # as the index has it
        or_(member("visit") == whole, member("suggestion") == whole),
        func.instr(CurrentRow.body, deputy) > 0,
    )
    return connection.execute(parts.limit(1)).first() is not None


def may_see_contact(workspace: Workspace, connection: Connection, person: Record) -> bool:
    """Whether an operator sees somebody's name and telephone in full: by right, as their own entry, or as a deputy's own."""
    granted = rights_in(connection, workspace.author.op, workspace.author.by)
    if granted.may(Right.CONTACTS):
        return True
    if granted.deputy and is_own(connection, person, granted.deputy):
        return True
    lines = connection.scalars(select(JournalRow.line).where(JournalRow.record == person.id, JournalRow.rev.is_not(None)))
    return any(read_kept(line).op == workspace.author.op for line in lines)
