"""Where a Chinese line may end.

No closing mark begins a line and no opening one ends it; —— and …… stay whole (GB/T 15834-2011, 5.1), and so do numbers, dates
and Latin words, as long as a line can hold them. Marks that meet are set closer; one that ends a line may leave its blank
half in the margin. Blanks at a break hang behind the line, so that the lines joined are the text.
"""

import re
from bisect import bisect_right
from collections.abc import Mapping
from itertools import accumulate
from typing import Final, NamedTuple

NOT_FIRST: Final = frozenset("，。、；：？！）》〉」』】〕〗］｝〞”’…—–·・．％‰℃°′″々～〜－／,.;:?!)]}%-/")
"""What begins no line."""
NOT_LAST: Final = frozenset("（《〈「『【〔〖［｛〝“‘￥＄£$([{／/")
"""What ends no line."""
_CLOSED: Final = "，。、；：）》〉」』】〕〗”’"
_OPENED: Final = "（《〈「『【〔〖“‘"
TIGHT: Final = re.compile(f"[{_CLOSED}](?=[{_CLOSED}{_OPENED}])|(?<=[{_OPENED}])[{_OPENED}]")
"""A mark whose blank half meets another mark: it gives up `HALF`, so that two marks leave no hole in the line."""
HALF: Final = 0.5
BLANKS: Final = " \u3000"
"""They hang behind the line that they end."""
BLANK: Final = frozenset(BLANKS)

_LETTER: Final = "0-9A-Za-z\u00c0-\u024f\u0370-\u03ff\u0400-\u04ff\uff10-\uff19\uff21-\uff3a\uff41-\uff5a"
_DAY: Final = "[0-9]{2,4}年[0-9]{1,2}月(?:[0-9]{1,2}日)?|[0-9]{1,2}月[0-9]{1,2}日|[0-9]{1,2}[时点][0-9]{1,2}分?"
_WORD: Final = f"[{_LETTER}]+(?:[-.,:/@_+~'’&#=?%]+[{_LETTER}]+)*"
_PART: Final = "[0-9]{1,4}[年月日时点分秒]"
_PAIR: Final = "—{2,}|…{2,}"
_DATES: Final = re.compile(_DAY)
_WORDS: Final = re.compile(_WORD)
_PARTS: Final = re.compile(_PART)
_PAIRS: Final = re.compile(_PAIR)
WHOLE: Final = re.compile(f"{_PAIR}|{_WORD}")
"""Numbers, Latin words, doubled marks: no room is laid between their characters either."""
_SLACK: Final = 0.0005  # ems: what rounding may add


class Line(NamedTuple):
    """One line: its text with the blanks that hang behind it, the width in points of what is seen, whether a paragraph ends."""

    text: str
    width: float
    last: bool


def broken(text: str, widths: Mapping[str, float], size: float, width: float, indent: float = 0.0) -> list[Line]:
    """The lines of a text, every `\\n` beginning a paragraph; `widths` in ems, all else in points.

    A line is wider than `width` only where one single character is.
    """
    lines: list[Line] = []
    for paragraph in text.split("\n"):
        reach = [0.0, *accumulate(_advances(paragraph, widths))]
        if reach[-1] * size <= width - indent:
            lines.append(Line(paragraph, reach[len(paragraph.rstrip(BLANKS))] * size, True))
        else:
            lines += _Paragraph(paragraph, reach, size).lines(width / size, indent / size)
    return lines


def _advances(text: str, widths: Mapping[str, float]) -> list[float]:
    """How far each character takes the line, in ems."""
    advances = [*map(widths.__getitem__, text)]
    for mark in TIGHT.finditer(text):
        advances[mark.start()] -= HALF
    return advances


class _Paragraph:
    """A text longer than a line; `reach` tells how far each of its places lies from its beginning, in ems."""

    def __init__(self, text: str, reach: list[float], size: float) -> None:
        self.text, self.reach, self.size = text, reach, size
        self._inner: list[frozenset[int]] | None = None

    def lines(self, width: float, indent: float) -> list[Line]:
        """Its lines at a width in ems."""
        lines, start, room = [], 0, width - indent
        while start < len(self.text):
            end = self._end(start, room)
            text = self.text[start:end]
            seen = self.reach[start + len(text.rstrip(BLANKS))] - self.reach[start]
            lines.append(Line(text, seen * self.size, end == len(self.text)))
            start, room = end, width
        return lines

    def _end(self, start: int, room: float) -> int:
        text, reach = self.text, self.reach
        full = bisect_right(reach, reach[start] + room + _SLACK, start) - 1
        while full < len(text) and text[full] in BLANK:
            full += 1
        if full == len(text):
            return full
        for patience, inner in enumerate(self._wholes()):
            end = self._legal(start, full, inner)
            if end > start and (patience or reach[end] - reach[start] > room / 2 or self._fits_a_line(end, room)):
                return end
        return max(full, start + 1)

    def _fits_a_line(self, start: int, room: float) -> bool:
        """Whether the date that would begin the next line has room in one."""
        found = _DATES.search(self.text, start)
        return found is not None and self.reach[found.end()] - self.reach[start] <= room

    def _legal(self, start: int, end: int, inner: frozenset[int]) -> int:
        """The last place to break at or before `end`; `start` where there is none."""
        while end > start and (end in inner or not self._may_break(end)):
            end -= 1
        return end

    def _may_break(self, place: int) -> bool:
        text = self.text
        if text[place] in NOT_FIRST or text[place] in BLANK:
            return False
        before = place - 1
        while before and text[before] in BLANK:
            before -= 1
        return text[before] not in NOT_LAST

    def _wholes(self) -> list[frozenset[int]]:
        """The places inside what stays whole: with dates, with words and numbers, with the doubled marks alone."""
        if self._inner is None:
            pairs = self._places(_PAIRS)
            words = pairs | self._places(_WORDS) | self._places(_PARTS)
            self._inner = [words | self._places(_DATES), words, pairs]
        return self._inner

    def _places(self, pattern: re.Pattern[str]) -> frozenset[int]:
        return frozenset(place for found in pattern.finditer(self.text) for place in range(found.start() + 1, found.end()))
