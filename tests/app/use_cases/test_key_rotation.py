"""Another key for the database: nothing is lost, the old key and sheet open nothing, and wherever it ends the station opens."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.errors import AppError, Refused
from app.keys.slot_file import read_slots
from app.keys.slots import open_with
from app.keys.ways import RecoveryWay
from app.queries.counts import count
from app.storage.snapshot import contents_of
from app.use_cases import key_rotation, key_ways
from app.use_cases.backups import BackupsMade
from app.use_cases.key_rotation import rotate_key
from app.use_cases.upkeep import check
from app.workspace import Workspace, opened
from tests.builders import StationHome, an_issue, new_station, save
from tests.faults import Disk, Killed


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> StationHome:
    """A station with one issue whose computer has the keyring it was set up with, and nothing to back up first."""
    made = new_station(tmp_path / "home")
    monkeypatch.setattr(key_ways, "way_of_person", lambda passphrase: made.way)
    monkeypatch.setattr(key_rotation, "back_up_all", lambda *given, **told: BackupsMade(made=(), problems=()))
    with made.opened() as workspace:
        save(workspace, an_issue(workspace))
    return made


def files_of(folder: Path) -> set[str]:
    return {each.name for each in folder.iterdir()} - {"station.db-wal", "station.db-shm", "backup.lock"}


def lines_of(workspace: Workspace) -> str:
    with workspace.reading() as connection:
        return contents_of(connection).chain


def test_everything_is_there_and_the_old_key_and_sheet_open_nothing(home: StationHome) -> None:
    with home.opened() as workspace:
        old, before = workspace.database.key, count(workspace)
        made = rotate_key(workspace)
        save(workspace, an_issue(workspace, "换钥匙之后"))  # the same window goes on
        assert workspace.database.key != old
        assert count(workspace) == before | {"issue": 2}
    with home.opened() as workspace:
        assert check(workspace, read_data=True).findings == ()
        assert not key_ways.key_ways(workspace).confirmed
        slots = read_slots(workspace.folder / "keyslots.json")
        assert not slots.fits(old)
        with pytest.raises(Refused):
            open_with(slots, home.recovery)
    with opened(home.home, RecoveryWay(code=made.code), write=False) as workspace:
        assert count(workspace)["issue"] == 2


def test_the_sheet_that_is_typed_stays_the_valid_one(home: StationHome) -> None:
    with home.opened() as workspace:
        key_ways.prove_recovery(workspace, home.made.recovery_code)
        made = rotate_key(workspace, sheet=home.recovery)
        told = key_ways.key_ways(workspace)
        assert (made.code, told.confirmed, told.recovery_label) == ("", True, "2026-11-21")
    with opened(home.home, home.recovery, write=True) as workspace:
        assert count(workspace)["issue"] == 1


def test_a_sheet_of_another_station_changes_nothing(home: StationHome, tmp_path: Path) -> None:
    other = new_station(tmp_path / "other")
    with home.opened() as workspace:
        key = workspace.database.key
        with pytest.raises(Refused, match="recovery_wrong"):
            rotate_key(workspace, sheet=other.recovery)
        assert workspace.database.key == key


def test_with_a_passphrase_it_is_asked_for_and_goes_on_opening(home: StationHome) -> None:
    with home.opened() as workspace:
        key_ways.set_passphrase(workspace, "四个 不相干 的 词")
        with pytest.raises(Refused, match="passphrase_wrong"):
            rotate_key(workspace, passphrase="别的")
        rotate_key(workspace, passphrase="四个 不相干 的 词")
        key_ways.set_passphrase(workspace, "新的 口令", old="四个 不相干 的 词")


def test_beside_a_reader_it_waits_for_another_day(home: StationHome) -> None:
    with home.opened() as workspace, home.opened(write=False) as other, other.reading() as connection:
        contents_of(connection)
        with pytest.raises(Refused, match="busy"):
            rotate_key(workspace)
    with home.opened() as workspace:
        assert check(workspace).findings == ()


def copies(home: StationHome, tmp_path: Path, many: int) -> Iterator[tuple[int, StationHome]]:
    from dataclasses import replace

    for number in range(1, many + 1):
        place = tmp_path / f"copy-{number}"
        shutil.copytree(home.home, place)
        yield number, replace(home, home=place)


@pytest.mark.parametrize("kills", [False, True])
def test_wherever_it_fails_or_is_killed_the_station_opens_whole(home: StationHome, tmp_path: Path, kills: bool) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("app.keys.ways.KeyringWay.give_up", lambda self, facts: None)
        (_one, first), *_rest = copies(home, tmp_path / "first", 1)
        with first.opened() as workspace, Disk().in_use() as disk:
            rotate_key(workspace)
        ended = set()
        for number, copy in copies(home, tmp_path, disk.asked):
            try:
                with copy.opened() as workspace:
                    old = workspace.database.key
                    with Disk(number, kills=kills).in_use():
                        rotate_key(workspace)
            except (AppError, OSError, Killed):
                pass
            with copy.opened() as workspace:
                ended.add(workspace.database.key == old)
                assert check(workspace, read_data=True).findings == ()
                assert count(workspace)["issue"] == 1
                assert files_of(workspace.folder) <= {"station.db", "keyslots.json", "writer.lock", "outbox", "attachments"}
                assert not key_ways.key_ways(workspace).confirmed
        assert ended == {True, False}
        assert disk.asked > 8
