"""The log of a year on the demo station: opened, narrowed, and followed from its first line on behind the window."""

import os
import time
from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial
from statistics import median

from app.domain.papers import Span
from app.queries.log import Sought, log, writers
from app.use_cases.upkeep import verify_chain
from app.workspace import Workspace
from tests.benchmarks.figures import RUNS, taken_in_turn, tell

LOOKED_AT = 0.100  # seconds until a page is there
FOLLOWED = 3.0  # seconds of processor time for 100,000 lines
LINES = 100_000


def questions(workspace: Workspace) -> Mapping[str, Callable[[], object]]:
    """What a person looks for in the log."""
    month = workspace.clock.today().date() - timedelta(days=30)
    someone = writers(workspace)[0]
    sought = {
        "everything": Sought(),
        "changes": Sought(only="changes"),
        "exports": Sought(only="exports"),
        "issues": Sought(kind="issue"),
        "by one person": Sought(who=someone),
        "of a month": Sought(span=Span(first=month)),
        "issues of a month by one person": Sought(kind="issue", who=someone, span=Span(first=month)),
    }
    asked: dict[str, Callable[[], object]] = {name: partial(log, workspace, each) for name, each in sought.items()}
    return asked | {"row 50,000 of one person": partial(log, workspace, Sought(who=someone), offset=50_000)}


def test_a_page_of_the_log_is_there_at_once(workspace: Workspace) -> None:
    figures = taken_in_turn(*questions(workspace).items())
    tell(f"a page of the log of {log(workspace, Sought()).total:,} lines:", *(each.told() for each in figures))
    assert [each.name for each in figures if each.median >= LOOKED_AT] == []


def test_the_chain_of_a_year_is_followed(workspace: Workspace) -> None:
    spent, taken = list[float](), list[float]()
    lines = verify_chain(workspace).lines
    for _run in range(RUNS):
        processor, clock = _processor(), time.perf_counter()
        checked = verify_chain(workspace)
        spent.append(_processor() - processor)
        taken.append(time.perf_counter() - clock)
        assert (checked.lines, checked.findings) == (lines, ())
    tell(
        f"{lines:,} lines followed: {median(spent):.2f} s of processor time ({min(spent):.2f} to {max(spent):.2f}), "
        f"{median(taken):.2f} s by the clock ({min(taken):.2f} to {max(taken):.2f}), n={RUNS}"
    )
    assert median(spent) < FOLLOWED * max(1, lines / LINES)


def _processor() -> float:
    """Seconds of processor time this process has had."""
    told = os.times()
    return told.user + told.system
