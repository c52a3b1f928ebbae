"""The page: how large, how wide its margins, what stands above and below the text."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby
from typing import Final
from zlib import crc32

import segno

from app.domain.paper_code import PrintMark, code_of
from app.printing.fonts import Face, widths_of
from app.printing.paragraph import Align, TextStyle, draw_line, set_lines
from app.printing.proof import Proof
from app.printing.sheet import MM, Sheets

A4: Final = (210 * MM, 297 * MM)
_QR_SIDE: Final = 14 * MM
_QUIET: Final = 2 * MM
_UNPRINTED: Final = 6 * MM  # at a sheet's edge: office printers leave it white


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A sheet and the block of text on it, in points."""

    width: float
    height: float
    left: float
    top: float
    right: float
    bottom: float

    @property
    def text_width(self) -> float:
        """How wide the block of text is."""
        return self.width - self.left - self.right

    @property
    def text_height(self) -> float:
        """How high the block of text is."""
        return self.height - self.top - self.bottom


def frame(size: tuple[float, float], *, left: float, top: float, right: float, bottom: float) -> Frame:
    """A frame from margins in millimetres."""
    width, height = size
    return Frame(width=width, height=height, left=left * MM, top=top * MM, right=right * MM, bottom=bottom * MM)


OFFICIAL: Final = frame(A4, left=28, top=37, right=26, bottom=35)
"""GB/T 9704-2012: a block of 156 × 225 mm."""
FORM: Final = frame(A4, left=25, top=20, right=20, bottom=24)
"""An internal form: one page, bound at the left, with room for the foot."""
LEDGER: Final = frame(A4[::-1], left=15, top=20, right=15, bottom=20)
"""A ledger, across."""

OFFICIAL_SIZE: Final = OFFICIAL.text_width / 28
"""28 characters fill a line: the pitch is 15.79 points, which true size 3 (16 points) would overfill."""
OFFICIAL_LEADING: Final = OFFICIAL.text_height / 22
"""22 lines fill a page."""
OFFICIAL_TEXT: Final = TextStyle(face=Face.FANGSONG, size=OFFICIAL_SIZE, leading=OFFICIAL_LEADING, indent=2)


