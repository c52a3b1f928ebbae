"""The levels of an official text, 一、（一）1.（1）, as a writer sets them by key (GB/T 9704-2012, 7.3.3)."""

import re
from collections.abc import Sequence
from typing import Final

from app.domain.chinese import numeral

LEVELS: Final = 4
_FIGURE: Final = 3

_MOST: Final = 99
_NUMERALS: Final = {numeral(number): number for number in range(1, _MOST + 1)}
_MARKS: Final = (
    re.compile(r"([一二三四五六七八九十]{1,3})、"),
    re.compile(r"[（(]([一二三四五六七八九十]{1,3})[)）]"),
    re.compile(r"(\d{1,2})[.．](?!\d)\s?"),
    re.compile(r"[（(](\d{1,2})[)）]"),
)


def level_of(line: str) -> int:
    """Which level a line begins, 1 to `LEVELS`; 0 for none."""
    return _read(line)[0]


def with_level(before: Sequence[str], line: str, level: int) -> str:
    """The line as the next one of its level after the lines `before`; a line of that level already loses its mark."""
    given, _number, words = _read(line)
    if given == level:
        return words
    gap = " " if level == _FIGURE and words[:1].isdecimal() else ""  # 1.5 is a number
    return _mark(level, _last(before, level) + 1) + gap + words


def _last(before: Sequence[str], level: int) -> int:
    """The number of the line before of this level, unless a higher level began after it."""
    for line in reversed(before):
        given, number, _words = _read(line)
        if given == level:
            return number
        if given and given < level:
            return 0
    return 0


def _read(line: str) -> tuple[int, int, str]:
    """The level of a line, its number, and its words without mark and indent."""
    words = line.lstrip(" \u3000")
    for level, mark in enumerate(_MARKS, start=1):
        found = mark.match(words)
        if found and (number := _NUMERALS.get(found[1], 0) if level < 3 else int(found[1])):
            return level, number, words[found.end() :].lstrip(" \u3000")
    return 0, 0, words


def _mark(level: int, number: int) -> str:
    told = numeral(min(number, _MOST)) if level < 3 else str(number)
    return ("{}、", "（{}）", "{}.", "（{}）")[level - 1].format(told)
