"""Disks and folders that fail, and a second writer: each has its code and its sentence, and nothing is half written."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from tests.builders import messages_csv
from tests.journeys.programs import (
    BODY_CODE,
    ROOT,
    STATION_CODE,
    Line,
    Program,
    body_at,
    enrolled_line,
    listing,
    nothing_changes,
    station_at,
    written_json,
)

NAME = "某某街道人大代表联络站"


# --- folders and disks --------------------------------------------------------------------------------------------


def test_folders_that_cannot_be_written(line: Line, tmp_path: Path) -> None:
    """A regular file stands where a folder would have to be, which no right of any user can mend."""
    (tmp_path / "a file").write_bytes(b"")
    below = tmp_path / "a file" / "below"
    package = line.export()
    line.body("intake", package)
    with nothing_changes(*line.both):
        commands: tuple[tuple[Program, list[str | Path]], ...] = (
            (line.station, ["enrol-request", "--output", below / "request.json"]),
            (line.station, ["copy", "1", "--output", below]),
            (line.station, ["export", "--output", below]),
            (line.body, ["trust", "--output", below / "trust.json"]),
            (line.body, ["export-key", "--output", below / "key.txt"]),
            (line.body, ["receipts", "--station", STATION_CODE, "--output", below]),
        )
        for program, command in commands:
            program.refused("folder_unusable", *command, exit=3)
    words = line.station.passphrase
    station, body = station_at(below / "station", words), body_at(below / "body", words)
    station.refused("folder_unusable", "setup", "--station", STATION_CODE, "--name", NAME, exit=3)
    body.refused("folder_unusable", "setup", "--body", BODY_CODE, "--roots", tmp_path / "roots", exit=3)
    body_at(tmp_path / "body 2", words).refused("folder_unusable", "setup", "--body", BODY_CODE, "--roots", below, exit=3)


@contextmanager
def mounted(folder: Path, *options: str) -> Iterator[Path]:
    """A mount for the block; skipped where this machine does not allow one."""
    mount = shutil.which("mount")
    folder.mkdir(exist_ok=True)
    if mount is None or subprocess.run([mount, *options, str(folder)], capture_output=True, check=False).returncode != 0:
        pytest.skip("mounting is not allowed here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def test_a_stick_that_cannot_be_written(line: Line, tmp_path: Path) -> None:
    stick = tmp_path / "read-only"
    stick.mkdir()
    with mounted(stick, "--bind", str(stick)):
        if subprocess.run(["mount", "-o", "remount,ro,bind", str(stick)], check=False).returncode != 0:
            pytest.skip("mounting read-only is not allowed here")
        line.station.refused("folder_unusable", "export", "--output", stick, exit=3)
        assert list(stick.iterdir()) == []
    assert line.station("check", "--read-data")["sound"]
    assert line.body("intake", line.export())["files"][0]["verdict"] == "accepted"


def test_a_stick_that_is_full(line: Line, tmp_path: Path) -> None:
    with mounted(tmp_path / "small", "-t", "tmpfs", "-o", "size=8k", "tmpfs") as stick:
        line.station.refused("disk_full", "export", "--output", stick, exit=3)
        assert listing(stick) == {}, "no final name, nothing half written"
    assert line.station("check", "--read-data")["sound"]
    assert line.body("intake", line.export())["files"][0]["verdict"] == "accepted", "the sealed number was kept"


def test_a_stick_with_room_for_the_packages_alone(line: Line, tmp_path: Path) -> None:
    with mounted(tmp_path / "small", "-t", "tmpfs", "-o", "size=128k", "tmpfs") as stick:
        said = line.station.say("export", "--output", stick, "--with-backup")
        assert (said.code, said.document["seq"], [each["code"] for each in said.document["not_beside"]]) == (3, 1, ["disk_full"])
        assert line.body("intake", said.document["package"])["files"][0]["verdict"] == "accepted"
        assert not list(stick.rglob("*.part"))
    assert line.station("check", "--read-data")["sound"]


def test_the_station_s_own_disk_is_full(line: Line, tmp_path: Path) -> None:
    big = messages_csv(tmp_path / "big.csv", 3000)
    with mounted(tmp_path / "disk", "-t", "tmpfs", "-o", "size=3m", "tmpfs") as disk:
        shutil.copytree(line.station.home, disk / "station")
        station = replace(line.station, home=disk / "station")
        with nothing_changes(station):
            station.refused("disk_full", "import", big, exit=3)
        assert station("import", messages_csv(tmp_path / "small.csv", 3, first=50))["imported"] == 3


def test_the_body_s_own_disk_is_full(line: Line, tmp_path: Path) -> None:
    line.station("import", messages_csv(tmp_path / "big.csv", 3000))
    package = line.export()
    with mounted(tmp_path / "disk", "-t", "tmpfs", "-o", "size=1m", "tmpfs") as disk:
        shutil.copytree(line.body.home, disk / "body")
        body = replace(line.body, home=disk / "body")
        with nothing_changes(body):
            body.refused("disk_full", "intake", package, exit=3)
    assert line.body("intake", package)["files"][0]["verdict"] == "accepted"


LIMITED = """
import resource, runpy, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
del sys.argv[0]
runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
"""


def test_a_file_may_not_grow(line: Line, tmp_path: Path) -> None:
    """The same by the system's limit on the size of a file, which needs no right to mount."""
    big = messages_csv(tmp_path / "big.csv", 3000)
    with nothing_changes(line.station):
        done = subprocess.run(
            [sys.executable, "-c", LIMITED, "app", *line.station.arguments("import", big)],
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stdout) == (3, ""), done
        assert '"code": "disk_f' in done.stderr
        assert "Traceback" not in done.stderr


