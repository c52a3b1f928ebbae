"""An earlier version of a suggestion's title and text, saved once more on top of all since."""

from dataclasses import replace

from app.domain.suggestion import Suggestion
from app.domain.values import Id
from app.errors import Refused
from app.queries.text_versions import text_versions
from app.use_cases.suggestions import Drafted
from app.workspace import Workspace


def take_text_back(workspace: Workspace, id: Id, number: int) -> Drafted:
    """Save title and text of the version of this number again: a change like any other, and undone like any other.

    Raises `Refused("record_missing" | "version_missing" | "text_frozen")`.
    """
    version = next((each for each in text_versions(workspace, id) if each.number == number), None)
    if version is None:
        raise Refused("version_missing", number=number)
    with workspace.writing() as books:
        stored = books.records.get(Suggestion, id)
        books.records.save(replace(stored.record, subject=version.subject, text=version.text), seen=stored.heads)
    return Drafted(id=id)
