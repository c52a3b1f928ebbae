"""The slips between station and unit: what is asked (交办单, a receipt to tear off below), what came of it (办理情况反馈单)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Self

from app.domain.papers import PaperName
from app.domain.slip_papers import AssignmentSlip, FeedbackSlip
from app.printing.fonts import Face
from app.printing.grid import Cell, FormGrid, GridStyle, Row, named, named_values
from app.printing.kept import Kept
from app.printing.ledger import printed_words
from app.printing.page import FORM, Furniture
from app.printing.paper import Paper
from app.printing.paragraph import Align, Paragraph, TextStyle
from app.printing.piece import Block, Piece
from app.printing.proof import Proof
from app.printing.qr_code import QrCode
from app.printing.reception_form import SIGNATURE_DAY
from app.printing.sheet import MM, Sheets

_COLUMNS: Final = (24, 29, 24, 29, 24, 35)  # millimetres
_LINE: Final = 9.5 * MM
_SIGNED: Final = 24 * MM
_SLIP: Final = 152 * MM  # of the page: the receipt stands below it
_FEEDBACK: Final = 218 * MM
_ALL: Final = 5

_TITLE: Final = TextStyle(face=Face.TITLE, size=22, leading=32, align=Align.CENTRE, after=6, keep_with_next=True)
_RECEIPT: Final = replace(_TITLE, size=16, leading=23, after=3)
_UNDER: Final = TextStyle(face=Face.SONG, size=10.5, leading=16, align=Align.LEFT, after=3, keep_with_next=True)
_STYLE: Final = GridStyle(value=TextStyle(face=Face.FANGSONG, size=11.5, leading=16.5), above=3.2)
_SHORT: Final = TextStyle(face=Face.FANGSONG, size=11.5, leading=16.5, align=Align.LEFT)
_HAND: Final = TextStyle(face=Face.SONG, size=10.5, leading=16, align=Align.LEFT)
_FOOT: Final = TextStyle(face=Face.SONG, size=9, leading=13, before=5)

_CO: Final = "会办单位"
_RECEIPT_TITLE: Final = "签收回执"
_ASKED: Final = "请在办理时限内填写《办理情况反馈单》退回交办机关；认为不属本单位办理的，请自签收之日起说明理由退回。"
_RETURNED: Final = "填写后请连同有关材料退回交办机关。右上角的码用于识别本单，请勿遮盖。"


@dataclass(frozen=True, slots=True)
class CutLine:
    """A line of dashes to tear along, as wide as the text."""

    width: float = 0.0
    height: float = 2 * MM
    least: float = 2 * MM
    before: float = 7 * MM
    after: float = 5 * MM
    keep_with_next: bool = True

    def proofed(self, proof: Proof) -> Self:
        """It has no text."""
        return self

    def at(self, width: float) -> Piece:
        """The same at every width."""
        return replace(self, width=width)

    def split(self, height: float, *, anyhow: bool = False) -> tuple[Piece | None, Piece | None]:
        """It goes with what is torn off."""
        return (self, None) if anyhow or height >= self.height else (None, self)

    def draw(self, sheets: Sheets, x: float, top: float) -> None:
        """Draws it."""
        dash, y = 3.5 * MM, top + self.height / 2
        sheets.rules((x + at * dash, y, x + at * dash + 2 * MM, y) for at in range(int(self.width / dash)))


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
    yield Paragraph(PaperName.ASSIGNMENT_SLIP.label, _TITLE)
    yield _under(slip.number, slip.source_number)
    yield FormGrid(columns=_COLUMNS, rows=list(_asked(slip)), style=_STYLE, height=_SLIP)
    yield CutLine()
    yield Paragraph(_RECEIPT_TITLE, _RECEIPT)
    yield Kept(block=FormGrid(columns=_COLUMNS, rows=list(_receipt(slip)), style=_STYLE), keep_with_next=True)
    yield Paragraph(_ASKED, _FOOT)


def _asked(slip: AssignmentSlip) -> Iterator[Row]:
    yield _row(("交办机关", slip.body, 3), ("密级", slip.classification, 1))
    yield _row((_lead(slip.co_units), slip.unit, 3), ("交办日期", slip.assigned_on, 1))
    if slip.co_units:
        yield _row((_CO, slip.co_units, _ALL))
    yield _row(("反馈要求", slip.feedback_required, 3), ("办理时限", slip.due_on, 1))
    yield _row(("事项摘要", slip.summary, _ALL))
    words = slip.words if slip.words != slip.summary else ""
    if words:
        yield _long("内容\n（原话）", words, 24 * MM, grows=True)
    if slip.raised_by:
        yield _row(("反映人", slip.raised_by, 1), ("联系电话", slip.phone, 3))
    if slip.place:
        yield _row(("事发地点", slip.place, _ALL))
    if slip.attachments:
        yield _row(("附件", slip.attachments, _ALL))
    yield _long("交办意见", slip.instruction, 20 * MM, grows=not words)
    yield _row(("交办人", slip.assigned_by, 1), ("签收", slip.signed_for, 3))


def _receipt(slip: AssignmentSlip) -> Iterator[Row]:
    yield _row(("编号", slip.number, 3), ("办理时限", slip.due_on, 1))
    yield _row(("事项摘要", slip.summary, _ALL))
    yield _row(("承办单位", f"{slip.unit}（主办）、{slip.co_units}（会办）" if slip.co_units else slip.unit, _ALL))
    signed = Cell(text="签收人（签名）：", columns=3, foot=SIGNATURE_DAY, middle=False, style=_HAND)
    sealed = Cell(text="承办单位（盖章）：", columns=3, middle=False, style=_HAND)
    yield Row(cells=[signed, sealed], height=18 * MM)


# --- what came of it ---------------------------------------------------------------------------------------------------


def _feedback(slip: FeedbackSlip) -> Iterator[Block]:
    yield QrCode(record=slip.record)
    yield Paragraph(PaperName.FEEDBACK_SLIP.label, _TITLE)
    yield _under(slip.number, slip.source_number)
    yield FormGrid(columns=_COLUMNS, rows=list(_answered(slip)), style=_STYLE, height=_FEEDBACK)
    yield Paragraph(_RETURNED, _FOOT)


def _answered(slip: FeedbackSlip) -> Iterator[Row]:
    yield _row(("交办机关", slip.body, 3), ("交办日期", slip.assigned_on, 1))
    yield _row((_lead(slip.co_units), slip.unit, 3), ("办理时限", slip.due_on, 1))
    if slip.co_units:
        yield _row((_CO, slip.co_units, _ALL))
    yield _row(("事项摘要", slip.summary, _ALL))
    yield _row(("办理结果", _ticks(slip.results), _ALL))
    yield _long("办理情况", slip.account, 58 * MM, grows=True)
    yield _long("依据", slip.basis, 20 * MM)
    if slip.co_units:
        yield _long("会办意见", slip.co_opinion, 16 * MM)
    yield _row(("承办人", slip.handler, 1), ("联系电话", slip.phone, 3))
    issued = Cell(
        text=f"负责人签发：{slip.issued_by}", columns=3, foot="" if slip.day else SIGNATURE_DAY, middle=False, style=_HAND
    )
    words = f"（已盖章）\n{slip.day}" if slip.sealed else slip.day
    seal = Cell(text=f"承办单位（盖章）：{words}", columns=3, foot="" if slip.day else SIGNATURE_DAY, middle=False, style=_HAND)
    yield Row(cells=[issued, seal], height=_SIGNED)
    yield _long("代表意见", slip.deputy_opinion, 16 * MM)
    yield _row(("反映人意见", _ticks(slip.satisfactions), 3), ("回访", slip.call_back, 1))


def _lead(co_units: str) -> str:
    """What the unit is called that answers: one of several leads."""
    return "主办单位" if co_units else "承办单位"


# --- how ---------------------------------------------------------------------------------------------------------------


def _under(number: str, source_number: str) -> Paragraph:
    source = f"　　　　来源登记号：{source_number}" if source_number else ""
    return Paragraph(f"编号：{number}{source}", _UNDER, "编号")


def _ticks(answers: tuple[tuple[str, bool], ...]) -> str:
    return "　　".join(f"{'☑' if given else '☐'}{words}" for words, given in answers)


def _row(*pairs: tuple[str, str, int]) -> Row:
    return Row(cells=named_values(_SHORT, *pairs), height=_LINE, splits=True)


def _long(name: str, value: str, height: float, *, grows: bool = False) -> Row:
    cell = Cell(text=value, columns=_ALL, place=name.replace("\n", ""), middle=False, style=None if grows else _SHORT)
    return Row(cells=[named(name), cell], height=height, grows=grows, splits=True)
