"""A hint is answered with a reason; it comes back when its words change, and the answer can be undone."""

from dataclasses import replace
from typing import Any

import pytest

from app.domain.hint import Hint
from app.domain.life import SuggestionState
from app.domain.people import Deputy
from app.domain.suggestion_sheet import SuggestionSheet
from app.domain.values import Id
from app.errors import Refused
from app.queries.suggestion_card import suggestion_card, suggestion_sheet
from app.queries.suggestion_hints import hints_of
from app.use_cases.hint_answers import answer_hint
from app.use_cases.suggestions import amend_suggestion, new_sheet, submit_suggestion
from app.use_cases.undo import undo_last
from app.workspace import Workspace
from tests.builders import a_deputy, save


@pytest.fixture
def lead(workspace: Workspace) -> Deputy:
    made = a_deputy(workspace)
    save(workspace, made)
    return made


@pytest.fixture
def draft(workspace: Workspace, lead: Deputy) -> Id:
    return written(workspace, new_sheet(workspace), "请给予我公司税收优惠。", subject="关于税收的建议", lead_deputy=lead.id)


def written(workspace: Workspace, sheet: SuggestionSheet, text: str, **told: Any) -> Id:
    return amend_suggestion(workspace, replace(sheet, suggestion=replace(sheet.suggestion, text=text, **told))).sheet.id


def hint(workspace: Workspace, id: Id, code: str = "self_interest") -> Hint:
    (found,) = (each for each in hints_of(workspace, suggestion_sheet(workspace, id)) if each.code == code)
    return found


def test_an_answer_stands_until_the_words_change(workspace: Workspace, draft: Id) -> None:
    answer_hint(workspace, draft, "self_interest", " 全行业都一样 ")
    answer = hint(workspace, draft).answer
    assert answer
    assert (answer.reason, answer.by, answer.on) == ("全行业都一样", "联络员甲", workspace.clock.today().date())
    written(workspace, suggestion_sheet(workspace, draft), "东街很暗。\n请给予我公司税收优惠。")
    assert hint(workspace, draft).answer == answer
    written(workspace, suggestion_sheet(workspace, draft), "请给予我公司土地优惠。")
    assert hint(workspace, draft).answer is None


def test_an_answer_is_undone_and_is_no_step_of_the_life(workspace: Workspace, draft: Id) -> None:
    course = suggestion_card(workspace, draft).course
    answer_hint(workspace, draft, "self_interest", "全行业都一样", digest=hint(workspace, draft).digest)
    assert suggestion_card(workspace, draft).course == course
    undo_last(workspace, draft)
    assert hint(workspace, draft).answer is None
    assert suggestion_sheet(workspace, draft).suggestion.subject == "关于税收的建议"


def test_what_cannot_be_answered_is_refused(workspace: Workspace, draft: Id) -> None:
    with pytest.raises(Refused, match="step_words_missing"):
        answer_hint(workspace, draft, "self_interest", "  ")
    with pytest.raises(Refused, match="hint_absent"):
        answer_hint(workspace, draft, "tender", "没有")
    answer_hint(workspace, draft, "self_interest", "全行业都一样")
    with pytest.raises(Refused, match="hint_absent"):
        answer_hint(workspace, draft, "self_interest", "再说一遍")
    with pytest.raises(Refused, match="record_missing"):
        answer_hint(workspace, workspace.clock.new_id(), "tender", "没有")
    submit_suggestion(workspace, draft)
    assert suggestion_sheet(workspace, draft).suggestion.state == SuggestionState.SUBMITTED
    with pytest.raises(Refused, match="text_frozen"):
        answer_hint(workspace, draft, "publicity_open", "以后再说")
