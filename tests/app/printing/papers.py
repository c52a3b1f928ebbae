"""Papers for tests: some blocks on a page, and the pieces that lie on each."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

from app.printing.page import OFFICIAL, Frame, Furniture, Numbering
from app.printing.paper import Paper, paged
from app.printing.piece import Block

MADE: Final = datetime(2026, 11, 22, 1, 30, tzinfo=UTC)
BARE: Final = Furniture(numbering=Numbering.NONE)
RARE: Final = "䶮㛃𬭎𫖯𬱖堃喆鱻𬬭"
"""Characters of real names: some beyond GB 2312, some beyond U+FFFF."""


def paper(*blocks: Block, frame: Frame = OFFICIAL, furniture: Furniture = BARE, title: str = "示例") -> Paper:
    """A paper of some blocks."""
    return Paper(title=title, created=MADE, frame=frame, blocks=blocks, furniture=furniture)


def heights(blocks: Sequence[Block], frame: Frame) -> list[float]:
    """How far down each page is filled."""
    return [max((each.top + each.piece.height for each in page), default=0.0) for page in paged(blocks, frame)]
