"""From process start to the day's figures on the screen, unlocked through a real keyring, beside a peer of the field."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tests.benchmarks.conftest import Measured
from tests.benchmarks.figures import Figure, tell
from tests.virtual_screen import virtual_screen

ROUNDS = 7
PEER = "vorta"
"""A desktop program of the same kind (Python, Qt, a database, a keyring): its `vorta` must be on PATH."""
AT_MOST = 1.3
_TOP = Path(__file__).resolve().parents[2]


def test_start_up_beside_its_peer(measured: Measured, tmp_path: Path, program: Callable[[str], str]) -> None:
    for needed in ("Xvfb", "dbus-run-session", "gnome-keyring-daemon"):
        program(needed)
    home = tmp_path / "station"
    shutil.copytree(measured.station, home)
    (tmp_path / "run").mkdir(mode=0o700)
    peer = shutil.which(PEER) or ""
    with virtual_screen() as display:
        told = _in_session(tmp_path, display, home, measured.recovery, peer)
    ours = Figure("window, to the day's figures, 100,000 visits", tuple(told["ours"]))
    if not peer:
        tell(ours.told("s"), f"not compared: {PEER} is not on PATH")
        return
    beside = Figure(f"{PEER}, to any window", tuple(told["peer"]))
    ratio = ours.median / beside.median
    tell(ours.told("s"), beside.told("s"), f"ratio {ratio:.2f}; at most {AT_MOST}")
    assert ratio <= AT_MOST


def _in_session(folder: Path, display: str, home: Path, recovery: str, peer: str) -> dict[str, list[float]]:
    """The session measures inside a message bus of its own, with a person's folders that are nobody's."""
    kept = {name: os.environ[name] for name in ("PATH",) if name in os.environ}
    person = {"HOME": str(folder), "XDG_RUNTIME_DIR": str(folder / "run"), "PYTHONPATH": str(_TOP), "PYTHONWARNINGS": "ignore"}
    screen = {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
    command = [sys.executable, "-m", "tests.benchmarks.start_up_session", str(home), recovery, str(ROUNDS), peer]
    done = subprocess.run(
        ["dbus-run-session", "--", *command], cwd=_TOP, env=kept | person | screen, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    told: dict[str, list[float]] = json.loads(done.stdout.splitlines()[-1])
    return told
