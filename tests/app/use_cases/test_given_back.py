"""Restore packages: a station that has lost its computer is given back what the body holds of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import select

from app.clock import Clock
from app.domain.epoch import EpochReason
from app.errors import AppError, Refused
from app.province import enrolment, store
from app.province.restoring import Restored, restore_packages
from app.queries.attachments import attachments_of
from app.queries.epochs import epoch_due
from app.storage.tables import JournalRow
from app.use_cases import setup
from app.use_cases.arrivals import look, receive
from app.use_cases.attachments import write_attachment
from app.use_cases.recording import record
from app.use_cases.setup import Joined
from app.use_cases.trust import listed_station, request_enrolment, station_of, take_trust
from app.workspace import Workspace, opened
from tests.app.province.seats import enrolled_seat
from tests.builders import STATION_CODE, Pair, an_issue, memory_way, remove, save


@contextmanager
def replacement(line: Pair, home: Path) -> Iterator[Workspace]:
    """A new computer in place of a lost one, enrolled with the body."""
    slice = enrolment.slice_for(line.body, STATION_CODE)
    listed = listed_station(slice)
    home.mkdir()
    way, clock = memory_way(), Clock(now=line.wall)
    joins = Joined(station=listed.id)
    setup.set_up(home, way, code=listed.code, name=listed.name, operator="联络员乙", clock=clock, joins=joins)
    with opened(home, way, write=True, clock=clock) as made:
        take_trust(made, slice)
        assert take_trust(made, enrolment.enrol(line.body, request_enrolment(made).content).bundle).enrolled
        yield made


def lines(workspace: Workspace, *kinds: str) -> set[bytes]:
    question = select(JournalRow.line).where(JournalRow.kind.in_(kinds), JournalRow.rev.is_not(None))
    with workspace.reading() as connection:
        return set(connection.scalars(question))


def given_back(line: Pair, seat: str, folder: Path, **told: int) -> Restored:
    return restore_packages(line.body, seat, folder, **told)


def test_a_new_computer_is_given_back_what_the_body_holds(line: Pair, tmp_path: Path) -> None:
    (tmp_path / "a.bin").write_bytes(b"content")
    deputy = record(line.station, "deputy", {"name": "代表甲", "attachments": ["a.bin"]}, tmp_path).id
    gone, kept = an_issue(line.station, "已删"), an_issue(line.station, "留下")
    save(line.station, gone, kept)
    line.round_trip()
    remove(line.station, gone.id)
    line.round_trip()
    chance = Random(5)
    save(line.station, *(an_issue(line.station, chance.randbytes(500).hex()) for _each in range(200)))
    line.round_trip()
    save(line.station, an_issue(line.station, "未报送的"))
    with replacement(line, tmp_path / "new") as made:
        restored = given_back(line, made.author.by, tmp_path / "stick", cap=1_400_000)
        assert len(restored.paths) > 2
        seen = look(made, restored.paths)
        assert [each.what for each in seen] == ["restore"] * len(restored.paths)
        assert any(each.incoming.new for each in seen)
        taken = [receive(made, path) for path in restored.paths]
        assert {each.verdict for each in taken} == {"accepted"}
        assert sum(each.incoming.known for each in look(made, restored.paths)) == restored.revisions
        assert {each.verdict for each in (receive(made, path) for path in restored.paths)} == {"duplicate"}
        assert lines(made, "issue") == {each for each in lines(line.station, "issue") if "未报送的".encode() not in each}
        assert station_of(made) == station_of(line.station)
        (file,) = attachments_of(made, deputy)
        pieces: list[bytes] = []
        write_attachment(made, file.sha256, pieces.append)
        assert pieces == [b"content"]
        assert epoch_due(made) is None, "its own numbers are its first"
        held = store.count(line.body.store)
        new = Pair(station=made, body=line.body, wall=line.wall, stick=tmp_path / "stick3", homes=line.homes)
        save(made, an_issue(made, "新电脑上的"))
        new.round_trip()
        assert store.count(line.body.store)["issue"] == held["issue"] + 1


def test_a_computer_the_body_knows_numbers_beyond_what_it_gave_away(line: Pair, tmp_path: Path) -> None:
    save(line.station, an_issue(line.station))
    line.round_trip()
    line.round_trip()
    restored = given_back(line, line.station.author.by, tmp_path / "stick")
    receive(line.station, restored.paths[0])
    assert epoch_due(line.station) is None, "nothing was lost here"
    with line.station.writing() as books:
        books.connection.exec_driver_sql("DELETE FROM package")
        books.connection.exec_driver_sql("DELETE FROM setting WHERE name = 'incarnation'")
    receive(line.station, restored.paths[0])
    due = epoch_due(line.station)
    assert due
    assert (due.epoch, due.reason) == (2, EpochReason.FROM_BODY)
    assert line.export().numbers[0].epoch == 2
    assert [each.verdict for each in line.intake()] == ["accepted"]


def test_only_the_computer_it_was_sealed_for_opens_it(line: Pair, tmp_path: Path) -> None:
    line.round_trip()
    with replacement(line, tmp_path / "new") as made:
        (path,) = given_back(line, made.author.by, tmp_path / "stick").paths
        with pytest.raises(AppError) as caught:
            receive(line.station, path)
        assert caught.value.code == "E_NO_KEY"
        enrolment.revoke(line.body, made.author.by)
        with pytest.raises(Refused, match="seat_is_revoked"):
            given_back(line, made.author.by, tmp_path / "stick")
    with pytest.raises(Refused, match="seat_unknown"):
        given_back(line, "0" * 16, tmp_path / "stick")


def test_nothing_can_be_given_back_before_something_came(tmp_path: Path) -> None:
    with enrolled_seat(tmp_path) as seat, pytest.raises(Refused, match="nothing_received"):
        restore_packages(seat.held, seat.by, tmp_path / "stick")


def test_a_whole_trust_list_names_no_station_to_take_the_place_of(line: Pair) -> None:
    with pytest.raises(Refused, match="trust_of_no_station"):
        listed_station(enrolment.trust_bundle(line.body))
