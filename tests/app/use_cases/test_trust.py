"""Whom a station believes: asked by a request that it signs, taken from a file that the body signs, and not set back."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from app.domain.arrival import Enrolment
from app.errors import AppError, Refused
from app.packages.enrolment import read_request, spoken_fingerprint
from app.packages.faults import PackageFault
from app.province import enrolment
from app.use_cases.trust import (
    contact_travels,
    request_enrolment,
    station_of,
    take_trust,
    trust_state,
    trusted_by,
    write_request,
)
from app.workspace import Workspace
from tests.builders import STATION_CODE, STATION_NAME, Pair, body, new_station, station


@pytest.fixture
def alone(tmp_path: Path) -> Iterator[Workspace]:
    """A station that has met no body yet."""
    with station(tmp_path / "alone") as opened:
        yield opened


def refused(workspace: Workspace, data: bytes, roots: str | None = None) -> str:
    with pytest.raises(AppError) as caught:
        take_trust(workspace, data, roots)
    return caught.value.code


def test_a_request_names_station_and_seat_and_is_signed_by_it(alone: Workspace) -> None:
    made = request_enrolment(alone)
    request = read_request(made.content)
    identity = alone.identity()
    assert (request.station.id, request.station.code, request.station.name) == (alone.author.owner, STATION_CODE, STATION_NAME)
    assert (request.seat.id, request.seat.receiving) == (identity.seat_id, identity.receiving.recipient)
    assert len([digit for digit in made.digits if digit.isdigit()]) == 12
    assert identity.signing.seed not in made.content
    assert identity.receiving.secret.encode() not in made.content
    with pytest.raises(PackageFault):
        read_request(made.content.replace(b"A", b"B", 1))


def test_before_a_body_is_trusted_nobody_is(alone: Workspace) -> None:
    with pytest.raises(Refused, match="no_trust"):
        trusted_by(alone)
    assert not contact_travels(alone)
    assert station_of(alone).name == STATION_NAME


def test_a_body_is_pinned_at_first_sight_by_the_fingerprint_a_person_was_given(line: Pair, alone: Workspace) -> None:
    whole = enrolment.trust_bundle(line.body)
    fingerprint = line.homes[1].made.fingerprint
    assert refused(alone, whole, "0" * 64) == "E_FINGERPRINT"
    with pytest.raises(Refused, match="no_trust"):
        trusted_by(alone)
    taken = take_trust(alone, whole, fingerprint)
    assert (taken.fingerprint, taken.first, taken.enrolled, taken.body) == (fingerprint, True, False, "43")
    assert not take_trust(alone, whole).first
    assert trusted_by(alone).fingerprint == fingerprint


def test_after_enrolment_the_list_holds_the_seat(line: Pair) -> None:
    trusted = trusted_by(line.station)
    assert trusted.seat_key(line.station.identity().signing.keyid) is not None
    enrolment.revoke(line.body, line.station.author.by)
    assert not take_trust(line.station, enrolment.slice_for(line.body, STATION_CODE)).enrolled


def test_another_body_is_not_believed_in_its_place(line: Pair, tmp_path: Path) -> None:
    with body(tmp_path / "other body", code="430181") as other:
        assert refused(line.station, enrolment.trust_bundle(other)).startswith("E_")
    assert trusted_by(line.station).trust_list.body.code == "43"


def test_a_slice_for_another_station_is_refused(line: Pair, tmp_path: Path) -> None:
    with new_station(tmp_path / "b", code="430181001-002", wall=line.wall).opened() as other:
        theirs = enrolment.enrol(line.body, request_enrolment(other).content)
    assert refused(line.station, theirs.bundle) == "E_RECIPIENT"


def test_trust_survives_a_restart_and_is_verified_again(line: Pair) -> None:
    before = trusted_by(line.station)
    with line.homes[0].opened(write=False) as again:
        assert trusted_by(again) == before


def test_an_expired_list_is_still_used_with_a_warning(line: Pair) -> None:
    line.wall.pass_by(timedelta(days=500))
    assert [each.code for each in trusted_by(line.station).warnings(line.station.clock.now())] == ["W_TRUST_EXPIRED"]
    assert [each.seq for each in line.export().numbers] == [1]


def test_what_is_no_trust_file_changes_nothing(line: Pair) -> None:
    before = trusted_by(line.station)
    whole = enrolment.trust_bundle(line.body)
    place = whole.index(b'"payload":"') + 60
    altered = whole[:place] + (b"A" if whole[place : place + 1] != b"A" else b"B") + whole[place + 1 :]
    for data in (b"", b"{}", whole[:-1], altered, request_enrolment(line.station).content):
        assert refused(line.station, data).startswith("E_")
    assert trusted_by(line.station) == before


# --- as a person sees it ----------------------------------------------------------------------------------------------


def test_the_state_of_trust_follows_the_body(line: Pair, alone: Workspace) -> None:
    assert trust_state(alone) is None
    told = trust_state(line.station)
    assert told is not None
    assert (told.body, told.version, told.enrolment, told.contact, told.warnings) == ("43", 1, Enrolment.ENROLLED, False, ())
    assert (told.fingerprint, len(told.digits.replace(" ", ""))) == (trusted_by(line.station).fingerprint, 12)
    take_trust(alone, enrolment.trust_bundle(line.body))
    stranger = trust_state(alone)
    assert stranger is not None
    assert stranger.enrolment is Enrolment.UNKNOWN
    enrolment.revoke(line.body, line.station.author.by)
    take_trust(line.station, enrolment.trust_bundle(line.body))
    line.wall.pass_by(timedelta(days=4000))
    told = trust_state(line.station)
    assert told is not None
    assert told.enrolment is Enrolment.REVOKED
    assert {code for code, _facts in told.warnings} == {"W_TRUST_EXPIRED", "W_ROOTS_EXPIRED"}


def test_a_request_is_written_where_it_is_wanted(alone: Workspace, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="folder_gone"):
        write_request(alone, tmp_path / "gone")
    written = write_request(alone, tmp_path)
    request = read_request(written.path.read_bytes())
    assert (request.seat.id, written.path.parent) == (alone.author.by, tmp_path)
    assert STATION_CODE in written.path.name
    assert written.digits == spoken_fingerprint(request)
