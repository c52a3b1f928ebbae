"""What a congress keeps current for its stations: calendar years, which every deadline is counted by, and the units that handle.

It lies between what the program brings and what a station wrote down itself, which is never changed by it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from app.domain.calendar_year import EnteredYear
from app.domain.unit import Unit

UNIT_FIELDS: Final = ("name", "short_name", "former_names", "unit_type", "level", "supervising_committee")
"""What is told of a unit; no person and no telephone, for the document is signed and not encrypted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceData:
    """One version; records of it have no identifier, and units no more than `UNIT_FIELDS`."""

    body: str
    version: int
    years: tuple[EnteredYear, ...]
    units: tuple[Unit, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceNews:
    """What a version changes at a station: years, how many units are new or fuller; `kept` are years it entered itself."""

    body: str
    years: tuple[int, ...]
    kept: tuple[int, ...]
    units_new: int
    units_fuller: int

    @property
    def nothing(self) -> bool:
        """Whether everything stands here already."""
        return not (self.years or self.units_new or self.units_fuller)


def years_that_change(before: Iterable[EnteredYear], after: Iterable[EnteredYear]) -> tuple[int, ...]:
    """The years that are counted otherwise afterwards, one that was left out among them."""
    known, told = ({each.year: replace(each, id="", extra={}) for each in some} for some in (before, after))
    return tuple(year for year in sorted({*known, *told}) if known.get(year) != told.get(year))


def units_to_save(known: Sequence[Unit], told: Iterable[Unit]) -> Iterator[tuple[Unit, bool]]:
    """The units to be saved and whether each is new: one that is here by any of its names is only made fuller."""
    by_name = {name: each for each in known for name in _names(each)}
    for unit in told:
        here = next((by_name[name] for name in _names(unit) if name in by_name), None)
        if here is None:
            yield unit, True
            continue
        missing = {name: getattr(unit, name) for name in UNIT_FIELDS if getattr(unit, name) and not getattr(here, name)}
        if missing:
            yield replace(here, **missing), False


def _names(unit: Unit) -> Iterator[str]:
    yield from (each for each in (unit.name, unit.short_name, *unit.former_names) if each)
