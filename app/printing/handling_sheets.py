"""The sheets of a suggestion in review and handling: notice, slip to a unit, reply, evaluation, and what a unit applies for."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from app.domain.papers import PaperName
from app.domain.suggestion_papers import (
    EvaluationForm,
    ExtensionApplication,
    Handler,
    ReplySheet,
    ReturnApplication,
    ReviewNotice,
    SuggestionHead,
    SuggestionSlip,
)
from app.domain.values import Id
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
    UNDER,
    CutLine,
    long_row,
    short_row,
    signed_cell,
    ticks,
)
from app.printing.grid import Cell, FormGrid, Row, named
from app.printing.kept import Kept
from app.printing.paragraph import Align, Paragraph, TextStyle
from app.printing.piece import Block
from app.printing.qr_code import QrCode
from app.printing.reception_form import SIGNATURE_DAY
from app.printing.sheet import MM

_NOTICE: Final = 150 * MM
_WHOLE: Final = 214 * MM
_SIGNED: Final = 24 * MM
_HANDLERS: Final = (22, 48, 60, 35)  # millimetres
_CENTRED: Final = replace(SHORT, align=Align.CENTRE)
_TEXT: Final = TextStyle(face=Face.FANGSONG, size=12, leading=20, indent=2)
_PART: Final = TextStyle(face=Face.HEI, size=12, leading=20, align=Align.LEFT, before=10, after=3, keep_with_next=True)
_MARK: Final = TextStyle(face=Face.HEI, size=18, leading=24, align=Align.CENTRE)

_DUTY: Final = "办理中应当与代表联系沟通，听取意见；会办单位把会办意见送主办单位，由主办单位答复代表，分办单位各自答复。"
_ANSWERED: Final = "答复由单位负责人签发并加盖公章，类别标注在首页右上角，同时抄送交办机关。"
_BEHIND: Final = "办理态度和办理结果分别评价。评价为不满意的请写明具体意见，联名建议由领衔代表征求联名代表意见后填写。"
_SEALED: Final = "背靠背测评，已密封报送"


def _title(record: Id, title: str, *, left: bool = False) -> Iterator[Block]:
    """The title, and the code of what the sheet is of; an empty sheet leads nowhere."""
    if record:
        yield QrCode(record=record, left=left)
    yield Paragraph(title, TITLE)


def _suggestion(head: SuggestionHead) -> Iterator[Row]:
    yield short_row(("建议编号", head.number, 3), ("类别", head.kind, 1))
    yield short_row(("建议标题", head.subject, ALL))
    yield short_row(("领衔代表", head.lead, 1), ("代表团", head.delegation, 1), ("联名人数", head.cosigners, 1))


# --- review ------------------------------------------------------------------------------------------------------------


def review_notice(notice: ReviewNotice) -> Iterator[Block]:
    """What was decided and why; below, the receipt on which the deputy says what is to become of it."""
    head = notice.head
    yield from _title(notice.record, notice.title)
    yield FormGrid(columns=COLUMNS, rows=list(_reviewed(notice)), style=STYLE, height=_NOTICE)
    yield CutLine()
    yield Paragraph("代表回执", RECEIPT)
    choice = "☐修改后重新提交　☐撤回　☐同意上述处理　☐有不同意见"
    rows = [
        short_row(("建议编号", head.number, 3), ("告知日期", notice.told_on, 1)),
        short_row(("建议标题", head.subject, ALL)),
        short_row(("代表意见", choice, ALL)),
        Row(
            cells=[
                Cell(text="说明：", columns=3, middle=False, style=HAND),
                signed_cell("代表（签名）：", 3, foot=SIGNATURE_DAY),
            ],
            height=18 * MM,
        ),
    ]
    yield Kept(block=FormGrid(columns=COLUMNS, rows=rows, style=STYLE))


def _reviewed(notice: ReviewNotice) -> Iterator[Row]:
    yield from _suggestion(notice.head)
    yield short_row(("届次", notice.head.session, ALL))
    yield short_row(("审查机构", notice.body or notice.head.body, 3), ("环节", notice.stage, 1))
    yield short_row(("审查意见", f"{ticks(notice.outcomes[:3])}\n{ticks(notice.outcomes[3:])}", ALL))
    if notice.merged_into:
        yield short_row(("并入建议", notice.merged_into, ALL))
    yield long_row("理由", notice.reason, 34 * MM, grows=True)
    yield long_row("修改建议", notice.help, 16 * MM)
    seal = signed_cell(f"审查机构（盖章）：\n{notice.decided_on}", 3, foot="" if notice.decided_on else SIGNATURE_DAY)
    yield Row(cells=[signed_cell(f"审查人：{notice.reviewer}", 3), seal], height=_SIGNED)


# --- handing to a unit ---------------------------------------------------------------------------------------------------


def suggestion_slip(slip: SuggestionSlip) -> Iterator[Block]:
    """What the unit is given, who else has a part in it, until when; below, the receipt."""
    yield from _title(slip.record, PaperName.SUGGESTION_SLIP.label)
    yield Paragraph(f"编号：{slip.number}", UNDER, "编号")
    yield FormGrid(columns=COLUMNS, rows=list(_given(slip)), style=STYLE)
    yield FormGrid(columns=_HANDLERS, rows=list(_handlers(slip.handlers)), style=STYLE, heads=1)
    yield FormGrid(columns=COLUMNS, rows=list(_wanted(slip)), style=STYLE)
    yield CutLine()
    yield Paragraph("签收回执", RECEIPT)
    yield Kept(block=FormGrid(columns=COLUMNS, rows=list(_receipt(slip)), style=STYLE), keep_with_next=True)
    yield Paragraph(
        f"认为不属本单位办理的，请{slip.objection_due}填写《{PaperName.RETURN_APPLICATION.label}》说明理由。{_DUTY}", FOOT
    )


def _given(slip: SuggestionSlip) -> Iterator[Row]:
    head = slip.head
    yield _close(("交办机关", slip.body, 3), ("密级", slip.classification, 1))
    yield _close(("承办单位", slip.unit, 3), ("承办方式", slip.role, 1))
    yield _close(("建议编号", head.number, 3), ("审查分类", slip.category, 1))
    yield _close(("建议标题", head.subject, ALL))
    yield _close(("领衔代表", head.lead, 1), ("代表团", head.delegation, 1), ("联名人数", head.cosigners, 1))
    yield _close(("届次", head.session, 3), ("类别", head.kind, 1))
    if slip.part:
        yield long_row("分办内容", slip.part, 12 * MM)
    yield _close(("办理时限", slip.due, 3), ("交办日期", slip.assigned_on, 1))
    if slip.extended:
        yield _close(("延期至", slip.extended, ALL))


def _close(*pairs: tuple[str, str, int]) -> Row:
    """A row of the slip, whose receipt is to stand on the same page."""
    return short_row(*pairs, height=8.4 * MM)


def _handlers(handlers: Sequence[Handler]) -> Iterator[Row]:
    yield Row(cells=[named(each) for each in ("承办方式", "单位", "分办内容", "办理时限")], height=8 * MM)
    for each in handlers:
        unit = f"{each.unit}（本单）" if each.this else each.unit
        told = (
            ("承办方式", each.role, _CENTRED),
            ("单位", unit, SHORT),
            ("分办内容", each.part, SHORT),
            ("办理时限", each.due, _CENTRED),
        )
        cells = [Cell(text=text, style=style, middle=True, place=place) for place, text, style in told]
        yield Row(cells=cells, height=8.5 * MM, splits=True)


def _wanted(slip: SuggestionSlip) -> Iterator[Row]:
    if any(each.role == "会办" for each in slip.handlers):
        yield _close(("会办意见", f"会办单位最迟{slip.co_due}送主办单位" if slip.co_due else "", ALL))
    yield long_row("交办意见", slip.instruction, 14 * MM)
    yield _close(("反馈要求", slip.feedback_required, ALL))
    yield _close(("交办人", slip.assigned_by, 1), ("签收", slip.signed_for, 3))


def _receipt(slip: SuggestionSlip) -> Iterator[Row]:
    yield _close(("编号", slip.number, 3), ("承办方式", slip.role, 1))
    yield _close(("建议标题", slip.head.subject, ALL))
    yield _close(("承办单位", slip.unit, ALL))
    cells = [signed_cell("签收人（签名）：", 3, foot=SIGNATURE_DAY), signed_cell("承办单位（盖章）：", 3)]
    yield Row(cells=cells, height=17 * MM)


# --- the reply -----------------------------------------------------------------------------------------------------------


def reply_sheet(sheet: ReplySheet) -> Iterator[Block]:
    """The class at the top right, the facts, then the reply in full; an empty one leaves room to write it."""
    if sheet.record:
        yield QrCode(record=sheet.record, left=True)
    yield Kept(block=_marked(sheet.mark), width=52 * MM, keep_with_next=True)
    yield Paragraph(PaperName.REPLY_SHEET.label, TITLE)
    written = bool(sheet.text.strip())
    rows = list(_replied(sheet))
    if not written:
        rows.append(long_row("答复内容", "", 60 * MM, grows=True))
    yield FormGrid(columns=COLUMNS, rows=[*rows, _issued(sheet)], style=STYLE, height=0 if written else _WHOLE - 14 * MM)
    if written:
        yield Paragraph("答复内容", _PART)
        yield from _paragraphs(sheet.text, "答复内容")
    for unit, opinion in sheet.opinions:
        yield Paragraph(f"会办意见：{unit}", _PART, "会办单位")
        yield from _paragraphs(opinion, "会办意见")
    yield Paragraph(_ANSWERED, FOOT)


def _marked(mark: str) -> FormGrid:
    class_ = Cell(text=mark, style=_MARK, middle=True, place="答复类别")
    return FormGrid(columns=(30, 22), rows=[Row(cells=[named("办理结果类别"), class_], height=11 * MM)], style=STYLE)


def _replied(sheet: ReplySheet) -> Iterator[Row]:
    yield from _suggestion(sheet.head)
    yield short_row(("承办单位", sheet.unit, 3), ("承办方式", sheet.role, 1))
    if sheet.part:
        yield long_row("分办内容", sheet.part, 12 * MM)
    yield short_row(("文号", sheet.number, 3), ("轮次", sheet.round, 1))
    yield short_row(("办理时限", sheet.due, 3), ("答复日期", sheet.replied_on, 1))
    yield short_row(("类别", ticks(sheet.classes, "　　"), ALL))
    if sheet.change:
        yield short_row(("转类和依据", sheet.change, ALL))
    yield short_row(("联系人", sheet.contact, 1), ("办公电话", sheet.phone, 1), ("答复方式", sheet.way, 1))
    yield short_row(("抄送", sheet.copied_to, 3), ("是否公开", sheet.disclosed, 1))


def _issued(sheet: ReplySheet) -> Row:
    words = "（已盖章）\n" if sheet.sealed else ""
    seal = signed_cell(f"承办单位（盖章）：{words}{sheet.replied_on}", 3, foot="" if sheet.replied_on else SIGNATURE_DAY)
    return Row(cells=[signed_cell(f"签发人：{sheet.signed_by}", 3), seal], height=18 * MM)


def _paragraphs(text: str, place: str) -> Iterator[Block]:
    for line in text.splitlines():
        if told := line.strip():
            yield Paragraph(told, _TEXT, f"{place}·{told[:12]}")


# --- what the deputy says of it ------------------------------------------------------------------------------------------


def evaluation_form(form: EvaluationForm) -> Iterator[Block]:
    """Attitude and result apart, the opinion, the signature; it goes back to the congress and past the unit."""
    head = form.head
    yield from _title(form.record, PaperName.EVALUATION_FORM.label)
    yield FormGrid(columns=COLUMNS, rows=list(_asked(form)), style=STYLE, height=_WHOLE - 30 * MM)
    back = head.body or "＿＿＿＿＿＿＿＿＿＿"
    reach = "，".join(
        part for part in (f"地址：{head.address}" if head.address else "", f"电话：{head.phone}" if head.phone else "") if part
    )
    yield Paragraph(
        f"本表由代表填写后直接交{back}{f'（{reach}）' if reach else ''}，不交承办单位，也不由承办单位转交。", FOOT, "寄送"
    )
    yield Paragraph(_BEHIND, replace(FOOT, before=1))


def _asked(form: EvaluationForm) -> Iterator[Row]:
    yield from _suggestion(form.head)
    yield short_row(("主办单位", form.unit, ALL))
    yield short_row(("答复文号", form.reply_number, 3), ("轮次", form.round, 1))
    yield short_row(("答复日期", form.replied_on, 3), ("答复类别", form.reply_class, 1))
    yield short_row(("是否收到\n答复函", ticks(form.received), 3), ("收到时间", form.received_on, 1))
    attitude, result = (_SEALED if form.sealed else ticks(each, "　　　") for each in (form.attitudes, form.results))
    yield short_row(("办理态度", attitude, ALL))
    yield short_row(("办理结果", result, ALL))
    yield long_row("具体意见\n（不满意\n须写明）", _SEALED if form.sealed else form.opinion, 60 * MM, grows=True)
    signed = signed_cell(f"代表（签名）：\n{form.deputy}", 3, foot=form.day or SIGNATURE_DAY)
    taken = signed_cell("收表人（签名）：", 3, foot=SIGNATURE_DAY)
    yield Row(cells=[signed, taken], height=_SIGNED)


# --- what a unit applies for ---------------------------------------------------------------------------------------------


def return_application(told: ReturnApplication) -> Iterator[Block]:
    """Why the unit thinks it is not its matter, and what the body says to it."""
    rows = [
        *_applied(told.head, told.slip_number, told.unit, told.role, told.assigned_on),
        short_row(("申请期限", told.until, ALL)),
        long_row("退回理由\n和依据", told.reason, 50 * MM, grows=True),
        short_row(("建议改交\n单位", "", ALL)),
    ]
    yield from _application(PaperName.RETURN_APPLICATION, told.record, rows, told.head, told.day)
    yield _decided((("同意退回，另行交办", told.upheld), ("不同意，由本单位继续办理", False)), told.head)


def extension_application(told: ExtensionApplication) -> Iterator[Block]:
    """Why the unit needs more time, until when, and the last day that the law leaves."""
    rows = [
        *_applied(told.head, told.slip_number, told.unit, told.role, told.assigned_on),
        short_row(("原定时限", told.due, ALL)),
        short_row(("最迟不超过", told.latest, 3), ("申请延期至", told.extended_to, 1)),
        long_row("延期理由", told.reason, 50 * MM, grows=True),
        short_row(("与代表\n沟通情况", "", ALL)),
    ]
    yield from _application(PaperName.EXTENSION_APPLICATION, told.record, rows, told.head, "")
    agreed = bool(told.agreed_by)
    yield _decided((("同意延期", agreed), ("不同意", False)), told.head, told.agreed_by)
    yield Paragraph("涉及面广、处理难度大的建议，应当自交办之日起六个月内答复（代表法第五十一条）。", FOOT)


def _applied(head: SuggestionHead, slip: str, unit: str, role: str, assigned_on: str) -> Iterator[Row]:
    yield from _suggestion(head)
    yield short_row(("承办单位", unit, 3), ("承办方式", role, 1))
    yield short_row(("交办编号", slip, 3), ("交办日期", assigned_on, 1))


def _application(name: PaperName, record: Id, rows: Sequence[Row], head: SuggestionHead, day: str) -> Iterator[Block]:
    yield from _title(record, name.label)
    address = replace(UNDER, size=12, leading=20)
    yield Paragraph(f"{head.body or '＿＿＿＿＿＿＿＿＿＿'}：", address, "受理机关")
    signed = [signed_cell("单位负责人（签名）：", 3), signed_cell("申请单位（盖章）：", 3, foot=day or SIGNATURE_DAY)]
    yield FormGrid(columns=COLUMNS, rows=[*rows, Row(cells=signed, height=_SIGNED)], style=STYLE, height=165 * MM)


def _decided(answers: Sequence[tuple[str, bool]], head: SuggestionHead, by: str = "") -> Block:
    """What the body says to an application."""
    signed = f"经办人：{by}" if by else "经办人："
    cells = [
        named("交办机关\n意见"),
        Cell(
            text=f"{ticks(answers)}\n{signed}",
            columns=ALL,
            foot=f"（盖章）　{SIGNATURE_DAY}",
            middle=False,
            style=SHORT,
            place="交办机关意见",
        ),
    ]
    return Kept(block=FormGrid(columns=COLUMNS, rows=[Row(cells=cells, height=26 * MM)], style=STYLE, before=8))