class Numbering(StrEnum):
    """How a page tells its number."""

    NONE = "none"
    OF_TOTAL = "of_total"
    DASHES = "dashes"
    DASHES_LATER = "dashes_later"
    """The same from the second page on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Furniture:
    """What stands outside the block of text on every page.

    `printed` (the words that tell when) and `record` (an identifier, drawn as a QR code) are for internal papers alone: outward
    ones carry neither (decision 28).
    """

    heading: str = ""
    """Of the station, in the middle above all else."""
    note: str = ""
    footer: str = ""
    head: str = ""
    head_right: str = ""
    numbering: Numbering = Numbering.OF_TOTAL
    printed: str = ""
    record: str = ""
    mark: PrintMark | None = None

    def proofed(self, proof: Proof) -> "Furniture":
        """The furniture as it can be set."""
        head, right = (proof.read(text, _SMALL.face, "页眉") for text in (self.head, self.head_right))
        heading, note, footer, printed = (
            proof.read(text, _SMALL.face, "页脚") for text in (self.heading, self.note, self.footer, self.printed)
        )
        return replace(self, heading=heading, note=note, footer=footer, head=head, head_right=right, printed=printed)

    def draw(self, sheets: Sheets, frame: Frame, page: int, total: int) -> None:
        """Draws it on the page being drawn, the `page`-th of `total`."""
        self._draw_head(sheets, frame)
        foot = frame.height - frame.bottom
        match self.numbering:
            case Numbering.OF_TOTAL:
                _draw_short(sheets, frame, foot + 4 * MM, f"第 {page} 页　共 {total} 页", _SMALL, Align.CENTRE)
            case Numbering.DASHES:
                _draw_official_number(sheets, frame, page)
            case Numbering.DASHES_LATER if page > 1:
                _draw_official_number(sheets, frame, page)
        self._draw_internal_foot(sheets, frame, foot)

    def _draw_head(self, sheets: Sheets, frame: Frame) -> None:
        top = frame.top - _SMALL.leading - 2 * MM
        above = _fitting(self.heading, frame.text_width)
        _draw_short(sheets, frame, top - _SMALL.leading if self.head else top, self.heading, above, Align.CENTRE)
        style = _fitting(f"{self.head}\u3000{self.head_right}", frame.text_width)
        _draw_short(sheets, frame, top, self.head, style, Align.LEFT)
        _draw_short(sheets, frame, top, self.head_right, style, Align.RIGHT)

    def _draw_internal_foot(self, sheets: Sheets, frame: Frame, foot: float) -> None:
        told = "\u3000".join(part for part in (self.note, self.footer) if part)
        room = frame.text_width - 2 * (_QR_SIDE + _QUIET)  # beside the code, and as far from the other edge
        _draw_short(sheets, frame, foot + 4 * MM + _SMALL.leading, told, _fitting(told, room), Align.CENTRE)
        if self.printed:
            _draw_short(sheets, frame, foot + 4 * MM, f"{self.printed}{again(self.mark)}", _SMALL, Align.RIGHT)
        if self.record:
            side = min(_QR_SIDE, frame.bottom - _QUIET - _UNPRINTED)
            code = code_of(self.record, self.mark) if self.mark else self.record
            stamp = f"code-{crc32(code.encode()):08x}"  # several papers may be bound into one file
            sheets.stamp(stamp, lambda: draw_qr(sheets, frame.left, foot + _QUIET, side, code))


_SMALL: Final = TextStyle(face=Face.SONG, size=9, leading=12, align=Align.LEFT)
_NUMBER: Final = TextStyle(face=Face.SONG, size=14, leading=14, align=Align.LEFT)


def again(mark: PrintMark | None) -> str:
    """How a paper says that it is not the first of its kind: 　第2次打印; nothing on the first."""
    return f"　第{mark.nth}次打印" if mark and mark.nth > 1 else ""


def draw_qr(sheets: Sheets, x: float, top: float, side: float, content: str) -> None:
    """Draws a QR code as a square of rectangles; the quiet border around it is the page's to keep."""
    rows = segno.make_qr(content, error="m").matrix
    module = side / len(rows)
    sheets.blocks(
        (x + start * module, top + row * module, length * module, module)
        for row, line in enumerate(rows)
        for start, length in _dark(line)
    )


def _dark(line: Iterable[int]) -> Iterator[tuple[int, int]]:
    """The dark stretches of a line: where each begins, how long it is."""
    start = 0
    for dark, modules in groupby(line):
        length = len(list(modules))
        if dark:
            yield start, length
        start += length


def _fitting(text: str, width: float) -> TextStyle:
    """The style of what stands outside the block, smaller where the text would not fit a line."""
    needed = sum(widths_of(_SMALL.face)[each] for each in text) * _SMALL.size
    return replace(_SMALL, size=_SMALL.size * min(1.0, width / needed)) if needed else _SMALL


def _draw_short(sheets: Sheets, frame: Frame, top: float, text: str, style: TextStyle, align: Align) -> None:
    """Draws what is one line."""
    if not text:
        return
    (line,) = set_lines(text, frame.text_width, style)
    draw_line(sheets, frame.left, top, frame.text_width, line, replace(style, align=align), first=False)


def _draw_official_number(sheets: Sheets, frame: Frame, page: int) -> None:
    """GB/T 9704-2012, 7.5: 7 mm below the block; odd pages at the right edge, even ones at the left, one blank from it."""
    odd = page % 2 == 1
    x = frame.left + (-_NUMBER.size if odd else _NUMBER.size)
    (line,) = set_lines(f"— {page} —", frame.text_width, _NUMBER)
    style = replace(_NUMBER, align=Align.RIGHT if odd else Align.LEFT)
    draw_line(sheets, x, frame.height - frame.bottom + 7 * MM, frame.text_width, line, style, first=False)
