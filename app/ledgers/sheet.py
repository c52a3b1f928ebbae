"""One spreadsheet of whatever kind, opened for reading: what it is, where its header stands, its rows one after the other."""

import mmap
from collections.abc import Collection, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import BinaryIO, Final

from app.errors import Refused, Unavailable
from app.ledgers.cells import written
from app.ledgers.delimited import open_delimited
from app.ledgers.grid import LIMITS, Grid, Limits, Row, filled_down
from app.ledgers.header import WITHIN, Header, header_among, header_in_row
from app.ledgers.old_workbook import open_old_workbook
from app.ledgers.text import clean_line
from app.ledgers.workbook import open_workbook

_ZIP: Final = b"PK\x03\x04"
_EMPTY_ZIP: Final = b"PK\x05\x06"
_OLE: Final = bytes.fromhex("d0cf11e0a1b11ae1")
_TEXT_SUFFIXES: Final = {".csv", ".tsv", ".txt"}
_UTF16: Final = (b"\xff\xfe", b"\xfe\xff")
_START: Final = 4096


class Format(StrEnum):
    """What kind of file a sheet was read from; told by its content, never by its name."""

    XLSX = "xlsx"
    XLS = "xls"
    CSV = "csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet with its header; `rows` are those below it that show something, and can be walked once while it is open.

    `name` is the sheet taken and `sheets` are all that hold something, in their order; both empty for CSV.
    `last_row` is the number of the last row, where it is known before the walk.
    """

    file: str
    format: Format
    header: Header
    rows: Iterator[Row]
    name: str
    sheets: tuple[str, ...]
    encoding: str
    delimiter: str
    day_zero: date
    last_row: int | None


@contextmanager
def open_sheet(
    path: Path, known: Collection[str], limits: Limits = LIMITS, *, name: str = "", header_row: int = 0
) -> Iterator[Sheet]:
    """The first sheet of the file in whose first ten rows a header stands; `known` are normal names of columns.

    A row is a header by two known names; by one where no sheet has more. A person may say which sheet (`name`), and in which row
    (Excel's number) its header begins, whatever names stand there.
    Raises `Refused` with `file_missing`, `not_a_sheet`, `sheet_foreign_format` (.xlsb, .ods, .et, HTML), `sheet_encrypted`,
    `sheet_damaged`, `sheet_dangerous`, `sheet_too_large`, `sheet_too_wide`, `sheet_empty`, `sheet_unknown(file, sheet, sheets)`,
    `header_row_empty(file, row)`, `header_unknown`, `csv_nul`,
    `csv_encoding_unknown`, `csv_text_damaged`, `csv_malformed`; damage may show only while rows are walked.
    Raises `Unavailable("file_unreadable", path, why)` where the system does not give the file.
    """
    with ExitStack() as stack:
        with _system_told(path):
            file = stack.enter_context(path.open("rb"))
            _check_size(file, path.name, limits)
            format = recognised(file, path.name)
            grids = _named(_grids(stack, file, path.name, format, limits), name, path.name)
            sheet = _chosen(grids, format, path.name, known, header_row) if header_row else _best(grids, format, path.name, known)
        yield sheet


def _grids(stack: ExitStack, file: BinaryIO, name: str, format: Format, limits: Limits) -> Iterator[Grid]:
    match format:
        case Format.XLSX:
            return stack.enter_context(open_workbook(file, name, limits))
        case Format.XLS:
            return stack.enter_context(open_old_workbook(file, name, limits))
        case Format.CSV:
            return open_delimited(file, name, limits)


def _named(grids: Iterator[Grid], name: str, file: str) -> Iterator[Grid]:
    """The tables, or the one of this name."""
    if not name:
        yield from grids
        return
    sheets: tuple[str, ...] = ()
    for grid in grids:
        sheets = grid.sheets
        if grid.name == name:
            yield grid
            return
    raise Refused("sheet_unknown", file=file, sheet=name, sheets=sheets)


def recognised(file: BinaryIO, name: str) -> Format:
    """What the bytes are; raises `Refused` with `sheet_empty`, `sheet_foreign_format`, `sheet_encrypted` or `not_a_sheet`."""
    file.seek(0)
    start = file.read(_START)
    if not start:
        raise Refused("sheet_empty", file=name)
    if start.startswith(_ZIP):
        return Format.XLSX
    if start.startswith(_OLE):
        return _old_workbook(file, name)
    if _is_markup(start):
        raise Refused("sheet_foreign_format", file=name, format="HTML/XML")
    if start.startswith((b"%PDF", _EMPTY_ZIP)) or (_is_binary(start) and Path(name).suffix.lower() not in _TEXT_SUFFIXES):
        raise Refused("not_a_sheet", file=name)
    return Format.CSV


def _best(grids: Iterator[Grid], format: Format, file: str, known: Collection[str]) -> Sheet:
    """The first table whose header has two known names, else the first that has one."""
    headed: list[tuple[Grid, Header]] = []
    headless: list[Row] = []
    refusals: list[Refused] = []
    for grid in grids:
        try:
            first = _first_rows(grid)
        except Refused as refusal:
            if format is not Format.CSV:
                raise
            refusals.append(refusal)  # the wrong delimiter makes good quotation marks look bad
            continue
        header = header_among(first, known)
        if header and header.known > 1:
            return _sheet(grid, header, format, file)
        headed += [(grid, header)] if header else []
        headless += first[:1]
    if headed:
        return _sheet(*headed[0], format, file)
    raise _no_header(file, headless, refusals)


def _chosen(grids: Iterator[Grid], format: Format, file: str, known: Collection[str], number: int) -> Sheet:
    """The first table, with the header that begins in the row of this number; of CSV the one with most columns."""
    found: list[tuple[Grid, Header]] = []
    refusals: list[Refused] = []
    for grid in grids:
        try:
            header = header_in_row(_first_rows(grid, number), number, known)
        except Refused as refusal:
            if format is not Format.CSV:
                raise
            refusals.append(refusal)
            continue
        found += [(grid, header)] if header else []
        if format is not Format.CSV:
            break
    if not found:
        raise refusals[0] if refusals else Refused("header_row_empty", file=file, row=number)
    return _sheet(*max(found, key=lambda each: len(each[1].names)), format, file)


def _first_rows(grid: Grid, until: int = 0) -> list[Row]:
    """The first rows that show something; with `until`, those up to that number and the one below."""
    with closing(grid.walk()) as rows:
        if not until:
            return list(islice(rows, WITHIN))
        first: list[Row] = []
        for row in rows:
            first.append(row)
            if row.number > until:
                break
        return first


def _no_header(file: str, rows: list[Row], refusals: list[Refused]) -> Refused:
    if refusals:
        return refusals[0]
    if not rows:
        return Refused("sheet_empty", file=file)
    found = tuple(clean_line(written(value))[:40] for value in rows[0].values if value is not None)
    return Refused("header_unknown", file=file, row=rows[0].number, found=found[:12])


def _sheet(grid: Grid, header: Header, format: Format, file: str) -> Sheet:
    entries = (row for row in grid.walk() if row.number > header.row and not header.repeats_in(row))
    return Sheet(
        file=file,
        format=format,
        header=header,
        rows=filled_down(entries, grid.merges),
        name=grid.name,
        sheets=grid.sheets,
        encoding=grid.encoding,
        delimiter=grid.delimiter,
        day_zero=grid.day_zero,
        last_row=grid.last_row,
    )


@contextmanager
def _system_told(path: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise Refused("file_missing", path=str(path)) from error
    except OSError as error:
        raise Unavailable("file_unreadable", path=str(path), why=error.strerror) from error


def _check_size(file: BinaryIO, name: str, limits: Limits) -> None:
    size = file.seek(0, 2)
    if size > limits.file_bytes:
        raise Refused("sheet_too_large", file=name, what="file", size=size, limit=limits.file_bytes)


def _is_markup(start: bytes) -> bool:
    """Many reporting programs name a web page .xls, and Excel opens it."""
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return text.startswith((b"<?xml", b"<html", b"<!doctype", b"<table", b"<meta", b"<head", b"<style"))


def _is_binary(start: bytes) -> bool:
    return b"\0" in start and not start.startswith(_UTF16)


def _old_workbook(file: BinaryIO, name: str) -> Format:
    """An OLE file is an encrypted .xlsx, an old .xls or something else, by the names of the streams in it."""
    with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        if content.find("EncryptedPackage".encode("utf-16-le")) >= 0:
            raise Refused("sheet_encrypted", file=name)
        if any(content.find(stream.encode("utf-16-le")) >= 0 for stream in ("Workbook", "Book")):
            return Format.XLS
    raise Refused("not_a_sheet", file=name)
