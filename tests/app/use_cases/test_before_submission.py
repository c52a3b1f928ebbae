"""Talks and pre-reviews before submission, and a withdrawal: recorded with who and when, optional by the profile."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.domain.congress import Congress
from app.domain.cosignature import SigningWay
from app.domain.cosigning import Withdrawal
from app.domain.life import SuggestionState
from app.domain.own_profile import OwnProfile
from app.domain.review import Review, ReviewOutcome, ReviewStage, TalkWay
from app.domain.review_remarks import Remarks, remark_on, written
from app.domain.suggestion import Suggestion
from app.domain.unit import Unit
from app.errors import Refused
from app.queries.attachments import attachments_of
from app.queries.record import record_of
from app.queries.suggestion_card import suggestion_card
from app.storage import drafts as kept_drafts
from app.storage.drafts import Draft
from app.use_cases.attachment_desk import Offered, attach
from app.use_cases.consultations import TalkSheet, new_talk, record_talk, remove_talk, talk_kept, talk_key, talk_told
from app.use_cases.drafts import drafts
from app.use_cases.issues import take_back
from app.use_cases.reviews import Sent, record_review, review_kept, review_told, send_to_pre_review
from app.use_cases.rules import follow_profile, keep_profile
from app.use_cases.suggestions import submit_suggestion
from app.use_cases.trash import restore
from app.use_cases.withdrawal import agree_to_withdrawal, withdraw, withdrawal_kept, withdrawal_told
from app.workspace import Workspace
from tests.app.use_cases.cosigners import (
    TEXT,
    TODAY,
    Drafted,
    a_drafted,
    a_scan,
    ask_all,
    prepared,
    rewrite,
    sign_on_paper,
    words,
)
from tests.app.use_cases.problems import problems_of
from tests.builders import save


@pytest.fixture
def drafted(workspace: Workspace) -> Drafted:
    return a_drafted(workspace)


@pytest.fixture
def unit(workspace: Workspace) -> Unit:
    made = Unit(id=workspace.clock.new_id(), name="示例县城管局")
    save(workspace, made)
    return made


def a_talk(workspace: Workspace, drafted: Drafted, unit: Unit) -> TalkSheet:
    begun = new_talk(workspace, words(workspace, drafted))
    told: dict[str, Any] = {"unit": unit.id, "way": TalkWay.FACE_TO_FACE, "place": "联络站", "unit_people": "张科长"}
    return replace(begun, talk=replace(begun.talk, account="经费已列入明年计划", conclusion="可以提出", **told))


def a_review(workspace: Workspace, drafted: Drafted, outcome: str = ReviewOutcome.PASSED, **told: Any) -> Review:
    usual: dict[str, Any] = {
        "stage": ReviewStage.PRE_REVIEW,
        "body": "一团",
        "reviewer": "李某某",
        "decided_on": TODAY,
    }
    return Review(id=workspace.clock.new_id(), suggestion=drafted.id, outcome=outcome, **{**usual, **told})


@pytest.fixture
def bare_profile(workspace: Workspace, drafted: Drafted) -> None:
    """A congress that takes neither step, and lets nobody withdraw once it was assigned."""
    congress = Congress(id=workspace.clock.new_id(), name="示例县人民代表大会")
    save(workspace, congress, replace(words(workspace, drafted), receiving_body=congress.id))
    source = "示例县办法第三条"
    told = {name: text for each in ("consultation", "pre_review") for name, text in ((each, "no"), (f"{each}_source", source))}
    told |= {"withdrawal_until": "assigned", "withdrawal_until_source": source}
    own: Any = OwnProfile
    kept = keep_profile(workspace, own(id="", name="示例县", base="hunan-county", **told))
    follow_profile(workspace, congress.id, kept.id)


# --- talks ------------------------------------------------------------------------------------------------------------


def test_a_talk_is_written_down_with_who_when_and_what_they_said(workspace: Workspace, drafted: Drafted, unit: Unit) -> None:
    record_talk(workspace, a_talk(workspace, drafted, unit))
    (talk,) = prepared(workspace, drafted).talks
    assert (talk.unit, talk.consultation.on, talk.consultation.unit_people) == ("示例县城管局", TODAY, "张科长")
    assert talk.consultation.deputies == (drafted.lead.id,)
    assert words(workspace, drafted).state == SuggestionState.CONSULTATION
    course = suggestion_card(workspace, drafted.id).course
    assert [(str(each.code), each.reason) for each in course[:2]] == [("draft", ""), ("consultation", "可以提出")]


def test_a_second_talk_leaves_the_state_and_a_correction_stays_one_talk(
    workspace: Workspace, drafted: Drafted, unit: Unit
) -> None:
    record_talk(workspace, a_talk(workspace, drafted, unit))
    ask_all(workspace, drafted)
    record_talk(workspace, a_talk(workspace, drafted, unit))
    assert words(workspace, drafted).state == SuggestionState.COSIGNING
    first = prepared(workspace, drafted).talks[0]
    record_talk(workspace, TalkSheet(talk=replace(first.consultation, place="现场"), heads=first.heads))
    assert [each.consultation.place for each in prepared(workspace, drafted).talks] == ["现场", "联络站"]
    with pytest.raises(Refused, match="stale"):
        record_talk(workspace, TalkSheet(talk=replace(first.consultation, place="别处"), heads=first.heads))


def test_a_talk_needs_unit_day_and_words(workspace: Workspace, drafted: Drafted, unit: Unit) -> None:
    whole = a_talk(workspace, drafted, unit)
    empty = replace(whole, talk=replace(whole.talk, unit="", on=None, account=" ", conclusion=""))
    with pytest.raises(Refused) as caught:
        record_talk(workspace, empty)
    assert problems_of(caught.value) == [("talk_unit_missing", "unit"), ("day_missing", "on"), ("talk_empty", "account")]
    with pytest.raises(Refused) as caught:
        record_talk(workspace, replace(whole, talk=replace(whole.talk, on=date(2026, 11, 22))))
    assert problems_of(caught.value) == [("day_ahead", "on")]
    assert words(workspace, drafted).state == SuggestionState.DRAFT


def test_a_talk_is_taken_back_and_one_removed_lies_in_the_trash(workspace: Workspace, drafted: Drafted, unit: Unit) -> None:
    done = record_talk(workspace, a_talk(workspace, drafted, unit))
    take_back(workspace, done)
    assert prepared(workspace, drafted).talks == ()
    assert words(workspace, drafted).state == SuggestionState.DRAFT
    record_talk(workspace, a_talk(workspace, drafted, unit))
    (talk,) = prepared(workspace, drafted).talks
    assert remove_talk(workspace, talk.consultation.id).suggestion == drafted.id
    assert prepared(workspace, drafted).talks == ()
    restore(workspace, talk.consultation.id)
    assert len(prepared(workspace, drafted).talks) == 1


def test_what_is_typed_at_a_talk_is_kept_and_gone_once_it_is_saved(workspace: Workspace, drafted: Drafted, unit: Unit) -> None:
    sheet, key = a_talk(workspace, drafted, unit), talk_key(drafted.id)
    with workspace.writing() as books:
        draft = Draft(key, "consultation", talk_told(sheet), workspace.clock.now())
        kept_drafts.keep(books.connection, draft, workspace.author.op)
    (kept,) = drafts(workspace)
    assert talk_kept(kept.body) == sheet
    record_talk(workspace, sheet)
    assert drafts(workspace) == []


@pytest.mark.usefixtures("bare_profile")
def test_a_congress_without_these_steps_takes_none_of_them(workspace: Workspace, drafted: Drafted, unit: Unit) -> None:
    with pytest.raises(Refused, match="step_not_taken"):
        record_talk(workspace, a_talk(workspace, drafted, unit))
    with pytest.raises(Refused, match="step_not_taken"):
        send_to_pre_review(workspace, drafted.id, Sent(on=TODAY))
    with pytest.raises(Refused, match="step_not_taken"):
        record_review(workspace, a_review(workspace, drafted))
    submit_suggestion(workspace, drafted.id)


# --- pre-review ---------------------------------------------------------------------------------------------------------


def test_a_draft_is_sent_passes_and_is_submitted(workspace: Workspace, drafted: Drafted) -> None:
    send_to_pre_review(workspace, drafted.id, Sent(on=TODAY, to="一团"))
    assert words(workspace, drafted).state == SuggestionState.PRE_REVIEW
    record_review(workspace, a_review(workspace, drafted))
    (review,) = prepared(workspace, drafted).pre_reviews
    assert (review.round, review.reviewer, review.decided_on) == (1, "李某某", TODAY)
    assert words(workspace, drafted).state == SuggestionState.PRE_REVIEW
    submit_suggestion(workspace, drafted.id)


def test_one_returned_comes_with_help_and_is_written_at_again(workspace: Workspace, drafted: Drafted) -> None:
    help_given = written(Remarks(single=(remark_on(TEXT, 2, "请写明盏数"),), whole="标题宜短"))
    done = record_review(workspace, a_review(workspace, drafted, ReviewOutcome.RETURNED, help_given=help_given))
    assert words(workspace, drafted).state == SuggestionState.DRAFT
    events = [str(each.code) for each in suggestion_card(workspace, drafted.id).course]
    assert events[:3] == ["draft", "pre_review", "draft"]
    take_back(workspace, done)
    assert prepared(workspace, drafted).pre_reviews == ()
    record_review(workspace, a_review(workspace, drafted, ReviewOutcome.RETURNED, help_given=help_given))
    rewrite(workspace, drafted, TEXT + "共12盏。")
    record_review(workspace, a_review(workspace, drafted))
    rounds = [(each.round, str(each.outcome)) for each in prepared(workspace, drafted).pre_reviews]
    assert rounds == [(1, "returned"), (2, "passed")]


def test_a_review_says_who_and_what_and_one_after_submission_is_another_matter(workspace: Workspace, drafted: Drafted) -> None:
    empty = Review(id=workspace.clock.new_id(), suggestion=drafted.id, stage=ReviewStage.PRE_REVIEW)
    with pytest.raises(Refused) as caught:
        record_review(workspace, empty)
    assert problems_of(caught.value) == [("outcome_missing", "outcome"), ("reviewer_missing", "body")]
    with pytest.raises(Refused) as caught:
        record_review(workspace, a_review(workspace, drafted, ReviewOutcome.RETURNED, decided_on=date(2027, 1, 1)))
    assert problems_of(caught.value) == [("day_ahead", "decided_on"), ("help_missing", "help_given")]
    with pytest.raises(Refused, match="stage_elsewhere"):
        record_review(workspace, a_review(workspace, drafted, stage=ReviewStage.FIRST_REVIEW))
    submit_suggestion(workspace, drafted.id)
    with pytest.raises(Refused, match="text_frozen"):
        record_review(workspace, a_review(workspace, drafted))
    review = a_review(workspace, drafted)
    assert review_kept(review_told(review)) == review


# --- withdrawal ---------------------------------------------------------------------------------------------------------


def test_everybody_who_signed_must_agree_and_it_is_asked_in_writing(
    workspace: Workspace, drafted: Drafted, tmp_path: Path
) -> None:
    ask_all(workspace, drafted)
    sign_on_paper(workspace, drafted, 0)
    sign_on_paper(workspace, drafted, 1)
    submit_suggestion(workspace, drafted.id)
    request = Withdrawal(on=TODAY, words="问题已解决")
    with pytest.raises(Refused) as caught:
        withdraw(workspace, drafted.id, request)
    assert problems_of(caught.value) == [("withdrawal_not_agreed", "agreed"), ("withdrawal_unwritten", "files")]
    assert "代表乙、代表丙" in str(caught.value.facts["problems"])
    agree_to_withdrawal(workspace, drafted.id, {drafted.deputies[0].id: SigningWay.PHONE}, TODAY)
    assert [bool(each.signature.withdrawal_on) for each in prepared(workspace, drafted).to_agree] == [True, False]
    whole = replace(request, agreed={drafted.deputies[1].id: SigningWay.PAPER})
    done = withdraw(workspace, drafted.id, whole, files=[Offered.at(a_scan(tmp_path))])
    assert words(workspace, drafted).state == SuggestionState.WITHDRAWN
    assert len(attachments_of(workspace, drafted.id)) == 1
    step = suggestion_card(workspace, drafted.id).course[-1]
    assert (str(step.code), step.by, step.reason) == ("withdrawn", "代表甲", "问题已解决")
    take_back(workspace, done.done)
    assert words(workspace, drafted).state == SuggestionState.SUBMITTED


def test_a_file_that_lay_beside_the_draft_is_no_request_to_withdraw_it(
    workspace: Workspace, drafted: Drafted, tmp_path: Path
) -> None:
    attach(workspace, drafted.id, [Offered.at(a_scan(tmp_path))])
    submit_suggestion(workspace, drafted.id)
    stored = record_of(workspace, Suggestion, drafted.id)
    save(workspace, replace(stored, submitted_on=TODAY + timedelta(days=1)))
    with pytest.raises(Refused) as caught:
        withdraw(workspace, drafted.id, Withdrawal(on=TODAY, words="问题已解决"))
    assert problems_of(caught.value) == [("withdrawal_unwritten", "files")]
    save(workspace, replace(stored, submitted_on=TODAY))
    withdraw(workspace, drafted.id, Withdrawal(on=TODAY, words="问题已解决"))
    assert words(workspace, drafted).state == SuggestionState.WITHDRAWN


def test_a_draft_is_withdrawn_with_a_reason_alone(workspace: Workspace, drafted: Drafted) -> None:
    with pytest.raises(Refused) as caught:
        withdraw(workspace, drafted.id, Withdrawal(on=TODAY))
    assert problems_of(caught.value) == [("withdrawal_reason_missing", "words")]
    withdraw(workspace, drafted.id, Withdrawal(on=TODAY, words="改为口头反映"))
    assert words(workspace, drafted).state == SuggestionState.WITHDRAWN


@pytest.mark.usefixtures("bare_profile")
def test_where_the_profile_says_so_it_is_late_once_assigned(workspace: Workspace, drafted: Drafted, tmp_path: Path) -> None:
    save(workspace, replace(words(workspace, drafted), state=SuggestionState.ASSIGNED))
    with pytest.raises(Refused, match="withdrawal_late"):
        withdraw(workspace, drafted.id, Withdrawal(on=TODAY, words="已解决"), files=[Offered.at(a_scan(tmp_path))])
    assert not prepared(workspace, drafted).withdrawable
    assert attachments_of(workspace, drafted.id) == ()


def test_after_the_reply_it_is_withdrawn_no_more(workspace: Workspace, drafted: Drafted) -> None:
    save(workspace, replace(words(workspace, drafted), state=SuggestionState.REPLIED))
    with pytest.raises(Refused, match="life_forbids"):
        withdraw(workspace, drafted.id, Withdrawal(on=TODAY, words="已解决"))


def test_a_withdrawal_being_typed_is_kept_as_it_is(drafted: Drafted) -> None:
    request = Withdrawal(on=TODAY, words="已解决", by="代表甲", agreed={drafted.deputies[0].id: SigningWay.PAPER})
    assert withdrawal_kept(withdrawal_told(drafted.id, request)) == request
    with pytest.raises(Refused, match="field_malformed"):
        withdrawal_kept({"on": "gestern"})
