"""The files of a record."""

from sqlalchemy import Connection

from app.domain.attachment import Attachment
from app.domain.values import Id
from app.queries.relations import found, member
from app.workspace import Workspace


def attachments_of(workspace: Workspace, id: Id) -> tuple[Attachment, ...]:
    """The files of a record, in the order they were added."""
    with workspace.reading() as connection:
        return files_of(connection, id)


def files_of(connection: Connection, id: Id) -> tuple[Attachment, ...]:
    """The same, where a question is being answered already."""
    return tuple(found(connection, Attachment, member("of") == id))
