"""Where deputies sign beside the lead: the page, the invitation with its receipt, the application to take a suggestion back."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from app.domain.papers import PaperName
from app.domain.suggestion_papers import CosignaturePage, CosigningCall, PageSigner, WithdrawalApplication
from app.printing.fonts import Face
from app.printing.form_rows import (
    ALL,
    COLUMNS,
    FOOT,
    HAND,
    RECEIPT,
    SHORT,
    STYLE,
    TITLE,
    CutLine,
    long_row,
    short_row,
    signed_cell,
)
from app.printing.grid import Cell, FormGrid, Row, named
from app.printing.kept import Kept
from app.printing.paragraph import Align, Paragraph, TextStyle
from app.printing.piece import Block
from app.printing.qr_code import QrCode
from app.printing.reception_form import SIGNATURE_DAY
from app.printing.sheet import MM

_SIGNERS: Final = (13, 32, 42, 28, 50)  # millimetres
_LINE: Final = 9.5 * MM
_ROOM: Final = 11.5 * MM
_CALL: Final = 150 * MM
_CENTRED: Final = replace(SHORT, align=Align.CENTRE)
_SAID: Final = TextStyle(face=Face.FANGSONG, size=12, leading=19, indent=2, before=4, after=6)

_WILL: Final = "下列代表已阅读建议全文，同意联名提出，签名即确认是本人意愿。"
_MARK: Final = "签名只对校验码相同的文本有效；文本改动后校验码随之改变，须重新签名。"
_ALL_AGREE: Final = "撤回由领衔代表书面提出，联名代表全体同意后有效；撤回后办理即行终止。"


# --- the page ----------------------------------------------------------------------------------------------------------


def cosignature_page(page: CosignaturePage) -> Iterator[Block]:
    """One line a deputy, in order, the headings on every page; then free lines, and who was struck."""
    yield Paragraph(PaperName.COSIGNATURE_PAGE.label, TITLE)
    yield FormGrid(columns=COLUMNS, rows=list(_about(page)), style=STYLE)
    if page.head.confidential:
        yield Paragraph(f"代表身份保密：本页不列姓名，联名代表{page.hidden}名，签名原件由受理机关保存。", _SAID, "联名代表")
        return
    yield Paragraph(_WILL, _SAID)
    yield _signers(page.signers, rooms=page.rooms)
    gone = [f"{each.name}（{each.struck}）" for each in page.signers if each.struck]
    if gone:
        struck = Cell(text="、".join(gone), style=SHORT, place="已删除的联名")
        yield FormGrid(columns=(32, 133), rows=[Row(cells=[named("已删除的联名"), struck], splits=True)], style=STYLE, before=8)
    yield Paragraph(_MARK, FOOT)


def _about(page: CosignaturePage) -> Iterator[Row]:
    head, lead = page.head, page.lead
    yield short_row(("建议标题", head.subject, ALL))
    yield short_row(("届次", head.session, 3), ("编号", head.number, 1))
    if not head.confidential:
        whose = "　".join(part for part in (lead.name, lead.card, lead.delegation) if part)
        yield Row(cells=[named("领衔代表"), Cell(text=whose, columns=3, style=SHORT, place="领衔代表"), signed_cell("签名：", 2)])
    yield short_row(("文本校验码", page.mark, ALL))


def _signers(signers: Sequence[PageSigner], *, rooms: int) -> FormGrid:
    standing = [*(each for each in signers if not each.struck), *[PageSigner()] * rooms]
    heads = Row(
        cells=[named(each) for each in ("序号", "联名代表", "层级、代表团", "代表证号", "签名（确认方式、日期）")], height=_LINE
    )
    rows = [_signer(number, each) for number, each in enumerate(standing, start=1)]
    return FormGrid(columns=_SIGNERS, rows=[heads, *rows], style=STYLE, heads=1)


def _signer(number: int, signer: PageSigner) -> Row:
    told = (str(number), signer.name, signer.delegation, signer.card)
    names = ("序号", "联名代表", "代表团", "代表证号")
    cells = [Cell(text=text, style=_CENTRED, middle=True, place=place) for text, place in zip(told, names, strict=True)]
    return Row(cells=[*cells, Cell(text=signer.signed, style=HAND, middle=True, place="签名")], height=_ROOM)


# --- the invitation ----------------------------------------------------------------------------------------------------


def cosigning_call(call: CosigningCall) -> Iterator[Block]:
    """What the deputy is asked to sign, where and until when; below, the receipt."""
    head = call.head
    if head.record:
        yield QrCode(record=head.record)
    yield Paragraph(PaperName.COSIGNING_CALL.label, TITLE)
    asked = f"{call.invited}代表：" if call.invited else "＿＿＿＿＿＿代表："
    yield Paragraph(asked, replace(_SAID, indent=0.0, align=Align.LEFT, after=0), "受邀代表")
    who = "有代表" if head.confidential or not head.lead else f"{head.lead}代表"
    yield Paragraph(f"{who}领衔提出下列建议，诚邀您联名。请阅读建议全文，同意的在联名签名页上签名。", _SAID, "领衔代表")
    yield FormGrid(columns=COLUMNS, rows=list(_asked(call)), style=STYLE, height=_CALL - 40 * MM)
    yield CutLine()
    yield Paragraph("联名回执", RECEIPT)
    yield Kept(block=FormGrid(columns=COLUMNS, rows=list(_answer(call)), style=STYLE), keep_with_next=True)
    yield Paragraph(_MARK, FOOT)


def _asked(call: CosigningCall) -> Iterator[Row]:
    head = call.head
    yield short_row(("建议标题", head.subject, ALL))
    yield short_row(("届次", head.session, 3), ("领衔代表", head.lead, 1))
    yield long_row("建议事项", call.requests, 40 * MM, grows=True)
    yield short_row(("签名地点", "　".join(part for part in (call.station, call.place) if part), 3), ("联系电话", call.phone, 1))
    yield short_row(("截止时间", f"请于　　　　{SIGNATURE_DAY}前签名", 3), ("校验码", call.mark, 1))


def _answer(call: CosigningCall) -> Iterator[Row]:
    yield short_row(("建议标题", call.head.subject, 3), ("校验码", call.mark, 1))
    yield short_row(("意见", "☐同意联名　　　☐不联名　　　☐修改后再联名", ALL))
    wish = Cell(text="修改意见：", columns=3, middle=False, style=HAND)
    yield Row(cells=[wish, signed_cell("代表（签名）：", 3, foot=SIGNATURE_DAY)], height=20 * MM)


# --- the application -----------------------------------------------------------------------------------------------------


def withdrawal_application(told: WithdrawalApplication) -> Iterator[Block]:
    """Why it is taken back, and all who must agree; without a record four lines to write on."""
    head = told.head
    if head.record:
        yield QrCode(record=head.record)
    yield Paragraph(PaperName.WITHDRAWAL_APPLICATION.label, TITLE)
    yield Paragraph(f"{head.body or '＿＿＿＿＿＿＿＿＿＿'}：", replace(_SAID, indent=0.0, align=Align.LEFT), "受理机关")
    rows = [
        short_row(("建议编号", head.number, 3), ("类别", head.kind, 1)),
        short_row(("建议标题", head.subject, ALL)),
        short_row(("届次", head.session, ALL)),
        short_row(("领衔代表", head.lead, 3), ("代表团", head.delegation, 1)),
        long_row("撤回理由", told.reason, 40 * MM, grows=True),
    ]
    yield FormGrid(columns=COLUMNS, rows=rows, style=STYLE)
    if head.confidential:
        yield Paragraph(f"代表身份保密：领衔和联名代表共{told.hidden}名，签名原件由受理机关保存。", _SAID, "代表")
    else:
        agreed = replace(_signers(told.signers, rooms=0 if told.signers else 4), before=8)
        yield agreed
    opinion = [
        named("受理机关\n意见"),
        Cell(text="☐同意撤回　　☐不同意", columns=ALL, foot=f"（盖章）　{SIGNATURE_DAY}", middle=False, style=SHORT),
    ]
    yield Kept(block=FormGrid(columns=COLUMNS, rows=[Row(cells=opinion, height=24 * MM)], style=STYLE, before=8))
    yield Paragraph(_ALL_AGREE, FOOT)
