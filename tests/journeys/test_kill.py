"""Killed, or failed by the disk, at any step that reaches the disk: all of it or nothing, and the next command goes on."""

import os
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from app.keys.passphrase import read_passphrase_file
from app.keys.ways import PassphraseWay
from app.province.receiver import INCOMING, PACKAGES, opened
from tests.builders import messages_csv
from tests.journeys.conftest import copied
from tests.journeys.forked import KILLED, Forks, forks
from tests.journeys.programs import STATION_CODE, Line, Program, Said

CALLS: Final = ("fsync", "fdatasync", "rename", "renameat2", "pwrite64", "unlink", "ftruncate", "write")
EVERY: Final = "LIAISON_EVERY_STEP"
"""Set, and every single step is tried; else of a call that is made often only a sample."""
FEW: Final = 10
KNOWN, NEW = 5, 20


@pytest.fixture(scope="module")
def forked() -> Iterator[Forks]:
    strace = shutil.which("strace")
    if strace is None:
        pytest.skip("the program 'strace' is not installed here")
    with forks(strace) as running:
        yield running


def sampled(last: int) -> list[int]:
    """Which of `last` steps to try: the first ones, then ever wider apart, then the last ones."""
    if last <= FEW or os.environ.get(EVERY):
        return list(range(1, last + 1))
    wider = (2**power for power in range(last.bit_length()))
    return sorted({*wider, *range(last - 2, last + 1)})


def struck(steps: Counter[str], calls: tuple[str, ...], what: str) -> list[str]:
    """What is injected, trial by trial."""
    return [f"{call}:{what}:when={number}" for call in calls for number in sampled(steps[call])]


KILL: Final = "signal=KILL"


def trials(line: Line, folder: Path, injections: list[str]) -> Iterator[tuple[str, Line]]:
    """Each injection with a line of its own, cleared away after it."""
    for number, injection in enumerate(injections):
        place = folder / str(number)
        yield injection, copied(line, place)
        shutil.rmtree(place)


def failed_well(said: Said) -> bool:
    """Whether the command says that the disk failed; or did all it had to, since what failed could be done again later."""
    if said.code == 0:
        return True
    return said.code == 3 and said.error["code"] in {"disk_full", "disk_failed"}


# --- import -------------------------------------------------------------------------------------------------------


def imported_whole_or_not(station: Program, table: Path) -> None:
    """After whatever happened: all or nothing, sound, and the import goes on as if nothing had."""
    counted = station("count")
    assert counted["issue"] in {KNOWN, KNOWN + NEW}
    assert counted["issue"] == counted["encounter"]
    assert station("check", "--read-data")["sound"]
    again = station("import", table)
    assert (again["imported"], again["repeated"]) in {(NEW, 0), (0, NEW)}
    assert again["imported"] == KNOWN + NEW - counted["issue"]
    assert station("count")["issue"] == KNOWN + NEW
    assert station("search", "路灯")["total"] == KNOWN + NEW


@pytest.fixture
def table(tmp_path: Path) -> Path:
    return messages_csv(tmp_path / "more.csv", NEW, first=100)


def test_an_import_killed(prepared: Line, forked: Forks, tmp_path: Path, table: Path) -> None:
    steps = forked.steps(copied(prepared, tmp_path / "counted").station, "import", table, calls=CALLS)
    killed = 0
    for injection, line in trials(prepared, tmp_path, struck(steps, CALLS, KILL)):
        said = forked.run(line.station, "import", table, inject=injection)
        killed += said.code == KILLED
        assert said.code in {KILLED, 0}, (injection, said)
        imported_whole_or_not(line.station, table)
    assert killed >= sum(len(sampled(steps[call])) for call in ("fsync", "unlink")), steps


def test_an_import_on_a_disk_that_fails(prepared: Line, forked: Forks, tmp_path: Path, table: Path) -> None:
    steps = forked.steps(copied(prepared, tmp_path / "counted").station, "import", table, calls=CALLS)
    injections = struck(steps, ("pwrite64",), "error=ENOSPC") + struck(steps, ("fsync", "fdatasync"), "error=EIO")
    refused = 0
    for injection, line in trials(prepared, tmp_path, injections):
        said = forked.run(line.station, "import", table, inject=injection)
        refused += said.code != 0
        assert failed_well(said), (injection, said)
        if said.code == 0:
            assert line.station("count")["issue"] == KNOWN + NEW
        imported_whole_or_not(line.station, table)
    assert refused


# --- export -------------------------------------------------------------------------------------------------------


def exported_whole_or_not(line: Line) -> None:
    """A final name on the stick is a whole package, and one more export leaves nothing behind."""
    for path in line.stick.glob("*.llz"):
        assert line.station("verify", path)["verdict"] == "accepted"
    line.station("export", "--output", line.stick)
    assert line.station("export", "--output", line.stick)["package"] is None
    assert [path.suffix for path in line.stick.iterdir()] == [".llz"], "one number, and no leftover"
    told = line.station("packages")
    assert told["records"]["never_sent"] == 0
    assert [(each["seq"], each["state"]) for each in told["packages"]] == [(1, "copied")]
    assert line.station("check", "--read-data")["sound"]
    (taken,) = line.body("intake", line.stick)["files"]
    assert (taken["verdict"], taken["new"]) == ("accepted", told["records"]["sent"])


