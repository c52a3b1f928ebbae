"""A table as a file for a spreadsheet program: .xlsx, or CSV that Excel opens with its characters right."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO, StringIO
from itertools import chain, count, islice
from typing import Any, BinaryIO, Final

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet.properties import PageSetupProperties

LONGEST: Final = 32767
"""Characters that a cell holds; a longer text ends before, and says so."""
_ENDS: Final = "……（超过单元格容量，全文见打印件）"
ROWS_A_SHEET: Final = 1_000_000

_COUNTS_AS_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_LEAST, _MOST = 8, 60  # characters a column is wide
_A4: Final = 9  # the number of that size in the format
_MEASURED: Final = 500  # rows that are looked at for it


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet to be written: its name, what stands above its columns, and its rows, each asked for once and in order."""

    name: str
    header: Sequence[str]
    rows: Iterable[Sequence[str | int]]


def workbook_of(*tables: Table) -> bytes:
    """An .xlsx file of these sheets, as `write_workbook` writes it."""
    written = BytesIO()
    write_workbook(written, tables)
    return written.getvalue()


def write_workbook(file: BinaryIO, tables: Iterable[Table]) -> None:
    """Write an .xlsx file row by row, so that it may be longer than memory is wide.

    A text stays a text: nothing in it is calculated and no number in it is rounded; whole numbers stay numbers, so that they
    add up. Rows that no sheet has room for go on in another one.
    """
    book = Workbook(write_only=True)
    for table in tables:
        rows = iter(table.rows)
        for part in count(1):
            _append(book, table.name if part == 1 else f"{table.name}（{part}）", table.header, islice(rows, ROWS_A_SHEET))
            if (following := next(rows, None)) is None:
                break
            rows = chain([following], rows)
    book.save(file)


def _append(book: Workbook, name: str, header: Sequence[str], rows: Iterator[Sequence[str | int]]) -> None:
    sheet = book.create_sheet(name)
    first = list(islice(rows, _MEASURED))
    for number, heading in enumerate(header):
        longest = max((len(str(row[number])) for row in first), default=0)
        width = min(max(2 * longest, 2 * len(heading), _LEAST), _MOST)
        sheet.column_dimensions[get_column_letter(number + 1)].width = width
    sheet.freeze_panes = "A2"
    _set_up_print(sheet)
    sheet.append([_cell(sheet, heading, bold=True) for heading in header])
    cells = [_cell(sheet, "") for _heading in header]  # used again by every row: to style a cell costs more than to write it
    for row in chain(first, rows):
        sheet.append([value if isinstance(value, int) else _told(cell, value) for cell, value in zip(cells, row, strict=True)])


def _set_up_print(sheet: Any) -> None:  # openpyxl lends these attributes to the sheet while it runs
    """On A4 across, as wide as the page, the headings on every page, and which page of how many below."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.fitToHeight = 0  # as many pages as the rows need
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"
    sheet.oddFooter.center.text = "第 &P 页 / 共 &N 页"


def _cell(sheet: WriteOnlyWorksheet, text: str, *, bold: bool = False) -> Any:
    cell = WriteOnlyCell(sheet)
    cell.alignment = Alignment(vertical="top", wrap_text=not bold)
    cell.font = Font(bold=bold)
    return _told(cell, text)


def _told(cell: Any, text: str) -> Any:
    """The cell with this text, whatever it looks like."""
    plain = ILLEGAL_CHARACTERS_RE.sub("", text)
    cell.value = plain if len(plain) <= LONGEST else plain[: LONGEST - len(_ENDS)] + _ENDS
    cell.data_type = "s"
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
