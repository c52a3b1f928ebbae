"""How the station numbers its forms: a series for each kind of form and year, 来2026-00012, counted from one.

A number is given when a record is saved without one. A blank form is printed with a number of its own, which is reserved: no
record is given it, and the record that is entered from the paper takes it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.domain.encounter import Encounter
from app.domain.records import Record
from app.domain.visit import Visit, VisitKind

VISITOR: Final = "来"
"""Residents received: the number of a registration form, and of the slip a resident takes home."""
OUTREACH: Final = "走"
_RECEPTION: Final = "接"
ACTIVITY: Final = "活"
"""Every other activity."""
_VISITS: Final[Mapping[str, str]] = {VisitKind.RECEPTION: _RECEPTION, VisitKind.OUTREACH: OUTREACH}


@dataclass(frozen=True, slots=True)
class Series:
    """The numbers of one kind of form in one year."""

    prefix: str
    year: int

    @property
    def begins(self) -> str:
        """How every number of the series begins."""
        return f"{self.prefix}{self.year}-"

    def spelled(self, ordinal: int) -> str:
        """The number of this ordinal, which counts from 1; at least five digits, so that numbers sort as texts."""
        return f"{self.begins}{ordinal:05d}"


def series_of(record: Record, day: date, *, received: bool) -> Series | None:
    """The series a record is numbered in, None where its kind has none; `received` says that the visit is a reception.

    People met outside have no number of their own: the round has one.
    """
    match record:
        case Visit():
            return Series(_VISITS.get(record.visit_kind, ACTIVITY), (record.on or day).year)
        case Encounter() if received:
            return Series(VISITOR, day.year)
        case _:
            return None
