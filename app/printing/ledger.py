"""What all ledgers share: title, station and period above the rows, the sum below; when and of what it was printed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from app.clock import CHINA
from app.domain.papers import Ledger
from app.printing.followed import Followed
from app.printing.fonts import Face
from app.printing.page import LEDGER, Furniture
from app.printing.paper import Paper
from app.printing.paragraph import Align, Paragraph, TextStyle
from app.printing.piece import Block
from app.printing.table import Column, Table, TableStyle

NOTHING: Final = "本时段没有记录。"
_SEVERAL: Final = 2

TITLE: Final = TextStyle(face=Face.TITLE, size=20, leading=28, align=Align.CENTRE, after=2, keep_with_next=True)
UNDER: Final = TextStyle(face=Face.SONG, size=10.5, leading=16, align=Align.CENTRE, after=8, keep_with_next=True)
SUM: Final = TextStyle(face=Face.SONG, size=10.5, leading=16, align=Align.LEFT, before=8)
SEALED: Final = TextStyle(face=Face.SONG, size=10.5, leading=16, align=Align.RIGHT, before=14, inset=6)
ROWS: Final = TableStyle(
    body=TextStyle(face=Face.SONG, size=9.5, leading=14),
    head=TextStyle(face=Face.HEI, size=9.5, leading=15, align=Align.CENTRE),
    beside=4.5,
    above=3.5,
)
_EMPTY: Final = TextStyle(face=Face.FANGSONG, size=14, leading=24, align=Align.CENTRE, before=40)


def ledger_paper(title: str, head: Ledger, columns: Sequence[Column], rows: Sequence[Sequence[str]], printed: datetime) -> Paper:
    """A ledger with its rows, or with the heading alone and a word that there are none; `printed` (aware) is when."""
    under = "　　".join(part for part in (head.station, head.period) if part)
    blocks: list[Block] = [
        Paragraph(title, TITLE, "标题"),
        Paragraph(under, UNDER, "联络站名称"),
        Followed(
            block=Table(columns=columns, rows=rows, style=ROWS),
            by=Paragraph(head.summary if rows else NOTHING, SUM if rows else _EMPTY, "合计"),
        ),
    ]
    return Paper(title=title, created=printed, frame=LEDGER, blocks=blocks, furniture=ledger_furniture(title, head, printed))


def ledger_furniture(title: str, head: Ledger, printed: datetime) -> Furniture:
    """What stands outside the rows of a ledger on every page."""
    return Furniture(
        head=f"{head.station}　{title}", head_right=f"编号：{head.number}", printed=printed_words(printed), record=head.number
    )


def printed_words(printed: datetime) -> str:
    """When an internal paper was printed, by the clock on the station's wall."""
    return f"打印时间：{printed.astimezone(CHINA):%Y-%m-%d %H:%M}"


def in_twos(names: Sequence[str]) -> str:
    """Names in a narrow cell, two a line, so that none is broken."""
    ends = ["、\n" if place % 2 else "、" for place in range(len(names))]
    return "".join(name + end for name, end in zip(names, ends, strict=True)).rstrip("、\n")


def numbered(texts: Sequence[str]) -> str:
    """Several things in one cell, one a line; a single one without a number."""
    return "".join(texts) if len(texts) < _SEVERAL else "\n".join(f"{place}. {text}" for place, text in enumerate(texts, start=1))
