"""What a person typed into the search field, and what it must be compared with."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final

BLANK: Final = "\u2420"
"""Stands for white space in the index, so that a phrase is exact across it (decision 25)."""

_BETWEEN_FIELDS: Final = "\u2421"  # nobody types it, so no phrase reaches from one field into the next

_QUOTED: Final = re.compile(r'"([^"]*)"|“([^“”]*)”|(\S+)')


@dataclass(frozen=True, slots=True)
class Query:
    """Phrases that must all occur, each already folded and not empty."""

    phrases: tuple[str, ...]


def fold(text: str) -> str:
    """The text as the index sees it: case and width folded, every run of white space one blank, none at the ends."""
    return " ".join("".join(_folded(character) for character in text).split())


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


@cache
def _folded(character: str) -> str:
    category = unicodedata.category(character)
    if category in {"Zs", "Zl", "Zp", "Cc", "Cs"}:
        return " "
    if unicodedata.east_asian_width(character) in "FH":
        character = unicodedata.normalize("NFKC", character)
    return character.casefold()
