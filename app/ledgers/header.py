"""The row of a table that names its columns: found among titles and remarks, read across two rows where groups are split."""

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from openpyxl.utils import get_column_letter

from app.ledgers.cells import Value, written
from app.ledgers.grid import Row
from app.ledgers.text import clean_line

WITHIN: Final = 10
"""The header is one of the first ten rows that show something."""

_LONGEST: Final = 200
_ASIDE: Final = re.compile(r"[(\[【〔<].*?[)\]】〕>]")
_DECORATION: Final = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The names of the columns as shown, empty where a column has none; `row` is the last row the header takes.

    `lines` are the one or two rows of the header as they stand, `known` is how many names were known.
    """

    row: int
    names: tuple[str, ...]
    known: int = 0
    lines: tuple[tuple[str, ...], ...] = ()

    def name(self, column: int) -> str:
        """The name of a column counted from 0, its letter where it has none."""
        named = self.names[column] if column < len(self.names) else ""
        return named or column_letter(column)

    def label(self, column: int) -> str:
        """The column as a person finds it: its letter and its name."""
        named = self.names[column] if column < len(self.names) else ""
        return _label(column, named)

    def repeats_in(self, row: Row) -> bool:
        """Whether the row is a row of the header once more, as on every printed page of a register."""
        return any(
            all(name == clean_line(written(value)) for name, value in zip(line, row.values, strict=True))
            for line in self.lines
            if len(line) == len(row.values)
        )


@lru_cache(maxsize=1024)  # asked for every cell that is read
def column_letter(column: int) -> str:
    """What a spreadsheet program calls a column counted from 0."""
    return get_column_letter(column + 1)


def _label(column: int, named: str) -> str:
    return f"{column_letter(column)} {named}".rstrip()


def normal_name(name: str) -> str:
    """A column's name without what people add to it: blanks, brackets with a hint, stars, colons, width, case."""
    plain = unicodedata.normalize("NFKC", clean_line(name)).casefold()
    return _DECORATION.sub("", _ASIDE.sub("", plain)) or _DECORATION.sub("", plain)


def header_among(rows: Sequence[Row], known: Collection[str]) -> Header | None:
    """The header among the first rows of a table: the row with most `known` (normal) names, the upper one of equals.

    Two rows are one header where the lower names columns of groups in the upper.
    """
    headers = [header for place in range(len(rows)) for header in (_header_at(rows, place, known),) if header.known]
    best = max((header.known for header in headers), default=0)
    return next((header for header in headers if header.known == best), None)


def header_in_row(rows: Sequence[Row], number: int, known: Collection[str]) -> Header | None:
    """The header that begins in the row of this number, which a person chose; None where that row shows nothing."""
    place = next((place for place, row in enumerate(rows) if row.number == number), None)
    return None if place is None else _header_at(rows, place, known)


def _header_at(rows: Sequence[Row], place: int, known: Collection[str]) -> Header:
    upper = _names(rows[place].values)
    alone = _known_among(upper, known)
    for row in rows[place + 1 : place + 2]:
        lower = _names(row.values)
        names = _joined(upper, lower, known)
        both = _known_among(names, known)
        if both >= alone and both > _known_among(lower, known) and _splits_groups(upper, lower, known):
            return Header(row=row.number, names=names, known=both, lines=(upper, lower))
    return Header(row=rows[place].number, names=upper, known=alone, lines=(upper,))


def _known_among(names: Sequence[str], known: Collection[str]) -> int:
    return len({normal_name(name) for name in names}.intersection(known))


def _names(values: Sequence[Value]) -> tuple[str, ...]:
    """The cells of a row as names of columns; what is too long for a name is none."""
    texts = (written(value) for value in values)
    return tuple(clean_line(text) if len(text) <= _LONGEST else "" for text in texts)


def _splits_groups(upper: Sequence[str], lower: Sequence[str], known: Collection[str]) -> bool:
    """Whether `lower` names the columns of groups in `upper`: 反映人 over 姓名 and 电话, with the cell beside 反映人 empty."""
    grouped = {column for column in range(len(lower)) if _named(upper, column) == "" or _named(upper, column + 1) == ""}
    named = [column for column, name in enumerate(lower) if name]
    return (
        all(column in grouped for column in named)
        and any(_named(upper, column) == "" for column in named)
        and any(normal_name(lower[column]) in known for column in named)
    )


def _joined(upper: Sequence[str], lower: Sequence[str], known: Collection[str]) -> tuple[str, ...]:
    """The names of columns; 姓名 below 接待代表 is 接待代表姓名 where that is known, or 姓名 stands twice."""
    names: list[str] = []
    group = ""
    for column in range(max(len(upper), len(lower))):
        group = _named(upper, column) or group
        below = _named(lower, column)
        both = group + below
        if below and (normal_name(both) in known or list(lower).count(below) > 1):
            names.append(both)
        else:
            names.append(below or _named(upper, column))
    return tuple(names)


def _named(names: Sequence[str], column: int) -> str:
    return names[column] if column < len(names) else ""
