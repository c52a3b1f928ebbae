"""Hints at the desk: gone to, kept with a reason, undone; and the question before the first word."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.domain.hint import Hint
from app.domain.people import Deputy
from app.queries.suggestion_card import suggestion_sheet
from app.workspace import Workspace
from tests.ui.pages.suggestions.hands import a_draft, at_desk
from ui.pages.suggestions import SuggestionsPage
from ui.pages.suggestions.hints import _Row

TEXT = "一、情况\n东街的税收政策不清楚。😀\n请给予我公司税收优惠。"


def row(page: SuggestionsPage, code: str = "self_interest") -> _Row:
    return next(each for each in page.desk.hints.rows_shown() if each.key[0] == code)


def test_a_hint_leads_to_its_words_and_shows_its_rule(page: SuggestionsPage, workspace: Workspace, lead: Deputy) -> None:
    at_desk(page, a_draft(workspace, lead, TEXT))
    row(page).go.click()
    assert page.desk.form.text.textCursor().selectedText() == "给予我公司税收优惠"
    shelf = page.desk.aids.shelf
    assert shelf.isHidden()
    row(page).rule.click()
    assert (shelf.isVisible(), shelf.title.text(), "代表法" in shelf.source.text()) == (True, "与个人利益有关", True)
    assert page.go_back()
    assert page.go_back()
    assert (shelf.isHidden(), page.desk.hints.isVisible(), page.at_desk()) == (True, True, True)
    page.desk.form.title.setText("路灯")
    page.desk.hint_pause.timeout.emit()
    row(page, "title_form").go.click()
    assert page.desk.form.title.selectedText() == "路灯"


def test_a_hint_is_kept_with_a_reason_and_the_answer_undone(page: SuggestionsPage, workspace: Workspace, lead: Deputy) -> None:
    at_desk(page, a_draft(workspace, lead, TEXT))
    before = len(page.desk.hints.told)
    page.desk.form.text.put(0, "夏")
    row(page).keep.click()
    assert row(page).reason.hasFocus()
    QTest.keyClick(row(page).reason, Qt.Key.Key_Return)
    assert len(page.desk.hints.told) == before
    row(page).reason.setText("全行业都一样")
    page.desk.hint_pause.timeout.emit()
    assert row(page).reason.text() == "全行业都一样"
    QTest.keyClick(row(page).reason, Qt.Key.Key_Return)
    assert suggestion_sheet(workspace, page.desk.id).suggestion.text.startswith("夏一、情况")
    assert len(page.desk.hints.told) == before - 1
    (answered,) = (each for each in page.desk.hints._shown or () if isinstance(each, Hint) and each.answer)
    assert answered.answer
    assert answered.answer.reason == "全行业都一样"
    assert row(page).keep.isHidden()
    page.desk._bench.feedback._do()
    assert len(page.desk.hints.told) == before


def test_before_the_first_word_it_is_asked_whether_anything_is_secret(page: SuggestionsPage) -> None:
    page.begin("draft")
    panel = page.desk.secrecy
    assert panel.isVisible()
    panel.maybe.click()
    assert (panel.no.hasFocus(), panel.maybe.isHidden(), page.desk.read().suggestion.not_secret) == (True, True, False)
    panel.no.click()
    assert (panel.isHidden(), page.desk.read().suggestion.not_secret) == (True, True)
    assert page.desk.form.title.hasFocus()
    page.desk.keep()
    id = page.desk.id
    page.go_back()
    page.begin("draft")
    assert panel.isVisible()
    page.open_record(id)
    assert panel.isHidden()


def test_a_saved_suggestion_asks_by_a_hint(page: SuggestionsPage, workspace: Workspace, lead: Deputy) -> None:
    at_desk(page, a_draft(workspace, lead))
    assert page.desk.secrecy.isHidden()
    row(page, "secrecy_open").go.click()
    assert page.desk.secrecy.no.hasFocus()
    page.desk.secrecy.no.click()
    page.desk.hint_pause.timeout.emit()
    assert "secrecy_open" not in [each.key[0] for each in page.desk.hints.rows_shown()]
