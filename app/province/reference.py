"""The reference data that a body keeps current for its stations: each change is a further version, sent with every receipt."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Connection

from app.domain.calendar_year import EnteredYear, calendar_year, year_problems
from app.domain.problems import stop_at
from app.domain.reference_data import ReferenceData
from app.domain.unit import Unit
from app.domain.work_calendar import WorkCalendar
from app.errors import Refused
from app.ledgers.columns import SheetProblem
from app.ledgers.entry import ledger_rows
from app.ledgers.holidays import read_holidays
from app.ledgers.sheet import open_sheet
from app.ledgers.units import UNITS
from app.packages import reference
from app.province.receiver import Receiver
from app.province.store import found_setting, put_setting
from app.reference import work_calendar

_NAME: Final = "reference"


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """The version in force, and when it was made; rows of a list of units that lack what they need."""

    data: ReferenceData
    issued: datetime | None
    problems: tuple[SheetProblem, ...] = ()


def published(receiver: Receiver) -> Published:
    """What the stations are given now; version 0 before the first."""
    with receiver.store.reading() as connection:
        return _found(receiver, connection)


def set_year(receiver: Receiver, path: Path, year: int, source: str) -> Published:
    """Let stations count a year as a table has it. Raises what `read_holidays` raises, `Refused("incomplete", problems)`."""
    rest, worked = read_holidays(path, year)
    entered = EnteredYear(id="", year=year, rest=rest, worked=worked, source=source.strip())
    stop_at(year_problems(entered))
    return _kept(receiver, lambda data: replace(data, years=(*_without(data, year), entered)))


def drop_year(receiver: Receiver, year: int) -> Published:
    """Say nothing of a year any more; raises `Refused("calendar_year_missing", year)`."""
    if all(each.year != year for each in published(receiver).data.years):
        raise Refused("calendar_year_missing", year=year)
    return _kept(receiver, lambda data: replace(data, years=_without(data, year)))


def set_units(receiver: Receiver, path: Path) -> Published:
    """Let the stations know these units in the place of those until now; people and telephones in the list stay here.

    Raises what `open_sheet` and mapping its columns raise, `Refused("units_none")` where no row names one.
    """
    with open_sheet(path, UNITS.known()) as sheet:
        rows = list(ledger_rows(sheet, UNITS.guessed(sheet.header), UNITS))
    problems = tuple(each for each in rows if isinstance(each, SheetProblem))
    named = {each.name: each for each in rows if not isinstance(each, SheetProblem)}
    if not named:
        raise Refused("units_none", file=path.name)
    units = tuple(
        Unit(
            id="",
            name=each.name,
            short_name=each.short_name,
            former_names=each.former_names,
            unit_type=each.type,
            level=each.level,
            supervising_committee=each.committee,
        )
        for each in named.values()
    )
    return replace(_kept(receiver, lambda data: replace(data, units=units)), problems=problems)


def document(receiver: Receiver) -> bytes | None:
    """The signed document of the version in force; None before the first."""
    with receiver.store.reading() as connection:
        kept = found_setting(connection, _NAME)
    return kept.encode() if kept else None


def calendar_in_force(connection: Connection) -> WorkCalendar:
    """The program's calendar, in the place of its years those that the stations are sent."""
    kept = found_setting(connection, _NAME)
    years = reference.peek_reference(kept.encode()).data("").years if kept else ()
    return WorkCalendar(years={**work_calendar().years, **{each.year: calendar_year(each) for each in years}})


def _found(receiver: Receiver, connection: Connection) -> Published:
    kept = found_setting(connection, _NAME)
    if kept is None:
        return Published(data=ReferenceData(body=receiver.body.name, version=0, years=()), issued=None)
    told = reference.peek_reference(kept.encode())
    return Published(data=told.data(receiver.body.name), issued=told.issued)


def _kept(receiver: Receiver, change: Callable[[ReferenceData], ReferenceData]) -> Published:
    issued, body = receiver.clock.now().replace(microsecond=0), receiver.body
    with receiver.store.writing() as connection:
        before = _found(receiver, connection).data
        changed = change(before)
        if changed != before:
            data = replace(changed, version=before.version + 1)
            made = reference.of_data(data, province=body.province, body=body.code, issued=issued)
            put_setting(connection, _NAME, reference.sign_reference(made, receiver.identity().reply))
        return _found(receiver, connection)


def _without(data: ReferenceData, year: int) -> tuple[EnteredYear, ...]:
    return tuple(each for each in data.years if each.year != year)
