"""A suggestion on the official form (建议专用纸), by GB/T 9704-2012: an outward paper, so no code, no print time."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import zip_longest
from typing import Final

from app.domain.papers import Choice, PaperName, Signer, SuggestionPaper
from app.printing.fonts import Face
from app.printing.grid import Cell, FormGrid, Row, named, named_values
from app.printing.kept import Kept
from app.printing.page import OFFICIAL, OFFICIAL_TEXT, Furniture, Numbering
from app.printing.paper import Paper
from app.printing.paragraph import Align, Paragraph, TextStyle
from app.printing.piece import Block
from app.printing.sheet import MM

CONFIDENTIAL: Final = "代表身份保密"

_COLUMNS: Final = (30, 50, 26, 50)  # millimetres
_ENDING: Final = (24, 32, 25, 75)
_LINE: Final = 9 * MM
_SIGNED: Final = 11 * MM
_OPINION: Final = 22 * MM
_PLACES_TO_SIGN: Final = 4
_HEADING: Final = re.compile(r"[一二三四五六七八九十]+、[^。；]*")
_SUBHEADING: Final = re.compile(r"（[一二三四五六七八九十]+）[^。；]{1,24}。?")

_CONGRESS: Final = TextStyle(face=Face.TITLE, size=18, leading=28, align=Align.CENTRE, before=6, keep_with_next=True)
_TITLE: Final = TextStyle(face=Face.TITLE, size=22, leading=34, align=Align.CENTRE, after=8, keep_with_next=True)
_PART: Final = TextStyle(face=Face.HEI, size=14, leading=24, align=Align.LEFT, before=12, after=4, keep_with_next=True)
_SUBJECT: Final = TextStyle(face=Face.TITLE, size=14, leading=21, align=Align.LEFT)
_HAND: Final = TextStyle(face=Face.FANGSONG, size=12, leading=18, align=Align.LEFT)
_TICKED: Final = replace(_HAND, size=11.5)


def official_paper(paper: SuggestionPaper, made: datetime) -> Paper:
    """The form with the text in full; `made` (aware) stands in the file's properties alone."""
    blocks: list[Block] = [*_head(paper), _about(paper), *_signers(paper), *_content(paper.text)]
    blocks += [Kept(block=_circumstances(paper)), Kept(block=_for_the_body())]
    furniture = Furniture(numbering=Numbering.DASHES)
    return Paper(title=PaperName.SUGGESTION.label, created=made, frame=OFFICIAL, blocks=blocks, furniture=furniture)


def _head(paper: SuggestionPaper) -> Iterator[Block]:
    number = Row(cells=[named("编号"), Cell(text=paper.number, place="编号")], height=_LINE)
    yield Kept(block=FormGrid(columns=(18, 42), rows=[number]), width=60 * MM, keep_with_next=True)
    yield Paragraph(f"{paper.congress}{paper.session}", _CONGRESS, "届次")
    yield Paragraph("代表建议、批评和意见", _TITLE)


# --- who puts it forward -------------------------------------------------------------------------------------------


def _about(paper: SuggestionPaper) -> FormGrid:
    rows = [
        _row(("类别", _ticks(paper.kinds), 3)),
        Row(cells=[named("标题"), Cell(text=paper.subject, columns=3, style=_SUBJECT, place="标题")], height=14 * MM),
        _row(("代表层级", paper.level, 1), ("审查分类", paper.category, 1)),
        *(_confidential() if paper.confidential else _lead(paper)),
    ]
    return FormGrid(columns=_COLUMNS, rows=rows)


def _confidential() -> Iterator[Row]:
    yield _row(("领衔代表", CONFIDENTIAL, 3))


def _lead(paper: SuggestionPaper) -> Iterator[Row]:
    lead = paper.lead
    yield _row(("领衔代表", lead.name, 1), ("代表证号", lead.card, 1))
    yield _row(("代表团", lead.delegation, 1), ("联系电话", lead.phone, 1))
    yield _row(("工作单位及职务", lead.workplace, 3))
    yield _row(("通讯地址", lead.address, 1), ("邮政编码", lead.postcode, 1))
    if paper.whole_delegation:
        head = f"团长：{paper.delegation_head}" if paper.delegation_head else "团长："
        yield _row(("全团建议", head, 1), ("团长签名", "", 1))
    yield Row(cells=[named("领衔代表签名"), Cell(columns=3)], height=_SIGNED)


