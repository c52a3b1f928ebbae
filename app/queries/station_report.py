"""What a station's report shows: the figures of a period, beside those of a year before, the norm of a month, some cases."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from sqlalchemy import Connection, and_

from app.domain.chinese import long_day, period
from app.domain.encounter import Encounter
from app.domain.issue import Issue
from app.domain.norm import month_of
from app.domain.papers import ALWAYS, Span
from app.domain.personal_data import blotted
from app.domain.persons import withheld
from app.domain.satisfaction import Satisfaction
from app.domain.station_report import Case, NormFigures, StationReport
from app.queries.norms import progress
from app.queries.relations import by_ids, found, member, own_station, within
from app.queries.rights import own_only
from app.queries.station_figures import station_figures
from app.workspace import Workspace

_CASES: Final = 3
_READ: Final = 60  # matters that are looked at for them


def station_report(workspace: Workspace, span: Span) -> StationReport:
    """The report of a period; raises nothing: what there is none of is said in words."""
    today = workspace.clock.today().date()
    earlier = _year_before(span)
    with workspace.reading() as connection:
        station = own_station(workspace, connection).name
        cases = tuple(_cases(workspace, connection, span))
    return StationReport(
        station=station,
        title=_title(span),
        period=period(span.first, span.last),
        now=station_figures(workspace, span),
        before=station_figures(workspace, earlier) if earlier else None,
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


def _year_before(span: Span) -> Span | None:
    """The same days of the year before; None where the period is open."""
    if span == ALWAYS or span.first is None or span.last is None or span.first.year <= date.min.year:
        return None
    return Span(first=_back(span.first), last=_back(span.last))


def _back(day: date) -> date:
    """The day a year before; of 29 February the last of February."""
    return day.replace(year=day.year - 1, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=day.year - 1)


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
    """Matters of the period with which residents are content, those told at most length; nobody is named, no secret told."""
    content = member("satisfaction") == str(Satisfaction.SATISFIED), member("result_text").is_not(None)
    asked = and_(within(span.first, span.last), *content, *own_only(connection, workspace.author.op))
    issues = [each for each in found(connection, Issue, asked)[:_READ] if each.result_text.strip()]
    people = {each.id: each for each in by_ids(connection, Encounter, [each.encounter for each in issues if each.encounter])}
    open_ones = [each for each in issues if not withheld(people.get(each.encounter), confidential=each.confidential)]
    for issue in sorted(open_ones, key=lambda each: (-len(each.result_text), each.id))[:_CASES]:
        met = people.get(issue.encounter)
        names = (met.name,) if met else ()
        yield Case(subject=blotted(issue.title(), names), result=blotted(issue.result_text.strip(), names))
