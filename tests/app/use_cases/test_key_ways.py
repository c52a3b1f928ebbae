"""The ways that open a computer: told without secrets, proven, exchanged; where one cannot be made, the old ones stay good."""

from datetime import timedelta
from pathlib import Path

import pytest

from app.errors import AppError, Refused, Unavailable
from app.keys.passphrase import Passphrase
from app.keys.slot_file import read_slots
from app.keys.slots import open_with
from app.keys.ways import PassphraseWay, RecoveryWay, Way
from app.use_cases import key_ways
from app.use_cases.key_ways import KeyWays
from app.use_cases.setup import proof_reminder_due
from app.workspace import Workspace
from tests.builders import StationHome, new_station


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> StationHome:
    """A station whose computer has the keyring it was set up with."""
    made = new_station(tmp_path)
    monkeypatch.setattr(key_ways, "way_of_person", lambda passphrase: made.way)
    return made


def opens(workspace: Workspace, way: Way) -> bool:
    try:
        return len(open_with(read_slots(workspace.folder / "keyslots.json"), way)) == 32
    except AppError:
        return False


def words(text: str) -> PassphraseWay:
    return PassphraseWay(passphrase=Passphrase(text))


def test_the_ways_are_told_without_their_secrets(home: StationHome) -> None:
    with home.opened() as workspace:
        told = key_ways.key_ways(workspace)
        assert told == KeyWays(keyring=True, passphrase=False, recovery=True, recovery_label="2026-11-21", confirmed=False)
        assert home.made.recovery_code not in repr(told)


def test_a_sheet_is_proven_only_by_the_code_that_opens(home: StationHome, tmp_path: Path) -> None:
    other = new_station(tmp_path / "b")
    with home.opened() as workspace:
        for wrong in ("", "12", other.made.recovery_code):
            with pytest.raises(Refused):
                key_ways.prove_recovery(workspace, wrong)
        assert not key_ways.key_ways(workspace).confirmed
        key_ways.prove_recovery(workspace, home.made.recovery_code.replace("-", ""))
        assert key_ways.key_ways(workspace).confirmed


def test_a_new_sheet_takes_the_place_of_the_old_and_waits_for_its_proof(home: StationHome) -> None:
    with home.opened() as workspace:
        key_ways.prove_recovery(workspace, home.made.recovery_code)
        made = key_ways.renew_recovery(workspace)
        assert made.code != home.made.recovery_code
        assert (opens(workspace, RecoveryWay(code=made.code)), opens(workspace, home.recovery)) == (True, False)
        assert not key_ways.key_ways(workspace).confirmed
        for number, group in enumerate(made.code.split("-"), start=1):
            with pytest.raises(Refused) as caught:
                key_ways.confirm_group(workspace, made.code, number, "000001")
            assert caught.value.facts == {"number": number}
            key_ways.confirm_group(workspace, made.code, number, f" {group} ")
        assert key_ways.key_ways(workspace).confirmed
    with home.opened():
        pass


def test_a_passphrase_is_added_by_the_keyring_and_changed_by_itself(home: StationHome) -> None:
    with home.opened() as workspace:
        key_ways.set_passphrase(workspace, "一")
        assert opens(workspace, words("一"))
        with pytest.raises(Refused, match="passphrase_wrong"):
            key_ways.set_passphrase(workspace, "二", old="不对")
        with pytest.raises(Refused, match="passphrase_empty"):
            key_ways.set_passphrase(workspace, "二")
        with pytest.raises(Refused, match="passphrase_empty"):
            key_ways.set_passphrase(workspace, "", old="一")
        assert opens(workspace, words("一"))
        key_ways.set_passphrase(workspace, "二", old="一")
        assert (opens(workspace, words("一")), opens(workspace, words("二")), opens(workspace, home.way)) == (False, True, True)


def test_where_a_passphrase_opens_a_new_sheet_asks_for_it(home: StationHome) -> None:
    with home.opened() as workspace:
        key_ways.set_passphrase(workspace, "一")
        with pytest.raises(Refused, match="passphrase_wrong"):
            key_ways.renew_recovery(workspace, passphrase="二")
        assert opens(workspace, RecoveryWay(code=key_ways.renew_recovery(workspace, passphrase="一").code))


def test_a_disk_that_fails_leaves_the_old_ways_good(home: StationHome, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*given: object, **told: object) -> None:
        raise Unavailable("disk_full", path="keyslots.json")

    with home.opened() as workspace:
        with monkeypatch.context() as patch:
            patch.setattr("app.keys.slot_file.write_whole", fail)
            for change in (lambda: key_ways.set_passphrase(workspace, "一"), lambda: key_ways.renew_recovery(workspace)):
                with pytest.raises(Unavailable, match="disk_full"):
                    change()
        assert (opens(workspace, home.recovery), opens(workspace, home.way), opens(workspace, words("一"))) == (True, True, False)


def test_a_passphrase_is_removed_only_by_who_knows_it_and_the_keyring_goes_on(home: StationHome) -> None:
    with home.opened() as workspace:
        key_ways.set_passphrase(workspace, "四个 不相干 的 词")
        with pytest.raises(Refused, match="passphrase_wrong"):
            key_ways.remove_passphrase(workspace, "别的")
        assert opens(workspace, words("四个 不相干 的 词"))
        key_ways.remove_passphrase(workspace, "四个 不相干 的 词")
        assert (opens(workspace, words("四个 不相干 的 词")), opens(workspace, home.way)) == (False, True)
        with pytest.raises(Refused, match="slot_missing"):
            key_ways.remove_passphrase(workspace, "四个 不相干 的 词")


def test_a_new_keyring_entry_takes_the_place_of_the_old(home: StationHome) -> None:
    with home.opened() as workspace:
        path = workspace.folder / "keyslots.json"
        before = read_slots(path)
        key_ways.renew_keyring(workspace)
        assert opens(workspace, home.way)
        with pytest.raises(Refused, match="keyring_entry_missing"):
            open_with(before, home.way)


def test_the_sheet_is_asked_for_once_a_day_from_a_year_after_it_was_shown(home: StationHome) -> None:
    with home.opened() as workspace:
        assert not proof_reminder_due(workspace)
        key_ways.prove_recovery(workspace, home.made.recovery_code)
        home.wall.pass_by(timedelta(days=364))
        assert not proof_reminder_due(workspace)
        home.wall.pass_by(timedelta(days=1))
        assert (proof_reminder_due(workspace), proof_reminder_due(workspace)) == (True, False)
        home.wall.pass_by(timedelta(days=1))
        assert proof_reminder_due(workspace)
        home.wall.pass_by(timedelta(days=1))
        key_ways.prove_recovery(workspace, home.made.recovery_code)
        assert not proof_reminder_due(workspace)
