"""The files of a record, and how they came and went: told by their number, for a batch of photographs is one deed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

from sqlalchemy import Connection, select

from app.domain.attachment import Attachment
from app.domain.revisions import Revision, read_line
from app.domain.values import Id
from app.queries.record import moment_of
from app.queries.relations import found, member, titles
from app.storage.tables import CurrentRow, JournalRow
from app.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class FilesChange:
    """Files that one person added (`first_saved`), removed or brought back (`restored`) within a minute.

    A single one is told by its name.
    """

    at: datetime
    rev: Id
    event: str
    operator: str
    seat: str
    count: int = 1
    name: str = ""


def attachments_of(workspace: Workspace, id: Id) -> tuple[Attachment, ...]:
    """The files of a record, in the order they were added."""
    with workspace.reading() as connection:
        return files_of(connection, id)


def files_of(connection: Connection, id: Id) -> tuple[Attachment, ...]:
    """The same, where a question is being answered already."""
    return tuple(found(connection, Attachment, member("of") == id))


def files_changes(connection: Connection, ids: Sequence[Id]) -> tuple[FilesChange, ...]:
    """How the files of these records came and went, oldest first."""
    owned = select(CurrentRow.id).where(CurrentRow.kind == Attachment.traits.name, member("of").in_(ids))
    question = select(JournalRow.line).where(JournalRow.record.in_(owned), JournalRow.rev.is_not(None)).order_by(JournalRow.seq)
    lines = connection.execute(question).scalars().all()
    names = titles(connection, "operator") if lines else {}
    met: set[Id] = set()
    changes = []
    for revision in map(read_line, lines):
        changes.append(_change(revision, names, again=revision.id in met))
        met.add(revision.id)
    return tuple(_together(changes))


def _change(revision: Revision, names: Mapping[Id, str], *, again: bool) -> FilesChange:
    return FilesChange(
        at=moment_of(revision.hlc),
        rev=revision.rev,
        event="removed" if revision.deleted else "restored" if again else "first_saved",
        operator=names.get(revision.op, ""),
        seat=revision.by,
        name=str(revision.body.get("name", "")),
    )


def _together(changes: Sequence[FilesChange]) -> Iterator[FilesChange]:
    """One for those that follow each other within a minute, by one person at one computer."""
    for _same, group in groupby(
        changes, lambda each: (each.at.replace(second=0, microsecond=0), each.event, each.operator, each.seat)
    ):
        several = list(group)
        yield several[0] if len(several) == 1 else replace(several[0], count=len(several), name="")
