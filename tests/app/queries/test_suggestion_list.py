"""The list of suggestions: page by page, by groups of states, each line ready to be shown."""

from datetime import date
from typing import Any

from app.domain.life import SuggestionState
from app.domain.suggestion import Suggestion
from app.domain.values import Id
from app.queries.suggestion_list import SuggestionGroup, suggestion_counts, suggestion_list
from app.workspace import Workspace
from tests.builders import a_deputy, remove, save


def a_suggestion(workspace: Workspace, subject: str, state: str = "", day: date | None = None, **told: Any) -> Suggestion:
    made = Suggestion(id=workspace.clock.new_id(), subject=subject, state=state, submitted_on=day, **told)
    save(workspace, made)
    return made


def titles(workspace: Workspace, group: SuggestionGroup = SuggestionGroup.ALL) -> list[str]:
    return [row.title for row in suggestion_list(workspace, group).rows]


def test_a_line_tells_lead_state_day_and_grounds(workspace: Workspace) -> None:
    lead = a_deputy(workspace, "代表甲")
    save(workspace, lead)
    issues: tuple[Id, ...] = (workspace.clock.new_id(), workspace.clock.new_id())
    day = date(2026, 3, 1)
    a_suggestion(workspace, "标题", SuggestionState.SUBMITTED, day, lead_deputy=lead.id, issues=issues, in_session=True)
    (row,) = suggestion_list(workspace).rows
    assert (row.title, row.lead, row.state, row.day) == ("标题", "代表甲", SuggestionState.SUBMITTED, day)
    assert (row.grounds, row.in_session) == (2, True)


def test_a_draft_shows_the_day_of_its_last_change_and_no_lead_yet(workspace: Workspace) -> None:
    a_suggestion(workspace, "")
    (row,) = suggestion_list(workspace).rows
    assert (row.state, row.day, row.lead, row.grounds) == (SuggestionState.DRAFT, date(2026, 11, 21), "", 0)


def test_drafts_come_first_then_the_last_submitted(workspace: Workspace) -> None:
    for subject, day in (("早", date(2026, 1, 1)), ("晚", date(2026, 5, 1))):
        a_suggestion(workspace, subject, SuggestionState.SUBMITTED, day)
    a_suggestion(workspace, "草稿一", SuggestionState.DRAFT)
    a_suggestion(workspace, "草稿二", SuggestionState.DRAFT)
    assert titles(workspace) == ["草稿二", "草稿一", "晚", "早"]
    pages = [suggestion_list(workspace, offset=offset, limit=2) for offset in (0, 2, 4)]
    assert [[row.title for row in page.rows] for page in pages] == [["草稿二", "草稿一"], ["晚", "早"], []]
    assert {page.total for page in pages} == {4}


def test_every_state_stands_in_one_group_at_most_and_all_are_counted(workspace: Workspace) -> None:
    for state in ["", *SuggestionState, "coined_later"]:
        a_suggestion(workspace, state, state)
    gone = a_suggestion(workspace, "删去", SuggestionState.DRAFT)
    remove(workspace, gone.id)
    counts = suggestion_counts(workspace)
    found = {group: titles(workspace, group) for group in SuggestionGroup}
    assert {group: len(each) for group, each in found.items()} == dict(counts)
    assert counts[SuggestionGroup.ALL] == len(SuggestionState) + 2
    narrow = [title for group, each in found.items() if group != SuggestionGroup.ALL for title in each]
    assert len(narrow) == len(set(narrow))
    assert set(found[SuggestionGroup.ALL]) - set(narrow) == {
        *("not_processed_as_suggestion", "reference_material", "deputy_letter", "withdrawn", "coined_later")
    }
    assert set(found[SuggestionGroup.DRAFTS]) == {"", "draft", "consultation", "cosigning", "pre_review", "returned"}
