"""A sheet is kept as a draft and comes back as it was."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.cosignature import Cosignature, CosignatureState
from app.domain.ids import uuid7
from app.domain.suggestion import PublicityWish, Suggestion
from app.domain.suggestion_sheet import SuggestionSheet, kept_body, sheet_kept
from app.errors import Refused

A, B, REV = uuid7(1, 1), uuid7(2, 2), uuid7(3, 3)
TEXTS = st.text()


@given(TEXTS, TEXTS, st.booleans())
def test_what_was_typed_comes_back(subject: str, text: str, stored: bool) -> None:
    suggestion = Suggestion(id=A, subject=subject, text=text, publicity_wish=PublicityWish.NONE, extra={"newer": 1})
    signer = Cosignature(id=B, suggestion=A, order=1, state=CosignatureState.ASKED)
    sheet = SuggestionSheet(suggestion=suggestion, signers=(signer,), seen={A: (REV,)} if stored else {})
    back = sheet_kept(json.loads(json.dumps(kept_body(sheet))))
    assert back == sheet
    assert (back.stored, back.id, back.says(sheet)) == (stored, A, True)


def test_what_is_no_sheet_is_refused() -> None:
    with pytest.raises(Refused, match="field_malformed"):
        sheet_kept({"id": A, "suggestion": {"subject": 7}, "signers": [], "seen": {}})
    with pytest.raises(KeyError):
        sheet_kept({})


def test_two_sheets_say_the_same_wherever_they_were_read() -> None:
    suggestion = Suggestion(id=A, subject="甲")
    assert SuggestionSheet(suggestion=suggestion).says(SuggestionSheet(suggestion=suggestion, seen={A: (REV,)}))
    assert not SuggestionSheet(suggestion=suggestion).says(SuggestionSheet(suggestion=Suggestion(id=A, subject="乙")))
