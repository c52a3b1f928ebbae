"""The code in an upper corner of an internal form, which leads back to its record."""

from dataclasses import dataclass
from typing import Final

from app.domain.paper_code import PrintMark, code_of
from app.printing.page import draw_qr
from app.printing.piece import Whole
from app.printing.sheet import MM, Sheets

_SIDE: Final = 16 * MM
_RAISED: Final = 8 * MM


@dataclass(frozen=True, slots=True, kw_only=True)
class QrCode(Whole):
    """An identifier as a QR code at the right edge, or the `left` one where the right is wanted otherwise.

    `mark` says when it is printed. It reaches into the margin above and takes no room of its own.
    """

    record: str
    mark: PrintMark | None = None
    left: bool = False

    def draw(self, sheets: Sheets, x: float, top: float) -> None:
        """Draws it."""
        code = code_of(self.record, self.mark) if self.mark else self.record
        draw_qr(sheets, x if self.left else x + self.width - _SIDE, top - _RAISED, _SIDE, code)
