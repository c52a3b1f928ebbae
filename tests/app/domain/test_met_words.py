"""Who and how many, as people write it in one cell; what is only a name stays one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.encounter import Party
from app.domain.met_words import Met, MetWords, count_typed, group_count, line_typed, says_nothing

PEOPLE, HOUSEHOLD, UNIT, PERSON = Party.PEOPLE, Party.HOUSEHOLD, Party.UNIT, Party.PERSON


@pytest.mark.parametrize(
    ("text", "met"),
    [
        *((each, Met(PEOPLE, 4)) for each in ("4", "4人", "４ 人", "四人", "四名", "多人4")),
        *((each, Met(HOUSEHOLD)) for each in ("户", "一户", "1户", "家", "家庭")),
        *((each, Met(HOUSEHOLD, 4)) for each in ("户4", "一户4人", "一家四口", "4人户", "家庭4人")),
        ("单位", Met(UNIT)),
        ("单位12人", Met(UNIT, 12)),
        ("个人", Met(PERSON)),
        ("三十五人", Met(PEOPLE, 35)),
        ("十二", Met(PEOPLE, 12)),
    ],
)
def test_a_count_is_read_as_people_write_it(text: str, met: Met) -> None:
    assert count_typed(text) == met


@pytest.mark.parametrize("text", ["", "3户", "很多", "0", "12345", "4.5", "-1", "人", "张三"])
def test_what_says_no_count_is_none(text: str) -> None:
    assert count_typed(text) is None


@given(st.sampled_from((PEOPLE, HOUSEHOLD, UNIT)), st.integers(1, 9999))
def test_what_is_told_of_a_count_is_read_as_it_was(party: Party, people: int) -> None:
    assert count_typed(Met(party, people).told()) == Met(party, people)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("某组 6 人，无意见", MetWords("某组", Met(PEOPLE, 6), "无意见")),
        ("甲村三组六人", MetWords("甲村三组", Met(PEOPLE, 6), "")),
        ("张三等5人，停水", MetWords("张三", Met(PEOPLE, 5), "停水")),
        ("张三一家四口，路灯不亮", MetWords("张三", Met(HOUSEHOLD, 4), "路灯不亮")),
        ("欧阳一家", MetWords("欧阳", Met(HOUSEHOLD), "")),
        ("12人", MetWords("", Met(PEOPLE, 12), "")),
        ("张三，没有意见", MetWords("张三", None, "没有意见")),
    ],
)
def test_one_cell_may_tell_a_whole_line(text: str, words: MetWords) -> None:
    assert line_typed(text) == words


@pytest.mark.parametrize(
    "name", ["张三", "买买提·艾力", "丁一名", "李三人", "第六人民医院", "张三，李四", "刘家", "3栋", "O'Brien 2"]
)
def test_a_name_is_a_name(name: str) -> None:
    assert line_typed(name) is None


@given(st.text(max_size=60))
def test_any_text_is_read_without_fail(text: str) -> None:
    told, met = line_typed(text), count_typed(text)
    assert told is None or told.met is None or 0 <= told.met.people <= 9999
    assert met is None or 0 <= met.people <= 9999


@pytest.mark.parametrize("text", ["无", "无意见", "没有问题。", "暂无", "/", "——"])
def test_nothing_is_said_in_many_ways(text: str) -> None:
    assert says_nothing(text)
    assert not says_nothing(f"{text}但路灯坏了")


def test_a_group_tells_how_many_it_is() -> None:
    assert (group_count("甲村三组 6 人"), group_count("张三")) == (6, 0)
