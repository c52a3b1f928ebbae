"""The list of suggestions: filters, detail, page by page."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.domain.life import SuggestionState
from app.domain.people import Deputy
from app.domain.suggestion import Suggestion
from app.queries.record import record_of
from app.queries.suggestion_list import SuggestionGroup
from app.workspace import Workspace
from tests.builders import save
from tests.ui.pages.suggestions.hands import a_draft
from tests.ui.rows_in_sight import bring_into_sight
from ui.pages.suggestions import SuggestionsPage


def test_an_empty_list_begins_the_first_suggestion(page: SuggestionsPage) -> None:
    assert page.overview.empty.isVisible()
    page.overview.empty.deed.click()
    assert page.at_desk()
    assert page.desk.form.title.hasFocus()


def test_filters_show_their_states_and_counts(page: SuggestionsPage, workspace: Workspace, lead: Deputy) -> None:
    a_draft(workspace, lead)
    save(workspace, replace(record_of(workspace, Suggestion, a_draft(workspace, lead)), state=SuggestionState.REPLIED))
    page.refresh()
    filters = page.overview.filters
    assert [filters[group].text() for group in SuggestionGroup] == ["起草 1", "已提交 0", "办理中 0", "已答复 1", "全部 2"]
    filters[SuggestionGroup.REPLIED].click()
    assert [row.state for row in page.overview.table.rows] == [SuggestionState.REPLIED]
    filters[SuggestionGroup.IN_HANDLING].click()
    assert page.overview.table.rows == []


def test_the_detail_follows_the_cursor_and_enter_opens(page: SuggestionsPage, workspace: Workspace, lead: Deputy) -> None:
    a_draft(workspace, lead, subject="关于甲的建议")
    second = a_draft(workspace, lead, subject="关于乙的建议")
    page.refresh()
    assert page.overview.detail.title.text() == "关于乙的建议"
    QTest.keyClick(page.overview.view, Qt.Key.Key_Down)
    assert page.overview.detail.title.text() == "关于甲的建议"
    QTest.keyClick(page.overview.view, Qt.Key.Key_Up)
    QTest.keyClick(page.overview.view, Qt.Key.Key_Return)
    assert (page.at_desk(), page.desk.id, page.heading()) == (True, second, "关于乙的建议")
    assert page.go_back()
    assert (page.at_desk(), page.overview.chosen()) == (False, second)
    assert not page.go_back()


def test_a_long_list_comes_page_by_page(page: SuggestionsPage, workspace: Workspace) -> None:
    many = [Suggestion(id=workspace.clock.new_id(), subject=f"建议{number}") for number in range(130)]
    save(workspace, *many)
    page.refresh()
    table = page.overview.table
    assert (len(table.rows), table.total) == (100, 130)
    bring_into_sight(table, 120)
    assert len({row.id for row in table.rows}) == 130
