"""Figures of reviews: the list behind each is as long as the figure says, and the table tells of what it is a share."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random

import pytest
from openpyxl import load_workbook

from app.domain.congress import Congress
from app.domain.review import RefusalCode, Review, ReviewOutcome, ReviewStage
from app.domain.suggestion import Suggestion
from app.errors import Refused
from app.messages.shares import share_told
from app.queries.suggestion_list import Narrowing, SuggestionGroup, suggestion_list
from app.queries.suggestion_outcomes import Outcomes, Share, outcome_book, suggestion_outcomes
from app.use_cases.outcome_table import save_outcomes
from app.workspace import Workspace
from tests.builders import save

DAY = date(2026, 3, 1)


def shares(found: Outcomes) -> Iterator[Share]:
    yield from (found.submitted, found.accepted, found.again)
    yield from (*found.stages.values(), *found.ended.values(), *found.refused.values())


@pytest.fixture
def bodies(workspace: Workspace) -> list[Congress]:
    """Two congresses, forty suggestions of three years and their reviews, some of them several."""
    chance, new_id = Random("审查"), workspace.clock.new_id
    found = [Congress(id=new_id(), name=name) for name in ("示例区人民代表大会", "示例市人民代表大会")]
    save(workspace, *found)
    for number in range(40):
        one = Suggestion(
            id=new_id(),
            subject=f"第{number}件",
            year=chance.choice((2024, 2025, 2026)),
            receiving_body=chance.choice(found).id,
            submitted_on=DAY if number % 5 else None,
            accepted_on=DAY if number % 3 == 1 else None,
        )
        reviews = [
            Review(
                id=new_id(),
                suggestion=one.id,
                stage=chance.choice(list(ReviewStage)),
                round=round,
                outcome=(outcome := chance.choice(list(ReviewOutcome))),
                refusal_code=chance.choice(list(RefusalCode)) if outcome == ReviewOutcome.NOT_PROCESSED else "",
            )
            for round in range(1, chance.randint(1, 4))
        ]
        save(workspace, one, *reviews)
    return found


@pytest.mark.parametrize("year", [0, 2025])
@pytest.mark.parametrize("place", [None, 0, 1])
def test_the_list_behind_a_figure_is_as_long_as_the_figure(
    workspace: Workspace, bodies: list[Congress], year: int, place: int | None
) -> None:
    body = "" if place is None else bodies[place].id
    found = suggestion_outcomes(workspace, year=year, body=body)
    assert found.ended
    for share in shares(found):
        listed = suggestion_list(workspace, SuggestionGroup.ALL, Narrowing(counted=share.counted))
        assert listed.total == share.many, share
        assert share.many <= share.whole or not share.whole


def test_what_a_figure_is_a_share_of_is_counted_as_well(workspace: Workspace, bodies: list[Congress]) -> None:
    found = suggestion_outcomes(workspace)
    assert found.accepted.whole == found.submitted.many
    assert {share.whole for (stage, _outcome), share in found.ended.items() if stage == ReviewStage.FIRST_REVIEW} == {
        found.stages[ReviewStage.FIRST_REVIEW].many
    }
    assert len({share.whole for share in found.refused.values()}) == 1


def test_years_and_congresses_add_up(workspace: Workspace, bodies: list[Congress]) -> None:
    book = outcome_book(workspace)
    assert book.years == (2026, 2025, 2024)
    assert sum(row.submitted.many for row in book.rows) == suggestion_outcomes(workspace).submitted.many == 32
    assert set(book.bodies.values()) == {each.name for each in bodies}


def test_the_table_tells_every_count_with_its_base(workspace: Workspace, bodies: list[Congress], tmp_path: Path) -> None:
    path = tmp_path / "统计.xlsx"
    saved = save_outcomes(workspace, path)
    sheet, other = load_workbook(path).worksheets
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert (len(rows), saved.noted, other.title) == (saved.records, True, "代表评价统计")
    for row in rows:
        if row[7]:
            assert row[7] == f"{100 * int(str(row[4])) / int(str(row[5])):.1f}%"
            assert row[6]
    with pytest.raises(Refused) as caught:
        save_outcomes(workspace, tmp_path / "统计.csv")
    assert caught.value.code == "table_format"


def test_a_share_tells_count_whole_and_percentage() -> None:
    assert share_told(19, 22) == "共22，其中19（86.4%）"
    assert share_told(1234, 0) == "1,234"
