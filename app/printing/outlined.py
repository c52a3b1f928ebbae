"""Papers that are read from beginning to end, in the layout of official texts (GB/T 9704-2012)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Final

from app.domain.outline import Bars, Columns, Facts, Outlined, Part, Room, Rows, Signed, Text, Title, Under
from app.printing.charts import BarChart, ColumnChart
from app.printing.fonts import Face
from app.printing.form_rows import ALL, COLUMNS, STYLE, short_row
from app.printing.grid import FormGrid
from app.printing.ledger import printed_words
from app.printing.page import OFFICIAL, OFFICIAL_LEADING, OFFICIAL_TEXT, Furniture, Numbering
from app.printing.paper import Paper
from app.printing.paragraph import Align, Paragraph, TextStyle
from app.printing.piece import Block, Space
from app.printing.suggestion_paper import official_text
from app.printing.table import Column, Table, TableStyle

_TITLE: Final = TextStyle(face=Face.TITLE, size=22, leading=34, align=Align.CENTRE, after=8, keep_with_next=True)
_UNDER: Final = TextStyle(face=Face.KAI, size=15, leading=26, align=Align.CENTRE, keep_with_next=True)
_CAPTION: Final = TextStyle(face=Face.HEI, size=11, leading=18, align=Align.CENTRE, before=4, after=2, keep_with_next=True)
_SIGNED: Final = replace(OFFICIAL_TEXT, indent=0.0, align=Align.RIGHT, keep_with_next=True)
_DAY_INSET: Final = 4
"""GB/T 9704-2012, 7.3.5.1: the day stands four characters from the right, the office centred above it."""
_DAY: Final = 7
"""Characters that a day is wide."""
_ROWS: Final = TableStyle(
    body=TextStyle(face=Face.FANGSONG, size=11, leading=15.5),
    head=TextStyle(face=Face.HEI, size=10.5, leading=15, align=Align.CENTRE),
    beside=4,
    above=2.5,
)


def outlined_paper(shown: Outlined, at: datetime) -> Paper:
    """The paper; `at` (aware) is when. One that goes out bears its page's number alone (decision 28)."""
    outward = Furniture(numbering=Numbering.DASHES)
    furniture = Furniture(printed=printed_words(at), record=shown.record) if shown.record else outward
    blocks = [block for part in shown.outline() for block in _blocks(part)]
    return Paper(title=shown.name.label, created=at, frame=OFFICIAL, blocks=blocks, furniture=furniture)


def signed(office: str, day: str) -> Iterator[Block]:
    """Office and day at the lower right, on the page of the text's last lines."""
    centred = _DAY_INSET + (_DAY - len(office)) / 2
    yield Space(height=OFFICIAL_LEADING * 2, keep_with_next=True)
    yield Paragraph(office, replace(_SIGNED, inset=max(centred, 0.0)), "署名")
    yield Paragraph(day, replace(_SIGNED, inset=_DAY_INSET, keep_with_next=False))


def _blocks(part: Part) -> Iterator[Block]:
    match part:
        case Title(text):
            yield Paragraph(text, _TITLE, "标题")
        case Under(text):
            yield Paragraph(text, _UNDER, "标题下")
        case Text(text):
            yield from official_text(text, text[:14])
        case Facts(pairs):
            rows = [short_row((name, value, ALL)) for name, value in pairs if value]
            yield FormGrid(columns=COLUMNS, rows=rows, style=STYLE, after=6)
        case Rows(columns, rows):
            yield Table(columns=[_column(*each) for each in columns], rows=rows, style=_ROWS, before=2, after=6)
        case Bars(title, names, counts):
            yield Paragraph(title, _CAPTION, "图")
            yield BarChart.of(names, counts)
        case Columns(title, months, series):
            yield Paragraph(title, _CAPTION, "图")
            yield ColumnChart(months=months, series=series)
        case Room(lines):
            yield Space(height=lines * OFFICIAL_LEADING, keep_with_next=True)
        case Signed(office, day):
            yield from signed(office, day)


def _column(title: str, width: float) -> Column:
    return Column(title=title, width=width) if width else Column(title=title, wraps=False, align=Align.CENTRE)
