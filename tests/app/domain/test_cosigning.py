"""What a co-signature is worth: bound to its words, to a mandate of its day, and to be agreed before a withdrawal."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.congress import Term
from app.domain.cosignature import Cosignature, CosignatureState, SigningWay, stands
from app.domain.cosigning import (
    ANSWERS,
    Answer,
    Invitation,
    Stand,
    Withdrawal,
    agreed,
    answer_problems,
    answered,
    asked,
    mandate_over,
    mandate_problem,
    may_be_withdrawn,
    must_agree,
    stand_of,
    to_ask_again,
    withdrawal_problems,
)
from app.domain.life import SUGGESTION_LIFE, SuggestionEvent, SuggestionState
from app.domain.people import Deputy, DeputyStatus
from app.domain.review import TalkWay
from app.domain.suggestion import TEXT_OPEN, Suggestion, digest_of_text

TODAY = date(2026, 11, 22)
DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
WORDS = Suggestion(id="s", subject="关于路灯的建议", text="一、情况", state=SuggestionState.COSIGNING)
SIGNED = Cosignature(
    id="c", deputy="d", state=CosignatureState.SIGNED, signed_on=TODAY, text_digest=digest_of_text(WORDS), way=SigningWay.PAPER
)


def codes(signature: Answer, deputy: Deputy, term: Term | None = None) -> list[tuple[str, bool]]:
    return [(each.code, each.hint) for each in answer_problems(WORDS, signature, deputy, term, TODAY)]


@given(subject=st.text(max_size=30), text=st.text(max_size=60))
def test_a_signature_stands_for_the_words_that_were_read_and_for_no_others(subject: str, text: str) -> None:
    other = replace(WORDS, subject=subject, text=text)
    same = digest_of_text(other) == digest_of_text(WORDS)
    assert stand_of(SIGNED, other) is (Stand.SIGNED if same else Stand.OTHER_WORDS)
    assert bool(to_ask_again(other, [SIGNED])) is not same
    assert stand_of(SIGNED, WORDS) is Stand.SIGNED


@given(state=st.sampled_from(ANSWERS), on=DAYS, way=st.sampled_from(SigningWay))
def test_only_who_signs_is_bound_and_asking_again_unbinds(state: CosignatureState, on: date, way: SigningWay) -> None:
    said = answered(Cosignature(id="c", deputy="d"), WORDS, Answer(state=state, on=on, way=way))
    assert stands(said, WORDS) is (state == CosignatureState.SIGNED)
    assert bool(said.text_digest) is (state == CosignatureState.SIGNED)
    again = asked(said, Invitation(on=on, way=TalkWay.PHONE, told="请再看一遍"))
    assert stand_of(again, WORDS) is Stand.ASKED
    assert (again.signed_on, again.text_digest, again.asked_on, again.told) == (None, "", on, "请再看一遍")


@given(elected=st.none() | DAYS, ended=st.none() | DAYS, term_ended=st.none() | DAYS, on=DAYS)
def test_who_cannot_sign_is_told_since_when(elected: date | None, ended: date | None, term_ended: date | None, on: date) -> None:
    deputy = Deputy(id="d", name="代表甲", elected_on=elected, ended_on=ended)
    problem = mandate_problem(deputy, Term(id="t", ended_on=term_ended), on)
    ends = [each for each in (ended, term_ended) if each and each <= on]
    early = elected is not None and on < elected
    assert (problem is not None) is bool(ends or early)
    if problem and early:
        assert (problem.code, problem.facts["since"]) == ("signer_not_yet", elected)
    elif problem:
        assert problem.code == "signer_ended"
        assert problem.facts["since"] == min(
            each for each in (ended, term_ended if term_ended and term_ended <= on else None) if each
        )


def test_a_mandate_that_ended_on_a_day_nobody_wrote_down_is_over_all_the_same() -> None:
    deputy = Deputy(id="d", name="代表甲", status=DeputyStatus.ENDED)
    problem = mandate_problem(deputy, None, TODAY)
    assert problem is not None
    assert dict(problem.facts) == {"name": "代表甲"}
    assert mandate_over(deputy, None, TODAY)
    assert stand_of(SIGNED, WORDS, over=True) is Stand.ENDED
    assert stand_of(SIGNED, replace(WORDS, state=SuggestionState.SUBMITTED), over=True) is Stand.SIGNED


def test_an_answer_says_what_how_and_when() -> None:
    deputy = Deputy(id="d", name="代表甲")
    assert codes(Answer(state="", on=TODAY), deputy) == [("answer_missing", False)]
    assert codes(Answer(state=CosignatureState.STRUCK, on=TODAY), deputy) == [("answer_missing", False)]
    assert codes(Answer(state=CosignatureState.SIGNED, on=TODAY), deputy) == [("way_missing", False)]
    assert codes(Answer(state=CosignatureState.DECLINED, on=TODAY + timedelta(1)), deputy) == [("day_ahead", False)]
    assert codes(Answer(state=CosignatureState.DECLINED, on=TODAY), replace(deputy, ended_on=TODAY)) == []
    other = Answer(state=CosignatureState.SIGNED, on=TODAY, way=SigningWay.PAPER, read="0" * 64)
    assert codes(other, deputy) == [("words_changed", False)]


def test_who_signed_on_paper_while_still_a_deputy_may_be_written_down_later() -> None:
    gone = Deputy(id="d", name="代表甲", ended_on=date(2026, 11, 1))
    paper = Answer(state=CosignatureState.SIGNED, on=date(2026, 10, 31), way=SigningWay.PAPER)
    assert codes(paper, gone) == []
    assert codes(replace(paper, on=date(2026, 11, 1)), gone) == [("signer_ended", False)]


def test_a_deputy_of_another_congress_is_a_hint() -> None:
    suggestion = replace(WORDS, receiving_body="one")
    answer = Answer(state=CosignatureState.SIGNED, on=TODAY, way=SigningWay.PHONE)
    told = list(answer_problems(suggestion, answer, Deputy(id="d", name="代表甲", congress="two"), None, TODAY))
    assert [(each.code, each.hint) for each in told] == [("signer_of_other_congress", True)]


@pytest.mark.parametrize("state", SuggestionState)
@pytest.mark.parametrize("until", ["replied", "assigned"])
def test_it_is_withdrawn_by_its_life_and_by_the_profile(state: SuggestionState, until: str) -> None:
    may = may_be_withdrawn(replace(WORDS, state=state), until)
    by_life = SuggestionEvent.WITHDRAW in SUGGESTION_LIFE.allowed(state)
    late = state in {SuggestionState.ASSIGNED, SuggestionState.OBJECTED, SuggestionState.SIGNED_FOR, SuggestionState.HANDLING}
    assert may is (by_life and not (until == "assigned" and late))
    assert not may or state != SuggestionState.REPLIED


@given(st.lists(st.tuples(st.sampled_from(CosignatureState), st.booleans(), st.booleans()), max_size=6))
def test_everybody_whose_signature_stands_must_agree(rows: list[tuple[CosignatureState, bool, bool]]) -> None:
    signatures = [
        replace(
            SIGNED,
            id=f"c{number}",
            deputy=f"d{number}",
            state=state,
            text_digest=SIGNED.text_digest if bound else "f" * 64,
            withdrawal_on=TODAY if agrees else None,
        )
        for number, (state, bound, agrees) in enumerate(rows)
    ]
    names = {each.deputy: each.deputy for each in signatures}
    missing = {f"d{n}" for n, (state, bound, agrees) in enumerate(rows) if state == "signed" and bound and not agrees}
    assert {each.deputy for each in must_agree(WORDS, signatures)} >= missing
    problems = list(withdrawal_problems(WORDS, signatures, names, Withdrawal(on=TODAY, words="已解决"), written=False))
    told = {name for each in problems if each.code == "withdrawal_not_agreed" for name in str(each.facts["names"]).split("、")}
    assert told == missing


def test_an_agreement_keeps_its_first_day_and_a_submitted_one_is_withdrawn_in_writing() -> None:
    first = agreed(SIGNED, date(2026, 11, 20), SigningWay.PHONE)
    assert agreed(first, TODAY, SigningWay.PAPER) == first
    for state in SuggestionState:
        problems = withdrawal_problems(replace(WORDS, state=state), (), {}, Withdrawal(on=TODAY), written=False)
        wanted = ["withdrawal_reason_missing", *([] if state in TEXT_OPEN else ["withdrawal_unwritten"])]
        assert [each.code for each in problems] == wanted
