"""The rows that slips and sheets share: a name and its value, a longer text, answers with their boxes, a line to tear along."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final, Self

from app.printing.fonts import Face
from app.printing.grid import Cell, GridStyle, Row, named, named_values
from app.printing.paragraph import Align, TextStyle
from app.printing.piece import Piece
from app.printing.proof import Proof
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


@dataclass(frozen=True, slots=True)
class CutLine:
    """A line of dashes to tear along, as wide as the text."""

    width: float = 0.0
    height: float = 2 * MM
    least: float = 2 * MM
    before: float = 7 * MM
    after: float = 5 * MM
    keep_with_next: bool = True

    def proofed(self, proof: Proof) -> Self:
        """It has no text."""
        return self

    def at(self, width: float) -> Piece:
        """The same at every width."""
        return replace(self, width=width)

    def split(self, height: float, *, anyhow: bool = False) -> tuple[Piece | None, Piece | None]:
        """It goes with what is torn off."""
        return (self, None) if anyhow or height >= self.height else (None, self)

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
