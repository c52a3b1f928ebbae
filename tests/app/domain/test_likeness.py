"""What two texts have in common is told by pieces that few others have."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.likeness import (
    FEWEST,
    agreed_on,
    pieces,
    share_of,
    shared_words,
    telling,
    telling_beside,
    told_by,
    weighed,
)
from app.domain.search import fold

TEXT = st.text(st.sampled_from("路灯坏了三个月A1k9，。 \n"), max_size=40)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("路灯坏了", ["路灯", "灯坏", "坏了"]),
        ("K9县，路 灯", ["k9"]),
        ("１１０kV高压线", ["110kv", "高压", "压线"]),
        ("，。！", []),
    ],
)
def test_pieces_are_runs_of_two_characters_and_words_of_letters(text: str, told: list[str]) -> None:
    assert list(pieces(text)) == told


@given(TEXT)
def test_a_piece_stands_in_its_text(text: str) -> None:
    assert all(piece in fold(text) for piece in pieces(text))


def test_a_title_weighs_more() -> None:
    assert Counter(weighed([("路灯", 3), ("路灯坏", 1)]).split()) == {"路灯": 4, "灯坏": 1}


@given(st.lists(st.tuples(st.text("路灯坏了，a1 "), st.integers(1, 3)), max_size=3))
def test_what_the_index_is_given_is_every_piece_as_often_as_its_text_weighs(texts: list[tuple[str, int]]) -> None:
    assert weighed(texts).split() == [piece for text, weight in texts for _ in range(weight) for piece in pieces(text)]


def test_what_is_rare_tells_most_and_what_nobody_said_tells_nothing() -> None:
    spread = {"月亮": 2, "路灯": 40, "小区": 900}  # nearly all speak of 小区, none of 没有
    weights = told_by({"月亮": 1, "小区": 1, "路灯": 1, "没有": 1}, spread, 1000)
    assert list(weights) == ["没有", "月亮", "路灯"]
    assert telling(weights, spread) == ["月亮", "路灯"]


@given(TEXT, TEXT)
def test_a_share_is_none_of_strangers_and_whole_of_oneself(one: str, other: str) -> None:
    ours, theirs = Counter(pieces(one)), set(pieces(other))
    weights = told_by(ours, dict.fromkeys(ours, 1), 10)
    share = share_of(weights, theirs)
    assert 0 <= share <= 1 + 1e-9
    if len(ours) >= FEWEST:
        assert share_of(weights, set(ours)) == pytest.approx(1)
    if not theirs & set(ours):
        assert share == 0


@given(TEXT, TEXT)
def test_shared_words_stand_in_both(one: str, other: str) -> None:
    weights = dict.fromkeys(pieces(one), 1.0)
    for run in shared_words(one, set(pieces(other)), weights):
        assert run in fold(one)
        assert set(pieces(run)) <= set(pieces(other))


def test_the_name_of_a_place_is_named_whole() -> None:
    said, other = "月亮岛路两侧架设高压线，居民担心", "润和居民反对在月亮岛路架高压线"
    weights = told_by(Counter(pieces(said)), dict.fromkeys(pieces(said), 2) | {"居民": 40}, 1000)
    assert shared_words(said, set(pieces(other)), weights) == ("月亮岛路", "高压线")


def test_what_two_of_the_nearest_say_is_looked_for_as_well() -> None:
    near = [set(pieces(each)) for each in ("矿五小区漏水", "五矿万境漏水", "五矿万境电梯")]
    agreed = agreed_on(near, besides=set(pieces("小区漏水")))
    assert agreed == {"五矿": 2, "矿万": 2, "万境": 2}
    assert telling_beside(agreed, {"五矿": 9, "矿万": 3}, total=2000, sought=8) == ["矿万", "五矿"]
    assert telling_beside(agreed, {"五矿": 9, "矿万": 3}, total=2000, sought=4) == ["矿万"], "a short text stays its own"


def test_what_everybody_says_is_not_looked_for_beside() -> None:
    assert telling_beside({"小区": 5, "万境": 2}, {"小区": 1500, "万境": 4}, total=2000, sought=8) == ["万境"]
