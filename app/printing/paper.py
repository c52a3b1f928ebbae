"""A paper: its blocks set onto pages, then drawn, so that each page knows how many there are."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from app.printing.page import Frame, Furniture
from app.printing.piece import Block, PageBreak, Piece
from app.printing.proof import Proof
from app.printing.sheet import ROUNDING, Sheets
from app.progress import Progress


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What is printed: `created` (aware) and `title` stand in the file's properties, nothing else of whoever printed it."""

    title: str
    created: datetime
    frame: Frame
    blocks: Sequence[Block]
    furniture: Furniture = field(default_factory=Furniture)


@dataclass(frozen=True, slots=True)
class Placed:
    """A piece and how far below the top of the text block it begins."""

    piece: Piece
    top: float


def typeset(paper: Paper, *, substitute: bool = False, progress: Progress | None = None) -> bytes:
    """The paper as a PDF file; the same paper is the same bytes.

    Raises `Refused("characters_missing")` naming every character that no font has and where it stands; with `substitute`, which
    only a person decides, 〓 is printed in its place. Steps the progress once a page, raises `Refused("cancelled")`.
    """
    proof = Proof(substitute=substitute)
    blocks = [block.proofed(proof) for block in paper.blocks]
    furniture = paper.furniture.proofed(proof)
    proof.settle()
    pages = [*paged(blocks, paper.frame)]
    sheets = Sheets(paper.frame.width, paper.frame.height, title=paper.title, created=paper.created)
    if progress:
        progress.total = len(pages)
    for number, page in enumerate(pages, start=1):
        if number > 1:
            sheets.next()
        for placed in page:
            placed.piece.draw(sheets, paper.frame.left, paper.frame.top + placed.top)
        furniture.draw(sheets, paper.frame, number, len(pages))
        if progress:
            progress.advance()
    return sheets.done()


def paged(blocks: Iterable[Block], frame: Frame) -> Iterator[list[Placed]]:
    """The pieces of every page, at least of one."""
    waiting = [block.at(frame.text_width) for block in blocks][::-1]
    while True:
        yield _page(waiting, frame.text_height)
        if not waiting:
            return


def _page(waiting: list[Piece], height: float) -> list[Placed]:
    """Fills one page from the end of `waiting`."""
    page: list[Placed] = []
    used = after = 0.0
    while waiting:
        piece = waiting.pop()
        top = used + max(after, piece.before) if page else 0.0
        room = height - top
        if page and _needed([piece, *waiting[::-1]]) > room + ROUNDING:
            waiting.append(piece)
            return page
        part, rest = (piece, None) if piece.height <= room + ROUNDING else piece.split(room, anyhow=not page)
        if rest is not None:
            waiting.append(rest)
        if part is not None:
            page.append(Placed(part, top))
            used, after = top + part.height, part.after
        if rest is not None or part is None or isinstance(piece, PageBreak):
            return page
    return page


def _needed(pieces: Sequence[Piece]) -> float:
    """The room that the first piece needs with what must follow it on the page."""
    height, after = 0.0, None
    for piece in pieces:
        gap = 0.0 if after is None else max(after, piece.before)
        if not piece.keep_with_next:
            return height + gap + piece.least
        height, after = height + gap + piece.height, piece.after
    return height
