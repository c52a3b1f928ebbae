"""A way in deposited with the congress: by agreement alone, opened by two people there, good for one opening."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from app.clock import Clock
from app.errors import AppError, Refused, Unavailable
from app.files import write_whole
from app.keys import slots
from app.keys.passphrase import Passphrase
from app.keys.slot_file import read_slots, write_slots
from app.keys.ways import EscrowWay, RecoveryWay, SlotType
from app.messages.arrivals import brings_told
from app.province import enrolment
from app.province import escrow as body_escrow
from app.province.escrow import KeptShare
from app.queries.counts import count
from app.queries.log import Sought, log
from app.use_cases import arrivals, backups, escrow, key_rotation, key_ways, restoring
from app.use_cases.backups import BackupsMade
from app.use_cases.setup import confirm_recovery, recovery_reminder_due, sheet_lost, unlock
from app.use_cases.trust import station_of
from app.workspace import Workspace, opened
from tests.builders import Pair, StationHome, an_issue, enrol, memory_way, new_station, pair, save


@dataclass(frozen=True, slots=True, kw_only=True)
class Offering:
    """An enrolled pair whose body takes deposits; `first` and `second` are its two keepers."""

    line: Pair
    first: KeptShare
    second: KeptShare

    @property
    def home(self) -> StationHome:
        return self.line.homes[0]


Closed = tuple[StationHome, RecoveryWay, Path]


def keepers(folder: Path, name: str = "share") -> tuple[KeptShare, KeptShare]:
    first, second = (
        KeptShare(path=folder / f"{name}-{number}.json", passphrase=Passphrase(f"第{number}位的口令")) for number in (1, 2)
    )
    return first, second


@pytest.fixture
def offering(line: Pair, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Offering:
    monkeypatch.setattr(key_ways, "way_of_person", lambda passphrase: line.homes[0].way)
    monkeypatch.setattr(key_rotation, "back_up_all", lambda *given, **told: BackupsMade(made=(), problems=()))
    first, second = keepers(tmp_path)
    body_escrow.offer(line.body, first, second)
    enrol(line.station, line.body)
    return Offering(line=line, first=first, second=second)


def asked(offering: Offering, source: Path, path: Path) -> RecoveryWay:
    """The digits that two people read out for the deposit under `source`."""
    made = escrow.write_request(source, path)
    opened_there = body_escrow.open_request(offering.line.body, made.path.read_bytes(), offering.first, offering.second)
    return RecoveryWay(code=opened_there.code)


def events(workspace: Workspace) -> list[str]:
    """What the station's log tells of deposits, oldest first."""
    told = [each.event for each in log(workspace, Sought()).rows]
    return [event for event in reversed(told) if event.startswith("escrow")]


def test_nothing_is_deposited_before_the_head_agrees(offering: Offering) -> None:
    state = escrow.escrow_state(offering.line.station)
    assert (state.offered, state.deposited, state.current) == (True, "", False)
    assert not escrow.has_deposit(offering.home.home)
    with pytest.raises(Refused, match="escrow_none"):
        escrow.write_request(offering.home.home, offering.first.path.with_name("asked.json"))


def test_the_list_that_begins_it_says_so_and_no_later_one(line: Pair, tmp_path: Path) -> None:
    def told() -> bool:
        path = tmp_path / "trust.json"
        path.write_bytes(enrolment.slice_for(line.body, station_of(line.station).code))
        (arrival,) = arrivals.look(line.station, [path])
        assert arrival.trust_list
        arrivals.receive(line.station, path)
        assert ("托管" in brings_told(arrival, str)) == arrival.trust_list.escrow
        return arrival.trust_list.escrow

    assert not told()
    body_escrow.offer(line.body, *keepers(tmp_path))
    assert told()
    assert not told()
    body_escrow.offer(line.body, *keepers(tmp_path, "newer"))
    assert told(), "another key asks for another agreement"
    body_escrow.withdraw(line.body)
    assert not told()


def test_where_the_body_takes_none_nothing_can_be_deposited(line: Pair) -> None:
    assert not escrow.escrow_state(line.station).offered
    with pytest.raises(Refused, match="escrow_not_offered"):
        escrow.deposit(line.station)


