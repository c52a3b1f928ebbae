"""The log as it is set: as many rows as lines, the heading on every page, an empty one that says so."""

import re

from app.domain.papers import Ledger, VisitLine, VisitLog
from app.printing.ledger import NOTHING, in_twos, numbered
from app.printing.page import LEDGER
from app.printing.paper import typeset
from app.printing.visit_log import visit_log_paper
from tests.app.printing.conftest import ReadBack
from tests.app.printing.papers import MADE, heights
from tests.pdf_text import bare

HEAD = Ledger(
    station="某某街道人大代表联络站", number="430181001-001/20260101-20260630", period="2026年上半年", summary="合计三次。"
)


def a_line(number: int) -> VisitLine:
    return VisitLine(
        day="2026-03-01",
        hours="09:00—11:30",
        kind="接待",
        place="某某街道联络站",
        deputies=("代表甲", "代表乙", "代表丙"),
        people="2",
        account=f"第{number}次接待群众",
        matters=("路灯不亮", f"第{number}处积水"),
    )


def log_of(number: int) -> VisitLog:
    return VisitLog(head=HEAD, lines=tuple(a_line(each) for each in range(1, number + 1)))


def test_every_line_is_a_row_and_every_page_has_the_heading(read_back: ReadBack) -> None:
    log = log_of(60)
    paper = visit_log_paper(log, MADE)

    told = read_back(typeset(paper))

    assert [int(each) for each in re.findall(r"第(\d+)次接待群众", told)] == list(range(1, 61))
    pages = [bare(page) for page in told.split("\f") if page.strip()]
    assert len(pages) == len(heights(paper.blocks, LEDGER)) > 1
    assert all("反映的问题和建议" in page and HEAD.number in page for page in pages)
    assert f"第{len(pages)}页共{len(pages)}页" in pages[-1]
    assert "合计三次。" in pages[-1]
    assert "1.路灯不亮2.第60处积水" in pages[-1]


def test_a_log_without_lines_is_a_page_that_says_so(read_back: ReadBack) -> None:
    told = bare(read_back(typeset(visit_log_paper(log_of(0), MADE))))

    assert NOTHING in told
    assert "反映的问题和建议" in told


def test_names_stand_in_twos_and_several_things_are_numbered() -> None:
    assert [in_twos(("甲", "乙", "丙")[:number]) for number in range(4)] == ["", "甲", "甲、乙", "甲、乙、\n丙"]
    assert (numbered(()), numbered(("甲",)), numbered(("甲", "乙"))) == ("", "甲", "1. 甲\n2. 乙")
