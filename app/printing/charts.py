"""Charts of a paper as vectors, readable in black and white: every bar says its number, shades differ as grey and white."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, Final, Self

from reportlab.graphics.shapes import Drawing, Line, Rect, String  # type: ignore[import-untyped]  # ships no types
from reportlab.lib.colors import black, gray, lightgrey, white  # type: ignore[import-untyped]  # ships no types

from app.domain.figures import percent
from app.printing.fonts import Face, font_of, widths_of
from app.printing.piece import Whole
from app.printing.proof import Proof
from app.printing.sheet import MM, Sheets

_FACE: Final = Face.SONG
_SIZE: Final = 9.0
_BAR: Final = 4.6 * MM
_ROW: Final = 6.6 * MM
_GAP: Final = 2 * MM
_NAMES: Final = 0.3
"""How much of the width names may take at most."""
_TOLD: Final = 24 * MM
"""The room right of the longest bar, for its number and share."""
_HIGH: Final = 52 * MM
_KEY: Final = 7 * MM
_SHADES: Final = (gray, white, lightgrey, black)


@dataclass(frozen=True, slots=True, kw_only=True)
class BarChart(Whole):
    """Bars across, one below the other, each with its number and its share of them all."""

    names: Sequence[str]
    counts: Sequence[int]
    keep_with_next: bool = False
    after: float = 8.0

    @classmethod
    def of(cls, names: Sequence[str], counts: Sequence[int]) -> "BarChart":
        """The chart, as high as its bars need."""
        return cls(names=names, counts=counts, height=len(names) * _ROW)

    def proofed(self, proof: Proof) -> Self:
        """The chart with its names read."""
        return replace(self, names=[proof.read(each, _FACE, "图") for each in self.names])

    def draw(self, sheets: Sheets, x: float, top: float) -> None:
        """Draws it."""
        drawing = Drawing(self.width, self.height)
        room = min(max((_wide(each) for each in self.names), default=0.0), self.width * _NAMES)
        left, whole, most = room + _GAP, sum(self.counts), max(self.counts, default=0) or 1
        for place, (name, count) in enumerate(zip(self.names, self.counts, strict=True)):
            base = self.height - (place + 1) * _ROW + (_ROW - _BAR) / 2
            length = (self.width - left - _TOLD) * count / most
            _add(drawing, Rect(left, base, length, _BAR, fillColor=gray, strokeColor=black, strokeWidth=0.4))
            share = f"（{percent(count, whole)}）" if whole else ""
            _add(drawing, *_text(f"{count}{share}", left + length + _GAP, base + 1.2 * MM))
            told = _shortened(name, room)
            _add(drawing, *_text(told, room - _wide(told), base + 1.2 * MM))
        _add(drawing, Line(left, 0, left, self.height, strokeWidth=0.6))
        sheets.drawing(x, top, drawing)


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnChart(Whole):
    """Columns side by side for every month, one shade a series, each with its number."""

    months: Sequence[str]
    series: Sequence[tuple[str, Sequence[int]]]
    height: float = _HIGH
    keep_with_next: bool = False
    after: float = 8.0

    def proofed(self, proof: Proof) -> Self:
        """The chart with its names read."""
        series = [(proof.read(name, _FACE, "图例"), told) for name, told in self.series]
        return replace(self, series=series, months=[proof.read(each, _FACE, "图") for each in self.months])

    def draw(self, sheets: Sheets, x: float, top: float) -> None:
        """Draws it, the key above."""
        drawing = Drawing(self.width, self.height)
        foot, head = _SIZE * 1.6, self.height - _KEY - _SIZE * 1.4
        most = max((each for _name, told in self.series for each in told), default=0) or 1
        wide = self.width / max(len(self.months), 1)
        bar = min(wide * 0.8 / max(len(self.series), 1), 9 * MM)
        for place, month in enumerate(self.months):
            left = place * wide + (wide - bar * len(self.series)) / 2
            for number, (_name, told) in enumerate(self.series):
                high, at = (head - foot) * told[place] / most, left + number * bar
                shade = _SHADES[number % len(_SHADES)]
                _add(drawing, Rect(at, foot, bar, high, fillColor=shade, strokeColor=black, strokeWidth=0.4))
                _add(drawing, *_text(value := str(told[place]), at + (bar - _wide(value)) / 2, foot + high + 1.5))
            _add(drawing, *_text(month, place * wide + (wide - _wide(month)) / 2, 2))
        _add(drawing, Line(0, foot, self.width, foot, strokeWidth=0.6))
        self._draw_key(drawing)
        sheets.drawing(x, top, drawing)

    def _draw_key(self, drawing: Any) -> None:
        at, base = 0.0, self.height - _KEY + 2 * MM
        for number, (name, _told) in enumerate(self.series):
            _add(drawing, Rect(at, base, 4 * MM, 3 * MM, fillColor=_SHADES[number % 4], strokeColor=black, strokeWidth=0.4))
            _add(drawing, *_text(name, at + 5.5 * MM, base + 0.3 * MM))
            at += 12 * MM + _wide(name)


def _add(drawing: Any, *shapes: Any) -> None:
    for each in shapes:
        drawing.add(each)


def _wide(text: str) -> float:
    return sum(widths_of(_FACE)[each] for each in text) * _SIZE


def _shortened(text: str, room: float) -> str:
    """The text, or as much of its beginning as there is room for; the table beside the chart has it whole."""
    if _wide(text) <= room:
        return text
    while text and _wide(f"{text}…") > room:
        text = text[:-1]
    return f"{text}…"


def _text(text: str, x: float, y: float) -> Iterator[Any]:
    """A line of text, each stretch in the first font of the face that has its characters."""
    for font, characters in groupby(text, lambda each: font_of(each, _FACE)):
        stretch = "".join(characters)
        yield String(x, y, stretch, fontName=font, fontSize=_SIZE)
        x += _wide(stretch)
