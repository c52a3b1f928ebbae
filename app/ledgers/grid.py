"""A table before anybody knows what its columns mean: numbered rows of cells, and the limits every table keeps."""

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.errors import Refused
from app.ledgers.cells import Value, is_empty, trimmed
from app.ledgers.dates import SINCE_1900

MIB: Final = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How large a table may be; far beyond what a station has, well below what a forged file could ask of a machine."""

    file_bytes: int = 256 * MIB
    unpacked_bytes: int = 512 * MIB
    part_bytes: int = 64 * MIB  # of each part that is no sheet and no table of texts; they are read whole
    parts: int = 10_000
    columns: int = 256
    rows: int = 1_048_576  # Excel's own
    cell_characters: int = 4 * MIB


LIMITS: Final = Limits()


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row that shows something; `number` is the one Excel shows beside it, cells end with the last that shows something."""

    number: int
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """Cells of one column that were merged downwards; columns count from 0, rows from 1."""

    column: int
    first: int
    last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """One table of a file; each `walk` begins anew, while the file is open and no other walk goes on."""

    walk: Callable[[], Generator[Row, None, None]]
    name: str = ""
    sheets: tuple[str, ...] = ()  # of the file that hold something, this one among them
    encoding: str = ""
    delimiter: str = ""
    day_zero: date = SINCE_1900
    last_row: int | None = None
    merges: tuple[Merge, ...] = ()


def row_of(number: int, values: tuple[Value, ...], file: str, limits: Limits) -> Row | None:
    """The row, or None where it shows nothing.

    Raises `Refused("sheet_too_wide", file, row, columns, limit)` and `Refused("sheet_too_large", file, what, size, limit)`.
    """
    if number > limits.rows:
        raise Refused("sheet_too_large", file=file, what="rows", size=number, limit=limits.rows)
    shown = trimmed(values)
    if len(shown) > limits.columns:
        raise Refused("sheet_too_wide", file=file, row=number, columns=len(shown), limit=limits.columns)
    return Row(number=number, values=shown) if shown else None


def filled_down(rows: Iterator[Row], merges: tuple[Merge, ...]) -> Iterator[Row]:
    """The rows with what a merged cell shows beside each of them; a row with nothing of its own stays away.

    Excel keeps the value in the top cell only, but a person sees it beside every row: one date for three visitors.
    """
    if not merges:
        yield from rows
        return
    waiting = sorted(merges, key=lambda merge: merge.first, reverse=True)
    shown: dict[int, tuple[Merge, Value]] = {}
    for row in rows:
        values = list(row.values)
        shown = {column: (merge, value) for column, (merge, value) in shown.items() if merge.last >= row.number}
        for column, (_, value) in shown.items():
            values.extend([None] * (column + 1 - len(values)))
            values[column] = value if is_empty(values[column]) else values[column]
        while waiting and waiting[-1].first <= row.number:
            merge = waiting.pop()
            if merge.first == row.number and merge.column < len(values):
                shown[merge.column] = (merge, values[merge.column])
        yield Row(number=row.number, values=tuple(values))
