"""The first page: every part of the day, every figure a door, and a beginning where nothing is there yet."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from app.domain.encounter import Encounter
from app.domain.issue_sheet import sheet_told
from app.domain.life import IssueState
from app.domain.people import Operator, Role
from app.domain.values import Json
from app.domain.visit import Visit, VisitKind
from app.queries.today import DeputyMonth, Due, Unfinished
from app.use_cases.drafts import drafts, keep_draft
from app.use_cases.issues import draft_key, new_sheet
from tests.builders import MORNING, a_deputy, an_issue, save
from tests.ui.keyboard import bring_up, press
from tests.ui.workbenches import Went
from ui.page import Workbench
from ui.pages.today import TodayPage
from ui.pages.today_cards import UNFINISHED, draft_told, kept_told, left_told, left_tone, month_told
from ui.places import Place

TODAY = date(2026, 11, 21)


def shown(bench: Workbench) -> TodayPage:
    page = TodayPage(bench)
    bring_up(page)
    page.refresh()
    QCoreApplication.processEvents()  # Qt shows what was laid out just now
    return page


def words(page: QWidget) -> list[str]:
    """Every label in sight."""
    return [each.text() for each in page.findChildren(QLabel) if each.isVisibleTo(page) and each.text()]


def pressed(page: QWidget, name: str) -> None:
    """Press the button of this name that is in sight."""
    (found,) = [
        each for each in page.findChildren(QPushButton) if each.isVisibleTo(page) and name in {each.text(), each.accessibleName()}
    ]
    QTest.mouseClick(found, Qt.MouseButton.LeftButton)
    QCoreApplication.processEvents()


def test_an_empty_station_begins_here(bench: Workbench, went: Went) -> None:
    page = shown(bench)
    assert "从这里开始" in words(page)
    assert "近期到期" not in words(page)
    for name in ("导入…", "开始", "去填写"):
        pressed(page, name)
    assert went == [
        (Place.ISSUES, "", "import"),
        (Place.VISITS, "", "reception"),
        (Place.SETTINGS, "", "station"),
    ]


def test_the_actions_lead_to_the_deeds_and_the_reception_is_the_filled_one(bench: Workbench, went: Went) -> None:
    page = shown(bench)
    actions = page.actions_offered()
    assert [each.text() for each in actions] == ["登记走访", "记一条意见", "起草建议", "开始接待"]
    for action in actions:
        action.trigger()
    assert went == [
        (Place.VISITS, "", "outreach"),
        (Place.ISSUES, "", "note"),
        (Place.SUGGESTIONS, "", "draft"),
        (Place.VISITS, "", "reception"),
    ]
    assert page.heading() == "11月21日　星期六"
    went.clear()
    page.setFocus()
    press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert went == [(Place.VISITS, "", "reception")]


def test_todays_reception_is_told_and_gone_on_with(bench: Workbench, went: Went) -> None:
    workspace = bench.workspace
    deputy = a_deputy(workspace, "王代表")
    visit = Visit(
        id=workspace.clock.new_id(),
        visit_kind=VisitKind.RECEPTION,
        on=TODAY,
        starts=time(9),
        ends=time(11, 30),
        place="接待室",
        deputies=(deputy.id,),
    )
    save(workspace, deputy, visit, Encounter(id=workspace.clock.new_id(), visit=visit.id, name="群众甲"))
    page = shown(bench)
    assert {"09:00–11:30", "接待代表　王代表", "地点　接待室", "已接待 1 人"} <= set(words(page))
    pressed(page, "继续")
    assert went == [(Place.VISITS, "", f"desk:{visit.id}")]


def test_a_row_of_what_falls_due_opens_its_record_by_click_and_by_enter(bench: Workbench, went: Went) -> None:
    workspace = bench.workspace
    issue = an_issue(workspace, state=IssueState.ASSIGNED, due_on=TODAY)
    save(workspace, issue)
    page = shown(bench)
    view = page._due.view
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(view.table.index(0, 0)).center())
    view.select(0)
    QTest.keyClick(view, Qt.Key.Key_Return)
    pressed(page, "全部 1 件")
    assert went == [(Place.ISSUES, issue.id, ""), (Place.ISSUES, issue.id, ""), (Place.ISSUES, "", "")]


@pytest.mark.parametrize(
    ("left", "working", "told", "tone"),
    [
        (-3, False, "超期 3 天", "accent"),
        (0, True, "今天到期", "accent"),
        (2, True, "2 个工作日", "accent"),
        (7, False, "7 天", "warning"),
        (14, False, "14 天", ""),
    ],
)
def test_what_is_left_is_said_in_words_and_repeated_by_colour(left: int, working: bool, told: str, tone: str) -> None:
    due = Due(id="", kind="issue", title="", category="", unit="", day=TODAY, left=left, working=working)
    assert (left_told(due), left_tone(due)) == (told, tone)


def test_drafts_lead_back_to_their_forms(bench: Workbench, went: Went) -> None:
    save(bench.workspace, an_issue(bench.workspace))
    keep_draft(bench.workspace, "suggestion:7", "suggestion", {"id": "7", "suggestion": {"subject": "关于饮水的建议"}})
    keep_draft(bench.workspace, "visit:8", "outreach", {"visit": {"place": "东街"}})
    page = shown(bench)
    assert "2 份草稿" in words(page)
    pressed(page, "继续：代表建议 · 关于饮水的建议")
    pressed(page, "继续：走访 · 东街")
    assert went == [(Place.SUGGESTIONS, "", "restore:suggestion:7"), (Place.VISITS, "", "restore:visit:8")]


@pytest.mark.parametrize("body", [{}, {"visit": {"starts": "09:00"}, "lines": []}, {"lines": [{"people": 3}]}])
def test_a_draft_of_which_nothing_names_it_is_told_by_its_kind(body: Mapping[str, Json]) -> None:
    draft = Unfinished(key="visit:1", kind="reception", body=body, kept=MORNING)
    assert draft_told(draft) == "接待"


def test_when_a_draft_was_kept_is_told_from_today() -> None:
    assert kept_told(MORNING, TODAY) == "今天 09:00 保留"
    assert kept_told(MORNING - timedelta(days=1), TODAY) == "11月20日 09:00 保留"


def test_what_waits_is_a_door(bench: Workbench, went: Went) -> None:
    page = shown(bench)
    assert "条记录" in words(page)
    pressed(page, "2")
    pressed(page, "去报送")
    assert went == [(Place.EXCHANGE, "", "")] * 2


def test_each_deputys_month_is_out_of_sight_until_asked_for(bench: Workbench) -> None:
    workspace = bench.workspace
    deputy = a_deputy(workspace, "王代表")
    visit = Visit(id=workspace.clock.new_id(), visit_kind=VisitKind.RECEPTION, on=TODAY, deputies=(deputy.id,))
    save(workspace, deputy, visit)
    page = shown(bench)
    assert "王代表" not in words(page)
    pressed(page, "显示")
    assert {"王代表", "接待 1 天 · 走访 0 人"} <= set(words(page))
    assert bench.settings.month_shown
    pressed(page, "隐藏")
    assert "王代表" not in words(page)
    assert not bench.settings.month_shown


def test_a_month_is_told_in_figures() -> None:
    assert month_told(DeputyMonth(id="", name="", reception_days=2, outreach_people=26)) == "接待 2 天 · 走访 26 人"


@pytest.mark.parametrize("size", [100, 150])
def test_nothing_is_cut_at_the_smallest_window(bench: Workbench, size: int) -> None:
    save(bench.workspace, an_issue(bench.workspace, state=IssueState.ASSIGNED, due_on=TODAY))
    bench.theme.apply(size=size, dark=False)
    page = shown(bench)
    page.resize(916, 620)
    page.grab()
    for each in page.findChildren(QPushButton):
        if each.isVisibleTo(page):
            assert each.width() >= each.minimumSizeHint().width()
            assert each.mapTo(page, each.rect().topRight()).x() <= page.width()
    bench.theme.apply(size=100, dark=False)


# --- all drafts -----------------------------------------------------------------------------------------------------------


def test_all_drafts_are_shown_with_what_they_hold(bench: Workbench, went: Went) -> None:
    sheet = new_sheet(bench.workspace)
    assert sheet.met
    told = replace(sheet, issue=replace(sheet.issue, words="东街路灯<坏>了"), met=replace(sheet.met, name="张三丰"))
    key = draft_key(sheet.id)
    keep_draft(bench.workspace, key, "issue", sheet_told(told))
    keep_draft(bench.workspace, "later:1", "of_a_newer_program", {"some": ["thing"]})
    page = shown(bench)
    pressed(page, "全部草稿与预览")
    assert went[-1] == (Place.TODAY, "", UNFINISHED)
    page.begin(UNFINISHED)
    panel = page.unfinished
    assert page.heading() == "未完成的录入"
    assert len(panel.table.rows) == 2
    keys = [each.draft.key for each in panel.table.rows]
    panel.view.select(keys.index("later:1"))
    assert "无法预览" in panel.preview.text()
    panel.view.select(keys.index(key))
    assert "内容（原话）：东街路灯&lt;坏&gt;了" in panel.preview.text()
    assert "张三丰" not in panel.preview.text()
    page.actions_offered()[-1].trigger()
    assert went[-1] == (Place.ISSUES, "", f"restore:{key}")
    page.actions_offered()[1].trigger()
    assert [each.key for each in drafts(bench.workspace)] == ["later:1"]
    bench.feedback.deed.click()
    assert {each.key for each in drafts(bench.workspace)} == {key, "later:1"}
    assert page.go_back()
    assert not page.go_back()
    assert [each.text() for each in page.actions_offered()][-1] == "开始接待"


def test_with_no_draft_the_page_says_so(bench: Workbench) -> None:
    page = shown(bench)
    page.begin(UNFINISHED)
    assert "没有未完成的录入，录入的内容都已保存。" in words(page)
    assert [each.isEnabled() for each in page.actions_offered()] == [True, False, False]


def test_who_has_no_role_yet_is_told_on_both_sides(bench: Workbench, went: Went) -> None:
    head = Operator(id=bench.workspace.clock.new_id(), name="站长甲", roles=(Role.STATION_HEAD,))
    save(bench.workspace, head)
    page = shown(bench)
    assert any("还没有角色" in each for each in words(page))
    assert [each for each in page.roles.findChildren(QPushButton) if each.isVisibleTo(page)] == []
    bench.workspace = bench.workspace.acting_as(head.id)
    page = shown(bench)
    assert any("只能录入" in each for each in words(page))
    pressed(page, "去人员设置…")
    assert went[-1] == (Place.SETTINGS, "", "people")
