"""The code in an upper corner of an internal form, which leads back to its record."""

from dataclasses import dataclass, replace
from typing import Final, Self

from app.domain.paper_code import PrintMark, code_of
from app.printing.page import draw_qr
from app.printing.piece import Piece
from app.printing.proof import Proof
from app.printing.sheet import MM, Sheets

_SIDE: Final = 16 * MM
_RAISED: Final = 8 * MM


@dataclass(frozen=True, slots=True, kw_only=True)
class QrCode:
    """An identifier as a QR code at the right edge, or the `left` one where the right is wanted otherwise.

    `mark` says when it is printed. It reaches into the margin above and takes no room of its own.
    """

    record: str
    mark: PrintMark | None = None
    left: bool = False
    width: float = 0.0
    height: float = 0.0
    least: float = 0.0
    before: float = 0.0
    after: float = 0.0
    keep_with_next: bool = True

    def proofed(self, proof: Proof) -> Self:
        """It has no text."""
        return self

    def at(self, width: float) -> Piece:
        """The code at the right end of a width."""
        return replace(self, width=width)

    def split(self, height: float, *, anyhow: bool = False) -> tuple[Piece | None, Piece | None]:
        """It fits everywhere."""
        return self, None

    def draw(self, sheets: Sheets, x: float, top: float) -> None:
        """Draws it."""
        draw_qr(
            sheets,
            x if self.left else x + self.width - _SIDE,
            top - _RAISED,
            _SIDE,
            code_of(self.record, self.mark) if self.mark else self.record,
        )
