"""Any two versions side by side, and the older one's text back on the desk."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.domain.people import Deputy
from app.domain.suggestion import Suggestion
from app.queries.record import record_of
from app.queries.text_versions import text_versions
from app.use_cases.suggestions import submit_suggestion
from app.workspace import Workspace
from tests.ui.pages.suggestions.hands import a_draft, at_desk, commit, issues, lead, page
from ui.dialogs.versions_dialog import VersionsDialog
from ui.pages.suggestions import SuggestionsPage

__all__ = ["issues", "lead", "page"]


def opened(page: SuggestionsPage) -> VersionsDialog:
    page.desk.versions.click()
    found = page.desk.findChildren(VersionsDialog)
    assert found
    return found[-1]


def a_suggestion(page: SuggestionsPage, workspace: Workspace, lead: Deputy) -> SuggestionsPage:
    at_desk(page, a_draft(workspace, lead, text="一、情况\n东街路灯不亮已经三个月。\n群众出行不便。"))
    page.desk.form.text.replace_text("一、情况\n东街路灯不亮已经五个月。\n群众出行不便。\n请修好。")
    page.desk.save()
    return page


def test_two_versions_stand_side_by_side_with_their_changes_marked(
    page: SuggestionsPage, workspace: Workspace, lead: Deputy
) -> None:
    dialog = opened(a_suggestion(page, workspace, lead))
    assert [dialog.older.itemText(each).split("　")[0] for each in range(dialog.older.count())] == ["第 2 版", "第 1 版"]
    assert dialog.told.text() == "2 段有改动：删去 1 字，新增 5 字。"
    told = dialog.sheet.toHtml()
    assert all(each in told for each in ("三", "五", "请修好。"))
    assert dialog.sheet.toPlainText().count("群众出行不便。") == 2
    dialog.only.setChecked(True)
    assert "关于路灯的建议" not in dialog.sheet.toPlainText()
    dialog.older.setCurrentIndex(0)
    assert (dialog.told.text(), dialog.take_back.isEnabled()) == ("两个版本相同。", False)


def test_what_is_typed_is_compared_too_and_the_older_text_comes_back_as_typed(
    page: SuggestionsPage, workspace: Workspace, lead: Deputy
) -> None:
    a_suggestion(page, workspace, lead)
    commit(page.desk.form.text, "甲")
    typed = page.desk.form.text.text()
    dialog = opened(page)
    assert dialog.newer.currentText() == "桌上尚未保存的文字"
    dialog.older.setCurrentIndex(2)
    dialog.take_back.click()
    assert page.desk.form.text.text().startswith("一、情况\n东街路灯不亮已经三个月。")
    assert len(text_versions(workspace, page.desk.id)) == 2
    page.desk.form.text.undo()
    assert page.desk.form.text.text() == typed
    page.desk.form.text.redo()
    page.desk.save()
    assert record_of(workspace, Suggestion, page.desk.id).text.endswith("三个月。\n群众出行不便。")
    assert len(text_versions(workspace, page.desk.id)) == 3


def test_of_a_frozen_text_the_versions_are_read_only_and_esc_closes(
    page: SuggestionsPage, workspace: Workspace, lead: Deputy
) -> None:
    a_suggestion(page, workspace, lead)
    submit_suggestion(workspace, page.desk.id)
    at_desk(page, page.desk.id)
    page.desk.refresh()
    dialog = opened(page)
    assert not dialog.take_back.isVisible()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert not page.desk.findChildren(VersionsDialog)


def test_a_new_sheet_has_no_versions_yet(page: SuggestionsPage) -> None:
    page.begin("draft")
    assert not page.desk.versions.isVisible()
