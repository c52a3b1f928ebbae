"""Papers bound for the archive: a title page, a table of contents, then every paper as it is printed alone, numbered through."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Final

from app.domain.archive_paper import Archive, ArchivedPart
from app.domain.papers import PaperName, Shown
from app.printing.contents import Contents, Mark
from app.printing.fonts import Face
from app.printing.page import OFFICIAL, Furniture, Numbering
from app.printing.paper import Paper, Volume
from app.printing.paragraph import Align, Paragraph, TextStyle
from app.printing.piece import Block, PageBreak, Space

_COVER: Final = TextStyle(face=Face.TITLE, size=32, leading=50, align=Align.CENTRE, after=24)
_UNDER: Final = TextStyle(face=Face.KAI, size=18, leading=32, align=Align.CENTRE)
_HEAD: Final = TextStyle(face=Face.TITLE, size=22, leading=36, align=Align.CENTRE, after=12, keep_with_next=True)


def archive_volume(archive: Archive, at: datetime, paper_of: Callable[[Shown, datetime], Paper]) -> Volume:
    """The volume; `paper_of` sets what is in it, `at` (aware) is when."""
    front = Paper(
        title=PaperName.ARCHIVE.label,
        created=at,
        frame=OFFICIAL,
        blocks=list(_front(archive)),
        furniture=Furniture(numbering=Numbering.OF_TOTAL),
    )
    papers = [paper for part in archive.parts for paper in _papers(part, at, paper_of)]
    return Volume(title=PaperName.ARCHIVE.label, created=at, papers=(front, *papers), through=True)


def _front(archive: Archive) -> Iterator[Block]:
    yield Space(height=OFFICIAL.text_height / 4)
    yield Paragraph(PaperName.ARCHIVE.label, _COVER)
    yield Paragraph(archive.station, _UNDER, "联络站名称")
    yield Paragraph(archive.period, _UNDER)
    yield Paragraph(f"共{archive.records}份", _UNDER)
    yield Paragraph(archive.day, _UNDER)
    yield PageBreak()
    yield Paragraph("目　录", _HEAD)
    yield Contents()


def _papers(part: ArchivedPart, at: datetime, paper_of: Callable[[Shown, datetime], Paper]) -> Iterator[Paper]:
    """Each paper with the marks of where it begins; those of one kind stand below its name."""
    for place, (told, shown) in enumerate(part.papers):
        paper = paper_of(shown, at)
        marks = [Mark(title=part.name.label)] if place == 0 else []
        marks += [Mark(title=told or f"第{place + 1}份", level=1)] if len(part.papers) > 1 or told else []
        yield replace(paper, blocks=[*marks, *paper.blocks])
