"""Points by the command line: a scheme, proposals, both approvals, an entry by hand, the papers."""

from pathlib import Path

import pytest

from tests.journeys.programs import Line, written_json


@pytest.fixture
def held(line: Line, tmp_path: Path) -> str:
    """A training that was held in January, at which 代表甲 was; their identifier."""
    deputy = line.station("deputies")["records"][0]["id"]
    visit = {"visit_kind": "training", "on": "2026-01-08", "deputies": [deputy], "theme": "履职培训"}
    line.station("record", "visit", written_json(tmp_path / "visit.json", **visit))
    return str(deputy)


def test_points_come_from_records_through_two_approvals_to_paper(line: Line, held: str, tmp_path: Path) -> None:
    schemes = line.station("points-scheme")
    assert {each["name"] for each in schemes["examples"]} >= {"ruzhou", "example"}
    line.station("points-scheme", "ruzhou", "--from", "2026-01-01")
    assert line.station("points", "--year", "2026")["proposed"] == 1
    line.station("points-enter", "--year", "2026")
    line.station.refused("points_nothing", "points-enter", "--year", "2026")
    line.station.refused("incomplete", "points-write", held, "charity", "--on", "2026-02-03")
    line.station("points-write", held, "charity", "--on", "2026-02-03", "--account", "为敬老院捐赠棉被")
    for _step in ("first", "second"):
        assert len(line.station("points-settle", "approve", "all", "--year", "2026")["changed"]) == 2
    told = line.station("points", "--year", "2026", "--entries")
    (score,) = (each for each in told["deputies"] if each["deputy"] == held)
    assert (score["points"], score["items"]["training"], score["items"]["charity"]) == ("8", "3", "5")
    words = line.station.say("points", "--year", "2026", "--entries", as_json=False).out
    assert "为敬老院捐赠棉被" in words
    first = told["entries"][0]["id"]
    line.station.refused("incomplete", "points-settle", "reject", first)
    line.station("points-settle", "reject", first, "--why", "重复")
    line.station("points-settle", "reopen", first)
    for name in ("points-ledger", "points-summary"):
        assert line.station("print", name, "--year", "2026", "--output", tmp_path / f"{name}.pdf")["pages"] == 1
        line.station("print", name, "--year", "2026", "--output", tmp_path / f"{name}.xlsx")


def test_a_station_is_checked_mended_and_the_ledger_printed(line: Line, tmp_path: Path) -> None:
    assert line.station("checks")["unseen"] == 30
    line.station.refused("check_finding_unknown", "check-station", "m1=gut")
    line.station.refused("check_item_unknown", "check-station", "x9=met")
    line.station.refused("incomplete", "check-station", "m1=not_met")
    made = line.station("check-station", "m1=not_met:打印机卡纸", "rest=met", "--on", "2026-02-03")["made"]
    assert len(made) == 30
    told = line.station("checks")
    assert (told["open"], told["stars"], told["unseen"]) == (1, 5, 0)
    line.station("check-mended", "m1", "--measure", "已维修", "--on", "2026-02-10")
    assert line.station("checks")["open"] == 0
    assert "打印机卡纸" in line.station.say("checks", as_json=False).out
    assert line.station("print", "check-ledger", "--year", "2026", "--output", tmp_path / "检查.pdf")["records"] == 30
