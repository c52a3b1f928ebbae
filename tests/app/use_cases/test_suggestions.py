"""From issues to a draft, from a draft to a submitted text that no longer changes."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from app.domain.congress import Congress
from app.domain.cosignature import Cosignature, CosignatureState, stands
from app.domain.issue import Issue
from app.domain.life import IssueState, SuggestionState
from app.domain.people import Deputy
from app.domain.step import Step
from app.domain.suggestion import Suggestion, digest_of_text
from app.domain.suggestion_sheet import SuggestionSheet
from app.domain.values import Id
from app.errors import AppError, Refused
from app.queries.record import history, record_of
from app.queries.suggestion_card import suggestion_sheet
from app.storage.records import stored_from
from app.storage.tables import CurrentRow, JournalRow
from app.use_cases.suggestion_desk import desk_problems
from app.use_cases.suggestions import (
    amend_suggestion,
    draft_suggestion,
    new_sheet,
    revise_suggestion,
    submit_sheet,
    submit_suggestion,
)
from app.workspace import Workspace
from tests.app.use_cases.problems import problems_of
from tests.builders import a_deputy, an_issue, remove, save

TODAY = date(2026, 11, 21)


@pytest.fixture
def deputy(workspace: Workspace) -> Deputy:
    new_id = workspace.clock.new_id
    lead = a_deputy(workspace, "代表甲", deputy_card_no="HN-1", congress=new_id(), term=new_id(), delegation="某代表团")
    save(workspace, lead)
    return lead


@pytest.fixture
def grounds(workspace: Workspace) -> list[Issue]:
    issues = [an_issue(workspace, "路灯不亮", words="东街的路灯三天不亮"), an_issue(workspace, "停水", words="西街停水")]
    save(workspace, *issues)
    return issues


def drafted(workspace: Workspace, deputy: Deputy, grounds: list[Issue], text: str = "一、情况\n很好") -> Id:
    return draft_suggestion(workspace, title="关于路灯的建议", lead=deputy.id, issues=[each.id for each in grounds], text=text).id


def suggestion(workspace: Workspace, id: Id) -> Suggestion:
    return record_of(workspace, Suggestion, id)


def steps_of(workspace: Workspace, id: Id) -> list[Step]:
    question = select(CurrentRow.__table__).where(CurrentRow.kind == "step").order_by(CurrentRow.no)
    with workspace.reading() as connection:
        found: list[Step] = [stored_from(row).record for row in connection.execute(question)]
    return [each for each in found if each.of == id]


def refused(workspace: Workspace, id: Id) -> AppError:
    """The error a submission is refused with, after which nothing has been written."""
    with workspace.reading() as connection:
        before = connection.execute(select(JournalRow.seq)).all()
    with pytest.raises(AppError) as caught:
        submit_suggestion(workspace, id)
    with workspace.reading() as connection:
        assert connection.execute(select(JournalRow.seq)).all() == before
    return caught.value


def missing(error: AppError) -> list[str]:
    return [code for code, _field in problems_of(error)]


# --- drafting ---------------------------------------------------------------------------------------------------------


def test_a_draft_takes_over_what_follows_from_its_deputy(workspace: Workspace, deputy: Deputy, grounds: list[Issue]) -> None:
    made = suggestion(workspace, drafted(workspace, deputy, grounds))
    assert (made.subject, made.text, made.state, made.year) == ("关于路灯的建议", "一、情况\n很好", SuggestionState.DRAFT, 2026)
    assert (made.lead_deputy, made.receiving_body, made.term) == (deputy.id, deputy.congress, deputy.term)
    assert (made.delegation, made.issues) == ("某代表团", tuple(each.id for each in grounds))


def test_a_draft_without_a_text_begins_with_the_residents_words(
    workspace: Workspace, deputy: Deputy, grounds: list[Issue]
) -> None:
    text = suggestion(workspace, drafted(workspace, deputy, grounds, text=" ")).text
    assert text.index("一、情况") < text.index("东街的路灯三天不亮") < text.index("西街停水") < text.index("二、分析")


@pytest.mark.parametrize("lead", ["代表甲", "HN-1"])
def test_the_lead_is_found_by_name_or_card(workspace: Workspace, deputy: Deputy, lead: str) -> None:
    made = draft_suggestion(workspace, title=" 标题 ", lead=lead, issues=[])
    assert (suggestion(workspace, made.id).lead_deputy, suggestion(workspace, made.id).subject) == (deputy.id, "标题")


def test_an_issue_named_twice_stands_once(workspace: Workspace, deputy: Deputy, grounds: list[Issue]) -> None:
    made = draft_suggestion(workspace, title="a", lead=deputy.id, issues=[grounds[0].id, grounds[1].id, grounds[0].id])
    assert suggestion(workspace, made.id).issues == (grounds[0].id, grounds[1].id)


def test_a_draft_on_nothing_is_refused(workspace: Workspace, deputy: Deputy, grounds: list[Issue]) -> None:
    with pytest.raises(Refused, match="title_missing"):
        draft_suggestion(workspace, title=" ", lead=deputy.id, issues=[])
    with pytest.raises(Refused, match="deputy_unknown"):
        draft_suggestion(workspace, title="a", lead="代表乙", issues=[])
    for other in (workspace.clock.new_id(), deputy.id, "x"):
        with pytest.raises(Refused) as caught:
            draft_suggestion(workspace, title="a", lead=deputy.id, issues=[other])
        assert (caught.value.code, caught.value.facts["id"]) == ("record_missing", other)
    remove(workspace, grounds[0].id)
    with pytest.raises(Refused, match="record_missing"):
        draft_suggestion(workspace, title="a", lead=deputy.id, issues=[grounds[0].id])


# --- submitting -------------------------------------------------------------------------------------------------------


def test_submission_freezes_the_words_and_binds_their_digest(workspace: Workspace, deputy: Deputy, grounds: list[Issue]) -> None:
    id = drafted(workspace, deputy, grounds)
    submit_suggestion(workspace, id)
    made = suggestion(workspace, id)
    assert (made.state, made.submitted_on) == (SuggestionState.SUBMITTED, TODAY)
    assert made.text_digest == digest_of_text(made)
    for changed in (replace(made, text="别的"), replace(made, subject="别的")):
        with pytest.raises(Refused) as caught:
            save(workspace, changed)
        assert (caught.value.code, caught.value.facts) == ("text_frozen", {"id": id, "state": "submitted"})
    save(workspace, replace(made, case_number="县建2026-1"))
    assert suggestion(workspace, id).text == made.text


def test_a_draft_may_still_change(workspace: Workspace, deputy: Deputy, grounds: list[Issue]) -> None:
    id = drafted(workspace, deputy, grounds)
    save(workspace, replace(suggestion(workspace, id), text="改过的"))
    assert suggestion(workspace, id).text == "改过的"


def test_submission_shows_in_every_issue_it_stands_on(workspace: Workspace, deputy: Deputy, grounds: list[Issue]) -> None:
    id = drafted(workspace, deputy, grounds)
    submit_suggestion(workspace, id)
    for issue in grounds:
        assert record_of(workspace, Issue, issue.id).state == IssueState.RAISED
        (step,) = steps_of(workspace, issue.id)
        assert (step.event, step.from_state, step.to_state, step.on) == ("raise", "registered", "raised", TODAY)
        assert step.reason == "关于路灯的建议"
        assert [each.fields.get("state") for each in history(workspace, issue.id)] == [
            (None, "registered"),
            ("registered", "raised"),
        ]
    (step,) = steps_of(workspace, id)
    assert (step.event, step.from_state, step.to_state) == ("submit", "draft", "submitted")


def test_an_issue_that_is_further_on_or_gone_stays_as_it_is(workspace: Workspace, deputy: Deputy, grounds: list[Issue]) -> None:
    id = drafted(workspace, deputy, grounds)
    save(workspace, replace(grounds[0], state=IssueState.CLOSED))
    remove(workspace, grounds[1].id)
    submit_suggestion(workspace, id)
    assert record_of(workspace, Issue, grounds[0].id).state == IssueState.CLOSED
    assert steps_of(workspace, grounds[0].id) == steps_of(workspace, grounds[1].id) == []


def test_an_empty_last_part_is_a_hint_that_stops_nobody(workspace: Workspace, deputy: Deputy, grounds: list[Issue]) -> None:
    begun = draft_suggestion(workspace, title="关于路灯的建议", lead=deputy.id, issues=[grounds[0].id])
    assert [each.code for each in submit_suggestion(workspace, begun.id).hints] == ["requests_missing"]


def test_a_congress_that_nothing_places_is_told_before_it_is_too_late(
    workspace: Workspace, deputy: Deputy, grounds: list[Issue]
) -> None:
    congress = Congress(id=workspace.clock.new_id(), name="示例市人民代表大会")
    save(workspace, congress, replace(deputy, congress=congress.id))
    begun = draft_suggestion(workspace, title="关于路灯的建议", lead=deputy.id, issues=(), text="请修好东街的路灯。")
    sheet = suggestion_sheet(workspace, begun.id)
    assert sheet.suggestion.receiving_body == congress.id
    (told,) = [each for each in desk_problems(workspace, sheet) if each.code == "congress_unplaced"]
    assert (told.hint, told.facts) == (True, {"name": "示例市人民代表大会"})
    assert "congress_unplaced" in [each.code for each in submit_suggestion(workspace, begun.id).hints]


def test_a_suggestion_is_submitted_once(workspace: Workspace, deputy: Deputy, grounds: list[Issue]) -> None:
    id = drafted(workspace, deputy, grounds)
    submit_suggestion(workspace, id)
    error = refused(workspace, id)
    assert (error.code, error.facts["state"]) == ("life_forbids", "submitted")


def test_what_is_no_suggestion_is_not_submitted(workspace: Workspace, deputy: Deputy) -> None:
    assert refused(workspace, workspace.clock.new_id()).code == "record_missing"
    assert refused(workspace, deputy.id).code == "record_missing"


def test_a_submission_needs_title_text_and_a_lead_who_holds_the_mandate(workspace: Workspace, deputy: Deputy) -> None:
    id = drafted(workspace, deputy, [])
    whole = suggestion(workspace, id)
    save(workspace, replace(whole, subject=" ", text="\n"))
    assert missing(refused(workspace, id)) == ["title_missing", "text_missing"]
    save(workspace, replace(whole, lead_deputy=""))
    assert missing(refused(workspace, id)) == ["lead_deputy_missing"]
    save(workspace, whole, replace(deputy, status="ended", ended_on=date(2026, 11, 1)))
    assert missing(refused(workspace, id)) == ["lead_deputy_ended"]
    remove(workspace, deputy.id)
    assert missing(refused(workspace, id)) == ["lead_deputy_missing"]
    assert suggestion(workspace, id).lead_deputy == deputy.id


def test_a_submission_that_fails_at_an_issue_leaves_the_draft_a_draft(
    workspace: Workspace, deputy: Deputy, grounds: list[Issue], monkeypatch: pytest.MonkeyPatch
) -> None:
    id = drafted(workspace, deputy, grounds)

    def fail(*given: object) -> None:
        raise Refused("cancelled")

    monkeypatch.setattr("app.use_cases.suggestions._raise_issue", fail)
    assert refused(workspace, id).code == "cancelled"
    assert suggestion(workspace, id).state == SuggestionState.DRAFT


# --- at the desk ------------------------------------------------------------------------------------------------------


def asked(workspace: Workspace, sheet: SuggestionSheet, deputy: Deputy, **told: Any) -> Cosignature:
    usual: dict[str, Any] = {"state": CosignatureState.ASKED, "order": 1}
    return Cosignature(id=workspace.clock.new_id(), suggestion=sheet.id, deputy=deputy.id, **{**usual, **told})


def typed(sheet: SuggestionSheet, *signers: Cosignature, **fields: Any) -> SuggestionSheet:
    return replace(sheet, suggestion=replace(sheet.suggestion, **fields), signers=signers or sheet.signers)


def saved(workspace: Workspace, deputy: Deputy, *grounds: Issue) -> SuggestionSheet:
    begun = new_sheet(workspace, [each.id for each in grounds])
    whole = typed(begun, subject=" 关于路灯的建议 ", lead_deputy=deputy.id, text="一、情况\n很好")
    return amend_suggestion(workspace, whole).sheet


def test_a_new_sheet_begins_with_the_words_of_its_grounds_and_is_not_saved(workspace: Workspace, grounds: list[Issue]) -> None:
    sheet = new_sheet(workspace, [grounds[0].id, grounds[0].id])
    assert sheet.suggestion.issues == (grounds[0].id,)
    assert "东街的路灯三天不亮" in sheet.suggestion.text
    assert not sheet.stored
    with pytest.raises(Refused, match="record_missing"):
        record_of(workspace, Suggestion, sheet.id)
    assert new_sheet(workspace).suggestion.text == ""


def test_saving_takes_over_what_follows_from_the_lead(workspace: Workspace, deputy: Deputy) -> None:
    sheet = saved(workspace, deputy)
    made = suggestion(workspace, sheet.id)
    assert (made.subject, made.state, made.year) == ("关于路灯的建议", SuggestionState.DRAFT, 2026)
    assert (made.receiving_body, made.term, made.delegation) == (deputy.congress, deputy.term, "某代表团")
    assert sheet.stored
    assert sheet.suggestion == made


def test_saving_again_stands_on_what_was_seen(workspace: Workspace, deputy: Deputy) -> None:
    first = saved(workspace, deputy)
    second = amend_suggestion(workspace, typed(first, text="改过的")).sheet
    assert suggestion(workspace, first.id).text == "改过的"
    with pytest.raises(Refused, match="stale"):
        amend_suggestion(workspace, typed(first, text="别人没看到的"))
    assert suggestion_sheet(workspace, first.id) == second


def test_saving_needs_a_title_and_open_words(workspace: Workspace, deputy: Deputy) -> None:
    with pytest.raises(Refused) as caught:
        amend_suggestion(workspace, typed(new_sheet(workspace), subject=" "))
    assert missing(caught.value) == ["title_missing"]
    sheet = saved(workspace, deputy)
    submit_suggestion(workspace, sheet.id)
    with pytest.raises(Refused, match="text_frozen"):
        amend_suggestion(workspace, typed(suggestion_sheet(workspace, sheet.id), remarks="改"))


def test_asking_somebody_to_sign_begins_the_cosigning(workspace: Workspace, deputy: Deputy) -> None:
    other = a_deputy(workspace, "代表乙")
    save(workspace, other)
    sheet = saved(workspace, deputy)
    after = amend_suggestion(workspace, typed(sheet, asked(workspace, sheet, other))).sheet
    assert after.suggestion.state == SuggestionState.COSIGNING
    (step,) = steps_of(workspace, sheet.id)
    assert (step.event, step.from_state, step.to_state, step.on) == ("cosign", "draft", "cosigning", TODAY)
    again = amend_suggestion(workspace, typed(after, text="再改")).sheet
    assert len(steps_of(workspace, sheet.id)) == 1
    assert [each.deputy for each in again.signers] == [other.id]


def test_a_signature_is_bound_to_the_words_it_was_given_for(workspace: Workspace, deputy: Deputy) -> None:
    other = a_deputy(workspace, "代表乙")
    save(workspace, other)
    sheet = saved(workspace, deputy)
    signer = asked(workspace, sheet, other, state=CosignatureState.SIGNED)
    after = amend_suggestion(workspace, typed(sheet, signer, text="新的")).sheet
    (signed,) = after.signers
    assert (stands(signed, after.suggestion), signed.signed_on) == (True, TODAY)
    changed = amend_suggestion(workspace, typed(after, text="又改")).sheet
    assert not stands(changed.signers[0], changed.suggestion)


def test_who_is_not_on_the_sheet_any_more_is_taken_out(workspace: Workspace, deputy: Deputy) -> None:
    other = a_deputy(workspace, "代表乙")
    save(workspace, other)
    sheet = saved(workspace, deputy)
    after = amend_suggestion(workspace, typed(sheet, asked(workspace, sheet, other))).sheet
    last = amend_suggestion(workspace, replace(after, signers=())).sheet
    assert last.signers == ()
    assert suggestion(workspace, sheet.id).state == SuggestionState.COSIGNING


def test_what_was_typed_is_saved_and_submitted_or_neither(workspace: Workspace, deputy: Deputy, grounds: list[Issue]) -> None:
    sheet = saved(workspace, deputy, *grounds)
    with pytest.raises(Refused) as caught:
        submit_sheet(workspace, typed(sheet, text=" "))
    assert missing(caught.value) == ["text_missing"]
    assert suggestion_sheet(workspace, sheet.id) == sheet
    done = submit_sheet(workspace, typed(sheet, text="最后的"))
    assert (done.sheet.suggestion.text, done.sheet.suggestion.state) == ("最后的", SuggestionState.SUBMITTED)
    assert record_of(workspace, Issue, grounds[0].id).state == IssueState.RAISED


def test_a_returned_suggestion_may_be_written_at_again(workspace: Workspace, deputy: Deputy) -> None:
    sheet = submit_sheet(workspace, saved(workspace, deputy)).sheet
    with pytest.raises(Refused, match="life_forbids"):
        revise_suggestion(workspace, sheet.id)
    save(workspace, replace(sheet.suggestion, state=SuggestionState.RETURNED))
    opened = revise_suggestion(workspace, sheet.id).sheet.suggestion
    assert (opened.state, opened.submitted_on, opened.text_digest) == (SuggestionState.DRAFT, None, "")
    assert [each.event for each in steps_of(workspace, sheet.id)] == ["submit", "revise"]
