"""A corner mark 20 mm from the left and the upper edge, with rulers: what is missing is the printer's."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from app.domain.ruler_sheet import RulerSheet
from app.printing.fonts import Face
from app.printing.page import A4, Furniture, Numbering, frame
from app.printing.paper import Paper
from app.printing.paragraph import Align, Paragraph, TextStyle
from app.printing.piece import Block, Whole
from app.printing.sheet import MM, Sheets

CORNER: Final = 20
"""Millimetres from either edge."""
_LONG: Final = 100
_FRAME: Final = frame(A4, left=CORNER, top=CORNER, right=20, bottom=20)
_WORDS: Final = TextStyle(face=Face.SONG, size=12, leading=20, align=Align.LEFT, before=8)
_TOLD: Final = (
    "左上角两条线的交点应距纸张左边20毫米、距上边20毫米，刻度每格1毫米。",
    "用尺量出实际距离：比20毫米少几毫米，就在“设置·打印”里向右、向下各填几毫米（按十分之一毫米填写）；多出的填负数。",
)


def ruler_paper(sheet: RulerSheet, made: datetime) -> Paper:
    """The sheet; `made` (aware) stands in the file's properties alone."""
    words = [*(Paragraph(each, _WORDS) for each in _TOLD), Paragraph(sheet.station, _WORDS, "联络站")]
    blocks: list[Block] = [_Rulers(height=_LONG * MM + 10), *words]
    return Paper(title="打印位置校准页", created=made, frame=_FRAME, blocks=blocks, furniture=Furniture(numbering=Numbering.NONE))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rulers(Whole):
    """Two rulers that meet in the corner."""

    keep_with_next: bool = False

    def draw(self, sheets: Sheets, x: float, top: float) -> None:
        """Draws them."""
        long = _LONG * MM
        sheets.rules([(x, top, x + long, top), (x, top, x, top + long)], 0.6)
        ticks = [(place, (5.0 if place % 10 == 0 else 3.0 if place % 5 == 0 else 1.8) * MM) for place in range(1, _LONG + 1)]
        sheets.rules([(x + place * MM, top, x + place * MM, top + length) for place, length in ticks], 0.3)
        sheets.rules([(x, top + place * MM, x + length, top + place * MM) for place, length in ticks], 0.3)
