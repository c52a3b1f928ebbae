"""A table and the sentence below it that says what its rows come to: the sentence never stands on a page without a row."""

from dataclasses import dataclass, replace
from typing import Self

from app.printing.piece import Block, Piece
from app.printing.proof import Proof
from app.printing.sheet import ROUNDING, Sheets


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """A block that pages may break, with a short one that goes where its end goes."""

    block: Block
    by: Block

    def proofed(self, proof: Proof) -> Self:
        """Both with their texts read."""
        return replace(self, block=self.block.proofed(proof), by=self.by.proofed(proof))

    def at(self, width: float) -> Piece:
        """Both measured at a width."""
        return FollowedPiece(self.block.at(width), self.by.at(width))


@dataclass(frozen=True, slots=True)
class FollowedPiece:
    """Both, measured."""

    piece: Piece
    by: Piece

    @property
    def height(self) -> float:
        """Both, one below the other."""
        return self._top_of_second + self.by.height

    @property
    def least(self) -> float:
        """The least of the first; all of both where that is shorter."""
        return min(self.piece.least, self.height)

    @property
    def before(self) -> float:
        """The first one's."""
        return self.piece.before

    @property
    def after(self) -> float:
        """The second one's."""
        return self.by.after

    @property
    def keep_with_next(self) -> bool:
        """The second one's."""
        return self.by.keep_with_next

    @property
    def _top_of_second(self) -> float:
        return self.piece.height + max(self.piece.after, self.by.before)

    def split(self, height: float, *, anyhow: bool = False) -> tuple[Piece | None, Piece | None]:
        """What of the first fits; where all of it would and the second not, the last of it goes along with the second."""
        if self.height <= height + ROUNDING:
            return self, None
        room = min(height, self.piece.height - 2 * ROUNDING)
        part, rest = self.piece.split(room, anyhow=anyhow)
        if part is None or rest is None:
            return (self.piece, self.by) if anyhow else (None, self)
        return part, replace(self, piece=rest)

    def draw(self, sheets: Sheets, x: float, top: float) -> None:
        """Draws both."""
        self.piece.draw(sheets, x, top)
        self.by.draw(sheets, x, top + self._top_of_second)
