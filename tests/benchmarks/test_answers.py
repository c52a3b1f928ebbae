"""How long the window does not answer while somebody sets a station up, records a reception and drafts a suggestion."""

from collections.abc import Callable
from math import inf
from pathlib import Path
from statistics import median

import pytest

from tests.benchmarks.figures import tell
from tests.conftest import QT_MISSING
from tests.journeys.sittings import WORDS, Sitting
from tests.virtual_screen import virtual_screen

ROUNDS = 5
AT_MOST = 100.0  # milliseconds

if QT_MISSING:
    pytest.skip(f"Qt cannot be loaded here: {QT_MISSING}", allow_module_level=True)


def test_the_window_answers_at_every_step(tmp_path: Path, program: Callable[[str], str]) -> None:
    program("Xvfb")
    away: dict[str, list[float]] = {}
    with virtual_screen() as display:
        for turn in range(ROUNDS):
            sitting = Sitting(display, tmp_path / f"station-{turn}", inf, away)
            sitting("set_up", WORDS, asked=False)
            sitting("record")
    told = (f"{step}: {median(each):.0f} ms ({min(each):.0f} to {max(each):.0f})" for step, each in away.items())
    tell(f"longest without an answer, n={ROUNDS}:", *told)
    slow = [step for step, each in away.items() if median(each) >= AT_MOST]
    assert not slow
