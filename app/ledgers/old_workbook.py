"""The sheets of an .xls workbook (Excel 97 to 2003, and what WPS still saves), row by row, by xlrd."""

import io
import mmap
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, BinaryIO, Final, TypeVar

import xlrd

from app.errors import AppError, Refused
from app.ledgers.cells import Value
from app.ledgers.dates import SINCE_1900, SINCE_1904
from app.ledgers.grid import Grid, Limits, Merge, Row, row_of
from app.ledgers.long_numbers import LOST

Told = TypeVar("Told")
_ENCRYPTED: Final = "encrypted"


@contextmanager
def open_old_workbook(file: BinaryIO, name: str, limits: Limits) -> Iterator[Iterator[Grid]]:
    """The sheets that hold something, those on view before hidden ones; each tells the names of all.

    Raises `Refused` with `sheet_encrypted(file)` or `sheet_damaged(file, reason)`, also while rows are walked.
    """
    with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        book = _or_damaged(name, lambda: _loaded(content))
        try:
            yield _grids(book, name, limits)
        finally:
            book.release_resources()


def _loaded(content: mmap.mmap) -> Any:
    """The workbook with its merged cells; without them where its formats are such that only those are in the way."""
    try:
        return _read(content, formats=True)
    except xlrd.XLRDError:
        raise
    except Exception:  # of formats and styles that Excel shrugs at
        return _read(content, formats=False)


def _read(content: mmap.mmap, *, formats: bool) -> Any:
    silent = io.StringIO()  # it writes what it doubts to standard output
    return xlrd.open_workbook(file_contents=content, formatting_info=formats, on_demand=True, logfile=silent)


def _grids(book: Any, name: str, limits: Limits) -> Iterator[Grid]:
    sheets = _or_damaged(name, lambda: [book.sheet_by_index(number) for number in range(book.nsheets)])
    full = [sheet for sheet in sheets if _holds_values(sheet)]
    for sheet in sorted(full, key=lambda each: each.visibility != 0):
        yield Grid(
            walk=partial(_rows, book, sheet, name, limits),
            name=sheet.name,
            sheets=tuple(each.name for each in full),
            day_zero=SINCE_1904 if book.datemode else SINCE_1900,
            last_row=sheet.nrows,
            merges=tuple(
                Merge(column=left, first=top + 1, last=bottom)
                for top, bottom, left, _right in sheet.merged_cells
                if bottom > top + 1
            ),
        )


def _holds_values(sheet: Any) -> bool:
    empty = {xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK}
    return any(kind not in empty for number in range(sheet.nrows) for kind in sheet.row_types(number))


def _rows(book: Any, sheet: Any, name: str, limits: Limits) -> Generator[Row, None, None]:
    for number in range(sheet.nrows):
        values = _or_damaged(name, partial(_values, book, sheet, number))
        if row := row_of(number + 1, values, name, limits):
            yield row


def _values(book: Any, sheet: Any, number: int) -> tuple[Value, ...]:
    return tuple(_value(book, cell) for cell in sheet.row(number))


def _value(book: Any, cell: Any) -> Value:
    match cell.ctype:
        case xlrd.XL_CELL_TEXT:
            return str(cell.value)
        case xlrd.XL_CELL_NUMBER:
            return int(cell.value) if cell.value.is_integer() and abs(cell.value) < LOST else float(cell.value)
        case xlrd.XL_CELL_DATE:
            return _day(book, cell.value)
        case xlrd.XL_CELL_BOOLEAN:
            return bool(cell.value)
        case xlrd.XL_CELL_ERROR:
            return str(xlrd.error_text_from_code.get(cell.value, "#N/A"))
        case _:
            return None


def _day(book: Any, number: float) -> Value:
    """The day of a serial number; one that is none stays the number it is."""
    try:
        told: Value = xlrd.xldate_as_datetime(number, book.datemode)
    except (ValueError, OverflowError):
        return number
    return number if 0 <= number < 1 else told


def _or_damaged(name: str, read: Callable[[], Told]) -> Told:
    """What `read` gives; whatever xlrd meets in a broken workbook becomes one refusal."""
    try:
        return read()
    except (AppError, MemoryError):
        raise
    except Exception as error:  # it raises nearly every built-in error, depending on which record is broken
        if isinstance(error, xlrd.XLRDError) and _ENCRYPTED in str(error).lower():
            raise Refused("sheet_encrypted", file=name) from error
        raise Refused("sheet_damaged", file=name, reason=f"{type(error).__name__}: {error}"[:200]) from error
