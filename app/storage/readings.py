"""How Chinese characters are read; the library that knows is loaded when a name is saved or sorted by, never at a start."""

import os
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import Final

from app.domain.pinyin import SYLLABLES

_NAME: Final = 4  # characters; a longer text is no name of a person
_SURNAMES: Final[Mapping[str, str]] = {
    "仇": "qiu",
    "单": "shan",
    "区": "ou",
    "召": "shao",
    "尉": "yu",
    "曾": "zeng",
    "朴": "piao",
    "查": "zha",
    "盖": "ge",
    "种": "chong",
    "缪": "miao",
    "翟": "zhai",
    "解": "xie",
    "覃": "qin",
}
"""Surnames that are read otherwise than the same character mostly is."""


@lru_cache(maxsize=20_000)
def sound_key(text: str | None) -> str:
    """By what a name or title is sorted: its syllables, each before its character, as a dictionary has them."""
    return "".join(_sounds(text or ""))


def _sounds(text: str) -> Iterator[str]:
    for place, character in enumerate(text):
        surname = _SURNAMES.get(character) if not place and len(text) <= _NAME else None
        syllable = surname or next(iter(readings(character)), "")
        # The blank comes before every letter: zhan stands before zhang, whatever the characters.
        yield f"{syllable} {character}" if syllable else character.casefold()


@cache
def readings(character: str) -> tuple[str, ...]:
    """The syllables by which a character is read, the usual one first; none for what is not read in Chinese."""
    if character.isascii():
        return ()
    # Every character is asked for alone, so that the library needs none of its phrases, three quarters of its size.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")
    from pypinyin import Style, pinyin

    (told,) = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore") or [[]]
    return tuple(dict.fromkeys(each for each in told if each in SYLLABLES))
