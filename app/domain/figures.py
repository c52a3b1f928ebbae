"""Figures of a station in a period: counts by what they are counted, so that every grouping of one set has the same sum.

Percentages are rounded half up and never stand without their count and what they are a share of (domain brief 0.1).
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

UNSAID: Final = "未注明"
"""What is counted under no name."""
_TENTH: Final = Decimal("0.1")


def percent(part: int, whole: int) -> str:
    """A share as 12.5%, rounded half up; empty where it is a share of nothing."""
    if not whole:
        return ""
    return f"{(Decimal(part) * 100 / whole).quantize(_TENTH, ROUND_HALF_UP)}%"


@dataclass(frozen=True, slots=True)
class Counted:
    """How many there are under each name, the most first, what has no name last; `whole` is their sum."""

    names: tuple[str, ...]
    counts: tuple[int, ...]

    @property
    def whole(self) -> int:
        """How many there are in all."""
        return sum(self.counts)

    def rows(self) -> tuple[tuple[str, str, str], ...]:
        """Name, count and share of each."""
        told = zip(self.names, self.counts, strict=True)
        return tuple((name, str(count), percent(count, self.whole)) for name, count in told)

    def of(self, name: str) -> int:
        """How many are counted under a name."""
        return dict(zip(self.names, self.counts, strict=True)).get(name, 0)


def counted(pairs: Iterable[tuple[str, int]], words: Mapping[str, str] | None = None) -> Counted:
    """Counts of codes under the words for them; codes of one word are counted together, those of none as `UNSAID`."""
    counter: Counter[str] = Counter()
    for code, many in pairs:
        counter[((words or {}).get(code, code) if code else "") or UNSAID] += many
    ordered = sorted(counter.items(), key=lambda each: (each[0] == UNSAID, -each[1], each[0]))
    return Counted(tuple(name for name, _ in ordered), tuple(many for _, many in ordered))


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitFigures:
    """The visits of a period: how many of each kind, and how many people were met at them."""

    kinds: Counted
    people: Counted
    months: tuple[tuple[str, int, int], ...] = ()
    """Of each month: its name, visits, people met."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueFigures:
    """The issues received in a period as they stand: by what each is counted, and how many were closed, in time, called back.

    `timed` are the closed ones that had a deadline; `judged` counts what residents said when they were called back.
    """

    categories: Counted
    routes: Counted
    states: Counted
    units: Counted
    sources: Counted
    closed: int
    timed: int
    in_time: int
    judged: Counted

    @property
    def received(self) -> int:
        """How many there are."""
        return self.states.whole


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestionFigures:
    """The suggestions submitted in a period as they stand; classes and both answers are shares of those replied and judged."""

    states: Counted
    classes: Counted
    attitudes: Counted
    results: Counted

    @property
    def submitted(self) -> int:
        """How many there are."""
        return self.states.whole


@dataclass(frozen=True, slots=True, kw_only=True)
class StationFigures:
    """All figures of a period."""

    visits: VisitFigures
    issues: IssueFigures
    suggestions: SuggestionFigures
