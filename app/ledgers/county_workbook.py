"""A workbook of the office that is filled in: looked at through openpyxl, written by changing its own XML.

openpyxl would lose charts, shapes, formats within a cell and whatever newer programs added; so only the parts that hold a
filled cell are changed, everything else goes into the new file byte for byte.
"""

from collections.abc import Mapping
from io import BytesIO
from typing import Any, Final

from openpyxl import load_workbook
from openpyxl.cell.cell import MergedCell

from app.domain.county_sheet import MOST_COLUMNS, MOST_ROWS, CountySheet, Place, SheetCell
from app.domain.county_table import Filling
from app.errors import AppError, Refused
from app.ledgers.archive import check_archive
from app.ledgers.cells import written
from app.ledgers.county_xml import fill_parts
from app.ledgers.grid import MIB, Limits

LIMITS: Final = Limits(file_bytes=8 * MIB, unpacked_bytes=64 * MIB, part_bytes=16 * MIB, parts=2000)


def read_workbook(content: bytes, name: str) -> tuple[CountySheet, ...]:
    """The sheets on view.

    Raises what `check_archive` raises, and `Refused("sheet_damaged", file, reason)`.
    """
    file = BytesIO(content)
    check_archive(file, name, LIMITS)
    try:
        book = load_workbook(file)
        sheets = tuple(_sheet(each) for each in book.worksheets if each.sheet_state == "visible")
    except (AppError, MemoryError):
        raise
    except Exception as error:  # it raises nearly every built-in error, depending on which part is broken
        raise Refused("sheet_damaged", file=name, reason=f"{type(error).__name__}: {error}"[:200]) from error
    if not any(each.cells for each in sheets):
        raise Refused("sheet_empty", file=name)
    return sheets


def fill_workbook(content: bytes, name: str, filling: Filling) -> bytes:
    """The workbook with its cells filled and calculated anew when it is opened.

    Raises `Refused("county_rows_tied", sheet, over)` where rows are too few and none can be put in, and
    `Refused("sheet_damaged", file, reason)`.
    """
    try:
        return fill_parts(content, filling)
    except (AppError, MemoryError):
        raise
    except Exception as error:  # a broken part may fail anywhere
        raise Refused("sheet_damaged", file=name, reason=f"{type(error).__name__}: {error}"[:200]) from error


def _sheet(sheet: Any) -> CountySheet:
    merged: Mapping[Place, tuple[int, int]] = {
        (each.min_row, each.min_col): (each.max_row - each.min_row + 1, each.max_col - each.min_col + 1)
        for each in sheet.merged_cells.ranges
    }
    guarded = bool(sheet.protection.sheet)
    cells: dict[Place, SheetCell] = {}
    rows = columns = 0
    within = {"max_row": min(sheet.max_row, MOST_ROWS), "max_col": min(sheet.max_column, MOST_COLUMNS)}
    for line in sheet.iter_rows(**within):
        for cell in line:
            drawn = cell.has_style and any(side.style for side in (cell.border.left, cell.border.bottom, cell.border.right))
            if isinstance(cell, MergedCell) or not (drawn or cell.value is not None or (cell.row, cell.column) in merged):
                continue
            down, across = merged.get((cell.row, cell.column), (1, 1))
            told = _told(cell.value)
            cells[cell.row, cell.column] = SheetCell(
                text=told,
                formula=cell.data_type == "f",
                locked=guarded and bool(cell.protection.locked),
                down=min(down, MOST_ROWS),
                across=min(across, MOST_COLUMNS),
            )
            rows, columns = max(rows, cell.row + down - 1), max(columns, cell.column + across - 1)
    return CountySheet(name=sheet.title, rows=min(rows, MOST_ROWS), columns=min(columns, MOST_COLUMNS), cells=cells)


def _told(value: Any) -> str:
    """What stands in a cell; of an array formula its text."""
    return str(getattr(value, "text", "") or "=") if hasattr(value, "ref") else written(value)
