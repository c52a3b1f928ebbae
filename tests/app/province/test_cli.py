import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from app.packages import age
from app.province.cli import main
from app.province.receiver import opened
from app.terminal import REFUSED, UNAVAILABLE
from tests.app.province.seats import Seat, new_seat
from tests.builders import BodyHome, new_body

Run = Callable[..., tuple[int, Any, Any]]


@pytest.fixture
def home(tmp_path: Path) -> BodyHome:
    return new_body(tmp_path)


@pytest.fixture
def run(home: BodyHome, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs one command of the receiver with `--json`: exit code, document, error document."""
    monkeypatch.setattr("app.province.cli.way_of", lambda options: home.way)

    def command(*arguments: str | Path) -> tuple[int, Any, Any]:
        code = main(["--home", str(home.home), "--json", *map(str, arguments)])
        told = capsys.readouterr()
        return code, told.out and json.loads(told.out), told.err and json.loads(told.err)

    return command


def packages(home: BodyHome, number: int = 2) -> tuple[Seat, Sequence[Path]]:
    with home.opened() as held:
        seat = new_seat(held, home.home / "stick")
        return seat, [seat.package(seat.revision(subject=f"第{each}件")) for each in range(number)]


def test_a_folder_is_taken_in_by_the_order_of_names(run: Run, home: BodyHome) -> None:
    seat, paths = packages(home)
    (seat.folder / "a letter.txt").write_text("no package", "utf-8")
    code, told, _ = run("intake", seat.folder)
    assert code == 0
    assert [each["file"] for each in told["files"]] == [path.name for path in paths]
    assert told["files"][0] == {
        "file": paths[0].name,
        "verdict": "accepted",
        "code": None,
        "new": 1,
        "duplicate": 0,
        "conflict": 0,
        "returned": 0,
    }
    assert run("intake", seat.folder)[1]["files"][1]["verdict"] == "duplicate"
    assert run("count")[1] == {"issue": 2}


def test_one_bad_file_does_not_keep_the_others_out(run: Run, home: BodyHome) -> None:
    _, paths = packages(home)
    cut = home.home / "cut.llz"
    cut.write_bytes(paths[0].read_bytes()[:-1])
    code, told, _ = run("intake", cut, home.home / "gone.llz", *paths)
    assert code == REFUSED
    assert [(each["verdict"], each["code"]) for each in told["files"]] == [
        ("refused", "E_CONTAINER"),
        ("refused", "file_missing"),
        ("accepted", None),
        ("accepted", None),
    ]
    assert all(each["message"] for each in told["files"][:2])


def test_an_empty_folder_is_no_fault(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    assert run("intake", folder)[:2] == (0, {"files": []})


def test_a_rehearsal_counts_and_keeps_nothing(run: Run, home: BodyHome) -> None:
    _, paths = packages(home)
    assert run("intake", "--dry-run", paths[0])[1]["files"][0]["new"] == 1
    assert run("count")[1] == {}


def test_one_record_is_shown(run: Run, home: BodyHome) -> None:
    with home.opened() as held:
        seat = new_seat(held, home.home / "stick")
        made = seat.revision(subject="甲", later={"than": "this program"})
        seat.send(made)
    told = run("show", made.id)[1]
    assert told["fields"] == {"subject": "甲", "later": {"than": "this program"}}
    assert (told["station"], told["rev"], told["deleted"], told["disputed"]) == (seat.station, made.rev, False, [])
    code, told, error = run("show", seat.station)
    assert (code, told, error["code"]) == (REFUSED, "", "record_missing")


def test_the_receiving_key_opens_packages_and_is_its_owner_s_to_read(run: Run, home: BodyHome, tmp_path: Path) -> None:
    _, paths = packages(home, 1)
    key = tmp_path / "key.txt"
    assert run("export-key", "--output", key)[0] == 0
    assert key.stat().st_mode & 0o777 == 0o600
    data = paths[0].read_bytes()
    start = data.index(b"age-encryption.org/v1")
    with paths[0].open("rb") as file:
        file.seek(start)
        size = data.index(b"PK\3\4", start) - start
        with age.decrypting(file, size, key.read_text().split()) as plain:
            assert plain.read().startswith(b"datapackage.json")


def test_enrolling_tells_what_a_person_compares(run: Run, home: BodyHome, tmp_path: Path) -> None:
    seat, _ = packages(home, 1)
    request, answer = tmp_path / "请求.json", tmp_path / "new folder" / "信任.json"
    request.write_bytes(seat.request())
    code, told, _ = run("enrol", request, "--output", answer)
    assert code == 0
    assert (told["station"], told["seat"], told["version"]) == (seat.code, seat.by, 2)
    assert len(told["digits"].replace(" ", "")) == 12
    assert answer.exists()
    assert run("trust", "--output", tmp_path / "whole.json")[0] == 0
    assert run("revoke", seat.by)[1] == {"seat": seat.by, "version": 3}
    assert run("revoke", "0123456789abcdef")[2]["code"] == "seat_unknown"
    assert run("enrol", tmp_path / "whole.json", "--output", answer)[2]["code"].startswith("E_")


def test_receipts_are_laid_out_for_a_station(run: Run, home: BodyHome, tmp_path: Path) -> None:
    seat, paths = packages(home)
    assert run("receipts", "--station", seat.code, "--output", tmp_path / "back")[2]["code"] == "nothing_received"
    run("intake", *paths)
    told = run("receipts", "--station", seat.code, "--output", tmp_path / "back")[1]
    assert (told["station"], told["receipt_seq"]) == (seat.code, 1)
    assert [Path(each).exists() for each in told["files"]] == [True, True]
    assert run("receipts", "--station", "430181001-009", "--output", tmp_path)[2]["code"] == "station_unknown"


def test_an_output_that_cannot_be_written_is_the_world_s_fault(run: Run, home: BodyHome, tmp_path: Path) -> None:
    seat, paths = packages(home)
    run("intake", *paths)
    (tmp_path / "a file").write_bytes(b"")
    code, told, error = run("receipts", "--station", seat.code, "--output", tmp_path / "a file" / "back")
    assert (code, told, error["code"]) == (UNAVAILABLE, "", "folder_unusable")


def test_another_kind_of_store_is_refused(run: Run) -> None:
    assert run("--store", "postgresql://db/llz", "count")[2]["code"] == "store_unsupported"


def test_a_store_named_by_its_url(run: Run, home: BodyHome, tmp_path: Path) -> None:
    assert run("--store", f"sqlite:///{tmp_path / 'gone.db'}", "count")[2]["code"] == "file_missing"
    with opened(home.home, home.way, write=False) as held:
        path = held.store.database.path
    assert run("count", "--store", f"sqlite:///{path}")[:2] == (0, {})


def test_a_township_is_a_body_by_its_name(tmp_path: Path, home: BodyHome, run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    told = ["--home", str(tmp_path / "town"), "--json", "setup", "--body", "430181001", "--roots", str(tmp_path / "town roots")]
    assert main(told) == REFUSED
    assert json.loads(capsys.readouterr().err)["code"] == "body_name_missing"
    assert main([*told, "--name", "某某镇"]) == 0
    assert json.loads(capsys.readouterr().out)["code"] == "430181001"
