"""The registration form of a reception (接待登记表): one sheet a resident, with room for what is written and signed by hand."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from app.domain.chinese import numeral
from app.domain.papers import WITHHELD, PaperName
from app.domain.reception_papers import Matter, ReceptionForm, Visitor
from app.printing.fonts import Face
from app.printing.grid import Cell, FormGrid, GridStyle, Row, named, named_values
from app.printing.ledger import printed_words
from app.printing.page import FORM, Furniture
from app.printing.paper import Paper
from app.printing.paragraph import Align, Paragraph, TextStyle
from app.printing.piece import Block, PageBreak
from app.printing.qr_code import QrCode
from app.printing.sheet import MM

SIGNATURE_DAY: Final = "年　　月　　日"
NOTICE: Final = (
    "告知：本表中的个人信息由联络站收集，只用于反映事项的登记、交办、反馈和回访，按规定的期限保存；"
    "本人可以查询、更正，也可以要求保密。"
)
"""What a person is told where personal data are collected (个人信息保护法 arts. 17, 35)."""

_COLUMNS: Final = (24, 31, 24, 31, 24, 31)  # millimetres
_ALL: Final = 5
_LINE: Final = 8.5 * MM
_WORDS: Final = 24 * MM
_ANSWER: Final = 13 * MM
_SIGNED: Final = 20 * MM
_PAGE_LEFT: Final = 218 * MM  # of the text block below the title and above the notice

_TITLE: Final = TextStyle(face=Face.TITLE, size=22, leading=32, align=Align.CENTRE, after=6, keep_with_next=True)
_UNDER: Final = TextStyle(face=Face.SONG, size=10.5, leading=16, align=Align.LEFT, after=3, keep_with_next=True)
_STYLE: Final = GridStyle(value=TextStyle(face=Face.FANGSONG, size=11.5, leading=16.5), above=3.2)
_SHORT: Final = TextStyle(face=Face.FANGSONG, size=11.5, leading=16.5, align=Align.LEFT)
_HAND: Final = TextStyle(face=Face.SONG, size=10.5, leading=16, align=Align.LEFT)
_NOTICE: Final = TextStyle(face=Face.SONG, size=9, leading=13, before=5)


def reception_paper(forms: Sequence[ReceptionForm], printed: datetime) -> Paper:
    """The forms, each beginning a sheet; `printed` (aware) is when."""
    blocks: list[Block] = []
    for place, form in enumerate(forms):
        blocks += [*([PageBreak()] if place else []), *_form(form)]
    furniture = Furniture(printed=printed_words(printed))
    return Paper(title=PaperName.RECEPTION_FORM.label, created=printed, frame=FORM, blocks=blocks, furniture=furniture)


def _form(form: ReceptionForm) -> Iterator[Block]:
    matters = form.matters or (Matter(),)
    rows = [*_reception(form), *_visitor(form.visitor)]
    for place, matter in enumerate(matters, start=1):
        rows += _matter(matter, numeral(place) if len(matters) > 1 else "")
    rows.append(_signatures(form.visitor))
    yield QrCode(record=form.record)
    yield Paragraph(PaperName.RECEPTION_FORM.label, _TITLE)
    yield Paragraph(f"联络站：{form.station}　　　　编号：{form.number}", _UNDER, "联络站、编号")
    yield FormGrid(columns=_COLUMNS, rows=rows, style=_STYLE, height=_PAGE_LEFT)
    yield Paragraph(NOTICE, _NOTICE)


def _reception(form: ReceptionForm) -> Iterator[Row]:
    when = "　".join(part for part in (form.day, form.hours) if part)
    yield _row(("接待时间", when, 3), ("接待方式", form.way, 1))
    yield _row(("接待地点", form.place, 3), ("记录人", form.recorder, 1))
    yield _row(("接待代表", form.deputies, _ALL))


def _visitor(visitor: Visitor) -> Iterator[Row]:
    yield _row(("来访人", visitor.name, 1), ("性别", visitor.sex, 1), ("年龄段", visitor.age, 1))
    asked = "☑是　☐否" if visitor.withheld == WITHHELD else "☐是　☐否"
    yield _row(("联系电话", visitor.phone, 1), ("来访人数", visitor.people, 1), ("要求保密", asked, 1))
    yield _row(("住址", visitor.address, _ALL))


def _matter(matter: Matter, which: str) -> Iterator[Row]:
    traits = (("目的", matter.purpose), ("内容", matter.category), ("紧急程度", matter.urgency))
    kinds = "　　".join(f"{name}：{value}" for name, value in traits if value)
    yield _row((f"反映事项{which}", matter.subject, 3), ("意见编号", matter.number, 1))
    yield _row(("类别", kinds, _ALL))
    yield _long(f"内容{which}\n（原话）", matter.words, _WORDS, grows=True)
    for name, value in (("涉及单位", matter.units), ("附件", matter.attachments)):
        if value:
            yield _row((name, value, _ALL))
    yield _long("当场答复", matter.on_spot_reply, _ANSWER)
    approval = f"批示：{matter.approved}" if matter.approved else ""
    yield _long("拟办意见", "\n".join(part for part in (matter.proposed, approval) if part), _ANSWER)
    yield _row(("去向", matter.route, 1), ("承办单位", matter.unit, 1), ("办理期限", matter.due, 1))
    yield _long("办理结果", matter.result, _ANSWER)
    yield _row(("反馈情况", matter.feedback, _ALL))
    yield _row(("回访", matter.call_back, 3), ("满意度", matter.satisfaction, 1))
    if matter.archive:
        yield _row(("归档号", matter.archive, _ALL))


def _signatures(visitor: Visitor) -> Row:
    """Three cells for signatures by hand; who is withheld signs nothing."""
    came = f"来访人：{visitor.withheld}，不签名" if visitor.withheld else "来访人（签名）："
    foot = "" if visitor.withheld else SIGNATURE_DAY
    cells = [Cell(text=came, columns=2, foot=foot, middle=False, style=_HAND)]
    for who in ("接待代表（签名）：", "记录人（签名）："):
        cells.append(Cell(text=who, columns=2, foot=SIGNATURE_DAY, middle=False, style=_HAND))
    return Row(cells=cells, height=_SIGNED)


def _row(*pairs: tuple[str, str, int]) -> Row:
    return Row(cells=named_values(_SHORT, *pairs), height=_LINE, splits=True)


def _long(name: str, value: str, height: float, *, grows: bool = False) -> Row:
    cell = Cell(text=value, columns=_ALL, place=name.replace("\n", ""), middle=False, style=None if grows else _SHORT)
    return Row(cells=[named(name), cell], height=height, grows=grows, splits=True)
