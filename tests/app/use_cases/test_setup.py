"""Setting a station up: whole or not at all; and the way back in with the recovery code."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.clock import Clock
from app.domain.people import Operator
from app.domain.station import Seat, SeatStatus, Station, StationStatus
from app.errors import AppError, Refused, Unavailable
from app.keys import slots
from app.keys.passphrase import Passphrase
from app.keys.slot_file import read_slots
from app.keys.ways import PassphraseWay, RecoveryWay, SlotType, Way
from app.queries.counts import count
from app.storage.named_values import value_of
from app.use_cases import setup
from app.use_cases.setup import CONFIRMED, PENDING, NewStation, unlock
from app.workspace import FOLDER, RECOVERY, Workspace, opened
from tests.builders import STATION_CODE, STATION_NAME, Wall, an_issue, memory_way, new_station, save


def set_up(home: Path, way: Way | None = None, code: str = STATION_CODE, name: str = STATION_NAME) -> NewStation:
    return setup.set_up(home, way or memory_way(), code=code, name=name, operator="联络员甲", clock=Clock(now=Wall()))


def refused(act: Callable[..., object], *given: Any, **told: Any) -> AppError:
    with pytest.raises(AppError) as caught:
        act(*given, **told)
    return caught.value


def recovery_of(workspace: Workspace) -> bytes | None:
    with workspace.reading() as connection:
        return value_of(connection, RECOVERY)


# --- a new station --------------------------------------------------------------------------------------------------


def test_a_new_station_has_its_first_records(tmp_path: Path) -> None:
    home = new_station(tmp_path / "new folder" / "站")
    with home.opened() as workspace, workspace.writing() as books:
        (station,) = [each.record for each in books.records.all_of(Station)]
        (seat,) = [each.record for each in books.records.all_of(Seat)]
        (operator,) = [each.record for each in books.records.all_of(Operator)]
    assert (station.id, station.code, station.name, station.status) == (
        home.made.station,
        STATION_CODE,
        STATION_NAME,
        StationStatus.OPEN,
    )
    assert (seat.station, seat.key_id, seat.status) == (station.id, home.made.seat, SeatStatus.ACTIVE)
    assert operator.name == "联络员甲"
    assert workspace.author.owner == station.id
    assert (workspace.author.by, workspace.author.op) == (seat.key_id, operator.id)


def test_the_identity_belongs_to_the_seat_and_two_stations_share_nothing(tmp_path: Path) -> None:
    homes = [new_station(tmp_path / name) for name in "ab"]
    identities = []
    for home in homes:
        with home.opened(write=False) as workspace:
            identities.append(workspace.identity())
            assert identities[-1].seat_id == home.made.seat
    assert homes[0].made.recovery_code != homes[1].made.recovery_code
    assert len({json.dumps(each.to_texts()) for each in identities}) == 2


def test_a_name_is_kept_without_blanks_around_it(tmp_path: Path) -> None:
    home = new_station(tmp_path, name="  某站\n")
    with home.opened() as workspace, workspace.writing() as books:
        assert books.records.get(Station, home.made.station).record.name == "某站"


@pytest.mark.parametrize(
    "code", ["", "430181001", "430181001-01", "430181001-0001", "43018100a-001", "４30181001-001", "430181001-001\n"]
)
def test_a_station_code_has_nine_digits_and_three(tmp_path: Path, code: str) -> None:
    error = refused(set_up, tmp_path, code=code)
    assert (error.code, error.facts) == ("station_code_malformed", {"code": code})
    assert list(tmp_path.iterdir()) == []


def test_a_station_has_a_name(tmp_path: Path) -> None:
    assert refused(set_up, tmp_path, name=" \t").code == "station_name_empty"


def test_a_second_set_up_is_refused_and_changes_nothing(tmp_path: Path) -> None:
    home = new_station(tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    error = refused(set_up, tmp_path)
    assert (error.code, error.facts) == ("workspace_exists", {"home": str(tmp_path)})
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before
    with home.opened() as workspace:
        assert count(workspace) == {"operator": 1, "seat": 1, "station": 1}


PLACES = (
    "app.storage.schema.create",
    "app.use_cases.setup.open_database",
    "app.use_cases.setup._write_first",
    "app.keys.slots.create",
    "app.keys.slots.write_slots",
    "pathlib.Path.rename",
)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt(), Refused("cancelled")])
def test_a_set_up_that_fails_anywhere_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str, error: BaseException
) -> None:
    def fail(*given: object, **told: object) -> None:
        raise error

    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setattr(place, fail)
    with pytest.raises((AppError, KeyboardInterrupt)) as caught:
        set_up(home)
    if isinstance(error, OSError):
        assert isinstance(caught.value, Unavailable)
        assert caught.value.code == "disk_full"
    assert list(home.iterdir()) == []
    monkeypatch.undo()
    set_up(home)
    assert [each.name for each in home.iterdir()] == [FOLDER]


def test_what_a_killed_set_up_left_is_cleared_away(tmp_path: Path) -> None:
    left = tmp_path / "station.part"
    left.mkdir()
    (left / "station.db").write_bytes(b"half")
    set_up(tmp_path)
    assert [each.name for each in tmp_path.iterdir()] == [FOLDER]


def test_a_home_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert refused(set_up, tmp_path / "file").code == "folder_unusable"


def test_the_recovery_code_waits_for_its_proof_but_not_beside_a_passphrase(tmp_path: Path) -> None:
    with new_station(tmp_path / "a").opened(write=False) as workspace:
        assert recovery_of(workspace) == PENDING
    words = PassphraseWay(passphrase=Passphrase("口令"))
    set_up(tmp_path / "b", words)
    with opened(tmp_path / "b", words, write=False) as workspace:
        assert recovery_of(workspace) == CONFIRMED


# --- the way back in -------------------------------------------------------------------------------------------------


def test_the_recovery_code_gives_a_new_computer_its_way_in(tmp_path: Path) -> None:
    home = new_station(tmp_path)
    with home.opened() as workspace:
        save(workspace, an_issue(workspace))
    fresh = memory_way()
    with pytest.raises(Refused, match="keyring_entry_missing"), opened(tmp_path, fresh, write=True):
        pass
    assert unlock(tmp_path, home.recovery, fresh) == (SlotType.KEYRING, SlotType.RECOVERY)
    with opened(tmp_path, fresh, write=True) as workspace:
        assert count(workspace)["issue"] == 1
        assert recovery_of(workspace) == CONFIRMED
    with pytest.raises(Refused, match="keyring"), home.opened():
        pass


def test_the_recovery_code_can_add_a_passphrase(tmp_path: Path) -> None:
    home = new_station(tmp_path)
    words = PassphraseWay(passphrase=Passphrase("口令"))
    assert set(unlock(tmp_path, home.recovery, words)) == set(SlotType) - {SlotType.ESCROW}
    for way in (words, home.way, home.recovery):
        with opened(tmp_path, way, write=False) as workspace:
            assert workspace.author.owner == home.made.station


def test_a_wrong_code_opens_nothing_and_changes_nothing(tmp_path: Path) -> None:
    home = new_station(tmp_path / "a")
    other = new_station(tmp_path / "b")
    path = tmp_path / "a" / FOLDER / "keyslots.json"
    before = path.read_bytes()
    groups = home.made.recovery_code.split("-")
    mistyped = "-".join([*groups[:3], f"{int(groups[3]) + 1:06d}", *groups[4:]])
    fresh = memory_way()
    wrong_group = refused(unlock, tmp_path / "a", RecoveryWay(code=mistyped), fresh)
    assert wrong_group.code == "recovery_group_wrong"
    assert wrong_group.facts == {"groups": (4,)}
    assert refused(unlock, tmp_path / "a", other.recovery, fresh).code == "recovery_wrong"
    assert refused(unlock, tmp_path / "a", RecoveryWay(code="123"), fresh).code.startswith("recovery_")
    assert path.read_bytes() == before
    with pytest.raises(Refused, match="keyring_entry_missing"), opened(tmp_path / "a", fresh, write=False):
        pass


def test_where_no_station_is_there_is_nothing_to_unlock(tmp_path: Path) -> None:
    assert refused(unlock, tmp_path, RecoveryWay.make(""), memory_way()).code == "no_workspace"


def test_without_its_database_a_station_is_not_unlocked(tmp_path: Path) -> None:
    home = new_station(tmp_path)
    (tmp_path / FOLDER / "station.db").unlink()
    assert refused(unlock, tmp_path, home.recovery, memory_way()).code == "database_missing"
    assert not (tmp_path / FOLDER / "station.db").exists()


def test_a_slot_file_of_another_station_does_not_open_this_database(tmp_path: Path) -> None:
    ours, theirs = new_station(tmp_path / "a"), new_station(tmp_path / "b")
    slots_file = tmp_path / "b" / FOLDER / "keyslots.json"
    key = slots.open_with(read_slots(slots_file), theirs.recovery)
    (tmp_path / "a" / FOLDER / "keyslots.json").write_bytes(slots_file.read_bytes())
    assert refused(unlock, tmp_path / "a", theirs.recovery, memory_way()).code == "not_a_database"
    assert refused(unlock, tmp_path / "a", ours.recovery, memory_way()).code == "recovery_wrong"
    assert len(key) == 32
