"""Posters with a code, one sheet each, to be read from across a room: outward papers, so no number, no print time."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from app.domain.reception_papers import Poster
from app.printing.fonts import Face
from app.printing.page import A4, Furniture, Numbering, draw_qr, frame
from app.printing.paper import Paper
from app.printing.paragraph import Align, Paragraph, TextStyle
from app.printing.piece import Block, Space, Whole
from app.printing.sheet import MM, Sheets

_FRAME: Final = frame(A4, left=22, top=26, right=22, bottom=20)
_SIDE: Final = 88 * MM
_TITLE: Final = TextStyle(face=Face.TITLE, size=40, leading=54, align=Align.CENTRE, after=6)
_UNDER: Final = TextStyle(face=Face.KAI, size=22, leading=34, align=Align.CENTRE, after=26)
_SCAN: Final = TextStyle(face=Face.HEI, size=18, leading=28, align=Align.CENTRE, before=14, after=28)
_FACT: Final = TextStyle(face=Face.FANGSONG, size=18, leading=30, align=Align.LEFT, before=4)
_LONG: Final = 12
"""Characters of a title that one line takes; a longer one is set smaller."""


def poster_paper(poster: Poster, made: datetime) -> Paper:
    """The poster; `made` (aware) stands in the file's properties alone."""
    furniture = Furniture(numbering=Numbering.NONE)
    return Paper(title=poster.name.label, created=made, frame=_FRAME, blocks=list(_blocks(poster)), furniture=furniture)


def _blocks(poster: Poster) -> Iterator[Block]:
    yield Paragraph(poster.title, _TITLE if len(poster.title) <= _LONG else replace(_TITLE, size=30, leading=42), "标题")
    yield Paragraph(poster.under, _UNDER, "标题下")
    yield _Code(code=poster.code)
    yield Paragraph(poster.scan, _SCAN)
    yield Space(height=4)
    for name, told in poster.facts:
        yield Paragraph(f"{name}：{told}", _FACT, name)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Code(Whole):
    """A large code in the middle of the width."""

    code: str
    height: float = _SIDE

    def draw(self, sheets: Sheets, x: float, top: float) -> None:
        draw_qr(sheets, x + (self.width - _SIDE) / 2, top, _SIDE, self.code)
