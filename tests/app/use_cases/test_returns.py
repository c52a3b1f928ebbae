"""What the body says of suggestions: told before it is taken in, waiting where it must, passed on by another computer."""

from datetime import date
from pathlib import Path

from app.domain.arrival import News
from app.domain.case_file import CaseFile
from app.domain.life import SuggestionEvent, SuggestionState
from app.domain.step import Step
from app.domain.suggestion import Suggestion
from app.domain.suggestion_steps import Entry
from app.province import desk
from app.province.restoring import restore_packages
from app.queries.attachments import attachments_of
from app.queries.record import record_of
from app.queries.returned import open_returns
from app.queries.suggestion_handling import handling_card
from app.queries.waiting_returns import waiting_returns
from app.use_cases.arrivals import look, receive
from app.use_cases.attachment_desk import Offered, attach
from app.use_cases.issues import take_back
from app.use_cases.returns import keep_own_account, settle, take_body_s_account
from app.use_cases.suggestion_steps import take_step
from app.use_cases.undo import undo_last
from tests.app.province.test_desk import (
    assigned,
    course_of,
    deed,
    entered_from_paper,
    handed_in,
    replied,
    replies_laid_out,
    reviewed,
    suggestion_of,
)
from tests.app.use_cases.test_given_back import replacement
from tests.app.use_cases.test_peers import Two, assert_alike, two
from tests.builders import Pair, a_body_revision, body, enrol, save

__all__ = ["two"]

DAY = date(2026, 11, 21)


def test_a_reply_is_told_suggestion_by_suggestion_before_anything_is_written(line: Pair) -> None:
    first, second = handed_in(line, "关于路灯的建议"), handed_in(line, "关于水管的建议")
    desk.handle(
        line.body, [*assigned(first), replied(first), deed(second, "first_review"), deed(second, "return", words="请补充")]
    )
    (path,) = replies_laid_out(line)
    (arrival,) = look(line.station, [path])
    assert arrival.news == (
        News(title="关于路灯的建议", deeds=("first_review", "second_review", "accept", "assign", "reply")),
        News(title="关于水管的建议", deeds=("first_review", "return")),
    )
    assert suggestion_of(line, first).state == SuggestionState.SUBMITTED
    receive(line.station, path)
    (again,) = look(line.station, [path])
    assert again.news == ()


def test_what_is_said_of_an_unknown_suggestion_waits_until_it_comes(line: Pair, tmp_path: Path) -> None:
    """A computer in place of a lost one takes the reply first, and what the body gives back after it."""
    id = handed_in(line)
    with replacement(line, tmp_path / "new") as fresh:
        desk.handle(line.body, [*assigned(id), replied(id)])
        (reply,) = replies_laid_out(line)
        (arrival,) = look(fresh, [reply])
        assert arrival.news == (News(title="", deeds=("first_review", "second_review", "accept", "assign", "reply")),)
        receive(fresh, reply)
        (waits,) = waiting_returns(fresh)
        codes = ["first_review", "second_review", "accept", "assign", "reply"]
        assert (waits.suggestion, waits.case_number) == (id, "第7号")
        assert [each.code for each in waits.lines if each.code in codes and len(each.records) > 1] == [*codes[:2], *codes[3:]]
        assert open_returns(fresh) == ()

        for path in restore_packages(line.body, fresh.author.by, tmp_path / "given back").paths:
            receive(fresh, path)
        assert waiting_returns(fresh) == ()
        after = record_of(fresh, Suggestion, id)
        assert (after.state, after.case_number, len(after.taken_up)) == (SuggestionState.REPLIED, "第7号", 5)
        assert open_returns(fresh) == ()


def test_what_the_body_said_before_comes_back_as_well(line: Pair, tmp_path: Path) -> None:
    """The replies were sealed for the lost computer alone; the body gives its own words back with the station's."""
    id = handed_in(line)
    desk.handle(line.body, [*assigned(id), replied(id)])
    line.bring_back()
    with replacement(line, tmp_path / "new") as fresh:
        for path in restore_packages(line.body, fresh.author.by, tmp_path / "given back").paths:
            receive(fresh, path)
        card = handling_card(fresh, id)
        assert (card.suggestion.state, [each.reply.number for each in card.replies]) == ("replied", ["交函〔2026〕1号"])
        assert {each.package for each in card.timeline if each.code == "reply"} == {0}


