"""Text as it comes from a PDF, a web page or Word: nothing seen is lost, nothing unseen stays, paragraphs are whole again."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.written_text import Pasted, cleaned, counted, pasted_text

UNSEEN = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u202a\u202e\u2066\u2069\x00\x07\x7f"
BLANKS = "\u00a0\u2003\u2009\u202f\t"
HAN = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)


@st.composite
def paragraphs(draw: st.DrawFn) -> list[str]:
    """Paragraphs without a sentence that ends on the way: each one goes on until its full stop."""
    whole = draw(st.lists(st.text(HAN, min_size=1, max_size=200), min_size=1, max_size=5))
    return [f"段{each}。" for each in whole]


def wrapped(paragraph: str, width: int) -> list[str]:
    """Lines of a page `width` characters wide, the first one indented by two; no line begins with a full stop."""
    lines, rest, room = [], paragraph, width - 2
    while len(rest) > room:
        end = room - 1 if rest[room] == "。" else room
        lines.append(rest[:end])
        rest, room = rest[end:], width
    return [*lines, rest]


def seen(text: str) -> list[str]:
    return [each for each in text if not each.isspace() and unicodedata.category(each) not in {"Cc", "Cf"}]


@given(paragraphs(), st.integers(24, 42))
def test_paragraphs_that_a_page_broke_are_whole_again(whole: list[str], width: int) -> None:
    lines = [line for paragraph in whole for line in wrapped(paragraph, width)]
    assert pasted_text("\r\n".join(lines)) == "\n".join(whole)


@given(st.text())
def test_nothing_that_can_be_seen_is_lost_and_nothing_unseen_stays(text: str) -> None:
    cleaned = pasted_text(text)
    assert not set(cleaned) & set(UNSEEN + BLANKS + "\r\u2028\u2029")
    assert seen(cleaned) == seen(text)


@given(st.text(HAN, max_size=50), st.sampled_from(UNSEEN), st.integers(0, 50))
def test_an_unseen_character_is_taken_out_wherever_it_stands(text: str, unseen: str, at: int) -> None:
    assert pasted_text(text[:at] + unseen + text[at:]) == text


@pytest.mark.parametrize("blank", BLANKS)
def test_every_kind_of_blank_is_a_plain_one(blank: str) -> None:
    assert pasted_text(f"a{blank}b") == "a b"


@pytest.mark.parametrize(
    "text",
    [
        "路灯不亮\n停水停电\n道路破损",  # a list of short lines
        "一、情况\n今年以来，代表先后听取七位居民反映社区助餐服务方面的问题，主要集中在三个方面。",
        "近年来我区六十岁以上老年人已达户籍人口的四分之一独居老人用餐困难\n（一）网点少",
        "近年来我区六十岁以上老年人已达户籍人口的四分之一独居老人用餐困难\n2. 时段短，周末和节假日不开餐，老人反映强烈",
        "三个社区共用一个助餐点，老人每天往返要走四十分钟，反映十分强烈。\n周末和节假日也不开餐，老人只能自己做饭或者到远处去吃。",
        "第一段\n\n第二段",
        " 词中间 ",
    ],
)
def test_what_a_person_ended_stays_ended(text: str) -> None:
    assert pasted_text(text) == text


def test_blanks_around_lines_and_many_empty_lines_go() -> None:
    assert pasted_text("　　第一段　\n\n\n\n  第二段 ") == "第一段\n\n第二段"


def test_words_of_other_scripts_keep_a_blank_between_them() -> None:
    first = "本系统依据国家标准和地方有关规定统一建设并且使用 Liaison Workbench"
    assert pasted_text(f"{first}\nStation Program 的有关数据") == f"{first} Station Program 的有关数据"


def test_length_counts_what_is_no_white_space() -> None:
    assert counted("一、情况\n　　路灯 不亮。\n") == 9
    assert counted("") == 0


@given(st.text())
def test_counting_leaves_out_white_space_and_nothing_else(text: str) -> None:
    assert counted(text) == sum(not each.isspace() for each in text)


def test_what_was_cleaned_is_told() -> None:
    page = "近年来我区六十岁以上老年人已达户籍人口的四分\r\n之一，\u200b独居\u00a0空巢老人用餐困难。\r\n周末不开餐。"
    words = "近年来我区六十岁以上老年人已达户籍人口的四分之一，独居 空巢老人用餐困难。\n周末不开餐。"
    assert cleaned(page) == Pasted(text=words, joined=1, blanks=1, unseen=1)
    assert cleaned(words) == Pasted(text=words)
