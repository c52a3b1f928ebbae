"""How the station numbers its forms: a series for each kind of form and year, 来2026-00012, counted from one.

A number is given when a record is saved without one. A blank form is printed with a number of its own, which is reserved: no
record is given it, and the record that is entered from the paper takes it.

Where a station has several computers, each counts for itself, for they meet by stick and by package only: then the mark of the
computer stands in the number, 来2026-KT-00012, and no two of them ever give the same.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.domain.encounter import Encounter
from app.domain.handling import Assignment
from app.domain.records import Record
from app.domain.visit import Visit, VisitKind

VISITOR: Final = "来"
"""Residents received: the number of a registration form, and of the slip a resident takes home."""
OUTREACH: Final = "走"
_RECEPTION: Final = "接"
ACTIVITY: Final = "活"
"""Every other activity."""
_ASSIGNMENT: Final = "交"
_VISITS: Final[Mapping[str, str]] = {VisitKind.RECEPTION: _RECEPTION, VisitKind.OUTREACH: OUTREACH}


_LETTERS: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ"  # no I and no O: they are read as figures; figures would be read as an ordinal
_SHORTEST: Final = 2
_LONGEST: Final = 8


_LAST_FIGURES: Final = re.compile(r"[0-9]+(?=[^0-9]*$)")


def counted_up(first: str, many: int) -> tuple[str, ...]:
    """So many numbers from `first` on, as a congress gives case numbers: its last figures are counted up, as wide as they stand.

    Without figures there is nothing to count: then the others are empty.
    """
    found = _LAST_FIGURES.search(first)
    if found is None:
        return (first, *[""] * (many - 1))[:many]
    begins, figures, ends = first[: found.start()], found[0], first[found.end() :]
    return tuple(f"{begins}{int(figures) + each:0{len(figures)}d}{ends}" for each in range(many))


@dataclass(frozen=True, slots=True)
class Series:
    """The numbers of one kind of form in one year, of one computer where the station has several (`mark`)."""

    prefix: str
    year: int
    mark: str = ""

    @property
    def begins(self) -> str:
        """How every number of the series begins."""
        return f"{self.prefix}{self.year}-{self.mark}-" if self.mark else f"{self.prefix}{self.year}-"

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
        case Assignment():
            return Series(_ASSIGNMENT, (record.assigned_on or day).year)
        case Encounter() if received:
            return Series(VISITOR, day.year)
        case _:
            return None


def seat_mark(own: str, others: Collection[str]) -> str:
    """The letters by which this seat's numbers differ from those of the station's other seats; none where it has no other.

    They come from the seat's identifier, 16 hexadecimal digits, and are two, or as many more as tell it from those known here.
    """
    if not others:
        return ""
    mine, theirs = _letters(own), {_letters(each) for each in others}
    lengths = range(_SHORTEST, _LONGEST)
    return next((mine[:many] for many in lengths if all(each[:many] != mine[:many] for each in theirs)), mine)


def _letters(seat: str) -> str:
    left, letters = int(seat, 16), ""
    for _each in range(_LONGEST):
        left, place = divmod(left, len(_LETTERS))
        letters += _LETTERS[place]
    return letters
