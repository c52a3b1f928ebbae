"""The papers of the exchange: the note that goes along with packages (数据交接单), the statement (报送对账单)."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from app.domain.exchange_papers import DeliveryNote, Parcel, Statement, StatementNumber, StatementRecord
from app.domain.papers import PaperName
from app.printing.fonts import Face
from app.printing.form_rows import ALL, COLUMNS, FOOT, HAND, STYLE, TITLE, UNDER, short_row
from app.printing.grid import Cell, FormGrid, Row
from app.printing.ledger import NOTHING, ROWS, SUM, ledger_furniture, printed_words
from app.printing.ledger import TITLE as LEDGER_TITLE
from app.printing.ledger import UNDER as LEDGER_UNDER
from app.printing.page import FORM, LEDGER, Furniture
from app.printing.paper import Paper
from app.printing.paragraph import Align, Paragraph, TextStyle
from app.printing.piece import Block
from app.printing.reception_form import SIGNATURE_DAY
from app.printing.sheet import MM
from app.printing.table import Column, Table

_SIGNED: Final = 30 * MM
_TOLD: Final = (
    "数据包已经加密和签名，只有接收机关能够打开；请原样复制，不要改名、不要打开另存。"
    "接收时核对文件的字节数和 SHA-256 指纹，与本单一致即为完整；接收机关导入后出具电子回执，以回执为准。"
)
_HEADING: Final = TextStyle(face=Face.HEI, size=11.5, leading=18, align=Align.LEFT, before=12, after=3, keep_with_next=True)
_NUMBERS: Final = (
    Column(title="包号", wraps=False, align=Align.CENTRE),
    Column(title="封装时间", wraps=False, align=Align.CENTRE),
    Column(title="内容", width=3.2, align=Align.LEFT),
    Column(title="大小", wraps=False, align=Align.RIGHT),
    Column(title="复制到", width=3.0, align=Align.LEFT),
    Column(title="回执", wraps=False, align=Align.CENTRE),
    Column(title="结果", wraps=False, align=Align.CENTRE),
    Column(title="备注", width=1.6, align=Align.LEFT),
)
_QUESTIONS: Final = (
    Column(title="包号", wraps=False, align=Align.CENTRE),
    Column(title="情况", wraps=False, align=Align.CENTRE),
    Column(title="说明和处理", width=6.0, align=Align.LEFT),
)
_RETURNED: Final = (
    Column(title="类别", wraps=False, align=Align.CENTRE),
    Column(title="名称", width=3.0, align=Align.LEFT),
    Column(title="退回原因", width=4.0, align=Align.LEFT),
)
_LATE: Final = (
    Column(title="类别", wraps=False, align=Align.CENTRE),
    Column(title="名称", width=5.0, align=Align.LEFT),
    Column(title="包号", wraps=False, align=Align.CENTRE),
)


# --- the note that goes along ------------------------------------------------------------------------------------------


def delivery_paper(note: DeliveryNote, printed: datetime) -> Paper:
    """The note, signed by both; `printed` (aware) is when."""
    title = PaperName.DELIVERY_NOTE.label
    blocks: list[Block] = [Paragraph(title, TITLE), Paragraph(f"编号：{note.number}", UNDER, "编号")]
    blocks.append(FormGrid(columns=COLUMNS, rows=list(_delivery_rows(note)), style=STYLE))
    blocks.append(Paragraph(_TOLD, FOOT))
    return Paper(title=title, created=printed, frame=FORM, blocks=blocks, furniture=Furniture(printed=printed_words(printed)))


def _delivery_rows(note: DeliveryNote) -> Iterator[Row]:
    yield short_row(("交出单位", note.station, 3), ("站点编号", note.code, 1))
    yield short_row(("接收机关", note.body, 3), ("复制日期", note.copied_on, 1))
    yield short_row(("介质", note.medium, ALL))
    for each in note.parcels:
        yield from _parcel_rows(each)
    yield short_row(("合计", note.total, ALL))
    given = Cell(text="交出人（签名）：", columns=3, foot=SIGNATURE_DAY, middle=False, style=HAND)
    taken = Cell(text="接收人（签名、盖章）：", columns=3, foot=SIGNATURE_DAY, middle=False, style=HAND)
    yield Row(cells=[given, taken], height=_SIGNED)


def _parcel_rows(parcel: Parcel) -> Iterator[Row]:
    yield short_row(("包号", f"第 {parcel.number} 包", 1), ("封装时间", parcel.made, 1), ("大小", parcel.size, 1))
    yield short_row(("内容", parcel.contents, 3), ("附件", parcel.files, 1))
    yield short_row(("文件名", parcel.file, ALL))
    yield short_row(("指纹\nSHA-256", parcel.fingerprint, ALL))


# --- the statement -----------------------------------------------------------------------------------------------------


def statement_paper(statement: Statement, printed: datetime) -> Paper:
    """The statement, across; `printed` (aware) is when."""
    title, head = PaperName.STATEMENT.label, statement.head
    under = "　　".join(part for part in (head.station, head.period) if part)
    blocks: list[Block] = [Paragraph(title, LEDGER_TITLE, "标题"), Paragraph(under, LEDGER_UNDER, "联络站名称")]
    blocks.append(_totals(statement))
    blocks += _part("一、报送包", _NUMBERS, [_number_row(each) for each in statement.numbers], NOTHING)
    blocks += _part("二、待处理", _QUESTIONS, statement.questions, "没有待处理的事项。")
    blocks += _part("三、退回待补正", _RETURNED, [_returned_row(each) for each in statement.returned], "没有退回的记录。")
    late = [_late_row(each) for each in statement.late]
    blocks += _part("四、报送满14天未收到回执的记录", _LATE, late, "没有。")
    if statement.more:
        blocks.append(Paragraph(f"另有{statement.more}条，见程序“报送回执”页。", SUM, "合计"))
    blocks.append(Paragraph(head.summary, SUM, "合计"))
    return Paper(title=title, created=printed, frame=LEDGER, blocks=blocks, furniture=ledger_furniture(title, head, printed))


def _totals(statement: Statement) -> Table:
    columns = [Column(title=name, align=Align.CENTRE) for name, _count in statement.totals]
    return Table(columns=columns, rows=[[count for _name, count in statement.totals]], style=ROWS)


def _part(heading: str, columns: Sequence[Column], rows: Sequence[Sequence[str]], nothing: str) -> Iterator[Block]:
    yield Paragraph(heading, _HEADING, "小标题")
    yield Table(columns=columns, rows=rows, style=ROWS) if rows else Paragraph(nothing, SUM, "说明")


def _number_row(each: StatementNumber) -> Sequence[str]:
    return each.number, each.made, each.contents, each.size, each.copied, each.receipt, each.result, each.remark


def _returned_row(each: StatementRecord) -> Sequence[str]:
    return each.kind, each.title, each.reason


def _late_row(each: StatementRecord) -> Sequence[str]:
    return each.kind, each.title, each.number
