"""The versions of a suggestion's title and text, one for each save that changed them, as the journal kept them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.domain.revisions import read_kept
from app.domain.suggestion import Suggestion
from app.domain.values import Id
from app.domain.written_text import counted
from app.errors import Refused
from app.queries.record import moment_of
from app.queries.relations import titles
from app.storage.tables import JournalRow
from app.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class TextVersion:
    """Title and text as one save left them: when, by whom, and whether at another computer; `number` counts from 1.

    `rev` is empty for what was typed and not saved.
    """

    number: int
    rev: Id
    at: datetime | None = None
    operator: str = ""
    elsewhere: bool = False
    subject: str
    text: str

    @property
    def characters(self) -> int:
        """How long the text is, as offices count it."""
        return counted(self.text)

    def says(self, subject: str, text: str) -> bool:
        """Whether these are its title and text."""
        return (self.subject, self.text) == (subject, text)


def text_versions(workspace: Workspace, id: Id) -> tuple[TextVersion, ...]:
    """Every version, the newest first; saves that changed other fields alone, and what was erased, are passed over.

    Raises `Refused("record_missing")`.
    """
    found = tuple(_versions(workspace, id))
    if not found:
        raise Refused("record_missing", kind=Suggestion.traits.name, id=id)
    return found[::-1]


def _versions(workspace: Workspace, id: Id) -> Iterator[TextVersion]:
    lines = select(JournalRow.line).where(JournalRow.record == id, JournalRow.rev.is_not(None)).order_by(JournalRow.seq)
    with workspace.reading() as connection:
        revisions = [read_kept(line) for line in connection.scalars(lines)]
        names = titles(connection, "operator")
    last: tuple[str, str] | None = None
    number = 0
    for each in revisions:
        if each.kind != Suggestion.traits.name or each.deleted or not each.salt:
            continue
        words = str(each.body.get("subject", "")), str(each.body.get("text", ""))
        if words == last:
            continue
        last, number = words, number + 1
        yield TextVersion(
            number=number,
            rev=each.rev,
            at=moment_of(each.hlc),
            operator=names.get(each.op, ""),
            elsewhere=each.by != workspace.author.by,
            subject=words[0],
            text=words[1],
        )
