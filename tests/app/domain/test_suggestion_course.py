"""Any way through what may happen to a submitted suggestion keeps to the table of its life, and overwrites nothing."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.deadlines import PeriodUnit
from app.domain.handling import Assignment, Commitment, HandlingRole, OutcomeType, SupervisionWay
from app.domain.life import SUGGESTION_LIFE, SuggestionEvent, SuggestionState
from app.domain.records import Record
from app.domain.reply import ClassChange, Evaluation, Reply
from app.domain.review import Consultation, Phase, RefusalCode, Review
from app.domain.satisfaction import Satisfaction
from app.domain.step import Step
from app.domain.suggestion import Suggestion
from app.domain.suggestion_checks import deed_problems
from app.domain.suggestion_course import Course
from app.domain.suggestion_deeds import left_by
from app.domain.suggestion_limits import LimitKind, Rules, limits
from app.domain.suggestion_steps import (
    ASKS,
    FIELDS,
    Deed,
    Entry,
    Note,
    Share,
    allowed,
    deed_named,
    entry_from,
    entry_told,
    next_events,
    notes,
    of_only_one,
    slips_for,
)
from app.reference import DEFAULT_PROFILE, rule_profiles, work_calendar

E, S = SuggestionEvent, SuggestionState
START = date(2025, 7, 1)
RULES = Rules(profile=rule_profiles()[DEFAULT_PROFILE], calendar=work_calendar())
PARTS: dict[type[Record], str] = {
    Step: "steps",
    Review: "reviews",
    Consultation: "consultations",
    Assignment: "assignments",
    Reply: "replies",
    Evaluation: "evaluations",
    Commitment: "commitments",
}
GIVEN: dict[str, Any] = {
    "case_number": "第1号",
    "refusal_code": RefusalCode.NO_SUBSTANCE,
    "deputy_told_on": START,
    "merged_into": "019f0000-0000-7000-9000-000000000000",
    "reply_class": "B",
    "promise": "明年修通",
    "watch_on": date(2099, 1, 1),
    "class_change": ClassChange.RESOLVED,
    "evidence": "现场查看",
    "phase": Phase.DURING_HANDLING,
    "priority": "交通",
    "supervision_way": SupervisionWay.ON_SITE,
    "outcome_type": OutcomeType.PROJECT,
    "name": "道路工程",
}


def ids() -> Iterator[str]:
    return (f"019f0000-0000-7000-8000-{number:012x}" for number in count())


def submitted(**told: Any) -> Course:
    return Course(
        suggestion=Suggestion(
            id="019f0000-0000-7000-a000-000000000000", subject="关于修路的建议", state=S.SUBMITTED, submitted_on=START, **told
        )
    )


def went_on(course: Course, deed: Deed, entry: Entry, made: Iterator[str]) -> Course:
    """The course after a deed; what a record was before is put aside for its newer version."""
    suggestion, records = left_by(course, deed, entry, RULES, lambda: next(made))
    told: dict[str, list[Any]] = {name: list(getattr(course, name)) for name in PARTS.values()}
    for each in records:
        rows = told.get(PARTS.get(type(each), ""), [])
        place = next((number for number, row in enumerate(rows) if row.id == each.id), len(rows))
        rows[place : place + 1] = [each]
    changed: dict[str, Any] = {name: tuple(rows) for name, rows in told.items()}
    return replace(course, suggestion=suggestion, **changed)


def evaluated(course: Course, made: Iterator[str], *, asks_again: bool) -> Course:
    """The course after the deputy sealed an answer to one more reply: what stands of it in the open."""
    suggestion = replace(course.suggestion, state=S.EVALUATED)
    said = Evaluation(id=next(made), reply=course.unevaluated()[0].id, round=course.round, asks_again=asks_again)
    return replace(course, suggestion=suggestion, evaluations=(*course.evaluations, said))


def an_entry(course: Course, deed: Deed, on: date, chance: Any) -> Entry:
    """Something a person might give."""
    fields = {name: GIVEN[name] for name in ASKS[deed].also if name in GIVEN}
    choices: dict[str, Any] = {"slip": slips_for(course, deed), "reply": course.answers()}
    choices["commitment"] = course.open_commitments()
    for name, records in choices.items():
        if name in ASKS[deed].also and records:
            fields[name] = chance(st.sampled_from(records)).id
    several = chance(st.booleans())
    lead = Share(unit="a", role=HandlingRole.LEAD if several else HandlingRole.SOLE)
    shares = (lead, Share(unit="b", role=HandlingRole.CO)) if several else (lead,)
    return Entry(on=on, words="说明", fields=fields, shares=shares if ASKS[deed].shares and deed is E.ASSIGN else ())


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_way_keeps_to_the_table_and_overwrites_nothing(data: st.DataObject) -> None:
    course, on, made = submitted(), START, ids()
    for _number in range(18):
        if course.suggestion.state in {S.REPLIED, S.EVALUATED} and course.unevaluated() and data.draw(st.booleans()):
            course = evaluated(course, made, asks_again=data.draw(st.booleans()))
            assert (next_events(course, RULES.profile)[0] is E.REHANDLE) == bool(course.dissatisfied())
        deeds: list[Deed] = [*next_events(course, RULES.profile), *notes(course)]
        if not deeds:
            break
        deed = data.draw(st.sampled_from(deeds))
        on += timedelta(days=data.draw(st.integers(0, 40)))
        entry = an_entry(course, deed, on, data.draw)
        blocking = [each.code for each in deed_problems(course, deed, entry, RULES) if not each.hint]
        if blocking:
            continue
        after = went_on(course, deed, entry, made)
        state, before = after.suggestion.state, course.suggestion.state
        if state != before:
            assert isinstance(deed, SuggestionEvent)
            assert state == SUGGESTION_LIFE.after(before, deed)
            assert after.steps[-1].to_state == state
        assert after.steps[: len(course.steps)] == course.steps
        for earlier, later in zip(course.replies, after.replies, strict=False):
            assert replace(later, disclosed=earlier.disclosed) == earlier
        assert after.evaluations[: len(course.evaluations)] == course.evaluations
        assert after.reviews[: len(course.reviews)] == course.reviews
        assert [each.unit for each in after.assignments][: len(course.assignments)] == [each.unit for each in course.assignments]
        assert all(each.plain <= each.rolled for each in limits(after, RULES))
        assert entry_from(entry_told(course.suggestion, deed, entry)) == (deed, entry)
        course = after


@pytest.mark.parametrize(
    ("start", "plain", "rolled", "longer"),
    [
        (date(2022, 2, 23), date(2022, 5, 23), date(2022, 5, 23), date(2022, 8, 23)),
        (date(2025, 1, 20), date(2025, 4, 20), date(2025, 4, 21), date(2025, 7, 21)),
        (date(2025, 7, 1), date(2025, 10, 1), date(2025, 10, 9), date(2026, 1, 4)),
        (date(2026, 2, 10), date(2026, 5, 10), date(2026, 5, 11), date(2026, 8, 10)),
    ],
)
def test_a_reply_is_due_three_months_after_the_assignment_and_six_if_agreed(
    start: date, plain: date, rolled: date, longer: date
) -> None:
    course = replace(submitted(case_number="第1号"), suggestion=replace(submitted().suggestion, state=S.ACCEPTED))
    made = ids()
    course = went_on(course, E.ASSIGN, Entry(on=start, shares=(Share(unit="a"),)), made)
    (limit,) = (each for each in limits(course, RULES) if each.kind is LimitKind.REPLY)
    assert (limit.plain, limit.rolled, limit.day, limit.open, limit.by_hand) == (plain, rolled, rolled, True, False)
    assert course.suggestion.due_on == rolled
    course = went_on(course, Note.EXTEND, of_only_one(course, Note.EXTEND, Entry(on=start, words="面广")), made)
    (limit,) = (each for each in limits(course, RULES) if each.kind is LimitKind.REPLY)
    assert (limit.day, course.suggestion.extended_due_on) == (longer, longer)


def test_a_second_round_that_only_its_reply_tells_of_is_the_round_it_stands_in() -> None:
    """A station that enters from paper may know the second reply and not its slip."""
    told = replace(submitted(), suggestion=replace(submitted().suggestion, state=S.REPLIED))
    slip = Assignment(id="slip", unit="a", role=HandlingRole.SOLE, round=1)
    first, second = (Reply(id=f"reply{number}", unit="a", assignment="slip", round=number) for number in (1, 2))
    bad = Evaluation(id="bad", reply="reply1", round=1, result=Satisfaction.DISSATISFIED)
    course = replace(told, assignments=(slip,), replies=(first, second), evaluations=(bad,))
    assert (course.round, course.answers(), course.unevaluated(), course.dissatisfied()) == (2, (second,), (second,), ())
    again = replace(course, evaluations=(bad, Evaluation(id="worse", reply="reply2", round=2, asks_again=True)))
    evaluated_again = replace(again, suggestion=replace(again.suggestion, state=S.EVALUATED))
    after = went_on(evaluated_again, E.REHANDLE, Entry(on=START, words="仍未解决"), ids())
    assert [(each.unit, each.round) for each in after.slips()] == [("a", 3)]


def test_a_year_without_a_calendar_is_told() -> None:
    course = replace(submitted(), suggestion=replace(submitted().suggestion, state=S.ACCEPTED))
    course = went_on(course, E.ASSIGN, Entry(on=date(2031, 12, 1), shares=(Share(unit="a"),)), ids())
    told = {each.kind: each.unknown_years for each in limits(course, RULES)}
    assert told[LimitKind.REPLY] == (2032,)


def test_a_congress_that_holds_one_review_passes_the_other_over() -> None:
    profile = replace(RULES.profile, first_review=False, second_review=False)
    events = next_events(submitted(), profile)
    assert E.FIRST_REVIEW not in events
    assert E.ACCEPT in events
    assert not allowed(submitted(), E.FIRST_REVIEW, profile)


def test_every_event_after_submission_is_asked_for_and_every_field_has_its_kind() -> None:
    before = {E.CONSULT, E.COSIGN, E.PRE_REVIEW, E.REVISE, E.SUBMIT}
    apart = {E.WITHDRAW, E.EVALUATE}  # the deputy's evaluation is sealed before it is a record: no step writes it in the open
    assert set(ASKS) == (set(E) - before - apart) | set(Note)
    assert not {"attitude", "result", "cosigners_heard"} & set(FIELDS)
    with pytest.raises(ValueError, match="evaluate"):
        deed_named("evaluate")
    asked = {name for ask in ASKS.values() for name in (*ask.also, *ask.needs)} - {"words", "shares"}
    assert asked == set(FIELDS)


def test_the_right_to_object_lasts_as_long_as_nobody_signed() -> None:
    made = ids()
    course = replace(submitted(), suggestion=replace(submitted().suggestion, state=S.ACCEPTED))
    course = went_on(course, E.ASSIGN, Entry(on=START, shares=(Share(unit="a"),)), made)

    def objecting() -> list[bool]:
        return [each.open for each in limits(course, RULES) if each.kind is LimitKind.OBJECTION]

    assert (objecting(), RULES.profile.objection.unit) == ([True], PeriodUnit.DAY)
    course = went_on(course, E.SIGN_FOR, of_only_one(course, E.SIGN_FOR, Entry(on=START)), made)
    assert objecting() == [False]
