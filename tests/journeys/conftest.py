"""A line that was set up once for many tests: each gets a copy of its own."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from tests.builders import messages_csv
from tests.journeys.programs import Line, enrolled_line, written_json


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Line:
    """An enrolled station with a deputy and five messages, of which nothing was handed in yet."""
    folder = tmp_path_factory.mktemp("prepared")
    line = enrolled_line(folder)
    line.station("record", "deputy", written_json(folder / "deputy.json", name="代表甲"))
    line.station("import", messages_csv(folder / "留言.csv", 5))
    return line


@pytest.fixture
def line(prepared: Line, tmp_path: Path) -> Line:
    """A copy of the prepared line, which this test may break."""
    return copied(prepared, tmp_path)


def copied(line: Line, folder: Path) -> Line:
    """The same station and body once more, in another folder."""
    for program in (line.station, line.body):
        shutil.copytree(program.home, folder / program.home.name)
    shutil.copytree(line.station.home.parent / "keys", folder / "keys")
    station, body = (
        replace(each, home=folder / each.home.name, passphrase=folder / "keys" / "口令.txt") for each in (line.station, line.body)
    )
    return Line(station=station, body=body, stick=folder / "stick")
