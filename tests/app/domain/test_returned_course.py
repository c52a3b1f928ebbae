"""A suggestion follows the body's steps: in any order, at any cut, the same; and what it cannot follow waits."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import accumulate

from hypothesis import given
from hypothesis import strategies as st

from app.domain.case_file import CaseFile
from app.domain.handling import Assignment
from app.domain.life import SUGGESTION_LIFE, SuggestionEvent, SuggestionState
from app.domain.reply import Evaluation, Reply
from app.domain.returned_course import differing_fields, followed, moved_to, told_twice, waiting_steps, with_file
from app.domain.step import Step
from app.domain.suggestion import Suggestion

E, S = SuggestionEvent, SuggestionState
DAY = date(2026, 11, 21)
EVENTS = (E.FIRST_REVIEW, E.SECOND_REVIEW, E.ACCEPT, E.ASSIGN, E.SIGN_FOR, E.HANDLE, E.REPLY, E.TRACK, E.CLEAR, E.ARCHIVE)
STATES = tuple(accumulate(EVENTS, SUGGESTION_LIFE.after, initial=S.SUBMITTED))
SUBMITTED = Suggestion(id="s", state=S.SUBMITTED, submitted_on=DAY)


def step(number: int, event: str, before: str, after: str) -> Step:
    return Step(id=f"{number:03d}", of="s", event=event, from_state=before, to_state=after, on=DAY + timedelta(days=number))


STEPS = tuple(step(number, event, STATES[number], STATES[number + 1]) for number, event in enumerate(EVENTS))


@given(st.permutations(STEPS), st.lists(st.integers(0, len(STEPS)), max_size=4))
def test_any_order_of_packages_ends_at_the_same_place(steps: list[Step], cuts: list[int]) -> None:
    suggestion = SUBMITTED
    for cut in sorted(cuts):
        suggestion = followed(suggestion, [], steps[:cut])
        assert suggestion.state == STATES[len(suggestion.taken_up)], "never further than what has come without a gap"
    settled = followed(suggestion, [], steps)
    assert (settled.state, sorted(settled.taken_up)) == (S.ARCHIVED, sorted(each.id for each in STEPS))
    assert followed(settled, [], steps) == settled


def test_a_step_of_which_the_way_is_not_known_waits() -> None:
    assert followed(SUBMITTED, [], [STEPS[2]]) == SUBMITTED
    assert waiting_steps(SUBMITTED, [STEPS[2]]) == [STEPS[2]]
    assert followed(SUBMITTED, [], [replace(STEPS[0], event="coined_later")]) == SUBMITTED


def test_a_step_goes_on_from_where_the_deputy_has_brought_it_meanwhile() -> None:
    """The body closes what it replied to; the deputy has answered in between."""
    said = step(20, E.EVALUATE, S.REPLIED, S.EVALUATED)
    here = replace(SUBMITTED, state=S.EVALUATED, taken_up=tuple(each.id for each in STEPS[:7]))
    close = step(30, E.CLOSE, S.REPLIED, S.CLOSED)
    assert followed(here, [said], [*STEPS[:7], close]).state == S.CLOSED


def test_a_step_entered_before_is_recognised_with_those_that_led_to_it() -> None:
    paper = replace(STEPS[3], id="zzz", from_state=S.SUBMITTED)
    here = replace(SUBMITTED, state=S.ASSIGNED)
    after = followed(here, [paper], STEPS[:5])
    assert (after.state, after.taken_up) == (S.SIGNED_FOR, ("000", "001", "002", "003", "004"))


def test_the_case_file_fills_and_follows_but_does_not_overwrite() -> None:
    first = CaseFile(id="f", suggestion="s", case_number="第7号", due_on=DAY)
    later = replace(first, case_number="第8号", due_on=None)
    filled = with_file(SUBMITTED, [first])
    assert (filled.case_number, filled.due_on) == ("第7号", DAY)
    followed_on = with_file(filled, [first, later])
    assert (followed_on.case_number, followed_on.due_on) == ("第8号", None)
    by_hand = replace(SUBMITTED, case_number="第9号")
    assert with_file(by_hand, [first, later]) == by_hand
    assert differing_fields(by_hand, later) == ("case_number",)
    assert differing_fields(followed_on, later) == ()


def test_one_thing_told_twice_is_found_by_number_or_by_unit_and_day() -> None:
    units = {"u1": "交通局", "u2": "交通局", "u3": "水利局"}
    theirs = Reply(id="t", suggestion="s", unit="u1", round=1, replied_on=DAY, number="1号", reply_class="B")
    by_number = Reply(id="a", suggestion="s", number="1号", reply_class="B")
    by_day = Reply(id="b", suggestion="s", unit="u2", replied_on=DAY)
    other = Reply(id="c", suggestion="s", unit="u3", replied_on=DAY)
    for ours in (by_number, by_day):
        (found,) = told_twice([ours], [theirs], units)
        assert (found.own, found.returned, found.differing) == (ours, theirs, ())
    assert list(told_twice([other, Assignment(id="d", of="s", unit="u1")], [theirs], units)) == []
    (differing,) = told_twice([replace(by_number, reply_class="A")], [theirs], units)
    assert differing.differing == ("reply_class",)


def test_what_named_a_record_names_the_one_that_stands_in_for_it() -> None:
    said = Evaluation(id="e", of="s", reply="a", opinion="a")
    assert moved_to(said, "a", "t") == replace(said, reply="t")
    assert moved_to(said, "x", "t") is said
