"""Every other activity at its desk: by keyboard, kept, gone on with, with what came from it."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from app.domain.issue import Source
from app.domain.life import IssueState
from app.domain.papers import PaperName
from app.domain.people import Deputy
from app.domain.suggestion import FormedThrough, Suggestion
from app.domain.visit import Campaign, CheckIn, GroupMode, Presence, VisitKind
from app.queries.counts import count
from app.queries.visit_card import visit_card
from app.queries.visit_drafts import unsaved_visits
from app.queries.visit_list import VisitGroup
from app.use_cases.suggestion_desk import begun
from app.use_cases.undo import undo_last
from app.workspace import Workspace
from tests.builders import save
from tests.ui.keyboard import enter, focused, press, write
from tests.ui.visits_written import CTRL, SHIFT, another_window, only_sheet
from tests.ui.workbenches import Went
from ui.dialogs.paper_dialog import PaperDialog
from ui.pages.visits.page import VisitsPage as Page
from ui.shell.shell import Shell
from ui.widgets.elided_link import ElidedLink


def begin(page: Page, kind: VisitKind = VisitKind.GROUP_ACTIVITY) -> None:
    press(Qt.Key.Key_A, CTRL | SHIFT)
    assert page.stack.currentWidget() is page.activity
    page.activity.visit.kind.editor.show_code(kind)


def test_an_activity_is_written_down_by_keyboard(page: Page, workspace: Workspace, deputy: Deputy) -> None:
    begin(page)
    page.activity.type_on()
    write("小组季度活动")
    enter()
    write("联络站")
    page.activity.sign_in.setFocus()
    write("王代表")
    enter()
    page.activity.sign_in.other.setFocus()
    write("某干部 街道")
    enter()
    press(Qt.Key.Key_F2)
    assert focused() is page.activity.minutes.rows[0].name
    write("王代表")
    enter()
    enter()
    write("先修路")
    press(Qt.Key.Key_F3)
    assert focused() is page.activity.findings.rows[0].words
    write("东街没有路灯")
    press(Qt.Key.Key_Return, CTRL)
    assert page.stack.currentWidget() is not page.activity

    sheet = only_sheet(workspace)
    assert (sheet.visit.visit_kind, sheet.visit.theme, sheet.visit.place) == (
        VisitKind.GROUP_ACTIVITY,
        "小组季度活动",
        "联络站",
    )
    assert sheet.visit.number.startswith("活2026-")
    assert sheet.visit.deputies == (deputy.id,)
    assert [(each.name, each.part, each.presence) for each in sheet.attendance] == [
        ("王代表", "", Presence.PRESENT),
        ("某干部", "街道", Presence.PRESENT),
    ]
    assert [(each.order, each.name, each.deputy, each.words) for each in sheet.speeches] == [(1, "王代表", deputy.id, "先修路")]
    (issue,) = sheet.loose
    assert (issue.words, issue.visit, issue.source, issue.state, issue.received_on) == (
        "东街没有路灯",
        sheet.visit.id,
        Source.ACTIVITY,
        IssueState.REGISTERED,
        sheet.visit.on,
    )
    assert unsaved_visits(workspace) == ()


def test_the_kind_is_the_one_thing_asked_for(page: Page, workspace: Workspace) -> None:
    begin(page)
    page.activity.visit.kind.editor.show_code("")
    write("没有类别")
    press(Qt.Key.Key_Return, CTRL)
    assert page.stack.currentWidget() is page.activity
    assert page.activity.visit.kind.problem.text()
    assert count(workspace).get("visit", 0) == 0


def test_the_fields_follow_the_kind_and_nothing_typed_is_lost(page: Page) -> None:
    begin(page)
    form = page.activity.visit
    form.fields["group_mode"].editor.show_code(GroupMode.LINKED)
    assert not form.fields["training_type"].isVisible()
    form.kind.editor.show_code(VisitKind.TRAINING)
    assert form.fields["training_type"].isVisible()
    assert form.online.isVisible()
    assert form.fields["group_mode"].isVisible()  # something stands in it
    assert form.read().group_mode == GroupMode.LINKED


def test_who_is_on_leave_is_no_deputy_that_came(page: Page, workspace: Workspace, deputy: Deputy) -> None:
    begin(page)
    roll = page.activity.sign_in
    roll.picker.show_ids((deputy.id,))
    roll.picker.changed.emit()
    roll._say(0, presence=Presence.ON_LEAVE)
    roll._say(0, leave_reason="外出学习")
    press(Qt.Key.Key_Return, CTRL)
    sheet = only_sheet(workspace)
    assert sheet.visit.deputies == ()
    assert [(each.presence, each.leave_reason) for each in sheet.attendance] == [(Presence.ON_LEAVE, "外出学习")]


def test_speakers_change_places_and_are_taken_out(page: Page, workspace: Workspace) -> None:
    begin(page)
    minutes = page.activity.minutes
    for name in "甲乙丙":
        minutes.add()
        minutes.rows[-1].name.setText(name)
    minutes.rows[2].up.click()
    minutes.rows[0].remove.click()
    press(Qt.Key.Key_Return, CTRL)
    assert [(each.order, each.name) for each in only_sheet(workspace).speeches] == [(1, "丙"), (2, "乙")]


def test_what_was_typed_is_there_in_another_window(page: Page, shell: Shell, workspace: Workspace) -> None:
    begin(page)
    page.activity.visit.what.editor.setText("恳谈会")
    page.activity.minutes.add()
    page.activity.minutes.rows[0].words.put(0, "话还没说完")
    page.keep()
    again = another_window(shell, workspace)
    (kept,) = unsaved_visits(workspace)
    assert kept.kind == "other"
    again.offers.notices[0].findChildren(QPushButton)[0].click()
    assert again.stack.currentWidget() is again.activity
    assert again.activity.visit.what.editor.text() == "恳谈会"
    assert [each.words for each in again.activity.minutes.read()] == ["话还没说完"]


def test_an_activity_that_stands_is_corrected_and_taken_back(page: Page, workspace: Workspace) -> None:
    begin(page, VisitKind.TRAINING)
    page.activity.visit.what.editor.setText("初任培训")
    press(Qt.Key.Key_Return, CTRL)
    page.list.detail.correct.click()
    assert page.stack.currentWidget() is page.activity
    page.activity.visit.what.editor.setText("履职培训")
    page.activity.minutes.add()
    page.activity.minutes.rows[0].name.setText("甲")
    press(Qt.Key.Key_Return, CTRL)
    sheet = only_sheet(workspace)
    assert (sheet.visit.theme, len(sheet.speeches)) == ("履职培训", 1)
    undo_last(workspace, sheet.visit.id)
    before = visit_card(workspace, sheet.visit.id).sheet
    assert (before.visit.theme, before.speeches) == ("初任培训", ())


def test_saving_and_staying_makes_of_an_issue_a_link(page: Page, workspace: Workspace) -> None:
    begin(page)
    page.activity.findings.add()
    page.activity.findings.rows[0].words.put(0, "停水三天")
    page.activity.visit.begin()
    press(Qt.Key.Key_S, CTRL)
    assert page.stack.currentWidget() is page.activity
    assert page.activity.findings.rows == []
    press(Qt.Key.Key_S, CTRL)
    assert [each.words for each in only_sheet(workspace).loose] == ["停水三天"]


def test_a_suggestion_that_came_from_it_is_shown_both_ways(page: Page, workspace: Workspace) -> None:
    begin(page, VisitKind.RESEARCH_ACTIVITY)
    page.activity.visit.what.editor.setText("养老服务调研")
    page.activity.visit.fields["conclusions"].editor.show_text("按在用床位补助")
    press(Qt.Key.Key_Return, CTRL)
    visit = only_sheet(workspace).visit
    suggestion = begun(workspace, (), (visit.id,)).sheet.suggestion
    assert (suggestion.visits, suggestion.formed_through) == ((visit.id,), (FormedThrough.RESEARCH,))
    assert "按在用床位补助" in suggestion.text
    save(workspace, Suggestion(id=suggestion.id, subject="关于养老的建议", visits=suggestion.visits))
    page.list.show_visit(visit.id)
    links = page.list.detail.findChildren(ElidedLink)
    assert any("关于养老的建议" in each.words for each in links)


def test_a_running_campaign_is_offered_and_another_day_lets_it_go(page: Page, workspace: Workspace) -> None:
    month = Campaign(id=workspace.clock.new_id(), name="走访月", starts_on=date(2026, 11, 1), ends_on=date(2026, 11, 30))
    save(workspace, month)
    begin(page)
    form = page.activity.visit
    assert form.read().campaign == month.id
    form.on.editor.show_day(date(2026, 10, 1))
    assert form.read().campaign == ""
    form.on.editor.show_day(date(2026, 11, 2))
    assert form.read().campaign == month.id
    form.campaign.editor.show_code("")
    form.campaign.editor.activated.emit(0)
    form.on.editor.show_day(date(2026, 11, 3))
    assert form.read().campaign == ""


def test_the_list_shows_one_kind_of_the_others(page: Page, workspace: Workspace) -> None:
    for kind in (VisitKind.TRAINING, VisitKind.MEDIATION):
        begin(page, kind)
        page.activity.visit.what.editor.setText("一次活动")
        press(Qt.Key.Key_Return, CTRL)
    page.list._narrow(VisitGroup.OTHER)
    assert page.list.kind.isVisible()
    assert len(page.list.table.rows) == 2
    page.list.kind.setCurrentIndex(page.list.kind.findData(str(VisitKind.MEDIATION)))
    assert [row.visit_kind for row in page.list.table.rows] == [VisitKind.MEDIATION]


def test_its_papers_are_those_of_an_activity(page: Page, workspace: Workspace) -> None:
    begin(page, VisitKind.SYMPOSIUM)
    press(Qt.Key.Key_Return, CTRL)
    page.list.detail.paper.click()
    page.list.detail.roll.click()
    dialogs = [each for each in QApplication.topLevelWidgets() if isinstance(each, PaperDialog)]
    assert {each.windowTitle() for each in dialogs} == {PaperName.ACTIVITY_RECORD.label, PaperName.ATTENDANCE_SHEET.label}


def test_ways_of_signing_in_are_kept(page: Page, workspace: Workspace, deputy: Deputy, went: Went) -> None:
    begin(page)
    roll = page.activity.sign_in
    roll.picker.show_ids((deputy.id,))
    roll.picker.changed.emit()
    roll._say(0, check_in=CheckIn.QR_CHECK_IN)
    press(Qt.Key.Key_Return, CTRL)
    assert [each.check_in for each in only_sheet(workspace).attendance] == [CheckIn.QR_CHECK_IN]
    assert not went
