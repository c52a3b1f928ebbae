from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from app.errors import Refused
from app.packages.receipt import Cursor
from app.packages.seal import Attachment
from app.packages.statement import Kind
from app.province import enrolment
from app.province.intake import Intake
from app.province.receiver import PARKED
from tests.app.province.seats import OTHER_CODE, Seat, new_seat

EMPTY: tuple[Attachment, ...] = ()
OTHER = "sha256:" + "ab" * 32


def codes(seat: Seat, *paths: Path) -> list[str | None]:
    taken = seat.take(*paths)
    assert {each.verdict for each in taken} == {"accepted"}
    return [each.code for each in taken]


# --- gaps ---------------------------------------------------------------------------------------------------------


def test_a_gap_is_told_and_closed(seat: Seat) -> None:
    one, two, three, four = (seat.package() for _ in range(4))
    assert codes(seat, one, three) == [None, "W_GAP"]
    receipt = seat.receipt()
    assert receipt.cursor(seat.by, 1) == Cursor(through=1, also=(3,), missing=(2,))
    assert [(each.seq, each.code) for each in receipt.items] == [(1, None), (3, "W_GAP")]
    assert codes(seat, four, two) == ["W_GAP", None]
    assert seat.receipt().cursor(seat.by, 1) == Cursor(through=4, also=(), missing=())


def test_three_one_two(seat: Seat) -> None:
    one, two, three = (seat.package() for _ in range(3))
    assert codes(seat, three, one, two) == ["W_GAP", None, None]
    assert seat.receipt().cursor(seat.by, 1) == Cursor(through=3, also=(), missing=())


def test_gaps_are_kept_apart_by_seat(seat: Seat) -> None:
    sister = new_seat(seat.held, seat.folder / "sister", code=seat.code, station=seat.station)
    ours, theirs = [seat.package() for _ in range(3)], [sister.package() for _ in range(2)]
    assert codes(seat, ours[0], theirs[1], ours[2]) == [None, "W_GAP", "W_GAP"]
    receipt = seat.receipt()
    assert receipt.cursor(seat.by, 1) == Cursor(through=1, also=(3,), missing=(2,))
    assert receipt.cursor(sister.by, 1) == Cursor(through=0, also=(2,), missing=(1,))


def test_gaps_are_kept_apart_by_station(seat: Seat) -> None:
    other = new_seat(seat.held, seat.folder / "other", code=OTHER_CODE)
    ours, theirs = [seat.package() for _ in range(2)], [other.package() for _ in range(2)]
    assert codes(seat, ours[1], theirs[0], theirs[1]) == ["W_GAP", None, None]
    assert seat.receipt().cursors.keys() == {f"{seat.by}/e1"}
    assert other.receipt().cursor(other.by, 1) == Cursor(through=2, also=(), missing=())


def test_a_package_dated_after_today_is_taken_with_a_remark(seat: Seat) -> None:
    today = seat.held.clock.now()
    paths = [seat.package(created=today + timedelta(hours=hours)) for hours in (-9000, 23, 25)]
    assert codes(seat, *paths) == [None, None, "W_CLOCK"]
    assert [each.code for each in seat.receipt().items] == [None, None, "W_CLOCK"]


# --- what does not fit --------------------------------------------------------------------------------------------


def parked(seat: Seat, path: Path) -> str | None:
    (taken,) = seat.take(path)
    assert taken.verdict == "parked"
    (item,) = [each for each in seat.receipt().items if each.package == seat.sealed[-1].digest]
    assert (item.status, item.code, item.rows.new, item.import_id) == ("parked", taken.code, 0, None)
    assert list((seat.held.folder / PARKED).glob("*.llz"))
    return taken.code


