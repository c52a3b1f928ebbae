"""The sealed evaluation: nobody but the deputy and the body reads it, nothing in the open tells it, totals come by fives."""

import base64
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from app.domain.cosignature import Cosignature, CosignatureState
from app.domain.life import SuggestionEvent, SuggestionState
from app.domain.people import Deputy, Operator
from app.domain.reply import Evaluation, Reply
from app.domain.satisfaction import Satisfaction
from app.domain.sealed_evaluation import BATCH, Verdict
from app.domain.suggestion import Suggestion
from app.domain.values import Id
from app.errors import AppError, Refused
from app.keys import deputy_key
from app.packages.faults import PackageFault
from app.province.evaluations import opened_evaluations
from app.queries.evaluation_totals import evaluation_totals
from app.queries.record import record_of
from app.queries.record_history import record_history
from app.queries.search import search
from app.queries.suggestion_handling import handling_card
from app.use_cases.evaluations import (
    evaluation_form,
    evaluation_stand,
    note_envelope,
    open_evaluation,
    renew_key,
    seal_evaluation,
)
from app.use_cases.signing_in import set_pin
from app.use_cases.undo import undo_last
from app.workspace import Workspace
from tests.app.use_cases.problems import problems_of
from tests.builders import Pair, a_deputy, enrol, new_body, save

PIN = "135790"
S = Satisfaction
SECRET_WORDS = "答复与实际不符"
DISSATISFIED = Verdict(attitude=S.BASICALLY_SATISFIED, result=S.DISSATISFIED, opinion=SECRET_WORDS)
CONTENT = Verdict(attitude=S.SATISFIED, result=S.SATISFIED)


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """The costs of a PIN are not what is tried here."""
    monkeypatch.setattr(deputy_key, "_KIB", 64)


def replied(workspace: Workspace, deputy: Deputy | None = None, **told: Any) -> Id:
    """A suggestion that waits for its evaluation."""
    new_id = workspace.clock.new_id
    lead = deputy or a_deputy(workspace, "代表甲")
    usual = {"subject": "关于路灯的建议", "text": "请修", "year": 2026, "state": SuggestionState.REPLIED}
    suggestion = Suggestion(id=new_id(), lead_deputy=lead.id, **{**usual, **told})
    reply = Reply(id=new_id(), suggestion=suggestion.id, round=1, reply_class="A", replied_on=date(2026, 10, 1))
    save(workspace, *([] if deputy else [lead]), suggestion, reply)
    return suggestion.id


def evaluation(workspace: Workspace, suggestion: Id) -> Evaluation:
    return record_of(workspace, Evaluation, evaluation_stand(workspace, suggestion).evaluation)


def code_of(error: pytest.ExceptionInfo[AppError]) -> str:
    return error.value.code


def test_only_that_it_came_back_stands_in_the_open(workspace: Workspace) -> None:
    id = replied(workspace)
    seal_evaluation(workspace, id, DISSATISFIED, PIN, again=PIN)
    told = evaluation(workspace, id)
    assert (told.attitude, told.result, told.opinion) == ("", "", "")
    assert record_of(workspace, Suggestion, id).state == SuggestionState.EVALUATED
    stand = evaluation_stand(workspace, id)
    assert (stand.sealed, stand.unread, stand.returned_on) == (True, True, date(2026, 11, 21))
    assert search(workspace, SECRET_WORDS).total == 0
    assert SECRET_WORDS not in str(record_history(workspace, id))
    assert "dissatisfied" not in str(record_history(workspace, id))
    assert all(SECRET_WORDS.encode() not in row for row in everything(workspace))
    assert all(b"dissatisfied" not in row for row in everything(workspace))
    assert open_evaluation(workspace, told.id, PIN).verdict == DISSATISFIED


def everything(workspace: Workspace) -> list[bytes]:
    """Every value of every table but the totals, as they lie in the database."""
    with workspace.reading() as connection:
        names = connection.execute(
            text("SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'")
        ).scalars()
        rows = [row for name in names.all() for row in connection.execute(text(f'SELECT * FROM "{name}"')).all()]
    told = [
        str(value).encode() if not isinstance(value, bytes) else value
        for row in rows
        if "tallies" not in str(row)
        for value in row
    ]
    assert told
    return told