def test_what_is_deposited_is_seen_and_withdrawn_any_day(offering: Offering) -> None:
    station = offering.line.station
    escrow.deposit(station)
    state = escrow.escrow_state(station)
    assert (state.deposited, state.keeper, state.current) == ("2026-11-21", "湖南省", True)
    escrow.withdraw(station)
    assert escrow.escrow_state(station).deposited == ""
    with pytest.raises(Refused, match="slot_missing"):
        escrow.withdraw(station)
    assert events(station) == ["escrow_deposited", "escrow_withdrawn"]


@pytest.fixture
def closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Closed:
    """A station that deposited, was backed up and is closed; the digits read out there; the backup's place."""
    stick = tmp_path / "stick"
    with pair(tmp_path / "pair") as line:
        monkeypatch.setattr(key_ways, "way_of_person", lambda passphrase: line.homes[0].way)
        first, second = keepers(tmp_path)
        body_escrow.offer(line.body, first, second)
        enrol(line.station, line.body)
        confirm_recovery(line.station)
        save(line.station, an_issue(line.station))
        escrow.deposit(line.station)
        stick.mkdir()
        backups.back_up(line.station, stick)
        offering = Offering(line=line, first=first, second=second)
        digits = asked(offering, line.homes[0].home, tmp_path / "asked.json")
        assert asked(offering, stick, tmp_path / "asked again.json") == digits, "a backup holds the same deposit"
    return line.homes[0], digits, stick


def test_the_digits_open_once_and_a_new_sheet_is_asked_for_every_day(closed: Closed) -> None:
    home, digits, _stick = closed
    way = memory_way()
    assert set(unlock(home.home, digits, way)) == {SlotType.KEYRING, SlotType.RECOVERY}
    with pytest.raises(Refused, match="recovery_wrong"):
        unlock(home.home, digits, memory_way())
    with opened(home.home, way, write=True, clock=Clock(now=home.wall)) as workspace:
        assert events(workspace) == ["escrow_deposited", "escrow_opened"]
        assert sheet_lost(workspace)
        assert [recovery_reminder_due(workspace) for _ in range(2)] == [True, False]
        home.wall.pass_by(timedelta(days=1))
        assert recovery_reminder_due(workspace)
        assert sheet_lost(workspace)


def test_beside_an_open_station_nothing_is_changed(offering: Offering, tmp_path: Path) -> None:
    escrow.deposit(offering.line.station)
    digits = asked(offering, offering.home.home, tmp_path / "asked.json")
    before = read_slots(offering.line.station.folder / "keyslots.json")
    with pytest.raises(Refused, match="second_writer"):
        unlock(offering.home.home, digits, memory_way())
    assert read_slots(offering.line.station.folder / "keyslots.json") == before
    assert not sheet_lost(offering.line.station)


def test_cut_short_at_any_write_the_digits_open_once_more(closed: Closed, monkeypatch: pytest.MonkeyPatch) -> None:
    home, digits, _stick = closed
    for good in range(2):
        left = [good]

        def fails(path: Path, content: bytes, *, private: bool, left: list[int] = left) -> None:
            if not left[0]:
                raise Unavailable("disk_full", path=str(path))
            left[0] -= 1
            write_whole(path, content, private=private)

        with monkeypatch.context() as patched:
            patched.setattr("app.keys.slot_file.write_whole", fails)
            with pytest.raises(Unavailable, match="disk_full"):
                unlock(home.home, digits, memory_way())
    way = memory_way()
    assert set(unlock(home.home, digits, way)) == {SlotType.KEYRING, SlotType.RECOVERY}
    with opened(home.home, way, write=False, clock=Clock(now=home.wall)) as workspace:
        assert events(workspace) == ["escrow_deposited", *["escrow_opened"] * 3]


def test_a_clean_computer_comes_back_from_a_backup_and_the_congress_alone(closed: Closed, tmp_path: Path) -> None:
    home, digits, stick = closed
    way, place = memory_way(), tmp_path / "clean"
    restored = restoring.restore(stick, place, digits, way, clock=Clock(now=home.wall))
    assert set(restored.slots) == {SlotType.KEYRING, SlotType.RECOVERY}
    with opened(place, way, write=True, clock=Clock(now=home.wall)) as workspace:
        assert count(workspace)["issue"] == 1
        assert sheet_lost(workspace)
        assert events(workspace)[-1] == "escrow_opened"


