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
    return Figure(name, tuple(seconds_of(act) for _ in range(runs)))


def taken_in_turn(*things: tuple[str, Callable[[], object]], runs: int = RUNS, warm_up: bool = True) -> list[Figure]:
    """Several things measured one after the other, again and again, so that a machine whose speed drifts is fair to all."""
    if warm_up:
        for _, act in things:
            act()
    seconds: list[list[float]] = [[] for _ in things]
    for _ in range(runs):
        for place, (_, act) in enumerate(things):
            seconds[place].append(seconds_of(act))
    return [Figure(name, tuple(each)) for (name, _), each in zip(things, seconds, strict=True)]


def tell(*lines: str) -> None:
    """A line of the report, on standard output."""
    sys.stdout.write("".join(f"\n  {line}" for line in lines) + "\n")


def peak_megabytes(arguments: Sequence[object], folder: Path) -> float:
    """The largest memory a program held, the peaks of the processes it started added; asked of the system while it runs."""
    peaks: dict[int, int] = {}
    with subprocess.Popen([*map(str, arguments)], cwd=folder, stdout=subprocess.DEVNULL) as program:
        while program.poll() is None:
            peaks |= {number: peak for number in _family(program.pid) if (peak := _peak(number))}
            time.sleep(_BETWEEN_LOOKS)
    assert program.returncode == 0
    return sum(peaks.values()) / 1024


_BETWEEN_LOOKS = 0.01  # seconds


def _family(number: int) -> list[int]:
    """A process and those it started, and those they started."""
    try:
        started = [each.read_text() for each in Path(f"/proc/{number}/task").glob("*/children")]
    except OSError:
        return []
    return [number, *(each for listed in started for child in listed.split() for each in _family(int(child)))]


def _peak(number: int) -> int:
    """The most that a process has held, in KiB; 0 of one that has ended."""
    try:
        status = Path(f"/proc/{number}/status").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")), 0)


def seconds_of(act: Callable[[], object]) -> float:
    """How long it takes to be done."""
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun
