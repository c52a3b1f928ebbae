"""What a sister seat sends, merged: a hundred thousand revisions, half of them later states of the others."""

import os
import time
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from app.domain.issue import Issue
from app.use_cases.arrivals import receive
from app.use_cases.peers import export_for_sisters
from tests.app.use_cases.test_peers import joined
from tests.benchmarks.figures import Figure, seconds_of, tell
from tests.builders import Wall, an_issue, new_station, save

REVISIONS = int(os.environ.get("LIAISON_BENCH_VISITS", "100000"))
WANTED = 10.0  # seconds for a hundred thousand


def test_merge_of_what_a_sister_seat_sends(tmp_path: Path) -> None:
    wall = Wall()
    with ExitStack() as stack:
        first = stack.enter_context(new_station(tmp_path / "first", wall=wall).opened())
        second = joined(first, tmp_path / "second", tmp_path, wall, stack)
        issues: list[Issue] = [
            an_issue(first, f"东街{number}号门前的路灯", words=f"第{number}号楼前的路灯不亮，已经第{number % 90}天。")
            for number in range(REVISIONS // 2)
        ]
        save(first, *issues)
        save(first, *(replace(each, remarks="已现场查看") for each in issues))
        paths = [path for each in export_for_sisters(first, tmp_path / "stick").sisters for path in each.paths]
        taken: list[int] = []
        begun = time.process_time()
        seconds = seconds_of(lambda: taken.extend(receive(second, path).records for path in paths))
        processor = time.process_time() - begun
    told = f"{Figure('merge', (seconds,)).told('s')}, of the processor {processor:.2f} s"
    tell(f"{told}; {sum(taken)} revisions, {sum(taken) / processor:.0f} a second of it; wanted {WANTED:.0f} s")
    assert sum(taken) >= REVISIONS
