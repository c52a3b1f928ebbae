"""The table of a campaign (主题活动统计表): by level, by deputy, by village."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from app.domain.activity_papers import CampaignPaper
from app.domain.papers import PaperName
from app.printing.fonts import Face
from app.printing.ledger import ROWS, SUM, TITLE, UNDER, ledger_furniture
from app.printing.page import LEDGER
from app.printing.paper import Paper
from app.printing.paragraph import Align, Paragraph, TextStyle
from app.printing.piece import Block
from app.printing.table import Column, Table

_BLOCK: Final = TextStyle(face=Face.HEI, size=11.5, leading=18, align=Align.LEFT, before=10, after=3, keep_with_next=True)


def campaign_table_paper(shown: CampaignPaper, printed: datetime) -> Paper:
    """The table, its blocks one below the other; `printed` (aware) is when."""
    title, head = PaperName.CAMPAIGN_TABLE.label, shown.head
    under = "　　".join(part for part in (head.station, head.period, shown.facts) if part)
    blocks: list[Block] = [
        Paragraph(f"{shown.title}统计表", TITLE, "标题"),
        Paragraph(under, UNDER, "联络站名称"),
        Paragraph(head.summary, SUM, "合计"),
    ]
    for name, heads, rows in shown.blocks:
        if rows:
            blocks += [Paragraph(f"按{name}", _BLOCK), Table(columns=_columns(heads, rows), rows=rows, style=ROWS)]
    return Paper(title=title, created=printed, frame=LEDGER, blocks=blocks, furniture=ledger_furniture(title, head, printed))


def _columns(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[Column]:
    """The names at the left, the numbers in the middle of columns that share what is left."""
    names = max((len(row[0]) for row in rows), default=0)
    first = Column(title=heads[0], width=2.0 if names > 6 else 1.4, align=Align.LEFT)
    return [first, *(Column(title=each, align=Align.CENTRE) for each in heads[1:])]
