"""The letter format of GB/T 9704-2012: two double rules in red, 170 mm long, and no number on the first page."""

import re
import zlib
from collections.abc import Callable
from dataclasses import replace

import pytest

from app.printing.letterhead import Letterhead
from app.printing.page import OFFICIAL_TEXT, Furniture, Numbering
from app.printing.paper import typeset
from app.printing.paragraph import Align, Paragraph
from app.printing.piece import PageBreak
from app.printing.sheet import MM
from tests.app.printing.papers import paper
from tests.pdf_text import bare, text_of

LATER = Furniture(numbering=Numbering.DASHES_LATER)
RED = rb"0\.8 0 0 RG\n(.*?)\n0 G"


def drawn(content: bytes) -> bytes:
    """What is drawn on the first page."""
    streams = re.findall(rb"stream\r?\n(x.*?)endstream", content, re.DOTALL)
    pages = [zlib.decompressobj().decompress(each) for each in streams]
    return next(each for each in pages if b"BT" in each)


def test_four_red_rules_of_170_millimetres_stand_where_the_standard_puts_them() -> None:
    content = typeset(paper(Letterhead(office="示例街道人大代表联络站"), Paragraph("正文", OFFICIAL_TEXT)))
    (marks,) = re.findall(RED, drawn(content), re.DOTALL)
    rules = [tuple(map(float, each)) for each in re.findall(rb"([\d.]+) ([\d.]+) m ([\d.]+) [\d.]+ l", marks)]
    thick = [float(each) for each in re.findall(rb"([\d.]+) w", marks)]
    assert [round((to - x) / MM) for x, _y, to in rules] == [170] * 4
    assert all(abs(x - 20 * MM) < 0.1 for x, _y, _to in rules)
    assert thick == [2.0, 0.75, 0.75, 2.0]  # thick above thin at the head, thin above thick at the foot
    assert rules[0][1] > rules[1][1] > 240 * MM
    assert rules[2][1] > rules[3][1]
    assert rules[3][1] == pytest.approx(20 * MM, abs=0.1)


@pytest.mark.parametrize("office", ["站", "某某自治州某某自治县某某街道某某社区人大代表联络站"])
def test_an_office_of_any_length_stands_whole_on_one_line(office: str, program: Callable[[str], str]) -> None:
    told = text_of(program("pdftotext"), typeset(paper(Letterhead(office=office))))
    assert office in told.splitlines()


def test_the_first_page_bears_no_number_and_the_second_does(program: Callable[[str], str]) -> None:
    blocks = (Letterhead(office="示例站"), Paragraph("一", OFFICIAL_TEXT), PageBreak(), Paragraph("二", OFFICIAL_TEXT))
    told = bare(text_of(program("pdftotext"), typeset(paper(*blocks, furniture=LATER))))
    assert told == "示例站一二—2—"


def test_an_inset_keeps_a_line_off_the_right_edge() -> None:
    style = replace(OFFICIAL_TEXT, indent=0.0, align=Align.RIGHT)
    whole, inset = (Paragraph("2026年11月20日", each).at(400.0) for each in (style, replace(style, inset=4)))
    assert whole.width - inset.width == pytest.approx(4 * style.size)
