import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from app.domain.revisions import Revision, canonical
from app.errors import Refused
from app.packages import content
from app.province import checking
from app.province.store import count, find
from tests.app.province.seats import OTHER_CODE, Seat, everything, new_seat
from tests.builders import STATION_CODE

Forge = Callable[[Seat], Revision | bytes]


def without(seat: Seat, member: str) -> bytes:
    members = json.loads(seat.revision(subject="甲").line())
    del members[member]
    return canonical(members) + b"\n"


def deep(seat: Seat) -> bytes:
    return seat.revision(subject="甲").line().replace('"subject":"甲"'.encode(), b'"subject":' + b"[" * 5000 + b"]" * 5000)


MALFORMED: dict[str, tuple[str, Forge]] = {
    "no JSON": ("E_JSON", lambda seat: b"a row that is none\n"),
    "cut JSON": ("E_JSON", lambda seat: seat.revision(subject="甲").line()[:-3] + b"\n"),
    "an empty line": ("E_JSON", lambda seat: b"\n"),
    "a list": ("E_JSON", lambda seat: b"[1]\n"),
    "5,000 deep": ("E_JSON", deep),
    "no UTF-8": ("E_JSON", lambda seat: seat.revision(subject="甲").line().replace("甲".encode(), b"\xff")),
    "without a stamp": ("E_LAYOUT", lambda seat: without(seat, "_hlc")),
    "without an owner": ("E_LAYOUT", lambda seat: without(seat, "_owner")),
    "an operator who is none": ("E_LAYOUT", lambda seat: replace(seat.revision(), op="nobody")),
    "another digest": ("E_LAYOUT", lambda seat: seat.revision(subject="甲").line().replace("甲".encode(), "乙".encode())),
    "a date that is none": ("E_LAYOUT", lambda seat: seat.revision(received_on="tomorrow")),
    "a text that is a number": ("E_LAYOUT", lambda seat: seat.revision(subject=7)),
    "an identifier that is none": ("E_LAYOUT", lambda seat: seat.revision(visit="the one of yesterday")),
    "a list that is a text": ("E_LAYOUT", lambda seat: seat.revision(units_concerned="水务局")),
    "another kind's row": ("E_LAYOUT", lambda seat: seat.revision("visit").line()),
    "a first state of the second generation": ("E_LAYOUT", lambda seat: replace(seat.revision(), gen=2)),
    "another station's row": ("E_SCOPE", lambda seat: replace(seat.revision(), owner=seat.held.body.id)),
    "another seat's row": ("E_SCOPE", lambda seat: replace(seat.revision(), by="0123456789abcdef")),
}


@pytest.mark.parametrize("name", MALFORMED)
def test_one_bad_row_and_nothing_of_the_package_is_stored(seat: Seat, name: str) -> None:
    code, forge = MALFORMED[name]
    before = everything(seat.held)[1]
    taken = seat.send(seat.revision(subject="好的"), forge(seat))
    assert (taken.verdict, taken.code) == ("refused", code)
    after = everything(seat.held)[1]
    (told,) = after.pop("arrival")
    assert {"refused", code} <= set(told), "the station is to be told"
    assert after == {name: held for name, held in before.items() if name != "arrival"}
    assert [(each.status, each.code) for each in seat.receipt().items] == [("refused", code)]


def test_another_body_under_a_known_revision_is_refused(seat: Seat) -> None:
    first = seat.revision(subject="甲")
    seat.send(first)
    taken = seat.send(seat.revision(subject="乙"), replace(first, body={"subject": "丙"}))
    assert (taken.verdict, taken.code) == ("refused", "E_REV_MISMATCH")
    assert count(seat.held.store) == {"issue": 1}
    assert find(seat.held.store, first.id).revision == first


def test_a_revision_twice_in_a_package_is_refused(seat: Seat) -> None:
    first = seat.revision(subject="甲")
    taken = seat.send(first, replace(first, body={"subject": "乙"}))
    assert (taken.verdict, taken.code) == ("refused", "E_LAYOUT")