def test_sealed_answers_are_all_of_one_length(workspace: Workspace) -> None:
    """But for the header, into which the library puts decoys of a random length."""
    sizes = set()
    for verdict in (CONTENT, DISSATISFIED, Verdict(attitude=S.DISSATISFIED, result=S.DISSATISFIED, opinion="不" * 1500)):
        id = replied(workspace)
        seal_evaluation(workspace, id, verdict, PIN, again=PIN)
        header, _mark, sealed = base64.b64decode(evaluation(workspace, id).sealed).partition(b"\n--- ")
        assert header.startswith(b"age-encryption.org/v1\n")
        sizes.add(len(sealed))
    assert len(sizes) == 1


def test_a_wrong_pin_opens_nothing_and_waits_after_three(workspace: Workspace) -> None:
    lead = a_deputy(workspace, "代表甲")
    save(workspace, lead)
    id = replied(workspace, lead)
    seal_evaluation(workspace, id, CONTENT, PIN, again=PIN)
    for _number in range(3):
        with pytest.raises(Refused) as caught:
            open_evaluation(workspace, evaluation(workspace, id).id, "246802")
        assert code_of(caught) == "seal_pin_wrong"
    with pytest.raises(Refused) as caught:
        open_evaluation(workspace, evaluation(workspace, id).id, PIN)
    assert code_of(caught) == "pin_wait"
    with pytest.raises(Refused) as caught:
        seal_evaluation(workspace, replied(workspace, lead), CONTENT, "246802")
    assert code_of(caught) == "pin_wait"


def test_what_is_missing_seals_nothing(workspace: Workspace) -> None:
    id = replied(workspace)
    cosigner = a_deputy(workspace, "代表乙")
    signed = Cosignature(id=workspace.clock.new_id(), suggestion=id, deputy=cosigner.id, state=CosignatureState.SIGNED)
    save(workspace, cosigner, signed)
    assert evaluation_form(workspace, id).cosigners == ("代表乙",)
    with pytest.raises(Refused) as caught:
        seal_evaluation(workspace, id, Verdict(attitude=S.DISSATISFIED), "12345", again="12345")
    assert [code for code, _field in problems_of(caught.value)] == [
        *("result_not_said", "opinion_missing", "cosigners_unheard", "pin_short")
    ]
    with pytest.raises(Refused) as caught:
        seal_evaluation(
            workspace, id, Verdict(attitude=S.SATISFIED, result=S.SATISFIED, cosigners_heard=True), PIN, again="9" + PIN
        )
    assert [code for code, _field in problems_of(caught.value)] == ["pin_differs"]
    assert not evaluation_stand(workspace, id).evaluation
    with pytest.raises(Refused) as caught:
        evaluation_form(workspace, replied(workspace, state=SuggestionState.HANDLING))
    assert code_of(caught) == "life_forbids"


def test_nobody_takes_a_sealed_answer_back_but_the_deputy_answers_anew(workspace: Workspace) -> None:
    id = replied(workspace)
    seal_evaluation(workspace, id, DISSATISFIED, PIN, again=PIN)
    with pytest.raises(Refused) as caught:
        undo_last(workspace, id)
    assert code_of(caught) == "undo_sealed"
    first = evaluation(workspace, id)
    seal_evaluation(workspace, id, CONTENT, PIN)
    assert evaluation(workspace, id).id == first.id
    assert open_evaluation(workspace, first.id, PIN).verdict == CONTENT


def test_totals_come_by_fives_and_a_replaced_answer_counts_once(workspace: Workspace) -> None:
    ids = [replied(workspace) for _number in range(BATCH)]
    for id in ids[:-1]:
        seal_evaluation(workspace, id, DISSATISFIED, PIN, again=PIN)
    (totals,) = evaluation_totals(workspace)
    assert (totals.year, totals.returned, totals.sealed, totals.hidden, totals.result) == (2026, 4, 4, 4, {})
    seal_evaluation(workspace, ids[0], CONTENT, PIN)
    (totals,) = evaluation_totals(workspace)
    assert (totals.hidden, totals.result) == (0, {S.SATISFIED: 1, S.DISSATISFIED: 3})
    assert totals.rate(totals.result, S.SATISFIED) == pytest.approx(0.25)


def test_the_body_opens_what_was_sealed_for_it(line: Pair) -> None:
    id = replied(line.station)
    sealed = seal_evaluation(line.station, id, DISSATISFIED, PIN, again=PIN)
    assert sealed.for_receiver
    line.export()
    line.intake()
    (opened,) = [each for each in opened_evaluations(line.body) if each.suggestion == id]
    assert (opened.verdict, opened.fault, opened.deputy_name) == (DISSATISFIED, None, "代表甲")