def test_another_package_under_a_number_is_a_fork(seat: Seat) -> None:
    seat.send()
    first = seat.sealed[-1].digest
    seat.send(seat.revision(subject="甲"))
    assert parked(seat, seat.package(seat.revision(subject="乙"), seq=2, prev=first)) == "E_FORK"
    assert seat.receipt().cursor(seat.by, 1) == Cursor(through=2, also=(), missing=())
    assert Intake(seat.held).retry_parked() == []


def test_what_a_fork_goes_on_with_is_parked_too(seat: Seat) -> None:
    seat.send()
    first = seat.sealed[-1].digest
    seat.send()
    seat.take(seat.package(seq=2, prev=first))
    assert parked(seat, seat.package(seq=3)) == "E_CHAIN"


def test_a_fork_at_one_seat_does_not_stop_another(seat: Seat) -> None:
    sister = new_seat(seat.held, seat.folder / "sister", code=seat.code, station=seat.station)
    seat.send()
    assert seat.send(seq=1, prev=None).code == "E_FORK"
    assert [sister.send().verdict, sister.send().verdict] == ["accepted", "accepted"]


def test_another_package_before_it_than_the_known_one(seat: Seat) -> None:
    seat.send()
    assert parked(seat, seat.package(prev=OTHER)) == "E_CHAIN"


def test_another_package_after_it_than_the_known_one(seat: Seat) -> None:
    one = seat.package()
    two = seat.package()
    stranger = seat.package(seq=1, prev=None)
    seat.take(two)
    assert parked(seat, stranger) == "E_CHAIN"
    assert codes(seat, one) == [None]


# --- epochs -------------------------------------------------------------------------------------------------------


def test_an_epoch_after_another(seat: Seat) -> None:
    one, two = seat.package(), seat.package()
    again = seat.package(epoch=2, seq=1, prev=None)
    assert codes(seat, one, again) == [None, None]
    assert codes(seat, two) == ["W_LATE"], "a stick of the older epoch counts as well"
    receipt = seat.receipt()
    assert {name: cursor.through for name, cursor in receipt.cursors.items()} == {f"{seat.by}/e1": 2, f"{seat.by}/e2": 1}


def test_a_later_number_of_an_epoch_may_come_before_its_first(seat: Seat) -> None:
    seat.send()
    first = seat.package(epoch=2, seq=1, prev=None)
    assert codes(seat, seat.package(epoch=2), first) == ["W_GAP", None]


def test_an_epoch_passed_over(seat: Seat) -> None:
    seat.send()
    assert parked(seat, seat.package(epoch=3, seq=1, prev=None)) == "E_EPOCH"


def test_the_first_package_of_all_is_of_the_first_epoch(seat: Seat) -> None:
    assert parked(seat, seat.package(epoch=2, seq=1, prev=None)) == "E_EPOCH"


def test_an_epoch_that_does_not_begin_with_everything(seat: Seat) -> None:
    assert parked(seat, seat.package(kind=Kind.CHANGES)) == "E_EPOCH"


def test_a_full_state_spans_parts_from_the_first_on(seat: Seat) -> None:
    paths = [seat.package(), seat.package(kind=Kind.SNAPSHOT), seat.package(kind=Kind.SNAPSHOT), seat.package()]
    assert codes(seat, paths[0], paths[2], paths[1], paths[3]) == [None, "W_GAP", None, None]


def test_a_full_state_in_the_middle_is_misplaced(seat: Seat) -> None:
    seat.send()
    seat.send()
    assert parked(seat, seat.package(kind=Kind.SNAPSHOT)) == "E_EPOCH"


def test_it_is_misplaced_whichever_comes_first(seat: Seat) -> None:
    seat.send()
    changes, state = seat.package(), seat.package(kind=Kind.SNAPSHOT)
    assert codes(seat, state) == ["W_GAP"]
    seat.sealed.pop()
    assert parked(seat, changes) == "E_EPOCH"


