"""What stands already of what a ledger tells: visits of some days, the register, the units, the congresses with their terms."""

import json
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import TypeVar

from sqlalchemy import func, select

from app.domain.issue import Issue
from app.domain.records import Record
from app.domain.values import Id
from app.domain.visit import Attendance, Visit
from app.queries.relations import AT_ONCE, by_ids, found, member, standing, within
from app.storage.tables import CurrentRow
from app.workspace import Workspace

AnyRecord = TypeVar("AnyRecord", bound=Record)


def visits_of_days(workspace: Workspace, first: date, last: date) -> list[Visit]:
    """The visits between two days, both included."""
    with workspace.reading() as connection:
        return found(connection, Visit, within(first, last))


def visits_at(workspace: Workspace, days_and_places: Collection[tuple[date, str]]) -> Iterator[Visit]:
    """The visits of these days at these places, in the order of entry; the others of those days never become records."""
    wanted = {(day.isoformat(), place) for day, place in days_and_places}
    if not wanted:
        return
    days, place = sorted({day for day, _place in wanted}), func.coalesce(member("place"), "")
    places = func.json_each(json.dumps(sorted({place for _day, place in wanted}))).table_valued("value").c.value
    there = standing("visit"), CurrentRow.day.between(days[0], days[-1]), place.in_(select(places))
    question = select(CurrentRow.no, CurrentRow.id, CurrentRow.day, place.label("place")).where(*there)
    with workspace.reading() as connection:
        rows = sorted((row.no, row.id) for row in connection.execute(question) if (row.day, row.place) in wanted)
        for start in range(0, len(rows), AT_ONCE):
            yield from by_ids(connection, Visit, [id for _no, id in rows[start : start + AT_ONCE]])


def attendance_of(workspace: Workspace, visits: Sequence[Id]) -> list[Attendance]:
    """Who is signed in at these visits."""
    with workspace.reading() as connection:
        parts = (visits[start : start + AT_ONCE] for start in range(0, len(visits), AT_ONCE))
        return [each for part in parts for each in found(connection, Attendance, member("visit").in_(part))]


def all_of(workspace: Workspace, cls: type[AnyRecord]) -> list[AnyRecord]:
    """Every record of a small kind, in the order of entry."""
    with workspace.reading() as connection:
        return found(connection, cls)


def issues_by_number(workspace: Workspace, numbers: Collection[str]) -> dict[str, list[Issue]]:
    """The issues whose work order is one of these numbers; where none has it, those that came under it."""
    work_order, source = member("work_order").label("work_order"), member("source_number").label("source")
    by_order: dict[str, list[Id]] = {}
    by_source: dict[str, list[Id]] = {}
    with workspace.reading() as connection:
        for row in connection.execute(select(CurrentRow.id, work_order, source).where(standing("issue"))):
            for number, named in ((row.work_order, by_order), (row.source, by_source)):
                if number in numbers:
                    named.setdefault(number, []).append(row.id)
        wanted = {number: by_order.get(number) or by_source.get(number, []) for number in numbers}
        ids = list(dict.fromkeys(id for each in wanted.values() for id in each))
        parts = (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))
        issues = {each.id: each for part in parts for each in by_ids(connection, Issue, part)}
    return {number: [issues[id] for id in each] for number, each in wanted.items() if each}
