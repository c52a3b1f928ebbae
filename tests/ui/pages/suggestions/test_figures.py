"""Figures in the window: each opens the suggestions it counts, totals of evaluations hide what is not counted yet."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from app.domain.congress import Congress
from app.domain.life import SuggestionState
from app.domain.people import Deputy
from app.domain.reply import Evaluation, Evaluator, Reply
from app.domain.review import RefusalCode, Review, ReviewOutcome, ReviewStage
from app.domain.satisfaction import Satisfaction
from app.domain.sealed_evaluation import Verdict
from app.domain.suggestion import Suggestion
from app.keys import deputy_key
from app.use_cases.evaluations import seal_evaluation
from app.workspace import Workspace
from tests.builders import save
from ui.pages.suggestions import SuggestionsPage
from ui.pages.suggestions.figures import FiguresView

PIN = "135790"


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deputy_key, "_KIB", 64)


@pytest.fixture
def body(workspace: Workspace, page: SuggestionsPage) -> Congress:
    """Three suggestions handed in, one of them refused after its first review."""
    new_id = workspace.clock.new_id
    made = Congress(id=new_id(), name="示例区人民代表大会")
    save(workspace, made)
    today = workspace.clock.today().date()
    for number in range(3):
        one = Suggestion(id=new_id(), subject=f"第{number}件", year=2026, receiving_body=made.id, submitted_on=today)
        refused = number == 0
        review = Review(
            id=new_id(),
            suggestion=one.id,
            stage=ReviewStage.FIRST_REVIEW,
            outcome=ReviewOutcome.NOT_PROCESSED if refused else ReviewOutcome.PASSED,
            refusal_code=RefusalCode.TENDER if refused else "",
        )
        save(workspace, one, review)
    return made


def at_figures(page: SuggestionsPage) -> FiguresView:
    page.begin("figures")
    return page.figures


def told(view: FiguresView) -> str:
    return "\n".join(each.text() for each in view.findChildren(QLabel))


def test_a_figure_opens_the_suggestions_it_counts(page: SuggestionsPage, body: Congress) -> None:
    view = at_figures(page)
    assert "共3，其中1（33.3%）" in told(view)
    for counted, door in list(view.doors.items()):
        many = int(door.text())
        if not many:
            assert not door.isEnabled()
            continue
        page.begin("figures")
        view.doors[counted].click()
        assert page.overview.isVisible()
        assert page.overview.table.total == many
        assert page.overview.narrowing.behind.isVisible()
    page.overview.narrowing.behind.close_button.click()
    assert page.overview.table.total == 3
    assert not page.overview.narrowing.behind.isVisible()


def test_figures_are_narrowed_to_a_year_and_a_congress(page: SuggestionsPage, body: Congress) -> None:
    view = at_figures(page)
    view.year.show_code("2026")
    view.body.show_code(body.id)
    view.refresh()
    assert {(each.year, each.body) for each in view.doors} == {(2026, body.id)}


def test_figures_are_saved_as_a_table(page: SuggestionsPage, body: Congress, tmp_path: Path) -> None:
    view = at_figures(page)
    view.save_to(tmp_path / "统计.xlsx")
    assert (tmp_path / "统计.xlsx").read_bytes().startswith(b"PK")


def test_what_one_deputy_sealed_is_not_counted_in_sight(page: SuggestionsPage, workspace: Workspace, lead: Deputy) -> None:
    new_id = workspace.clock.new_id
    one = Suggestion(id=new_id(), subject="甲", year=2026, state=SuggestionState.REPLIED, lead_deputy=lead.id)
    reply = Reply(id=new_id(), suggestion=one.id, round=1, replied_on=workspace.clock.today().date())
    save(workspace, one, reply)
    bad = Satisfaction.DISSATISFIED
    seal_evaluation(workspace, one.id, Verdict(attitude=bad, result=bad, opinion="不实"), PIN, again=PIN)
    view = at_figures(page)
    assert "尚未计入1" in told(view)
    assert "不满意 1" not in told(view)
    assert view.unseen.isVisible()
    spoken = Evaluation(
        id=new_id(), of=one.id, evaluator=Evaluator.DEPUTY, attitude=Satisfaction.SATISFIED, result=bad, opinion="慢"
    )
    save(workspace, spoken)
    view.refresh()
    assert "满意率：共1，其中1（100.0%）" in told(view)
    assert "不满意 1" in told(view)
