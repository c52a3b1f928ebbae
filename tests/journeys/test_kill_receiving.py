"""A station that takes something in is killed, or its disk fails, at any step: all was taken or nothing, and again works."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.journeys.conftest import copied
from tests.journeys.forked import KILLED, Forks
from tests.journeys.programs import STATION_CODE, Line, Said, quick_slots, station_at
from tests.journeys.test_kill import CALLS, KILL, failed_well, forked, struck, trials

__all__ = ["forked"]

FAILING = (("pwrite64", "write"), "error=ENOSPC"), (("fsync", "fdatasync"), "error=EIO")


@pytest.fixture
def answered(prepared: Line, tmp_path: Path) -> Line:
    """A line whose station has handed in, and finds receipt, trust and words of the body on its stick."""
    line = copied(prepared, tmp_path / "answered")
    line.body("intake", line.export())
    line.body("receipts", "--station", STATION_CODE, "--output", line.station.home.parent / "keys" / "stick")
    return line


@pytest.fixture
def joined(prepared: Line, tmp_path: Path) -> Line:
    """A second computer of the station in the place of the first, and what the first one has sealed for it on its stick."""
    line = copied(prepared, tmp_path / "joined")
    first, keys = line.station, line.station.home.parent / "keys"
    second = station_at(first.home.parent / "second", first.passphrase)
    digits = first("seat-card", "--output", keys / "first.json")["digits"]
    with quick_slots():
        second("seat-join", keys / "first.json", "--digits", digits)
    digits = second("seat-card", "--output", keys / "second.json")["digits"]
    first("seat-admit", keys / "second.json", "--digits", digits)
    first("peer", "--output", keys / "stick")
    return replace(line, station=second)


def stick_of(line: Line) -> Path:
    return line.station.home.parent / "keys" / "stick"


def receipt_taken(line: Line) -> None:
    """Nothing or all is received, and after the same stick again all is."""
    told = line.station("packages")["records"]
    assert 0 in {told["sent"], told["received"]}, told
    again = line.station("receive", stick_of(line))
    assert {each["verdict"] for each in again["files"]} <= {"accepted", "duplicate"}, again
    assert line.station("packages")["records"] == told | {"sent": 0, "received": told["sent"] + told["received"]}
    assert line.station("check", "--read-data")["sound"]


def merged(line: Line) -> None:
    """None or all of the first computer's issues are here, and after the same stick again all are."""
    assert line.station("count").get("issue", 0) in {0, 5}
    line.station("receive", stick_of(line))
    assert line.station("count")["issue"] == 5
    assert line.station("check", "--read-data")["sound"]
    assert line.station("search", "路灯")["total"] == 5


@pytest.mark.parametrize(("what", "whole"), [("answered", receipt_taken), ("joined", merged)], ids=["receipt", "sister seat"])
def test_a_station_killed_while_it_takes_in(
    what: str, whole: Callable[[Line], None], forked: Forks, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    line: Line = request.getfixturevalue(what)
    counted = copied(line, tmp_path / "counted")
    steps = forked.steps(counted.station, "receive", stick_of(counted), calls=CALLS)
    killed = 0
    for injection, trial in trials(line, tmp_path, struck(steps, CALLS, KILL)):
        said = forked.run(trial.station, "receive", stick_of(trial), inject=injection)
        killed += said.code == KILLED
        assert said.code in {KILLED, 0}, (injection, said)
        whole(trial)
    assert killed >= steps["fsync"] > 0, steps


def told_of_the_file(said: Said) -> bool:
    """Whether the command says of the one file that could not be taken in that the disk failed."""
    codes = {each.get("code") for each in said.document["files"]}
    return said.code == 1 and bool(codes & {"disk_full", "disk_failed"}) and codes <= {None, "", "disk_full", "disk_failed"}


@pytest.mark.parametrize(("what", "whole"), [("answered", receipt_taken), ("joined", merged)], ids=["receipt", "sister seat"])
def test_a_station_takes_in_on_a_disk_that_fails(
    what: str, whole: Callable[[Line], None], forked: Forks, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    line: Line = request.getfixturevalue(what)
    counted = copied(line, tmp_path / "counted")
    steps = forked.steps(counted.station, "receive", stick_of(counted), calls=CALLS)
    refused = 0
    for injection, trial in trials(line, tmp_path, [each for calls, error in FAILING for each in struck(steps, calls, error)]):
        said = forked.run(trial.station, "receive", stick_of(trial), inject=injection)
        refused += said.code != 0
        assert failed_well(said) or told_of_the_file(said), (injection, said)
        whole(trial)
    assert refused
