"""The letter format (信函格式, GB/T 9704-2012, 10.1): the office above a double rule in red, another one at the foot."""

from dataclasses import dataclass, replace
from typing import Final, Self

from app.printing.fonts import Face
from app.printing.page import OFFICIAL
from app.printing.paragraph import Align, TextStyle, draw_line, set_lines
from app.printing.piece import Whole
from app.printing.proof import Proof
from app.printing.sheet import MM, Sheets

_STYLE: Final = TextStyle(face=Face.TITLE, size=30, leading=34, align=Align.CENTRE)
_LONGEST: Final = 14
"""Characters of an office that a line takes at its full size."""
_TOP: Final = 30 * MM
"""Of the office's characters, from the edge of the sheet."""
_BELOW: Final = 4 * MM
_LONG: Final = 170 * MM
_FOOT: Final = 20 * MM
"""How far above the lower edge of the sheet the second double rule stands."""
_THICK, _THIN = 2.0, 0.75
_APART: Final = 2.8
"""From the middle of one rule to that of the other."""
_RULE: Final = _TOP + _STYLE.size + _BELOW
"""Of the first rule, from the edge of the sheet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead(Whole):
    """The head of a letter's first page, above an official block; an office of a long name is set smaller, never cut."""

    office: str
    height: float = _RULE + _APART - OFFICIAL.top

    def proofed(self, proof: Proof) -> Self:
        """The head with its office read."""
        return replace(self, office=proof.read(self.office, _STYLE.face, "发文机关"))

    def draw(self, sheets: Sheets, x: float, top: float) -> None:
        """Draws it, and the rules at the foot: thick above thin here, thin above thick there."""
        size = _STYLE.size * min(1.0, _LONGEST / max(len(self.office), 1))
        style = replace(_STYLE, size=size, leading=_STYLE.size)
        left = (sheets.width - _LONG) / 2
        with sheets.red():
            for line in set_lines(self.office, _LONG, style)[:1]:
                draw_line(sheets, left, _TOP, _LONG, line, style, first=False)
            for height, thickness in ((_RULE, _THICK), (_RULE + _APART, _THIN)):
                sheets.rules([(left, height, left + _LONG, height)], thickness)
            for height, thickness in ((_FOOT + _APART, _THIN), (_FOOT, _THICK)):
                sheets.rules([(left, sheets.height - height, left + _LONG, sheets.height - height)], thickness)
