"""How a figure is taken: several runs in turn with its peer's, the median told with the range, and a ratio against the peer."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

RUNS = 5


@dataclass(frozen=True, slots=True)
class Figure:
    """The runs of one thing measured, in seconds."""

    name: str
    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        """The middle run."""
        return statistics.median(self.seconds)

    def told(self, unit: str = "ms") -> str:
        """Median and range in a unit a person reads."""
        factor = {"ms": 1000, "s": 1}[unit]
        low, high = min(self.seconds) * factor, max(self.seconds) * factor
        return f"{self.name}: {self.median * factor:.2f} {unit} ({low:.2f} to {high:.2f}), n={len(self.seconds)}"


def taken(name: str, act: Callable[[], object], runs: int = RUNS) -> Figure:
    """One warm-up, then the runs that count."""
    act()
    return Figure(name, tuple(_seconds(act) for _ in range(runs)))


def taken_in_turn(*things: tuple[str, Callable[[], object]], runs: int = RUNS, warm_up: bool = True) -> list[Figure]:
    """Several things measured one after the other, again and again, so that a machine whose speed drifts is fair to all."""
    if warm_up:
        for _, act in things:
            act()
    seconds: list[list[float]] = [[] for _ in things]
    for _ in range(runs):
        for place, (_, act) in enumerate(things):
            seconds[place].append(_seconds(act))
    return [Figure(name, tuple(each)) for (name, _), each in zip(things, seconds, strict=True)]


def tell(*lines: str) -> None:
    """A line of the report, on standard output."""
    sys.stdout.write("".join(f"\n  {line}" for line in lines) + "\n")


def peak_megabytes(arguments: Sequence[object], folder: Path) -> float:
    """The largest memory a program held, as the system counted it when the program ended."""
    started = subprocess.Popen([str(each) for each in arguments], cwd=folder, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(started.pid, 0)
    assert status == 0, f"{arguments} ended with {status}"
    return usage.ru_maxrss / 1024


def _seconds(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun
