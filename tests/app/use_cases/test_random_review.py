"""A random review on a real workspace: ten of sixty-four, written in the journal, repeated by its seed, each sheet filled."""

import pytest

from app.domain.life import SuggestionState
from app.domain.random_review import ReviewPart, drawn
from app.domain.satisfaction import Satisfaction
from app.domain.suggestion import Suggestion
from app.errors import Refused
from app.queries.random_review import Pool, past_draws, pool_of, review_sheets
from app.use_cases.random_review import draw, fill_sheet, new_seed
from app.use_cases.undo import undo_last
from app.workspace import Workspace
from tests.app.use_cases.problems import problems_of
from tests.builders import save


def some(workspace: Workspace, many: int, year: int = 2026, state: SuggestionState = SuggestionState.REPLIED) -> None:
    new_id = workspace.clock.new_id
    save(workspace, *(Suggestion(id=new_id(), subject=f"建议{n}", text="请办", year=year, state=state) for n in range(many)))


def test_ten_of_sixty_four_are_drawn_noted_and_drawn_again(workspace: Workspace) -> None:
    some(workspace, 64)
    some(workspace, 3, year=2025)
    some(workspace, 2, state=SuggestionState.DRAFT)
    some(workspace, 2, state=SuggestionState.FIRST_REVIEW)
    some(workspace, 2, state=SuggestionState.RETURNED)
    some(workspace, 2, state=SuggestionState.WITHDRAWN)
    assert len(pool_of(workspace, Pool(state=SuggestionState.WITHDRAWN))) == 2
    pool = Pool(year=2026)
    rehearsed = draw(workspace, "zy", 10, pool, rehearsed=True)
    assert (review_sheets(workspace), past_draws(workspace)) == ((), ())
    done = draw(workspace, "zy", 10, pool)
    assert (done.pool, done.suggestions) == (64, rehearsed.suggestions)
    assert done.suggestions == drawn("zy", pool_of(workspace, pool), 10)
    (noted,) = past_draws(workspace)
    assert (noted.seed, noted.pool, noted.drawn, noted.narrowed) == ("zy", 64, done.suggestions, pool)
    assert noted.digest == done.digest
    assert {each.sheet.of for each in review_sheets(workspace)} == set(done.suggestions)
    assert draw(workspace, "zy", 10, noted.narrowed, rehearsed=True).digest == noted.digest


def test_a_sheet_is_filled_in_four_steps_and_taken_back(workspace: Workspace) -> None:
    some(workspace, 4)
    id = draw(workspace, new_seed(), 1).sheets[0]
    (row,) = review_sheets(workspace)
    assert row.done == (ReviewPart.DRAW,)
    fill_sheet(workspace, id, report="已完工", comment="回访不够", test=Satisfaction.BASICALLY_SATISFIED, seen=row.heads)
    (row,) = review_sheets(workspace)
    assert row.done == tuple(ReviewPart)
    undo_last(workspace, id)
    assert review_sheets(workspace)[0].done == (ReviewPart.DRAW,)


def test_more_than_there_are_is_refused(workspace: Workspace) -> None:
    some(workspace, 2)
    with pytest.raises(Refused) as caught:
        draw(workspace, "zy", 3)
    assert problems_of(caught.value) == [("draw_beyond_pool", "many")]
    assert past_draws(workspace) == ()
