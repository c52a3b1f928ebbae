import base64

import pytest

from app.errors import Refused
from app.packages import enrolment as requests
from app.packages.bundle import Trusted, read_bundle
from app.packages.faults import PackageFault
from app.packages.trust import Cut, SeatStatus
from app.province import enrolment
from app.use_cases.handing_in import export
from app.use_cases.trust import request_enrolment, take_trust
from tests.app.province.seats import OTHER_CODE, Seat, everything, new_seat, trusted
from tests.builders import Pair, an_issue, save


def slice_of(seat: Seat) -> Trusted:
    return Trusted.pin(read_bundle(enrolment.slice_for(seat.held, seat.code)), station=seat.station)


def test_a_seat_gets_a_slice_with_its_station_s_seats_only(seat: Seat) -> None:
    other = new_seat(seat.held, seat.folder, code=OTHER_CODE)
    assert [each.seat for each in slice_of(seat).trust_list.seats] == [seat.by]
    assert [each.seat for each in slice_of(other).trust_list.seats] == [other.by]
    assert {each.seat for each in trusted(seat.held).trust_list.seats} == {seat.by, other.by}


def test_the_digits_are_the_ones_the_station_reads_out(line: Pair) -> None:
    request = request_enrolment(line.station)
    assert enrolment.enrol(line.body, request.content).digits == request.digits


def test_the_same_request_again_gives_a_newer_slice_and_the_same_seat(seat: Seat) -> None:
    before = everything(seat.held)[1]
    version = trusted(seat.held).trust_list.version
    again = enrolment.enrol(seat.held, seat.request())
    assert again.version == version + 1
    after = everything(seat.held)[1]
    assert {name: after[name] for name in ("seat", "station")} == {name: before[name] for name in ("seat", "station")}


def test_versions_only_grow(seat: Seat) -> None:
    versions = [slice_of(seat).trust_list.version]
    new_seat(seat.held, seat.folder, code=OTHER_CODE)
    versions.append(slice_of(seat).trust_list.version)
    enrolment.revoke(seat.held, seat.by)
    versions.append(slice_of(seat).trust_list.version)
    assert versions == sorted(set(versions))
    assert slice_of(seat).trust_list.version == versions[-1], "looking at it makes no new one"


def test_another_station_with_the_same_code_is_refused(seat: Seat) -> None:
    before = everything(seat.held)
    with pytest.raises(Refused, match="station_code_taken"):
        new_seat(seat.held, seat.folder, code=seat.code)
    assert everything(seat.held) == before


def test_a_station_does_not_change_its_code(seat: Seat) -> None:
    new_seat(seat.held, seat.folder, code="430181001-003")
    before = everything(seat.held)
    with pytest.raises(Refused, match="station_code_differs"):
        enrolment.enrol(seat.held, seat.request(code=OTHER_CODE))
    with pytest.raises(Refused, match="station_code_taken"):
        enrolment.enrol(seat.held, seat.request(code="430181001-003"))
    assert everything(seat.held) == before


def test_a_request_signed_by_another_key_is_refused(seat: Seat) -> None:
    other = new_seat(seat.held, seat.folder, code=OTHER_CODE)
    with pytest.raises(PackageFault):
        requests.sign_request(requests.read_request(seat.request()), other.signing)
    altered = seat.request().replace(b'"payload":"ey', b'"payload":"ez', 1)
    with pytest.raises(PackageFault):
        enrolment.enrol(seat.held, altered)
    with pytest.raises(PackageFault, match="E_JSON"):
        enrolment.enrol(seat.held, b"please")


# --- revoking -----------------------------------------------------------------------------------------------------


def test_a_revoked_seat_counts_up_to_its_last_number(seat: Seat) -> None:
    one, two, three, four = (seat.package() for _ in range(4))
    seat.take(one, three)
    enrolment.revoke(seat.held, seat.by)
    (entry,) = slice_of(seat).trust_list.seats
    assert (entry.status, entry.revoked_after) == (SeatStatus.REVOKED, Cut(epoch=1, seq=3))
    assert [(each.verdict, each.code) for each in seat.take(two, four, one)] == [
        ("accepted", None),
        ("refused", "E_REVOKED"),
        ("duplicate", None),
    ]
    assert seat.receipt().cursor(seat.by, 1).through == 3


def test_a_later_epoch_of_a_revoked_seat_does_not_count(seat: Seat) -> None:
    seat.send()
    enrolment.revoke(seat.held, seat.by)
    assert seat.send(epoch=2, seq=1, prev=None).code == "E_REVOKED"


def test_a_seat_revoked_before_its_first_package_counts_for_nothing(seat: Seat) -> None:
    enrolment.revoke(seat.held, seat.by)
    assert seat.send().code == "E_REVOKED"


def test_a_revoked_seat_does_not_come_back_by_asking_again(seat: Seat) -> None:
    seat.send()
    enrolment.revoke(seat.held, seat.by)
    enrolment.enrol(seat.held, seat.request())
    assert seat.send().code == "E_REVOKED"


def test_revoking_twice_moves_nothing(seat: Seat) -> None:
    seat.send()
    enrolment.revoke(seat.held, seat.by)
    enrolment.revoke(seat.held, seat.by)
    assert slice_of(seat).trust_list.seats[0].revoked_after == Cut(epoch=1, seq=1)


def test_nobody_is_revoked_who_was_never_enrolled(seat: Seat) -> None:
    with pytest.raises(Refused, match="seat_unknown"):
        enrolment.revoke(seat.held, "0123456789abcdef")


def test_revoking_one_seat_leaves_its_sister(seat: Seat) -> None:
    sister = new_seat(seat.held, seat.folder / "sister", code=seat.code, station=seat.station)
    enrolment.revoke(seat.held, seat.by)
    assert sister.send().verdict == "accepted"
    assert [each.status for each in slice_of(seat).trust_list.seats if each.seat == sister.by] == [SeatStatus.ACTIVE]


def test_the_station_learns_that_it_was_revoked_and_seals_nothing_more(line: Pair) -> None:
    save(line.station, an_issue(line.station, "甲"))
    line.export()
    line.intake()
    enrolment.revoke(line.body, line.station.author.by)
    taken = {each.what: each for each in line.bring_back()}
    assert taken["trust"].verdict == "accepted"
    save(line.station, an_issue(line.station, "乙"))
    with pytest.raises(Refused, match="seat_revoked"):
        export(line.station, line.stick)
    assert not take_trust(line.station, enrolment.slice_for(line.body, "430181001-001")).enrolled


def test_the_receiving_keys_and_the_body_are_in_every_list(seat: Seat) -> None:
    listed = slice_of(seat).trust_list
    assert [each.key for each in listed.recipients] == [each.recipient for each in seat.held.identity().receiving]
    assert (listed.body.code, listed.body.id, listed.province) == ("43", seat.held.body.id, "43")
    assert base64.b64decode(listed.seats[0].key) == seat.signing.public
