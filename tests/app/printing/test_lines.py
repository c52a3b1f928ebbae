"""Line ends are legal, and the lines joined are the text."""

import re
from collections.abc import Mapping
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.printing.lines import BLANK, NOT_FIRST, NOT_LAST, TIGHT, Line, broken

SIZE = 10.0
CLOSING = "，。、；：？！）》”’」』】〕%℃"
OPENING = "（《“‘「『【〔"


class Widths(dict[str, float]):
    """A Han character is as wide as high, a letter half as wide."""

    def __missing__(self, character: str) -> float:
        return 0.5 if character.isascii() else 1.0


WIDTHS: Mapping[str, float] = Widths()

words = st.one_of(
    st.text("人民代表大会联络站意见建议一二三", min_size=1, max_size=12),
    st.sampled_from(["2026年11月22日", "3月5日", "9时30分", "2026-11-22", "GDP", "6.5%", "0731-88886666", "a.b@c.example", "12"]),
    st.sampled_from([f"{a}{b}" for a in OPENING for b in ("示例", "A1")]),
    st.sampled_from([f"示例{mark}" for mark in CLOSING]),
    st.sampled_from(["——", "……", "。”", "）、", "：“示例", "》《示例", " ", "\u3000", "；（一）"]),
)
texts = st.lists(words, min_size=1, max_size=60).map("".join)
rooms = st.integers(min_value=20, max_value=60).map(lambda halves: halves * SIZE / 2)


def lines_of(text: str, width: float, indent: float = 0.0) -> list[Line]:
    return broken(text, WIDTHS, SIZE, width, indent)


def seen(line: Line) -> str:
    return line.text.rstrip("".join(BLANK))


def measured(lines: list[Line]) -> list[float]:
    """How wide each line is: of two marks that meet, the first gives up the half that is blank."""
    found, done = [], 0
    text = "".join(line.text for line in lines)
    for line in lines:
        tight = sum(done <= mark.start() < done + len(seen(line)) for mark in TIGHT.finditer(text))
        found.append((sum(WIDTHS[each] for each in seen(line)) - tight / 2) * SIZE)
        done += len(line.text)
    return found


@given(text=texts, width=rooms, indent=st.sampled_from([0.0, 2 * SIZE]))
@example(text="人" * 9 + "，" + "人" * 9 + "（）", width=100.0, indent=0.0)
def test_no_line_begins_or_ends_with_what_may_not(text: str, width: float, indent: float) -> None:
    lines = lines_of(text, width, indent)
    for before, after in pairwise(lines):
        assert after.text[0] not in NOT_FIRST
        assert after.text[0] not in BLANK
        assert seen(before)[-1:] not in NOT_LAST


@given(text=texts, width=rooms, indent=st.sampled_from([0.0, 2 * SIZE]))
def test_the_lines_joined_are_the_text_and_none_is_overfull(text: str, width: float, indent: float) -> None:
    lines = lines_of(text, width, indent)
    assert "".join(line.text for line in lines) == text
    assert [line.width for line in lines] == pytest.approx(measured(lines))
    for place, line in enumerate(lines):
        assert line.width <= width - (0 if place else indent) + 0.01
    assert [line.last for line in lines] == [False] * (len(lines) - 1) + [True]


@given(text=texts, width=rooms)
def test_numbers_words_and_doubled_marks_stay_whole(text: str, width: float) -> None:
    ends = set()
    done = 0
    for line in lines_of(text, width)[:-1]:
        done += len(line.text)
        ends.add(done)
    for whole in re.finditer(r"[0-9A-Za-z]+(?:[-.@][0-9A-Za-z]+)*|—+|…+", text):
        if len(whole[0]) * SIZE <= width / 2:
            assert not ends & set(range(whole.start() + 1, whole.end()))


@given(text=st.text(min_size=1, max_size=200), width=st.integers(min_value=1, max_value=300))
def test_whatever_the_text_and_the_width_nothing_is_lost(text: str, width: int) -> None:
    lines = lines_of(text, float(width))
    joined = "".join(line.text + "\n" * line.last for line in lines).removesuffix("\n")
    assert joined == text
    assert all(line.width <= width + 0.01 or len(seen(line)) == 1 for line in lines)


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("人民代表大会，意见", 60, ["人民代表大", "会，意见"]),
        ("人民代表（大会）", 50, ["人民代表", "（大会）"]),
        ("人民代表“意见。”大会", 85, ["人民代表“意见。”", "大会"]),
        ("截至2026年11月22日为止", 80, ["截至", "2026年11月22日为", "止"]),
        ("截至2026年11月22日为止", 65, ["截至2026年", "11月22日为止"]),
        ("截止日期是2026年11月22日", 80, ["截止日期是", "2026年11月22日"]),
        ("增长6.5%以上", 45, ["增长6.5%", "以上"]),
        ("《人民》、《代表》", 75, ["《人民》、《代", "表》"]),
        ("《人民》、《代表》", 80, ["《人民》、《代表》"]),
        ("人民——代表", 30, ["人", "民——", "代表"]),
        ("see the list", 40, ["see the ", "list"]),
        ("人民\u3000代表", 20, ["人民\u3000", "代表"]),
    ],
)
def test_a_break_as_a_compositor_would_make_it(text: str, width: float, expected: list[str]) -> None:
    assert [line.text for line in lines_of(text, width)] == expected


def test_what_no_line_can_hold_is_broken_and_not_overfull() -> None:
    address = "https://a-very-long-address.example/with/many/parts/that/no/line/can/hold"
    lines = lines_of(f"见{address}，请阅", 100)
    assert "".join(line.text for line in lines) == f"见{address}，请阅"
    assert max(line.width for line in lines) <= 100
    dashes = lines_of("—" * 30, 100)
    assert [line.text for line in dashes] == ["—" * 10] * 3


def test_a_date_gives_way_behind_year_or_month_only_where_no_line_can_hold_it() -> None:
    assert [line.text for line in lines_of("自2026年11月22日起", 69)] == ["自2026年11月", "22日起"]
    assert [line.text for line in lines_of("自2026年11月22日起", 70)] == ["自", "2026年11月22日", "起"]


def test_every_line_feed_begins_a_paragraph_of_its_own() -> None:
    lines = lines_of("人民代表\n\n大会", 100, 2 * SIZE)
    assert [(line.text, line.last) for line in lines] == [("人民代表", True), ("", True), ("大会", True)]
