"""Keyring and sheet are lost: the station asks its congress, two people there open, and the station is back, by both programs."""

import shutil
from pathlib import Path

import pytest

from tests.journeys.programs import Line, Program, passphrase_file, station_at


def newest_trust(line: Line, folder: Path) -> Path:
    """The body's newest trust file for the station."""
    line.station("enrol-request", "--output", folder / "request.json")
    line.body("enrol", folder / "request.json", "--output", folder / "newest.json")
    return folder / "newest.json"


@pytest.fixture
def keepers(line: Line, tmp_path: Path) -> list[str | Path]:
    """The body takes deposits; the options by which its two keepers open one."""
    one, other = passphrase_file(tmp_path / "一", "第一位的口令"), passphrase_file(tmp_path / "二", "第二位的口令")
    shares = [tmp_path / "一" / "share.json", tmp_path / "二" / "share.json"]
    told: list[str | Path] = ["--shares", *shares, "--share-passphrases", one, other]
    made = line.body("escrow", "make", *told)
    assert made["recipient"].startswith("age1")
    said = line.station.say("trust", newest_trust(line, tmp_path), as_json=False)
    assert said.code == 0
    assert "liaison keys deposit" in said.err
    return told


def code_file(tmp_path: Path, code: str) -> Path:
    path = tmp_path / "念出的数字.txt"
    path.write_text(code, "utf-8")
    return path


def test_lost_keys_come_back_by_two_people(line: Line, keepers: list[str | Path], tmp_path: Path) -> None:
    station, asked = line.station, tmp_path / "asked.json"
    station.refused("escrow_none", "keys", "ask-congress", "--output", asked)
    assert station("keys")["escrow"] == {"offered": True, "deposited": "", "current": False}
    assert station("keys", "deposit")["deposited"]
    assert station("keys")["escrow"]["current"]
    before = station("count")

    lost = station_at(station.home, passphrase_file(tmp_path / "新", "新的口令"))
    lost.refused("passphrase_wrong", "count")
    assert lost("keys", "ask-congress", "--output", asked)["body"] == "浏阳市"
    opened = line.body("escrow", "open", asked, *keepers)
    assert (opened["station"], opened["name"]) == ("430181001-001", "某某街道人大代表联络站")
    code = code_file(tmp_path, opened["code"])
    assert lost("unlock", "--recovery-file", code)["slots"] == ["recovery", "passphrase"]
    assert lost("count") == before
    lost.refused("recovery_wrong", "unlock", "--recovery-file", code)
    said = lost.say("keys", "new-code")
    assert "恢复码丢失" in said.err or "sheet was lost" in said.err
    assert [each["what"] for each in line.body("escrow")["deeds"]] == ["made", "opened"]
    noted = [each["event"] for each in lost("log")["lines"] if each["event"].startswith("escrow")]
    assert noted == ["escrow_opened", "escrow_deposited"]


def test_a_clean_computer_asks_with_what_its_backup_holds(line: Line, keepers: list[str | Path], tmp_path: Path) -> None:
    line.station("keys", "deposit")
    (tmp_path / "stick").mkdir()
    backup = Path(line.station("backup", tmp_path / "stick")["backup"])
    before = line.station("count")
    shutil.rmtree(line.station.home)
    clean = station_at(tmp_path / "clean", passphrase_file(tmp_path / "新", "新的口令"))
    clean("keys", "ask-congress", "--backup", tmp_path / "stick", "--output", tmp_path / "asked.json")
    code = code_file(tmp_path, line.body("escrow", "open", tmp_path / "asked.json", *keepers)["code"])
    clean("restore", backup, "--recovery-file", code)
    assert clean("count") == before


def test_one_keeper_alone_and_spoiled_files_open_nothing(line: Line, keepers: list[str | Path], tmp_path: Path) -> None:
    line.station("keys", "deposit")
    asked = tmp_path / "asked.json"
    line.station("keys", "ask-congress", "--output", asked)
    _flag, first, second, _other, one, other = keepers
    refused = line.body.refused
    refused("shares_same", "escrow", "open", asked, "--shares", first, first, "--share-passphrases", one, one)
    refused("share_passphrase_wrong", "escrow", "open", asked, "--shares", first, second, "--share-passphrases", one, one)
    refused("shares_one_passphrase", *_making(tmp_path, one, one))
    refused("share_exists", "escrow", "make", *keepers)
    refused("option_missing", "escrow", "make")
    refused("option_missing", "escrow", "open", *keepers)
    refused("E_JSON", "escrow", "open", one, *keepers)
    damaged = tmp_path / "damaged.json"
    damaged.write_bytes(Path(first).read_bytes().replace(b'"number": 1', b'"number": 7'))
    refused("share_damaged", "escrow", "open", asked, "--shares", damaged, second, "--share-passphrases", one, other)
    assert [each["what"] for each in line.body("escrow")["deeds"]] == ["made"]


def _making(tmp_path: Path, *words: str | Path) -> list[str | Path]:
    return ["escrow", "make", "--shares", tmp_path / "a.json", tmp_path / "b.json", "--share-passphrases", *words]


def test_what_is_withdrawn_on_either_side_is_over(line: Line, keepers: list[str | Path], tmp_path: Path) -> None:
    def told(station: Program) -> dict[str, object]:
        return dict(station("keys")["escrow"])

    line.station("keys", "deposit")
    line.body("escrow", "withdraw")
    line.body.refused("escrow_none_offered", "escrow", "withdraw")
    line.station("trust", newest_trust(line, tmp_path))
    assert told(line.station) | {"deposited": ""} == {"offered": False, "deposited": "", "current": False}
    line.station("keys", "withdraw")
    assert told(line.station)["deposited"] == ""
    line.station.refused("escrow_not_offered", "keys", "deposit")
    line.station.refused("slot_missing", "keys", "withdraw")
