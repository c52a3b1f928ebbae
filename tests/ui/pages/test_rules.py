"""Rules and calendar in the settings: a year typed, a profile laid over another, a congress going by it; faults are said."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from app.domain.congress import Congress, Level
from app.queries.rule_cards import rule_cards
from app.queries.today import today
from app.workspace import Workspace
from tests.builders import save
from tests.ui.pages.test_settings import page, press
from ui.page import Workbench
from ui.pages.settings import SettingsPage
from ui.pages.settings.rules_section import RulesSection
from ui.pages.today_cards import draft_told

__all__ = ["page"]


@pytest.fixture
def section(page: SettingsPage, workspace: Workspace) -> RulesSection:
    save(workspace, Congress(id=workspace.clock.new_id(), name="示例县人民代表大会", level=Level.COUNTY))
    page.begin("rules")
    return page.rules


def entered(workspace: Workspace, year: int) -> tuple[tuple[date, ...], str]:
    (card,) = (each for each in rule_cards(workspace).years if each.year == year and each.entered)
    return card.rest, card.source


def test_the_first_year_that_is_missing_is_typed_and_removed_again(section: RulesSection, workspace: Workspace) -> None:
    card = section.calendar
    assert (card.year.editor.code(), card.unknown.isHidden()) == ("2027", False)
    card.rest.editor.setPlainText("1月1日至3日、2月30日")
    press(section, "保存这一年")
    assert "2月30日" in card.rest.problem.text()
    card.rest.editor.setPlainText("1月1日至3日")
    card.worked.editor.setText("1月4日")
    press(section, "保存这一年")
    assert card.worked.problem.text()
    assert card.source.problem.text()
    card.worked.editor.setText("")
    card.source.editor.setText("国办发明电〔2026〕7号")
    press(section, "保存这一年")
    assert entered(workspace, 2027) == (tuple(date(2027, 1, day) for day in (1, 2, 3)), "国办发明电〔2026〕7号")
    assert card.unknown.isHidden()
    press(section, "移除录入的内容")
    assert not card.unknown.isHidden()
    assert card.rest.editor.toPlainText() == ""


def test_a_table_is_read(section: RulesSection, workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "放假安排.csv"
    path.write_text("日期,安排\n1月1日至3日,休\n", encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_told: (str(path), ""))
    section.calendar.source.editor.setText("国办发明电〔2026〕7号")
    press(section, "导入表格…")
    assert len(entered(workspace, 2027)[0]) == 3
    path.write_text("日期,安排\n元旦,休\n", encoding="utf-8")
    press(section, "导入表格…")
    assert "元旦" in section.calendar.notice.words


def test_a_profile_of_the_program_is_looked_at_and_one_of_our_own_changed(section: RulesSection, workspace: Workspace) -> None:
    card = section.profiles
    card.choose("hunan-county")
    objection = card.values["objection"]
    assert (objection.text(), objection.amount.isReadOnly(), card.keep_it.isHidden()) == ("10 day", True, True)
    press(section, "以此为底另立方案")
    assert (card.name.editor.text(), objection.amount.isReadOnly()) == ("本站方案1", False)
    objection.amount.setText("5")
    objection.amount.textEdited.emit("5")
    objection.source.editor.setText("")
    press(section, "保存方案")
    assert "依据" in objection.value.problem.text()
    objection.source.editor.setText("示例县办法第九条")
    press(section, "保存方案")
    values = {each.name: each for each in rule_cards(workspace).profile("本站方案1").values}
    assert (values["objection"].text, values["objection"].source) == ("5 day", "示例县办法第九条")
    assert "10日" in objection.usual.text()
    objection.reset.click()
    press(section, "保存方案")
    values = {each.name: each for each in rule_cards(workspace).profile("本站方案1").values}
    assert (values["objection"].text, values["objection"].changed) == ("10 day", False)


def test_a_congress_goes_by_another_profile_which_then_stays(section: RulesSection, workspace: Workspace) -> None:
    press(section, "以此为底另立方案")
    key = rule_cards(workspace).profile("本站方案1").key
    (box,) = section.followers.boxes.values()
    assert box.code() == "hunan-county"
    box.show_code(key)
    assert rule_cards(workspace).profile(key).followers == ("示例县人民代表大会",)
    assert "示例县人民代表大会" in section.profiles.about.text()
    assert section.profiles.drop.isHidden()


def test_what_is_typed_of_a_year_is_there_again_when_the_year_is_shown_again(
    section: RulesSection, page: SettingsPage, workspace: Workspace
) -> None:
    card = section.calendar
    card.rest.editor.setPlainText("1月1日至3日")
    card.year.editor.show_code("2028")
    assert card.rest.editor.toPlainText() == ""
    QTest.keyClicks(card.source.editor, "27")
    card.year.editor.show_code("2027")
    assert (card.rest.editor.toPlainText(), card.keep_it.isEnabled()) == ("1月1日至3日", True)
    page.keep()
    told = {draft_told(each) for each in today(workspace).unfinished}
    assert told == {"工作日历年度 · 2027", "工作日历年度 · 2028"}
    section.refresh()
    assert card.rest.editor.toPlainText() == "1月1日至3日"
    card.source.editor.setText("国办发明电〔2026〕7号")
    press(section, "保存这一年")
    assert [draft_told(each) for each in today(workspace).unfinished] == ["工作日历年度 · 2028"]
    card.year.editor.show_code("2028")
    assert card.source.editor.text() == "27"
    press(section, "放弃这些修改")
    assert (card.source.editor.text(), today(workspace).unfinished) == ("", ())


def test_what_is_typed_of_a_profile_is_there_again_after_a_crash(
    section: RulesSection, bench: Workbench, workspace: Workspace, qtbot: QtBot
) -> None:
    card = section.profiles
    press(section, "以此为底另立方案")
    QTest.keyClicks(card.name.editor, "a")
    QTest.keyClicks(card.values["objection"].source.editor, "b")
    press(section, "以此为底另立方案")  # another one: what was typed of the first is not lost
    assert card.name.editor.text() == "本站方案2"
    section.keep()
    (draft,) = today(workspace).unfinished
    assert draft_told(draft) == "规则方案 · 本站方案1a"
    again = SettingsPage(bench)
    qtbot.addWidget(again)
    again.show()
    again.begin("rules")
    shown = again.rules.profiles
    shown.choose("本站方案1")
    assert (shown.name.editor.text(), shown.keep_it.isEnabled()) == ("本站方案1a", True)
    assert shown.values["objection"].source.editor.text().startswith("b")
    shown.choose("本站方案2")
    assert shown.name.editor.text() == "本站方案2"
    shown.choose("本站方案1")
    press(again.rules, "放弃这些修改")
    assert (shown.name.editor.text(), today(workspace).unfinished) == ("本站方案1", ())
