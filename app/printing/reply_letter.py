"""The letter to whoever raised a matter (答复函), in the letter format of official papers: outward, so no code, no print time."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Final

from app.domain.papers import PaperName
from app.domain.reply_letter import ReplyLetter
from app.printing.fonts import Face
from app.printing.letterhead import Letterhead
from app.printing.outlined import signed
from app.printing.page import OFFICIAL, OFFICIAL_LEADING, OFFICIAL_TEXT, Furniture, Numbering
from app.printing.paper import Paper
from app.printing.paragraph import Align, Paragraph, TextStyle
from app.printing.piece import Block
from app.printing.suggestion_paper import official_text

_NUMBER: Final = replace(OFFICIAL_TEXT, indent=0.0, align=Align.RIGHT, before=10, after=OFFICIAL_LEADING)
_TITLE: Final = TextStyle(face=Face.TITLE, size=22, leading=34, align=Align.CENTRE, after=OFFICIAL_LEADING, keep_with_next=True)
_TO: Final = replace(OFFICIAL_TEXT, indent=0.0, keep_with_next=True)


def reply_letter_paper(letter: ReplyLetter, made: datetime) -> Paper:
    """The letter; `made` (aware) stands in the file's properties alone. Its first page bears no number (10.1)."""
    furniture = Furniture(numbering=Numbering.DASHES_LATER)
    title = PaperName.REPLY_LETTER.label
    return Paper(title=title, created=made, frame=OFFICIAL, blocks=list(_blocks(letter)), furniture=furniture)


def _blocks(letter: ReplyLetter) -> Iterator[Block]:
    yield Letterhead(office=letter.station)
    yield Paragraph(f"编号：{letter.number}" if letter.number else "", _NUMBER, "编号")
    yield Paragraph("关于所反映事项办理情况的答复函", _TITLE)
    yield Paragraph(f"{letter.to}：", _TO, "收信人")
    yield Paragraph(_opening(letter), OFFICIAL_TEXT, "来函事由")
    yield from official_text(letter.answer, "答复")
    yield Paragraph(_closing(letter), OFFICIAL_TEXT)
    yield Paragraph("特此函复。", OFFICIAL_TEXT)
    yield from signed(letter.station, letter.day)


def _opening(letter: ReplyLetter) -> str:
    when = f"于{letter.raised}" if letter.raised else ""
    what = f"“{letter.subject}”一事" if letter.subject else "事项"
    by = f"已由{letter.unit}办理" if letter.unit else "已经办理"
    return f"您{when}向人大代表反映的{what}，{by}。现将有关情况答复如下："


def _closing(letter: ReplyLetter) -> str:
    told = (("电话", letter.phone), ("地址", letter.place))
    ways = "，".join(f"{name}：{value}" for name, value in told if value)
    reach = f"（{ways}）" if ways else ""
    return f"如您对办理情况有不同意见，请与本联络站联系{reach}。感谢您对人大代表工作的支持。"
