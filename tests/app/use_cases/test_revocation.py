"""Asking the body to revoke a computer: a signed file and digits that its head reads out; nothing happens by the file alone."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.domain.station import SeatStatus
from app.errors import AppError, Refused
from app.keys.identities import SigningKey
from app.packages import revocation
from app.packages.faults import PackageFault
from app.packages.revocation import Reason, RevocationRequest, read_revocation, sign_revocation
from app.packages.trust import Cut, TrustList
from app.packages.trust import SeatStatus as Listed
from app.province import enrolment
from app.province.receipts import write_receipts
from app.use_cases import handing_in, seats
from app.use_cases.arrivals import receive
from app.use_cases.revocation import request_revocation, write_revocation
from app.use_cases.trust import station_of
from app.workspace import Workspace
from tests.app.province.seats import OTHER_CODE, Seat, new_seat
from tests.app.use_cases.test_peers import joined
from tests.builders import Pair, an_issue, enrol, save


@pytest.fixture
def second(line: Pair, tmp_path: Path) -> Iterator[Workspace]:
    """Another computer of the station that the body has enrolled and taken a package from; the first holds the receipt."""
    with ExitStack() as stack:
        made = joined(line.station, tmp_path / "second", tmp_path, line.wall, stack)
        enrol(made, line.body)
        enrol(line.station, line.body)
        hand_in(line, made)
        laid_out = write_receipts(line.body, station_of(line.station).code, line.stick / "back").files
        receive(line.station, laid_out[0])
        yield made


def hand_in(line: Pair, here: Workspace) -> str:
    save(here, an_issue(here))
    folder = line.stick / str(len(list(line.stick.glob("*"))))
    (taken,) = line.intake(handing_in.export(here, folder).paths)
    return taken.verdict


def listed(line: Pair) -> TrustList:
    with line.body.store.reading() as connection:
        return enrolment.trust_list(line.body, connection)


def cut_of(line: Pair, seat: str) -> Cut | None:
    return next(each.revoked_after for each in listed(line).seats if each.seat == seat)


def test_a_stolen_computer_is_revoked_from_the_last_number_known_here(line: Pair, second: Workspace) -> None:
    assert hand_in(line, second) == "accepted"  # by the thief, before anybody noticed
    seats.retire(line.station, second.author.by, SeatStatus.STOLEN)
    asked = request_revocation(line.station, second.author.by)
    told = enrolment.asked_revocation(line.body, asked.content)
    assert (told.station, told.digits, told.request.reason) == (station_of(line.station).code, asked.digits, Reason.STOLEN)
    assert cut_of(line, second.author.by) is None, "a file alone revokes nothing"
    with pytest.raises(Refused, match="revocation_differs"):
        enrolment.revoke_as_asked(line.body, asked.content, "000000000000")
    assert cut_of(line, second.author.by) is None
    enrolment.revoke_as_asked(line.body, asked.content, asked.digits)
    assert cut_of(line, second.author.by) == Cut(epoch=1, seq=1), "the receipts here named one"
    assert hand_in(line, second) == "refused"


def test_of_a_retired_computer_all_that_was_taken_in_counts(line: Pair, second: Workspace, tmp_path: Path) -> None:
    hand_in(line, second)
    seats.retire(line.station, second.author.by, SeatStatus.RETIRED)
    written = write_revocation(line.station, second.author.by, tmp_path)
    enrolment.revoke_as_asked(line.body, written.path.read_bytes(), written.digits)
    assert cut_of(line, second.author.by) == Cut(epoch=1, seq=2)
    with pytest.raises(Refused, match="folder_gone"):
        write_revocation(line.station, second.author.by, tmp_path / "nowhere")


def test_a_computer_in_use_or_unknown_is_not_asked_about(line: Pair, second: Workspace) -> None:
    second_known = second.author.by
    seats.retire(line.station, second_known, SeatStatus.LOST)
    with pytest.raises(Refused, match="seat_unknown"):
        request_revocation(line.station, "0" * 16)
    with pytest.raises(Refused, match="seat_in_use"):
        request_revocation(line.station, line.station.author.by)


def fault(line: Pair, content: bytes) -> str:
    with pytest.raises(PackageFault) as caught:
        enrolment.asked_revocation(line.body, content)
    return caught.value.code


def forged(by: Seat, **changed: object) -> bytes:
    """What a seat asks, of its own station's other computer unless something else is said."""
    usual = RevocationRequest(
        format=revocation.FORMAT,
        station=by.station,
        seat=by.by,
        reason=Reason.STOLEN,
        after=None,
        created=datetime(2026, 11, 23, tzinfo=UTC),
    )
    return sign_revocation(replace(usual, **changed), by.signing)  # type: ignore[arg-type]  # what a test changes


def test_nobody_asks_for_another_station_or_for_itself_or_after_their_own_end(
    line: Pair, second: Workspace, tmp_path: Path
) -> None:
    foreign = new_seat(line.body, tmp_path / "foreign", code=OTHER_CODE)
    assert fault(line, forged(foreign)) == "E_ORIGIN"
    assert fault(line, forged(foreign, seat=second.author.by)) == "E_ORIGIN"
    assert fault(line, forged(foreign, station=line.station.author.owner, seat=second.author.by)) == "E_ORIGIN"
    stranger = replace(foreign, signing=SigningKey.make())
    assert fault(line, forged(stranger)) == "E_UNKNOWN_KEY"
    sister = new_seat(line.body, tmp_path / "sister", code=OTHER_CODE, station=foreign.station)
    enrolment.revoke(line.body, sister.by)
    assert fault(line, forged(sister, seat=foreign.by)) == "E_REVOKED"


def test_a_request_altered_on_the_way_is_not_believed(line: Pair, second: Workspace) -> None:
    seats.retire(line.station, second.author.by, SeatStatus.STOLEN)
    content = request_revocation(line.station, second.author.by).content
    for place in range(0, len(content), 7):
        with pytest.raises(AppError):
            read_revocation(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :], listed(line))
    assert {each.status for each in listed(line).seats} == {Listed.ACTIVE}
