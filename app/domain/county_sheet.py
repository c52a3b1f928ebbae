"""A blank table of the office as a person sees it: cells by their places, merged ones as one, and the words beside each."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from app.errors import Refused

Place = tuple[int, int]
"""Row and column, both from 1."""

MOST_ROWS: Final = 500
MOST_COLUMNS: Final = 60
"""So much of a sheet is looked at; what lies beyond cannot be marked."""

_CELL: Final = re.compile(r"([A-Za-z]{1,3})([1-9]\d{0,6})")
_LETTERS: Final = 26
_BLANK_LINE: Final = re.compile(r"年月|[:：].*[:：]|[:：]$")
"""Lines of a form that are filled in themselves, 填报单位：　填报人："""

_FEW: Final = 2  # columns
_HEADINGS: Final = 3  # one above the other
_SPACE: Final = re.compile(r"[\s\u3000]+")
_NUMBER: Final = re.compile(r"[-+]?[\d,.，．]+%?")


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetCell:
    """What stands in a cell, and how many rows and columns it reaches over; `locked` where the office protects it."""

    text: str = ""
    formula: bool = False
    locked: bool = False
    down: int = 1
    across: int = 1

    @property
    def words(self) -> str:
        """What is read beside other cells: neither numbers nor formulas."""
        text = _SPACE.sub("", self.text)
        return "" if self.formula or _NUMBER.fullmatch(text) else text


_EMPTY: Final = SheetCell()


@dataclass(frozen=True, slots=True, kw_only=True)
class CountySheet:
    """A sheet of a workbook, a table of a text, or the paragraphs of a text beside its tables (one column)."""

    name: str
    rows: int
    columns: int
    cells: Mapping[Place, SheetCell] = field(hash=False)
    _covered: Mapping[Place, Place] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Every place of a merged cell is known by its first."""
        covered = {
            (row + down, column + across): (row, column)
            for (row, column), cell in self.cells.items()
            if cell.down > 1 or cell.across > 1
            for down in range(cell.down)
            for across in range(cell.across)
        }
        object.__setattr__(self, "_covered", covered)

    def anchor(self, place: Place) -> Place:
        """The first place of the cell that covers a place."""
        return self._covered.get(place, place)

    def at(self, place: Place) -> SheetCell:
        """The cell that covers a place."""
        return self.cells.get(self.anchor(place), _EMPTY)

    def holds(self, place: Place) -> bool:
        """Whether the place lies in the sheet."""
        return 1 <= place[0] <= self.rows and 1 <= place[1] <= self.columns

    def places(self) -> Iterator[Place]:
        """The first places of all cells, row by row."""
        for row in range(1, self.rows + 1):
            for column in range(1, self.columns + 1):
                if self.anchor((row, column)) == (row, column):
                    yield row, column


def letters(column: int) -> str:
    """The letters of a column: A, Z, AA."""
    told = ""
    while column:
        column, rest = divmod(column - 1, _LETTERS)
        told = chr(ord("A") + rest) + told
    return told


def column_of(told: str) -> int:
    """The column of letters; raises `Refused("county_cell_malformed", text)`."""
    if not re.fullmatch(r"[A-Za-z]{1,3}", told):
        raise Refused("county_cell_malformed", text=told)
    number = 0
    for letter in told.upper():
        number = number * _LETTERS + ord(letter) - ord("A") + 1
    return number


def called(place: Place) -> str:
    """The place as a spreadsheet program calls it, B5."""
    return f"{letters(place[1])}{place[0]}"


def place_of(told: str) -> Place:
    """The place called so; raises `Refused("county_cell_malformed", text)`."""
    found = _CELL.fullmatch(told.strip())
    if found is None:
        raise Refused("county_cell_malformed", text=told)
    return int(found[2]), column_of(found[1])


def words_left(sheet: CountySheet, place: Place) -> str:
    """What stands to the left of a cell in its row, up to another place to be filled in."""
    row, column = sheet.anchor(place)
    told: list[str] = []
    before: Place | None = None
    for at in range(column - 1, 0, -1):
        anchor = sheet.anchor((row, at))
        if anchor == before:
            continue
        before = anchor
        words = sheet.at(anchor).words
        if not words and told:
            break
        told += [words] if words else []
    return " ".join(reversed(told))


def words_above(sheet: CountySheet, place: Place) -> str:
    """The headings above a cell, the highest first; what reaches over more than half the width is a title."""
    row, column = sheet.anchor(place)
    told: list[str] = []
    before: Place | None = None
    for at in range(row - 1, 0, -1):
        anchor = sheet.anchor((at, column))
        if anchor == before:
            continue
        before = anchor
        cell = sheet.at(anchor)
        title = sheet.columns > _FEW and 2 * cell.across > sheet.columns
        if title or len(told) == _HEADINGS or (told and not cell.words) or _BLANK_LINE.search(cell.words):
            break
        told += [cell.words] if cell.words else []
    return " ".join(reversed(told))


def words_beside(sheet: CountySheet, place: Place) -> str:
    """What tells a cell from others, so that it is known again: its own words, those to the left, those above."""
    parts = (sheet.at(place).words, words_left(sheet, place), words_above(sheet, place))
    return " | ".join(part for part in parts if part)
