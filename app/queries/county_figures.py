"""The figures of a month that tables of the office take: each counted among what the operator may see."""

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, Final

from sqlalchemy import Connection, func, or_, select

from app.domain.category import CategoryScheme
from app.domain.chinese import long_day, period
from app.domain.county_figures import CATEGORY, Fact, Figure, figure_names
from app.domain.county_table import CellValue, Reach, reach_span
from app.domain.encounter import Party
from app.domain.issue import Route
from app.domain.norm import month_of
from app.domain.papers import Span
from app.domain.people import Deputy, DeputyStatus, Operator
from app.domain.visit import VisitKind
from app.queries.issue_due import DONE_WITH
from app.queries.norms import progress
from app.queries.people_met import people_met_at
from app.queries.relations import category_names, found, ids_of, member, of_id, own_station, standing, within
from app.queries.rights import own_only
from app.storage.tables import CurrentRow
from app.workspace import Workspace

_MEETING: Final = frozenset({VisitKind.RECEPTION.value, VisitKind.OUTREACH.value})
_ISSUE: Final = (
    *("state", "route", "source", "category", "result", "satisfaction", "on_spot_reply"),
    *("received_on", "assigned_on", "due_on", "closed_on", "feedback_on", "call_back_on"),
)


def county_figure_names(workspace: Workspace) -> Mapping[str, str]:
    """What every figure and field is called, by its code."""
    with workspace.reading() as connection:
        return figure_names(category_names(connection, CategoryScheme.ISSUE))


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthFigures:
    """What a month's tables take: fields of the station, and figures by how far they reach."""

    facts: Mapping[str, str]
    counts: Mapping[Reach, Mapping[str, int]]

    def value(self, code: str, reach: Reach) -> CellValue:
        """A field as a text, a figure as a number; a category or kind of which there was none counts nothing."""
        return self.facts[code] if code in self.facts else self.counts[reach].get(code, 0)


def month_figures(workspace: Workspace, month: date, reaches: Sequence[Reach]) -> MonthFigures:
    """The figures of the month of a day, for so many reaches as are asked for.

    An issue is received, assigned, settled, answered and asked about each on its own day; what is in hand was received in the
    days counted and is owed still. A plan is no reception; a suggestion counts by the day it was handed in.
    """
    counts = {each: _counts(workspace, reach_span(each, month)) for each in dict.fromkeys(reaches)}
    standing_now = _register(workspace, month)
    return MonthFigures(
        facts=_facts(workspace, month), counts={reach: {**each, **standing_now} for reach, each in counts.items()}
    )


def _facts(workspace: Workspace, month: date) -> Mapping[str, str]:
    today = workspace.clock.today().date()
    with workspace.reading() as connection:
        station = own_station(workspace, connection)
        operator = of_id(connection, Operator, workspace.author.op)
    return {
        Fact.STATION: station.name,
        Fact.STATION_CODE: station.code,
        Fact.MONTH: f"{month.year}年{month.month}月",
        Fact.YEAR_NUMBER: str(month.year),
        Fact.MONTH_NUMBER: str(month.month),
        Fact.PERIOD: period(*month_of(month)),
        Fact.REPORTER: operator.name if operator else "",
        Fact.FILLED_ON: long_day(today),
    }


def _register(workspace: Workspace, month: date) -> Mapping[str, int]:
    """What is counted of deputies, always for the month itself."""
    with workspace.reading() as connection:
        deputies = found(connection, Deputy, *own_only(connection, workspace.author.op))
    owner = workspace.author.owner
    ours = sum(each.status != DeputyStatus.ENDED and each.station in {"", owner} for each in deputies)
    return {Figure.DEPUTIES: ours, Figure.NORM_MET: progress(workspace, month).met()}


def _counts(workspace: Workspace, span: Span) -> dict[str, int]:
    counted: Counter[str] = Counter({each.value: 0 for each in Figure})
    with workspace.reading() as connection:
        counted.update(_visits(workspace, connection, span))
        counted.update(_issues(workspace, connection, span))
        counted.update(_suggestions(workspace, connection, span))
    return dict(counted)


