"""How far each deputy has come with what the month, or a campaign, asks: days of reception and people visited."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, func, select

from app.domain.norm import Done, Norm, month_of, norm_of_campaign, norm_of_station
from app.domain.people import Deputy, DeputyStatus
from app.domain.values import Id
from app.domain.visit import Campaign, VisitKind
from app.queries.deputies import RegisterRow, register_row
from app.queries.people_met import people_met_at
from app.queries.relations import found, member, of_id, own_station, standing
from app.storage.tables import CurrentRow
from app.workspace import Workspace

_MEETING: Final = (str(VisitKind.RECEPTION), str(VisitKind.OUTREACH))


@dataclass(frozen=True, slots=True, kw_only=True)
class DeputyProgress:
    """A deputy, and what they did of the norm."""

    deputy: RegisterRow
    done: Done


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """What is asked of each deputy between two days, by which campaign, and how far everybody is; most missing first."""

    first: date
    last: date
    norm: Norm
    campaign: str
    deputies: tuple[DeputyProgress, ...]

    def met(self) -> int:
        """How many deputies have done all that is asked."""
        rows = (each.done for each in self.deputies)
        return sum(not (each.missing_days(self.norm) or each.missing_people(self.norm)) for each in rows)


def progress(workspace: Workspace, month: date, campaign: Id = "") -> Progress:
    """The month of a day, or a campaign from its first day to its last, whose own visits alone count then.

    A deputy of another station, or whose mandate has ended, is listed only with something done.
    """
    owner, today = workspace.author.owner, workspace.clock.today().date()
    first, last = month_of(month)
    with workspace.reading() as connection:
        named = of_id(connection, Campaign, campaign)
        if named:
            first, last = named.starts_on or first, named.ends_on or last
        asking = named or running_campaign(connection, min(last, today) if first <= today else first)
        norm = norm_of_station(own_station(workspace, connection))
        norm = norm_of_campaign(asking).over(norm) if asking else norm
        done = done_between(connection, first, min(last, today), campaign if named else "")
        deputies = found(connection, Deputy)
    rows = [
        DeputyProgress(deputy=register_row(each), done=done.get(each.id, Done()))
        for each in deputies
        if each.id in done or (each.status != DeputyStatus.ENDED and each.station in {"", owner})
    ]
    rows.sort(key=lambda row: (-row.done.missing_people(norm), -row.done.missing_days(norm), row.deputy.name))
    asked = asking.name if asking and norm_of_campaign(asking) != Norm(days=0, people=0) else ""
    return Progress(first=first, last=last, norm=norm, campaign=asked, deputies=tuple(rows))


def running_campaign(connection: Connection, day: date) -> Campaign | None:
    """The newest campaign that runs on a day and asks something of each deputy."""
    running = member("starts_on") <= day.isoformat(), func.coalesce(member("ends_on"), "9") >= day.isoformat()
    asking = [each for each in found(connection, Campaign, *running) if norm_of_campaign(each) != Norm(days=0, people=0)]
    return asking[-1] if asking else None


def done_between(connection: Connection, first: date, last: date, campaign: Id = "") -> Mapping[Id, Done]:
    """What each deputy did from one day to another, of a campaign only where one is named: different days, people met outside."""
    visits = _meetings(connection, first, last, campaign)
    people = people_met_at(connection, [row.id for row in visits if row.visit_kind == VisitKind.OUTREACH])
    days: dict[Id, set[str]] = {}
    met: dict[Id, int] = {}
    for row in visits:
        for deputy in json.loads(row.deputies or "[]"):
            if row.visit_kind == VisitKind.RECEPTION:
                days.setdefault(deputy, set()).add(row.day)
            else:
                met[deputy] = met.get(deputy, 0) + people.get(row.id, 0)
    return {id: Done(days=len(days.get(id, ())), people=met.get(id, 0)) for id in dict.fromkeys((*met, *days))}


def _meetings(connection: Connection, first: date, last: date, campaign: Id) -> Sequence[Any]:
    fields = [member(name).label(name) for name in ("visit_kind", "deputies")]
    within = CurrentRow.day.between(first.isoformat(), last.isoformat())
    question = select(CurrentRow.id, CurrentRow.day, *fields).where(standing("visit"), within)
    if campaign:
        question = question.where(member("campaign") == campaign)
    return connection.execute(question.where(member("visit_kind").in_(_MEETING))).all()
