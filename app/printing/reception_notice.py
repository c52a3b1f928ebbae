"""The notice of reception days (接待日公告), in the faces of GB/T 9704-2012: an outward paper, so no code, no print time.

It is put up on a wall, so it keeps to one sheet: lines stand closer than in a letter, and margins are narrower.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Final

from app.domain.papers import PaperName
from app.domain.reception_papers import NoticeDay, ReceptionNotice
from app.printing.fonts import Face
from app.printing.page import A4, OFFICIAL_TEXT, Furniture, Numbering, frame
from app.printing.paper import Paper
from app.printing.paragraph import Align, Paragraph, TextStyle
from app.printing.piece import Block, Space
from app.printing.table import Column, Table, TableStyle

_LEADING: Final = 24.5
_FRAME: Final = frame(A4, left=28, top=28, right=26, bottom=25)
_TEXT: Final = replace(OFFICIAL_TEXT, leading=_LEADING)
_TITLE: Final = TextStyle(face=Face.TITLE, size=24, leading=38, align=Align.CENTRE, keep_with_next=True)
_STATION: Final = replace(_TITLE, size=18, leading=28)
_NUMBER: Final = TextStyle(face=Face.FANGSONG, size=14, leading=24, align=Align.CENTRE, after=8)
_SIGNED: Final = replace(_TEXT, indent=0.0, align=Align.RIGHT, keep_with_next=True)
_CELLS: Final = TableStyle(
    body=TextStyle(face=Face.FANGSONG, size=13, leading=20, align=Align.LEFT),
    head=TextStyle(face=Face.HEI, size=12.5, leading=20, align=Align.CENTRE),
    beside=5,
    above=5,
)
_SCOPE: Final = (
    "对本地经济社会发展、民生保障、基层治理和国家机关工作的意见、建议，以及希望代表反映的问题。"
    "正在诉讼、仲裁、行政复议或者纪检监察程序中的事项，由代表说明情况，引导到法定途径办理。"
)
_PRIVACY: Final = "来访可以不留姓名，也可以要求保密；凭回执上的编号可以随时询问。"


def notice_paper(notice: ReceptionNotice, made: datetime) -> Paper:
    """The notice, a single day in sentences, several in a table; `made` (aware) stands in the file's properties alone."""
    several = len(notice.days) > 1
    blocks = [*_head(notice), *(_table(notice) if several else _single(notice.days[0])), *_rest(notice, 2 if several else 4)]
    furniture = Furniture(numbering=Numbering.NONE)
    return Paper(title=PaperName.RECEPTION_NOTICE.label, created=made, frame=_FRAME, blocks=blocks, furniture=furniture)


def _head(notice: ReceptionNotice) -> Iterator[Block]:
    yield Paragraph(notice.station, _STATION, "联络站名称")
    yield Paragraph("人大代表接待群众公告", _TITLE, "标题")
    yield Paragraph(f"（{notice.number}）", _NUMBER, "编号") if notice.number else Space(height=_LEADING / 2)
    days = "下列时间" if len(notice.days) > 1 else notice.days[0].day
    yield Paragraph(
        f"为了密切人大代表同人民群众的联系，听取群众的意见和要求，人大代表将于{days}在联络站接待群众。现将有关事项公告如下。",
        _TEXT,
        "公告事由",
    )


def _single(day: NoticeDay) -> Iterator[Block]:
    yield Paragraph(f"一、接待时间：{day.day}{day.hours}。", _TEXT, "接待时间")
    yield Paragraph(f"二、接待地点：{day.place or '本联络站'}。", _TEXT, "接待地点")
    yield Paragraph(f"三、接待代表：{'、'.join(day.deputies) or '由联络站安排'}。", _TEXT, "接待代表")
    if day.theme:
        yield Paragraph(f"接待主题：{day.theme}。", _TEXT, "接待主题")


def _table(notice: ReceptionNotice) -> Iterator[Block]:
    yield Paragraph("一、接待安排：", replace(_TEXT, keep_with_next=True))
    themes = {each.theme for each in notice.days}
    columns = (
        Column(title="日期", width=2.3, align=Align.LEFT),
        Column(title="时间", wraps=False, align=Align.CENTRE),
        Column(title="地点", width=2.4, align=Align.LEFT),
        Column(title="接待代表", width=2.6, align=Align.LEFT),
    )
    rows = [_row(each, theme=len(themes) > 1) for each in notice.days]
    yield Table(columns=columns, rows=rows, style=_CELLS, before=4, after=6)
    if len(themes) == 1 and themes != {""}:
        yield Paragraph(f"接待主题：{notice.days[0].theme}。", _TEXT, "接待主题")


def _row(day: NoticeDay, *, theme: bool) -> tuple[str, ...]:
    """A day; with its theme where the days have different ones."""
    place = "\n".join(part for part in (day.place, f"主题：{day.theme}" if theme and day.theme else "") if part)
    return day.day, day.hours, place, "\n".join(day.deputies)


def _rest(notice: ReceptionNotice, number: int) -> Iterator[Block]:
    limit = f"承办单位在交办后{notice.time_limit}内办理" if notice.time_limit else "由承办单位按期办理"
    asked = "，".join(part for part in (f"地址：{notice.place}" if notice.place else "", _phone(notice)) if part)
    parts = (
        ("接待内容", _SCOPE),
        (
            "办理方式",
            f"能够当场答复的当场答复；其他事项登记后按程序交有关单位，{limit}，结果向本人反馈。{_PRIVACY}",
        ),
        ("联系方式", f"{asked}。" if asked else ""),
    )
    for place, (heading, words) in enumerate(each for each in parts if each[1]):
        yield Paragraph(f"{'一二三四五六'[number - 1 + place]}、{heading}：{words}", _TEXT, heading)
    yield Space(height=_LEADING, keep_with_next=True)
    yield Paragraph(notice.station, _SIGNED, "联络站名称")
    yield Paragraph(notice.day, replace(_SIGNED, keep_with_next=False))


def _phone(notice: ReceptionNotice) -> str:
    return f"电话：{notice.phone}" if notice.phone else ""
