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
from app.ledgers.header import WITHIN, Header, header_among
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
    CSV = "csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet with its header; `rows` are those below it that show something, and can be walked once while it is open.

    `name` is the sheet taken and `others` are sheets that hold something and were not; both empty for CSV.
    `last_row` is the number of the last row, where it is known before the walk.
    """

    file: str
    format: Format
    header: Header
    rows: Iterator[Row]
    name: str
    others: tuple[str, ...]
    encoding: str
    delimiter: str
    day_zero: date
    last_row: int | None


@contextmanager
def open_sheet(path: Path, known: Collection[str], limits: Limits = LIMITS) -> Iterator[Sheet]:
    """The first sheet of the file in whose first ten rows a header stands; `known` are normal names of columns.

    A row is a header by two known names; by one where no sheet has more.
    Raises `Refused` with `file_missing`, `not_a_sheet`, `sheet_foreign_format` (.xls, .xlsb, .ods, .et, HTML), `sheet_encrypted`,
    `sheet_damaged`, `sheet_dangerous`, `sheet_too_large`, `sheet_too_wide`, `sheet_empty`, `header_unknown`, `csv_nul`,
    `csv_encoding_unknown`, `csv_text_damaged`, `csv_malformed`; damage may show only while rows are walked.
    Raises `Unavailable("file_unreadable", path, why)` where the system does not give the file.
    """
    with ExitStack() as stack:
        with _system_told(path):
            file = stack.enter_context(path.open("rb"))
            _check_size(file, path.name, limits)
            format = recognised(file, path.name)
            if format is Format.XLSX:
                grids = stack.enter_context(open_workbook(file, path.name, limits))
            else:
                grids = open_delimited(file, path.name, limits)
            sheet = _best(grids, format, path.name, known)
        yield sheet


def recognised(file: BinaryIO, name: str) -> Format:
    """What the bytes are; raises `Refused` with `sheet_empty`, `sheet_foreign_format`, `sheet_encrypted` or `not_a_sheet`."""
    file.seek(0)
    start = file.read(_START)
    if not start:
        raise Refused("sheet_empty", file=name)
    if start.startswith(_ZIP):
        return Format.XLSX
    if start.startswith(_OLE):
        raise _ole_refusal(file, name)
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


def _first_rows(grid: Grid) -> list[Row]:
    with closing(grid.walk()) as rows:
        return list(islice(rows, WITHIN))


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
        others=grid.others,
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


def _ole_refusal(file: BinaryIO, name: str) -> Refused:
    """An OLE file is an encrypted .xlsx, an old .xls or something else, by the names of the streams in it."""
    with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        if content.find("EncryptedPackage".encode("utf-16-le")) >= 0:
            return Refused("sheet_encrypted", file=name)
        if any(content.find(stream.encode("utf-16-le")) >= 0 for stream in ("Workbook", "Book")):
            return Refused("sheet_foreign_format", file=name, format=".xls")
    return Refused("not_a_sheet", file=name)
