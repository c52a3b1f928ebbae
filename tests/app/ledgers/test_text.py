import unicodedata
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ledgers.text import HEADING_LENGTH, clean_line, clean_text, heading_of, is_blank

UGLY = st.lists(
    st.one_of(
        st.sampled_from(
            list("\t\n\r\x0b\x0c\x00\x01\x1f\x85\u00a0\u00ad\u200b\u200c\u200d\u200e\u202e\u2028\u2029\u2060\u3000\ufeff \ue5d2")
        ),
        st.sampled_from(["_x000D_", "_x000d_", "_x0001_", "_x00", "0D_", "👨", "👩", "，", "Ａ", "中"]),
        st.text(max_size=4),
    )
).map("".join)


def visible(text: str) -> Counter[str]:
    return Counter(character for character in text if unicodedata.category(character) not in {"Zs", "Zl", "Zp", "Cc", "Cf"})


@given(UGLY)
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    once = clean_text(text)
    assert clean_text(once) == once
    assert clean_text(clean_line(text)) == clean_line(text)


@given(UGLY)
def test_no_visible_character_is_lost_or_moved(text: str) -> None:
    plain = text.replace("_x", "-x")
    kept = [character for character in plain if character in visible(plain)]
    cleaned = clean_text(plain)
    assert [character for character in cleaned if character in visible(cleaned)] == kept


@given(UGLY)
def test_what_remains_is_lines_without_blanks_at_their_ends(text: str) -> None:
    cleaned = clean_text(text)
    for line in cleaned.split("\n") if cleaned else ():
        assert line
        assert line == line.strip(" \u3000\u00a0\t")
        assert "  " not in line
        assert not set("\r\t\x00\u00a0\u200b\ufeff") & set(line)


@given(UGLY)
def test_blank_is_what_cleans_to_nothing(text: str) -> None:
    assert is_blank(text) == (clean_text(text) == "")


@pytest.mark.parametrize(
    ("ugly", "clean"),
    [
        ("\n\t\t\t\n\t\t\t路灯不亮。\n\t\t\t\n\t\t", "路灯不亮。"),
        ("第一段\r\n\r\n\u3000\u3000第二段\r第三段", "第一段\n第二段\n第三段"),
        ("A\u200b市\u00a0\u00a0B\ufeff区", "A市 B区"),
        ("关于_x000D_\n道路", "关于\n道路"),
        ("张\u3000三", "张\u3000三"),
        ("张\u3000\u3000三", "张\u3000三"),
        ("张 \u3000三", "张 三"),
        ("ＡＢ１２，“引”", "ＡＢ１２，“引”"),
        ("私用\ue5d2字", "私用\ue5d2字"),
        ("一家👨\u200d👩\u200d👧人", "一家👨\u200d👩\u200d👧人"),
        ("中\u200d文\u200d👨", "中文👨"),
        ("葛\U000e0100城", "葛\U000e0100城"),
        ("", ""),
    ],
)
def test_cleaning(ugly: str, clean: str) -> None:
    assert clean_text(ugly) == clean


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("路灯坏了。三个月没人修。", "路灯坏了"),
        ("什么时候修路？已经半年了", "什么时候修路？"),
        ("尊敬的领导：\n您好！\n小区停水三天；请处理", "小区停水三天"),
        ("你好，反映一个问题", "反映一个问题"),
        ("您好！", "您好！"),
        ("一二三四五六七八九十" * 4, "一二三四五六七八九十" * 3 + "…"),
        ("。。。", "。。。"),
    ],
)
def test_heading_is_the_first_sentence_after_the_greeting(text: str, heading: str) -> None:
    assert heading_of(text) == heading


@given(UGLY.map(clean_text).filter(bool))
def test_every_text_has_a_heading_of_one_line(text: str) -> None:
    heading = heading_of(text)
    assert heading
    assert "\n" not in heading
    assert len(heading) <= HEADING_LENGTH + 1
