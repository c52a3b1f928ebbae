"""Killed 200 times at moments nobody chose, at work: what was confirmed is there, what was begun is whole or not there at all."""

import json
import os
import random
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from tests.journeys.programs import ROOT

STATIONS: Final = 5
TRIALS: Final = 40
SEED: Final = "LIAISON_KILL_SEED"
"""Set, and the moments of an earlier run come again."""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
@pytest.mark.parametrize("station", range(1, STATIONS + 1))
def test_killed_at_work(station: int, tmp_path: Path) -> None:
    seed = station + int(os.environ.get(SEED) or random.SystemRandom().randrange(2**32))
    command = [sys.executable, "-m", "tests.journeys.hard_worker", str(tmp_path), str(TRIALS), str(seed)]
    env = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    ran = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, encoding="utf-8", check=False)
    assert ran.returncode == 0, ran.stderr
    trials = [json.loads(line) for line in ran.stdout.splitlines()]
    assert [each["wrong"] for each in trials] == [[]] * TRIALS, f"{SEED}={seed - station}"
    assert sum(each["confirmed"] for each in trials) > TRIALS
    assert sum(each["in_the_middle"] for each in trials) > TRIALS / 8
