"""Signatures are bound to the words that were read; one struck signer does not bring the suggestion down (decision 9)."""

from dataclasses import replace
from datetime import date
from typing import Any

from app.domain.cosignature import Cosignature, CosignatureState, cosigning_problems, settled, stands, struck
from app.domain.people import DeputyStatus
from app.domain.suggestion import Suggestion, digest_of_text
from tests.app.domain.invented import deputy, numbered

TODAY = date(2026, 5, 7)
SUGGESTION = Suggestion(id=numbered(9), subject="关于修复村口路灯的建议", text="一、情况……", lead_deputy=numbered(1))


def signature(number: int, **told: Any) -> Cosignature:
    given = {"state": CosignatureState.SIGNED, "text_digest": digest_of_text(SUGGESTION), **told}
    return Cosignature(id=numbered(100 + number), suggestion=SUGGESTION.id, deputy=numbered(number), **given)


def test_a_signature_stands_for_the_words_that_were_signed() -> None:
    assert stands(signature(2), SUGGESTION)
    assert stands(signature(2), replace(SUGGESTION, remarks="不影响"))
    assert not stands(signature(2), replace(SUGGESTION, text="二、另说"))
    assert not stands(signature(2, state=CosignatureState.WITHDRAWN), SUGGESTION)
    assert not stands(signature(2, text_digest=""), SUGGESTION)


def test_who_lost_the_mandate_is_struck_and_the_others_are_left_alone() -> None:
    deputies = [deputy(2), deputy(3, status=DeputyStatus.ENDED), deputy(4, status=DeputyStatus.ENDED)]
    signatures = [signature(2), signature(3), signature(4, state=CosignatureState.DECLINED)]
    (gone,) = struck(signatures, deputies, on=TODAY, reason="资格终止")
    assert gone == replace(signatures[1], state=CosignatureState.STRUCK, struck_on=TODAY, struck_reason="资格终止")
    assert not stands(gone, SUGGESTION)


def test_the_lead_is_told_of_odd_signatures_and_stopped_by_none() -> None:
    odd = [signature(1), signature(2), signature(2), signature(3, text_digest="0" * 64), signature(4)]
    hints = list(cosigning_problems(SUGGESTION, odd))
    assert [(each.code, each.facts["deputy"]) for each in hints] == [
        ("lead_cosigns", numbered(1)),
        ("cosigned_twice", numbered(2)),
        ("signed_other_text", numbered(3)),
    ]
    assert all(each.hint for each in hints)


def test_an_answer_is_bound_to_the_words_and_the_day_when_it_is_saved() -> None:
    signed = settled(signature(2, text_digest=""), SUGGESTION, TODAY)
    assert (signed.text_digest, signed.signed_on, stands(signed, SUGGESTION)) == (digest_of_text(SUGGESTION), TODAY, True)
    assert settled(signed, replace(SUGGESTION, text="别的"), TODAY) == signed
    gone = settled(signature(2, state=CosignatureState.STRUCK), SUGGESTION, TODAY)
    assert gone.struck_on == TODAY
    asked = signature(2, state=CosignatureState.ASKED)
    assert settled(asked, SUGGESTION, TODAY) is asked
