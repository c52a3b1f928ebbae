"""Sealed answers: what they need, that their size tells nothing, and that totals tell nothing of one deputy."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.satisfaction import Satisfaction
from app.domain.sealed_evaluation import (
    BATCH,
    LONGEST,
    SIZE,
    Tally,
    Verdict,
    counted,
    packed,
    seal_pin_problem,
    unpacked,
    verdict_problems,
)
from app.errors import Refused

S = Satisfaction
IDS = {"evaluation": "e", "suggestion": "s", "deputy": "d"}
verdicts = st.builds(
    Verdict,
    attitude=st.sampled_from(list(S)),
    result=st.sampled_from(list(S)),
    opinion=st.text(max_size=LONGEST).map(str.strip),
    cosigners_heard=st.booleans(),
    views=st.text(alphabet='联名代表同意"\\\n', max_size=300).map(str.strip),
)


@given(verdicts)
def test_every_answer_has_the_same_size_and_comes_back(verdict: Verdict) -> None:
    try:
        data = packed(verdict, **IDS)
    except (Refused, UnicodeEncodeError):
        return
    assert len(data) == SIZE
    assert unpacked(data, evaluation="e") == verdict


def test_an_answer_cannot_be_laid_beside_another_suggestion() -> None:
    data = packed(Verdict(attitude=S.SATISFIED, result=S.SATISFIED), **IDS)
    with pytest.raises(Refused) as caught:
        unpacked(data, evaluation="another")
    assert caught.value.code == "sealed_elsewhere"
    with pytest.raises(Refused) as caught:
        unpacked(b"{}", evaluation="e")
    assert caught.value.code == "field_malformed"


def test_the_longest_words_fit() -> None:
    full = Verdict(attitude=S.DISSATISFIED, result=S.DISSATISFIED, opinion="办" * LONGEST, views="理" * LONGEST)
    assert not list(verdict_problems(full, cosigners=0))
    assert unpacked(packed(full, **IDS), evaluation="e") == full


@pytest.mark.parametrize(
    ("verdict", "cosigners", "wrong"),
    [
        (Verdict(), 0, ["attitude_not_said", "result_not_said"]),
        (Verdict(attitude=S.SATISFIED, result=S.DISSATISFIED, opinion=" "), 0, ["opinion_missing"]),
        (Verdict(attitude=S.SATISFIED, result=S.SATISFIED), 2, ["cosigners_unheard"]),
        (Verdict(attitude=S.SATISFIED, result=S.SATISFIED, cosigners_heard=True), 2, []),
        (Verdict(attitude=S.SATISFIED, result=S.SATISFIED, views="长" * (LONGEST + 1)), 0, ["sealed_words_long"]),
    ],
)
def test_what_is_missing_is_told(verdict: Verdict, cosigners: int, wrong: list[str]) -> None:
    assert [each.code for each in verdict_problems(verdict, cosigners=cosigners)] == wrong


def test_a_short_pin_seals_nothing() -> None:
    assert [seal_pin_problem(pin) is None for pin in ("12345", "111111", "135790")] == [False, False, True]


def test_totals_come_into_sight_five_at_a_time() -> None:
    tally = Tally()
    bad = Verdict(attitude=S.SATISFIED, result=S.DISSATISFIED)
    for _number in range(BATCH - 1):
        tally = counted(tally, bad)
        assert not tally.shown
    tally = counted(tally, Verdict(attitude=S.SATISFIED, result=S.SATISFIED))
    assert (tally.attitude(S.SATISFIED), tally.result(S.DISSATISFIED), tally.waits) == (BATCH, BATCH - 1, 0)


@given(st.lists(verdicts, max_size=30), st.data())
def test_all_answers_are_counted_once_and_a_replaced_one_not_twice(answers: list[Verdict], data: st.DataObject) -> None:
    tally = Tally()
    for answer in answers:
        shown = tally.shown
        tally = counted(tally, answer)
        assert tally.shown == shown or tally.waits == 0, "what is in sight changes by whole batches only"
    if answers:
        other = data.draw(verdicts)
        tally = counted(tally, other, answers[0])
        answers = [*answers[1:], other]
    whole = sum(tally.shown.values()) + sum(tally.waiting.values())
    assert whole == len(answers)
    for level in S:
        waiting = sum(many for (attitude, _result), many in tally.waiting.items() if attitude == level)
        assert tally.attitude(level) + waiting == sum(each.attitude == level for each in answers)
