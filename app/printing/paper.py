"""A paper: its blocks set onto pages, then drawn, so that each page knows how many there are."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import pairwise

from app.printing.contents import Contents, Entry, Mark
from app.printing.page import Frame, Furniture
from app.printing.piece import Block, PageBreak, Piece, Sink
from app.printing.proof import Proof
from app.printing.properties import Properties
from app.printing.sheet import ROUNDING, Sheets
from app.progress import Progress


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What is printed: `created` (aware), `title`, `author` and `subject` stand in the file's properties, nothing of a person."""

    title: str
    created: datetime
    author: str = ""
    subject: str = ""
    frame: Frame
    blocks: Sequence[Block]
    furniture: Furniture = field(default_factory=Furniture)

    def proofed(self, proof: Proof) -> "Paper":
        """The paper with its texts read."""
        blocks = [block.proofed(proof) for block in self.blocks]
        return replace(self, blocks=blocks, furniture=self.furniture.proofed(proof))


@dataclass(frozen=True, slots=True, kw_only=True)
class Volume:
    """Papers in one file, each beginning a page of its own size; `through` where their pages are numbered as one."""

    title: str
    created: datetime
    author: str = ""
    subject: str = ""
    papers: Sequence[Paper]
    through: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """A piece and how far below the top of the text block it begins."""

    piece: Piece
    top: float


_Pages = list[list[Placed]]


def typeset(printed: Paper | Volume, *, substitute: bool = False, progress: Progress | None = None) -> bytes:
    """The paper as a PDF file; the same paper is the same bytes.

    Raises `Refused("characters_missing")` naming every character that no font has and where it stands; with `substitute`, which
    only a person decides, 〓 is printed in its place. Steps the progress once a page, raises `Refused("cancelled")`.
    """
    through = isinstance(printed, Volume) and printed.through
    proof = Proof(substitute=substitute)
    papers = [each.proofed(proof) for each in (printed.papers if isinstance(printed, Volume) else (printed,))]
    proof.settle()
    bound = _bound(papers, through=through)
    total = sum(len(pages) for _paper, pages in bound)
    first = papers[0].frame
    told = Properties(title=printed.title, created=printed.created, author=printed.author, subject=printed.subject)
    sheets = Sheets(first.width, first.height, told)
    if progress:
        progress.total = total
    done = 0
    for paper, pages in bound:
        before, whole = (done, total) if through else (0, len(pages))
        for number, page in enumerate(pages, start=1):
            if done:
                sheets.next(paper.frame.width, paper.frame.height)
            for placed in page:
                placed.piece.draw(sheets, paper.frame.left, paper.frame.top + placed.top)
            paper.furniture.draw(sheets, paper.frame, before + number, whole)
            done += 1
            if progress:
                progress.advance()
    return sheets.done()


def _bound(papers: Sequence[Paper], *, through: bool) -> list[tuple[Paper, _Pages]]:
    """Every paper on its pages; tables of contents are set twice, for only then it is known where everything stands."""
    marks = [block for paper in papers for block in paper.blocks if isinstance(block, Mark)]
    named = tuple(Entry(place, each.title, each.level, 0) for place, each in enumerate(marks))
    bound = [(each, _pages(each, named)) for each in papers]
    if not any(isinstance(block, Contents) for paper in papers for block in paper.blocks):
        return bound
    numbers = _numbers(bound, through=through)
    entries = tuple(entry._replace(page=number) for entry, number in zip(named, numbers, strict=True))
    return [(paper, _pages(paper, entries)) for paper, _ in bound]


def _pages(paper: Paper, entries: tuple[Entry, ...]) -> _Pages:
    blocks = [replace(each, entries=entries) if isinstance(each, Contents) else each for each in paper.blocks]
    return [*paged(blocks, paper.frame)]


def _numbers(bound: Iterable[tuple[Paper, _Pages]], *, through: bool) -> Iterator[int]:
    """The number of the page on which each mark stands, in their order."""
    before = 0
    for _paper, pages in bound:
        for number, page in enumerate(pages, start=1):
            yield from (before + number for placed in page if isinstance(placed.piece, Mark))
        before += len(pages) if through else 0


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
        if isinstance(piece, Sink):
            below = _whole(waiting[::-1])
            if page and height - used - max(after, piece.before) + ROUNDING < below <= height:
                waiting.append(piece)
                return page
            used, after = max(used, height - below), 0.0
            continue
        top = used + max(after, piece.before) if page else used
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


def _whole(pieces: Sequence[Piece]) -> float:
    """How high the pieces are one below the other."""
    gaps = sum(max(one.after, other.before) for one, other in pairwise(pieces))
    return gaps + sum(each.height for each in pieces) + (pieces[0].before if pieces else 0.0)


def _needed(pieces: Sequence[Piece]) -> float:
    """The room that the first piece needs with what must follow it on the page."""
    height, after = 0.0, None
    for piece in pieces:
        gap = 0.0 if after is None else max(after, piece.before)
        if not piece.keep_with_next:
            return height + gap + piece.least
        height, after = height + gap + piece.height, piece.after
    return height
