"""Issues that say much the same as what a resident is saying: pieces that few texts have are counted, nothing is guessed."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import Connection, bindparam, text

from app.domain.encounter import Encounter
from app.domain.issue import Issue
from app.domain.life import IssueState
from app.domain.likeness import FEWEST, agreed_on, pieces, share_of, shared_words, telling, telling_beside, told_by
from app.domain.persons import listed_person, withheld
from app.domain.records import compared_texts
from app.domain.search import fold
from app.domain.values import Code, Id
from app.errors import Refused
from app.queries.attachments import files_of
from app.queries.relations import by_ids, of_id, title_of
from app.queries.rights import check_seen, own_only
from app.workspace import Workspace

LIKE: Final = 0.02
"""How much of what tells most about a text an issue must share to be shown."""

VERY_LIKE: Final = 0.25

_FIRST: Final = 5  # first answers that say what else to look for
_PASSED_OVER: Final = 5  # issues that may say of themselves that they are no such matter

_TOTAL: Final = text("SELECT count(*) FROM current WHERE kind = 'issue' AND NOT deleted")
_SPREAD: Final = text("SELECT term, doc FROM search_index_pieces WHERE term IN :terms AND col = 'pieces'").bindparams(
    bindparam("terms", expanding=True)
)
# The index weighs a piece by how rare it is (BM25): what everybody says decides nothing.
_NEAREST: Final = text(
    "SELECT current.id"
    " FROM (SELECT rowid AS no, rank FROM search_index WHERE search_index MATCH :words ORDER BY rank LIMIT :most) AS found"
    " JOIN current ON current.no = found.no WHERE current.kind = 'issue' AND NOT current.deleted ORDER BY found.rank"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SimilarIssue:
    """An issue of before; `share` says how much of what tells most about the text it has, between 0 and 1, `words` what.

    `place` is where the matter is, else the village of a resident who may be named; `same_place` says that the text is of it too.
    """

    id: Id
    title: str
    on: date | None
    place: str
    same_place: bool
    person: str
    state: Code[IssueState]
    share: float
    words: tuple[str, ...]

    @property
    def very(self) -> bool:
        """Whether the two say very much the same."""
        return self.share >= VERY_LIKE


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedIssue:
    """An issue as it stands beside another one: its words in full, who raised it (masked), and where it stands."""

    issue: Issue
    person: str
    unit: str
    files: int


def similar_issues(
    workspace: Workspace, words: str, besides: Collection[Id] = (), most: int = 3, *, to: Id = "", at: str = ""
) -> tuple[SimilarIssue, ...]:
    """The issues nearest to `words`, the nearest first, none of those named by `besides`; nothing for a few characters.

    Those of which somebody said that they are another matter than the issue `to` are passed over. `at` is the place of the
    matter, where it is known beside the words.
    """
    counts = Counter(pieces(words))
    if len(counts) < FEWEST:
        return ()
    with workspace.reading() as connection:
        spread, total = _spread(connection, counts), connection.execute(_TOTAL).scalar_one()
        weights = told_by(counts, spread, total)
        many = most + len(besides) + (_PASSED_OVER if to else 0)
        sought = telling(weights, spread)
        # Asked again with what the first answers agree on: an estate has two names, a matter many words.
        first = _nearest(connection, sought, _FIRST + len(besides), workspace.author.op)
        agreed = agreed_on([_pieces_of(each) for each in first if each.id not in besides][:_FIRST], sought)
        sought += telling_beside(agreed, _spread(connection, agreed), total, len(sought))
        nearest = _nearest(connection, sought, many, workspace.author.op)
        near = [each for each in nearest if each.id not in besides and to not in each.different]
        told = ((each, _pieces_of(each)) for each in near)
        like = [(each, theirs, share) for each, theirs in told if (share := share_of(weights, theirs)) >= LIKE]
        said = fold(f"{words}\n{at}")
        return tuple(
            _shown(connection, each, share, shared_words(words, theirs, weights), said) for each, theirs, share in like[:most]
        )


def titles_of(workspace: Workspace, ids: Collection[Id]) -> dict[Id, str]:
    """What these issues are called; those that are gone are left out."""
    with workspace.reading() as connection:
        return {each.id: each.title() for each in by_ids(connection, Issue, list(ids))}


def compared_issue(workspace: Workspace, id: Id) -> ComparedIssue:
    """An issue to be read beside another one; raises `Refused("record_missing")`, and as `check_seen` does."""
    with workspace.reading() as connection:
        issue = of_id(connection, Issue, id)
        if issue is None:
            raise Refused("record_missing", kind=Issue.traits.name, id=id)
        check_seen(connection, workspace.author.op, issue)
        person = of_id(connection, Encounter, issue.encounter)
        return ComparedIssue(
            issue=issue,
            person=listed_person(person, confidential=issue.confidential),
            unit=title_of(connection, issue.unit) if issue.unit else "",
            files=len(files_of(connection, id)),
        )


def _spread(connection: Connection, pieces: Collection[str]) -> dict[str, int]:
    """In how many texts each piece stands."""
    return {row.term: row.doc for row in connection.execute(_SPREAD, {"terms": list(pieces)})} if pieces else {}


def _nearest(connection: Connection, sought: Collection[str], most: int, operator: Id) -> list[Issue]:
    if not sought:
        return []
    words = " OR ".join(f'"{each}"' for each in sought)
    ids = [row.id for row in connection.execute(_NEAREST, {"words": f"pieces : ({words})", "most": most})]
    return by_ids(connection, Issue, ids, *own_only(connection, operator))


def _pieces_of(issue: Issue) -> set[str]:
    return {piece for told, _ in compared_texts(issue) for piece in pieces(told)}


def _shown(connection: Connection, issue: Issue, share: float, words: tuple[str, ...], said: str) -> SimilarIssue:
    person = of_id(connection, Encounter, issue.encounter)
    place = issue.place.strip() or _village(issue, person)
    return SimilarIssue(
        id=issue.id,
        title=issue.title(),
        on=issue.received_on,
        place=place,
        same_place=bool(place) and fold(place) in said,
        person=listed_person(person, confidential=issue.confidential),
        state=issue.state,
        share=share,
        words=words,
    )


def _village(issue: Issue, person: Encounter | None) -> str:
    """Where the resident lives, unless that would tell who it was."""
    return "" if person is None or withheld(person, confidential=issue.confidential) else person.village.strip()
