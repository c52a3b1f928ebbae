"""One suggestion with its signers, its grounds and the course of its life."""

from datetime import date
from typing import Any

import pytest

from app.domain.cosignature import Cosignature
from app.domain.life import SUGGESTION_LIFE, SuggestionEvent, SuggestionState
from app.domain.step import Step
from app.domain.suggestion import Suggestion
from app.domain.values import Code
from app.errors import Refused
from app.queries.suggestion_card import USUAL_WAY, CourseStep, Stand, course_of, suggestion_card
from app.workspace import Workspace
from tests.builders import a_deputy, an_issue, remove, save

DAY = date(2026, 3, 1)


def step(event: str, before: str, after: str, **told: Any) -> Step:
    return Step(id="", of="", event=event, from_state=before, to_state=after, on=DAY, **told)


def codes(course: tuple[CourseStep, ...], stand: Stand) -> list[Code[SuggestionEvent]]:
    return [each.code for each in course if each.stand is stand]


def test_a_card_holds_what_belongs_to_the_suggestion(workspace: Workspace) -> None:
    lead, other, issue = a_deputy(workspace, "代表甲"), a_deputy(workspace, "代表乙"), an_issue(workspace)
    made = Suggestion(id=workspace.clock.new_id(), subject="标题", lead_deputy=lead.id, issues=(issue.id,))
    signers = [Cosignature(id=workspace.clock.new_id(), suggestion=made.id, deputy=other.id, order=order) for order in (2, 1)]
    stray = Cosignature(id=workspace.clock.new_id(), suggestion=workspace.clock.new_id(), deputy=other.id)
    save(workspace, lead, other, issue, made, *signers, stray)
    card = suggestion_card(workspace, made.id)
    assert (card.lead, [each.title for each in card.grounds.issues]) == ("代表甲", ["东街路灯不亮"])
    assert (card.sheet.suggestion, card.sheet.signers) == (made, (signers[1], signers[0]))
    assert set(card.sheet.seen) == {made.id, *(each.id for each in signers)}
    remove(workspace, made.id)
    for id in (made.id, issue.id):
        with pytest.raises(Refused, match="record_missing"):
            suggestion_card(workspace, id)


def test_a_draft_stands_at_the_beginning_of_the_usual_way() -> None:
    for state in ("", SuggestionState.DRAFT):
        course = course_of(state)
        assert codes(course, Stand.NOW) == [SuggestionState.DRAFT]
        assert codes(course, Stand.DONE) == []
        assert codes(course, Stand.TO_COME) == list(USUAL_WAY)


def test_what_happened_is_told_with_day_and_name_and_what_is_left_follows() -> None:
    steps = [
        step("cosign", "draft", "cosigning", by_name="代表甲"),
        step("submit", "cosigning", "submitted", by_name="代表甲", reason="齐了"),
    ]
    course = course_of(SuggestionState.SUBMITTED, steps)
    assert codes(course, Stand.DONE) == [SuggestionState.DRAFT, SuggestionEvent.COSIGN]
    (now,) = [each for each in course if each.stand is Stand.NOW]
    assert now == CourseStep(code=SuggestionState.SUBMITTED, stand=Stand.NOW, on=DAY, by="代表甲", reason="齐了")
    assert codes(course, Stand.TO_COME)[0] == SuggestionEvent.FIRST_REVIEW


def test_a_step_that_happened_twice_is_told_twice() -> None:
    steps = [
        step("reply", "handling", "replied"),
        step("rehandle", "evaluated", "rehandling"),
        step("reply", "rehandling", "replied"),
    ]
    course = course_of(SuggestionState.REPLIED, steps)
    assert codes(course, Stand.DONE) == [SuggestionState.DRAFT, SuggestionEvent.REPLY, SuggestionEvent.REHANDLE]
    assert codes(course, Stand.NOW) == [SuggestionState.REPLIED]


@pytest.mark.parametrize("state", [*SuggestionState, "coined_later"])
def test_what_is_to_come_is_what_the_life_allows(state: str) -> None:
    to_come = codes(course_of(state), Stand.TO_COME)
    assert to_come == list(USUAL_WAY[len(USUAL_WAY) - len(to_come) :])
    reached = {state}
    for _ in SuggestionState:
        reached |= {SUGGESTION_LIFE.after(before, event) for before in reached for event in SUGGESTION_LIFE.allowed(before)}
    reachable = {event for before in reached for event in SUGGESTION_LIFE.allowed(before)}
    assert set(to_come) <= reachable


def test_what_is_refused_withdrawn_or_done_has_nothing_to_come() -> None:
    ended = {each for each in SuggestionState if not codes(course_of(each), Stand.TO_COME)}
    assert ended == {
        *(SuggestionState.NOT_PROCESSED, SuggestionState.REFERENCE_MATERIAL, SuggestionState.DEPUTY_LETTER),
        *(SuggestionState.CLOSED, SuggestionState.ARCHIVED, SuggestionState.WITHDRAWN),
    }
