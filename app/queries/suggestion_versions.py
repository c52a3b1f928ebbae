"""The words of a suggestion that two computers wrote at once: what is shown, and what stands beside it and is not shown."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from app.domain.revisions import is_erased, read_kept
from app.domain.suggestion import Suggestion
from app.domain.values import Id
from app.queries.record import moment_of
from app.queries.relations import one_with_heads, title_of
from app.storage.tables import JournalRow
from app.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherVersion:
    """Title and text as the other computer saved them; `rev` names that version."""

    rev: Id
    subject: str
    text: str
    operator: str
    at: datetime


def other_versions(workspace: Workspace, id: Id) -> tuple[OtherVersion, ...]:
    """The versions of title and text among which nobody has decided yet, but the one that is shown; the newest first."""
    with workspace.reading() as connection:
        return versions_beside(connection, id)


def versions_beside(connection: Connection, id: Id) -> tuple[OtherVersion, ...]:
    """The same, where a question is being answered already."""
    stored = one_with_heads(connection, Suggestion, id)
    if stored is None or len(stored.heads) < 2:
        return ()
    lines = connection.scalars(select(JournalRow.line).where(JournalRow.rev.in_(stored.heads)))
    found = []
    for revision in (read_kept(line) for line in lines if not is_erased(line)):
        subject, text = str(revision.body.get("subject", "")), str(revision.body.get("text", ""))
        if (subject, text) != (stored.record.subject, stored.record.text) and not revision.deleted:
            operator = title_of(connection, revision.op)
            found.append(
                OtherVersion(rev=revision.rev, subject=subject, text=text, operator=operator, at=moment_of(revision.hlc))
            )
    return tuple(sorted(found, key=lambda each: each.at, reverse=True))
