"""What was typed is kept, killed, restored; what was saved is corrected, disputed, removed, brought back."""

from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from app.domain.issue import Purpose
from app.domain.life import IssueState
from app.queries.visit_drafts import unsaved_visits
from app.workspace import Workspace
from tests.builders import StationHome, save
from tests.ui.keyboard import enter, press, write
from tests.ui.visits_written import CTRL, WORDS, a_saved_reception, another_window, begin, only_sheet, sheets
from ui.pages.visits.page import VisitsPage as Page
from ui.shell.shell import Shell

# --- kept, killed, restored -------------------------------------------------------------------------------------------------


def test_what_was_typed_is_kept_and_offered_again_with_every_field(
    page: Page, window: Shell, workspace: Workspace, home: StationHome
) -> None:
    begin(page)
    write("王代表")
    enter()
    page.desk.visitor.begin()
    write("A")
    enter()
    write("one")
    press(Qt.Key.Key_F2)
    form = page.desk.visitor
    write("欧阳某")
    form.phone.editor.setText("13800000001")
    form.village.editor.setText("东街社区")
    form.people.editor.setValue(3)
    form.confidential.setChecked(True)
    form.matter.words.setFocus()
    write(WORDS)
    form.matter.purpose.editor.show_code(Purpose.HELP)
    form.matter.category.editor.show_code("03")
    form.matter.units.editor.setText("住建局、 社区")
    form.matter.proposed.editor.setText("转区级部门办理")
    form.matter.reply.editor.setText("已说明")
    press(Qt.Key.Key_F3)
    write("停车太难")
    page.desk.visit.place.editor.setText("东街联络点")
    before = page.desk.read()
    assert page.desk.keeper.draft
    assert page.desk.keeper.draft.timer.isActive()
    page.desk.keeper.draft.timer.timeout.emit()
    assert not page.desk.keeper.draft.timer.isActive()
    assert "草稿已保留" in page.desk.work.state.text()

    home.wall.pass_by(timedelta(minutes=3))
    again = another_window(window, workspace)
    (notice,) = again.offers.notices
    assert "没有保存" in notice.words
    assert notice.isVisible()
    notice.findChildren(QPushButton)[0].click()
    assert again.stack.currentWidget() is again.desk
    assert again.desk.read() == before
    assert again.desk.visitor.name.editor.text() == "欧阳某"
    assert again.desk.visitor.matters() == 2
    press(Qt.Key.Key_Return, CTRL)
    saved = only_sheet(workspace)
    assert [each.encounter.name for each in saved.lines] == ["A", "欧阳某"]
    assert saved.lines[1].issues[0].units_concerned == ("住建局", "社区")
    assert saved.visit.place == "东街联络点"
    assert not unsaved_visits(workspace)


def test_closing_the_window_keeps_what_the_timer_has_not(page: Page, window: Shell, workspace: Workspace) -> None:
    begin(page)
    page.desk.visitor.begin()
    write("A")
    assert not unsaved_visits(workspace)
    window.keep()
    (kept,) = unsaved_visits(workspace)
    assert kept.sheet
    assert kept.sheet.lines[0].encounter.name == "A"


def test_what_is_offered_can_be_given_up_and_that_be_undone(page: Page, window: Shell, workspace: Workspace) -> None:
    begin(page)
    page.desk.visitor.begin()
    write("A")
    press(Qt.Key.Key_Escape)
    (notice,) = page.offers.notices
    assert "还没有结束" in notice.words
    notice.findChildren(QPushButton)[1].click()
    assert not unsaved_visits(workspace)
    assert not page.offers.notices
    window.feedback.findChildren(QPushButton)[0].click()
    assert len(unsaved_visits(workspace)) == 1
    assert len(page.offers.notices) == 1


def test_today_leads_straight_to_a_draft_and_to_a_visit_s_desk(page: Page, window: Shell, workspace: Workspace) -> None:
    begin(page)
    page.desk.visitor.begin()
    write("欧阳某")
    page.keep()
    (kept,) = unsaved_visits(workspace)
    again = another_window(window, workspace)
    again.begin(f"restore:{kept.key}")
    assert again.desk.read() == page.desk.read()

    visit = a_saved_reception(workspace).sheet.visit.id
    later = another_window(window, workspace)
    later.begin(f"desk:{visit}")
    assert later.desk.visit_id() == visit


