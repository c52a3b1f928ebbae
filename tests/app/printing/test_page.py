"""What stands around the text: measures of the standard, numbers of pages, a code that is the identifier, else nothing."""

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
import segno

from app.printing.page import FORM, LEDGER, OFFICIAL, Frame, Furniture, Numbering, draw_qr
from app.printing.paper import typeset
from app.printing.paragraph import Paragraph, TextStyle
from app.printing.piece import Block, PageBreak
from app.printing.properties import Properties
from app.printing.sheet import MM, Sheets
from tests.app.printing.conftest import ReadBack
from tests.app.printing.papers import MADE, paper
from tests.pdf_text import bare

RECORD = "01JD3V7K8QZ4W5X6Y7Z8A9B0C1"
STYLE = TextStyle()


def three_pages(furniture: Furniture, frame: Frame = OFFICIAL) -> bytes:
    blocks: list[Block] = [Paragraph("甲", STYLE), PageBreak(), Paragraph("乙", STYLE), PageBreak(), Paragraph("丙", STYLE)]
    return typeset(paper(*blocks, frame=frame, furniture=furniture))


def words(made: bytes, program: Callable[[str], str], folder: Path) -> list[tuple[int, float, float, str]]:
    """Every word of a paper with its page, its left edge and its upper edge in millimetres."""
    file = folder / "boxes.pdf"
    file.write_bytes(made)
    told = subprocess.run([program("pdftotext"), "-bbox", str(file), "-"], check=True, capture_output=True).stdout.decode()
    found = []
    for number, page in enumerate(told.split("<page ")[1:], start=1):
        for x, y, word in re.findall(r'xMin="([\d.]+)" yMin="([\d.]+)"[^>]*>([^<]*)<', page):
            found.append((number, float(x) / MM, float(y) / MM, word))
    return found


def test_the_official_block_is_156_by_225_millimetres_and_28_from_the_binding() -> None:
    assert pytest.approx(156 * MM) == OFFICIAL.text_width
    assert pytest.approx(225 * MM) == OFFICIAL.text_height
    assert (OFFICIAL.left, OFFICIAL.top) == (28 * MM, 37 * MM)
    assert LEDGER.width > LEDGER.height
    assert FORM.bottom >= 20 * MM  # room for the code


def test_every_page_tells_its_number_and_how_many_there_are(read_back: ReadBack) -> None:
    pages = read_back(three_pages(Furniture())).split("\f")[:-1]
    assert [bare(page)[1:] for page in pages] == ["第1页共3页", "第2页共3页", "第3页共3页"]


def test_official_numbers_stand_between_dashes_odd_right_and_even_left(program: Callable[[str], str], tmp_path: Path) -> None:
    numbers = [word for word in words(three_pages(Furniture(numbering=Numbering.DASHES)), program, tmp_path) if word[3] == "—"]
    odd = [x for page, x, _y, _word in numbers if page != 2]
    even = [x for page, x, _y, _word in numbers if page == 2]
    assert len(odd) == 4
    assert len(even) == 2
    assert min(even) == pytest.approx(28 + 14 / MM, abs=0.2)
    assert 184 - 14 / MM - 20 < min(odd) < max(odd) < 184 - 14 / MM
    assert all(262 + 6 < y < 262 + 10 for _page, _x, y, _word in numbers)


def test_an_outward_paper_bears_neither_code_nor_time(read_back: ReadBack) -> None:
    made = three_pages(Furniture(numbering=Numbering.NONE))
    assert bare(read_back(made)) == "甲乙丙"
    assert b"/Form" not in made


def test_an_internal_paper_bears_both_on_every_page_and_the_code_is_drawn_once(read_back: ReadBack) -> None:
    made = three_pages(Furniture(printed="打印时间：2026-11-22 09:30", record=RECORD))
    assert read_back(made).count("09:30") == 3
    assert made.count(b"/Subtype /Form") == 1


def test_the_code_drawn_is_the_code_of_the_record(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[tuple[float, float, float, float]] = []
    monkeypatch.setattr(Sheets, "blocks", lambda _sheets, edges: drawn.extend(edges))
    rows = segno.make_qr(RECORD, error="m").matrix
    side = len(rows)
    draw_qr(Sheets(500, 500, Properties(title="", created=MADE)), 10.0, 20.0, float(side), RECORD)
    dark = {(round(y - 20), round(x - 10) + step) for x, y, width, _height in drawn for step in range(round(width))}
    assert dark == {(row, column) for row in range(side) for column in range(side) if rows[row][column]}


def test_a_heading_longer_than_a_line_is_set_smaller_and_never_cut(read_back: ReadBack) -> None:
    name = "示例省示例市示例县示例街道人大代表联络站" * 4
    told = bare(read_back(three_pages(Furniture(head=name, head_right="编号：示例", numbering=Numbering.NONE))))
    assert told.count(name) == 3
    assert told.count("编号：示例") == 3
