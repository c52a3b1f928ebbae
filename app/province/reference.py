"""Reference data that this body has its stations keep current: put together part by part, signed at one version."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Final

from sqlalchemy import Connection

from app.domain.calendar_year import EnteredYear, calendar_year
from app.domain.category import CategoryScheme
from app.domain.problems import Problem, stop_at
from app.domain.reference_data import (
    NOTHING,
    ReferenceCategory,
    ReferenceData,
    ReferenceUnit,
    ReferenceYear,
    reference_problems,
)
from app.domain.work_calendar import WorkCalendar
from app.errors import Refused
from app.ledgers.columns import SheetProblem
from app.ledgers.entry import ledger_rows
from app.ledgers.sheet import open_sheet
from app.ledgers.units import UNITS, UnitRow
from app.packages import reference
from app.packages.reference import ReferenceDocument, peek_reference, sign_reference
from app.packages.trust import Body
from app.province.receiver import Receiver
from app.province.store import found_setting, put_setting
from app.reference import categories, work_calendar

_SETTING: Final = "reference"


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """The document as it stands for all stations; `fresh` where this call made a new version."""

    document: ReferenceDocument
    envelope: bytes
    fresh: bool = False


def published(receiver: Receiver) -> Published | None:
    """What is published; None before the first."""
    with receiver.store.reading() as connection:
        return _published(connection)


def publish(
    receiver: Receiver,
    *,
    year: EnteredYear | None = None,
    without: int | None = None,
    units: tuple[ReferenceUnit, ...] | None = None,
    added: tuple[ReferenceCategory, ...] | None = None,
) -> Published:
    """Put what is given in the place of that part, and sign all parts at the next version; the same once more changes nothing.

    `without` is a year to say nothing of any more. Raises `Refused("incomplete", problems)` for what no station would take,
    `Refused("calendar_year_missing", year)`, and what `sign_reference` raises.
    """
    with receiver.store.writing() as connection:
        before = _published(connection)
        data = before.document.data() if before else NOTHING
        if without is not None:
            if all(each.year != without for each in data.years):
                raise Refused("calendar_year_missing", year=without)
            data = replace(data, years=tuple(each for each in data.years if each.year != without))
        if year is not None:
            others = tuple(each for each in data.years if each.year != year.year)
            data = replace(data, years=tuple(sorted((*others, _sent(year)), key=lambda each: each.year)))
        data = data if units is None else replace(data, units=units)
        data = data if added is None else replace(data, categories=added)
        stop_at((*reference_problems(data), *_renamed(data)))
        if before and before.document.data() == data:
            return before
        document = _document(receiver, data, before.document.version + 1 if before else 1)
        envelope = sign_reference(document, receiver.identity().reply)
        put_setting(connection, _SETTING, envelope)
    return Published(document=document, envelope=envelope, fresh=True)


def published_data(connection: Connection) -> ReferenceData:
    """What is published, as it stands in this connection."""
    known = _published(connection)
    return known.document.data() if known else NOTHING


def published_calendar(connection: Connection) -> WorkCalendar:
    """The calendar by which this body's stations reckon: the program's, and the years it published."""
    sent = {year: calendar_year(told) for year, told in published_data(connection).calendar().items()}
    return WorkCalendar(years={**work_calendar().years, **sent}) if sent else work_calendar()


def read_units(path: Path) -> tuple[tuple[ReferenceUnit, ...], tuple[SheetProblem, ...]]:
    """The handling units of a table that stations could import as well, and what is to be told of its rows.

    Telephones and names of people are left out. Raises `Refused("units_none", file)` where no row names a unit, and what
    `open_sheet` raises.
    """
    with open_sheet(path, UNITS.known()) as sheet:
        columns = UNITS.told_by(sheet.header, UNITS.guessed(sheet.header))
        rows = list(ledger_rows(sheet, columns, UNITS))
    units = tuple(map(_unit, (each for each in rows if isinstance(each, UnitRow))))
    if not units:
        raise Refused("units_none", file=path.name)
    return units, tuple(each for each in rows if isinstance(each, SheetProblem))


def _unit(row: UnitRow) -> ReferenceUnit:
    return ReferenceUnit(
        name=row.name,
        short_name=row.short_name,
        former_names=row.former_names,
        unit_type=str(row.type),
        level=str(row.level),
        parent=row.parent,
        supervising_committee=row.committee,
    )


def _published(connection: Connection) -> Published | None:
    kept = found_setting(connection, _SETTING)
    return None if kept is None else _read(kept)


@lru_cache(maxsize=1)
def _read(kept: str) -> Published:
    envelope = kept.encode()
    return Published(document=peek_reference(envelope), envelope=envelope)


def _document(receiver: Receiver, data: ReferenceData, version: int) -> ReferenceDocument:
    body = receiver.body
    return ReferenceDocument(
        format=reference.FORMAT,
        province=body.province,
        body=Body(code=body.code, id=body.id, name=body.name),
        version=version,
        issued=receiver.clock.now().replace(microsecond=0),
        years=data.years,
        units=data.units,
        categories=data.categories,
    )


def _sent(year: EnteredYear) -> ReferenceYear:
    rest, worked = (tuple(day.isoformat() for day in days) for days in (year.rest, year.worked))
    return ReferenceYear(year=year.year, rest=rest, worked=worked, source=year.source.strip())


def _renamed(data: ReferenceData) -> Iterator[Problem]:
    """A code of the program never changes its meaning."""
    shipped: Mapping[CategoryScheme, Mapping[str, str]] = categories()
    for each in data.categories:
        known = shipped[CategoryScheme(each.scheme)].get(each.code) if each.scheme in set(CategoryScheme) else None
        if known is not None and known != each.name:
            yield Problem(code="reference_category_shipped", field="categories", facts={"code": each.code, "name": known})
