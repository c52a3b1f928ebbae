"""The shelf: every entry is whole, says what it rests on, is found by its words, and belongs to the hints' rules."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.search import fold
from app.domain.shelf import Board, Entry, look, marks, phrases, with_code
from app.errors import Unavailable
from app.reference import hint_rules
from app.shelf import shelf


def test_every_entry_says_its_source_and_leads_to_entries_that_are_there() -> None:
    codes = [each.code for each in shelf()]
    assert len(codes) == len(set(codes))
    assert set(Board) == {each.board for each in shelf()}
    for each in shelf():
        assert each.title.strip()
        assert each.source.strip()
        assert each.nature.strip()
        assert len(each.text) > 20
        assert set(each.see) <= set(codes) - {each.code}


def test_every_rule_behind_a_hint_has_its_entry_with_a_pair() -> None:
    for rule in hint_rules().values():
        entry = with_code(shelf(), rule.code)
        assert entry
        assert entry.title == rule.title
        assert entry.text.startswith(rule.words)
        assert rule.source in entry.source
        assert "不宜：" in entry.text
        assert "可以：" in entry.text


def test_an_article_is_named_only_where_it_was_read() -> None:
    for rule in hint_rules().values():
        numbered = "第" in rule.article or "第" in rule.source
        assert numbered or "条号未核对" in rule.article or "不是法条" in rule.article + rule.source or "专用纸" in rule.source
    assert {code for code, rule in hint_rules().items() if "第五十九条" in rule.article} == {"N04", "N08", "N10"}


def test_quoted_entries_are_few_and_the_rest_is_said_to_be_told_in_other_words() -> None:
    rules = [each for each in shelf() if each.board is Board.RULES]
    assert {each.nature for each in rules} == {"原文", "转述", "说明"}
    assert {each.code for each in rules if each.nature == "原文"} == {"pipl-6", "pipl-25", "mfd-201"}
    assert {each.nature for each in shelf() if each.board is Board.EXAMPLES} == {"虚构"}


def test_words_are_found_wherever_they_stand_and_titles_come_first() -> None:
    assert {each.entry.code for each in look(shelf(), "第五十九条")} >= {"dbf-59", "N04", "N08", "N10"}
    assert look(shelf(), "撤回")[0].entry.code == "chehui"
    both = look(shelf(), "路灯 移交")
    assert both
    assert all("路灯" in each.entry.text and "移交" in each.entry.text for each in both)
    assert any("路灯" in each.excerpt or "移交" in each.excerpt for each in both)
    assert look(shelf(), "这样的话哪里也没有") == ()
    assert len(look(shelf(), "")) == len(shelf())
    assert [each.entry.code for each in look(shelf(), "ｎ０５")] == [each.entry.code for each in look(shelf(), "N05")]


@given(st.text("甲乙aＡ 丙\n", max_size=40), st.text("甲乙aＡ 丙", max_size=6))
def test_marks_lie_in_the_text_apart_and_in_order(text: str, typed: str) -> None:
    end = 0
    for start, to in marks(text, typed):
        assert end <= start < to <= len(text)
        end = to
        assert any(fold(text[start:to]).startswith(phrase[:1]) for phrase in phrases(typed))


def test_a_damaged_shelf_is_told(tmp_path: Path) -> None:
    for board in Board:
        (tmp_path / f"{board}.md").write_text("# nothing\n", encoding="utf-8")
    with pytest.raises(Unavailable):
        shelf(tmp_path)
    (tmp_path / "rules.md").write_text("# a\n\n## x-1 | 题\n来源：某处\n\n内容\n", encoding="utf-8")
    with pytest.raises(Unavailable):
        shelf(tmp_path)


def test_an_entry_is_read_with_its_parts(tmp_path: Path) -> None:
    for board in Board:
        part = f"## {board}-1 | 题\n来源：某处\n性质：转述\n参见：N05、N06\n\n第一段\n第二段\n\n## N05\n不宜：甲\n可以：乙\n"
        (tmp_path / f"{board}.md").write_text(f"# 说明\n\n{part}", encoding="utf-8")
    first = shelf(tmp_path)[0]
    assert first == Entry(
        code="rules-1", board=Board.RULES, title="题", source="某处", nature="转述", text="第一段\n第二段", see=("N05", "N06")
    )
