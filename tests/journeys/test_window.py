"""The journey of the line through a real window: a real display, real keys and clicks, a process for every sitting."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import QT_MISSING
from tests.journeys.programs import STATION_CODE, body_at, passphrase_file, station_at
from tests.journeys.sittings import WORDS, Sitting
from tests.virtual_screen import virtual_screen
from ui.places import Place

if QT_MISSING:
    pytest.skip(f"Qt cannot be loaded here: {QT_MISSING}", allow_module_level=True)


@pytest.fixture(params=["1366x768", "1024x768"])
def sitting(request: pytest.FixtureRequest, tmp_path: Path, program: Callable[[str], str]) -> Iterator[Sitting]:
    """A screen, and a home with Chinese and a space in its name, under the locale C."""
    program("Xvfb")
    width, height = map(int, request.param.split("x"))
    with virtual_screen(width, height) as display:
        yield Sitting(display, tmp_path / "家 目录")


def test_from_set_up_to_reconciled(sitting: Sitting, tmp_path: Path) -> None:
    made = sitting("set_up", WORDS, asked=False)
    assert len(made["code"]) == 55
    seen = sitting("record")
    assert any("王代表" in each for each in seen["words"])

    body = body_at(tmp_path / "body", tmp_path / "keys" / "口令.txt")
    body("setup", "--body", STATION_CODE[:6], "--roots", tmp_path / "keys" / "roots")
    asked = tmp_path / "登记"
    asked.mkdir()
    request = sitting("request", asked)
    brought = tmp_path / "登记结果"
    brought.mkdir()
    enrolled = body("enrol", asked / request["file"], "--output", brought / "trust.json")
    assert request["digits"] == enrolled["digits"]
    sitting("trust", brought)

    stick = tmp_path / "U 盘"
    stick.mkdir()
    (package,) = sitting("hand_in", stick)["files"]
    taken = body("intake", stick / package)
    assert taken["files"][0]["verdict"] == "accepted"
    body("receipts", "--station", STATION_CODE, "--output", stick / "back")
    figures = sitting("take_in", stick / "back")["figures"]
    assert figures[:2] == ["0", "0"]
    assert int(figures[2]) > 5
    station = station_at(sitting.home, tmp_path / "keys" / "口令.txt")
    assert station("packages")["records"]["received"] == int(figures[2])
    assert body("count")["suggestion"] == 1


def test_every_place_of_the_invented_station_opens(sitting: Sitting, tmp_path: Path) -> None:
    station = station_at(sitting.home, passphrase_file(tmp_path / "keys", WORDS))
    station("demo", "--visits", "30", "--issues", "30", "--suggestions", "3")
    seen = sitting("look")["seen"]
    assert set(seen) == {each.name for each in Place if each.on_rail}
    assert all(words > 5 for words in seen.values()), seen
