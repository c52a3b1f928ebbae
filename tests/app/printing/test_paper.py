"""Pages are filled in order, and a person may stop."""

import pytest

from app.errors import Refused
from app.printing.page import OFFICIAL
from app.printing.paper import paged, typeset
from app.printing.paragraph import Paragraph, TextStyle
from app.printing.piece import Block, PageBreak, Space
from app.progress import Progress
from tests.app.printing.papers import heights, paper

STYLE = TextStyle(size=10, leading=20)


def test_an_empty_paper_is_one_page() -> None:
    assert [len(page) for page in paged([], OFFICIAL)] == [0]
    assert typeset(paper()).startswith(b"%PDF-")


def test_a_break_begins_a_page_and_the_last_one_adds_none() -> None:
    blocks: list[Block] = [Paragraph("甲", STYLE), PageBreak(), Paragraph("乙", STYLE)]
    assert [len(page) for page in paged(blocks, OFFICIAL)] == [2, 1]


def test_space_is_not_taken_over_to_the_next_page() -> None:
    blocks: list[Block] = [Space(height=OFFICIAL.text_height - 10), Space(height=300), Paragraph("甲", STYLE)]
    pages = list(paged(blocks, OFFICIAL))
    assert pages[-1][0].top == 0
    assert max(heights(blocks, OFFICIAL)) <= OFFICIAL.text_height


def test_a_person_may_stop_and_sees_how_far_it_is() -> None:
    progress = Progress()
    blocks: list[Block] = [Paragraph("甲", STYLE), PageBreak(), Paragraph("乙", STYLE)]
    typeset(paper(*blocks), progress=progress)
    assert (progress.step, progress.total) == (2, 2)
    progress.cancel()
    with pytest.raises(Refused) as refused:
        typeset(paper(*blocks), progress=progress)
    assert refused.value.code == "cancelled"
