"""Writing at a long text: levels by key, words found in it, the way of a delegation, files beside it."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.domain.people import Deputy
from app.domain.suggestion import Suggestion
from app.queries.record import record_of
from app.workspace import Workspace
from tests.ui.pages.suggestions.hands import a_draft, at_desk, commit
from ui.pages.suggestions import SuggestionsPage

CTRL = Qt.KeyboardModifier.ControlModifier


def test_levels_are_set_by_key_numbered_on_and_one_step_for_undo(page: SuggestionsPage) -> None:
    page.begin("draft")
    text = page.desk.form.text
    text.show_text("情况\n路灯\n停水\n分析")
    text.setFocus()
    text.go_to(0)
    QTest.keyClick(text, Qt.Key.Key_1, CTRL)
    text.selectAll()
    cursor = text.textCursor()
    cursor.setPosition(6)
    cursor.setPosition(10, cursor.MoveMode.KeepAnchor)
    text.setTextCursor(cursor)
    QTest.keyClick(text, Qt.Key.Key_2, CTRL)
    assert text.text() == "一、情况\n（一）路灯\n（二）停水\n分析"
    text.go_to(len(text.text()))
    QTest.keyClick(text, Qt.Key.Key_1, CTRL)
    assert text.text().endswith("二、分析")
    QTest.keyClick(text, Qt.Key.Key_1, CTRL)
    assert text.text().endswith("\n分析")
    text.undo()
    text.undo()
    text.undo()
    assert text.text() == "一、情况\n路灯\n停水\n分析"


def test_a_frozen_text_takes_no_level(page: SuggestionsPage, workspace: Workspace, lead: Deputy) -> None:
    at_desk(page, a_draft(workspace, lead))
    page.desk.form.freeze(frozen=True)
    page.desk.form.text.setFocus()
    QTest.keyClick(page.desk.form.text, Qt.Key.Key_3, CTRL)
    assert page.desk.form.text.text() == "一、情况\n路灯不亮"


def test_words_are_found_counted_and_gone_through_and_esc_closes(page: SuggestionsPage) -> None:
    page.begin("draft")
    text, bar = page.desk.form.text, page.desk.form.finding
    text.show_text("𠮷路灯不亮，Road。\n路灯亮了，ROAD。")
    text.setFocus()
    QTest.keyClick(text, Qt.Key.Key_F, CTRL)
    assert bar.isVisible()
    assert bar.words.hasFocus()
    commit(bar.words, "路灯")
    assert bar.count.text() == "2 处"
    QTest.keyClick(bar.words, Qt.Key.Key_Return)
    assert (text.textCursor().selectedText(), bar.count.text()) == ("路灯", "第 1 处，共 2 处")
    assert text.textCursor().selectionStart() == 2  # the rare character takes two places
    bar.next.click()
    bar.next.click()
    assert bar.count.text() == "第 1 处，共 2 处"
    QTest.keyClick(bar.words, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert bar.count.text() == "第 2 处，共 2 处"
    bar.words.setText("road")
    assert (bar.count.text(), len(text.extraSelections())) == ("2 处", 2)
    bar.words.setText("没有")
    assert (bar.count.text(), bar.next.isEnabled()) == ("正文中没有", False)
    assert page.go_back()
    assert (bar.isVisible(), text.extraSelections(), page.at_desk()) == (False, [], True)


def test_the_way_of_a_delegation_is_recorded_step_by_step(page: SuggestionsPage, workspace: Workspace, lead: Deputy) -> None:
    at_desk(page, a_draft(workspace, lead))
    page.desk.form.matters_button.click()
    path = page.desk.form.path
    assert not path.delegation.isVisible()
    path.whole.setChecked(True)
    assert path.step.text() == "全团建议的办理步骤：征集线索"
    path.delegation.setText("第一代表团")
    path.head.setText("团长甲")
    path.leads.show_text("三个村都提到公交")
    path.approved.editor.setText("2026-1-10")
    path.agreed_on.editor.setText("不是日子")
    path.agreed_on.editor.editingFinished.emit()
    assert path.agreed_on.problem.isVisible()
    path.agreed_on.editor.setText("2026-1-11")
    path.agreed_on.editor.editingFinished.emit()
    assert not path.agreed_on.problem.isVisible()
    path.agreed.setValue(21)
    path.members.setValue(21)
    assert path.step.text() == "全团建议的办理步骤：已全体同意"
    page.desk.save()
    stored = record_of(workspace, Suggestion, page.desk.id)
    assert (stored.delegation_suggestion, stored.delegation, stored.delegation_head) == (True, "第一代表团", "团长甲")
    assert (stored.head_approved_on, stored.members_agreed_on) == (date(2026, 1, 10), date(2026, 1, 11))
    assert (stored.members_agreed, stored.delegation_members, stored.delegation_leads) == (21, 21, "三个村都提到公交")
    path.whole.setChecked(False)
    page.desk.save()
    assert record_of(workspace, Suggestion, page.desk.id).head_approved_on == date(2026, 1, 10)


def test_files_lie_beside_the_text_once_it_is_saved(page: SuggestionsPage, workspace: Workspace, lead: Deputy) -> None:
    page.begin("draft")
    assert not page.desk.files.isVisible()
    page.desk.form.title.setText("关于路灯的建议")
    page.desk.save()
    assert page.desk.files.isVisible()
    assert page.desk.files.shows(page.desk.id)


def test_thirty_thousand_characters_and_a_title_of_two_hundred_are_saved_and_set(
    page: SuggestionsPage, workspace: Workspace, lead: Deputy
) -> None:
    text = "\n".join(["一、情况", *["东街路灯不亮已经三个月，群众出行不便。" * 20] * 80])[:30_000]
    at_desk(page, a_draft(workspace, lead, text=text, subject="关于" + "长" * 195 + "的建议"))
    QTest.keyClicks(page.desk.form.text, "a")
    page.desk.save()
    stored = record_of(workspace, Suggestion, page.desk.id)
    assert (len(stored.text), len(stored.subject)) == (30_001, 200)
    page.desk.pause.timeout.emit()
    assert page.desk.preview.paper.pages() > 30