def _visits(workspace: Workspace, connection: Connection, span: Span) -> Counter[str]:
    today = workspace.clock.today().date().isoformat()
    asked = within(span.first, span.last), *own_only(connection, workspace.author.op)
    fields = [member(name).label(name) for name in ("visit_kind", "deputies")]
    rows = connection.execute(select(CurrentRow.id, CurrentRow.day, *fields).where(standing("visit"), *asked)).all()
    met = people_met_at(connection, [row.id for row in rows])
    counted: Counter[str] = Counter()
    for row in rows:
        if row.day > today and row.id not in met:
            continue  # a plan is no record
        counted[f"visits.{row.visit_kind}"] += 1
        if row.visit_kind == VisitKind.RECEPTION:
            counted[Figure.RECEPTIONS] += 1
            counted[Figure.RECEIVED] += met.get(row.id, 0)
            counted[Figure.RECEIVING] += len(json.loads(row.deputies or "[]"))
        elif row.visit_kind == VisitKind.OUTREACH:
            counted[Figure.OUTREACHES] += 1
            counted[Figure.VISITED] += met.get(row.id, 0)
        counted[Figure.ACTIVITIES] += row.visit_kind not in _MEETING
    outreach = ids_of("visit", member("visit_kind") == VisitKind.OUTREACH.value, *asked)
    homes = select(func.count()).where(
        standing("encounter"), member("party") == Party.HOUSEHOLD.value, member("visit").in_(outreach)
    )
    counted[Figure.HOUSEHOLDS] = connection.scalar(homes) or 0
    return counted


def _issues(workspace: Workspace, connection: Connection, span: Span) -> Counter[str]:
    fields = {name: member(name) for name in _ISSUE}
    days = [each for name, each in fields.items() if name.endswith("_on")]
    touched = or_(*(each.between(span.first.isoformat(), span.last.isoformat()) for each in days if span.first and span.last))
    question = select(*(each.label(name) for name, each in fields.items()))
    question = question.where(standing("issue"), touched, *own_only(connection, workspace.author.op))
    counted: Counter[str] = Counter()
    for row in connection.execute(question):
        counted.update(_of_issue(row, partial(_falls, span)))
    return counted


def _falls(span: Span, day: str | None) -> bool:
    return bool(day) and span.holds(date.fromisoformat(str(day)))


def _of_issue(row: Any, falls: Callable[[str | None], bool]) -> Sequence[str]:
    """Every figure that an issue counts for."""
    told: list[str] = []
    if falls(row.received_on):
        told.append(Figure.ISSUES)
        told += [f"issues.{name}.{getattr(row, name)}" for name in ("state", "route", "source") if getattr(row, name)]
        told += [f"{CATEGORY}.{row.category}"] if row.category else []
        told += [Figure.ON_SPOT] if row.on_spot_reply or row.route == Route.ON_THE_SPOT else []
        told += [Figure.IN_HAND] if row.state not in DONE_WITH else []
    if falls(row.assigned_on):
        told.append(Figure.ASSIGNED)
    if falls(row.closed_on):
        late = bool(row.due_on) and row.closed_on > row.due_on
        told += [Figure.SETTLED, Figure.LATE if late else Figure.ON_TIME]
        told += [f"issues.result.{row.result}"] if row.result else []
    if falls(row.feedback_on):
        told.append(Figure.FED_BACK)
    if falls(row.call_back_on):
        told.append(Figure.CALLED_BACK)
        told += [f"issues.satisfaction.{row.satisfaction}"] if row.satisfaction else []
    return told


def _suggestions(workspace: Workspace, connection: Connection, span: Span) -> Counter[str]:
    if not (span.first and span.last):
        return Counter()
    between = span.first.isoformat(), span.last.isoformat()
    mine = own_only(connection, workspace.author.op)
    handed_in = select(func.count()).where(standing("suggestion"), member("submitted_on").between(*between), *mine)
    replied = select(func.count(func.distinct(member("suggestion")))).where(
        standing("reply"), member("replied_on").between(*between), member("suggestion").in_(ids_of("suggestion", *mine))
    )
    numbers = {Figure.SUGGESTIONS: connection.scalar(handed_in) or 0, Figure.REPLIED: connection.scalar(replied) or 0}
    return Counter({each.value: number for each, number in numbers.items()})
