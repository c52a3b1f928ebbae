"""What a computer is for limits whoever sits at it, and one computer stays at which everything may be done."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from app.domain.station import SeatRole, SeatStatus
from app.errors import Refused
from app.storage import sisters
from app.use_cases import seats, station
from app.use_cases.arrivals import receive
from app.use_cases.drafts import keep_draft
from app.use_cases.farewell import say_goodbye
from app.workspace import Workspace
from tests.app.use_cases.test_peers import Two, issues, two
from tests.builders import an_encounter, an_issue, save

__all__ = ["two"]  # the fixture


def name_units(workspace: Workspace) -> None:
    station.add_operator(workspace, "联络员丙", [])


def enter(workspace: Workspace) -> None:
    save(workspace, an_encounter(workspace, "群众甲"))


@pytest.mark.parametrize(
    ("role", "deed", "refused"),
    [
        (SeatRole.ENTRY, enter, False),
        (SeatRole.ENTRY, name_units, True),
        (SeatRole.READING, enter, True),
        (SeatRole.READING, name_units, True),
        (SeatRole.FULL, name_units, False),
    ],
)
def test_a_role_limits_what_is_done_at_that_computer_and_nowhere_else(
    two: Two, role: SeatRole, deed: Callable[[Workspace], None], refused: bool
) -> None:
    two.exchange()
    assert seats.give_role(two.first, two.second.author.by, role).role is role
    two.exchange()  # which goes on, whatever a computer is for
    deed(two.first)
    if not refused:
        deed(two.second)
        return
    with pytest.raises(Refused, match="not_here") as told:
        deed(two.second)
    assert told.value.facts["role"] is role
    two.exchange()


def test_the_last_computer_that_may_do_everything_stays_so(two: Two) -> None:
    two.exchange()
    with pytest.raises(Refused, match="seat_unknown"):
        seats.give_role(two.first, "nobody", SeatRole.ENTRY)
    seats.give_role(two.first, two.second.author.by, SeatRole.ENTRY)
    with pytest.raises(Refused, match="seat_last_full"):
        seats.give_role(two.first, two.first.author.by, SeatRole.READING)
    seats.give_role(two.first, two.second.author.by, SeatRole.FULL)
    seats.retire(two.first, two.second.author.by, SeatStatus.LOST)
    with pytest.raises(Refused, match="seat_gone"):
        seats.give_role(two.first, two.second.author.by, SeatRole.ENTRY)
    with pytest.raises(Refused, match="seat_last_full"):
        seats.give_role(two.first, two.first.author.by, SeatRole.ENTRY)


def test_where_both_limited_each_other_none_is_limited(two: Two) -> None:
    two.exchange()
    seats.give_role(two.first, two.second.author.by, SeatRole.READING)
    seats.give_role(two.second, two.first.author.by, SeatRole.READING)
    two.exchange()
    two.exchange()
    for each in (two.first, two.second):
        assert {told.role for told in seats.seats(each)} == {SeatRole.READING}
        save(each, an_issue(each, "路灯不亮"))


def test_a_role_that_only_a_newer_program_knows_limits_nothing(two: Two) -> None:
    two.exchange()
    with two.first.reading() as connection:
        own = next(
            each for each in sisters.seat_records(connection, two.first.author.owner) if each.key_id == two.first.author.by
        )
    save(two.first, replace(own, role="kiosk"))
    assert next(each for each in seats.seats(two.first) if each.own).role is SeatRole.FULL
    save(two.first, an_issue(two.first, "路灯不亮"))


def test_a_computer_that_leaves_hands_over_what_only_it_knows_and_is_for_reading_alone(two: Two, tmp_path: Path) -> None:
    two.exchange()
    save(two.second, an_issue(two.second, "只有乙知道的"))
    keep_draft(two.second, "issue", "issue", {"words": "没写完"})
    with pytest.raises(Refused, match="drafts_unfinished"):
        say_goodbye(two.second, tmp_path / "stick")
    assert seats.seats(two.second)[0].status == SeatStatus.ACTIVE
    said = say_goodbye(two.second, tmp_path / "stick", leave_drafts=True)
    with pytest.raises(Refused, match="not_here"):
        save(two.second, an_issue(two.second, "还想写"))
    two.wall.pass_by(timedelta(days=3))
    for path in said.paths:
        assert receive(two.first, path).verdict == "accepted"
    assert "只有乙知道的" in {each.subject for each in issues(two.first)}
    assert next(each for each in seats.seats(two.first) if not each.own).status == SeatStatus.RETIRED
    with pytest.raises(Refused, match="seat_last_full"):
        say_goodbye(two.first, tmp_path / "another")


def test_a_lost_computer_that_was_found_learns_that_it_was_ended(two: Two) -> None:
    two.exchange()
    seats.retire(two.first, two.second.author.by, SeatStatus.LOST)
    with two.first.reading() as connection:
        ended = next(
            each for each in sisters.seat_records(connection, two.first.author.owner) if each.key_id == two.second.author.by
        )
    with two.second.writing() as books:
        books.records.save(ended)
    with pytest.raises(Refused, match="not_here"):
        save(two.second, an_issue(two.second, "还想写"))
