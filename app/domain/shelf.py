"""The shelf beside the editor: what rules say, how a suggestion is written, and whole examples; found by their words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app.domain.search import fold, places_of, understood

_AROUND: Final = 18  # characters that an excerpt shows before the first word found, and three times as many behind it


class Board(StrEnum):
    """On which board of the shelf an entry stands."""

    RULES = "rules"
    GUIDE = "guide"
    EXAMPLES = "examples"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry: `nature` says in the reader's words whether it is quoted, told in other words, or invented.

    `see` are the codes of entries that belong to it; those of the rules behind hints are among them.
    """

    code: str
    board: Board
    title: str
    source: str
    nature: str
    text: str
    see: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An entry in which all that is sought occurs; `excerpt` is its text around the first place, else its beginning."""

    entry: Entry
    excerpt: str


def phrases(typed: str) -> tuple[str, ...]:
    """What is sought: words apart by blanks must all occur, each as it stands; case and width do not matter."""
    return understood(typed).phrases


def look(entries: Iterable[Entry], typed: str) -> tuple[Found, ...]:
    """The entries in which everything typed occurs: those that name it in the title first; without words all of them."""
    sought = phrases(typed)
    having = [each for each in entries if all(_says(each, phrase) for phrase in sought)]
    having.sort(key=lambda each: not all(phrase in fold(f"{each.code} {each.title}") for phrase in sought))
    return tuple(Found(entry=each, excerpt=_excerpt(each.text, sought)) for each in having)


def marks(text: str, typed: str) -> tuple[tuple[int, int], ...]:
    """Which characters of a text are what was typed, from and to, in their order and none in another."""
    found = sorted(place for phrase in phrases(typed) for place in places_of(text, phrase))
    return tuple(_apart(found))


def with_code(entries: Iterable[Entry], code: str) -> Entry | None:
    """The entry of this code, capital or small; none where there is no such entry."""
    return next((each for each in entries if each.code.casefold() == code.casefold()), None)


def _says(entry: Entry, phrase: str) -> bool:
    return any(phrase in fold(each) for each in (entry.code, entry.title, entry.source, entry.text))


def _excerpt(text: str, sought: Iterable[str]) -> str:
    first = min((place[0] for phrase in sought for place in places_of(text, phrase)), default=0)
    start = max(0, first - _AROUND)
    piece = " ".join(text[start : first + 3 * _AROUND].split())
    return ("…" if start else "") + piece + ("…" if first + 3 * _AROUND < len(text) else "")


def _apart(places: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    end = 0
    for start, to in places:
        if start >= end:
            yield start, to
            end = to