def test_a_new_sheet_ends_the_asking(closed: Closed, monkeypatch: pytest.MonkeyPatch) -> None:
    home, digits, _stick = closed
    way = memory_way()
    unlock(home.home, digits, way)
    monkeypatch.setattr(key_ways, "way_of_person", lambda passphrase: way)
    with opened(home.home, way, write=True, clock=Clock(now=home.wall)) as workspace:
        made = key_ways.renew_recovery(workspace)
        assert not sheet_lost(workspace)
        key_ways.confirm_group(workspace, made.code, 1, made.code.split("-")[0])
        assert not recovery_reminder_due(workspace)


# --- attacks -------------------------------------------------------------------------------------------------------


def test_a_slot_moved_to_another_station_opens_nothing(offering: Offering, tmp_path: Path) -> None:
    escrow.deposit(offering.line.station)
    other = new_station(tmp_path / "other", code="430181001-002")
    path = other.home / "station" / "keyslots.json"
    deposited = read_slots(offering.line.station.folder / "keyslots.json").of_type(SlotType.ESCROW)
    held = read_slots(path)
    write_slots(path, type(held)(db_id=held.db_id, kcv=held.kcv, slots=(*held.slots, *deposited)))
    moved = escrow.write_request(other.home, tmp_path / "moved.json")
    with pytest.raises(Refused, match="escrow_moved"):
        body_escrow.open_request(offering.line.body, moved.path.read_bytes(), offering.first, offering.second)
    digits = asked(offering, offering.home.home, tmp_path / "asked.json")
    with pytest.raises(Refused, match="slot_foreign"):
        slots.open_with(read_slots(path), EscrowWay(code=digits.code))


def test_another_body_s_two_people_open_nothing(offering: Offering, tmp_path: Path) -> None:
    escrow.deposit(offering.line.station)
    strangers = keepers(tmp_path, "stranger")
    with pair(tmp_path / "elsewhere") as elsewhere:
        body_escrow.offer(elsewhere.body, *strangers)
        data = escrow.write_request(offering.home.home, tmp_path / "asked.json").path.read_bytes()
        with pytest.raises(Refused, match="escrow_other_body"):
            body_escrow.open_request(elsewhere.body, data, *strangers)
        assert [each.what for each in body_escrow.deeds(elsewhere.body)] == ["made"]


def test_a_new_key_of_the_body_is_not_given_what_was_agreed_for_the_old(offering: Offering, tmp_path: Path) -> None:
    station = offering.line.station
    escrow.deposit(station)
    newer = keepers(tmp_path, "newer")
    body_escrow.offer(offering.line.body, *newer)
    enrol(station, offering.line.body)
    state = escrow.escrow_state(station)
    assert (state.offered, state.deposited, state.current) == (True, "2026-11-21", False)
    key_rotation.rotate_key(station)
    assert escrow.escrow_state(station).deposited == ""


def test_another_data_key_is_deposited_anew_where_it_was_agreed_to(offering: Offering, tmp_path: Path) -> None:
    station = offering.line.station
    escrow.deposit(station)
    before = asked(offering, offering.home.home, tmp_path / "before.json")
    key_rotation.rotate_key(station)
    assert escrow.escrow_state(station).current
    after = asked(offering, offering.home.home, tmp_path / "after.json")
    held = read_slots(station.folder / "keyslots.json")
    assert slots.open_with(held, EscrowWay(code=after.code)) == station.database.key
    with pytest.raises(AppError):
        slots.open_with(held, EscrowWay(code=before.code))


def test_whoever_may_not_change_settings_neither_deposits_nor_withdraws(
    offering: Offering, monkeypatch: pytest.MonkeyPatch
) -> None:
    def deny(*given: object) -> None:
        raise Refused("not_allowed")

    monkeypatch.setattr(escrow, "check_may", deny)
    for deed in (escrow.deposit, escrow.withdraw):
        with pytest.raises(Refused, match="not_allowed"):
            deed(offering.line.station)