def test_what_was_sealed_before_a_body_was_known_is_sealed_for_it_when_the_deputy_comes(
    workspace: Workspace, tmp_path: Path
) -> None:
    lead = a_deputy(workspace, "代表甲")
    save(workspace, lead)
    first, second = replied(workspace, lead), replied(workspace, lead)
    assert not seal_evaluation(workspace, first, DISSATISFIED, PIN, again=PIN).for_receiver
    with new_body(tmp_path / "body").opened() as held:
        enrol(workspace, held)
        seal_evaluation(workspace, second, CONTENT, PIN)
    assert all(evaluation(workspace, each).sealed_for for each in (first, second))
    assert open_evaluation(workspace, evaluation(workspace, first).id, PIN).verdict == DISSATISFIED


def test_a_forgotten_pin_begins_anew_and_the_old_answers_stay_shut(workspace: Workspace) -> None:
    lead = a_deputy(workspace, "代表甲")
    save(workspace, lead)
    id = replied(workspace, lead)
    seal_evaluation(workspace, id, DISSATISFIED, PIN, again=PIN)
    renew_key(workspace, lead.id, "975310", "975310")
    with pytest.raises(PackageFault):
        open_evaluation(workspace, evaluation(workspace, id).id, "975310")
    seal_evaluation(workspace, replied(workspace, lead), CONTENT, "975310")


def test_a_deputy_with_a_pin_of_their_own_makes_the_key_as_themselves(workspace: Workspace) -> None:
    lead = a_deputy(workspace, "代表甲")
    own = Operator(id=workspace.clock.new_id(), name="代表甲", deputy=lead.id)
    save(workspace, lead, own)
    set_pin(workspace, own.id, "2468")
    id = replied(workspace, lead)
    with pytest.raises(Refused) as caught:
        seal_evaluation(workspace, id, CONTENT, PIN, again=PIN)
    assert code_of(caught) == "seal_sign_in"
    seal_evaluation(workspace.acting_as(own.id), id, CONTENT, PIN, again=PIN)


def test_an_envelope_is_noted_unopened_and_can_be_taken_back(workspace: Workspace) -> None:
    id = replied(workspace)
    note_envelope(workspace, id, date(2026, 11, 20))
    stand = evaluation_stand(workspace, id)
    assert (stand.envelope, stand.sealed, stand.returned_on) == (True, False, date(2026, 11, 20))
    with pytest.raises(Refused) as caught:
        note_envelope(workspace, id, date(2026, 11, 20))
    assert code_of(caught) == "already_returned"
    undo_last(workspace, id)
    assert record_of(workspace, Suggestion, id).state == SuggestionState.REPLIED
    with pytest.raises(Refused) as caught:
        open_evaluation(workspace, stand.evaluation, PIN)
    assert code_of(caught) == "record_missing"


# --- round two -------------------------------------------------------------------------------------------------------


def test_only_the_deputy_s_own_tick_lets_the_next_round_begin(workspace: Workspace) -> None:
    id = replied(workspace)
    seal_evaluation(workspace, id, DISSATISFIED, PIN, again=PIN)
    assert handling_card(workspace, id).events[0] is not SuggestionEvent.REHANDLE
    assert not evaluation_stand(workspace, id).asks_again
    seal_evaluation(workspace, id, DISSATISFIED, PIN, ask_again=True)
    told = evaluation(workspace, id)
    assert (told.attitude, told.result, told.opinion, told.asks_again) == ("", "", "", True)
    assert evaluation_stand(workspace, id).asks_again
    card = handling_card(workspace, id)
    assert card.events[0] is SuggestionEvent.REHANDLE
    assert any(part.of == "evaluation.asks_again" for line in card.timeline for row in line.told for part in row)
    assert all(SECRET_WORDS.encode() not in row for row in everything(workspace))
    seal_evaluation(workspace, id, CONTENT, PIN)
    assert handling_card(workspace, id).events[0] is not SuggestionEvent.REHANDLE, "the answer that replaced it asks for nothing"


def test_who_is_content_asks_for_no_other_round(workspace: Workspace) -> None:
    id = replied(workspace)
    with pytest.raises(Refused) as caught:
        seal_evaluation(workspace, id, CONTENT, PIN, again=PIN, ask_again=True)
    assert problems_of(caught.value) == [("again_though_content", "ask_again")]
    assert not evaluation_stand(workspace, id).evaluation
