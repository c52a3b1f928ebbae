"""A .csv file of whatever program: its encoding, its delimiter, its rows."""

import csv
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, getincrementaldecoder
from collections.abc import Generator, Iterator
from contextlib import suppress
from functools import partial
from io import TextIOWrapper
from typing import BinaryIO, Final

from app.errors import Refused
from app.ledgers.grid import Grid, Limits, Row, row_of

DELIMITERS: Final = (",", "\t", ";")
_CHUNK: Final = 1 << 20
_START: Final = 1 << 16
_WIDE: Final = "utf-16"
_BOMS: Final = {BOM_UTF8: "utf-8-sig", BOM_UTF16_LE: _WIDE, BOM_UTF16_BE: _WIDE}
_FALLBACK: Final = "gb18030"


def open_delimited(file: BinaryIO, name: str, limits: Limits) -> Iterator[Grid]:
    """The same file once for each delimiter it may use; who knows the names of its columns sees which is right.

    Raises `Refused` with `csv_nul`, `csv_encoding_unknown` or `csv_text_damaged`, and, while rows are walked,
    `csv_malformed(file, row, line)`.
    """
    encoding = encoding_of(file, name)
    for delimiter in _likeliest_first(file, encoding):
        walk = partial(_rows, file, encoding, delimiter, name, limits)
        yield Grid(walk=walk, encoding=encoding, delimiter=delimiter)


def encoding_of(file: BinaryIO, name: str) -> str:
    """The encoding the whole file can be read in: what its mark says, else UTF-8, else GB 18030.

    Raises as `open_delimited`. GB 18030 makes wrong characters of nearly any bytes, so a UTF-8 file with a few broken
    ones is told apart by what the rest of it is, and refused.
    """
    file.seek(0)
    start = file.read(3)
    marked = next((encoding for mark, encoding in _BOMS.items() if start.startswith(mark)), None)
    broken = _first_fault(file, marked or "utf-8", name)
    if broken is None:
        return marked or "utf-8"
    if marked or _mostly_utf8(file):
        raise Refused("csv_text_damaged", file=name, encoding=marked or "utf-8", byte=broken)
    if _first_fault(file, _FALLBACK, name) is not None:
        raise Refused("csv_encoding_unknown", file=name)
    return _FALLBACK


def _first_fault(file: BinaryIO, encoding: str, name: str) -> int | None:
    """Near which byte the file stops being text of this encoding; raises `Refused("csv_nul", file, byte)`."""
    decoder = getincrementaldecoder(encoding)()
    at = 0
    file.seek(0)
    try:
        while chunk := file.read(_CHUNK):
            if encoding != _WIDE:  # before decoding: UTF-16 without its mark is better told as what it looks like
                _refuse_nul(chunk.find(b"\0"), at, name)
            _refuse_nul(decoder.decode(chunk).find("\0"), at, name)
            at += len(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        return at + error.start
    return None


def _refuse_nul(place: int, at: int, name: str) -> None:
    if place >= 0:
        raise Refused("csv_nul", file=name, byte=at + place)


def _mostly_utf8(file: BinaryIO) -> bool:
    file.seek(0)
    text = file.read(_CHUNK).decode("utf-8", "replace")
    foreign = sum(1 for character in text if character > "\x7f")
    return text.count("\ufffd") * 10 < foreign


def _likeliest_first(file: BinaryIO, encoding: str) -> list[str]:
    """The delimiters, those of the first line that has any before the others."""
    file.seek(0)
    lines = file.read(_START).decode(encoding, "ignore").splitlines()
    telling = next((line for line in lines if any(delimiter in line for delimiter in DELIMITERS)), "")
    return sorted(DELIMITERS, key=telling.count, reverse=True)


def _rows(file: BinaryIO, encoding: str, delimiter: str, name: str, limits: Limits) -> Generator[Row, None, None]:
    file.seek(0)
    text = TextIOWrapper(file, encoding=encoding, newline="")
    csv.field_size_limit(limits.cell_characters)
    # Strict: a quotation mark left open would otherwise swallow all rows after it into one cell.
    reader = csv.reader(text, delimiter=delimiter, strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            if row := row_of(number, tuple(cells), name, limits):
                yield row
    except (csv.Error, UnicodeDecodeError) as error:  # the latter where the file changes under our hands
        raise Refused("csv_malformed", file=name, row=number + 1, line=reader.line_num) from error
    finally:
        with suppress(ValueError):  # the sheet, and the file with it, was closed before the last row
            text.detach()
