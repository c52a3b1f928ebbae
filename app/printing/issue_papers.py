"""Papers of issues beside the ledger and the slips: 群众意见办理单, 回访记录, and the sheet for the wall (办理情况公示)."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from app.domain.issue_papers import CallBackRecord, IssueRecord, PublicLine, PublicSheet
from app.domain.papers import PaperName
from app.printing.followed import Followed
from app.printing.fonts import Face
from app.printing.form_rows import ALL, COLUMNS, FOOT, STYLE, TITLE, UNDER, long_row, short_row, signed_cell, ticks
from app.printing.grid import FormGrid, Row
from app.printing.ledger import NOTHING, printed_words
from app.printing.page import FORM, LEDGER, Furniture
from app.printing.paper import Paper
from app.printing.paragraph import Align, Paragraph, TextStyle
from app.printing.piece import Block
from app.printing.qr_code import QrCode
from app.printing.reception_form import SIGNATURE_DAY
from app.printing.sheet import MM
from app.printing.table import Column, Table, TableStyle

_TEXT: Final = 15 * MM
_SIGNED: Final = 20 * MM
_PAGE_LEFT: Final = 218 * MM  # of the text block below the title
_SCRIPT: Final = (
    "回访时先报联络站名称和代表姓名，说明所反映的事项和办理结果，再请反映人评价；"
    "对结果不满意的，记明理由，由联络站商承办单位继续办理。"
)

_COURSE_COLUMNS: Final = (
    Column(title="日期", wraps=False, align=Align.CENTRE),
    Column(title="事项", wraps=False, align=Align.CENTRE),
    Column(title="经办人", wraps=False, align=Align.CENTRE),
    Column(title="说明", width=5.0),
)
_COURSE: Final = TableStyle(
    body=TextStyle(face=Face.FANGSONG, size=11, leading=15.5),
    head=TextStyle(face=Face.HEI, size=10.5, leading=15, align=Align.CENTRE),
    beside=4,
    above=2.5,
)


def issue_record_paper(issue: IssueRecord, printed: datetime) -> Paper:
    """One issue from beginning to end; `printed` (aware) is when."""
    blocks: list[Block] = [
        *_head(PaperName.ISSUE_RECORD, issue.record, issue.station, issue.number),
        FormGrid(columns=COLUMNS, rows=[*_raised(issue), *_handled(issue)], style=STYLE),
    ]
    if issue.course:
        rows = [(each.day, each.event, each.by, each.told) for each in issue.course]
        blocks += [Paragraph("办理过程", _PART), Table(columns=_COURSE_COLUMNS, rows=rows, style=_COURSE)]
    return _internal(PaperName.ISSUE_RECORD, blocks, printed)


def call_back_record_paper(call: CallBackRecord, printed: datetime) -> Paper:
    """The call-back of an issue, with room for what has not been said yet; `printed` (aware) is when."""
    rows = [
        short_row(("反映人", call.person, 1), ("联系电话", call.phone, 3)),
        short_row(("反映事项", call.subject, ALL)),
        short_row(("承办单位", call.unit, 3), ("告知结果", call.told_on, 1)),
        long_row("办理结果", call.result, _TEXT),
        short_row(("回访日期", call.called_on, 1), ("回访人", call.called_by, 3)),
        short_row(("回访方式", ticks(call.ways), ALL)),
        short_row(("满意程度", ticks(call.satisfactions), ALL)),
        long_row("反映人的\n意见", "", 40 * MM, grows=True),
        long_row("联络站\n处理意见", "", 30 * MM, grows=True),
        Row(
            cells=[signed_cell("回访人（签名）：", 3, foot=SIGNATURE_DAY), signed_cell("代表（签名）：", 3, foot=SIGNATURE_DAY)],
            height=_SIGNED,
        ),
    ]
    blocks: list[Block] = [
        *_head(PaperName.CALL_BACK_RECORD, call.record, call.station, call.number),
        FormGrid(columns=COLUMNS, rows=rows, style=STYLE, height=_PAGE_LEFT),
        Paragraph(_SCRIPT, FOOT),
    ]
    return _internal(PaperName.CALL_BACK_RECORD, blocks, printed)


def _head(name: PaperName, record: str, station: str, number: str) -> Iterator[Block]:
    yield QrCode(record=record)
    yield Paragraph(name.label, TITLE)
    yield Paragraph(f"联络站：{station}　　　　编号：{number}", UNDER, "联络站、编号")


def _internal(name: PaperName, blocks: Sequence[Block], printed: datetime) -> Paper:
    furniture = Furniture(printed=printed_words(printed))
    return Paper(title=name.label, created=printed, frame=FORM, blocks=list(blocks), furniture=furniture)


_PART: Final = TextStyle(face=Face.HEI, size=12, leading=20, align=Align.LEFT, before=10, after=4, keep_with_next=True)


def _raised(issue: IssueRecord) -> Iterator[Row]:
    yield short_row(("收到日期", issue.received, 3), ("来源", issue.source, 1))
    yield short_row(("反映人", issue.person, 1), ("村（社区）", issue.village, 3))
    yield short_row(("接待代表", issue.deputies, ALL))
    yield short_row(("反映事项", issue.subject, ALL))
    yield long_row("内容\n（原话）", issue.words, _TEXT)
    yield short_row(("类别", issue.kinds, ALL))
    for name, value in (("事发地点", issue.place), ("涉及单位", issue.units_concerned)):
        if value:
            yield short_row((name, value, ALL))


def _handled(issue: IssueRecord) -> Iterator[Row]:
    if issue.on_spot_reply:
        yield long_row("当场答复", issue.on_spot_reply, _TEXT)
    yield long_row("拟办意见", issue.proposed, _TEXT)
    yield long_row("批示", issue.approved, _TEXT)
    yield short_row(("去向", issue.route, 1), ("承办单位", issue.unit, 3))
    yield short_row(("交办日期", issue.assigned_on, 1), ("办理期限", issue.due, 3))
    yield long_row("办理结果", issue.result, _TEXT)
    yield short_row(("反馈情况", issue.feedback, ALL))
    yield short_row(("回访", issue.call_back, 3), ("满意度", issue.satisfaction, 1))
    if issue.archive:
        yield short_row(("归档号", issue.archive, ALL))


# --- for the wall ------------------------------------------------------------------------------------------------------

_PUBLIC_TITLE: Final = TextStyle(face=Face.TITLE, size=24, leading=36, align=Align.CENTRE, after=2, keep_with_next=True)
_PUBLIC_UNDER: Final = TextStyle(face=Face.FANGSONG, size=14, leading=22, align=Align.CENTRE, after=8, keep_with_next=True)
_PUBLIC_FOOT: Final = TextStyle(face=Face.FANGSONG, size=14, leading=22, align=Align.LEFT, before=8)
_PUBLIC_CELLS: Final = TableStyle(
    body=TextStyle(face=Face.FANGSONG, size=12.5, leading=18),
    head=TextStyle(face=Face.HEI, size=12, leading=18, align=Align.CENTRE),
    beside=5,
    above=4,
)
_PUBLIC_COLUMNS: Final = (
    Column(title="序号", wraps=False, align=Align.CENTRE),
    Column(title="收到日期", wraps=False, align=Align.CENTRE),
    Column(title="反映人", wraps=False, align=Align.CENTRE),
    Column(title="反映事项", width=4.0, align=Align.LEFT),
    Column(title="承办单位", width=2.4, align=Align.LEFT),
    Column(title="办理情况", width=5.0),
    Column(title="办结日期", wraps=False, align=Align.CENTRE),
)
_PSEUDONYMS: Final = "反映人以来访编号代称。本人可凭回执上的编号到联络站询问。"


def public_sheet_paper(sheet: PublicSheet, made: datetime) -> Paper:
    """What was raised and became of it: an outward paper, so no code, no print time (decision 28)."""
    head = sheet.head
    rows = [_public_row(place, line) for place, line in enumerate(sheet.lines, start=1)]
    blocks: list[Block] = [
        Paragraph(PaperName.PUBLIC_SHEET.label, _PUBLIC_TITLE),
        Paragraph(f"{head.station}　　{head.period}", _PUBLIC_UNDER, "联络站名称"),
        Followed(
            block=Table(columns=_PUBLIC_COLUMNS, rows=rows, style=_PUBLIC_CELLS),
            by=Paragraph(f"{head.summary if rows else NOTHING}{sheet.note}{_PSEUDONYMS}", _PUBLIC_FOOT, "合计"),
        ),
    ]
    return Paper(title=PaperName.PUBLIC_SHEET.label, created=made, frame=LEDGER, blocks=blocks, furniture=Furniture())


def _public_row(place: int, line: PublicLine) -> Sequence[str]:
    return str(place), line.received, line.person, line.subject, line.unit, line.result, line.closed
