"""Which records are parts of another one: they are removed, brought back and taken back with it."""

from typing import Final

from app.domain.encounter import Encounter
from app.domain.issue import Issue
from app.domain.records import Record
from app.domain.values import Id

OWNERS: Final = ("visit", "encounter", "of", "suggestion")
"""Fields that name what a record is a part of."""


def owners_of(record: Record) -> tuple[Id, ...]:
    """What the record names as its whole: a presence its visit, an issue its visit and its person, a step what it happened to."""
    named = (getattr(record, name) for name in OWNERS if name in record.traits.fields)
    return tuple(dict.fromkeys(each for each in named if each))


def is_part(part: Record, whole: Record) -> bool:
    """Whether a record goes where the whole goes; a person no visit has met is a part of what they raised."""
    if isinstance(part, Encounter) and isinstance(whole, Issue):
        return whole.encounter == part.id and not part.visit
    return whole.id in owners_of(part)