def test_a_parked_number_is_taken_once_its_place_is_free(seat: Seat) -> None:
    seat.send()
    waiting = seat.package(epoch=3, seq=1, prev=None)
    assert seat.take(waiting)[0].code == "E_EPOCH"
    assert seat.send(epoch=2, seq=1, prev=None).verdict == "accepted"
    assert [(each.verdict, each.code) for each in Intake(seat.held).retry_parked()] == [("accepted", None)]
    items = seat.receipt().items
    assert [(each.epoch, each.status) for each in items] == [(1, "accepted"), (2, "accepted"), (3, "accepted")]


def void(seat: Seat, *lost: int, seq: int) -> Path:
    """A package that declares numbers lost and carries nothing."""
    last = seat.sealed[-1].digest
    stream = replace(seat.heading(seq=seq, prev=last).stream, fills=lost)
    return seat.package(attachments=EMPTY, kind=Kind.VOID, stream=stream)


def test_a_declared_loss_closes_the_gap(seat: Seat) -> None:
    one, _two, _three, four = (seat.package() for _ in range(4))
    assert codes(seat, one, four) == [None, "W_GAP"]
    assert seat.receipt().cursor(seat.by, 1).missing == (2, 3)
    assert codes(seat, void(seat, 2, 3, seq=5)) == [None]
    receipt = seat.receipt()
    assert receipt.cursor(seat.by, 1) == Cursor(through=5, also=(), missing=())
    assert [each.seq for each in receipt.items] == [1, 4, 5]


def test_what_was_declared_lost_and_comes_all_the_same_is_taken(seat: Seat) -> None:
    one, two = seat.package(), seat.package()
    assert codes(seat, one, void(seat, 2, seq=3)) == [None, None]
    (taken,) = seat.take(two)
    assert (taken.verdict, taken.new, taken.code) == ("accepted", 1, None)
    assert seat.receipt().cursor(seat.by, 1) == Cursor(through=3, also=(), missing=())


def test_what_fills_a_lost_number_closes_its_gap(seat: Seat) -> None:
    one, _two = seat.package(), seat.package()
    filling = seat.package(stream=replace(seat.heading().stream, fills=(2,)))
    assert codes(seat, filling, one) == ["W_GAP", None]
    assert seat.receipt().cursor(seat.by, 1) == Cursor(through=3, also=(), missing=())


def test_a_declared_loss_that_carries_something_is_refused(seat: Seat) -> None:
    seat.send()
    stream = replace(seat.heading().stream, fills=(1,))
    (taken,) = seat.take(seat.package(kind=Kind.VOID, stream=stream))
    assert (taken.verdict, taken.code) == ("refused", "E_LAYOUT")


def test_numbers_of_an_earlier_epoch_are_taken_late_but_not_asked_for(seat: Seat) -> None:
    one, two, three = (seat.package() for _ in range(3))
    assert codes(seat, one, three) == [None, "W_GAP"]
    assert codes(seat, seat.package(epoch=2, seq=1)) == [None]
    assert seat.receipt().cursor(seat.by, 1) == Cursor(through=1, also=(3,), missing=())
    assert codes(seat, two) == ["W_LATE"]
    assert seat.receipt().cursor(seat.by, 1) == Cursor(through=3, also=(), missing=())


def test_an_operator_may_let_an_epoch_begin_whose_forerunner_is_gone(seat: Seat) -> None:
    seat.send()
    third = seat.package(epoch=3, seq=1)
    assert parked(seat, third) == "E_EPOCH"
    enrolment.let_epoch_begin(seat.held, seat.by, 3)
    assert [each.verdict for each in Intake(seat.held).retry_parked()] == ["accepted"]
    assert seat.receipt().cursor(seat.by, 3) == Cursor(through=1, also=(), missing=())
    for epoch in (1, 3):
        with pytest.raises(Refused, match="epoch_known"):
            enrolment.let_epoch_begin(seat.held, seat.by, epoch)
    with pytest.raises(Refused, match="seat_unknown"):
        enrolment.let_epoch_begin(seat.held, "0" * 16, 2)
