"""The table of contents names the page on which each part begins; several papers in one file keep their sizes and numbers."""

import re
from dataclasses import replace

import pytest

from app.printing.contents import Contents, Mark
from app.printing.page import LEDGER, OFFICIAL, OFFICIAL_TEXT, Furniture, Numbering
from app.printing.paper import Volume, typeset
from app.printing.paragraph import Paragraph
from app.printing.piece import PageBreak
from tests.app.printing.conftest import ReadBack
from tests.app.printing.papers import MADE, paper
from tests.pdf_text import page_count

LONG = "这一部分的名称很长，一行写不下，要分成几行来写，页码写在最后一行的末尾，看的人才找得到它在哪一页"
TITLES = ["第一部分", LONG, "第三部分"]


def parts(titles: list[str], pages: int) -> list[Paragraph | Mark | PageBreak]:
    """Every part on so many pages."""
    blocks: list[Paragraph | Mark | PageBreak] = []
    for title in titles:
        blocks += [PageBreak(), Mark(title=title), Paragraph("\n".join(["一行"] * (22 * pages - 1)), OFFICIAL_TEXT)]
    return blocks


def test_every_part_is_listed_with_the_page_it_begins_on(read_back: ReadBack) -> None:
    printed = typeset(paper(Contents(), *parts(TITLES, 3)))
    table, *rest = read_back(printed).split("\f")[:-1]
    flat = re.sub(r"\s", "", table)
    assert page_count(printed) == 10
    assert len(rest) == 9
    assert [int(each) for each in re.findall(r"…(\d+)", flat)] == [2, 5, 8]
    assert all(title in flat.replace("…", "") or title[:20] in flat for title in TITLES)
    assert printed.count(b"/Dest ") + printed.count(b"/Dest\n") >= len(TITLES)
    assert printed.count(b"/Subtype /Link") == len(TITLES)


@pytest.mark.parametrize("many", [20, 100])
def test_a_long_table_goes_over_pages_and_still_names_them_right(read_back: ReadBack, many: int) -> None:
    pages = read_back(typeset(paper(Contents(), *parts([f"第{place}部分" for place in range(many)], 1)))).split("\f")[:-1]
    before = len(pages) - many
    told = [int(each) for page in pages[:before] for each in re.findall(r"…(\d+)", re.sub(r"\s", "", page))]
    assert told == [before + place + 1 for place in range(many)]


def test_papers_of_several_sizes_are_bound_and_numbered_through_or_each_by_itself(read_back: ReadBack) -> None:
    numbered = Furniture(numbering=Numbering.OF_TOTAL)
    first = paper(*parts(["甲"], 2)[1:], frame=OFFICIAL, furniture=numbered)
    second = paper(*parts(["乙"], 1)[1:], frame=LEDGER, furniture=numbered)
    coded = [replace(each, furniture=Furniture(record=number)) for each, number in ((second, "A-1"), (second, "A-2"))]
    both = typeset(Volume(title="合订", created=MADE, papers=coded))
    assert both.count(b"/Subtype /Form") == 2, "each paper bears its own code"
    for through, wanted in ((True, ["第1页共4页", "第4页共4页"]), (False, ["第1页共2页", "第2页共2页"])):
        printed = typeset(Volume(title="合订", created=MADE, papers=(first, second), through=through))
        said = [re.sub(r"\s", "", page) for page in read_back(printed).split("\f")[:-1]]
        assert len(said) == 4
        assert wanted[0] in said[0]
        assert wanted[1] in said[-1]
        boxes = re.findall(rb"/MediaBox \[ ?0 0 ([\d.]+) ([\d.]+) ?\]", printed)
        assert [float(width) > float(height) for width, height in boxes] == [False, False, True, True]