def test_the_same_holds_between_two_portions_of_a_table(seat: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(content, "_STEP", 500)  # bytes: a row at a time
    monkeypatch.setattr(checking, "_PORTION", 1000)  # two rows
    several = [seat.revision(subject=str(number)) for number in range(5)]
    taken = seat.send(*several, replace(several[0], body={"subject": "乙"}))
    assert (taken.verdict, taken.code) == ("refused", "E_REV_MISMATCH")
    seat.sealed.clear()
    later = [seat.revision(before=each, subject=f"{each.body['subject']}号") for each in several]
    assert seat.send(*several, *later).new == 10
    assert all(find(seat.held.store, each.id).revision == each for each in later)


# --- heads and conflicts ------------------------------------------------------------------------------------------


def test_states_that_arrive_before_the_ones_they_stand_on_end_the_same(seat: Seat) -> None:
    first = seat.revision(subject="甲")
    second = seat.revision(before=first, subject="乙")
    third = seat.revision(before=second, subject="丙")
    assert [seat.send(each).conflict for each in (third, first, second)] == [0, 0, 0]
    held = find(seat.held.store, first.id)
    assert (held.revision, held.disputed) == (third, ())


def test_two_states_made_of_the_same_one_conflict_once(seat: Seat) -> None:
    first = seat.revision(subject="甲", place="东街")
    ours = seat.revision(before=first, subject="乙", place="东街")
    theirs = seat.revision(before=first, subject="丙", place="东街")
    seat.send(first)
    assert [seat.send(ours).conflict, seat.send(theirs).conflict] == [0, 1]
    held = find(seat.held.store, first.id)
    assert held.disputed == ("subject",)
    settled = replace(seat.revision(before=ours, subject="丁", place="东街"), parents=(ours.rev, theirs.rev), gen=3)
    assert seat.send(settled).conflict == 0
    assert find(seat.held.store, first.id).disputed == ()


def test_two_seats_of_one_station_conflict_and_are_counted(seat: Seat) -> None:
    sister = new_seat(seat.held, seat.folder / "sister", code=STATION_CODE, station=seat.station)
    first = seat.revision(subject="甲", place="东街")
    seat.send(first)
    assert seat.send(seat.revision(before=first, subject="乙", place="东街")).conflict == 0
    same = sister.revision(before=first, subject="甲", place="西街")
    other = sister.revision(subject="另一件")
    taken = sister.send(same, other)
    assert (taken.verdict, taken.new, taken.conflict) == ("accepted", 2, 1)
    held = find(seat.held.store, first.id)
    assert held.disputed == (), "different fields were changed, which a person need not settle"
    (item,) = [each for each in seat.receipt().items if each.seat == sister.by]
    assert (item.rows.new, item.rows.conflict) == (2, 1)


def test_two_stations_do_not_touch_each_other(seat: Seat) -> None:
    other = new_seat(seat.held, seat.folder / "other", code=OTHER_CODE)
    mine = seat.revision(subject="甲")
    seat.send(mine)
    borrowed = replace(other.revision(subject="乙"), id=mine.id, rev=mine.rev)
    assert other.send(borrowed).verdict == "accepted"
    assert count(seat.held.store) == {"issue": 2}
    assert seat.receipt().cursor(other.by, 1).through == 0
    assert [each.seat for each in seat.receipt().items] == [seat.by]
    assert other.send(replace(other.revision(before=mine, subject="丙"), parents=(mine.rev,))).conflict == 0
    assert mine.line() in {line for row in everything(seat.held)[1]["revision"] for line in row}


def test_an_identifier_that_two_stations_bear_is_not_shown_as_either_s(seat: Seat) -> None:
    other = new_seat(seat.held, seat.folder / "other", code=OTHER_CODE)
    mine = seat.revision(subject="甲")
    seat.send(mine)
    other.send(replace(other.revision(subject="乙"), id=mine.id))
    with pytest.raises(Refused, match="record_ambiguous"):
        find(seat.held.store, mine.id)
