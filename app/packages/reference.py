"""Reference data of a body for its stations: signed, numbered, in the clear, for nothing in it is about a person."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from app.domain.calendar_year import FIRST, LAST, EnteredYear, year_problems
from app.domain.congress import Level
from app.domain.reference_data import ReferenceData
from app.domain.unit import Unit, UnitType
from app.domain.values import known
from app.packages import closed, envelope
from app.packages.envelope import Signer
from app.packages.faults import PackageFault
from app.packages.roots import Role, RootDocument, check_rules, read_document
from app.packages.trust import BODY_CODE

FORMAT: Final = "llz-reference/1"
TYPE: Final = "application/vnd.llz.reference+json"
LARGEST: Final = 4 * 1024 * 1024
MOST_UNITS: Final = 5_000

_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_CODE: Final = re.compile(r"[a-z0-9_]{0,40}")
_LONGEST: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class YearEntry:
    """The days off and the make-up days of one year, `2027-01-01`, and the number of the notice."""

    year: int
    rest: tuple[str, ...]
    worked: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitEntry:
    """A handling unit; codes are those of `docs/records.md`."""

    name: str
    short_name: str
    former_names: tuple[str, ...]
    unit_type: str
    level: str
    supervising_committee: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """Everything a body keeps current, whole in every version."""

    format: str
    province: str
    body: str
    version: int
    issued: datetime
    years: tuple[YearEntry, ...]
    units: tuple[UnitEntry, ...]

    def data(self, name: str) -> ReferenceData:
        """The same as records; `name` is what the body is called."""
        return ReferenceData(
            body=name,
            version=self.version,
            years=tuple(map(_year, self.years)),
            units=tuple(map(_unit, self.units)),
        )


def of_data(data: ReferenceData, *, province: str, body: str, issued: datetime) -> Reference:
    """The document that says this."""
    return Reference(
        format=FORMAT,
        province=province,
        body=body,
        version=data.version,
        issued=issued,
        years=tuple(
            YearEntry(year=each.year, rest=_days(each.rest), worked=_days(each.worked), source=each.source) for each in data.years
        ),
        units=tuple(
            UnitEntry(
                name=each.name,
                short_name=each.short_name,
                former_names=each.former_names,
                unit_type=str(each.unit_type),
                level=str(each.level),
                supervising_committee=each.supervising_committee,
            )
            for each in data.units
        ),
    )


def sign_reference(reference: Reference, signer: Signer) -> bytes:
    """The document as an envelope; raises `PackageFault("E_ENVELOPE", member)` for one that no station would take."""
    _check(reference)
    return envelope.sign(TYPE, closed.write(reference), [signer])


def read_reference(data: bytes, roots: RootDocument, *, body: str) -> Reference:
    """The document in a file, by a key that `roots` name for what the body says.

    Raises `PackageFault` with E_JSON, E_ENVELOPE(member), E_TYPE, E_UNKNOWN_KEY, E_SIGNATURE, E_FORMAT_NEW, and E_BODY(found,
    expected) for another body.
    """
    signed = envelope.read(data, limit=2 * LARGEST)
    payload = envelope.verify(signed, TYPE, roots.keys_for(Role.REPLY), 1)
    reference = read_document(Reference, payload, family="llz-reference", limit=LARGEST)
    _check(reference)
    if (reference.province, reference.body) != (roots.province, body):
        raise PackageFault("E_BODY", found=reference.body, expected=body)
    return reference


def peek_reference(data: bytes) -> Reference:
    """A document of one's own, whose signature nobody needs to check."""
    return read_document(Reference, envelope.read(data, limit=2 * LARGEST).payload, family="llz-reference", limit=LARGEST)


def _check(reference: Reference) -> None:
    years = [each.year for each in reference.years]
    check_rules(
        {
            "version": reference.version >= 1,
            "body": BODY_CODE.fullmatch(reference.body),
            "years": len(set(years)) == len(years) and all(FIRST <= each <= LAST for each in years),
            "units": len(reference.units) <= MOST_UNITS and len({each.name for each in reference.units}) == len(reference.units),
        }
    )
    for year in reference.years:
        readable = all(_is_day(each) for each in (*year.rest, *year.worked)) and len(year.source) <= _LONGEST
        check_rules({"years.days": readable and not any(year_problems(_year(year)))})
    for unit in reference.units:
        check_rules({"units.unit": all(_rules_of(unit))})


def _rules_of(unit: UnitEntry) -> Iterator[object]:
    yield 1 <= len(unit.name.strip()) <= _LONGEST
    yield all(len(each) <= _LONGEST for each in (unit.short_name, unit.supervising_committee, *unit.former_names))
    yield _CODE.fullmatch(unit.unit_type)
    yield _CODE.fullmatch(unit.level)


def _is_day(text: str) -> bool:
    try:
        return _DAY.fullmatch(text) is not None and bool(date.fromisoformat(text))
    except ValueError:
        return False


def _days(days: tuple[date, ...]) -> tuple[str, ...]:
    return tuple(each.isoformat() for each in days)


def _year(entry: YearEntry) -> EnteredYear:
    rest, worked = (tuple(date.fromisoformat(each) for each in days) for days in (entry.rest, entry.worked))
    return EnteredYear(id="", year=entry.year, rest=rest, worked=worked, source=entry.source)


def _unit(entry: UnitEntry) -> Unit:
    return Unit(
        id="",
        name=entry.name,
        short_name=entry.short_name,
        former_names=entry.former_names,
        unit_type=known(UnitType, entry.unit_type),
        level=known(Level, entry.level),
        supervising_committee=entry.supervising_committee,
    )
