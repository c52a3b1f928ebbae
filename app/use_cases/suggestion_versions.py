"""Two computers wrote at one draft: a person says whose words stand; the others stay in the history."""

from dataclasses import replace

from app.domain.suggestion import Suggestion, text_is_open
from app.domain.values import Id
from app.errors import Refused
from app.queries.suggestion_versions import versions_beside
from app.use_cases.suggestions import Drafted
from app.workspace import Workspace


def settle_version(workspace: Workspace, id: Id, rev: Id = "") -> Drafted:
    """Let the words that are shown stand, or with `rev` those of that version, on top of all of them.

    Raises `Refused("record_missing" | "text_frozen" | "version_settled")`.
    """
    with workspace.writing() as books:
        stored = books.records.get(Suggestion, id)
        if not text_is_open(stored.record):
            raise Refused("text_frozen", id=id, state=stored.record.state)
        words = stored.record
        if rev:
            chosen = next((each for each in versions_beside(books.connection, id) if each.rev == rev), None)
            if chosen is None:
                raise Refused("version_settled")
            words = replace(words, subject=chosen.subject, text=chosen.text)
        books.records.save(words, seen=stored.heads)
    return Drafted(id=id)
