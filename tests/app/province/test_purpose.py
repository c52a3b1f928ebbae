"""A county's suggestion is the county's to judge: the province keeps a copy, counts it and never gives it back (decision 8)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.domain.congress import Congress, Level
from app.errors import Refused
from app.province.desk import handle, standings
from app.province.purpose import Purpose, purpose_of
from tests.app.domain.invented import numbered
from tests.app.province.seats import Seat, enrolled_seat

PROVINCE, COUNTY = "43", "430181"


@pytest.fixture
def seat(tmp_path: Path) -> Iterator[Seat]:
    with enrolled_seat(tmp_path) as made:
        yield made


@pytest.mark.parametrize(
    ("division", "level", "body", "purpose"),
    [
        ("430000", "", PROVINCE, Purpose.HANDLE),
        ("43", "", PROVINCE, Purpose.HANDLE),
        (COUNTY, "", PROVINCE, Purpose.SUMMARY),
        (COUNTY, Level.PROVINCE, PROVINCE, Purpose.SUMMARY),  # the code goes before the level
        (COUNTY, "", COUNTY, Purpose.HANDLE),
        ("430182", "", COUNTY, Purpose.SUMMARY),
        ("430100", "", "4301", Purpose.HANDLE),
        ("", Level.PROVINCE, PROVINCE, Purpose.HANDLE),
        ("", Level.COUNTY, PROVINCE, Purpose.SUMMARY),
        ("", Level.NATIONAL, PROVINCE, Purpose.SUMMARY),
        ("", Level.TOWNSHIP, "430181001", Purpose.HANDLE),
        ("", "", PROVINCE, Purpose.HANDLE),
    ],
)
def test_the_congress_says_whose_it_is(division: str, level: str, body: str, purpose: Purpose) -> None:
    assert purpose_of(Congress(id=numbered(1), division_code=division, level=level), body) is purpose


def test_of_an_unknown_congress_it_is_handled() -> None:
    assert purpose_of(None, PROVINCE) is Purpose.HANDLE


def test_a_copy_is_counted_and_never_given_back(seat: Seat) -> None:
    county = seat.revision("congress", name="示例县人民代表大会", level="county")
    own = seat.revision("congress", name="示例省人民代表大会", level="province")
    copy = seat.suggestion(lead_deputy=None, receiving_body=county.id)
    bad = seat.suggestion(lead_deputy=None, receiving_body=own.id)
    good = seat.suggestion(receiving_body=own.id)
    taken = seat.send(county, own, copy, bad, good)
    assert (taken.new, taken.returned) == (5, 1)
    (item,) = seat.receipt().items
    assert [each.id for each in item.returned] == [bad.id]
    found = {each.suggestion.id: each.purpose for each in standings(seat.held)}
    assert found == {copy.id: Purpose.SUMMARY, good.id: Purpose.HANDLE}


def test_nothing_is_done_with_a_copy(seat: Seat) -> None:
    county = seat.revision("congress", name="示例县人民代表大会", level="county")
    copy = seat.suggestion(receiving_body=county.id)
    seat.send(county, copy)
    (stands,) = standings(seat.held)
    assert (stands.purpose, stands.events) == (Purpose.SUMMARY, ())
    with pytest.raises(Refused) as caught:
        handle(seat.held, [{"of": copy.id, "event": "first_review"}])
    problems: Any = caught.value.facts["problems"]
    (problem,) = problems
    assert problem.code == "deed_on_copy"


def test_the_congress_may_have_come_before(seat: Seat) -> None:
    county = seat.revision("congress", level="county", name="示例县人民代表大会")
    seat.send(county)
    assert seat.send(seat.suggestion(text=None, receiving_body=county.id)).returned == 0
