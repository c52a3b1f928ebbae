"""The sheets of a paper as they are drawn; all measures in points, from the upper left corner.

A page's marks are written as the operators of PDF 32000-1, annex A, each page one text object and one set of paths: the library's
own way of drawing takes four times as long for a ledger.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO
from itertools import groupby
from operator import itemgetter
from typing import Any, Final, NamedTuple

from reportlab import rl_config  # type: ignore[import-untyped]  # ships no types
from reportlab.graphics import renderPDF  # type: ignore[import-untyped]  # ships no types
from reportlab.lib.utils import ImageReader  # type: ignore[import-untyped]  # ships no types
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]  # ships no types

from app.printing.fonts import CHAINS, REGISTERING, Face, font_named, font_of, half_font
from app.printing.properties import Properties, describe

MM: Final = 72 / 25.4
HAIRLINE: Final = 0.5
ROUNDING: Final = 0.01
"""By how much sums of measures may miss what they are compared with, in points."""

rl_config.useA85 = 0  # bytes as bytes: a file need not pass through mail as text any more


class Part(NamedTuple):
    """Part of a line: its text, the space laid behind each of its characters, whether they are marks without their blank half."""

    text: str
    space: float
    half: bool = False


class _Codes(dict[str, tuple[str, str]]):
    """For every character of a face: the embedded font that draws it in a document, and its code there."""

    def __init__(self, face: Face, half: bool, document: Any) -> None:
        self.face, self.half, self.document = face, half, document

    def __missing__(self, character: str) -> tuple[str, str]:
        font = font_named(half_font(character, self.face) if self.half else font_of(character, self.face))
        ((subset, code),) = font.splitString(character, self.document)
        told = self[character] = (font.getSubsetInternalName(subset, self.document), code.hex())
        return told

    def runs(self, text: str) -> list[tuple[str, str]]:
        """The text as operators that show it, each with its font."""
        pairs = groupby(map(self.__getitem__, text), key=_FONT)
        return [(font, f"<{''.join(map(_CODE, codes))}> Tj") for font, codes in pairs]


_RED: Final = "0.8 0 0"
_SHORT: Final = 12
_PRINTED: Final = 4
"""The flag of a link that is there on paper too (PDF 32000-1, 12.5.3), which PDF/A asks of every one."""
_PLACE: Final = "part-{}"
_FONT: Final = itemgetter(0)
_CODE: Final = itemgetter(1)


class Sheets:
    """The sheets drawn so far, the last one being drawn on."""

    def __init__(self, width: float, height: float, told: Properties) -> None:
        self.width, self.height = width, height
        self._bytes = BytesIO()
        first = font_named(CHAINS[Face.SONG][0]).fontName  # the library begins each page with a font
        self._canvas = Canvas(
            self._bytes, pagesize=(width, height), pageCompression=1, invariant=1, initialFontName=first, lang="zh-CN"
        )
        self._document = self._canvas._doc
        self._stamps: set[str] = set()
        self._places = 0
        self._codes = {(face, half): _Codes(face, half, self._document) for face in Face for half in (False, True)}
        self._plain: dict[tuple[str, Face, float], tuple[str, tuple[str, float]]] = {}
        self._marks: list[str] = []
        self._words: list[str] = []
        self._font: tuple[str, float] | None = None
        self._space = 0.0
        describe(self._canvas, told)

    def text(self, x: float, baseline: float, parts: Iterable[Part], face: Face, size: float) -> None:
        """Draws one line from `x`."""
        write = self._words.append
        write(f"1 0 0 1 {x:.2f} {self.height - baseline:.2f} Tm")
        for text, space, half in parts:
            if space != self._space:
                write(f"{space:.3f} Tc")
                self._space = space
            for font, shown in self._codes[face, half].runs(text):
                if (font, size) != self._font:
                    write(f"{font} {size:.2f} Tf")
                    self._font = font, size
                write(shown)

    def plain(self, x: float, baseline: float, text: str, face: Face, size: float) -> None:
        """Draws one line from `x` whose characters stand at their own widths; what a ledger says again and again is made once."""
        if self._space:
            self._words.append("0 Tc")
            self._space = 0.0
        made = self._plain.get((text, face, size))
        if made is None:
            runs = self._codes[face, False].runs(text)
            made = " ".join(f"{font} {size:.2f} Tf {shown}" for font, shown in runs), (runs[-1][0], size)
            if len(text) <= _SHORT:
                self._plain[text, face, size] = made
        self._words.append(f"1 0 0 1 {x:.2f} {self.height - baseline:.2f} Tm {made[0]}")
        self._font = made[1]

    def rules(self, ends: Iterable[tuple[float, float, float, float]], thickness: float = HAIRLINE) -> None:
        """Draws straight lines of one thickness, each from x, y to x, y."""
        up = self.height
        self._marks.append(f"{thickness:.2f} w")
        self._marks += [f"{x:.2f} {up - y:.2f} m {to_x:.2f} {up - to_y:.2f} l" for x, y, to_x, to_y in ends]
        self._marks.append("S")

    def box(self, x: float, y: float, width: float, height: float, thickness: float = HAIRLINE) -> None:
        """Draws the edge of a rectangle."""
        self._marks.append(f"{thickness:.2f} w {x:.2f} {self.height - y - height:.2f} {width:.2f} {height:.2f} re S")

    def blocks(self, edges: Iterable[tuple[float, float, float, float]]) -> None:
        """Fills rectangles with ink, each told by x, y, width and height."""
        self._marks += [f"{x:.3f} {self.height - y - height:.3f} {width:.3f} {height:.3f} re" for x, y, width, height in edges]
        self._marks.append("f")

    def drawing(self, x: float, y: float, drawn: Any) -> None:
        """Draws a drawing of the library, its upper left corner at x, y, below all other marks of the sheet."""
        renderPDF.draw(drawn, self._canvas, x, self.height - y - drawn.height)

    def picture(self, x: float, y: float, width: float, height: float, content: bytes) -> None:
        """Draws a picture (JPEG) into a rectangle, below all other marks of the sheet; the same one is kept once."""
        self._canvas.drawImage(ImageReader(BytesIO(content)), x, self.height - y - height, width, height)

    @contextmanager
    def red(self) -> Iterator[None]:
        """What is drawn within is red: the head of official papers (GB/T 9704-2012, 7.2). Printed in grey it stays dark."""
        self._words.append(f"{_RED} rg")
        self._marks.append(f"{_RED} RG")
        yield
        self._words.append("0 g")
        self._marks.append("0 G")

    def stamp(self, name: str, draw: Callable[[], None]) -> None:
        """Draws what is the same on many sheets, once for all: `draw` marks it on the first of them; it holds no text."""
        name = f"{name}-{self.width:.0f}x{self.height:.0f}"
        if name not in self._stamps:
            self._stamps.add(name)
            outside, self._marks = self._marks, []
            draw()
            self._canvas.beginForm(name, 0, 0, self.width, self.height)
            self._canvas._code.append("\n".join(self._marks))
            self._canvas.endForm()
            self._marks = outside
        self._canvas.doForm(name)

    def next(self, width: float, height: float) -> None:
        """Begins another sheet, as large as this."""
        self._end()
        self.width, self.height = width, height
        self._canvas.setPageSize((width, height))

    def mark(self, title: str, level: int, top: float) -> None:
        """Notes that a part begins here; a reader shows the marks beside the pages, deeper ones below those above them."""
        key = _PLACE.format(self._places)
        self._canvas.bookmarkPage(key, fit="XYZ", left=0, top=self.height - top)
        self._canvas.addOutlineEntry(title, key, level)
        self._places += 1

    def link(self, place: int, x: float, y: float, width: float, height: float) -> None:
        """Makes a rectangle lead to a mark, counted from 0, whether that was drawn already or comes later."""
        edges = (x, self.height - y - height, x + width, self.height - y)
        self._canvas.linkRect("", _PLACE.format(place), edges, relative=0, thickness=0, F=_PRINTED)

    def done(self) -> bytes:
        """The whole paper as a PDF file."""
        self._end()
        with REGISTERING:  # the fonts' files are read once more, whatever thread asks
            self._canvas.save()
        return self._bytes.getvalue()

    def _end(self) -> None:
        self._canvas._code += [*self._marks, "BT", *self._words, "ET"]
        self._canvas.showPage()
        self._marks, self._words = [], []
        self._font, self._space = None, 0.0
