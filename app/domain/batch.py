"""Many papers of one kind in one file, each as it is printed alone: a filtered list at one go."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from app.domain.papers import Shown
from app.domain.values import Id

MOST: Final = 1000
"""Papers of one file; more than that no tray holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchedPaper:
    """One of them: the record it is of, for which time it is printed."""

    record: Id
    nth: int
    shown: Shown


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A record that has no such paper, and the code and facts of why."""

    record: Id
    code: str
    facts: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch(Shown):
    """The papers in the order of the list, and what could not be printed."""

    papers: tuple[BatchedPaper, ...]
    left_out: tuple[LeftOut, ...] = ()

    @property
    def records(self) -> int:
        """One a paper, several where a paper is of several."""
        return sum(each.shown.records for each in self.papers)

    @property
    def told(self) -> str:
        """How many there are."""
        return f"{len(self.papers)}份"
