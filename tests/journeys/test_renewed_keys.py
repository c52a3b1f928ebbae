"""Keys renewed on both sides by the command lines: nothing that is on its way is lost, the next stick goes by the new ones."""

from pathlib import Path

from tests.journeys.programs import STATION_CODE, Line, written_json


def round_trip(line: Line, folder: Path) -> list[str]:
    """A package handed in and answered; the states of all numbers then."""
    line.body("intake", line.export())
    files = line.body("receipts", "--station", STATION_CODE, "--output", folder)["files"]
    line.station("receive", *files)
    return [each["state"] for each in line.station("packages")["packages"]]


def test_both_sides_renew_their_keys(line: Line, tmp_path: Path) -> None:
    assert round_trip(line, tmp_path / "one") == ["received"]
    before = line.body("keys")
    asked = line.station("renew-keys", "--output", tmp_path)
    enrolled = line.body("enrol", asked["file"], "--output", tmp_path / "slice.json")
    assert enrolled["digits"] == asked["digits"]
    line.station("trust", tmp_path / "slice.json")
    renewed = line.body("keys", "renew-receiving")
    assert renewed["receiving"][1:] == before["receiving"]
    line.body("keys", "renew-signing", "--roots", tmp_path / "keys" / "roots")
    line.station("record", "deputy", written_json(tmp_path / "deputy.json", name="代表丙"))
    assert round_trip(line, tmp_path / "two") == ["received", "received"]
    line.station("record", "deputy", written_json(tmp_path / "deputy.json", name="代表丁"))
    assert round_trip(line, tmp_path / "three") == ["received"] * 3
    assert line.station("reconcile")["records"]["never_sent"] == 0


def test_what_is_missing_is_told(line: Line, tmp_path: Path) -> None:
    line.body.refused("roots_wanted", "keys", "renew-signing")
    line.station.refused("folder_gone", "renew-keys", "--output", tmp_path / "gone")


def test_an_older_receiving_key_is_given_up(line: Line, tmp_path: Path) -> None:
    late = line.export()
    before, newest = (line.body("keys", deed)["receiving"][0] for deed in ("show", "renew-receiving"))
    line.body.refused("key_used", "keys", "drop-receiving", "--key", newest)
    line.body.refused("key_not_known", "keys", "drop-receiving")
    assert line.body("keys", "drop-receiving", "--key", before)["receiving"] == [newest]
    assert [each["code"] for each in line.body.say("intake", late).document["files"]] == ["E_NO_KEY"]
