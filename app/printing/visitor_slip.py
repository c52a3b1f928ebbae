"""The slip a resident takes home (来访回执), three to a sheet: handed out, so no code and no print time."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Final

from app.domain.papers import PaperName
from app.domain.reception_papers import SlipMatter, VisitorSlip, VisitorSlips
from app.printing.fonts import Face
from app.printing.grid import Cell, FormGrid, GridStyle, Row, named_values
from app.printing.page import Furniture, Numbering
from app.printing.paper import Paper
from app.printing.paragraph import Align, Paragraph, TextStyle
from app.printing.piece import Block
from app.printing.sheet import MM
from app.printing.thirds import THIRDS, Third

_MOST: Final = 3  # matters by name: a third of a sheet holds no more
_LONGEST: Final = 34  # characters of a matter's name
_TITLE: Final = TextStyle(face=Face.TITLE, size=18, leading=27, align=Align.CENTRE, after=5)
_STATION: Final = TextStyle(face=Face.SONG, size=10.5, leading=14, align=Align.CENTRE)
_NUMBER: Final = TextStyle(face=Face.HEI, size=15, leading=20, align=Align.LEFT)
_SAID: Final = TextStyle(face=Face.FANGSONG, size=12, leading=18, align=Align.LEFT)
_BODY: Final = replace(_SAID, align=Align.JUSTIFY, before=6)
_ASK: Final = TextStyle(face=Face.HEI, size=11, leading=17, before=6)
_STAMP: Final = TextStyle(face=Face.SONG, size=10.5, leading=15, align=Align.RIGHT, before=7)
_STYLE: Final = GridStyle(value=_SAID, above=4, rule=0.4, edge=0.6)


def slips_paper(slips: VisitorSlips, made: datetime) -> Paper:
    """The slips, three to a sheet; `made` (aware) stands in the file's properties alone."""
    blocks = [Third(blocks=list(_slip(each))) for each in slips.slips]
    furniture = Furniture(numbering=Numbering.NONE)
    return Paper(title=PaperName.VISITOR_SLIP.label, created=made, frame=THIRDS, blocks=blocks, furniture=furniture)


def _slip(slip: VisitorSlip) -> Iterator[Block]:
    yield Paragraph(slip.station, _STATION, "联络站名称")
    yield Paragraph(PaperName.VISITOR_SLIP.label, _TITLE)
    number = Cell(text=slip.number, style=_NUMBER, middle=True, place="编号")
    rows = [
        Row(
            cells=[*named_values(_SAID, ("编号", "", 1))[:1], number, *named_values(_SAID, ("来访人", slip.person, 1))],
            height=9 * MM,
        ),
        Row(cells=named_values(_SAID, ("接待日期", slip.day, 1), ("接待代表", slip.deputies, 1)), height=8 * MM),
    ]
    yield FormGrid(columns=(22, 62, 22, 60), rows=rows, style=_STYLE)
    yield Paragraph(_matters(slip), _BODY, "反映事项")
    yield Paragraph(_asking(slip), _ASK, "怎样再问")
    yield Paragraph(f"{slip.station}（盖章）", _STAMP, "联络站名称")


def _matters(slip: VisitorSlip) -> str:
    """What was raised and what happens next, one a line; without names of what is kept in confidence."""
    named = [each for each in slip.matters if each.subject]
    if not named:
        ways = "".join(dict.fromkeys(each.next for each in slip.matters))
        return f"您反映的{len(slip.matters)}件事项已经登记。{ways}" if slip.matters else "您的来访已经登记。"
    numbers = [f"{place}. " for place in range(1, len(named) + 1)] if len(named) > 1 else [""]
    lines = [f"{number}{_named(each)}" for number, each in zip(numbers, named[:_MOST], strict=False)]
    left = len(named) - len(lines)
    return "\n".join(["您反映的事项已经登记：", *lines, *([f"另有{left}件，同样登记在这个编号下。"] if left else [])])


def _named(matter: SlipMatter) -> str:
    subject = matter.subject if len(matter.subject) <= _LONGEST else f"{matter.subject[: _LONGEST - 1]}…"
    return f"{subject}——{matter.next}"


def _asking(slip: VisitorSlip) -> str:
    """How to ask again: by telephone, at the station, on the next reception day; nobody need say a name."""
    ways = [f"拨打{slip.phone}" if slip.phone else "", f"到{slip.place}" if slip.place else "到联络站"]
    asked = f"想了解办到哪一步，请{'，或者'.join(each for each in ways if each)}，报出上面的编号即可，不必说出姓名。"
    told = (
        "您没有留下姓名，联络站不会联系您，请保管好编号。" if slip.anonymous else "有结果时联络站会告知您。" if slip.waits else ""
    )
    following = f"下一个接待日：{slip.next_day}。" if slip.next_day else ""
    return f"{told}{asked}{following}"
