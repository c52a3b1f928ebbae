"""Run inside a message bus of its own, on a display of its own: starts programs in turn and watches the screen.

Arguments: the home of a station, its recovery code, how many rounds count, and the peer's program where there is one. Prints
the seconds of each start as one JSON document.

A peer counts as painted when its window's pixels are not uniform, ours only when the figures of the first page are there.
"""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QGuiApplication, QImage

from app.use_cases.opening import recover_station

LOOK = 0.005
PATIENCE = 60.0
FIGURES = (905, 112, 80, 36)  # where the number of records to hand in stands at 1366 × 768
INK = 0x60  # darker than this is a letter
LETTERS = 20  # dark pixels, of every second one, that make a number


def main(home: Path, recovery: str, rounds: int, peer: str) -> None:
    command = ["gnome-keyring-daemon", "--foreground", "--components=secrets", "--unlock"]
    daemon = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert daemon.stdin is not None
    assert daemon.stdout is not None
    daemon.stdin.write(b"login word")
    daemon.stdin.close()
    daemon.stdout.readline()  # it has begun to listen
    try:
        recover_station(home, recovery_code=recovery)
        print(json.dumps(measured(home, rounds, peer)))
    finally:
        daemon.terminate()
        daemon.wait()


def measured(home: Path, rounds: int, peer: str) -> dict[str, list[float]]:
    """Seconds from process start to painted; the first round warms up."""
    screen = Screen()
    ours = [sys.executable, "-m", "ui", "--home", str(home)]
    programs: dict[str, tuple[list[str], Callable[[], bool]]] = {"ours": (ours, screen.shows_figures)}
    if peer:
        programs["peer"] = ([peer], screen.shows_anything)
    seconds: dict[str, list[float]] = {name: [] for name in programs}
    for turn in range(rounds + 1):
        for name, (command, painted) in programs.items():
            took = one_start(command, painted)
            if turn:
                seconds[name].append(took)
    return seconds


def one_start(command: list[str], painted: Callable[[], bool]) -> float:
    """The time until a program's window is painted; then it is asked to end."""
    begun = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        while not painted():
            if process.poll() is not None or time.perf_counter() - begun > PATIENCE:
                raise RuntimeError(f"{command[0]} showed no window; it ended with {process.poll()}")
            time.sleep(LOOK)
        return time.perf_counter() - begun
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        time.sleep(0.5)  # the screen is empty again


class Screen:
    """Looks at the display as a person would."""

    def __init__(self) -> None:
        self._application = QGuiApplication([])

    def shows_figures(self) -> bool:
        """Whether letters stand where the first page has its figures."""
        image = self._seen(*FIGURES)
        dark = sum(
            image.pixelColor(x, y).lightness() < INK for x in range(0, image.width(), 2) for y in range(0, image.height(), 2)
        )
        corner = image.pixelColor(image.width() - 1, image.height() - 1).lightness()
        return dark > LETTERS and corner > INK  # an empty screen is black all over

    def shows_anything(self) -> bool:
        """Whether a window stands on the screen, and is not of one colour."""
        image = self._seen(200, 0, 400, 300)
        return len({image.pixel(x, y) for x in range(0, image.width(), 7) for y in range(0, image.height(), 5)}) > 3

    def _seen(self, x: int, y: int, width: int, height: int) -> QImage:
        return self._application.primaryScreen().grabWindow(0, x, y, width, height).toImage()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), sys.argv[4] if len(sys.argv) > 4 else "")