def test_an_export_killed(prepared: Line, forked: Forks, tmp_path: Path) -> None:
    counted = copied(prepared, tmp_path / "counted")
    steps = forked.steps(counted.station, "export", "--output", counted.stick, calls=CALLS)
    killed = 0
    for injection, line in trials(prepared, tmp_path, struck(steps, CALLS, KILL)):
        said = forked.run(line.station, "export", "--output", line.stick, inject=injection)
        killed += said.code == KILLED
        assert said.code in {KILLED, 0}, (injection, said)
        exported_whole_or_not(line)
    assert killed >= steps["fsync"] + steps["rename"] + steps["unlink"], steps


def test_an_export_on_a_disk_that_fails(prepared: Line, forked: Forks, tmp_path: Path) -> None:
    counted = copied(prepared, tmp_path / "counted")
    steps = forked.steps(counted.station, "export", "--output", counted.stick, calls=CALLS)
    injections = struck(steps, ("pwrite64", "write"), "error=ENOSPC") + struck(steps, ("fsync", "rename"), "error=EIO")
    refused = 0
    for injection, line in trials(prepared, tmp_path, injections):
        said = forked.run(line.station, "export", "--output", line.stick, inject=injection)
        refused += said.code != 0
        assert failed_well(said), (injection, said)
        exported_whole_or_not(line)
    assert refused


# --- intake -------------------------------------------------------------------------------------------------------


@pytest.fixture
def handed_over(prepared: Line, tmp_path: Path) -> Line:
    """A line whose station has exported; the stick is at the body."""
    line = copied(prepared, tmp_path / "handed over")
    line.export()
    shutil.copytree(line.stick, line.body.home.parent / "keys" / "stick")
    return line


def stick_of(line: Line) -> Path:
    return line.body.home.parent / "keys" / "stick"


def taken_whole_or_not(line: Line, records: int) -> None:
    """All rows or none, a store without a damaged page, nothing left over; the same stick again ends in the same place."""
    before = sum(line.body("count").values())
    assert before in {0, records}
    (again,) = line.body("intake", stick_of(line))["files"]
    assert (again["verdict"], again["new"]) == (("accepted", records) if before == 0 else ("duplicate", 0))
    assert sum(line.body("count").values()) == records
    sound_store(line.body)
    line.bring_back()
    assert line.station("packages")["records"]["received"] == records


def sound_store(body: Program) -> None:
    assert body.passphrase
    way = PassphraseWay(passphrase=read_passphrase_file(body.passphrase))
    with opened(body.home, way, write=False) as held, held.store.reading() as connection:
        assert [tuple(row) for row in connection.exec_driver_sql("PRAGMA integrity_check")] == [("ok",)]
        assert list(connection.exec_driver_sql("PRAGMA cipher_integrity_check")) == []
        assert list((held.folder / INCOMING).iterdir()) == []
        assert not list(held.folder.rglob("*.part"))
        assert len(list((held.folder / PACKAGES).iterdir())) == 1


def test_an_intake_killed(handed_over: Line, forked: Forks, tmp_path: Path) -> None:
    steps, records = intake_steps(handed_over, forked, tmp_path)
    killed = 0
    for injection, line in trials(handed_over, tmp_path, struck(steps, CALLS, KILL)):
        said = forked.run(line.body, "intake", stick_of(line), inject=injection)
        killed += said.code == KILLED
        assert said.code in {KILLED, 0}, (injection, said)
        taken_whole_or_not(line, records)
    assert killed >= steps["fsync"] + steps["rename"] + steps["unlink"], steps


def test_an_intake_on_a_disk_that_fails(handed_over: Line, forked: Forks, tmp_path: Path) -> None:
    steps, records = intake_steps(handed_over, forked, tmp_path)
    injections = struck(steps, ("pwrite64", "write"), "error=ENOSPC") + struck(steps, ("fsync", "rename"), "error=EIO")
    refused = 0
    for injection, line in trials(handed_over, tmp_path, injections):
        said = forked.run(line.body, "intake", stick_of(line), inject=injection)
        refused += said.code != 0
        assert failed_well(said), (injection, said)
        taken_whole_or_not(line, records)
    assert refused


def intake_steps(handed_over: Line, forked: Forks, folder: Path) -> tuple[Counter[str], int]:
    counted = copied(handed_over, folder / "counted")
    steps = forked.steps(counted.body, "intake", stick_of(counted), calls=CALLS)
    assert counted.body("receipts", "--station", STATION_CODE, "--output", counted.stick)["receipt_seq"] == 1
    return steps, sum(counted.body("count").values())
