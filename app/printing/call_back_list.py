"""The list of residents to call back (回访清单), deputy by deputy, with room to write down what they say."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from app.domain.papers import PaperName
from app.domain.reception_papers import CallBackGroup, CallBackLine, CallBackList
from app.printing.followed import Followed
from app.printing.fonts import Face
from app.printing.ledger import ROWS, SUM, TITLE, UNDER, ledger_furniture
from app.printing.page import LEDGER
from app.printing.paper import Paper
from app.printing.paragraph import Align, Paragraph, TextStyle
from app.printing.piece import Block
from app.printing.table import Column, Table

NOTHING_WAITS: Final = "没有待回访的事项，期内也没有回访。"
_ASKED: Final = "☐满意　☐基本满意\n☐不满意"
_WRITTEN: Final = "日期：{day}\n方式：{way}"
_COLUMNS: Final = (
    Column(title="序号", wraps=False, align=Align.CENTRE),
    Column(title="编号", wraps=False, align=Align.CENTRE),
    Column(title="反映人", wraps=False, align=Align.LEFT),
    Column(title="联系电话", wraps=False, align=Align.CENTRE),
    Column(title="村（社区）", width=1.5, align=Align.LEFT),
    Column(title="反映事项", width=3.4, align=Align.LEFT),
    Column(title="办理结果", width=3.6, align=Align.LEFT),
    Column(title="告知日期", wraps=False, align=Align.CENTRE),
    Column(title="回访记录", width=1.8, align=Align.LEFT),
    Column(title="满意度", wraps=False, align=Align.LEFT),
)
_DEPUTY: Final = TextStyle(face=Face.HEI, size=11.5, leading=18, align=Align.LEFT, before=10, after=3, keep_with_next=True)


def call_back_paper(asked: CallBackList, printed: datetime) -> Paper:
    """The list, a table for each deputy; `printed` (aware) is when."""
    title, head = PaperName.CALL_BACK_LIST.label, asked.head
    under = "　　".join(part for part in (head.station, head.period) if part)
    blocks: list[Block] = [Paragraph(title, TITLE, "标题"), Paragraph(under, UNDER, "联络站名称")]
    number = 0
    for group in asked.groups:
        blocks += _group(group, number)
        number += len(group.lines)
    summary = Paragraph(head.summary if asked.groups else NOTHING_WAITS, SUM, "合计")
    blocks.append(Followed(block=blocks.pop(), by=summary) if asked.groups else summary)
    return Paper(title=title, created=printed, frame=LEDGER, blocks=blocks, furniture=ledger_furniture(title, head, printed))


def _group(group: CallBackGroup, before: int) -> Iterator[Block]:
    yield Paragraph(f"{group.deputy or '未注明代表'}（{len(group.lines)}件）", _DEPUTY, "代表姓名")
    yield Table(columns=_COLUMNS, rows=[_row(before + place, each) for place, each in enumerate(group.lines, 1)], style=ROWS)


def _row(number: int, line: CallBackLine) -> tuple[str, ...]:
    contact = (line.person, line.phone, line.village)
    written = _WRITTEN.format(day=line.called_on, way=line.called_way)
    satisfaction = (line.satisfaction or "未填") if line.called_on else _ASKED
    return str(number), line.number, *contact, line.subject, line.result, line.told, written, satisfaction
