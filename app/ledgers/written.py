"""A table as a file for a spreadsheet program: .xlsx, or CSV that Excel opens with its characters right."""

import csv
from collections.abc import Iterable, Sequence
from io import BytesIO, StringIO
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

_LONGEST: Final = 32767  # characters that a cell holds
_COUNTS_AS_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_LEAST, _MOST = 8, 60  # characters a column is wide


def workbook_of(name: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """An .xlsx file of one sheet; every cell is a text, so that nothing in it is calculated and no number is rounded."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(name)
    lines = [tuple(row) for row in rows]
    for number, heading in enumerate(header):
        longest = max((len(line[number]) for line in lines), default=0)
        width = min(max(2 * longest, 2 * len(heading), _LEAST), _MOST)
        sheet.column_dimensions[get_column_letter(number + 1)].width = width
    sheet.freeze_panes = "A2"
    sheet.append([_cell(sheet, heading, bold=True) for heading in header])
    for line in lines:
        sheet.append([_cell(sheet, text) for text in line])
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def numbers_workbook_of(sheets: Iterable[tuple[str, Sequence[str], Sequence[Sequence[str | int]]]]) -> bytes:
    """An .xlsx file of several sheets, each a name, its header, its rows; whole numbers stay numbers, so that they add up."""
    book = Workbook(write_only=True)
    for name, header, rows in sheets:
        sheet = book.create_sheet(name)
        for number, heading in enumerate(header):
            longest = max((len(str(row[number])) for row in rows), default=0)
            width = min(max(2 * longest, 2 * len(heading), _LEAST), _MOST)
            sheet.column_dimensions[get_column_letter(number + 1)].width = width
        sheet.freeze_panes = "A2"
        sheet.append([_cell(sheet, heading, bold=True) for heading in header])
        for row in rows:
            sheet.append([value if isinstance(value, int) else _cell(sheet, value) for value in row])
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def _cell(sheet: WriteOnlyWorksheet, text: str, *, bold: bool = False) -> Any:
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", text)[:_LONGEST])
    cell.data_type = "s"
    cell.alignment = Alignment(vertical="top", wrap_text=not bold)
    cell.font = Font(bold=bold)
    return cell


def delimited_of(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """CSV in UTF-8 with its mark; a text that a spreadsheet program would calculate begins with an apostrophe."""
    written = StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow(header)
    writer.writerows([_harmless(text) for text in row] for row in rows)
    return written.getvalue().encode("utf-8-sig", errors="replace")


def _harmless(text: str) -> str:
    plain = text.replace("\0", "")
    return f"'{plain}" if plain.startswith(_COUNTS_AS_FORMULA) else plain
