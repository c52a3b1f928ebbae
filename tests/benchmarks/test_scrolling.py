"""The list of all visits scrolled from end to end, with its own threads: how long the window was held, how much memory grew."""

import os
import time
from collections.abc import Callable, Iterator
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

from ui.application import make_application
from ui.background import Background
from ui.feedback import Feedback
from ui.models.page_table import HELD, PAGE
from ui.page import Workbench
from ui.pages.visits.visit_list import VisitList
from ui.theme import Theme

HELD_UP = 0.100  # seconds at most without an answer
GROWN = 30.0  # MB at most, whatever the length of the list
PATIENCE = 20.0  # seconds until a page must have come


@pytest.fixture
def visits(workspace: Workspace) -> Iterator[VisitList]:
    """The list in a window, without a screen unless there is one."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = make_application()
    theme, background = Theme(application), Background()
    theme.apply(size=100, dark=False)
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
    steps, held_up, came = total // PAGE, list[float](), list[float]()
    before = 0.0
    for step in range(steps):
        begun = time.perf_counter()
        bar.setValue(bar.maximum() * step // max(1, steps - 1))
        visits.view.viewport().repaint()
        held_up.append(time.perf_counter() - begun)
        held_up.append(settled(lambda: in_sight(visits)))
        assert in_sight(visits)
        came.append(time.perf_counter() - begun)
        assert len(visits.table.rows) <= HELD * PAGE
        before = before or (megabytes() if step == 2 * HELD else 0.0)
    grown = megabytes() - before
    tell(
        f"{total:,} visits scrolled in {steps} steps: the window held at most {max(held_up) * 1000:.0f} ms",
        f"a page came within {median(came) * 1000:.0f} ms (at most {max(came) * 1000:.0f}); grown by {grown:.1f} MB",
    )
    assert total >= VISITS
    assert max(held_up) < HELD_UP
    assert grown < GROWN


def in_sight(visits: VisitList) -> bool:
    """Whether every row that is seen has come."""
    view = visits.view
    last = view.rowAt(view.viewport().height() - 1)
    seen = range(max(0, view.rowAt(0)), last + 1 if last >= 0 else visits.table.total)
    return all(visits.table.row(number) is not None for number in seen)


def settled(done: Callable[[], bool], patience: float = PATIENCE) -> float:
    """Let the window do what it has to until something holds, or patience ends; returns the longest it was held at once."""
    longest, until = 0.0, time.perf_counter() + patience
    while not done() and time.perf_counter() < until:
        begun = time.perf_counter()
        QApplication.processEvents()
        longest = max(longest, time.perf_counter() - begun)
        time.sleep(0.001)  # the threads that read have their turn
    return longest


def megabytes() -> float:
    """What the process holds now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
