"""The record of an activity (代表活动记录) and the sheet on which those who come sign (代表签到表)."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from app.domain.activity_papers import ActivityRecord, AttendanceRow, AttendanceSheet, Said
from app.domain.papers import BlankForms, PaperName
from app.printing.fonts import Face
from app.printing.grid import Cell, FormGrid, GridStyle, Row, named, named_values
from app.printing.ledger import printed_words
from app.printing.page import FORM, Furniture
from app.printing.paper import Paper
from app.printing.paragraph import Align, Paragraph, TextStyle
from app.printing.piece import Block, PageBreak
from app.printing.qr_code import QrCode
from app.printing.reception_form import SIGNATURE_DAY
from app.printing.sheet import MM

ROOMS: Final = 20
"""How many people one blank attendance sheet has room for."""
_FILLED: Final = 16
"""How many lines a sheet has at least on which names stand, some of them in two lines."""

_COLUMNS: Final = (29, 34, 22, 80)  # millimetres
_LINE: Final = 8.5 * MM
_WORDS: Final = 26 * MM
_SPOKEN: Final = 9 * MM
_SIGNED: Final = 18 * MM
_PAGE_LEFT: Final = 224 * MM
_ROOM: Final = 8.6 * MM
_ON_ONE_LINE: Final = 6  # characters
_FREE: Final = 3  # lines for people whom nobody expected

_TITLE: Final = TextStyle(face=Face.TITLE, size=22, leading=32, align=Align.CENTRE, after=6, keep_with_next=True)
_UNDER: Final = TextStyle(face=Face.SONG, size=10.5, leading=16, align=Align.LEFT, after=3, keep_with_next=True)
_STYLE: Final = GridStyle(value=TextStyle(face=Face.FANGSONG, size=11.5, leading=17), above=3.2)
_SHORT: Final = TextStyle(face=Face.FANGSONG, size=11.5, leading=16.5, align=Align.LEFT)
_HAND: Final = TextStyle(face=Face.SONG, size=10.5, leading=16, align=Align.LEFT)
_CENTRED: Final = replace(_SHORT, align=Align.CENTRE)
_BLANK_LONG: Final = (("活动过程", ""), ("形成的意见建议", ""))
_BLANK_FIELDS: Final = (("组织者", ""), ("召集人\n（主持人）", ""), ("代表小组", ""), ("列席单位", ""))


def record_paper(record: ActivityRecord, printed: datetime) -> Paper:
    """The record of one activity; `printed` (aware) is when."""
    return _paper(PaperName.ACTIVITY_RECORD.label, list(_record(record)), printed)


def sheet_paper(sheet: AttendanceSheet, printed: datetime) -> Paper:
    """The attendance sheet of one activity."""
    return _paper(PaperName.ATTENDANCE_SHEET.label, list(_sheet(sheet)), printed)


def blank_record_paper(forms: BlankForms, printed: datetime) -> Paper:
    """Blank records, each with an attendance sheet of the same number."""
    blocks: list[Block] = []
    for place, number in enumerate(forms.numbers):
        empty = ActivityRecord(
            record=number, station=forms.station, number=number, fields=_BLANK_FIELDS, long=_BLANK_LONG, roll=_BLANK_ROLL
        )
        blocks += [*([PageBreak()] if place else []), *_record(empty), PageBreak()]
        blocks += _sheet(AttendanceSheet(record=number, station=forms.station, number=number, roll=_BLANK_ROLL))
    return _paper(forms.name.label, blocks, printed)


_BLANK_ROLL: Final = "应到　　　人，实到　　　人，请假　　　人"


def _paper(title: str, blocks: Sequence[Block], printed: datetime) -> Paper:
    furniture = Furniture(printed=printed_words(printed))
    return Paper(title=title, created=printed, frame=FORM, blocks=blocks, furniture=furniture)


# --- the record ------------------------------------------------------------------------------------------------------


def _record(record: ActivityRecord) -> Iterator[Block]:
    yield QrCode(record=record.record)
    yield Paragraph(PaperName.ACTIVITY_RECORD.label, _TITLE)
    yield Paragraph(f"联络站：{record.station}　　　　编号：{record.number}", _UNDER, "联络站、编号")
    yield FormGrid(columns=_COLUMNS, rows=list(_rows(record)), style=_STYLE, height=_PAGE_LEFT)


def _rows(record: ActivityRecord) -> Iterator[Row]:
    when = "　".join(part for part in (record.day, record.hours) if part)
    yield _pair(("活动类别", record.kind), ("时间", when))
    yield _wide("主题", record.theme)
    yield _pair(("记录人", record.recorder), ("地点", record.place))
    if record.campaign:
        yield _wide("主题活动", record.campaign)
    for pair in _in_pairs(record.fields):
        yield _pair(*pair) if len(pair) > 1 else _wide(*pair[0])
    yield _wide("出席情况", record.roll)
    yield _wide("参加人员", record.there, height=2 * _LINE)
    for place, (name, text) in enumerate(record.long):
        yield _long(name, text, _WORDS, grows=not text or place == 0)
    yield from _speeches(record.speeches)
    if record.led_to or not record.kind:
        yield _long("转为意见\n（建议）", "\n".join(record.led_to), 2 * _LINE)
    if record.photographs:
        yield _wide("照片、附件", record.photographs)
    yield _signatures()


def _in_pairs(fields: Sequence[tuple[str, str]]) -> Iterator[Sequence[tuple[str, str]]]:
    for start in range(0, len(fields), 2):
        yield fields[start : start + 2]


def _speeches(speeches: Sequence[Said]) -> Iterator[Row]:
    """The minutes, a row a speaker; on a blank form room for some."""
    if not speeches:
        yield _long("发言要点\n（按发言人）", "", 2 * _WORDS, grows=True)
        return
    for said in speeches:
        who = f"{said.name}\n（{said.beside}）" if said.beside else said.name
        yield _long(who or "发言要点", said.words, _SPOKEN)


def _signatures() -> Row:
    cells = [
        Cell(text=who, columns=2, foot=SIGNATURE_DAY, middle=False, style=_HAND)
        for who in ("召集（主持）人（签名）：", "记录人（签名）：")
    ]
    return Row(cells=cells, height=_SIGNED)


def _pair(*pairs: tuple[str, str]) -> Row:
    return Row(cells=named_values(_SHORT, *((_folded(name), value, 1) for name, value in pairs)), height=_LINE, splits=True)


def _wide(name: str, value: str, height: float = _LINE) -> Row:
    return Row(cells=named_values(_SHORT, (_folded(name), value, 3)), height=height, splits=True)


def _folded(name: str) -> str:
    """A long name on two lines of much the same length."""
    if len(name) <= _ON_ONE_LINE or "\n" in name:
        return name
    half = len(name) // 2
    return f"{name[:half]}\n{name[half:]}"


def _long(name: str, value: str, height: float, *, grows: bool = False) -> Row:
    cell = Cell(text=value, columns=3, place=name.replace("\n", ""), middle=False)
    return Row(cells=[named(_folded(name)), cell], height=height, grows=grows, splits=True)


# --- the attendance sheet ---------------------------------------------------------------------------------------------

_SHEET_COLUMNS: Final = (11, 25, 21, 30, 34, 19, 19, 31)  # millimetres


def _sheet(sheet: AttendanceSheet) -> Iterator[Block]:
    yield QrCode(record=sheet.record)
    yield Paragraph(PaperName.ATTENDANCE_SHEET.label, _TITLE)
    yield Paragraph(f"联络站：{sheet.station}　　　　编号：{sheet.number}", _UNDER, "联络站、编号")
    when = "　".join(part for part in (sheet.day, sheet.hours) if part)
    head = [
        _wide("活动名称", sheet.theme),
        _pair(("主持人", sheet.host), ("时间", when)),
        _wide("地点", sheet.place),
        _wide("人数", sheet.roll),
    ]
    yield FormGrid(columns=_COLUMNS, rows=head, style=_STYLE, after=6)
    yield FormGrid(columns=_SHEET_COLUMNS, rows=list(_places(sheet.rows)), style=_STYLE)


def _places(rows: Sequence[AttendanceRow]) -> Iterator[Row]:
    heads = ("序号", "姓名", "层级\n（身份）", "代表小组", "签名", "到达", "离开", "备注\n（请假事由）")
    yield Row(cells=[named(each) for each in heads], height=_ROOM)
    room = max(_FILLED, len(rows) + _FREE) if rows else ROOMS
    for place in range(room):
        line = rows[place] if place < len(rows) else AttendanceRow()
        texts = (str(place + 1), line.name, line.level, line.group, "", line.arrived, line.left, line.remark)
        cells = [
            Cell(text=text, style=_CENTRED, middle=True, place=head.replace("\n", ""))
            for text, head in zip(texts, heads, strict=True)
        ]
        yield Row(cells=cells, height=_ROOM)
