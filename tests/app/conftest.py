"""What most tests of the program begin with: a station, closed or open, and one that can hand in."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.workspace import Workspace
from tests.builders import Pair, StationHome, new_station, pair


@pytest.fixture
def home(tmp_path: Path) -> StationHome:
    """A station that was set up and is closed."""
    return new_station(tmp_path / "home")


@pytest.fixture
def workspace(home: StationHome) -> Iterator[Workspace]:
    """The station, open for writing."""
    with home.opened() as opened:
        yield opened


@pytest.fixture
def line(tmp_path: Path) -> Iterator[Pair]:
    """A station and the body it is enrolled with, both open for writing."""
    with pair(tmp_path / "line") as opened:
        yield opened