def test_a_reception_left_open_is_gone_on_with(page: Page, workspace: Workspace) -> None:
    begin(page)
    page.desk.visitor.begin()
    write("A")
    press(Qt.Key.Key_Escape)
    begin(page)
    assert page.desk.visitor.name.editor.text() == "A"
    press(Qt.Key.Key_Escape)
    page.offers.notices[0].findChildren(QPushButton)[0].click()
    assert page.stack.currentWidget() is page.desk
    assert page.desk.visitor.name.editor.text() == "A"


def test_a_desk_on_which_nothing_was_said_leaves_nothing_behind(page: Page, workspace: Workspace) -> None:
    begin(page)
    press(Qt.Key.Key_Escape)
    assert not unsaved_visits(workspace)
    assert not page.desk.visit_id()


# --- corrected, disputed, removed --------------------------------------------------------------------------------------------


def test_a_saved_reception_is_corrected(page: Page, workspace: Workspace) -> None:
    saved = a_saved_reception(workspace)
    page.refresh()
    page.list.view.setFocus()
    enter()
    assert page.stack.currentWidget() is page.desk
    assert page.desk.visitor.name.editor.text() == "张三"
    page.desk.visitors.setCurrentRow(1)
    page.desk.visitor.village.editor.setText("东街社区")
    press(Qt.Key.Key_Return, CTRL)
    assert only_sheet(workspace).lines[1].encounter.village == "东街社区"
    page.desk.review()
    press(Qt.Key.Key_Return, CTRL)
    assert only_sheet(workspace).visit == saved.sheet.visit


def test_two_versions_stand_side_by_side(page: Page, workspace: Workspace) -> None:
    saved = a_saved_reception(workspace)
    page.open_record(saved.sheet.visit.id)
    page.list.opened.emit(saved.sheet.visit.id)
    met = saved.sheet.lines[0].encounter
    for theirs, button in (("李四", page.desk.stale.theirs), ("王五", page.desk.stale.ours)):
        save(workspace, replace(met, name=theirs))
        page.desk.visitor.name.editor.setText("我方")
        press(Qt.Key.Key_Return, CTRL)
        assert not page.desk.stale.isHidden()
        shown = {each.text() for each in page.desk.stale.findChildren(QLabel)}
        assert {"我方", theirs} <= shown
        button.click()
        assert page.desk.stale.isHidden()
    assert only_sheet(workspace).lines[0].encounter.name == "我方"


def test_a_removed_visit_comes_back(page: Page, window: Shell, workspace: Workspace) -> None:
    saved = a_saved_reception(workspace)
    page.refresh()
    page.list.detail.remove.click()
    assert sheets(workspace) == []
    assert page.list.table.rows == []
    window.feedback.findChildren(QPushButton)[0].click()
    assert only_sheet(workspace) == saved.sheet
    assert [row.id for row in page.list.table.rows] == [saved.sheet.visit.id]


def test_a_visit_whose_issue_is_being_handled_is_not_removed(page: Page, window: Shell, workspace: Workspace) -> None:
    saved = a_saved_reception(workspace)
    save(workspace, replace(saved.sheet.issues()[0], state=IssueState.ASSIGNED))
    page.refresh()
    page.list.detail.remove.click()
    assert "停水" in window.feedback.words
    assert len(sheets(workspace)) == 1


def test_a_visitor_taken_off_comes_back(page: Page, window: Shell, workspace: Workspace) -> None:
    saved = a_saved_reception(workspace)
    page.list.opened.emit(saved.sheet.visit.id)
    page.desk.work.remove.click()
    assert [each.encounter.name for each in only_sheet(workspace).lines] == ["李四"]
    window.feedback.findChildren(QPushButton)[0].click()
    assert {each.encounter.name for each in only_sheet(workspace).lines} == {"张三", "李四"}