# --- a second writer ----------------------------------------------------------------------------------------------

HOLDING = """
import sys
from pathlib import Path
from app.storage.writer_lock import writer_lock
with writer_lock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def held(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the right to write."""
    command = [sys.executable, "-c", HOLDING, str(folder)]
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "held\n"
        try:
            yield process
        finally:
            process.kill()


def test_one_writes_and_others_read_beside_it(line: Line, tmp_path: Path) -> None:
    entry = written_json(tmp_path / "issue.json", words="河边的护栏断了", encounter={"anonymous": True})
    with held(line.station.home / "station") as holder:
        with nothing_changes(line.station):
            line.station.refused("second_writer", "record", "issue", entry)
            line.station.refused("second_writer", "import", messages_csv(tmp_path / "a.csv", 1))
            line.station.refused("second_writer", "export", "--output", line.stick)
            assert line.station("search", "路灯")["total"] == 5
            assert line.station("packages")["records"]["sent"] == 0
        holder.kill()
        holder.wait()
        assert line.station("record", "issue", entry)["id"], "nothing stale is left after a kill"


def test_one_intake_at_a_time(line: Line) -> None:
    package = line.export()
    with held(line.body.home / "receiver"), nothing_changes(line.body):
        line.body.refused("second_writer", "intake", package)
    assert line.body("intake", package)["files"][0]["verdict"] == "accepted"


def test_two_imports_at_once_do_not_mix(tmp_path: Path) -> None:
    line = enrolled_line(tmp_path)
    paths = [messages_csv(tmp_path / f"{each}.csv", 400, first=1 + 1000 * each) for each in range(2)]
    processes = [
        subprocess.Popen(
            [sys.executable, "-m", "app", *line.station.arguments("import", path)],
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        for path in paths
    ]
    said = [process.communicate()[1] for process in processes]
    went_well = sum(process.returncode == 0 for process in processes)
    assert went_well >= 1, said
    assert all('"second_writer"' in words for process, words in zip(processes, said, strict=True) if process.returncode)
    assert line.station("count")["issue"] == 400 * went_well
    assert line.station("check", "--read-data")["sound"]
