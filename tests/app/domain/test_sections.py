"""The three parts: found however they are numbered, begun where they belong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.sections import SECTIONS, is_heading, section_at, section_word, with_section, written_under
from app.domain.suggestion import drafted_text

SITUATION, ANALYSIS, REQUESTS = SECTIONS


@pytest.mark.parametrize("line", ["二、分析", "（二）原因分析", "2．问题分析", "  二、分析"])
def test_a_heading_is_found_in_its_usual_forms(line: str) -> None:
    assert section_at(f"一、情况\n甲\n{line}\n乙", ANALYSIS) == len("一、情况\n甲\n")
    assert is_heading(line)


@pytest.mark.parametrize("line", ["经过分析，", "二、我们对全区所有的助餐点都作了仔细的分析", "分析", ""])
def test_a_sentence_is_no_heading(line: str) -> None:
    assert section_at(line, ANALYSIS) is None
    assert not is_heading(line)


def test_a_draft_has_all_three() -> None:
    text = drafted_text(())
    places = [section_at(text, each) for each in SECTIONS]
    assert None not in places
    assert places == sorted(place for place in places if place is not None)


@given(st.sets(st.sampled_from(SECTIONS)), st.sampled_from(SECTIONS), st.sampled_from(["", "甲。", "甲。\n"]))
def test_a_missing_part_is_begun_in_its_order(there: set[str], wanted: str, words: str) -> None:
    text = "".join(f"{each}\n{words or '乙'}\n" for each in SECTIONS if each in there and each != wanted) or words
    at, piece = with_section(text, wanted)
    whole = text[:at] + piece + text[at:]
    places = [place for each in SECTIONS if (place := section_at(whole, each)) is not None]
    assert section_at(whole, wanted) is not None
    assert places == sorted(places)
    assert whole.replace(piece, "", 1) == text


def test_parts_are_called_by_their_words() -> None:
    assert [section_word(each) for each in SECTIONS] == ["情况", "分析", "建议"]


def test_what_is_written_under_a_heading_counts_and_places_to_fill_in_do_not() -> None:
    text = "一、情况\n【何时、何地。】\n\n二、原因分析\n管网老化。\n三、建议\n（一）【请做什么。】\n（二）【怎样防止。】\n"
    assert [written_under(text, each) for each in SECTIONS] == ["", "管网老化。", ""]
    assert written_under("二、分析\n甲。\n一、情况\n乙。", "一、情况") == "乙。"
    assert written_under("没有小标题。", "一、情况") == ""
