"""The rota: reception days of a period with their deputies, how many came, and how it stands with the notice."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, select

from app.domain.papers import Span
from app.domain.rota import Announcement, announcement, last_day_to_announce
from app.domain.values import Id
from app.domain.visit import VisitKind
from app.queries.people_met import people_met_at
from app.queries.relations import called, member, standing, titles, within
from app.storage.tables import CurrentRow
from app.workspace import Workspace

_FIELDS = ("number", "starts", "ends", "place", "theme", "deputies", "announced_on")


@dataclass(frozen=True, slots=True, kw_only=True)
class RotaEntry:
    """One reception day; `people` were received, 0 as long as it is only planned."""

    id: Id
    number: str
    on: date
    starts: time | None
    ends: time | None
    place: str
    theme: str
    deputies: tuple[Id, ...]
    names: tuple[str, ...]
    announced_on: date | None
    notice: Announcement
    people: int

    @property
    def planned(self) -> bool:
        """Whether nobody was received yet: the day can still be changed as a plan is."""
        return self.people == 0

    @property
    def announce_by(self) -> date:
        """The last day on which the notice keeps its three days."""
        return last_day_to_announce(self.on)


def rota(workspace: Workspace, span: Span) -> tuple[RotaEntry, ...]:
    """The reception days of a period, oldest first, those of one day by the hour."""
    with workspace.reading() as connection:
        return _entries(connection, and_(standing("visit"), within(span.first, span.last)), workspace.clock.today().date())


def rota_entries(workspace: Workspace, ids: Sequence[Id]) -> tuple[RotaEntry, ...]:
    """The reception days of these identifiers that stand, oldest first."""
    with workspace.reading() as connection:
        return _entries(connection, called("visit", ids), workspace.clock.today().date())


def ahead(connection: Connection, today: date) -> tuple[RotaEntry, ...]:
    """The planned reception days after today, the next one first."""
    return tuple(
        each for each in _entries(connection, and_(standing("visit"), CurrentRow.day > today.isoformat()), today) if each.planned
    )


def _entries(connection: Connection, asked: ColumnElement[bool], today: date) -> tuple[RotaEntry, ...]:
    rows = list(_rows(connection, asked))
    names = titles(connection, "deputy") if rows else {}
    people = people_met_at(connection, [row.id for row in rows])
    return tuple(_entry(row, names, people.get(row.id, 0), today) for row in rows)


def _rows(connection: Connection, asked: ColumnElement[bool]) -> Iterator[Any]:
    order = (CurrentRow.day, func.coalesce(member("starts"), ""), CurrentRow.no)
    fields = [member(name).label(name) for name in _FIELDS]
    receptions = member("visit_kind") == VisitKind.RECEPTION, CurrentRow.day.is_not(None)
    yield from connection.execute(select(CurrentRow.id, CurrentRow.day, *fields).where(*receptions, asked).order_by(*order))


def _entry(row: Any, names: Mapping[Id, str], people: int, today: date) -> RotaEntry:
    deputies = tuple(json.loads(row.deputies)) if row.deputies else ()
    on, announced = date.fromisoformat(row.day), date.fromisoformat(row.announced_on) if row.announced_on else None
    return RotaEntry(
        id=row.id,
        number=row.number or "",
        on=on,
        starts=time.fromisoformat(row.starts) if row.starts else None,
        ends=time.fromisoformat(row.ends) if row.ends else None,
        place=row.place or "",
        theme=row.theme or "",
        deputies=deputies,
        names=tuple(names.get(id, "") or "（未登记）" for id in deputies),
        announced_on=announced,
        notice=announcement(on, announced, today),
        people=people,
    )
