"""The random review in the window: drawn, a sheet filled in, kept while it is typed."""

from dataclasses import replace

import pytest

from app.domain.life import SuggestionState
from app.domain.people import Deputy
from app.domain.random_review import ReviewPart
from app.domain.satisfaction import Satisfaction
from app.domain.suggestion import Suggestion
from app.queries.random_review import past_draws, review_sheets
from app.queries.record import record_of
from app.use_cases.random_review import unsaved_sheet
from app.workspace import Workspace
from tests.builders import save
from tests.ui.pages.suggestions.hands import a_draft
from ui.pages.suggestions import SuggestionsPage


@pytest.fixture
def page_at_review(page: SuggestionsPage, workspace: Workspace, lead: Deputy) -> SuggestionsPage:
    for number in range(4):
        id = a_draft(workspace, lead, subject=f"建议{number}")
        save(workspace, replace(record_of(workspace, Suggestion, id), state=SuggestionState.REPLIED))
    page.overview.review.click()
    return page


def test_a_draw_is_noted_and_its_sheet_filled_in(page_at_review: SuggestionsPage, workspace: Workspace) -> None:
    view = page_at_review.review
    assert page_at_review.heading() == "随机抽样点评"
    view.many.editor.setValue(9)
    view.draw_button.click()
    assert view.many.problem.text()
    view.many.editor.setValue(2)
    view.seed.editor.setText("zy")
    view.draw_button.click()
    (noted,) = past_draws(workspace)
    assert (noted.seed, len(noted.drawn), view.table.total) == ("zy", 2, 2)
    view.sheet.report.editor.setPlainText("已完工")
    view.sheet.comment.editor.setPlainText("回访不够")
    view.sheet.test.editor.show_code(Satisfaction.BASICALLY_SATISFIED)
    view.sheet.save_button.click()
    page_at_review.refresh()
    assert sorted(len(each.done) for each in review_sheets(workspace)) == [1, len(ReviewPart)]
    assert not view.sheet.dirty()
    assert page_at_review.go_back()


def test_what_is_typed_at_a_sheet_is_kept_and_comes_back(page_at_review: SuggestionsPage, workspace: Workspace) -> None:
    view = page_at_review.review
    view.many.editor.setValue(1)
    view.draw_button.click()
    view.sheet.report.editor.setPlainText("正在办理")
    assert page_at_review.undoable() == ""
    assert page_at_review.go_back()
    kept = unsaved_sheet(workspace, view.sheet.id)
    assert kept is not None
    assert kept.report == "正在办理"
    page_at_review.begin(f"restore:supervision:{view.sheet.id}")
    assert view.sheet.report.editor.toPlainText() == "正在办理"
