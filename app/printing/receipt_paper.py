"""The receipt on paper (回执单): a list of packages with their short codes, and large QR codes, two beside each other."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from app.domain.receipt_paper import ReceiptPaper
from app.printing.form_rows import FOOT, TITLE, UNDER
from app.printing.page import FORM, Furniture, draw_qr
from app.printing.paper import Paper
from app.printing.paragraph import Align, Paragraph
from app.printing.piece import Block, Whole
from app.printing.sheet import MM, Sheets
from app.printing.table import Column, Table

_SIDE: Final = 76 * MM
_GAP: Final = 8 * MM
_COLUMNS: Final = (
    Column(title="包号", wraps=False, align=Align.CENTRE),
    Column(title="结果", width=2.0, align=Align.CENTRE),
    Column(title="录入码", wraps=False, align=Align.CENTRE),
)
_TOLD: Final = (
    "在“报送回执、导入回执”处用扫码枪、摄像头或图片读入全部二维码，即等于收下电子回执，签名照常核对。"
    "没有条件扫码的，逐包输入录入码（24 位数字，可电话告知）：它由包内的内容算出，包未打开算不出来，输入无误即确认全部收到。"
    "没有录入码的包，请扫二维码。"
)


def receipt_paper(shown: ReceiptPaper, printed: datetime) -> Paper:
    """The receipt; `printed` (aware) stands in the file's properties."""
    under = f"{shown.station}　　第 {shown.number} 号　　{shown.body}　　{shown.issued}"
    rows = [(each.number, each.result, each.code) for each in shown.lines]
    blocks: list[Block] = [Paragraph("回执单", TITLE), Paragraph(under, UNDER, "站点")]
    if rows:
        blocks.append(Table(columns=_COLUMNS, rows=rows))
    blocks += [Paragraph(_TOLD, FOOT), *(_Codes(codes=shown.codes[place : place + 2]) for place in range(0, len(shown.codes), 2))]
    return Paper(title="回执单", created=printed, frame=FORM, blocks=blocks, furniture=Furniture())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Codes(Whole):
    """One or two codes, at both edges of a width."""

    codes: Sequence[str]
    height: float = _SIDE
    before: float = _GAP
    after: float = _GAP
    keep_with_next: bool = False

    def draw(self, sheets: Sheets, x: float, top: float) -> None:
        """Draws them."""
        for place, code in enumerate(self.codes):
            draw_qr(sheets, x if place == 0 else x + self.width - _SIDE, top, _SIDE, code)
