"""Search over everything a station has recorded, exact from the first character."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import text

from app.domain.search import understood
from app.domain.values import Id
from app.storage.search_index import match_words
from app.workspace import Workspace

_COUNT: Final = text("SELECT count(*) FROM search_index WHERE search_index MATCH :words")
_NEWEST: Final = text(
    "SELECT current.kind, current.id, current.title, current.day"
    " FROM (SELECT rowid AS no FROM search_index WHERE search_index MATCH :words ORDER BY rowid DESC LIMIT :most) AS found"
    " JOIN current ON current.no = found.no ORDER BY current.no DESC"
)


@dataclass(frozen=True, slots=True)
class Hit:
    """One record found, as a list shows it."""

    kind: str
    id: Id
    title: str
    date: str | None


@dataclass(frozen=True, slots=True)
class Found:
    """How many records hold what was typed, and the newest of them."""

    total: int
    hits: tuple[Hit, ...]


def search(workspace: Workspace, typed: str, limit: int = 50) -> Found:
    """The records that hold every phrase typed, the last entered first; nothing typed finds nothing."""
    query = understood(typed)
    if not query.phrases:
        return Found(0, ())
    words = match_words(query)
    with workspace.reading() as connection:
        total = connection.execute(_COUNT, {"words": words}).scalar_one()
        rows = connection.execute(_NEWEST, {"words": words, "most": limit}).all()
    return Found(total, tuple(Hit(*row) for row in rows))
