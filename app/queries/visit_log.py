"""The log of a period: every visit with place, deputies, how many residents were met and what they raised."""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import time
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, and_, select

from app.domain.chinese import hours
from app.domain.papers import Span, VisitLine, VisitLog
from app.domain.values import Id, known, wording
from app.domain.visit import Attendance, VisitKind
from app.queries.attendance import checked_in, people_there
from app.queries.ledger_head import ledger_head
from app.queries.relations import AT_ONCE, ids_of, member, own_station, standing, titles, within
from app.queries.rights import own_only
from app.storage.tables import CurrentRow
from app.workspace import Workspace

_MEETING: Final = frozenset({VisitKind.RECEPTION, VisitKind.OUTREACH})


@dataclass(slots=True)
class _Met:
    """Whom a visit met, and what they raised."""

    people: int = 0
    matters: list[str] = field(default_factory=list)


def visit_log(workspace: Workspace, span: Span) -> VisitLog:
    """Every visit of the period that the operator may see, oldest first; residents are counted, none is named."""
    with workspace.reading() as connection:
        asked = and_(within(span.first, span.last), *own_only(connection, workspace.author.op))
        station = own_station(workspace, connection)
        names, met, checked = titles(connection, "deputy"), _met(connection, asked), checked_in(connection, asked)
        today = workspace.clock.today().date().isoformat()
        rows = [each for each in _visits(connection, asked) if each[1] <= today or each[0] in met]  # a plan is no record
    lines = tuple(_line(day, body, met.get(id, _Met()), checked.get(id, ()), names) for id, day, body in rows)
    kinds = Counter(str(body.get("visit_kind", "")) for _id, _day, body in rows)
    return VisitLog(head=ledger_head(station, span, _summary(kinds, met.values())), lines=lines)


def _visits(connection: Connection, asked: ColumnElement[bool]) -> Iterator[tuple[Id, str, Mapping[str, Any]]]:
    """Identifier, day and body of every visit, fetched a page at a time; on one day by the hour it began."""
    order = (CurrentRow.day, member("starts"), CurrentRow.no)
    question = select(CurrentRow.id, CurrentRow.day, CurrentRow.body).where(standing("visit"), asked).order_by(*order)
    for row in connection.execution_options(yield_per=AT_ONCE).execute(question):
        yield row.id, row.day or "", json.loads(row.body)


def _met(connection: Connection, asked: ColumnElement[bool]) -> dict[Id, _Met]:
    """What the visits' residents were and raised: the issues by their names, else what a line says of itself."""
    met: dict[Id, _Met] = {}
    at_these = member("visit").in_(ids_of("visit", asked))
    issues = select(member("visit").label("visit"), member("encounter").label("encounter"), CurrentRow.title)
    told = set()
    for row in connection.execute(issues.where(standing("issue"), at_these).order_by(CurrentRow.no)):
        met.setdefault(row.visit, _Met()).matters.append(row.title)
        told.add(row.encounter)
    names = ("visit", "people", "raised")
    people = select(CurrentRow.id, *(member(name).label(name) for name in names)).where(standing("encounter"), at_these)
    for one in connection.execute(people.order_by(CurrentRow.no)):
        line = met.setdefault(one.visit, _Met())
        line.people += max(1, one.people or 0)
        if one.raised and one.id not in told:
            line.matters.append(one.raised)
    return met


def _line(day: str, body: Mapping[str, Any], met: _Met, checked: Collection[Attendance], names: Mapping[Id, str]) -> VisitLine:
    kind = known(VisitKind, body.get("visit_kind", ""))
    account = [body.get(name, "") for name in ("theme", "explained", "course", "conclusions")]
    return VisitLine(
        day=day,
        hours=hours(_time(body.get("starts")), _time(body.get("ends"))),
        kind=wording(kind),
        place=body.get("place", ""),
        deputies=tuple(people_there(body.get("deputies", ()), checked, names)),
        people=str(met.people) if met.people or kind in _MEETING else "",
        account="\n".join(dict.fromkeys(each.strip() for each in account if each.strip())),
        matters=tuple(met.matters),
    )


def _time(text: str | None) -> time | None:
    return time.fromisoformat(text) if text else None


def _summary(kinds: Mapping[str, int], met: Iterable[_Met]) -> str:
    residents = list(met)
    others = sum(kinds.values()) - sum(kinds[each] for each in _MEETING)
    return (
        f"合计{sum(kinds.values())}次：接待{kinds[VisitKind.RECEPTION]}次，走访{kinds[VisitKind.OUTREACH]}次，其他活动{others}次；"
        f"接待走访群众{sum(each.people for each in residents)}人，反映事项{sum(len(each.matters) for each in residents)}件。"
    )
