"""L9: the same matter was put forward in an earlier year (多年提出); the writer is led to the answer of then."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.domain.hint import Hint, HintGroup, Place
from app.domain.search import places_of
from app.domain.suggestion import Suggestion
from app.domain.values import Id


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """A suggestion of an earlier year, and the words that it and this one have in common."""

    id: Id
    title: str
    year: int
    words: tuple[str, ...]


def raised_before(suggestion: Suggestion, earlier: Sequence[Earlier]) -> Iterator[Hint]:
    """One hint on all of them, the nearest named; none where the form says already for how long the matter is raised."""
    if not earlier or suggestion.years_raised:
        return
    yield Hint(
        code="raised_before",
        field="years_raised",
        group=HintGroup.CONTENT,
        rule="L9",
        places=tuple(_places(suggestion, earlier[0])),
        words="\n".join(sorted(each.id for each in earlier)),
        facts={
            "title": earlier[0].title.strip("《》"),
            "year": earlier[0].year,
            "others": len(earlier) - 1 or None,
            "words": tuple(earlier[0].words),
        },
    )


def _places(suggestion: Suggestion, nearest: Earlier) -> Iterator[Place]:
    """Where the words in common stand first: in the title, else in the text."""
    for name, text in (("subject", suggestion.subject), ("text", suggestion.text)):
        for words in nearest.words:
            if at := next(places_of(text, words), None):
                paragraph = sum(bool(line.strip()) for line in text[: at[0] + 1].split("\n")) if name == "text" else 0
                yield Place(field=name, start=at[0], end=at[1], paragraph=paragraph)
                return
