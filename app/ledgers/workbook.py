"""The sheets of an .xlsx workbook, row by row, by openpyxl."""

import warnings
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from datetime import date
from errno import EINVAL
from functools import partial
from io import BytesIO
from shutil import copyfileobj
from typing import Any, BinaryIO, Final, TypeVar
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook, load_workbook

from app.errors import AppError, Refused, Unavailable
from app.ledgers.archive import check_archive
from app.ledgers.cells import Value
from app.ledgers.grid import Grid, Limits, Row, row_of
from app.ledgers.outline import Outline, outline_of

Told = TypeVar("Told")
_LOOKS: Final = ("xl/styles", "xl/theme", "docprops/", "xl/media/")

# openpyxl says on standard error that it drops what nobody asked for: pictures, styles, dates that are none.
warnings.filterwarnings("ignore", module="openpyxl")


@contextmanager
def open_workbook(file: BinaryIO, name: str, limits: Limits) -> Iterator[Iterator[Grid]]:
    """The sheets that hold something, those on view before hidden ones; each tells the names of all.

    Raises what `check_archive` raises, and `Refused("sheet_damaged", file, reason)`, also while rows are walked.
    """
    check_archive(file, name, limits)
    try:
        book = _loaded(file, name)
    except Refused:
        book = _loaded(_or_damaged(name, lambda: _without_looks(file)), name)
    try:
        yield _grids(book, file, name, limits)
    finally:
        book.close()


def _loaded(file: BinaryIO, name: str) -> Workbook:
    return _or_damaged(name, lambda: load_workbook(file, read_only=True, data_only=True, keep_links=False))


def _without_looks(file: BinaryIO) -> BinaryIO:
    """The same workbook without formats, theme, document properties and pictures, in memory.

    Reporting programs write these in ways that Excel shrugs at and openpyxl fails on. Dates are then numbers, which a column
    of dates reads just as well.
    """
    bare = BytesIO()
    with ZipFile(file) as whole, ZipFile(bare, "w", ZIP_DEFLATED) as copy:
        for part in whole.infolist():
            if not part.filename.lower().startswith(_LOOKS):
                with whole.open(part) as read, copy.open(part.filename, "w") as written:
                    copyfileobj(read, written)
    return bare


def _grids(book: Workbook, file: BinaryIO, name: str, limits: Limits) -> Iterator[Grid]:
    outlines = _or_damaged(name, lambda: [(sheet, _outline(file, sheet, name)) for sheet in book.worksheets])
    full = [(sheet, outline) for sheet, outline in outlines if outline.holds_values]
    for sheet, outline in sorted(full, key=lambda each: each[0].sheet_state != "visible"):
        yield Grid(
            walk=partial(_rows, sheet, outline, name, limits),
            name=sheet.title,
            sheets=tuple(each.title for each, _ in full),
            day_zero=date(book.epoch.year, book.epoch.month, book.epoch.day),
            last_row=outline.last_row,
            merges=outline.merges,
        )


def _outline(file: BinaryIO, sheet: Any, name: str) -> Outline:
    # The one private name taken from openpyxl: it tells a sheet's part nowhere else, and a test holds it there.
    with ZipFile(file) as archive, archive.open(sheet._worksheet_path) as part:
        return outline_of(part, name)


def _rows(sheet: Any, outline: Outline, name: str, limits: Limits) -> Generator[Row, None, None]:
    sheet.reset_dimensions()  # many programs write them wrong, and openpyxl would believe them
    cells: Iterator[tuple[Value, ...]] = sheet.iter_rows(max_row=outline.last_row, values_only=True)
    # Not to the sheet's end: behind its last row there are only filters and print settings for openpyxl to fail on.
    for number in range(1, (outline.last_row or limits.rows + 1) + 1):
        values = _or_damaged(name, lambda: next(cells, None))
        if values is None:
            return
        if row := row_of(number, values, name, limits):
            yield row


def _or_damaged(name: str, read: Callable[[], Told]) -> Told:
    """What `read` gives; whatever openpyxl meets in a broken workbook becomes one refusal."""
    try:
        return read()
    except (AppError, MemoryError):
        raise
    except OSError as error:
        if error.errno in {None, EINVAL}:
            raise Refused("sheet_damaged", file=name, reason=str(error)) from error
        raise Unavailable("file_unreadable", path=name, why=error.strerror) from error
    except Exception as error:  # it raises nearly every built-in error, depending on which part is broken
        raise Refused("sheet_damaged", file=name, reason=f"{type(error).__name__}: {error}"[:200]) from error
