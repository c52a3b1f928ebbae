"""Nothing that was typed is lost: saved, kept as a draft, given up and brought back."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.domain.people import Deputy
from app.domain.suggestion import Suggestion
from app.queries.record import record_of
from app.queries.suggestion_list import suggestion_list
from app.use_cases.suggestion_desk import kept_sheets
from app.workspace import Workspace
from tests.builders import save
from tests.ui.pages.suggestions.hands import a_draft, at_desk, buttons
from ui.page import Workbench
from ui.pages.suggestions import SuggestionsPage


def test_ctrl_s_makes_a_revision_and_ctrl_enter_too(page: SuggestionsPage, workspace: Workspace) -> None:
    page.begin("draft")
    page.desk.form.title.setText("关于路灯的建议")
    QTest.keyClick(page.desk.form.title, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert record_of(workspace, Suggestion, page.desk.id).subject == "关于路灯的建议"
    assert page.desk.form.state.text() == "0 字 · 已保存"
    QTest.keyClicks(page.desk.form.text, "a")
    QTest.keyClick(page.desk.form.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert record_of(workspace, Suggestion, page.desk.id).text == "a"
    assert kept_sheets(workspace) == ()


def test_without_a_title_it_is_said_beside_the_title_and_nothing_is_lost(page: SuggestionsPage, workspace: Workspace) -> None:
    page.begin("draft")
    page.desk.form.text.setPlainText("写了很多")
    page.desk.save()
    assert not page.desk.form._title.problem.isHidden()
    assert page.desk.form.title.hasFocus()
    assert page.desk.form.text.text() == "写了很多"
    assert suggestion_list(workspace).total == 0


def test_what_is_typed_is_kept_after_two_seconds_and_offered_again(
    page: SuggestionsPage, bench: Workbench, workspace: Workspace, qtbot: QtBot
) -> None:
    page.begin("draft")
    page.desk.form.title.setText("关于路灯的建议")
    page.desk.form.text.setPlainText("写到一半")
    keeper = page.desk._keeper
    assert keeper is not None
    assert (keeper.timer.isActive(), keeper.timer.interval()) == (True, 2000)
    assert kept_sheets(workspace) == ()
    keeper.timer.timeout.emit()
    assert page.desk.form.state.text() == "4 字 · 草稿已存"

    after_the_crash = SuggestionsPage(bench)
    qtbot.addWidget(after_the_crash)
    after_the_crash.refresh()
    assert not after_the_crash.overview.kept.isHidden()
    buttons(after_the_crash.overview._kept_rows)[-1].click()
    assert after_the_crash.desk.form.text.text() == "写到一半"
    assert after_the_crash.desk.dirty()
    other_door = SuggestionsPage(bench)
    qtbot.addWidget(other_door)
    other_door.begin(f"restore:{keeper.key}")
    assert other_door.desk.form.text.text() == "写到一半"
    after_the_crash.desk.save()
    after_the_crash.go_back()
    assert after_the_crash.overview.kept.isHidden()
    assert [row.title for row in suggestion_list(workspace).rows] == ["关于路灯的建议"]


def test_leaving_the_desk_and_closing_the_window_keep_what_was_typed(
    page: SuggestionsPage, workspace: Workspace, lead: Deputy
) -> None:
    id = a_draft(workspace, lead)
    at_desk(page, id)
    page.desk.form.text.setPlainText("改了")
    assert page.go_back()
    assert [each.id for each in kept_sheets(workspace)] == [id]
    page.open_record(id)
    assert page.desk.form.text.text() == "改了"
    page.begin("draft")
    page.desk.form.text.setPlainText("另一份")
    page.keep()
    assert len(kept_sheets(workspace)) == 2


def test_what_was_typed_and_taken_back_leaves_no_draft(page: SuggestionsPage, workspace: Workspace, lead: Deputy) -> None:
    first, second = a_draft(workspace, lead, text="甲"), a_draft(workspace, lead, text="乙")
    at_desk(page, first)
    keeper = page.desk._keeper
    assert keeper
    page.desk.form.text.setPlainText("甲改")
    page.desk.form.text.setPlainText("甲")
    page.open_record(second)
    assert not keeper.timer.isActive()
    page.open_record(first)
    page.desk.form.text.setPlainText("甲改")
    page.desk.keep()
    page.desk.form.text.setPlainText("甲")
    assert page.desk._keeper
    page.desk._keeper.timer.timeout.emit()
    assert kept_sheets(workspace) == ()


def test_what_is_given_up_can_be_brought_back(
    page: SuggestionsPage, bench: Workbench, workspace: Workspace, lead: Deputy
) -> None:
    at_desk(page, a_draft(workspace, lead))
    assert page.desk.form.give_up.isHidden()
    page.desk.form.text.setPlainText("改了")
    page.desk.keep()
    page.desk.form.give_up.click()
    assert page.desk.form.text.text() == "一、情况\n路灯不亮"
    assert kept_sheets(workspace) == ()
    bench.feedback._do()
    assert (page.desk.form.text.text(), page.desk.dirty()) == ("改了", True)


def test_a_new_sheet_that_is_given_up_leaves_the_desk_empty(page: SuggestionsPage, bench: Workbench) -> None:
    page.begin("draft")
    page.desk.form.text.setPlainText("写了")
    page.desk.give_up()
    assert (page.at_desk(), page.desk.id) == (False, "")
    bench.feedback._do()
    assert (page.at_desk(), page.desk.form.text.text()) == (True, "写了")


def test_what_another_hand_saved_is_not_overwritten_by_accident(
    page: SuggestionsPage, workspace: Workspace, lead: Deputy
) -> None:
    at_desk(page, a_draft(workspace, lead))
    page.desk.form.text.setPlainText("我的")
    save(workspace, replace(record_of(workspace, Suggestion, page.desk.id), text="别人的"))
    page.desk.save()
    assert not page.desk.stale.isHidden()
    assert page.desk.form.text.text() == "我的"
    assert record_of(workspace, Suggestion, page.desk.id).text == "别人的"
    page.desk.stale.ours.click()
    assert record_of(workspace, Suggestion, page.desk.id).text == "我的"


def test_a_change_from_elsewhere_is_shown_where_nothing_was_typed(
    page: SuggestionsPage, workspace: Workspace, lead: Deputy
) -> None:
    at_desk(page, a_draft(workspace, lead))
    save(workspace, replace(record_of(workspace, Suggestion, page.desk.id), text="别人的"))
    page.refresh()
    assert page.desk.form.text.text() == "别人的"
    page.desk.form.text.setPlainText("我的")
    save(workspace, replace(record_of(workspace, Suggestion, page.desk.id), text="又是别人的"))
    page.refresh()
    assert page.desk.form.text.text() == "我的"
