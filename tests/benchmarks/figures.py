"""How a figure is taken: several runs in turn with its peer's, the median told with the range, and a ratio against the peer."""

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


_ASKED = "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL); "
_ASKED += "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"


def peak_megabytes(arguments: Sequence[object], folder: Path) -> float:
    """The largest memory a program held; a small process starts it, since the system counts the starter's memory too."""
    run = [sys.executable, "-c", _ASKED, *map(str, arguments)]
    told = subprocess.run(run, cwd=folder, check=True, capture_output=True, text=True).stdout
    return int(told.split()[-1]) / 1024


def _seconds(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun
