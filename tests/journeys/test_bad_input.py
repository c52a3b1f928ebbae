"""Keys and databases that are not as they should be: each has its code and its sentence, and nothing is lost."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from app.keys.passphrase import Passphrase
from app.keys.slot_file import read_slots
from app.keys.slots import open_with
from app.keys.ways import PassphraseWay
from app.province.store import PAGE as STORE_PAGE
from app.storage.database import PAGE, open_database
from tests.builders import messages_csv
from tests.journeys.programs import (
    BODY_CODE,
    STATION_CODE,
    Line,
    Program,
    body_at,
    database_of,
    listing,
    nothing_changes,
    passphrase_file,
    station_at,
)

NAME = "某某街道人大代表联络站"


def key_of(program: Program) -> bytes:
    assert program.passphrase
    words = Passphrase(program.passphrase.read_text("utf-8").strip())
    return open_with(read_slots(database_of(program).with_name("keyslots.json")), PassphraseWay(passphrase=words))


# --- keys ---------------------------------------------------------------------------------------------------------


def test_a_wrong_passphrase(line: Line, tmp_path: Path) -> None:
    wrong = passphrase_file(tmp_path / "wrong", "four mice")
    with nothing_changes(*line.both):
        for program in line.both:
            for command in (["count"], ["show", "0"]):
                replace(program, passphrase=wrong).refused("passphrase_wrong", *command)


@pytest.mark.parametrize(
    ("content", "code"), [(b"", "passphrase_empty"), (b"\n words\n", "passphrase_empty"), (b"\xff\xfe\0", "secret_file_not_text")]
)
def test_a_passphrase_file_that_holds_none(line: Line, content: bytes, code: str) -> None:
    assert line.station.passphrase
    line.station.passphrase.write_bytes(content)
    line.station.refused(code, "count")
    line.station.passphrase.unlink()
    line.station.refused("file_missing", "count")


def test_a_lost_passphrase_and_the_recovery_code(tmp_path: Path) -> None:
    lost, new = passphrase_file(tmp_path / "lost", "forgotten"), passphrase_file(tmp_path / "new", "a new one")
    station = station_at(tmp_path / "station", lost)
    code = station("setup", "--station", STATION_CODE, "--name", NAME)["recovery_code"]
    sheet = tmp_path / "恢复码.txt"
    sheet.write_text(f"{code}\n", "utf-8")
    found = replace(station, passphrase=new)
    assert "passphrase" in found("unlock", "--recovery-file", sheet)["slots"]
    assert found("count") == {"operator": 1, "seat": 1, "station": 1}
    station.refused("passphrase_wrong", "count")
    assert found("check", "--read-data")["sound"]


def test_a_lost_passphrase_without_the_recovery_code(line: Line, tmp_path: Path) -> None:
    new = replace(line.station, passphrase=passphrase_file(tmp_path / "new", "a new one"))
    sheet = tmp_path / "sheet.txt"
    code = "-".join(f"{11 * number:06d}" for number in range(11, 19))
    tries = {
        code: "recovery_wrong",
        code[:-1] + "0": "recovery_group_wrong",
        code[:-7]: "recovery_length",
        code.replace("1", "l"): "recovery_character",
        "": "recovery_length",
    }
    with nothing_changes(line.station):
        new.refused("file_missing", "unlock", "--recovery-file", sheet)
        for words, said in tries.items():
            sheet.write_text(words, "utf-8")
            new.refused(said, "unlock", "--recovery-file", sheet)
        new.refused("passphrase_wrong", "count")


def test_no_keyring_and_no_passphrase(line: Line, tmp_path: Path) -> None:
    with nothing_changes(*line.both):
        for program in line.both:
            replace(program, passphrase=None).refused("slot_missing", "count")
    fresh = station_at(tmp_path / "fresh", None)
    fresh.refused("keyring_missing", "setup", "--station", STATION_CODE, "--name", NAME, exit=3)
    assert listing(fresh.home) == {}
    other = body_at(tmp_path / "other", None)
    other.refused("keyring_missing", "setup", "--body", BODY_CODE, "--roots", tmp_path / "roots", exit=3)
    assert listing(other.home) == {}


def test_a_key_file_that_is_gone_or_damaged(line: Line) -> None:
    for program in line.both:
        slots = database_of(program).with_name("keyslots.json")
        content = slots.read_bytes()
        slots.write_bytes(content[: len(content) // 2])
        program.refused("keyslots_damaged", "count", exit=3)
        slots.write_bytes(content.replace(b"llz-keyslots/1", b"llz-keyslots/9"))
        program.refused("keyslots_newer", "count")
        slots.unlink()
        program.refused("keyslots_missing", "count")
        slots.write_bytes(content)
        assert program.say("count").code == 0


def test_the_key_file_of_another_station(line: Line, tmp_path: Path) -> None:
    other = station_at(tmp_path / "other", line.station.passphrase)
    other("setup", "--station", "430181001-002", "--name", NAME)
    shutil.copy(database_of(other).with_name("keyslots.json"), database_of(line.station).with_name("keyslots.json"))
    line.station.refused("not_a_database", "count")


def test_nothing_is_set_up_yet(tmp_path: Path) -> None:
    words = passphrase_file(tmp_path)
    station_at(tmp_path / "nowhere", words).refused("no_workspace", "count")
    body_at(tmp_path / "nowhere", words).refused("no_receiver", "count")
    assert not (tmp_path / "nowhere").exists()


def test_a_home_is_set_up_once(line: Line) -> None:
    with nothing_changes(*line.both):
        line.station.refused("workspace_exists", "setup", "--station", STATION_CODE, "--name", NAME)
        line.body.refused("receiver_exists", "setup", "--body", BODY_CODE, "--roots", line.body.home.parent / "keys" / "roots")


@pytest.mark.parametrize("code", ["430181001", "43018100-001", "430181001-0001", "四三零", ""])
def test_a_station_code_that_is_none(tmp_path: Path, code: str) -> None:
    station = station_at(tmp_path / "station", passphrase_file(tmp_path / "keys"))
    station.refused("station_code_malformed", "setup", "--station", code, "--name", NAME)
    assert listing(station.home) == {}


# --- databases ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("content", [b"", b"a letter, not a database. " * 400], ids=["empty", "a letter"])
def test_a_file_that_is_no_database(line: Line, content: bytes) -> None:
    messages = messages_csv(line.station.home / "留言.csv", 1)
    for program in line.both:
        database_of(program).write_bytes(content)
    line.station.refused("not_a_database", "count")
    line.station.refused("not_a_database", "import", messages)
    line.body.refused("not_a_database", "count")
    line.body.refused("not_a_database", "intake", line.stick)
    if content:  # of an empty file SQLite makes a database at the first touch; there was nothing to lose
        assert [database_of(program).read_bytes() for program in line.both] == [content, content]


def test_a_database_that_is_gone(line: Line) -> None:
    for program in line.both:
        database_of(program).unlink()
        program.refused("database_missing" if program is line.station else "file_missing", "count")
        assert not database_of(program).exists()


def test_a_newer_database(line: Line) -> None:
    for program, page in zip(line.both, (PAGE, STORE_PAGE), strict=True):
        opened = open_database(database_of(program), key_of(program), page)
        with opened.writing() as connection:
            connection.exec_driver_sql("PRAGMA user_version = 900")
        opened.close()
        before = database_of(program).read_bytes()
        told = program.refused("database_newer", "count")["message"]
        assert "900" in told
        assert database_of(program).read_bytes() == before


def test_a_damaged_page_is_found_and_never_taken_for_data(line: Line) -> None:
    path = database_of(line.station)
    whole = bytearray(path.read_bytes())
    pages = len(whole) // 4096
    found, said = 0, set()
    for page in range(1, pages, max(1, pages // 8)):
        damaged = bytearray(whole)
        damaged[page * 4096 + 2000] ^= 0xFF
        path.write_bytes(damaged)
        checked = line.station.say("check", "--read-data")
        assert checked.code != 0, page
        if checked.out:
            assert not checked.document["sound"]
            assert all(each["message"] for each in checked.document["findings"])
            found += 1
        else:
            said.add(checked.error["code"])
        assert path.read_bytes() == bytes(damaged)
    assert found
    assert said <= {"database_damaged"}
    path.write_bytes(whole)
    assert line.station("check", "--read-data")["sound"]
