"""Suggestions and the word processor: one written out as .docx, and a draft read that somebody wrote elsewhere."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from app.changes import Changes
from app.domain.beginning import Beginning
from app.domain.papers import PaperName
from app.domain.values import Id
from app.errors import Refused
from app.files import disk_told, plain_name
from app.queries.suggestion_paper import suggestion_paper
from app.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class WordFile:
    """A paper as a Word file, and what such a file is called; `noted` says whether the journal tells of it."""

    content: bytes
    file_name: str
    noted: bool = False
    changes: Changes = Changes.NOTHING


def write_word(workspace: Workspace, id: Id, hand_over: Callable[[WordFile], None]) -> WordFile:
    """Hand a suggestion over as .docx, noted as a print is; whose deputies' identity is confidential names none of them.

    Beside another writer it is handed over without a note. Raises `Refused("record_missing")`.
    """
    from app.documents.suggestion_word import suggestion_word  # its library takes a moment to load

    paper = suggestion_paper(workspace, id)
    made = WordFile(content=suggestion_word(paper, workspace.clock.now()), file_name=word_name(paper.subject))
    return hand_over_word(workspace, PaperName.SUGGESTION, id, made, hand_over)


def hand_over_word(
    workspace: Workspace, name: PaperName, id: Id, made: WordFile, hand_over: Callable[[WordFile], None]
) -> WordFile:
    """Hand a Word file over and note it as a print of a record's paper; beside another writer without a note."""
    if not workspace.writable:
        hand_over(made)
        return made
    noted = replace(made, noted=True)
    with workspace.writing() as books:
        books.note("print", {"paper": name.value, "format": "docx", "sha256": sha256(made.content).hexdigest()}, id)
        hand_over(noted)
    return noted


def read_draft_file(path: Path) -> Beginning:
    """Title and text of a .docx or .txt; raises what `app.documents.draft_file` raises, and `Refused("file_large")`."""
    from app.documents.draft_file import LARGEST, read_draft

    with disk_told(path), path.open("rb") as file:
        content = file.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise Refused("file_large", path=path.name, most=LARGEST)
    return read_draft(content, path.name)


def word_name(subject: str) -> str:
    """The title as a file is called, without what no file system takes."""
    plain = "".join(each for each in subject if each.isprintable() and each not in '\\/:*?"<>|').strip(" .")
    return plain_name(f"{plain[:80] or '代表建议'}.docx")