def test_a_step_entered_by_hand_goes_back_with_what_followed_from_it(line: Pair) -> None:
    """The body's hand-over waits for what came before it; that is entered from paper, and the hand-over is taken up with it."""
    id = handed_in(line)
    desk.handle(line.body, reviewed(id))
    replies_laid_out(line)
    desk.handle(line.body, [deed(id, "assign", shares=[("交通局", "sole_handler")])])
    receive(line.station, replies_laid_out(line)[-1])
    for event in (SuggestionEvent.FIRST_REVIEW, SuggestionEvent.SECOND_REVIEW):
        take_step(line.station, id, event, Entry(on=DAY))
    before = suggestion_of(line, id)
    assert [step.event for each in open_returns(line.station) for step in each.steps] == ["assign"]

    accept = Entry(on=DAY, fields={"case_number": "第7号"})
    done = take_step(line.station, id, SuggestionEvent.ACCEPT, accept)
    assert (suggestion_of(line, id).state, open_returns(line.station)) == (SuggestionState.ASSIGNED, ())
    take_back(line.station, done)
    assert suggestion_of(line, id) == before
    assert [step.event for each in open_returns(line.station) for step in each.steps] == ["assign"]

    take_step(line.station, id, SuggestionEvent.ACCEPT, accept)
    undo_last(line.station, id)
    assert suggestion_of(line, id) == before


def test_what_was_written_into_the_body_s_slip_can_be_undone(line: Pair) -> None:
    id = handed_in(line)
    desk.handle(line.body, assigned(id))
    line.bring_back()
    before = course_of(line, id)
    slip = before.assignments[0]
    take_step(line.station, id, SuggestionEvent.SIGN_FOR, Entry(on=DAY, by="承办人乙", fields={"slip": slip.id}))
    assert course_of(line, id).assignments[0].signed_for_by == "承办人乙"
    undo_last(line.station, id)
    assert course_of(line, id) == before


def test_either_side_may_be_right_and_it_can_be_taken_back(line: Pair) -> None:
    id = handed_in(line)
    entered_from_paper(line, id, "第8号", "已解决", {"reply_class": "A"})
    (answer,) = course_of(line, id).replies
    letter = attach(line.station, answer.id, [Offered("答复.pdf", lambda: b"%PDF-1.4")]).added[0]
    desk.handle(line.body, [*reviewed(id), deed(id, "assign", shares=[("交通局", "sole_handler")]), replied(id)])
    line.bring_back()
    (question,) = open_returns(line.station)

    for decide, number, letter_of_class in ((take_body_s_account, "第7号", "B"), (keep_own_account, "第8号", "A")):
        done = decide(line.station, id)
        (reply,) = course_of(line, id).replies
        assert (suggestion_of(line, id).case_number, reply.reply_class) == (number, letter_of_class)
        assert [each.id for each in attachments_of(line.station, reply.id)] == [letter.id]
        assert open_returns(line.station) == ()
        take_back(line.station, done)
        assert open_returns(line.station) == (question,)
        decide(line.station, id)
        undo_last(line.station, id)
        assert open_returns(line.station) == (question,)

    keep_own_account(line.station, id)
    desk.handle(line.body, [deed(id, "disclose", disclosed_at="人大网站")])
    line.bring_back()
    after = suggestion_of(line, id)
    assert (after.case_number, after.disclosed_at, open_returns(line.station)) == ("第8号", "人大网站", ())


def test_two_computers_that_took_the_same_reply_agree(two: Two, tmp_path: Path) -> None:
    """Each let the suggestion follow by itself; the exchange finds nothing to decide, and passes on what only one has."""
    id, new_id = two.first.clock.new_id(), two.first.clock.new_id
    save(two.first, Suggestion(id=id, subject="关于路灯的建议", state=SuggestionState.SUBMITTED))
    two.exchange()
    with body(tmp_path / "body") as held:
        enrol(two.first, held)
        enrol(two.second, held)
        owner = held.body.id
    states = ("submitted", "first_review", "second_review", "accepted")
    events = ("first_review", "second_review", "accept")
    steps = [
        Step(id=new_id(), of=id, event=event, from_state=states[place], to_state=states[place + 1])
        for place, event in enumerate(events)
    ]
    lines = [
        a_body_revision(two.first, owner, each) for each in (*steps, CaseFile(id=new_id(), suggestion=id, case_number="7号"))
    ]
    for seat in (two.first, two.second):
        with seat.writing() as books:
            books.records.take_in(lines)
            assert settle(books, [id]) == 1
    two.exchange()
    assert_alike(two.first, two.second)
    with two.first.writing() as books:
        stored = books.records.get(Suggestion, id)
    assert (stored.record.state, stored.record.case_number, stored.disputed) == (SuggestionState.ACCEPTED, "7号", ())
