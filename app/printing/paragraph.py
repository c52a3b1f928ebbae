"""Running text of a paper: broken by the rules of Chinese setting, justified, split over pages by whole lines."""

import re
from contextlib import nullcontext
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, Self

from app.printing.fonts import ASCENT, Face, widths_of
from app.printing.lines import BLANKS, TIGHT, WHOLE, Line, broken
from app.printing.proof import Proof, normalised
from app.printing.sheet import ROUNDING, Part, Sheets

_FEWEST: Final = 2
"""How many lines of a paragraph may stand alone before or after the end of a page."""
_LOOSEST: Final = 0.35
"""The most that is put between two characters to fill a line, in ems; beyond it the line stays short."""
_JOINTS: Final = re.compile(f"(?P<whole>{WHOLE.pattern})|{TIGHT.pattern}")


class Align(StrEnum):
    """Where the lines stand between the edges."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"
    JUSTIFY = "justify"


@dataclass(frozen=True, slots=True, kw_only=True)
class TextStyle:
    """How a text is set; sizes and spaces in points; in ems the indent of each paragraph's first line, the inset at the right.

    `red` as the head of an official paper.
    """

    face: Face = Face.FANGSONG
    size: float = 12.0
    leading: float = 18.0
    indent: float = 0.0
    inset: float = 0.0
    align: Align = Align.JUSTIFY
    before: float = 0.0
    after: float = 0.0
    keep_with_next: bool = False
    red: bool = False


def set_lines(text: str, width: float, style: TextStyle) -> list[Line]:
    """The lines of a text that was read (`Proof.read`) or normalised; centred ones are about equally long.

    Raises `Refused("characters_missing")`.
    """
    widths, indent = widths_of(style.face), style.indent * style.size
    lines = broken(text, widths, style.size, width, indent)
    if style.align is not Align.CENTRE or all(line.last for line in lines):
        return lines
    narrow, wide = max(width / 2, style.size), width
    while wide - narrow > style.size / 4:
        middle = (narrow + wide) / 2
        tried = broken(text, widths, style.size, middle, indent)
        if len(tried) > len(lines):
            narrow = middle
        else:
            wide, lines = middle, tried
    return lines


def draw_line(sheets: Sheets, x: float, top: float, width: float, line: Line, style: TextStyle, *, first: bool) -> None:
    """Draws one line of a text into the room from `x`, whose leading begins at `top`; `first` where it begins its paragraph."""
    text = line.text.rstrip(BLANKS)
    if not text:
        return
    indent = style.indent * style.size if first else 0.0
    room, stretch = width - indent - line.width, 0.0
    match style.align:
        case Align.CENTRE:
            x += room / 2
        case Align.RIGHT:
            x += room
        case Align.JUSTIFY if not line.last:
            stretch = _stretch(text, room, _LOOSEST * style.size)
    if stretch or TIGHT.search(text):
        sheets.text(x + indent, top + baseline(style), _parts(text, stretch), style.face, style.size)
    else:
        sheets.plain(x + indent, top + baseline(style), text, style.face, style.size)


def _stretch(text: str, room: float, loosest: float) -> float:
    """What is laid between two characters to fill the room; nothing where the line would fall apart."""
    gaps = len(text) - 1 - sum(found.end() - found.start() - 1 for found in WHOLE.finditer(text))
    return room / gaps if gaps and room / gaps <= loosest else 0.0


def _parts(text: str, stretch: float) -> list[Part]:
    """The text as it is drawn: a mark that meets another without its blank half, nothing laid inside of what stays whole."""
    parts, done = [], 0
    for found in (_JOINTS if stretch else TIGHT).finditer(text):
        start, end = found.span()
        if found.lastgroup:
            parts += [Part(text[done:start], stretch), Part(text[start : end - 1], 0.0)]
            done = end - 1
        else:
            parts += [Part(text[done:start], stretch), Part(text[start:end], stretch, half=True)]
            done = end
    return [part for part in (*parts, Part(text[done:], stretch)) if part.text]


def baseline(style: TextStyle) -> float:
    """How far the baseline of a line lies below its top, the characters standing in the middle of the leading."""
    return (style.leading - style.size) / 2 + ASCENT * style.size


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A text in one style; `place` says to a person where it stands, should a character of it be missing."""

    text: str
    style: TextStyle
    place: str = ""

    def proofed(self, proof: Proof) -> Self:
        """The paragraph as it can be set."""
        return replace(self, text=proof.read(self.text, self.style.face, self.place))

    def at(self, width: float) -> "SetText":
        """Its lines at a width; raises `Refused("characters_missing")`."""
        room = width - self.style.inset * self.style.size
        lines = tuple(set_lines(normalised(self.text), room, self.style))
        return SetText(lines=lines, style=self.style, width=room)


@dataclass(frozen=True, slots=True, kw_only=True)
class SetText:
    """Lines of a paragraph at a width; `opens` where the first of them begins it."""

    lines: tuple[Line, ...]
    style: TextStyle
    width: float
    opens: bool = True

    @property
    def height(self) -> float:
        """How high the lines are."""
        return len(self.lines) * self.style.leading

    @property
    def least(self) -> float:
        """How high the least part is that may stand at the foot of a page."""
        fewest = len(self.lines) if len(self.lines) < 2 * _FEWEST else _FEWEST
        return fewest * self.style.leading

    @property
    def before(self) -> float:
        """The space above."""
        return self.style.before

    @property
    def after(self) -> float:
        """The space below."""
        return self.style.after

    @property
    def keep_with_next(self) -> bool:
        """Whether a page may not end with it."""
        return self.style.keep_with_next

    def split(self, height: float, *, anyhow: bool = False) -> "tuple[SetText | None, SetText | None]":
        """What fits the height, and the rest: two lines at least on either side, unless `anyhow`."""
        fewest, fitting = (1 if anyhow else _FEWEST), int((height + ROUNDING) / self.style.leading)
        if fitting >= len(self.lines):
            return self, None
        fitting = max(min(fitting, len(self.lines) - _FEWEST), 1 if anyhow else 0)
        if fitting < fewest:
            return None, self
        upper, lower = self.lines[:fitting], self.lines[fitting:]
        ending = replace(self.style, after=0.0, keep_with_next=False)
        rest = replace(self, lines=lower, style=replace(self.style, before=0.0), opens=upper[-1].last)
        return replace(self, lines=upper, style=ending), rest

    def draw(self, sheets: Sheets, x: float, top: float) -> None:
        """Draws the lines, the first one's leading beginning at `top`."""
        opens = self.opens
        with sheets.red() if self.style.red else nullcontext():
            for number, line in enumerate(self.lines):
                draw_line(sheets, x, top + number * self.style.leading, self.width, line, self.style, first=opens)
                opens = line.last
