"""Issues that say much the same as what a resident is saying: the pieces of text they share are counted, nothing is guessed."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import Connection, text

from app.domain.encounter import Encounter
from app.domain.issue import Issue
from app.domain.life import IssueState
from app.domain.search import fold, phrase_words
from app.domain.values import Code, Id
from app.queries.persons import listed_person
from app.queries.relations import by_ids, of_id
from app.workspace import Workspace

LIKE: Final = 0.2
"""The share of common pieces from which an issue is shown."""

VERY_LIKE: Final = 0.4
_PIECE: Final = 2  # characters: the shortest thing that means something in Chinese
_FEWEST: Final = 4  # pieces in common below which a likeness is chance
_PROBES: Final = 24  # pieces looked up; each costs a look into the index
_NEAREST: Final = 40  # issues read and compared
_SENSE: Final = re.compile(r"[^\W_]+")

# The index weighs a piece by how rare it is: what everybody says decides nothing.
_CANDIDATES: Final = text(
    "SELECT current.id FROM search_index JOIN current ON current.no = search_index.rowid"
    " WHERE search_index MATCH :words AND current.kind = 'issue' AND NOT current.deleted"
    " ORDER BY search_index.rank LIMIT :most"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SimilarIssue:
    """An issue of before; `share` says how much of the shorter text is in the longer one, between 0 and 1."""

    id: Id
    title: str
    on: date | None
    person: str
    state: Code[IssueState]
    share: float


def similar_issues(workspace: Workspace, words: str, besides: Collection[Id] = (), most: int = 3) -> tuple[SimilarIssue, ...]:
    """The issues nearest to `words`, the nearest first, none of those named by `besides`; nothing for a few characters."""
    pieces = _pieces(words)
    if len(pieces) < _FEWEST:
        return ()
    with workspace.reading() as connection:
        near = ((_share(pieces, _pieces(f"{each.subject}\n{each.words}")), each) for each in _candidates(connection, pieces))
        like = [(share, each) for share, each in near if share >= LIKE and each.id not in besides]
        nearest = sorted(like, key=lambda pair: -pair[0])[:most]
        return tuple(_shown(connection, each, share) for share, each in nearest)


def _candidates(connection: Connection, pieces: Collection[str]) -> list[Issue]:
    step = -(-len(pieces) // _PROBES)  # spread over the whole text: the matter seldom stands in the first sentence
    words = " OR ".join(phrase_words(each) for each in tuple(pieces)[::step])
    found = connection.execute(_CANDIDATES, {"words": words, "most": _NEAREST})
    return by_ids(connection, Issue, [row.id for row in found])


def _pieces(words: str) -> dict[str, None]:
    """Every run of two characters once, in the order of the text, punctuation and blanks apart."""
    runs = _SENSE.findall(fold(words))
    return dict.fromkeys(run[at : at + _PIECE] for run in runs for at in range(len(run) - _PIECE + 1))


def _share(said: Mapping[str, None], other: Mapping[str, None]) -> float:
    common = len(said.keys() & other.keys())
    return common / min(len(said), len(other)) if common >= _FEWEST else 0.0


def _shown(connection: Connection, issue: Issue, share: float) -> SimilarIssue:
    person = of_id(connection, Encounter, issue.encounter)
    return SimilarIssue(
        id=issue.id,
        title=issue.title(),
        on=issue.received_on,
        person=listed_person(person, confidential=issue.confidential),
        state=issue.state,
        share=share,
    )
