"""Forms to be filled in by hand, each with its number: 接待登记表 as it is printed filled in, and 走访记录表."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Final

from app.domain.papers import BlankForms, PaperName
from app.domain.reception_papers import ReceptionForm, Visitor
from app.printing.fonts import Face
from app.printing.grid import Cell, FormGrid, GridStyle, Row, named, named_values
from app.printing.ledger import printed_words
from app.printing.page import A4, Frame, Furniture, frame
from app.printing.paper import Paper
from app.printing.paragraph import Align, Paragraph, TextStyle
from app.printing.piece import Block, PageBreak
from app.printing.qr_code import QrCode
from app.printing.reception_form import NOTICE, SIGNATURE_DAY, reception_paper
from app.printing.sheet import MM

ROOMS: Final = 10
"""How many people, households or numbers of people one sheet of outreach has room for."""

_ACROSS: Final[Frame] = frame(A4[::-1], left=18, top=20, right=15, bottom=16)
_COLUMNS: Final = (10, 34, 14, 30, 28, 66, 38, 26)  # millimetres
_HEADS: Final = (
    "序号",
    "走访对象\n（姓名、户主或单位）",
    "人数",
    "村（社区）",
    "联系电话\n（可不填）",
    "反映的问题和建议",
    "当场处理",
    "签名",
)
_ROOM: Final = 9.4 * MM
_LINE: Final = 8.2 * MM
_TITLE: Final = TextStyle(face=Face.TITLE, size=20, leading=26, align=Align.CENTRE, after=3, keep_with_next=True)
_UNDER: Final = TextStyle(face=Face.SONG, size=10.5, leading=15, align=Align.LEFT, after=3, keep_with_next=True)
_HAND: Final = TextStyle(face=Face.SONG, size=10, leading=14, align=Align.LEFT)
_CENTRED: Final = replace(_HAND, align=Align.CENTRE)
_STYLE: Final = GridStyle(value=_HAND, above=2)
_FOOT: Final = TextStyle(face=Face.SONG, size=8.5, leading=11.5, before=4)


def blank_paper(forms: BlankForms, printed: datetime) -> Paper:
    """The forms, each on a sheet of its own; `printed` (aware) is when."""
    if forms.name is PaperName.BLANK_RECEPTION_FORM:
        empty = ReceptionForm(record="", station=forms.station, visitor=Visitor())
        paper = reception_paper([replace(empty, record=each, number=each) for each in forms.numbers], printed)
        return replace(paper, title=forms.name.label)
    blocks: list[Block] = []
    for place, number in enumerate(forms.numbers):
        blocks += [*([PageBreak()] if place else []), *_outreach(forms.station, number)]
    furniture = Furniture(printed=printed_words(printed))
    return Paper(title=forms.name.label, created=printed, frame=_ACROSS, blocks=blocks, furniture=furniture)


def _outreach(station: str, number: str) -> Iterator[Block]:
    yield QrCode(record=number)
    yield Paragraph("走访记录表", _TITLE)
    yield Paragraph(f"联络站：{station}　　　　编号：{number}", _UNDER, "联络站、编号")
    yield FormGrid(columns=(22, 60, 22, 52, 22, 68), rows=list(_head()), style=_STYLE)
    yield FormGrid(columns=_COLUMNS, rows=list(_rooms()), style=_STYLE)
    yield FormGrid(columns=(82, 82, 82), rows=[_signatures()], style=_STYLE)
    told = "一行写一人、一户或一批群众，没有意见的可以不写姓名，只写人数；不愿留姓名的写“匿名”，要求保密的在姓名后注“保密”。"
    yield Paragraph(told + NOTICE, _FOOT)


def _head() -> Iterator[Row]:
    blank = ("走访日期", SIGNATURE_DAY, 1), ("起止时间", "　　:　　至　　:　　", 1), ("走访地点", "", 1)
    yield Row(cells=named_values(_HAND, *blank), height=_LINE)
    yield Row(cells=named_values(_HAND, ("走访代表", "", 1), ("陪同人员", "", 1), ("宣传内容", "", 1)), height=_LINE)


def _rooms() -> Iterator[Row]:
    yield Row(cells=[named(each) for each in _HEADS])
    for place in range(1, ROOMS + 1):
        number = Cell(text=str(place), style=_CENTRED, middle=True)
        yield Row(cells=[number, *[Cell() for _each in _HEADS[1:]]], height=_ROOM)


def _signatures() -> Row:
    who = ("走访代表（签名）：", "记录人（签名）：", f"补录人：　　　　　补录日期：{SIGNATURE_DAY}")
    return Row(cells=[Cell(text=each, style=_HAND, middle=True) for each in who], height=_LINE)
