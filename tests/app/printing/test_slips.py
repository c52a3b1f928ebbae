"""The slips between station and unit as they are set: everything told, nothing cut, the receipt in one piece."""

from dataclasses import fields
from typing import Final

import pytest

from app.domain.slip_papers import AssignmentSlip, FeedbackSlip
from app.printing.page import FORM
from app.printing.paper import Paper, typeset
from app.printing.slips import assignment_paper, feedback_paper
from tests.app.printing.conftest import ReadBack
from tests.app.printing.papers import MADE, RARE, heights
from tests.pdf_text import bare

RECORD: Final = "01a1fb9e-0680-7735-b319-e0171833330f"
_NOT_TEXT: Final = {"record", "results", "satisfactions", "sealed"}


def asked(words: str) -> AssignmentSlip:
    told = {each.name: f"{each.name}甲" for each in fields(AssignmentSlip) if each.name not in {"record", "words"}}
    return AssignmentSlip(record=RECORD, words=words, **told)


def answered() -> FeedbackSlip:
    told = {each.name: f"{each.name}乙" for each in fields(FeedbackSlip) if each.name not in _NOT_TEXT}
    results, levels = (("已解决", True), ("正在解决", False)), (("满意", False), ("不满意", True))
    return FeedbackSlip(record=RECORD, results=results, satisfactions=levels, sealed=True, **told)


def pages(paper: Paper) -> int:
    return len(heights(paper.blocks, FORM))


def test_the_slip_tells_all_that_is_asked_and_the_receipt_names_it_again(read_back: ReadBack) -> None:
    slip = asked(f"灯坏了三个月，{RARE}。")
    told = bare(read_back(typeset(assignment_paper(slip, MADE))))
    assert not [name for name in slip.__slots__ if name != "record" and bare(getattr(slip, name)) not in told]
    assert told.count(bare(slip.summary)) == 2
    assert "签收回执" in told


def test_the_answer_is_told_whole_and_what_was_chosen_is_ticked(read_back: ReadBack) -> None:
    slip = answered()
    told = bare(read_back(typeset(feedback_paper(slip, MADE))))
    assert not [name for name in slip.__slots__ if name not in _NOT_TEXT and bare(getattr(slip, name)) not in told]
    assert all(each in told for each in ("☑已解决", "☐正在解决", "☐满意", "☑不满意", "（已盖章）"))


def test_a_blank_feedback_slip_is_one_page_with_room_to_sign(read_back: ReadBack) -> None:
    paper = feedback_paper(FeedbackSlip(record=RECORD, number="交2026-00001", results=(("已解决", False),)), MADE)
    told = read_back(typeset(paper))
    assert (pages(paper), bare(told).count("年月日")) == (1, 2)


@pytest.mark.parametrize("lines", [0, 1, 20, 30, 33, 36, 60, 200])
def test_long_words_go_on_and_the_receipt_is_never_torn_by_a_page(read_back: ReadBack, lines: int) -> None:
    words = "\n".join(f"第{number}盏灯不亮，请派人修。" for number in range(1, lines + 1))
    told = read_back(typeset(assignment_paper(asked(words), MADE))).split("\f")
    whole = bare("".join(told))
    assert all(f"第{number}盏灯不亮" in whole for number in range(1, lines + 1))
    (receipt,) = [bare(each) for each in told if "签收回执" in bare(each)]
    assert "承办单位（盖章）" in receipt.partition("签收回执")[2]
