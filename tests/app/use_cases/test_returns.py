"""What the body says of suggestions: told before it is taken in, waiting where it must, passed on by another computer."""

from pathlib import Path

from app.domain.arrival import News
from app.domain.case_file import CaseFile
from app.domain.life import SuggestionState
from app.domain.step import Step
from app.domain.suggestion import Suggestion
from app.province import desk
from app.province.restoring import restore_packages
from app.queries.record import record_of
from app.queries.returned import open_returns
from app.queries.suggestion_handling import handling_card
from app.queries.waiting_replies import waiting_replies
from app.use_cases.arrivals import look, receive
from app.use_cases.returns import settle
from tests.app.province.test_desk import assigned, deed, handed_in, replied, replies_laid_out, suggestion_of
from tests.app.use_cases.test_given_back import replacement
from tests.app.use_cases.test_peers import Two, assert_alike, two
from tests.builders import Pair, a_body_revision, body, enrol, save

__all__ = ["two"]


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
        assert [each.number for each in waiting_replies(fresh)] == ["交函〔2026〕1号"]
        assert open_returns(fresh) == ()

        for path in restore_packages(line.body, fresh.author.by, tmp_path / "given back").paths:
            receive(fresh, path)
        assert waiting_replies(fresh) == ()
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
