"""The figures of a station in a period, counted by the database; a deputy who sees their own records alone gets those of them."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from sqlalchemy import ColumnElement, Connection, and_, case, func, or_, select

from app.domain.category import CategoryScheme
from app.domain.figures import Counted, IssueFigures, StationFigures, SuggestionFigures, VisitFigures, counted
from app.domain.issue import Route, Source
from app.domain.life import IssueState, SuggestionState
from app.domain.papers import Span
from app.domain.reply import Evaluator, Reply, reply_class_word
from app.domain.satisfaction import Satisfaction
from app.domain.values import CodeSet, Id
from app.domain.visit import VisitKind
from app.queries.issue_due import DONE_WITH
from app.queries.relations import category_names, found, ids_of, member, standing, titles, within
from app.queries.rights import own_only
from app.storage.tables import CurrentRow
from app.workspace import Workspace

_NEVER: Final = date.min
_DONE: Final = [str(each) for each in DONE_WITH]


def station_figures(workspace: Workspace, span: Span) -> StationFigures:
    """What was done in the period, issues by the day they were received, suggestions by that of their submission."""
    with workspace.reading() as connection:
        mine = own_only(connection, workspace.author.op)
        asked = and_(within(span.first, span.last), *mine)
        today = workspace.clock.today().date().isoformat()
        over = or_(CurrentRow.day.is_(None), CurrentRow.day <= today)  # a plan is no record
        return StationFigures(
            visits=_visits(connection, and_(asked, over)),
            issues=_issues(connection, asked),
            suggestions=_suggestions(connection, _submitted(span), mine),
        )


def _visits(connection: Connection, asked: ColumnElement[bool]) -> VisitFigures:
    visits = and_(standing("visit"), asked)
    words = _words(VisitKind)
    met = (
        select(member("visit").label("visit"), func.sum(func.max(1, func.coalesce(member("people"), 1))).label("people"))
        .where(standing("encounter"), member("visit").in_(ids_of("visit", asked)))
        .group_by(member("visit"))
        .subquery()
    )
    kind, month = member("visit_kind"), func.substr(CurrentRow.day, 1, 7)
    people = func.coalesce(func.sum(met.c.people), 0)
    question = (
        select(kind.label("kind"), month.label("month"), func.count().label("many"), people.label("people"))
        .select_from(CurrentRow)
        .outerjoin(met, met.c.visit == CurrentRow.id)
        .where(visits)
        .group_by(kind, month)
    )
    rows = connection.execute(question).all()
    months: dict[str, tuple[int, int]] = {}
    for row in rows:
        many, told = months.get(row.month or "", (0, 0))
        months[row.month or ""] = many + row.many, told + row.people
    return VisitFigures(
        kinds=counted(((row.kind or "", row.many) for row in rows), words),
        people=counted(((row.kind or "", row.people) for row in rows if row.people), words),
        months=tuple((month, *months.get(month, (0, 0))) for month in _without_gaps(sorted(months))),
    )


def _without_gaps(months: Sequence[str]) -> Iterator[str]:
    """Every month from the first to the last, such as 2026-11; what has no day comes first."""
    yield from (each for each in months if not each)
    known = [each for each in months if each]
    if not known:
        return
    first, last = (int(each[:4]) * 12 + int(each[5:]) - 1 for each in (known[0], known[-1]))
    yield from (f"{number // 12:04}-{number % 12 + 1:02}" for number in range(first, last + 1))


def _issues(connection: Connection, asked: ColumnElement[bool]) -> IssueFigures:
    issues = and_(standing("issue"), asked)
    closed = and_(issues, member("state").in_(_DONE))
    timed = and_(closed, member("due_on").is_not(None), member("closed_on").is_not(None))
    in_time = func.sum(case((member("closed_on") <= member("due_on"), 1), else_=0))
    row = connection.execute(select(func.count().label("timed"), in_time.label("in_time")).where(timed)).one()
    return IssueFigures(
        categories=_by(connection, "category", issues, category_names(connection, CategoryScheme.ISSUE)),
        routes=_by(connection, "route", issues, _words(Route)),
        states=_by(connection, "state", issues, {"": IssueState.REGISTERED.label, **_words(IssueState)}),
        units=_by(connection, "unit", and_(issues, member("unit").is_not(None)), titles(connection, "unit")),
        sources=_by(connection, "source", issues, _words(Source)),
        closed=connection.execute(select(func.count()).where(closed)).scalar_one(),
        timed=row.timed,
        in_time=row.in_time or 0,
        judged=_by(connection, "satisfaction", and_(issues, member("satisfaction").is_not(None)), _words(Satisfaction)),
    )


def _submitted(span: Span) -> ColumnElement[bool]:
    """Suggestions by the day of their submission, which is not that of the record."""
    day = member("submitted_on")
    asked: list[ColumnElement[bool]] = [day.is_not(None)]
    asked += [day >= span.first.isoformat()] if span.first else []
    asked += [day <= span.last.isoformat()] if span.last else []
    return and_(*asked)


def _suggestions(
    connection: Connection, submitted: ColumnElement[bool], mine: Sequence[ColumnElement[bool]]
) -> SuggestionFigures:
    suggestions = and_(standing("suggestion"), submitted, *mine)
    of_these = ids_of("suggestion", and_(submitted, *mine))
    replies: dict[Id, Reply] = {}
    for each in found(connection, Reply, member("suggestion").in_(of_these)):
        newest = replies.get(each.suggestion)
        if newest is None or (each.round, each.replied_on or _NEVER) >= (newest.round, newest.replied_on or _NEVER):
            replies[each.suggestion] = each
    judged = and_(standing("evaluation"), member("evaluator") == str(Evaluator.DEPUTY), member("of").in_(of_these))
    attitudes, results = (
        _by(connection, name, and_(judged, member(name).is_not(None)), _words(Satisfaction)) for name in ("attitude", "result")
    )
    return SuggestionFigures(
        states=_by(connection, "state", suggestions, _words(SuggestionState)),
        classes=counted((reply_class_word(each), 1) for each in replies.values()),
        attitudes=attitudes,
        results=results,
    )


def _by(connection: Connection, field: str, asked: ColumnElement[bool], words: Mapping[str, str]) -> Counted:
    """How many rows there are under each value of a field."""
    value = func.coalesce(member(field), "")
    question = select(value.label("value"), func.count().label("many")).where(asked).group_by(value)
    return counted((words.get(row.value, row.value), row.many) for row in connection.execute(question))


def _words(codes: type[CodeSet]) -> dict[str, str]:
    return {each.value: each.label for each in codes}
