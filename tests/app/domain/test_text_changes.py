"""Two versions of a text: nothing of either is lost, and what stayed long is told short."""

from hypothesis import given
from hypothesis import strategies as st

from app.domain.text_changes import Fate, Piece, shortened, text_changes

TEXTS = st.text(st.sampled_from("路灯不亮。，\nab"), max_size=60)


def version(pieces: tuple[Piece, ...], left_out: Fate) -> str:
    return "".join(each.text for each in pieces if each.fate is not left_out)


@given(TEXTS, TEXTS)
def test_both_versions_can_be_read_from_the_pieces(before: str, after: str) -> None:
    pieces = text_changes(before, after)
    assert (version(pieces, Fate.CAME), version(pieces, Fate.WENT)) == (before, after)


def test_only_what_changed_is_told_as_changed() -> None:
    pieces = text_changes("东街的路灯三个月不亮，居民出行不便。", "东街的路灯五个月不亮，居民出行不便。")
    assert [each for each in pieces if each.fate is not Fate.STAYED] == [Piece(Fate.WENT, "三"), Piece(Fate.CAME, "五")]


def test_long_stretches_that_stayed_are_shown_beside_the_change_only() -> None:
    before = "一" * 500 + "旧" + "二" * 500
    told = shortened(text_changes(before, before.replace("旧", "新")))
    assert [each.text for each in told] == ["…" + "一" * 12, "旧", "新", "二" * 12 + "…"]


def test_texts_of_7000_characters_are_compared_at_once() -> None:
    before = "甲乙。" * 2300
    assert version(text_changes(before, "丙。" + before[::-1]), Fate.CAME) == before
