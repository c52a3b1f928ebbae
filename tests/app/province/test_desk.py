"""The body's desk: deeds written down there go home in replies, and the station's suggestion follows them."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.domain.life import SuggestionEvent, SuggestionState
from app.domain.satisfaction import Satisfaction
from app.domain.sealed_evaluation import Verdict
from app.domain.suggestion import Suggestion
from app.domain.suggestion_course import Course
from app.domain.suggestion_steps import Entry, Share
from app.domain.unit import Unit
from app.domain.values import Id
from app.errors import Refused
from app.province import desk
from app.province.receipts import write_receipts
from app.queries.record import record_of
from app.queries.returned import open_returns
from app.queries.suggestion_course import course_of_records
from app.queries.suggestion_handling import handling_card
from app.use_cases.arrivals import receive
from app.use_cases.evaluations import seal_evaluation
from app.use_cases.returns import take_body_s_account
from app.use_cases.suggestion_steps import take_step
from app.use_cases.suggestions import draft_suggestion, revise_suggestion, submit_suggestion
from tests.builders import STATION_CODE, Pair, a_deputy, save

E, S = SuggestionEvent, SuggestionState
DAY = "2026-11-21"
PIN = "135790"
TEXT = "一、情况\n东街路灯不亮。\n二、分析\n线路老化。\n三、建议\n请整修。"


def handed_in(line: Pair, title: str = "关于整修东街路灯的建议") -> Id:
    """A suggestion that was submitted and taken in at the body."""
    deputy = a_deputy(line.station)
    save(line.station, deputy)
    made = draft_suggestion(line.station, title=title, lead=deputy.id, issues=(), text=TEXT)
    submit_suggestion(line.station, made.id)
    line.export()
    (taken,) = line.intake()
    assert taken.returned == 0
    line.bring_back()
    return made.id


def deed(of: Id, event: str, **told: Any) -> dict[str, Any]:
    shares = [{"unit": unit, "role": role, "part": ""} for unit, role in told.pop("shares", ())]
    said: dict[str, Any] = {name: told.pop(name) for name in ("on", "by", "words") if name in told}
    return {"of": of, "event": event, "on": DAY, "fields": told, "shares": shares} | said


def entered_from_paper(line: Pair, id: Id, number: str, words: str, reply: dict[str, Any]) -> None:
    """The station writes down by hand what the body did, up to the reply of one unit."""
    unit = Unit(id=line.station.clock.new_id(), name="交通局")
    save(line.station, unit)
    on = date(2026, 11, 21)
    for event in (E.FIRST_REVIEW, E.SECOND_REVIEW):
        take_step(line.station, id, event, Entry(on=on))
    take_step(line.station, id, E.ACCEPT, Entry(on=on, fields={"case_number": number}))
    take_step(line.station, id, E.ASSIGN, Entry(on=on, shares=(Share(unit=unit.id),)))
    take_step(line.station, id, E.REPLY, Entry(on=on, words=words, fields=reply))


def reviewed(of: Id, number: str = "第7号") -> list[dict[str, Any]]:
    return [deed(of, "first_review"), deed(of, "second_review"), deed(of, "accept", case_number=number)]


def assigned(of: Id) -> list[dict[str, Any]]:
    return [*reviewed(of), deed(of, "assign", shares=[("交通局", "lead_handler"), ("财政局", "co_handler")])]


def replied(of: Id, reply_class: str = "B", words: str = "列入明年计划。") -> dict[str, Any]:
    return deed(
        of, "reply", words=words, reply_class=reply_class, reply_number="交函〔2026〕1号", signed_by="局长甲", slip="交通局"
    )


def suggestion_of(line: Pair, id: Id) -> Suggestion:
    return record_of(line.station, Suggestion, id)


def course_of(line: Pair, id: Id) -> Course:
    with line.station.reading() as connection:
        return course_of_records(connection, suggestion_of(line, id))


def replies_laid_out(line: Pair) -> list[Path]:
    return [path for path in write_receipts(line.body, STATION_CODE, line.stick / "back").files if path.suffix == ".llz"]


def test_what_the_body_did_goes_home_and_the_suggestion_follows(line: Pair) -> None:
    id = handed_in(line)
    done = desk.handle(line.body, [*assigned(id), replied(id)])
    assert [each.suggestion.state for each in done][-1] == S.REPLIED
    assert suggestion_of(line, id).state == S.SUBMITTED

    reply = next(each for each in line.bring_back() if each.what == "reply")
    after, course = suggestion_of(line, id), course_of(line, id)
    assert (reply.verdict, after.state, after.case_number) == ("accepted", S.REPLIED, "第7号")
    assert (after.accepted_on, after.assigned_on, after.due_on) == (date(2026, 11, 21), date(2026, 11, 21), date(2027, 2, 22))
    assert [each.event for each in course.steps if each.id in after.taken_up] == [
        *("first_review", "second_review", "accept", "assign", "reply")
    ]
    assert {(each.role, each.due_on) for each in course.assignments} >= {("lead_handler", date(2027, 2, 22))}
    assert [(each.reply_class, each.number, each.signed_by) for each in course.replies] == [("B", "交函〔2026〕1号", "局长甲")]
    card = handling_card(line.station, id)
    assert [each.unit for each in card.units] == ["交通局", "财政局"]
    assert {each.package for each in card.timeline if each.code in {"assign", "reply"}} == {1}
    assert open_returns(line.station) == ()


def test_the_same_again_and_in_another_order_changes_nothing(line: Pair) -> None:
    id = handed_in(line)
    desk.handle(line.body, reviewed(id))
    replies_laid_out(line)
    desk.handle(line.body, [deed(id, "assign", shares=[("交通局", "sole_handler")])])
    first, second = replies_laid_out(line)
    receive(line.station, second)
    waiting = suggestion_of(line, id)
    assert (waiting.state, waiting.taken_up) == (S.SUBMITTED, ()), "what the hand-over stands on has not come"
    assert [step.event for each in open_returns(line.station) for step in each.steps] == ["assign"]
    receive(line.station, first)
    settled = suggestion_of(line, id)
    assert (settled.state, len(settled.taken_up)) == (S.ASSIGNED, 4)
    assert [receive(line.station, each).verdict for each in (first, second)] == ["duplicate", "duplicate"]
    assert suggestion_of(line, id) == settled
    assert open_returns(line.station) == ()


def test_a_second_round_goes_the_same_way(line: Pair) -> None:
    """Dissatisfied at the station, handled again at the body, replied again: both know the round."""
    id = handed_in(line)
    desk.handle(line.body, [*assigned(id), replied(id, "C", "留作参考。")])
    line.bring_back()
    verdict = Verdict(attitude=Satisfaction.SATISFIED, result=Satisfaction.DISSATISFIED, opinion="路灯还是不亮")
    seal_evaluation(line.station, id, verdict, PIN, again=PIN, ask_again=True)
    line.round_trip()
    (stands,) = desk.standings(line.body)
    assert (stands.suggestion.state, stands.taken_home, stands.events[0]) == (S.EVALUATED, True, E.REHANDLE)
    desk.handle(
        line.body, [deed(id, "rehandle", words="请重新办理"), replied(id, "A", "已更换全部路灯。") | {"on": "2026-11-22"}]
    )
    line.bring_back()
    after, course = suggestion_of(line, id), course_of(line, id)
    assert (after.state, course.round) == (S.REPLIED, 2)
    assert [(each.round, each.reply_class) for each in course.replies] == [(1, "C"), (2, "A")]
    assert open_returns(line.station) == ()


def test_what_was_entered_from_paper_is_recognised_and_not_doubled(line: Pair) -> None:
    id = handed_in(line)
    entered_from_paper(line, id, "第7号", "列入明年计划。", {"reply_class": "B", "reply_number": "交函〔2026〕1号"})
    (answer,) = course_of(line, id).replies
    content = Verdict(attitude=Satisfaction.SATISFIED, result=Satisfaction.SATISFIED)
    seal_evaluation(line.station, id, content, PIN, again=PIN)

    desk.handle(line.body, [*reviewed(id), deed(id, "assign", shares=[("交通局", "sole_handler")]), replied(id)])
    line.bring_back()
    after, course = suggestion_of(line, id), course_of(line, id)
    assert (after.state, len(after.taken_up)) == (S.EVALUATED, 5)
    assert [len(each) for each in (course.reviews, course.assignments, course.replies)] == [2, 1, 1]
    (theirs,) = course.replies
    assert theirs.id != answer.id
    assert [each.reply for each in course.evaluations] == [theirs.id], "the evaluation stands with the body's reply"
    assert open_returns(line.station) == ()


def test_another_account_of_the_same_reply_stands_beside_it_as_a_question(line: Pair) -> None:
    id = handed_in(line)
    entered_from_paper(line, id, "第8号", "已解决", {"reply_class": "A"})
    desk.handle(line.body, [*reviewed(id), deed(id, "assign", shares=[("交通局", "sole_handler")]), replied(id)])
    line.bring_back()
    (question,) = open_returns(line.station)
    assert [(each.field, each.here, each.said) for each in question.fields] == [("case_number", "第8号", "第7号")]
    assert [each.differing for each in question.twice] == [("reply_class",)]
    assert suggestion_of(line, id).case_number == "第8号"
    assert sorted(each.reply_class for each in course_of(line, id).replies) == ["A", "B"]

    take_body_s_account(line.station, id)
    assert suggestion_of(line, id).case_number == "第7号"
    assert [each.reply_class for each in course_of(line, id).replies] == ["B"]
    assert open_returns(line.station) == ()


def test_a_step_that_does_not_fit_is_kept_shown_and_asked_about(line: Pair) -> None:
    id = handed_in(line)
    desk.handle(line.body, [deed(id, "first_review")])
    take_step(line.station, id, E.FIRST_REVIEW, Entry(on=date(2026, 11, 21)))
    take_step(line.station, id, E.RETURN, Entry(on=date(2026, 11, 21), words="电话通知：请补充"))
    desk.handle(line.body, [deed(id, "second_review"), deed(id, "accept", case_number="第7号")])
    line.bring_back()
    after = suggestion_of(line, id)
    assert after.state == S.RETURNED, "nothing is forced upon it"
    (question,) = open_returns(line.station)
    assert [each.event for each in question.steps] == ["second_review", "accept"]
    assert {"second_review", "accept"} <= {each.code for each in handling_card(line.station, id).timeline}
    take_body_s_account(line.station, id)
    assert open_returns(line.station) == ()
    with pytest.raises(Refused, match="nothing_open"):
        take_body_s_account(line.station, id)


def test_a_returned_suggestion_is_revised_and_goes_through_again(line: Pair) -> None:
    id = handed_in(line)
    desk.handle(line.body, [deed(id, "first_review"), deed(id, "return", words="请写明路段", help_given="写明起止点")])
    line.bring_back()
    assert suggestion_of(line, id).state == S.RETURNED
    revise_suggestion(line.station, id)
    submit_suggestion(line.station, id)
    line.round_trip()
    (stands,) = desk.standings(line.body)
    assert stands.suggestion.state == S.SUBMITTED
    desk.handle(line.body, [each | {"on": "2026-11-23"} for each in reviewed(id)])
    line.bring_back()
    after, course = suggestion_of(line, id), course_of(line, id)
    assert (after.state, after.case_number) == (S.ACCEPTED, "第7号")
    assert [(each.round, each.outcome) for each in course.reviews] == [
        (1, "passed"),
        (1, "returned"),
        (2, "passed"),
        (2, "passed"),
    ]


def test_notes_beside_the_way_travel_too(line: Pair) -> None:
    id = handed_in(line)
    done = [
        *assigned(id),
        deed(id, "object", slip="交通局", words="不属我局职责"),
        deed(id, "assign", slip="交通局", shares=[("住建局", "lead_handler")]),
        deed(id, "sign_for", slip="住建局", by="承办人乙"),
        deed(id, "extend", slip="住建局", words="工程量大", extended_to="2027-05-21", extension_agreed_by="代工委"),
        deed(id, "prioritise", priority="重点建议", supervising_leader="副主任甲", supervising_committee="环资委"),
        deed(id, "supervision", supervision_way="on_site", place="东街", words="现场察看"),
        replied(id) | {"fields": replied(id)["fields"] | {"slip": "住建局"}},
        deed(id, "supplementary_reply", words="已开工", slip="住建局"),
        deed(id, "outcome", outcome_type="project", name="东街路灯改造", document_no="改造1号", amount=1000000),
        deed(id, "track", promise="年底前完工", watch_on="2027-12-31"),
    ]
    desk.handle(line.body, done)
    line.bring_back()
    after, course = suggestion_of(line, id), course_of(line, id)
    assert (after.state, after.priority, after.supervising_leader) == (S.TRACKING, "重点建议", "副主任甲")
    assert (after.supervising_committee, after.extended_due_on) == ("环资委", date(2027, 5, 21))
    assert [each.objection_upheld for each in course.assignments] == [True, False, False]
    assert [each.supplementary for each in course.replies] == [False, True]
    assert [len(each) for each in (course.supervisions, course.outcomes, course.commitments)] == [1, 1, 1]
    assert open_returns(line.station) == ()
    desk.handle(line.body, [deed(id, "disclose", disclosed_at="人大网站")])
    line.bring_back()
    assert (suggestion_of(line, id).disclosed, suggestion_of(line, id).disclosed_at) == (True, "人大网站")


def test_a_slip_of_the_body_may_be_written_on_here_and_there(line: Pair) -> None:
    """What the station enters from paper stays at home; what the body says later is merged with it."""
    id = handed_in(line)
    desk.handle(line.body, [*reviewed(id), deed(id, "assign", shares=[("交通局", "sole_handler")])])
    line.bring_back()
    (slip,) = course_of(line, id).assignments
    take_step(line.station, id, E.SIGN_FOR, Entry(on=date(2026, 11, 21), by="承办人乙", fields={"slip": slip.id}))
    line.export()
    assert [(each.verdict, each.conflict) for each in line.intake()] == [("accepted", 0)]
    desk.handle(line.body, [deed(id, "three_fixings", slip="交通局", person_in_charge="科长甲", plan="先勘察")])
    line.bring_back()
    (slip,) = course_of(line, id).assignments
    assert (slip.signed_for_by, slip.person_in_charge, slip.plan) == ("承办人乙", "科长甲", "先勘察")


def test_a_file_of_deeds_is_done_whole_or_not_at_all(line: Pair) -> None:
    id = handed_in(line)
    for wrong, code in (
        (deed(id, "assign"), "life_forbids"),
        (deed(id, "evaluate"), "deed_not_here"),
        (deed("第9号", "close"), "suggestion_unknown"),
        (deed(id, "accept"), "case_number_missing"),
        ({"of": id, "event": "no such"}, "field_malformed"),
        ({"of": id, "event": "accept", "fields": []}, "field_malformed"),
    ):
        with pytest.raises(Refused) as caught:
            desk.handle(line.body, [deed(id, "first_review"), wrong])
        assert caught.value.code == "deed_refused"
        assert caught.value.facts["place"] == 2
        problems: Any = caught.value.facts["problems"]
        assert [each.code for each in problems] == [code]
    (stands,) = desk.standings(line.body, STATION_CODE)
    assert stands.suggestion.state == S.SUBMITTED
    assert replies_laid_out(line) == []
    desk.handle(line.body, reviewed(id))
    assert (
        desk.handle(line.body, [deed("第7号", "assign", shares=[("交通局", "sole_handler")])])[0].suggestion.state == S.ASSIGNED
    )
