"""Promises, talks and awards that were entered from paper and are then sent by the body: recognised, or asked about."""

from datetime import date
from typing import Any

import pytest

from app.domain.award import Award
from app.domain.handling import Commitment
from app.domain.life import SuggestionEvent
from app.domain.records import Record
from app.domain.review import Consultation
from app.domain.suggestion_steps import Deed, Entry, Note
from app.domain.values import Id
from app.province import desk
from app.queries.returned import open_returns
from app.use_cases.returns import take_body_s_account
from app.use_cases.suggestion_steps import take_step
from tests.app.province.test_desk import assigned, course_of, deed, handed_in, replied
from tests.builders import Pair

ON = date(2026, 12, 1)
TRACKED = {"promise": "年底前修好全部路灯", "watch_on": "2027-12-31"}
TALKED = {"phase": "during_handling", "talk_way": "on_site", "place": "东街"}
RATED = {"stars": "3", "issuer": "某某市人大常委会"}
AWARDED = {"award_year": 2026, "issuer": "某某市人大常委会", "award_name": "优秀代表建议"}


def answered(line: Pair) -> Id:
    """A suggestion that the body has answered; the answer is home."""
    id = handed_in(line)
    desk.handle(line.body, [*assigned(id), replied(id)])
    line.bring_back()
    return id


def entered(line: Pair, id: Id, event: Deed, fields: dict[str, Any]) -> None:
    """The station writes down what it has on paper."""
    given = {name: date.fromisoformat(value) if name == "watch_on" else value for name, value in fields.items()}
    slip = next(each.id for each in course_of(line, id).assignments if each.role == "lead_handler")
    told = {"slip": slip} if event is Note.CONTACT else {}
    take_step(line.station, id, event, Entry(on=ON, words="见公告", fields=given | told))


def records(line: Pair, id: Id) -> list[Record]:
    course = course_of(line, id)
    return [*course.commitments, *course.consultations, *course.awards]


@pytest.mark.parametrize(
    ("event", "fields", "other", "kind", "differing"),
    [
        (SuggestionEvent.TRACK, TRACKED, {"promise": "明年六月前修好"}, Commitment, ("promise",)),
        (Note.CONTACT, TALKED, {"place": "西街"}, Consultation, ("place",)),
        (Note.RATE, RATED, {"stars": "2"}, Award, ("stars",)),
        (Note.AWARD, AWARDED, {"issuer": "某某省人大常委会"}, Award, ("issuer",)),
    ],
)
def test_what_was_entered_from_paper_is_not_doubled(
    line: Pair, event: Deed, fields: dict[str, Any], other: dict[str, Any], kind: type[Record], differing: tuple[str, ...]
) -> None:
    same, another = answered(line), answered(line)
    for id, said in ((same, fields), (another, fields | other)):
        entered(line, id, event, said)
        on_slip = {"slip": "交通局"} if event is Note.CONTACT else {}
        desk.handle(line.body, [deed(id, event, on=ON.isoformat(), words="见公告", **fields, **on_slip)])
    line.bring_back()

    (recognised,) = records(line, same)
    assert isinstance(recognised, kind)
    assert len(records(line, another)) == 2, "both accounts stand until somebody has looked"
    (question,) = open_returns(line.station)
    assert (question.suggestion, [each.differing for each in question.twice]) == (another, [differing])
    take_body_s_account(line.station, another)
    (stands,) = records(line, another)
    assert isinstance(stands, kind)
    assert open_returns(line.station) == ()


def test_blanks_make_no_other_promise(line: Pair) -> None:
    id = answered(line)
    entered(line, id, SuggestionEvent.TRACK, TRACKED)
    said = TRACKED | {"promise": "年底前 修好全部路灯"}
    desk.handle(line.body, [deed(id, "track", on=ON.isoformat(), words="见公告", **said)])
    line.bring_back()
    (stands,) = course_of(line, id).commitments
    assert stands.promise == "年底前 修好全部路灯"
    assert open_returns(line.station) == ()
