"""What the writer is told beside the work; none of it stops anybody."""

from typing import Any

import pytest

from app.domain.cosignature import Cosignature, CosignatureState
from app.domain.ids import uuid7
from app.domain.personal_data import PersonalData
from app.domain.suggestion import PublicityWish, Suggestion
from app.domain.suggestion_hints import suggestion_hints
from app.domain.suggestion_sheet import SuggestionSheet

ID, LEAD, OTHER = uuid7(1, 1), uuid7(2, 2), uuid7(3, 3)


def sheet(**told: Any) -> SuggestionSheet:
    usual = {
        "subject": "关于路灯的建议",
        "text": "一、情况\n路灯不亮",
        "publicity_wish": PublicityWish.FULL_TEXT,
        "lead_deputy": LEAD,
    }
    return SuggestionSheet(suggestion=Suggestion(id=ID, **{**usual, **told}))


def codes(given: SuggestionSheet, *residents: str) -> list[str]:
    hints = list(suggestion_hints(given, residents))
    assert all(each.hint for each in hints)
    return [each.code for each in hints]


def test_a_sheet_in_order_gets_no_hint() -> None:
    assert codes(sheet()) == []


def test_residents_data_are_told_by_paragraph() -> None:
    (hint,) = suggestion_hints(sheet(text="一、情况\n\n群众甲（电话13800000000）说\n路灯不亮"), ["群众甲"])
    assert (hint.code, hint.facts) == ("personal_data", {"paragraph": 2, "what": (PersonalData.NAME, PersonalData.PHONE)})


@pytest.mark.parametrize("subject", ["路灯问题", "关于路灯", "建议修路灯"])
def test_a_title_in_another_form_is_told(subject: str) -> None:
    assert codes(sheet(subject=subject)) == ["title_form"]


@pytest.mark.parametrize("subject", ["", "《关于路灯的建议》", "关于路灯的建议、批评和意见", "关于路灯的批评"])
def test_usual_titles_are_not(subject: str) -> None:
    assert codes(sheet(subject=subject)) == []


def test_a_long_title_and_an_open_wish_are_told() -> None:
    assert codes(sheet(subject=f"关于{'很' * 60}长的建议", publicity_wish="")) == ["title_long", "publicity_open"]


def test_signers_are_looked_at_too() -> None:
    signer = Cosignature(id=OTHER, suggestion=ID, deputy=LEAD, state=CosignatureState.ASKED)
    given = sheet()
    assert codes(SuggestionSheet(suggestion=given.suggestion, signers=(signer,))) == ["lead_cosigns"]
