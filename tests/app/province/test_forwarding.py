"""Packages between the computers of one station go by the body, which keeps them unread, within bounds, for their reader."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from app.domain.issue import Issue
from app.packages.content import Reader, open_content
from app.packages.faults import PackageFault
from app.packages.lines import SCHEMA_SET
from app.packages.opening import verify_package
from app.packages.senders import seats as listed_seats
from app.packages.statement import Kind
from app.province import enrolment, forwarding
from app.province.intake import DUPLICATE, FORWARDED, REFUSED, Intake, Taken
from app.province.receipts import write_receipts
from app.province.receiver import PEERS
from app.province.tables import PeerRow
from app.use_cases import handing_in
from app.use_cases.arrival import TakenIn
from app.use_cases.arrivals import look, receive
from app.use_cases.peers import ForSister
from app.use_cases.trust import station_of
from app.workspace import Workspace
from tests.app.province.seats import OTHER_CODE, new_seat
from tests.app.use_cases.test_peers import joined
from tests.builders import Pair, an_issue, enrol, new_body, save


@dataclass(slots=True)
class Station:
    """Two computers of a station and their body; what one hands in goes by the body to the other."""

    line: Pair
    second: Workspace
    round: int = 0

    @property
    def first(self) -> Workspace:
        return self.line.station

    def hand_in(self, here: Workspace) -> tuple[list[Taken], tuple[ForSister, ...]]:
        self.round += 1
        exported = handing_in.export(here, self.line.stick / str(self.round))
        peers = [path for each in exported.sisters for path in each.paths]
        return self.line.intake([*exported.paths, *peers]), exported.sisters

    def lay_out(self) -> list[Path]:
        self.round += 1
        code = station_of(self.first).code
        return list(write_receipts(self.line.body, code, self.line.stick / f"back{self.round}").files)

    def bring_back(self, here: Workspace) -> list[TakenIn]:
        return [receive(here, path) for path in self.lay_out()]

    def waiting(self) -> list[Path]:
        return [path for path in self.lay_out() if "-peer-" in path.name]


@pytest.fixture
def station(line: Pair, tmp_path: Path) -> Iterator[Station]:
    with ExitStack() as stack:
        second = joined(line.station, tmp_path / "second", tmp_path, line.wall, stack)
        enrol(second, line.body)
        enrol(line.station, line.body)
        yield Station(line, second)


def subjects(workspace: Workspace) -> set[str]:
    with workspace.writing() as books:
        return {each.record.subject for each in books.records.all_of(Issue)}


def test_what_one_hands_in_reaches_the_other_by_the_body_and_stops_when_it_is_there(station: Station) -> None:
    save(station.first, an_issue(station.first, "东街路灯"))
    taken, sealed = station.hand_in(station.first)
    assert [(each.verdict, each.reader) for each in taken] == [("accepted", ""), (FORWARDED, station.second.author.by)]
    assert [each.seat for each in sealed] == [station.second.author.by]
    assert [each.what for each in station.bring_back(station.second)] == ["receipt", "trust", "peer"]
    assert subjects(station.second) == {"东街路灯"}
    assert len(station.waiting()) == 1, "nothing has said yet that it was taken"
    save(station.second, an_issue(station.second, "西街井盖"))
    station.hand_in(station.second)
    (left,) = station.waiting()
    assert receive(station.first, left).what == "peer"
    assert subjects(station.first) == {"东街路灯", "西街井盖"}
    save(station.first, an_issue(station.first, "南街"))
    station.hand_in(station.first)
    assert [path for path in station.waiting() if path.read_bytes() == left.read_bytes()] == []


def test_the_other_computers_package_is_told_as_such_and_passed_over(station: Station) -> None:
    save(station.first, an_issue(station.first, "东街路灯"))
    station.hand_in(station.first)
    (path,) = station.waiting()
    assert [(each.what, each.verdict) for each in (receive(station.first, path),)] == [("own_peer", "duplicate")]
    with ExitStack() as stack:
        third = joined(station.first, station.line.stick / "third", station.line.stick, station.line.wall, stack)
        (seen,) = look(third, [path])
        assert (seen.what, receive(third, path).verdict) == ("others", "duplicate")


def test_the_body_cannot_read_what_it_keeps(station: Station) -> None:
    save(station.first, an_issue(station.first, "东街路灯"))
    station.hand_in(station.first)
    (path,) = station.waiting()
    body = station.line.body
    with body.store.reading() as connection:
        trust = enrolment.trust_list(body, connection)
    verified = verify_package(path, listed_seats(trust), now=body.clock.now(), us=None)
    reader = Reader(identities=[each.secret for each in body.identity().receiving], schema_set=SCHEMA_SET, schema_version="1.0")
    with pytest.raises(PackageFault) as fault, open_content(verified, reader) as content:
        list(content)
    assert fault.value.code == "E_NO_KEY"


def test_nothing_goes_along_for_a_computer_that_the_body_does_not_know(line: Pair, tmp_path: Path) -> None:
    with ExitStack() as stack:
        joined(line.station, tmp_path / "second", tmp_path, line.wall, stack)
        save(line.station, an_issue(line.station, "东街路灯"))
        assert line.export().sisters == ()


def test_the_same_one_again_changes_nothing(station: Station) -> None:
    save(station.first, an_issue(station.first, "东街路灯"))
    taken, (sealed,) = station.hand_in(station.first)
    assert taken[-1].verdict == FORWARDED
    assert [each.verdict for each in station.line.intake(sealed.paths)] == [DUPLICATE]
    station.bring_back(station.second)
    station.hand_in(station.second)
    assert [each.verdict for each in station.line.intake(sealed.paths)] == [DUPLICATE]
    assert sealed.paths[0].read_bytes() not in [path.read_bytes() for path in station.waiting()], "a replay is laid out no more"


def test_a_rehearsal_keeps_nothing(station: Station) -> None:
    save(station.first, an_issue(station.first, "东街路灯"))
    exported = handing_in.export(station.first, station.line.stick)
    (path,) = exported.sisters[0].paths
    assert Intake(station.line.body, dry_run=True).take(path).verdict == FORWARDED
    assert list((station.line.body.folder / PEERS).iterdir()) == []


def test_more_than_there_is_room_for_and_the_oldest_gives_way(station: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forwarding, "MOST", 2)
    dropped = []
    for subject in ("甲", "乙", "丙"):
        station.line.wall.pass_by(timedelta(days=1))
        save(station.first, an_issue(station.first, subject))
        taken, _sealed = station.hand_in(station.first)
        dropped.append(taken[-1].dropped)
    assert dropped == [0, 0, 1]
    station.bring_back(station.second)
    assert subjects(station.second) == {"甲", "乙", "丙"}, "the newest carry what the oldest did"
    assert len(list((station.line.body.folder / PEERS).iterdir())) == 2


def test_what_is_larger_than_the_room_still_waits_alone(station: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forwarding, "ROOM", 1)
    for subject in ("甲", "乙"):
        station.line.wall.pass_by(timedelta(days=1))
        save(station.first, an_issue(station.first, subject))
        station.hand_in(station.first)
    assert len(station.waiting()) == 1


def test_a_package_larger_than_the_body_takes_is_left_where_it_is(station: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    save(station.first, an_issue(station.first, "甲"))
    (path,) = handing_in.export(station.first, station.line.stick).sisters[0].paths
    monkeypatch.setattr("app.province.intake.LARGEST", 100)
    (taken,) = station.line.intake([path])
    assert (taken.verdict, taken.code) == (REFUSED, "E_LIMIT")
    assert path.exists()


def test_what_nobody_fetches_for_half_a_year_is_let_go(station: Station) -> None:
    save(station.first, an_issue(station.first, "甲"))
    station.hand_in(station.first)
    assert len(station.waiting()) == 1
    station.line.wall.pass_by(forwarding.LONGEST + timedelta(days=1))
    assert station.waiting() == []
    assert list((station.line.body.folder / PEERS).iterdir()) == []


def test_a_revoked_computer_neither_sends_nor_is_sent_to(station: Station) -> None:
    save(station.first, an_issue(station.first, "甲"))
    (path,) = handing_in.export(station.first, station.line.stick).sisters[0].paths
    enrolment.revoke(station.line.body, station.first.author.by, (9, 9))
    (taken,) = station.line.intake([path])
    assert (taken.verdict, taken.code) == (REFUSED, "E_REVOKED"), "its number among those for the body would have counted"


def test_nothing_waits_for_a_computer_that_was_revoked_meanwhile(station: Station) -> None:
    save(station.first, an_issue(station.first, "甲"))
    station.hand_in(station.first)
    enrolment.revoke(station.line.body, station.second.author.by)
    assert station.waiting() == []


@pytest.mark.parametrize("forged", ["to a foreign station's computer", "to a foreign station", "to itself", "to nobody"])
def test_a_foreign_stations_package_is_not_handed_on(station: Station, tmp_path: Path, forged: str) -> None:
    victim = station.first.author
    foreign = new_seat(station.line.body, tmp_path / "foreign", code=OTHER_CODE)
    to = {
        "to a foreign station's computer": (foreign.station, victim.by),
        "to a foreign station": (victim.owner, victim.by),
        "to itself": (foreign.station, foreign.by),
        "to nobody": (foreign.station,),
    }[forged]
    (taken,) = foreign.take(foreign.package(kind=Kind.PEER, to=to))
    assert (taken.verdict, taken.code) == (REFUSED, "E_RECIPIENT")
    with station.line.body.store.reading() as connection:
        assert connection.scalars(select(PeerRow.digest)).all() == []


def test_a_killed_intake_leaves_no_file_behind(station: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    save(station.first, an_issue(station.first, "甲"))
    (path,) = handing_in.export(station.first, station.line.stick).sisters[0].paths

    def killed(*_told: object) -> int:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(forwarding, "_bound", killed)
        with pytest.raises(KeyboardInterrupt):
            station.line.intake([path])
    forwarding.sweep_peers(station.line.body)
    assert list((station.line.body.folder / PEERS).iterdir()) == []
    assert [each.verdict for each in station.line.intake([path])] == [FORWARDED]


def test_a_receiver_that_an_older_program_set_up_gets_the_folder(tmp_path: Path) -> None:
    home = new_body(tmp_path)
    with home.opened() as held:
        (held.folder / PEERS).rmdir()
    with home.opened() as held:
        assert (held.folder / PEERS).is_dir()
