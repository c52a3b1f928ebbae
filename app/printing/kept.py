"""A block that a page may not break where a whole page could hold it."""

from dataclasses import dataclass, replace
from typing import Self

from app.printing.piece import Block, Piece
from app.printing.proof import Proof
from app.printing.sheet import Sheets


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A block kept whole; with a `width` of its own in points it stands at the right edge."""

    block: Block
    width: float = 0.0
    keep_with_next: bool = False

    def proofed(self, proof: Proof) -> Self:
        """The block with its texts read."""
        return replace(self, block=self.block.proofed(proof))

    def at(self, width: float) -> Piece:
        """The block measured at its own width, or at this."""
        own = self.width or width
        return _KeptPiece(self.block.at(own), width - own, self.keep_with_next)


@dataclass(frozen=True, slots=True)
class _KeptPiece:
    """A piece drawn `by` points further right."""

    piece: Piece
    by: float
    keep_with_next: bool

    @property
    def height(self) -> float:
        """The piece's."""
        return self.piece.height

    @property
    def least(self) -> float:
        """All of it: so a page that cannot hold it leaves it to the next."""
        return self.piece.height

    @property
    def before(self) -> float:
        """The piece's."""
        return self.piece.before

    @property
    def after(self) -> float:
        """The piece's."""
        return self.piece.after

    def split(self, height: float, *, anyhow: bool = False) -> tuple[Piece | None, Piece | None]:
        """It stays whole, but for one that is longer than a page."""
        return self.piece.split(height, anyhow=True) if anyhow else (None, self)

    def draw(self, sheets: Sheets, x: float, top: float) -> None:
        """Draws the piece."""
        self.piece.draw(sheets, x + self.by, top)
