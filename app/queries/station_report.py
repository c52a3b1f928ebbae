"""What a station's report shows: the figures of a period, beside those of a year before, the norm of a month, some cases."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Final

from sqlalchemy import Connection, and_, func, or_, select

from app.domain.chinese import long_day, period
from app.domain.encounter import Encounter
from app.domain.issue import Issue
from app.domain.norm import month_of
from app.domain.papers import ALWAYS, Span
from app.domain.personal_data import blotted
from app.domain.persons import withheld
from app.domain.records import record_from
from app.domain.satisfaction import Satisfaction
from app.domain.station_report import Case, NormFigures, StationReport
from app.queries.norms import progress
from app.queries.relations import by_ids, member, own_station, standing, within
from app.queries.rights import own_only
from app.queries.station_figures import station_figures
from app.storage.tables import CurrentRow
from app.workspace import Workspace

_CASES: Final = 3
_READ: Final = 60  # matters that are looked at for them


def station_report(workspace: Workspace, span: Span) -> StationReport:
    """The report of a period; raises nothing: what there is none of is said in words."""
    today = workspace.clock.today().date()
    earlier = _year_before(span, today)
    with workspace.reading() as connection:
        station = own_station(workspace, connection).name
        cases = tuple(_cases(workspace, connection, span))
        undated = _undated(workspace, connection) if span != ALWAYS else 0
    return StationReport(
        station=station,
        title=_title(span),
        period=period(span.first, span.last),
        now=station_figures(workspace, span),
        before=station_figures(workspace, earlier) if earlier else None,
        compared_with=period(earlier.first, earlier.last) if earlier else "",
        undated=undated,
        norm=_norm(workspace, span, today),
        cases=cases,
        until=f"本报告统计到{long_day(today)}。" if span.last is None or span.last >= today else "",
        day=long_day(today),
    )


def _title(span: Span) -> str:
    if span.first and span.last:
        if (span.first, span.last) == month_of(span.first):
            return f"{span.first.year}年{span.first.month}月工作月报"
        if (span.first, span.last) == (date(span.first.year, 1, 1), date(span.first.year, 12, 31)):
            return f"{span.first.year}年度工作报告"
    return "工作报告"


def _year_before(span: Span, today: date) -> Span | None:
    """The same days of the year before, of a period that still runs as far as it has come; None where it is open or ahead."""
    if span.first is None or span.last is None or span.first > today or span.first.year <= date.min.year:
        return None
    return Span(first=_back(span.first), last=_back(min(span.last, today), ends=span.last <= today))


def _back(day: date, *, ends: bool = False) -> date:
    """The day a year before; where a period `ends` with a month it is that month's end, and of 29 February always."""
    last = month_of(day.replace(day=1, year=day.year - 1))[1]
    whole = ends and day == month_of(day)[1]
    return last if whole else day.replace(year=day.year - 1, day=min(day.day, last.day))


def _undated(workspace: Workspace, connection: Connection) -> int:
    """Visits and issues without a day, which no period holds."""
    kinds = or_(standing("visit"), standing("issue"))
    asked = kinds, CurrentRow.day.is_(None), *own_only(connection, workspace.author.op)
    return connection.execute(select(func.count()).where(*asked)).scalar_one()


def _norm(workspace: Workspace, span: Span, today: date) -> NormFigures | None:
    """What a month asks of each deputy; None for other periods, and where nothing is asked."""
    if span.first is None or (span.first, span.last) != month_of(span.first) or span.first > today:
        return None
    told = progress(workspace, span.first)
    asked = "、".join(
        part
        for part in (
            f"接待{told.norm.days}天" if told.norm.days else "",
            f"走访{told.norm.people}人" if told.norm.people else "",
        )
        if part
    )
    if not asked:
        return None
    missing = [each for each in told.deputies if each.done.missing_days(told.norm) or each.done.missing_people(told.norm)]
    return NormFigures(
        asked=f"每名代表每月应{asked}。",
        deputies=len(told.deputies),
        met=told.met(),
        missing=tuple(each.deputy.name for each in missing),
    )


def _cases(workspace: Workspace, connection: Connection, span: Span) -> Iterator[Case]:
    """Of the newest matters with which residents are content those told at most length; nobody is named, no secret told."""
    content = member("satisfaction") == str(Satisfaction.SATISFIED), func.trim(member("result_text")) != ""
    asked = and_(standing("issue"), within(span.first, span.last), *content, *own_only(connection, workspace.author.op))
    question = select(CurrentRow.id, CurrentRow.body).where(asked).order_by(CurrentRow.day.desc(), CurrentRow.no.desc())
    issues = [record_from(Issue, row.id, json.loads(row.body)) for row in connection.execute(question.limit(_READ))]
    people = {each.id: each for each in by_ids(connection, Encounter, [each.encounter for each in issues if each.encounter])}
    open_ones = [each for each in issues if not withheld(people.get(each.encounter), confidential=each.confidential)]
    for issue in sorted(open_ones, key=lambda each: (-len(each.result_text), each.id))[:_CASES]:
        met = people.get(issue.encounter)
        names = (met.name,) if met else ()
        yield Case(subject=blotted(issue.title(), names), result=blotted(issue.result_text.strip(), names))
