"""Remarks on paragraphs: written as lines, read back, found again after the text has moved."""

from hypothesis import given
from hypothesis import strategies as st

from app.domain.review_remarks import (
    Remark,
    Remarks,
    beside_words,
    merged,
    paragraphs,
    place_of,
    read,
    remark_on,
    span_of,
    written,
)

_LINE = st.text(st.characters(codec="utf-8", exclude_characters="」\n"), max_size=40)
_REMARKS = st.builds(Remark, paragraph=st.integers(1, 99999), words=_LINE, quote=_LINE)


@given(st.lists(_REMARKS, max_size=6), st.text(st.characters(codec="utf-8"), max_size=80))
def test_what_is_written_is_read_again(single: list[Remark], whole: str) -> None:
    told = Remarks(single=tuple(single), whole="总的来说：" + whole)
    assert read(written(told)) == told


@given(st.text(st.characters(codec="utf-8"), max_size=200))
def test_any_text_is_read_and_nothing_of_its_words_is_lost(text: str) -> None:
    remarks = read(text)
    again = written(remarks)
    assert again.strip("\n") == text.strip("\n") or not remarks.whole


def test_a_remark_quotes_how_its_paragraph_begins() -> None:
    text = "一、情况\n\n东街的路灯三天不亮，老人夜里不敢出门。\n二、分析\n"
    assert paragraphs(text) == ("一、情况", "东街的路灯三天不亮，老人夜里不敢出门。", "二、分析")
    remark = remark_on(text, 2, "请写明\n盏数")
    assert remark == Remark(paragraph=2, words="请写明 盏数", quote="东街的路灯三天不亮，老人")
    assert written(Remarks(single=(remark,), whole="标题宜短")) == "第2段「东街的路灯三天不亮，老人」：请写明 盏数\n标题宜短"


def test_it_is_found_again_where_the_text_has_moved() -> None:
    remark = remark_on("甲\n乙乙\n丙", 2, "改")
    assert place_of(remark, "新\n新\n甲\n乙乙\n丙") == 3
    assert place_of(remark, "全新的一段\n另一段") is None
    assert place_of(Remark(paragraph=2, words="改"), "甲\n乙") == 1
    assert place_of(Remark(paragraph=3, words="改"), "甲\n乙") is None


def test_remarks_stand_in_the_order_of_the_text() -> None:
    first, second = Remark(paragraph=1, words="甲"), Remark(paragraph=1, words="乙")
    later = Remark(paragraph=4, words="丙")
    assert merged(merged((later,), first), second) == (first, second, later)


def test_a_remark_leads_to_the_characters_it_belongs_to_as_long_as_they_are_there() -> None:
    remark = remark_on("甲\n乙乙\n丙", 2, "改")
    text = "新\n\n  甲\n乙乙\n丙"
    span = span_of(remark, text)
    assert span
    assert text[slice(*span)] == "乙乙"
    assert span_of(remark, "全新的一段") is None
    named = beside_words("路不平｜哪一段？")
    assert (named.words, span_of(named, "东街路不平。"), span_of(named, "东街路平。")) == ("哪一段？", (2, 5), None)
    whole = beside_words("写短些")
    assert (whole.words, whole.quote, span_of(whole, "东街")) == ("写短些", "", None)
