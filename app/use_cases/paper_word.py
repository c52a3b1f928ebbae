"""Papers saved as Word files, for an office that goes on editing them."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from app.domain.bulletin_paper import BulletinPaper
from app.domain.outline import Outlined
from app.domain.papers import Shown, Trait
from app.domain.rights import Right
from app.errors import Refused
from app.files import write_whole
from app.queries.rights import check_may
from app.use_cases.papers import Asked, facts_of, shown_on
from app.workspace import Workspace

FORMAT: Final = ".docx"


@dataclass(frozen=True, slots=True)
class SavedWord:
    """The file, how many records are in it, and whether the journal tells of it."""

    path: Path
    records: int
    noted: bool


def save_word(workspace: Workspace, asked: Asked, path: Path) -> SavedWord:
    """Write a paper marked `Trait.WORD`, with what it tells on paper and no more; the journal notes it where it can be written.

    Raises what `composed_paper` raises before it is set, `Refused("not_allowed")`, `Refused("word_format", path)` for another
    ending, `Refused("paper_is_no_text", paper)`, `Unavailable("disk_…")`.
    """
    check_may(workspace, Right.WORK)
    if path.suffix.lower() != FORMAT:
        raise Refused("word_format", path=str(path))
    if Trait.WORD not in asked.name.traits:
        raise Refused("paper_is_no_text", paper=asked.name)
    shown = shown_on(workspace, asked)
    content = _written(shown, workspace.clock.now())
    if not workspace.writable:
        write_whole(path, content)
        return SavedWord(path, shown.records, noted=False)
    with workspace.writing() as books:
        books.note("print", {**facts_of(asked), "records": shown.records, "format": FORMAT[1:]}, asked.id or None)
        write_whole(path, content)
    return SavedWord(path, shown.records, noted=True)


def _written(shown: Shown, made: datetime) -> bytes:
    # Late, for the library takes a moment to load, which no start should wait for.
    if isinstance(shown, BulletinPaper):
        from app.documents.bulletin_word import bulletin_word

        return bulletin_word(shown, made)
    from app.documents.outlined_word import outlined_word

    assert isinstance(shown, Outlined)  # every other paper that is marked so
    return outlined_word(shown, made)
