"""Two issues said to be the same, related or different: shown at both, never lost, taken back like any other change."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from app.domain.attachment import Attachment
from app.domain.handling import Assignment
from app.domain.issue import Issue, Route
from app.domain.issue_sheet import sheet_from, sheet_told
from app.domain.issue_steps import StepEntry
from app.domain.life import ISSUE_LIFE, IssueEvent, IssueState
from app.domain.matters import Likeness, judged, likeness_of, spoken_of
from app.domain.step import Step
from app.domain.values import Id
from app.domain.visit import Visit, VisitKind
from app.domain.visit_sheet import VisitSheet
from app.errors import Refused
from app.queries.issue_card import belonging, issue_card
from app.queries.record import record_of
from app.queries.similar import compared_issue, similar_issues
from app.use_cases.issues import new_sheet, save_issue, step_issue, take_back
from app.use_cases.matters import judge
from app.use_cases.receptions import save_visit
from app.use_cases.undo import undo_last
from app.workspace import Workspace
from tests.builders import a_visitor_line, an_encounter, an_issue, save

DAY = date(2026, 11, 21)
WORDS = "东街菜场到示例小学这一段的路灯三个月不亮"
E, S, L = IssueEvent, IssueState, Likeness


def two(workspace: Workspace) -> tuple[Id, Id]:
    """Two issues that sound alike."""
    issues = [an_issue(workspace, subject, words=WORDS, state=S.REGISTERED) for subject in ("路灯", "东街的灯")]
    save(workspace, *issues)
    return issues[0].id, issues[1].id


def issue_of(workspace: Workspace, id: Id) -> Issue:
    return record_of(workspace, Issue, id)


def related(workspace: Workspace, id: Id) -> Sequence[Id]:
    return [each.id for each in issue_card(workspace, id).related]


def alike(workspace: Workspace, id: Id) -> list[Id]:
    """What is offered beside an issue."""
    besides = {id, *spoken_of(issue_of(workspace, id))}
    return [each.id for each in similar_issues(workspace, WORDS, besides, to=id)]


# --- what is merged, and taken apart again -------------------------------------------------------------------------------


@pytest.mark.parametrize("state", [state for state in S if E.MERGE in ISSUE_LIFE.allowed(state)])
def test_what_is_merged_and_taken_apart_again_is_what_it_was(workspace: Workspace, state: IssueState) -> None:
    into = an_issue(workspace, "东街的灯", state=S.ASSIGNED)
    whole = an_issue(
        workspace,
        "路灯",
        words=WORDS,
        state=state,
        route=Route.VILLAGE,
        proposed_handling="请市政站修",
        proposed_by="甲",
        proposed_on=DAY,
        approved_by="乙",
        approved_on=DAY,
        approval="同意",
        received_on=DAY,
    )
    files = [Attachment(id=workspace.clock.new_id(), of=each.id, name=f"{each.subject}.jpg") for each in (into, whole)]
    slip = Assignment(id=workspace.clock.new_id(), of=whole.id, number="交9", round=1)
    save(workspace, into, whole, *files, slip)
    before = [issue_of(workspace, each.id) for each in (into, whole)]

    step_issue(workspace, whole.id, E.MERGE, StepEntry(on=DAY, by="甲", fields={"merged_into": into.id}))
    merged = issue_of(workspace, whole.id)
    assert (merged.state, merged.merged_into) == (S.MERGED, into.id)
    assert [each.id for each in issue_card(workspace, into.id).joined] == [whole.id]
    step_issue(workspace, whole.id, E.UNMERGE, StepEntry(on=DAY, by="乙", words="不是同一处"))

    assert [issue_of(workspace, each.id) for each in (into, whole)] == before
    assert issue_card(workspace, into.id).joined == ()
    for each, file in zip((into, whole), files, strict=True):
        assert issue_card(workspace, each.id).attachments == (file,)
    assert [each.slip for each in issue_card(workspace, whole.id).slips] == [slip]
    told = [(each.event, each.from_state, each.to_state, each.by_name, each.reason) for each in steps(workspace, whole.id)]
    assert told == [(E.MERGE, state, S.MERGED, "甲", ""), (E.UNMERGE, S.MERGED, state, "乙", "不是同一处")]


def steps(workspace: Workspace, id: Id) -> list[Step]:
    with workspace.reading() as connection:
        return belonging(connection, Step, id)


def test_what_was_merged_by_another_program_without_a_step_stands_accepted(workspace: Workspace) -> None:
    issue = an_issue(workspace, state=S.MERGED, merged_into=workspace.clock.new_id())
    save(workspace, issue)
    step_issue(workspace, issue.id, E.UNMERGE, StepEntry(on=DAY, words="分开"))
    assert (issue_of(workspace, issue.id).state, issue_of(workspace, issue.id).merged_into) == (S.ACCEPTED, "")


# --- a word about two that stand ----------------------------------------------------------------------------------------


def test_what_is_related_is_shown_at_both_and_not_offered_again(workspace: Workspace) -> None:
    first, second = two(workspace)
    assert (alike(workspace, first), alike(workspace, second)) == ([second], [first])
    done = judge(workspace, first, second, L.RELATED)
    assert (related(workspace, first), related(workspace, second)) == ([second], [first])
    assert alike(workspace, first) == []
    judge(workspace, second, first, L.UNDECIDED)
    assert (related(workspace, first), related(workspace, second)) == ([], [])
    undo_last(workspace, first)
    assert related(workspace, second) == [first]
    undo_last(workspace, first)
    take_back(workspace, judge(workspace, first, second, L.RELATED))
    assert related(workspace, second) == []
    assert done.id == first


def test_what_is_different_is_remembered_from_both_sides_until_that_is_undone(workspace: Workspace) -> None:
    first, second = two(workspace)
    judge(workspace, first, second, L.RELATED)
    judge(workspace, first, second, L.DIFFERENT)
    assert (alike(workspace, first), alike(workspace, second), related(workspace, second)) == ([], [], [])
    undo_last(workspace, first)
    assert related(workspace, second) == [first]


def test_the_same_matter_is_merged_and_compared_before(workspace: Workspace) -> None:
    first, second = two(workspace)
    assert compared_issue(workspace, first).issue.words == WORDS
    judge(workspace, second, first, L.SAME)
    assert (issue_of(workspace, second).state, issue_of(workspace, second).merged_into) == (S.MERGED, first)
    with pytest.raises(Refused) as told:
        judge(workspace, first, first, L.RELATED)
    assert told.value.code == "incomplete"
    with pytest.raises(Refused) as told:
        compared_issue(workspace, workspace.clock.new_id())
    assert told.value.code == "record_missing"


# --- a word about one that is not saved yet -----------------------------------------------------------------------------


def test_a_word_said_while_it_is_typed_lies_in_the_draft_and_is_done_when_it_is_saved(workspace: Workspace) -> None:
    first, second = two(workspace)
    sheet = new_sheet(workspace)
    issue = replace(sheet.issue, words="菜场的路灯也不亮")
    for other, likeness in ((first, L.SAME), (second, L.RELATED)):
        issue = judged(issue, other, likeness)
        assert likeness_of(issue, other) is likeness
    sheet = sheet_from(sheet_told(replace(sheet, issue=issue, met=None, contact=None)))
    done = save_issue(workspace, sheet)
    stands = issue_of(workspace, sheet.id)
    assert (stands.state, stands.merged_into, stands.words) == (S.MERGED, first, "菜场的路灯也不亮")
    assert [each.event for each in steps(workspace, sheet.id)] == [E.MERGE]
    assert related(workspace, second) == [sheet.id]
    take_back(workspace, done)
    assert issue_card(workspace, first).joined == ()


def test_a_word_can_be_taken_back_before_it_is_saved() -> None:
    plain = Issue(id="1", related=("2", "3"))
    assert judged(judged(plain, "4", L.SAME), "4", L.UNDECIDED) == plain
    assert judged(plain, "2", L.DIFFERENT) == Issue(id="1", related=("3",), different=("2",))
    assert spoken_of(judged(plain, "4", L.SAME)) == {"2", "3", "4"}
    merged = Issue(id="1", state=S.MERGED, merged_into="2")
    assert judged(merged, "2", L.UNDECIDED) == merged


def test_a_matter_at_the_desk_joins_where_the_other_one_went_and_brings_its_visitor(workspace: Workspace) -> None:
    first, second = two(workspace)
    judge(workspace, second, first, L.SAME)
    line = a_visitor_line(workspace, words=WORDS)
    line = replace(line, issues=tuple(judged(each, second, L.SAME) for each in line.issues))
    visit = Visit(id=workspace.clock.new_id(), visit_kind=VisitKind.RECEPTION, on=DAY)
    saved = save_visit(workspace, VisitSheet(visit=visit, lines=(line,)))
    (issue,) = saved.sheet.issues()
    assert (issue.state, issue.merged_into) == (S.MERGED, first)
    assert issue_card(workspace, issue.id).raiser.name == "来*"
    again = save_visit(workspace, saved.sheet, saved.seen)
    assert (again.sheet, len(steps(workspace, issue.id))) == (saved.sheet, 1)


def test_what_was_to_be_joined_and_is_gone_leaves_the_new_one_by_itself(workspace: Workspace) -> None:
    sheet = new_sheet(workspace)
    met = an_encounter(workspace)
    issue = judged(replace(sheet.issue, words=WORDS), workspace.clock.new_id(), L.SAME)
    save_issue(workspace, replace(sheet, issue=issue, met=replace(met, id=sheet.met.id if sheet.met else ""), contact=None))
    assert (issue_of(workspace, sheet.id).state, issue_of(workspace, sheet.id).merged_into) == (S.REGISTERED, "")
