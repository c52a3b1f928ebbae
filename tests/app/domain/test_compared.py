"""Two versions side by side: both whole, in their order, and marked no more than what changed."""

import time

from hypothesis import given
from hypothesis import strategies as st

from app.domain.compared import ComparedParagraph, compared
from app.domain.text_changes import Fate, Piece

TEXT = st.text(alphabet="路灯不亮停水，。\n", max_size=120)


def side(rows: tuple[ComparedParagraph, ...], which: str) -> str:
    told = [getattr(each, which) for each in rows]
    return "\n".join("".join(piece.text for piece in each) for each in told if each is not None)


@given(TEXT, TEXT)
def test_each_side_is_its_text_whole(before: str, after: str) -> None:
    rows = compared(before, after)
    assert side(rows, "before") == before
    assert side(rows, "after") == after


@given(TEXT)
def test_equal_texts_have_no_change(text: str) -> None:
    assert not any(each.changed for each in compared(text, text))


def test_a_changed_paragraph_is_marked_by_character_and_a_new_one_stands_alone() -> None:
    before = "一、情况\n东街路灯不亮已经三个月，群众出行不便。\n二、分析"
    after = "一、情况\n东街路灯不亮已经五个月，群众出行不便。\n另有西街停水。\n二、分析"
    rows = compared(before, after)
    assert [each.changed for each in rows] == [False, True, True, False]
    assert [each for each in rows[1].before or () if each.fate is Fate.WENT] == [Piece(Fate.WENT, "三")]
    assert [each for each in rows[1].after or () if each.fate is Fate.CAME] == [Piece(Fate.CAME, "五")]
    assert rows[2] == ComparedParagraph(None, (Piece(Fate.CAME, "另有西街停水。"),))


def test_paragraphs_that_belong_together_stand_beside_each_other() -> None:
    rows = compared("路灯不亮请修好路灯\n停水请通知居民", "停水请提前通知居民\n公交班次少")
    assert [(bool(each.before), bool(each.after)) for each in rows] == [(True, False), (True, True), (False, True)]


def test_texts_that_say_the_same_again_and_again_are_compared_soon() -> None:
    """Among them the worst for a comparison of every pair; the bound is wide, the benchmark has the figure."""
    worst = ["啊" * 10_000, "啊。" * 5000, "啊\n" * 5000, "路灯不亮，" * 2000]
    begun = time.perf_counter()
    for one in worst:
        for other in (one[: len(one) // 2] + "水" + one[len(one) // 2 :], one[::-1], "灯" * 9000):
            assert side(compared(one, other), "after") == other
    assert time.perf_counter() - begun < 20
