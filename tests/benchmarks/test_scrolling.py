"""The list of all visits scrolled from end to end, with its own threads: how long the window was held, how much memory grew."""

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median

import pytest

from app.settings import Settings
from app.workspace import Workspace
from tests.benchmarks.conftest import VISITS
from tests.benchmarks.figures import tell
from tests.conftest import QT_MISSING

if QT_MISSING:
    pytest.skip(f"Qt cannot be loaded here: {QT_MISSING}", allow_module_level=True)

from PySide6.QtWidgets import QApplication

from ui.background import Background
from ui.feedback import Feedback
from ui.models.page_table import HELD, PAGE
from ui.page import Workbench
from ui.pages.visits.visit_list import VisitList
from ui.theme import Theme

HELD_UP = 0.100  # seconds at most without an answer: of processor time always, by the clock in 99 steps of 100
GROWN = 40.0  # MB at most, whatever the length of the list
PATIENCE = 20.0  # seconds until a page must have come


@pytest.fixture
def visits(workspace: Workspace, theme: Theme) -> Iterator[VisitList]:
    """The list in a window."""
    background = Background()
    shown = VisitList(Workbench(workspace, background, theme, Feedback(), Settings(), lambda *_where: None))
    shown.resize(1100, 760)
    shown.show()
    yield shown
    shown.hide()
    background.finish(lambda: None)
    settled(lambda: False, patience=0.5)
    shown.deleteLater()


def test_scrolling_neither_waits_nor_grows(visits: VisitList) -> None:
    visits.refresh()
    settled(lambda: visits.table.total > 0)
    total, bar = visits.table.total, visits.view.verticalScrollBar()
    steps, held_up, came = total // PAGE, list[Held](), list[float]()
    before = 0.0
    for step in range(steps):
        begun = time.perf_counter()
        place = bar.maximum() * step // max(1, steps - 1)
        held_up += [held(partial(scroll, visits, place)), *settled(lambda: in_sight(visits))]
        assert in_sight(visits)
        came.append(time.perf_counter() - begun)
        assert len(visits.table.rows) <= HELD * PAGE
        before = before or (megabytes() if step == 2 * HELD else 0.0)
    grown = megabytes() - before
    worst, busiest = max(held_up, key=lambda each: each.clock), max(each.processor for each in held_up)
    usual = sorted(each.clock for each in held_up)[len(held_up) * 99 // 100]
    tell(
        f"{total:,} visits scrolled in {steps} steps: the window held at most {worst.clock * 1000:.0f} ms by the clock, "
        f"{usual * 1000:.0f} in 99 turns of 100, {busiest * 1000:.0f} of processor time",
        f"a page came within {median(came) * 1000:.0f} ms (at most {max(came) * 1000:.0f}); grown by {grown:.1f} MB",
    )
    assert total >= VISITS
    assert usual < HELD_UP
    assert busiest < HELD_UP
    assert grown < GROWN


def in_sight(visits: VisitList) -> bool:
    """Whether every row that is seen has come."""
    view = visits.view
    last = view.rowAt(view.viewport().height() - 1)
    seen = range(max(0, view.rowAt(0)), last + 1 if last >= 0 else visits.table.total)
    return all(visits.table.row(number) is not None for number in seen)


@dataclass(frozen=True, slots=True)
class Held:
    """How many seconds one turn of the window's thread took, by the clock and of the processor."""

    clock: float
    processor: float


def held(turn: Callable[[], object]) -> Held:
    """How long a turn took."""
    begun, busy = time.perf_counter(), time.thread_time()
    turn()
    return Held(time.perf_counter() - begun, time.thread_time() - busy)


def scroll(visits: VisitList, to: int) -> None:
    """Bring another part of the list into sight, and paint it."""
    visits.view.verticalScrollBar().setValue(to)
    visits.view.viewport().repaint()


def settled(done: Callable[[], bool], patience: float = PATIENCE) -> list[Held]:
    """Let the window do what it has to until something holds, or patience ends; returns its turns."""
    turns, until = list[Held](), time.perf_counter() + patience
    while not done() and time.perf_counter() < until:
        turns.append(held(QApplication.processEvents))
        time.sleep(0.001)  # the threads that read have their turn
    return turns


def megabytes() -> float:
    """What the process holds now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
