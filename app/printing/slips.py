"""The slips between station and unit: what is asked (交办单, a receipt to tear off below), what came of it (办理情况反馈单)."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from app.domain.papers import PaperName
from app.domain.slip_papers import AssignmentSlip, FeedbackSlip
from app.printing.form_rows import (
    ALL,
    COLUMNS,
    FOOT,
    HAND,
    RECEIPT,
    STYLE,
    TITLE,
    UNDER,
    CutLine,
    long_row,
    short_row,
    ticks,
)
from app.printing.grid import Cell, FormGrid, Row
from app.printing.kept import Kept
from app.printing.ledger import printed_words
from app.printing.page import FORM, Furniture
from app.printing.paper import Paper
from app.printing.paragraph import Paragraph
from app.printing.piece import Block
from app.printing.qr_code import QrCode
from app.printing.reception_form import SIGNATURE_DAY
from app.printing.sheet import MM

_SIGNED: Final = 24 * MM
_SLIP: Final = 152 * MM  # of the page: the receipt stands below it
_FEEDBACK: Final = 218 * MM


_CO: Final = "会办单位"
_RECEIPT_TITLE: Final = "签收回执"
_ASKED: Final = "请在办理时限内填写《办理情况反馈单》退回交办机关；认为不属本单位办理的，请自签收之日起说明理由退回。"
_RETURNED: Final = "填写后请连同有关材料退回交办机关。右上角的码用于识别本单，请勿遮盖。"


def assignment_paper(slip: AssignmentSlip, printed: datetime) -> Paper:
    """The slip that goes to a unit; `printed` (aware) is when."""
    return _paper(PaperName.ASSIGNMENT_SLIP, _assignment(slip), printed)


def feedback_paper(slip: FeedbackSlip, printed: datetime) -> Paper:
    """The slip on which a unit answers; `printed` (aware) is when."""
    return _paper(PaperName.FEEDBACK_SLIP, _feedback(slip), printed)


def _paper(name: PaperName, blocks: Iterator[Block], printed: datetime) -> Paper:
    furniture = Furniture(printed=printed_words(printed))
    return Paper(title=name.label, created=printed, frame=FORM, blocks=list(blocks), furniture=furniture)


# --- what is asked -----------------------------------------------------------------------------------------------------


def _assignment(slip: AssignmentSlip) -> Iterator[Block]:
    yield QrCode(record=slip.record)
    yield Paragraph(PaperName.ASSIGNMENT_SLIP.label, TITLE)
    yield _under(slip.number, slip.source_number)
    yield FormGrid(columns=COLUMNS, rows=list(_asked(slip)), style=STYLE, height=_SLIP)
    yield CutLine()
    yield Paragraph(_RECEIPT_TITLE, RECEIPT)
    yield Kept(block=FormGrid(columns=COLUMNS, rows=list(_receipt(slip)), style=STYLE), keep_with_next=True)
    yield Paragraph(_ASKED, FOOT)


def _asked(slip: AssignmentSlip) -> Iterator[Row]:
    yield short_row(("交办机关", slip.body, 3), ("密级", slip.classification, 1))
    yield short_row((_lead(slip.co_units), slip.unit, 3), ("交办日期", slip.assigned_on, 1))
    if slip.co_units:
        yield short_row((_CO, slip.co_units, ALL))
    yield short_row(("反馈要求", slip.feedback_required, 3), ("办理时限", slip.due_on, 1))
    yield short_row(("事项摘要", slip.summary, ALL))
    words = slip.words if slip.words != slip.summary else ""
    if words:
        yield long_row("内容\n（原话）", words, 24 * MM, grows=True)
    if slip.raised_by:
        yield short_row(("反映人", slip.raised_by, 1), ("联系电话", slip.phone, 3))
    if slip.place:
        yield short_row(("事发地点", slip.place, ALL))
    if slip.attachments:
        yield short_row(("附件", slip.attachments, ALL))
    yield long_row("交办意见", slip.instruction, 20 * MM, grows=not words)
    yield short_row(("交办人", slip.assigned_by, 1), ("签收", slip.signed_for, 3))


def _receipt(slip: AssignmentSlip) -> Iterator[Row]:
    yield short_row(("编号", slip.number, 3), ("办理时限", slip.due_on, 1))
    yield short_row(("事项摘要", slip.summary, ALL))
    yield short_row(("承办单位", f"{slip.unit}（主办）、{slip.co_units}（会办）" if slip.co_units else slip.unit, ALL))
    signed = Cell(text="签收人（签名）：", columns=3, foot=SIGNATURE_DAY, middle=False, style=HAND)
    sealed = Cell(text="承办单位（盖章）：", columns=3, middle=False, style=HAND)
    yield Row(cells=[signed, sealed], height=18 * MM)


# --- what came of it ---------------------------------------------------------------------------------------------------


def _feedback(slip: FeedbackSlip) -> Iterator[Block]:
    yield QrCode(record=slip.record)
    yield Paragraph(PaperName.FEEDBACK_SLIP.label, TITLE)
    yield _under(slip.number, slip.source_number)
    yield FormGrid(columns=COLUMNS, rows=list(_answered(slip)), style=STYLE, height=_FEEDBACK)
    yield Paragraph(_RETURNED, FOOT)


def _answered(slip: FeedbackSlip) -> Iterator[Row]:
    yield short_row(("交办机关", slip.body, 3), ("交办日期", slip.assigned_on, 1))
    yield short_row((_lead(slip.co_units), slip.unit, 3), ("办理时限", slip.due_on, 1))
    if slip.co_units:
        yield short_row((_CO, slip.co_units, ALL))
    yield short_row(("事项摘要", slip.summary, ALL))
    yield short_row(("办理结果", ticks(slip.results), ALL))
    yield long_row("办理情况", slip.account, 58 * MM, grows=True)
    yield long_row("依据", slip.basis, 20 * MM)
    if slip.co_units:
        yield long_row("会办意见", slip.co_opinion, 16 * MM)
    yield short_row(("承办人", slip.handler, 1), ("联系电话", slip.phone, 3))
    issued = Cell(
        text=f"负责人签发：{slip.issued_by}", columns=3, foot="" if slip.day else SIGNATURE_DAY, middle=False, style=HAND
    )
    words = f"（已盖章）\n{slip.day}" if slip.sealed else slip.day
    seal = Cell(text=f"承办单位（盖章）：{words}", columns=3, foot="" if slip.day else SIGNATURE_DAY, middle=False, style=HAND)
    yield Row(cells=[issued, seal], height=_SIGNED)
    yield long_row("代表意见", slip.deputy_opinion, 16 * MM)
    yield short_row(("反映人意见", ticks(slip.satisfactions), 3), ("回访", slip.call_back, 1))


def _lead(co_units: str) -> str:
    """What the unit is called that answers: one of several leads."""
    return "主办单位" if co_units else "承办单位"


# --- how ---------------------------------------------------------------------------------------------------------------


def _under(number: str, source_number: str) -> Paragraph:
    source = f"　　　　来源登记号：{source_number}" if source_number else ""
    return Paragraph(f"编号：{number}{source}", UNDER, "编号")
