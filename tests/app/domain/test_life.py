"""Every pair of state and event, against a table written down a second time; and what must hold on every way through it."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from app.domain.life import ISSUE_LIFE, LIVES, PACKAGE_LIFE, SUGGESTION_LIFE, IssueEvent, Life
from app.errors import Refused

ISSUE_MAY = {
    "registered": "accept decline refer merge reply_on_spot propose raise",
    "accepted": "decline refer merge reply_on_spot propose raise",
    "declined": "archive reopen",
    "referred": "handle archive reopen",
    "merged": "unmerge archive",
    "proposed": "merge approve send_back raise",
    "approved": "merge send_back assign raise",
    "assigned": "sign_for object handle",
    "objected": "propose assign",
    "signed_for": "object handle",
    "handled": "feed_back close",
    "raised": "feed_back close reopen",
    "fed_back": "call_back rehandle close",
    "called_back": "rehandle close",
    "closed": "archive reopen",
    "archived": "reopen",
}
ISSUE_THEN = {
    "accept": "accepted",
    "decline": "declined",
    "refer": "referred",
    "merge": "merged",
    "unmerge": "accepted",
    "reply_on_spot": "closed",
    "propose": "proposed",
    "approve": "approved",
    "send_back": "accepted",
    "assign": "assigned",
    "sign_for": "signed_for",
    "object": "objected",
    "handle": "handled",
    "raise": "raised",
    "feed_back": "fed_back",
    "call_back": "called_back",
    "rehandle": "proposed",
    "close": "closed",
    "archive": "archived",
    "reopen": "accepted",
}

_REVIEW = "return refuse to_reference to_letter merge_case accept withdraw"
SUGGESTION_MAY = {
    "draft": "consult cosign pre_review submit withdraw",
    "consultation": "cosign pre_review revise submit withdraw",
    "cosigning": "pre_review revise submit withdraw",
    "pre_review": "revise submit withdraw",
    "submitted": f"first_review {_REVIEW}",
    "first_review": f"second_review {_REVIEW}",
    "second_review": _REVIEW,
    "returned": "revise withdraw",
    "not_processed_as_suggestion": "archive",
    "reference_material": "archive",
    "deputy_letter": "archive",
    "merged": "assign withdraw",
    "accepted": "merge_case assign withdraw",
    "assigned": "sign_for object handle reply withdraw",
    "objected": "assign keep_assignment withdraw",
    "signed_for": "object handle reply withdraw",
    "handling": "reply withdraw",
    "replied": "evaluate track close",
    "evaluated": "rehandle track close",
    "rehandling": "reply",
    "tracking": "reply clear_item",
    "closed": "retrospective_check archive",
    "archived": "retrospective_check",
    "withdrawn": "archive",
}
SUGGESTION_THEN = {
    "consult": "consultation",
    "cosign": "cosigning",
    "pre_review": "pre_review",
    "revise": "draft",
    "submit": "submitted",
    "first_review": "first_review",
    "second_review": "second_review",
    "return": "returned",
    "refuse": "not_processed_as_suggestion",
    "to_reference": "reference_material",
    "to_letter": "deputy_letter",
    "merge_case": "merged",
    "accept": "accepted",
    "assign": "assigned",
    "sign_for": "signed_for",
    "object": "objected",
    "keep_assignment": "assigned",
    "handle": "handling",
    "reply": "replied",
    "evaluate": "evaluated",
    "rehandle": "rehandling",
    "track": "tracking",
    "clear_item": "closed",
    "close": "closed",
    "retrospective_check": "tracking",
    "archive": "archived",
    "withdraw": "withdrawn",
}

PACKAGE_MAY = {
    "sealed": "copy receive park refuse lose",
    "copied": "copy receive park refuse lose",
    "received": "copy receive",
    "parked": "copy receive park refuse lose",
    "refused": "copy receive park refuse lose",
    "lost": "receive park refuse",
}
PACKAGE_THEN = {"copy": "copied", "receive": "received", "park": "parked", "refuse": "refused", "lose": "lost"}
# Copying says something new only of a package about which the receiver has said nothing.
PACKAGE_STAYS = {("received", "copy"): "received", ("parked", "copy"): "parked"}

WRITTEN_AGAIN: list[tuple[Life[Any, Any], Mapping[str, str], Mapping[str, str], Mapping[tuple[str, str], str]]] = [
    (ISSUE_LIFE, ISSUE_MAY, ISSUE_THEN, {}),
    (SUGGESTION_LIFE, SUGGESTION_MAY, SUGGESTION_THEN, {}),
    (PACKAGE_LIFE, PACKAGE_MAY, PACKAGE_THEN, PACKAGE_STAYS),
]

every_life = pytest.mark.parametrize("life", LIVES, ids=lambda life: life.name)


def reached(life: Life[Any, Any], first: str, *, without: str = "") -> set[str]:
    """The states that may come after `first`, itself included, on ways that do not touch `without`."""
    seen: set[str] = set()
    waiting = [first]
    while waiting:
        state = waiting.pop()
        if state not in seen and state != without:
            seen.add(state)
            waiting.extend(after for before, _event, after in life.rows() if before == state)
    return seen


def pairs(life: Life[Any, Any]) -> Iterator[tuple[Any, Any]]:
    return ((state, event) for state in life.states for event in life.events)


@pytest.mark.parametrize(("life", "may", "then", "otherwise"), WRITTEN_AGAIN, ids=lambda each: getattr(each, "name", ""))
def test_every_pair_of_state_and_event(
    life: Life[Any, Any], may: Mapping[str, str], then: Mapping[str, str], otherwise: Mapping[tuple[str, str], str]
) -> None:
    assert set(may) == {str(state) for state in life.states}
    assert set(then) == {str(event) for event in life.events}
    for state, event in pairs(life):
        if event in may[state].split():
            assert life.after(state, event) == otherwise.get((state, event), then[event]), (state, event)
            continue
        with pytest.raises(Refused) as refused:
            life.after(state, event)
        assert refused.value.code == "life_forbids"
        assert refused.value.facts == {"life": life.name, "state": state, "event": event, "allowed": life.allowed(state)}


@every_life
def test_what_is_allowed_is_what_does_not_refuse(life: Life[Any, Any]) -> None:
    assert {(state, event) for state in life.states for event in life.allowed(state)} == set(life.transitions)
    assert [(before, event) for before, event, _after in life.rows()] == [
        pair for pair in pairs(life) if pair in life.transitions
    ]


@every_life
def test_a_state_of_a_newer_program_allows_nothing(life: Life[Any, Any]) -> None:
    assert life.allowed("by_drone") == ()
    for event in life.events:
        with pytest.raises(Refused, match="life_forbids"):
            life.after("by_drone", event)


@every_life
def test_nothing_said_is_the_start(life: Life[Any, Any]) -> None:
    assert life.allowed("") == life.allowed(life.start)
    event = life.allowed("")[0]
    assert life.after("", event) == life.after(life.start, event)


def test_a_code_read_from_a_line_serves_as_well_as_its_member() -> None:
    assert ISSUE_LIFE.after("registered", IssueEvent.ACCEPT) == "accepted"


@every_life
def test_every_state_is_reached_and_every_event_happens(life: Life[Any, Any]) -> None:
    assert reached(life, life.start) == {state for state, _event in pairs(life)}
    assert {event for _before, event, _after in life.rows()} == {event for _state, event in pairs(life)}


@pytest.mark.parametrize("life", [ISSUE_LIFE, SUGGESTION_LIFE], ids=["issue", "suggestion"])
def test_every_way_can_end_in_the_file(life: Life[Any, Any]) -> None:
    assert all("archived" in reached(life, state) for state in life.states)


def test_an_issue_is_assigned_only_after_somebody_approved() -> None:
    assert "assigned" not in reached(ISSUE_LIFE, "registered", without="approved")
    assert "approved" not in reached(ISSUE_LIFE, "registered", without="proposed")


def test_an_answer_on_the_spot_is_still_filed() -> None:
    assert ISSUE_LIFE.after(ISSUE_LIFE.after("registered", IssueEvent.REPLY_ON_SPOT), IssueEvent.ARCHIVE) == "archived"


def test_a_submitted_text_opens_again_only_when_it_is_returned() -> None:
    assert "draft" not in reached(SUGGESTION_LIFE, "submitted", without="returned")


def test_nobody_withdraws_what_was_answered() -> None:
    assert "withdrawn" not in reached(SUGGESTION_LIFE, "replied")


def test_a_received_package_stays_received() -> None:
    assert reached(PACKAGE_LIFE, "received") == {"received"}
