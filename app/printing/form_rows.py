"""The rows that slips and sheets share: a name and its value, a longer text, answers with their boxes, a line to tear along."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from app.printing.fonts import Face
from app.printing.grid import Cell, GridStyle, Row, named, named_values
from app.printing.paragraph import Align, TextStyle
from app.printing.piece import Whole
from app.printing.sheet import MM, Sheets

COLUMNS: Final = (24, 29, 24, 29, 24, 35)  # millimetres
ALL: Final = 5
"""How many columns a value takes that has the row for itself."""

TITLE: Final = TextStyle(face=Face.TITLE, size=22, leading=32, align=Align.CENTRE, after=6, keep_with_next=True)
RECEIPT: Final = replace(TITLE, size=16, leading=23, after=3)
UNDER: Final = TextStyle(face=Face.SONG, size=10.5, leading=16, align=Align.LEFT, after=3, keep_with_next=True)
STYLE: Final = GridStyle(value=TextStyle(face=Face.FANGSONG, size=11.5, leading=16.5), above=3.2)
SHORT: Final = TextStyle(face=Face.FANGSONG, size=11.5, leading=16.5, align=Align.LEFT)
HAND: Final = TextStyle(face=Face.SONG, size=10.5, leading=16, align=Align.LEFT)
FOOT: Final = TextStyle(face=Face.SONG, size=9, leading=13, before=5)
LINE: Final = 9.5 * MM


@dataclass(frozen=True, slots=True, kw_only=True)
class CutLine(Whole):
    """A line of dashes to tear along, as wide as the text; it goes with what is torn off."""

    height: float = 2 * MM
    before: float = 7 * MM
    after: float = 5 * MM

    def draw(self, sheets: Sheets, x: float, top: float) -> None:
        """Draws it."""
        dash, y = 3.5 * MM, top + self.height / 2
        sheets.rules((x + at * dash, y, x + at * dash + 2 * MM, y) for at in range(int(self.width / dash)))


def short_row(*pairs: tuple[str, str, int], height: float = LINE) -> Row:
    """Names, each with its value beside it, as many columns wide as it says."""
    return Row(cells=named_values(SHORT, *pairs), height=height, splits=True)


def long_row(name: str, value: str, height: float, *, grows: bool = False) -> Row:
    """A text over the whole width; one that `grows` takes what its form has left."""
    cell = Cell(text=value, columns=ALL, place=name.replace("\n", ""), middle=False, style=None if grows else SHORT)
    return Row(cells=[named(name), cell], height=height, grows=grows, splits=True)


def ticks(answers: Iterable[tuple[str, bool]], between: str = "　　") -> str:
    """Answers behind their boxes, those given ticked."""
    return between.join(f"{'☑' if given else '☐'}{words}" for words, given in answers)


def signed_cell(words: str, columns: int, *, foot: str = "") -> Cell:
    """Room for a signature or a seal, `foot` for its day."""
    return Cell(text=words, columns=columns, foot=foot, middle=False, style=HAND, place=words.partition("（")[0])
