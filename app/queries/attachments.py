"""The files of a record."""

from collections.abc import Sequence

from sqlalchemy import Connection, func, or_, select

from app.domain.attachment import Attachment
from app.domain.encounter import Encounter
from app.domain.values import Id
from app.queries.relations import found, ids_of, member, standing
from app.storage.attachment_files import AttachmentFile, all_files
from app.storage.tables import CurrentRow
from app.workspace import Workspace


def attachments_of(workspace: Workspace, id: Id) -> tuple[Attachment, ...]:
    """The files of a record, in the order they were added."""
    with workspace.reading() as connection:
        return files_of(connection, id)


def attachments_within(workspace: Workspace, id: Id) -> tuple[Attachment, ...]:
    """The files of a record and of the people met at it, whose signed forms are theirs; in the order they were added."""
    people = ids_of(Encounter.traits.name, member("visit") == id)
    with workspace.reading() as connection:
        return tuple(found(connection, Attachment, or_(member("of") == id, member("of").in_(people))))


def files_of_many(workspace: Workspace, ids: Sequence[Id]) -> dict[Id, int]:
    """How many files each of these records has; those without any are left out."""
    with workspace.reading() as connection:
        return count_files(connection, ids)


def count_files(connection: Connection, ids: Sequence[Id]) -> dict[Id, int]:
    """The same, where a question is being answered already."""
    of = member("of")
    question = select(of.label("of"), func.count().label("many")).where(standing("attachment"), of.in_(ids)).group_by(of)
    return {row.of: row.many for row in connection.execute(question)}


def contents_unnamed(connection: Connection) -> list[AttachmentFile]:
    """Stored contents that no attachment names, removed ones included: what was removed can be brought back."""
    named = select(member("sha256")).where(CurrentRow.kind == Attachment.traits.name)
    known = set(connection.scalars(named))
    return [each for each in all_files(connection) if each.sha256 not in known]


def files_of(connection: Connection, id: Id) -> tuple[Attachment, ...]:
    """The same, where a question is being answered already."""
    return tuple(found(connection, Attachment, member("of") == id))
