"""Levels of a text are set by key, numbered on from the one before, and taken off again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.levels import LEVELS, level_of, with_level


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("一、情况", 1),
        ("　　十二、其他", 1),
        ("（二）分析", 2),
        ("(三)分析", 2),
        ("1.路灯不亮", 3),
        ("12. 停水", 3),
        ("（1）东街", 4),
        ("1.5米宽的路", 0),
        ("路灯不亮", 0),
        ("", 0),
        ("一百、", 0),
    ],
)
def test_a_line_s_level_is_read_from_its_beginning(line: str, level: int) -> None:
    assert level_of(line) == level


def test_a_level_goes_on_from_the_one_before_and_begins_anew_under_a_higher_one() -> None:
    before = ["一、情况", "（一）路灯", "路灯不亮", "（二）停水", "二、分析"]
    assert with_level(before, "办法", 1) == "三、办法"
    assert with_level(before, "原因", 2) == "（一）原因"
    assert with_level(before[:4], "公交", 2) == "（三）公交"
    assert with_level(["1.路灯", "（1）东街", "（2）西街"], "停水", 3) == "2.停水"
    assert with_level(["1.路灯", "（1）东街"], "西街", 4) == "（2）西街"


def test_another_level_replaces_the_mark_and_the_same_takes_it_off() -> None:
    assert with_level([], "一、情况", 2) == "（一）情况"
    assert with_level([], "（一）情况", 2) == "情况"
    assert with_level([], "一、 ", 1) == ""


@given(st.text(alphabet="一二（）1.、路灯 ", max_size=20), st.integers(1, LEVELS))
def test_setting_a_level_gives_a_line_of_that_level_unless_it_had_it(line: str, level: int) -> None:
    made = with_level([], line, level)
    assert level_of(made) == level if level_of(line) != level else made == made.lstrip()
