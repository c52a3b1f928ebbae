"""Numbered steps of the database schema, each frozen SQL.

A step is never changed once it has been released; what it built is changed by the next one. To add one: a module
`m0003_….py` with `STATEMENTS`, a line in `STEPS`, the same change in `app.storage.tables`; the tests compare the two.
"""

from dataclasses import dataclass
from typing import Final

from app.storage.migrations import (
    m0001_first,
    m0002_doors,
    m0003_sounds,
    m0004_numbers,
    m0005_campaigns,
    m0006_matters,
    m0007_belongings,
    m0008_tally,
    m0009_disputed,
    m0010_sorted,
    m0011_logged,
    m0012_secrets,
    m0013_seats,
)


@dataclass(frozen=True, slots=True)
class Step:
    """One numbered change of the schema."""

    number: int
    statements: tuple[str, ...]
    empties_index: bool = False  # the search index is to be filled again from the records


STEPS: Final = (
    Step(1, m0001_first.STATEMENTS),
    Step(2, m0002_doors.STATEMENTS),
    Step(3, m0003_sounds.STATEMENTS, empties_index=True),
    Step(4, m0004_numbers.STATEMENTS),
    Step(5, m0005_campaigns.STATEMENTS),
    Step(6, m0006_matters.STATEMENTS),
    Step(7, m0007_belongings.STATEMENTS),
    Step(8, m0008_tally.STATEMENTS),
    Step(9, m0009_disputed.STATEMENTS),
    Step(10, m0010_sorted.STATEMENTS),
    Step(11, m0011_logged.STATEMENTS),
    Step(12, m0012_secrets.STATEMENTS),
    Step(13, m0013_seats.STATEMENTS),
)