def _signers(paper: SuggestionPaper) -> Iterator[Block]:
    """Two signers a row, each with room to sign; while the words are open some more places, and a line for who was struck."""
    standing = [each for each in paper.signers if not each.struck]
    places = max(len(standing), _PLACES_TO_SIGN if paper.open_to_sign else 0)
    if places:
        filled = [*standing, *[Signer(name="")] * (places - len(standing))]
        heads = [named(each) for each in ("联名代表", "代表证号", "签名") * 2]
        pairs = zip_longest(filled[::2], filled[1::2], fillvalue=Signer(name=""))
        rows = [Row(cells=[*_signer(one), *_signer(other)], height=_SIGNED) for one, other in pairs]
        yield FormGrid(columns=(24, 26, 28) * 2, rows=[Row(cells=heads, height=_LINE), *rows], heads=1)
    if gone := [f"{each.name}（{each.struck}）" for each in paper.signers if each.struck]:
        yield FormGrid(columns=(30, 126), rows=[_row(("已删除的联名", "、".join(gone), 1))])


def _signer(signer: Signer) -> Sequence[Cell]:
    centred = replace(_HAND, align=Align.CENTRE)
    return (
        Cell(text=signer.name, style=centred, middle=True, place="联名代表"),
        Cell(text=signer.card, style=centred, middle=True, place="代表证号"),
        Cell(),
    )


# --- what it says --------------------------------------------------------------------------------------------------


def _content(text: str) -> Iterator[Block]:
    """The text, 28 characters a line, headings in 黑体 and 楷体."""
    yield Paragraph("建议内容", _PART)
    yield from official_text(text, "建议内容")


def official_text(text: str, place: str) -> Iterator[Block]:
    """Paragraphs of a text by the rules of official papers; `place` says where it stands, should a character be missing."""
    for line in text.splitlines():
        if told := line.strip():
            yield Paragraph(told, _style_of(told), f"{place}·{told[:12]}")


def _style_of(line: str) -> TextStyle:
    if _HEADING.fullmatch(line):
        return replace(OFFICIAL_TEXT, face=Face.HEI, keep_with_next=True)
    return replace(OFFICIAL_TEXT, face=Face.KAI) if _SUBHEADING.fullmatch(line) else OFFICIAL_TEXT


# --- what the body wants to know, and fills in -----------------------------------------------------------------------


def _circumstances(paper: SuggestionPaper) -> FormGrid:
    """The block 相关情况, the units the deputy proposes, and when it was submitted."""
    rows = [
        *(_question(each, len(paper.circumstances), first=place == 0) for place, each in enumerate(paper.circumstances)),
        *_units([each for each in _proposed(paper) if each[1]] or [("主办", "")]),
        _row(("附件", paper.attachments, 3)),
        _row(("建议联系人", paper.contact_person, 1), ("提交日期", paper.day, 1)),
    ]
    return FormGrid(columns=_ENDING, rows=rows, before=14)


def _question(choice: Choice, rows: int, *, first: bool) -> Row:
    block = [named("相关情况", rows=rows)] if first else []
    question = Cell(text=choice.label, style=_TICKED, middle=True)
    return Row(cells=[*block, question, Cell(text=_ticks(choice), columns=2, style=_TICKED, middle=True)], height=_LINE)


def _proposed(paper: SuggestionPaper) -> Sequence[tuple[str, str]]:
    return ("主办", paper.lead_units), ("会办", paper.co_units), ("分办", paper.separate_units)


def _for_the_body() -> FormGrid:
    """What the receiving body fills in by hand."""
    opinion = Cell(columns=3, foot="签名：　　　　　　　　年　　月　　日", style=_HAND)
    rows = [
        Row(cells=[named("以下由受理机关填写", columns=4)], height=_LINE),
        Row(cells=[named("审查意见"), opinion], height=_OPINION),
        _row(("主办单位", "", 1), ("会办单位", "", 1), height=_SIGNED),
        _row(("交办日期", "", 1), ("经办人", "", 1), height=_SIGNED),
    ]
    return FormGrid(columns=_COLUMNS, rows=rows, before=8)


def _units(units: Sequence[tuple[str, str]]) -> Iterator[Row]:
    for place, (role, names) in enumerate(units):
        first = [named("建议\n承办单位", rows=len(units))] if place == 0 else []
        told = f"{role}：{names}" if names else ""
        yield Row(cells=[*first, Cell(text=told, columns=3, style=_HAND, middle=True, place="建议承办单位")], height=_LINE)


def _ticks(choice: Choice) -> str:
    return "　".join(f"{'☑' if given else '☐'}{answer}" for answer, given in choice.answers)


def _row(*pairs: tuple[str, str, int], height: float = _LINE) -> Row:
    return Row(cells=named_values(_HAND, *pairs), height=height)
