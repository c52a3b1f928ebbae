"""From a draft to a submitted text that changes no more, and to paper."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from app.domain.congress import Congress
from app.domain.life import SuggestionState
from app.domain.papers import PaperName
from app.domain.people import Deputy
from app.domain.suggestion import PublicityWish, Suggestion
from app.domain.values import Id
from app.queries.record import record_of
from app.use_cases.papers import Asked
from app.use_cases.suggestion_desk import kept_sheets
from app.workspace import Workspace
from tests.builders import save
from tests.ui.pages.suggestions.hands import a_draft, at_desk, offered
from ui.dialogs.suggestion_papers_dialog import SuggestionPapersDialog
from ui.pages.suggestions import SuggestionsPage


def test_a_missing_lead_is_said_beside_the_field_and_stops_submission(page: SuggestionsPage, workspace: Workspace) -> None:
    at_desk(page, a_draft(workspace))
    page._submit.trigger()
    assert not page.desk.form._lead.problem.isHidden()
    assert page.desk.form.lead.field.hasFocus()
    assert page.desk.panel.isHidden()
    assert record_of(workspace, Suggestion, page.desk.id).state == SuggestionState.DRAFT


def test_submission_is_asked_for_inside_the_page_the_safe_answer_first(
    page: SuggestionsPage, workspace: Workspace, lead: Deputy
) -> None:
    at_desk(page, a_draft(workspace, lead))
    page._submit.trigger()
    panel = page.desk.panel
    assert panel.isVisible()
    assert panel.no.hasFocus()
    assert page.go_back()
    assert (panel.isHidden(), page.at_desk()) == (True, True)
    page._submit.trigger()
    page.desk.form.title.setText("关于别的路灯的建议")
    assert panel.isHidden()
    assert record_of(workspace, Suggestion, page.desk.id).state == SuggestionState.DRAFT


def test_a_congress_that_nothing_places_is_told_in_the_question(
    page: SuggestionsPage, workspace: Workspace, lead: Deputy
) -> None:
    congress = Congress(id=workspace.clock.new_id(), name="示例市人民代表大会")
    id = a_draft(workspace, lead)
    save(workspace, congress, replace(record_of(workspace, Suggestion, id), receiving_body=congress.id))
    at_desk(page, id)
    page._submit.trigger()
    assert "名册中的“示例市人民代表大会”既无层级也无行政区划代码" in page.desk.panel.words.text()


def test_a_submitted_text_is_frozen_and_shows_its_course(page: SuggestionsPage, workspace: Workspace, lead: Deputy) -> None:
    at_desk(page, a_draft(workspace, lead))
    page.desk.form.text.setPlainText("最后的话")
    page._submit.trigger()
    page.desk.panel.yes.click()
    stored = record_of(workspace, Suggestion, page.desk.id)
    assert (stored.state, stored.text) == (SuggestionState.SUBMITTED, "最后的话")
    form = page.desk.form
    QTest.keyClicks(form.text, "x")
    QTest.keyClicks(form.title, "x")
    assert (form.text.text(), form.title.text()) == ("最后的话", "关于路灯的建议")
    assert not form.matters.isEnabled()
    assert page.desk.signers.picker.isHidden()
    assert (form.lead.ids(), form.lead.field.isHidden()) == ((lead.id,), True)
    assert not [each for each in form.lead.findChildren(QPushButton) if each.isVisible()]
    assert offered(page) == ["全部建议", "打印"]
    assert not page._save.isEnabled()
    assert form.state.text() == "4 字 · 已提交"
    assert [line.text() for line in page.desk.course.lines][:2] == ["起草", "已提交　现在"]
    assert kept_sheets(workspace) == ()


def test_a_returned_suggestion_is_opened_to_be_written_at_again(
    page: SuggestionsPage, workspace: Workspace, lead: Deputy
) -> None:
    id = a_draft(workspace, lead)
    save(workspace, replace(record_of(workspace, Suggestion, id), state=SuggestionState.RETURNED))
    at_desk(page, id)
    assert offered(page)[-1] == "修改"
    page._revise.trigger()
    assert (page.desk.frozen(), page.desk.form.text.isReadOnly()) == (False, False)
    assert offered(page)[-1] == "提交"


def test_the_paper_to_print_is_that_of_the_records_saved_first(
    page: SuggestionsPage, workspace: Workspace, lead: Deputy, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[tuple[Id, str]] = []

    def told(asked: Asked) -> None:
        opened.append((asked.id, record_of(workspace, Suggestion, asked.id).text))

    monkeypatch.setattr(page._printing, "_open", told)
    id = a_draft(workspace, lead)
    page.refresh()
    page._print.trigger()
    page.findChildren(SuggestionPapersDialog)[-1].papers[PaperName.SUGGESTION].click()
    at_desk(page, id)
    page.desk.form.text.setPlainText("改了")
    QTest.keyClick(page.desk.form.text, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    page.findChildren(SuggestionPapersDialog)[-1].papers[PaperName.SUGGESTION].click()
    assert opened == [(id, "一、情况\n路灯不亮"), (id, "改了")]


def test_every_field_of_the_official_form_goes_in_and_out(page: SuggestionsPage, workspace: Workspace, lead: Deputy) -> None:
    at_desk(page, a_draft(workspace, lead, extra={"newer": 1}, session_no=3, formed_through=("outreach", "coined_later")))
    assert not page.desk.dirty()
    matters = page.desk.form.matters
    page.desk.form.matters_button.click()
    assert matters.session.hasFocus()
    matters.session.setCurrentIndex(1)
    matters.publicity.show_code(PublicityWish.TITLE_ONLY)
    matters.reference.setChecked(True)
    page.desk.save()
    stored = record_of(workspace, Suggestion, page.desk.id)
    assert (stored.in_session, stored.session_no, stored.publicity_wish, stored.reference_only) == (
        *(True, 3),
        PublicityWish.TITLE_ONLY,
        True,
    )
    assert (stored.formed_through, stored.extra) == (("outreach", "coined_later"), {"newer": 1})


def test_residents_data_are_told_once_more_before_submission(page: SuggestionsPage, workspace: Workspace, lead: Deputy) -> None:
    at_desk(page, a_draft(workspace, lead, "一、情况\n电话13800000000的住户反映路灯不亮"))
    page._submit.trigger()
    assert "第 2 段" in page.desk.panel.words.text()
    page.desk.panel.yes.click()  # told, never a barrier
    assert record_of(workspace, Suggestion, page.desk.id).state == SuggestionState.SUBMITTED
