"""Chosen suggestions in one volume (代表建议选编): a title page, a table of contents, each suggestion on a page of its own."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Final

from app.domain.chinese import numeral
from app.domain.papers import PaperName
from app.domain.suggestion_papers import ChosenSuggestion, Compendium
from app.printing.contents import Contents, Mark
from app.printing.fonts import Face
from app.printing.page import OFFICIAL, OFFICIAL_TEXT, Furniture, Numbering
from app.printing.paper import Paper
from app.printing.paragraph import Align, Paragraph, TextStyle
from app.printing.piece import Block, PageBreak, Space
from app.printing.suggestion_paper import official_text

_COVER: Final = TextStyle(face=Face.TITLE, size=36, leading=54, align=Align.CENTRE, after=30)
_PUBLISHER: Final = TextStyle(face=Face.KAI, size=18, leading=30, align=Align.CENTRE)
_NOTE: Final = replace(_PUBLISHER, face=Face.FANGSONG, size=14, leading=24, before=20)
_HEAD: Final = TextStyle(face=Face.TITLE, size=22, leading=36, align=Align.CENTRE, after=12, keep_with_next=True)
_BY: Final = TextStyle(face=Face.KAI, size=15, leading=24, align=Align.CENTRE, after=12, keep_with_next=True)
_PART: Final = replace(OFFICIAL_TEXT, face=Face.HEI, before=10, keep_with_next=True)
_TITLE_ONLY: Final = "（按代表意愿仅公开标题。）"


def compendium_paper(volume: Compendium, made: datetime) -> Paper:
    """The volume; `made` (aware) stands in the file's properties alone."""
    furniture = Furniture(numbering=Numbering.DASHES)
    title = PaperName.COMPENDIUM.label
    return Paper(title=title, created=made, frame=OFFICIAL, blocks=list(_blocks(volume)), furniture=furniture)


def _blocks(volume: Compendium) -> Iterator[Block]:
    yield Space(height=OFFICIAL.text_height / 4)
    yield Paragraph(PaperName.COMPENDIUM.label, _COVER)
    yield Paragraph(volume.station, _PUBLISHER, "联络站名称")
    yield Paragraph(volume.day, _PUBLISHER)
    if volume.withheld:
        yield Paragraph(f"另有{volume.withheld}件按代表意愿不公开，未编入。", _NOTE)
    yield PageBreak()
    yield Paragraph("目　录", _HEAD)
    yield Contents()
    for place, each in enumerate(volume.suggestions, start=1):
        yield PageBreak()
        yield from _suggestion(place, each)


def _suggestion(place: int, told: ChosenSuggestion) -> Iterator[Block]:
    title = f"{numeral(place)}、{told.subject}"
    yield Mark(title=title)
    yield Paragraph(told.subject, _HEAD, f"{title[:14]}·标题")
    under = "　".join(part for part in (told.by, told.number) if part)
    if under:
        yield Paragraph(under, _BY, f"{title[:14]}·领衔代表")
    if told.text:
        yield from official_text(told.text, title[:14])
    else:
        yield Paragraph(_TITLE_ONLY, OFFICIAL_TEXT)
    if told.answers:
        yield Paragraph("答复摘要", _PART)
        for answer in told.answers:
            yield from official_text(answer, f"{title[:14]}·答复")
