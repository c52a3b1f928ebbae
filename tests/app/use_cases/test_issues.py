"""Issues noted, corrected and taken step by step: whole or not at all, as the life allows, and back again."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from app.changes import Changes
from app.domain.handling import Assignment
from app.domain.issue import FeedbackWay, Issue, IssueResult, Route
from app.domain.issue_sheet import sheet_from, sheet_told
from app.domain.issue_steps import ASKS, ROUTES, STEP_DRAFT, StepEntry, entry_told, next_steps
from app.domain.life import ISSUE_LIFE, IssueEvent, IssueState
from app.domain.satisfaction import Satisfaction
from app.domain.step import Step
from app.domain.unit import Unit
from app.domain.values import Id, Json
from app.errors import Refused
from app.queries.issue_card import belonging, issue_card, issue_sheet
from app.queries.record import record_of
from app.storage.tables import CurrentRow
from app.use_cases.drafts import drafts, keep_draft
from app.use_cases.issues import (
    Done,
    draft_key,
    name_unit,
    new_sheet,
    save_issue,
    sheet_to_correct,
    show_person,
    step_issue,
    step_key,
    take_back,
    unsaved_issues,
    unsaved_steps,
)
from app.workspace import Workspace
from tests.app.use_cases.problems import problems_of
from tests.builders import a_contact, an_encounter, an_issue, save

TODAY = date(2026, 11, 21)
E = IssueEvent


@pytest.fixture
def unit(workspace: Workspace) -> Id:
    made = Unit(id=workspace.clock.new_id(), name="示例区住建局")
    save(workspace, made)
    return made.id


def saved(workspace: Workspace, state: IssueState = IssueState.REGISTERED, **told: Any) -> Id:
    issue = an_issue(workspace, words="东街的路灯三个月不亮", state=state, **told)
    save(workspace, issue)
    return issue.id


def issue_of(workspace: Workspace, id: Id) -> Issue:
    return record_of(workspace, Issue, id)


def steps(workspace: Workspace, id: Id) -> list[Step]:
    with workspace.reading() as connection:
        return belonging(connection, Step, id)


def slips(workspace: Workspace, id: Id) -> list[Assignment]:
    with workspace.reading() as connection:
        return belonging(connection, Assignment, id)


def entry(event: IssueEvent, unit: Id, into: Id) -> StepEntry:
    """Everything a step may ask for."""
    given = {
        "unit": unit,
        "merged_into": into,
        "result": IssueResult.SOLVED,
        "satisfaction": Satisfaction.SATISFIED,
        "feedback_way": FeedbackWay.PHONE,
        "call_back_way": FeedbackWay.PHONE,
        "route": next(iter(ROUTES.get(event, ())), ""),
        "archive_number": "档1",
    }
    fields = {name: given[name] for name in ASKS[event].also if name in given}
    return StepEntry(on=TODAY, by="联络员甲", words="说明", fields=fields)


def stands(workspace: Workspace) -> list[tuple[str, str, bool]]:
    """What every record says now."""
    with workspace.reading() as connection:
        rows = connection.execute(select(CurrentRow.id, CurrentRow.body, CurrentRow.deleted).order_by(CurrentRow.no))
        return [(row.id, row.body, row.deleted) for row in rows if not row.deleted]


# --- steps ------------------------------------------------------------------------------------------------------------


def test_every_event_of_the_life_has_its_form_and_none_else() -> None:
    assert set(ASKS) == set(IssueEvent)
    for state in IssueState:
        assert set(next_steps(Issue(id="", state=state))) == set(ISSUE_LIFE.allowed(state))


@pytest.mark.parametrize(("state", "event"), [(state, event) for state, event, _after in ISSUE_LIFE.rows()])
def test_every_allowed_step_is_taken_written_down_and_taken_back(
    workspace: Workspace, unit: Id, state: IssueState, event: IssueEvent
) -> None:
    id, other = saved(workspace, state), saved(workspace)
    before = stands(workspace)
    done = step_issue(workspace, id, event, entry(event, unit, other))
    after = ISSUE_LIFE.after(state, event)
    assert issue_of(workspace, id).state == after
    (step,) = steps(workspace, id)
    assert (step.event, step.from_state, step.to_state, step.by_name, step.on) == (event, state, after, "联络员甲", TODAY)
    assert Changes.ISSUES in done.changes
    assert take_back(workspace, done) == done.changes
    assert stands(workspace) == before


@pytest.mark.parametrize("state", list(IssueState))
def test_no_other_step_is_taken(workspace: Workspace, unit: Id, state: IssueState) -> None:
    id = saved(workspace, state)
    for event in set(IssueEvent) - set(ISSUE_LIFE.allowed(state)):
        with pytest.raises(Refused, match="life_forbids"):
            step_issue(workspace, id, event, entry(event, unit, id))
    assert steps(workspace, id) == []


@pytest.mark.parametrize("event", list(IssueEvent))
def test_a_step_begun_is_kept_as_it_was_typed(workspace: Workspace, unit: Id, event: IssueEvent) -> None:
    issue = an_issue(workspace, "路灯")
    typed = entry(event, unit, issue.id)
    keep_draft(workspace, step_key(issue.id, event), STEP_DRAFT, entry_told(issue, event, typed))
    assert unsaved_steps(workspace, issue.id) == {event: typed}
    assert unsaved_steps(workspace, unit) == {}


def test_a_step_that_a_newer_program_kept_is_left_alone(workspace: Workspace) -> None:
    issue = an_issue(workspace, "路灯")
    told = entry_told(issue, IssueEvent.ACCEPT, StepEntry(on=TODAY))
    wrongs: dict[str, Json] = {"event": "teleport", "on": "soon", "fields": {"colour": "red"}}
    for key, wrong in wrongs.items():
        keep_draft(workspace, f"step:{key}", STEP_DRAFT, {**told, key: wrong})
    assert unsaved_steps(workspace, issue.id) == {}
    assert len(drafts(workspace)) == 3


def test_a_step_that_is_taken_leaves_no_draft(workspace: Workspace) -> None:
    issue = an_issue(workspace, "路灯", state=IssueState.REGISTERED)
    typed = StepEntry(on=TODAY, by="联络员甲")
    save(workspace, issue)
    keep_draft(workspace, step_key(issue.id, IssueEvent.ACCEPT), STEP_DRAFT, entry_told(issue, IssueEvent.ACCEPT, typed))
    step_issue(workspace, issue.id, IssueEvent.ACCEPT, typed)
    assert drafts(workspace) == []


def test_the_long_way_from_the_desk_to_the_file(workspace: Workspace, unit: Id) -> None:
    id, other = saved(workspace), saved(workspace)
    for event in (E.ACCEPT, E.PROPOSE, E.APPROVE, E.ASSIGN, E.SIGN_FOR, E.HANDLE, E.FEED_BACK, E.CALL_BACK, E.CLOSE, E.ARCHIVE):
        step_issue(workspace, id, event, entry(event, unit, other))
    issue = issue_of(workspace, id)
    assert (issue.proposed_handling, issue.proposed_by, issue.approval, issue.approved_by) == (
        "说明",
        "联络员甲",
        "说明",
        "联络员甲",
    )
    assert (issue.unit, issue.assigned_on, issue.due_on) == (unit, TODAY, date(2026, 12, 4))
    assert (issue.result, issue.result_text, issue.feedback, issue.satisfaction) == ("solved", "说明", "说明", "satisfied")
    assert (issue.closed_on, issue.archived_on, issue.archive_number) == (TODAY, TODAY, "档1")
    assert [each.event for each in issue_card(workspace, id).steps][-1] == E.ARCHIVE
    (slip,) = slips(workspace, id)
    assert (slip.unit, slip.signed_for_by, slip.result, slip.account) == (unit, "联络员甲", "solved", "说明")


def test_the_deadline_begins_with_the_assignment(workspace: Workspace, unit: Id) -> None:
    id = saved(workspace, IssueState.APPROVED)
    assert str(issue_card(workspace, id).period) == "10个工作日"
    step_issue(workspace, id, E.ASSIGN, StepEntry(on=date(2026, 11, 23), fields={"unit": unit, "route": Route.COUNTY_DEPARTMENT}))
    card = issue_card(workspace, id)
    assert (card.issue.due_on, card.period, card.unit) == (date(2026, 12, 7), None, "示例区住建局")
    assert card.left is not None
    assert (card.left.days, card.left.working) == (11, True)  # Monday 23 November to Monday 7 December


def test_a_day_set_by_hand_is_the_deadline(workspace: Workspace, unit: Id) -> None:
    id = saved(workspace, IssueState.APPROVED)
    step_issue(workspace, id, E.ASSIGN, StepEntry(on=TODAY, fields={"unit": unit, "due_on": date(2026, 11, 30)}))
    assert issue_of(workspace, id).due_on == date(2026, 11, 30)


def test_what_is_missing_is_told_by_field_and_nothing_is_saved(workspace: Workspace) -> None:
    asked = {
        (IssueState.APPROVED, E.ASSIGN): [("unit_missing", "unit")],
        (IssueState.REGISTERED, E.PROPOSE): [("step_words_missing", "words")],
        (IssueState.ASSIGNED, E.HANDLE): [("step_words_missing", "words"), ("result_missing", "result")],
        (IssueState.FED_BACK, E.CALL_BACK): [("satisfaction_missing", "satisfaction")],
        (IssueState.REGISTERED, E.MERGE): [("merge_target_missing", "merged_into")],
    }
    for (state, event), expected in asked.items():
        id = saved(workspace, state)
        with pytest.raises(Refused, match="incomplete") as told:
            step_issue(workspace, id, event, StepEntry(on=TODAY))
        assert problems_of(told.value) == expected
        assert (issue_of(workspace, id).state, steps(workspace, id)) == (state, [])


def test_nothing_happens_before_it_was_raised(workspace: Workspace, unit: Id) -> None:
    early = StepEntry(on=date(2026, 1, 1), words="说明", fields={"unit": unit})
    with pytest.raises(Refused) as told:
        step_issue(workspace, saved(workspace), E.ACCEPT, early)
    assert problems_of(told.value) == [("step_before_received", "on")]
    with pytest.raises(Refused) as told:
        step_issue(workspace, saved(workspace, IssueState.APPROVED), E.ASSIGN, early)
    assert problems_of(told.value) == [("assigned_before_received", "assigned_on")]


def test_a_matter_never_becomes_part_of_itself(workspace: Workspace) -> None:
    first, second = saved(workspace), saved(workspace)
    step_issue(workspace, first, E.MERGE, StepEntry(on=TODAY, fields={"merged_into": second}))
    for id, into in ((second, first), (second, second)):
        with pytest.raises(Refused) as told:
            step_issue(workspace, id, E.MERGE, StepEntry(on=TODAY, fields={"merged_into": into}))
        assert ("merge_circle", "merged_into") in problems_of(told.value)


def test_opened_again_nothing_of_the_end_is_left(workspace: Workspace, unit: Id) -> None:
    id = saved(workspace, IssueState.APPROVED, proposed_handling="请区住建局办理", approved_by="站长甲")
    for event in (E.ASSIGN, E.HANDLE, E.CLOSE, E.REOPEN):
        step_issue(workspace, id, event, entry(event, unit, ""))
    issue = issue_of(workspace, id)
    assert (issue.state, issue.proposed_handling) == (IssueState.ACCEPTED, "请区住建局办理")
    assert (issue.due_on, issue.unit, issue.result, issue.closed_on, issue.approved_by) == (None, "", "", None, "")


def test_a_step_on_what_somebody_changed_meanwhile_is_refused(workspace: Workspace) -> None:
    id = saved(workspace)
    heads = issue_card(workspace, id).heads
    first = step_issue(workspace, id, E.ACCEPT, StepEntry(on=TODAY), seen=heads)
    with pytest.raises(Refused, match="stale"):
        step_issue(workspace, id, E.PROPOSE, StepEntry(on=TODAY, words="请办理"), seen=heads)
    step_issue(workspace, id, E.PROPOSE, StepEntry(on=TODAY, words="请办理"))
    with pytest.raises(Refused, match="stale"):
        take_back(workspace, first)
    assert issue_of(workspace, id).state == IssueState.PROPOSED


def test_a_unit_is_entered_by_name_once(workspace: Workspace, unit: Id) -> None:
    made = name_unit(workspace, " 示例街道办事处 ")
    assert name_unit(workspace, "示例街道办事处").id == made.id
    assert name_unit(workspace, "示例区住建局").id == unit
    with pytest.raises(Refused) as told:
        name_unit(workspace, " ")
    assert problems_of(told.value) == [("unit_missing", "unit")]


# --- noting and correcting --------------------------------------------------------------------------------------------


def noted(workspace: Workspace, name: str = "群众甲", phone: str = "13800000000", **told: Any) -> Done:
    sheet = new_sheet(workspace)
    assert sheet.met is not None
    assert sheet.contact is not None
    issue = replace(sheet.issue, words="西街积水", **told)
    met = replace(sheet.met, name=name, anonymous=not name)
    return save_issue(workspace, replace(sheet, issue=issue, met=met, contact=replace(sheet.contact, phone=phone)))


def test_an_issue_is_noted_with_its_person_and_taken_back(workspace: Workspace) -> None:
    before = stands(workspace)
    done = noted(workspace)
    card = issue_card(workspace, done.id)
    assert (card.raiser.name, card.raiser.phone, card.raiser.more) == ("群*", "138****0000", True)
    assert (card.issue.state, card.issue.received_on) == (IssueState.REGISTERED, TODAY)
    assert len(done.made) == 3
    take_back(workspace, done)
    assert stands(workspace) == before


def test_nobody_or_nothing_is_not_noted(workspace: Workspace) -> None:
    with pytest.raises(Refused) as told:
        save_issue(workspace, new_sheet(workspace))
    assert problems_of(told.value) == [("visitor_missing", "name"), ("matter_missing", "words")]
    assert issue_card(workspace, noted(workspace, name="", phone="").id).raiser.name == "匿名"


def test_a_correction_rests_on_what_was_seen_and_goes_back(workspace: Workspace) -> None:
    id = noted(workspace).id
    sheet, older = issue_sheet(workspace, id), issue_sheet(workspace, id)
    assert sheet.met is not None
    done = save_issue(
        workspace, replace(sheet, issue=replace(sheet.issue, place="西街口"), met=replace(sheet.met, village="西街社区"))
    )
    assert (issue_of(workspace, id).place, len(done.before), done.made) == ("西街口", 2, ())
    with pytest.raises(Refused, match="stale"):
        save_issue(workspace, replace(older, issue=replace(older.issue, place="东街口")))
    take_back(workspace, done)
    assert issue_of(workspace, id).place == ""
    assert issue_sheet(workspace, id).met == sheet.met


def test_an_issue_of_nobody_stays_so_until_somebody_is_named(workspace: Workspace) -> None:
    id = saved(workspace)
    sheet = issue_sheet(workspace, id)
    save_issue(workspace, replace(sheet, issue=replace(sheet.issue, subject="路灯")))
    assert issue_of(workspace, id).encounter == ""
    again = issue_sheet(workspace, id)
    assert again.met is not None
    save_issue(workspace, replace(again, met=replace(again.met, name="群众乙")))
    assert issue_of(workspace, id).encounter == again.met.id
    assert issue_card(workspace, id).raiser.name == "群*"


def test_confidence_asked_for_holds_for_issue_and_person(workspace: Workspace) -> None:
    done = noted(workspace, confidential=True)
    assert issue_card(workspace, done.id).raiser.name == "要求保密"
    with pytest.raises(Refused, match="person_withheld"):
        show_person(workspace, done.id)


def test_a_name_shown_in_full_is_noted(workspace: Workspace) -> None:
    person = an_encounter(workspace)
    save(workspace, person, a_contact(workspace, person.id))
    id = saved(workspace, encounter=person.id)
    shown = show_person(workspace, id)
    assert (shown.name, shown.phone) == ("群众甲", "13800000000")
    assert [each.event for each in issue_card(workspace, id).changes] == ["saved", "contact_shown"]


def test_what_was_typed_comes_back(workspace: Workspace) -> None:
    id = noted(workspace).id
    sheet = issue_sheet(workspace, id)
    typed = replace(sheet, issue=replace(sheet.issue, words="西街积水，三天了"))
    assert sheet_from(sheet_told(typed)) == typed
    keep_draft(workspace, draft_key(id), "issue", sheet_told(typed))
    keep_draft(workspace, draft_key("x"), "issue", {"issue": 1})
    assert sheet_to_correct(workspace, id).sheet == typed
    assert {each.key: each.sheet for each in unsaved_issues(workspace)} == {draft_key(id): typed, draft_key("x"): None}


# --- the card ---------------------------------------------------------------------------------------------------------


def test_changes_are_told_in_words(workspace: Workspace, unit: Id) -> None:
    id = saved(workspace, IssueState.APPROVED, category="03")
    step_issue(workspace, id, E.ASSIGN, StepEntry(on=TODAY, fields={"unit": unit}))
    first, second = issue_card(workspace, id).changes
    said = {each.field: (each.before, each.after) for each in second.fields}
    assert said["unit"] == ("", "示例区住建局")
    assert said["state"] == (IssueState.APPROVED, IssueState.ASSIGNED)
    assert ("category", "城乡建设") in {(each.field, each.after) for each in first.fields}
    assert (second.by, second.elsewhere) == ("联络员甲", False)


def test_no_change_names_who_may_only_be_masked(workspace: Workspace) -> None:
    for confidential, shown in ((False, "群*"), (True, "要求保密")):
        person = an_encounter(workspace)
        save(workspace, person)
        (first,) = issue_card(workspace, saved(workspace, encounter=person.id, confidential=confidential)).changes
        assert ("encounter", shown) in {(each.field, each.after) for each in first.fields}
