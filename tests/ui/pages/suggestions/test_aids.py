"""What helps beside the text: the shelf, earlier suggestions while one writes, remarks that lead to their place."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.domain.people import Deputy
from app.domain.reply import Reply
from app.domain.review import Review, ReviewOutcome, ReviewStage
from app.workspace import Workspace
from tests.builders import save
from tests.ui.pages.suggestions.hands import a_draft, at_desk
from ui.pages.suggestions import SuggestionsPage

TEXT = "一、情况\n路灯不亮。\n二、分析\n没有移交。\n三、建议\n请修好。"


def test_the_shelf_is_looked_through_beside_the_text(page: SuggestionsPage, workspace: Workspace, lead: Deputy) -> None:
    at_desk(page, a_draft(workspace, lead, TEXT))
    aids = page.desk.aids
    shelf = aids.shelf
    assert shelf.isHidden()
    QTest.keyClick(page.desk.form.text, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert (shelf.isVisible(), shelf.words.hasFocus(), page.desk.preview.isVisible()) == (True, True, False)
    everything = len(shelf.found)
    shelf.words.setText("背靠背")
    QTest.keyClick(shelf.words, Qt.Key.Key_Return)
    assert shelf.title.text() == "代表评价"
    assert "<span" in shelf.text.text()
    assert "背靠背" in shelf.text.shown
    page.go_back()
    assert [code for code, _link in shelf.found] == ["pingjia"]
    shelf.words.setText("没有这样的话")
    shelf.look()
    assert (shelf.found, shelf.count.isVisible()) == ([], True)
    shelf.words.clear()
    shelf.look()
    assert len(shelf.found) == everything
    shelf.boards[next(reversed(shelf.boards))].click()
    assert {code.partition("-")[0] for code, _link in shelf.found} == {"example"}
    shelf.found[0][1].click()
    assert "三、建议" in shelf.text.shown
    page.go_back()
    page.go_back()
    assert (shelf.isHidden(), page.desk.preview.isVisible(), page.desk.form.text.hasFocus()) == (True, True, True)
    assert page.at_desk()


def test_where_there_is_little_room_the_shelf_stands_beside_the_text(
    page: SuggestionsPage, workspace: Workspace, lead: Deputy
) -> None:
    page.resize(900, 660)
    at_desk(page, a_draft(workspace, lead, TEXT))
    assert page.desk.folded()
    page.desk.aids.shelf_button.click()
    assert not page.desk.folded()
    assert not page.desk._left.isVisible()
    page.desk.aids.shelf.done.click()
    assert page.desk.folded()
    assert page.desk._left.isVisible()


def test_what_was_raised_before_is_told_while_one_types(page: SuggestionsPage, workspace: Workspace, lead: Deputy) -> None:
    earlier = a_draft(workspace, subject="关于整治浏水示例段河道污染的建议", year=2024)
    reply = Reply(id=workspace.clock.new_id(), suggestion=earlier, reply_class="B", replied_on=date(2024, 6, 1), text="列入计划")
    save(workspace, reply)
    at_desk(page, a_draft(workspace, lead, TEXT))
    card = page.desk.aids.repeated
    assert card.isHidden()
    page.desk.form.title.setText("关于加快整治浏水示例段河道污染的建议")
    page.desk.hint_pause.timeout.emit()
    assert card.isVisible()
    told = [each.text() for each in card.findChildren(type(card.words))]
    assert any("整治浏水示例段河道污染" in each for each in told)
    assert any("列入计划" in each for each in told)
    assert "raised_before" in [each.key[0] for each in page.desk.hints.rows_shown()]
    page.desk.form.title.setText("关于修路灯的建议")
    page.desk.hint_pause.timeout.emit()
    assert card.isHidden()


def test_a_remark_leads_to_its_place_by_click_and_by_key(page: SuggestionsPage, workspace: Workspace, lead: Deputy) -> None:
    id = a_draft(workspace, lead, TEXT)
    review = Review(
        id=workspace.clock.new_id(), suggestion=id, stage=ReviewStage.PRE_REVIEW, round=1, outcome=ReviewOutcome.RETURNED,
        help_given="第2段「路灯不亮。」：写明盏数\n第4段「没有移交。」：谁没有移交\n第6段「早已删去」：写明",
        decided_on=date(2026, 1, 5),
    )  # fmt: skip
    save(workspace, review)
    at_desk(page, id)
    remarks, text = page.desk.aids.remarks, page.desk.form.text
    assert remarks.isVisible()
    assert [(row.go.isHidden(), row.gone.isHidden()) for row in remarks.rows] == [(False, True), (False, True), (True, False)]
    remarks.rows[1].go.click()
    assert text.textCursor().selectedText() == "没有移交。"
    for found in ("路灯不亮。", "没有移交。"):  # past the last one whose place is there it begins anew
        QTest.keyClick(text, Qt.Key.Key_F4)
        assert text.textCursor().selectedText() == found
    QTest.keyClick(text, Qt.Key.Key_F4, Qt.KeyboardModifier.ShiftModifier)
    assert text.textCursor().selectedText() == "路灯不亮。"
    text.replace_text("一、情况\n重写。")
    page.desk.hint_pause.timeout.emit()
    assert all(row.go.isHidden() for row in remarks.rows)
    assert not remarks.next.isEnabled()
