"""The pages with a record's pictures (附件页): each as large as the page allows, its name below it, two across on one page."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from app.domain.attachment_pages import AttachedFile, AttachmentPages, PrintedPicture
from app.domain.papers import PaperName
from app.printing.fonts import Face
from app.printing.ledger import printed_words
from app.printing.page import FORM, Furniture
from app.printing.paper import Paper
from app.printing.paragraph import Align, Paragraph, TextStyle
from app.printing.piece import Block, Whole
from app.printing.qr_code import QrCode
from app.printing.sheet import MM, Sheets

_TITLE: Final = TextStyle(face=Face.TITLE, size=22, leading=32, align=Align.CENTRE, after=6, keep_with_next=True)
_UNDER: Final = TextStyle(face=Face.SONG, size=10.5, leading=16, align=Align.LEFT, after=4, keep_with_next=True)
_CAPTION: Final = TextStyle(face=Face.FANGSONG, size=11, leading=16, align=Align.CENTRE, before=3, after=12)
_HEAD: Final = TextStyle(face=Face.HEI, size=12, leading=20, align=Align.LEFT, before=8, after=4, keep_with_next=True)
_LINE: Final = TextStyle(face=Face.FANGSONG, size=11.5, leading=18, align=Align.LEFT)
_LANDSCAPE: Final = 98 * MM
"""The height of one that is wider than high: two of them and their captions fill a page, the first one's heading too."""
_PORTRAIT: Final = 212 * MM
_DOTS: Final = 96
"""Pixels of a small picture printed on an inch: a larger one is drawn as large as there is room."""


def attachment_pages_paper(pages: AttachmentPages, printed: datetime) -> Paper:
    """Every file of the record; `printed` (aware) is when."""
    furniture = Furniture(printed=printed_words(printed))
    title = PaperName.ATTACHMENT_PAGES.label
    return Paper(title=title, created=printed, frame=FORM, blocks=list(_blocks(pages)), furniture=furniture)


def _blocks(pages: AttachmentPages) -> Iterator[Block]:
    yield QrCode(record=pages.record)
    yield Paragraph(PaperName.ATTACHMENT_PAGES.label, _TITLE)
    yield Paragraph(f"联络站：{pages.station}", _UNDER, "联络站")
    yield Paragraph(f"所属记录：{pages.title}", _UNDER, "所属记录")
    unshown = []
    for place, file in enumerate(pages.files, start=1):
        if file.picture:
            yield _Picture.of(file.picture)
            yield Paragraph(_caption(place, file), _CAPTION, f"附件{place}")
        else:
            unshown.append((place, file))
    if unshown:
        yield Paragraph("未印出的附件", _HEAD)
    for place, file in unshown:
        yield Paragraph(f"{_caption(place, file)}：{file.why_not}。", _LINE, f"附件{place}")


def _caption(place: int, file: AttachedFile) -> str:
    return f"附件{place}　{file.name}" + (f"（{file.remarks}）" if file.remarks else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Picture(Whole):
    """A picture in the middle of the width; it stays with the caption below it."""

    picture: PrintedPicture
    across: float
    """How wide it is drawn, in points."""

    @classmethod
    def of(cls, picture: PrintedPicture) -> "_Picture":
        """The picture as large as the page allows, and never so large that its pixels show."""
        high = _LANDSCAPE if picture.width > picture.height else _PORTRAIT
        scale = min(FORM.text_width / picture.width, high / picture.height, 72 / _DOTS)
        return cls(picture=picture, across=picture.width * scale, height=picture.height * scale)

    def draw(self, sheets: Sheets, x: float, top: float) -> None:
        """Draws it."""
        sheets.picture(x + (self.width - self.across) / 2, top, self.across, self.height, self.picture.content)
