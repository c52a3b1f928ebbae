"""What a person typed into the search field, and what it must be compared with."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

BLANK: Final = "\u2420"
"""Stands for white space in the index, so that a phrase is exact across it (decision 25)."""

_BETWEEN_FIELDS: Final = "\u2421"  # folded to white space where somebody wrote it, so no phrase reaches into the next field
_BLANKS: Final = frozenset({BLANK, _BETWEEN_FIELDS, "\u180e"})  # the last was white space in the Unicode that the index knows
_NO_CHARACTERS: Final = frozenset("\ufffe\uffff")  # the index cannot tell them from the sign that replaces them

_QUOTED: Final = re.compile(r'"([^"]*)"|“([^“”]*)”|(\S+)')


@dataclass(frozen=True, slots=True)
class Query:
    """Phrases that must all occur, each already folded and not empty."""

    phrases: tuple[str, ...]


@lru_cache(maxsize=16)  # a record's texts are folded for their characters, their sound and their pieces
def fold(text: str) -> str:
    """The text as the index sees it: case and width folded, every run of white space one blank, none at the ends."""
    return " ".join(text.translate(_FOLDING).split())


def places_of(text: str, phrase: str) -> Iterator[tuple[int, int]]:
    """Where a folded phrase stands in a text as it was written, from and to, first to last, none in another."""
    if not phrase or phrase not in fold(text):
        return
    folded, origin = _folded_with_places(text)
    at = folded.find(phrase)
    while at >= 0:
        yield origin[at], origin[at + len(phrase) - 1] + 1
        at = folded.find(phrase, at + len(phrase))


def _folded_with_places(text: str) -> tuple[str, list[int]]:
    """The folded text, but for blanks at its ends, and for each of its characters the one it came from."""
    parts: list[str] = []
    origin: list[int] = []
    for place, character in enumerate(text):
        for folded in _FOLDING[ord(character)]:
            if not (folded == " " and parts and parts[-1] == " "):
                parts.append(folded)
                origin.append(place)
    return "".join(parts), origin


def understood(typed: str) -> Query:
    """The query of a typed text: words between blanks must all occur, words between quotation marks as one phrase."""
    parts = ("".join(found.groups(default="")) for found in _QUOTED.finditer(typed))
    return Query(tuple(dict.fromkeys(phrase for part in parts if (phrase := fold(part)))))


def indexed(texts: Iterable[str]) -> str:
    """What the character index is given for a record: every character a word of its own, its fields kept apart."""
    return " ".join(_BETWEEN_FIELDS.join(fold(text) for text in texts).replace(" ", BLANK))


def phrase_words(phrase: str) -> str:
    """A folded phrase as the index's query language wants it: its characters as one quoted phrase."""
    return '"' + " ".join(phrase.replace(" ", BLANK)).replace('"', '""') + '"'


class _Folding(dict[int, str]):
    """What each character becomes, found out when it is first met: a text is folded by one call, not one a character."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _folded(chr(code))
        return folded


_FOLDING: Final = _Folding()


def _folded(character: str) -> str:
    if character in _BLANKS or unicodedata.category(character) in {"Zs", "Zl", "Zp", "Cc", "Cs"}:
        return " "
    if character in _NO_CHARACTERS:
        return "\ufffd"
    if unicodedata.east_asian_width(character) in "FH":
        character = unicodedata.normalize("NFKC", character)
    return character.casefold()
