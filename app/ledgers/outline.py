"""What the XML of a sheet says that openpyxl's reading row by row does not tell: where its values end, and what was merged.

Looked up in the bytes, because a parser spends a minute and half a gigabyte on the million empty rows that a border drawn
around whole columns leaves behind; this takes two seconds of the same file. Only used to stop early and to repeat values.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Final

from app.errors import Refused
from app.ledgers.grid import Merge

_CHUNK: Final = 1 << 20
_LONGEST_TAG: Final = 1 << 16
_MERGES: Final = 100_000
_MARK: Final = re.compile(rb"<(?:[\w.-]+:)?(?:row\b([^>]*)>|(v|is)[\s>]|mergeCell\b([^>]*)>)")
_ROW_NUMBER: Final = re.compile(rb"(?:^|\s)r\s*=\s*[\"'](\d{1,9})[\"']")
_RANGE: Final = re.compile(rb"ref\s*=\s*[\"']([A-Z]{1,3})(\d{1,9}):[A-Z]{1,3}(\d{1,9})[\"']")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """Whether a sheet holds any value, the last row that does (None: not known), and its downward merges."""

    holds_values: bool = True
    last_row: int | None = None
    merges: tuple[Merge, ...] = ()


def outline_of(xml: IO[bytes], file: str) -> Outline:
    """The outline of a sheet's XML; an XML in another encoding than UTF-8 has one that knows nothing.

    Raises `Refused("sheet_damaged", file, reason)` where rows are out of order, which openpyxl would pass over in silence.
    """
    row, last, holds, numbered = 0, 0, False, True
    merges: list[Merge] = []
    for mark in _marks(xml):
        if mark is None:
            return Outline()
        attributes, value, merged = mark.groups()
        if value is not None:
            last, holds = row, True
        elif merged is not None:
            merges.extend(_downward(merged) if len(merges) < _MERGES else ())
        elif numbered:
            found = _ROW_NUMBER.search(attributes)
            numbered = found is not None
            row = _after(row, found, file)
    return Outline(holds_values=holds, last_row=last if numbered and holds else None, merges=tuple(merges))


def _marks(xml: IO[bytes]) -> Iterator[re.Match[bytes] | None]:
    """Each place of interest in the XML; None first where its bytes cannot be searched."""
    rest = xml.read(_CHUNK)
    if b"\0" in rest[:64]:
        yield None
    while chunk := xml.read(_CHUNK):
        text = rest + chunk
        cut = text.rfind(b"<", max(0, len(text) - _LONGEST_TAG))
        cut = len(text) if cut < 0 else cut
        yield from _MARK.finditer(text, 0, cut)
        rest = text[cut:]
    yield from _MARK.finditer(rest)


def _after(row: int, found: re.Match[bytes] | None, file: str) -> int:
    number = int(found[1]) if found else row + 1
    if number <= row:
        raise Refused("sheet_damaged", file=file, reason=f"row {number} after row {row}")
    return number


def _downward(attributes: bytes) -> Iterator[Merge]:
    found = _RANGE.search(attributes)
    if found and int(found[3]) > int(found[2]):
        yield Merge(column=_column(found[1]), first=int(found[2]), last=int(found[3]))


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
