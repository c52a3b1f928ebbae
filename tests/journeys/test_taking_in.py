"""Everything that is brought, by the command line: looked at first, then taken in, whole sticks too."""

from pathlib import Path
from typing import Any

from tests.builders import STATION_CODE
from tests.journeys.programs import Line, written_json


def laid_out(line: Line) -> Path:
    line.body("intake", line.export())
    line.body("receipts", "--station", STATION_CODE, "--output", line.stick)
    return line.stick


def by_sort(document: Any) -> dict[str, str]:
    return {each["what"]: each["verdict"] for each in document["files"]}


def test_a_whole_stick_is_looked_at_and_then_taken_in(line: Line, tmp_path: Path) -> None:
    entry = written_json(tmp_path / "issue.json", words="路灯不亮", received_on="2026-11-20", encounter={"name": "群众乙"})
    line.station("record", "issue", entry)
    stick = laid_out(line)
    (stick / "autorun.inf").write_text("[autorun]")
    (stick / "照片.jpg").write_bytes(b"\xff\xd8")
    told = line.station("receive", "--preview", stick)
    assert by_sort(told) == {"trust": "known", "receipt": "new", "own": "known"}
    receipt = next(each for each in told["files"] if each["what"] == "receipt")
    assert receipt["settles"] == [1]
    assert (told["others"], told["suspicious"]) == (1, ["autorun.inf"])
    assert line.station("packages")["records"]["received"] == 0
    taken = line.station("receive", stick)
    assert by_sort(taken) == {"trust": "duplicate", "receipt": "accepted", "own": "duplicate"}
    assert line.station("packages")["records"]["sent"] == 0
    said = line.station.say("receive", "--preview", stick, as_json=False)
    assert "盘上有可疑文件，请先杀毒" in said.out
    assert by_sort(line.station("receive", "--preview", stick)) == {"trust": "known", "receipt": "known", "own": "known"}
