"""A third of a sheet to be cut off: blocks one below the other in a room of fixed height, with a line to cut along."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Final, Self

from app.printing.page import A4, Frame, frame
from app.printing.piece import Block, Piece
from app.printing.proof import Proof
from app.printing.sheet import MM, ROUNDING, Sheets

THIRDS: Final[Frame] = frame(A4, left=22, top=0, right=22, bottom=0)
THIRD: Final = THIRDS.height / 3
_ABOVE: Final = 9 * MM  # of a third: printers leave the sheet's edge white
_BELOW: Final = 6 * MM
_DASH, _GAP = 2 * MM, 1.5 * MM


@dataclass(frozen=True, slots=True, kw_only=True)
class Third:
    """Blocks on a third of a sheet, or on as many thirds as they need."""

    blocks: Sequence[Block]

    def proofed(self, proof: Proof) -> Self:
        """The blocks with their texts read."""
        return replace(self, blocks=[each.proofed(proof) for each in self.blocks])

    def at(self, width: float) -> Piece:
        """The blocks measured at a width."""
        return ThirdPiece([each.at(width) for each in self.blocks], width)


@dataclass(frozen=True, slots=True)
class ThirdPiece:
    """Measured blocks on one or more thirds."""

    pieces: Sequence[Piece]
    width: float
    before: float = 0.0
    after: float = 0.0
    keep_with_next: bool = False

    @property
    def height(self) -> float:
        """A whole number of thirds."""
        inner = sum(each.before + each.height + each.after for each in self.pieces)
        return THIRD * max(1, ceil((inner + _ABOVE + _BELOW - ROUNDING) / THIRD))

    @property
    def least(self) -> float:
        """All of it: nobody is handed half a slip."""
        return self.height

    def split(self, height: float, *, anyhow: bool = False) -> tuple[Piece | None, Piece | None]:
        """It goes to the next sheet whole; what no sheet holds is drawn beyond its edge rather than lost in silence."""
        return (self, None) if anyhow else (None, self)

    def draw(self, sheets: Sheets, x: float, top: float) -> None:
        """Draws the blocks, and the line to cut along where the sheet does not end."""
        y = top + _ABOVE
        for each in self.pieces:
            y += each.before
            each.draw(sheets, x, y)
            y += each.height + each.after
        end = top + self.height
        if end < THIRDS.height - ROUNDING:
            dashes = range(int((self.width + _GAP) / (_DASH + _GAP)))
            sheets.rules((x + each * (_DASH + _GAP), end, x + each * (_DASH + _GAP) + _DASH, end) for each in dashes)
