"""Writing at the desk: by keys, by pasting, by an input method; with the paper beside it."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.cosignature import CosignatureState, SigningWay
from app.domain.cosigning import Answer
from app.domain.issue import Issue
from app.domain.life import SuggestionState
from app.domain.people import Deputy
from app.domain.suggestion_sheet import SuggestionSheet
from app.queries.suggestion_card import suggestion_sheet
from app.use_cases.cosigning import record_answer
from app.use_cases.press import SetsPapers
from app.workspace import Workspace
from tests.ui.pages.suggestions.hands import Held, a_draft, at_desk, buttons, commit, paste
from tests.ui.workbenches import Went
from ui.background import Background, InlineExecutor
from ui.page import Workbench
from ui.pages.suggestions import SuggestionsPage
from ui.places import Place


def test_a_suggestion_on_chosen_issues_begins_with_their_words(page: SuggestionsPage, issues: list[Issue], went: Went) -> None:
    page.begin(f"draft:{issues[0].id},{issues[1].id}")
    desk = page.desk
    assert "东街路灯不亮" in desk.form.text.text()
    assert desk.grounds.heading.text() == "依据 2 条意见"
    assert desk.grounds.sum.text() == "涉及 2 人、1 个地点"
    assert (desk.dirty(), page.heading()) == (False, "新的建议")
    buttons(desk.grounds.rows)[0].click()
    assert went == [(Place.ISSUES, issues[0].id, "")]


def test_typing_counts_and_says_that_it_is_not_saved_yet(page: SuggestionsPage) -> None:
    page.begin("draft")
    QTest.keyClicks(page.desk.form.text, "ab")
    QTest.keyClick(page.desk.form.text, Qt.Key.Key_Return)
    QTest.keyClicks(page.desk.form.text, "c")
    assert page.desk.form.text.text() == "ab\nc"
    page.desk.form.count_now()
    assert page.desk.form.state.text() == "3 字 · 尚未保存"


def test_what_is_pasted_is_cleaned_told_and_one_step_back_is_as_it_was(page: SuggestionsPage, bench: Workbench) -> None:
    page.begin("draft")
    text = page.desk.form.text
    paste(page, "近年来我区六十岁以上老年人已达户籍人口的四分\r\n之一，\u200b独居\u00a0空巢老人用餐困难。\r\n周末不开餐。")
    told = bench.feedback.words
    assert told == "粘贴内容已清理：接合换行 1 处、规整空格 1 处、去掉看不见的字符 1 个。按 Ctrl+Z 可恢复粘贴时的原样。"
    assert text.text() == "近年来我区六十岁以上老年人已达户籍人口的四分之一，独居 空巢老人用餐困难。\n周末不开餐。"
    text.undo()
    raw = "近年来我区六十岁以上老年人已达户籍人口的四分\n之一，\u200b独居 空巢老人用餐困难。\n周末不开餐。"
    assert text.text() == raw  # Qt tells a no-break space as a plain one
    text.undo()
    assert text.text() == ""
    text.redo()
    text.redo()
    assert "四分之一" in text.text()


def test_what_is_pasted_clean_is_one_step_and_nothing_is_said(page: SuggestionsPage, bench: Workbench) -> None:
    page.begin("draft")
    text = page.desk.form.text
    paste(page, "一、情况\n路灯不亮。")
    assert not bench.feedback.isVisible()
    text.undo()
    assert text.text() == ""


def test_what_is_still_being_composed_triggers_nothing(page: SuggestionsPage) -> None:
    page.begin("draft")
    text = page.desk.form.text
    commit(text, "", composing="lu deng")
    assert (text.text(), page.desk.dirty()) == ("", False)
    commit(text, "路灯")
    assert (text.text(), page.desk.dirty()) == ("路灯", True)
    page.desk.form.count_now()
    assert page.desk.form.state.text() == "2 字 · 尚未保存"


def test_enter_in_the_title_goes_on_and_tab_leaves_the_text(page: SuggestionsPage) -> None:
    page.begin("draft")
    QTest.keyClick(page.desk.form.title, Qt.Key.Key_Return)
    assert page.desk.form.lead.field.hasFocus()
    page.desk.form.text.setFocus()
    QTest.keyClick(page.desk.form.text, Qt.Key.Key_Tab)
    assert page.desk.form.matters_button.hasFocus()
    assert page.desk.form.text.text() == ""


def test_the_buttons_of_the_parts_begin_what_is_missing_and_find_what_is_there(page: SuggestionsPage) -> None:
    page.begin("draft")
    situation, analysis, requests = page.desk.form.sections
    requests.click()
    situation.click()
    QTest.keyClicks(page.desk.form.text, "x")
    analysis.click()
    assert page.desk.form.text.text() == "一、情况\nx\n二、分析\n\n三、建议\n"
    requests.click()
    QTest.keyClicks(page.desk.form.text, "y")
    assert page.desk.form.text.text().endswith("三、建议\ny")


def test_grounds_are_added_through_the_search_and_taken_out(page: SuggestionsPage, issues: list[Issue]) -> None:
    page.begin("draft")
    grounds = page.desk.grounds
    grounds.add_button.click()
    assert grounds.search.hasFocus()
    grounds.search.setText("停水")
    grounds._pause.timeout.emit()
    QTest.keyClick(grounds.search, Qt.Key.Key_Return)
    assert grounds.ids() == (issues[1].id,)
    assert page.desk.dirty()
    assert page.go_back()
    assert (grounds.search.isHidden(), page.at_desk()) == (True, True)
    buttons(grounds.rows)[1].click()
    assert (grounds.ids(), page.desk.dirty()) == ((), False)


def test_cosigners_are_asked_answer_and_are_counted(page: SuggestionsPage, workspace: Workspace, lead: Deputy) -> None:
    at_desk(page, a_draft(workspace, lead))
    signers = page.desk.signers
    signers.picker.field.setText("代表乙")
    QTest.keyClick(signers.picker.field, Qt.Key.Key_Return)
    assert [each.state for each in signers.read()] == [CosignatureState.ASKED]
    assert signers.heading.text() == "联名 0 / 1"
    page.desk.save()
    assert suggestion_sheet(workspace, page.desk.id).suggestion.state == SuggestionState.COSIGNING
    said = Answer(state=CosignatureState.SIGNED, on=date(2026, 11, 21), way=SigningWay.PHONE)
    record_answer(workspace, signers.read()[0].id, said)
    page.refresh()
    (signed,) = suggestion_sheet(workspace, page.desk.id).signers
    assert (signed.state, len(signed.text_digest)) == (CosignatureState.SIGNED, 64)
    assert signers.heading.text() == "联名 1 / 1"
    assert not page.desk.dirty()


def test_names_of_residents_are_marked_in_the_text(page: SuggestionsPage, issues: list[Issue]) -> None:
    page.begin(f"draft:{issues[0].id}")
    page.desk.form.text.show_text("群众甲说路灯不亮")
    block = page.desk.form.text.document().firstBlock()
    (marked,) = block.layout().formats()
    place: Any = marked  # the stubs leave its fields out
    assert (place.start, place.length) == (0, 3)


def test_the_paper_and_the_hints_come_with_the_suggestion(page: SuggestionsPage, workspace: Workspace, lead: Deputy) -> None:
    at_desk(page, a_draft(workspace, lead, text="电话13800000000", publicity_wish=""))
    assert page.desk.preview.paper.pages() >= 1
    assert any("电话" in each for each in page.desk.hints.told)
    assert page.desk.hints.heading.text() == f"提示 {len(page.desk.hints.told)}"


def test_the_paper_is_asked_for_after_the_pause_and_only_the_latest_is_shown(
    page: SuggestionsPage, bench: Workbench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = Held()
    background = Background(InlineExecutor(), held, parent=bench.background)
    other = SuggestionsPage(replace(bench, background=background))
    qtbot.addWidget(other)
    asked: list[str] = []
    shown: list[bytes] = []

    def set_in_type(_workspace: Workspace, sheet: SuggestionSheet, _press: SetsPapers) -> bytes:
        asked.append(sheet.suggestion.text)
        return b"%PDF"

    monkeypatch.setattr("ui.pages.suggestions.desk.previewed_suggestion", set_in_type)
    monkeypatch.setattr(other.desk.preview, "show_paper", shown.append)
    other.begin("draft")
    held.answer(-1)
    before = len(held.waiting)
    for text in ("一", "二"):
        commit(other.desk.form.text, text)
        assert len(held.waiting) == before
        assert other.desk.pause.isActive()
    other.desk.pause.timeout.emit()
    first = len(held.waiting)
    commit(other.desk.form.text, "三")
    other.desk.pause.timeout.emit()
    for number in range(before, len(held.waiting)):
        held.answer(number)
    assert first < len(held.waiting)
    assert asked == ["一二三"]
    assert shown == [b"%PDF"]


def test_on_a_small_screen_the_paper_folds_under_the_text(page: SuggestionsPage, bench: Workbench) -> None:
    page.begin("draft")
    text, paper = page.desk.form, page.desk.preview
    assert paper.mapTo(page, QPoint()).x() > text.mapTo(page, QPoint(text.width(), 0)).x()
    page.resize(900, 600)
    QApplication.sendPostedEvents()
    assert page.desk.folded()
    assert paper.mapTo(page, QPoint()).y() > text.mapTo(page, QPoint(0, text.height())).y()
    assert text.width() > 600
    page.resize(1150, 660)
    bench.theme.apply(size=150, dark=False)
    assert page.desk.folded()
    bench.theme.apply(size=100, dark=False)
    assert not page.desk.folded()
