"""The list of all visits, page by page: by kind, by what somebody typed; newest first, or by kind."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, column, func, or_, select
from sqlalchemy import text as statement

from app.domain.search import understood
from app.domain.values import Code, CodeSet, Id, known
from app.domain.visit import VisitKind
from app.queries.listing import Listing, Order, turned
from app.queries.people_met import people_met_at
from app.queries.relations import member, standing, titles
from app.queries.rights import own_only
from app.storage.search_index import match_words
from app.storage.tables import CurrentRow
from app.workspace import Workspace

_FOLLOWED: Final = 1000
"""Of a word this common, only the newest hits are followed from people and issues to their visits: all would take seconds."""

_MATCHING: Final = statement("SELECT rowid AS no FROM search_index WHERE search_index MATCH :words")
_NEWEST: Final = statement(f"{_MATCHING.text} ORDER BY rowid DESC LIMIT :most")
_PARTS: Final = ("attendance", "speech", "encounter", "issue")


class VisitGroup(CodeSet):
    """What a person looks for."""

    ALL = "all", "全部"
    RECEPTION = "reception", "接待"
    OUTREACH = "outreach", "走访"
    OTHER = "other", "其他活动"


class VisitSort(StrEnum):
    """By what the list can be sorted."""

    DAY = "day"
    KIND = "kind"


NEWEST_FIRST: Final = Order(VisitSort.DAY, descending=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitRow:
    """One line of the list; a deputy nobody entered in the register is counted in `unnamed`."""

    id: Id
    on: date | None
    visit_kind: Code[VisitKind]
    place: str
    theme: str
    deputies: tuple[str, ...]
    unnamed: int
    people: int
    issues: int
    late_entry: bool


def visit_list(
    workspace: Workspace,
    group: VisitGroup = VisitGroup.ALL,
    typed: str = "",
    *,
    kind: str = "",
    order: Order[VisitSort] | None = None,
    offset: int = 0,
    limit: int = 100,
) -> Listing[VisitRow]:
    """A page of the visits of a group, or of one `kind`, that hold every phrase typed; in its usual order newest first.

    A visit holds what one of its people or issues holds.

    `total` is exact where nothing narrows the list; else it is one more than the rows known so far as long as there are more,
    since counting would read every visit there is.
    """
    sorted_by = _sorted_by(order or NEWEST_FIRST)
    with workspace.reading() as connection:
        narrowed = [*_of(group, kind), *_holding(connection, typed), *own_only(connection, workspace.author.op)]
        # The page is found in the index alone: a body is read only of what is shown, however far down that is.
        page = select(CurrentRow.no).where(standing("visit"), *narrowed).order_by(*sorted_by).limit(limit + 1).offset(offset)
        rows = select(CurrentRow.id, CurrentRow.day, CurrentRow.body).where(CurrentRow.no.in_(page)).order_by(*sorted_by)
        found = connection.execute(rows).all()
        total = offset + len(found)
        if not narrowed:
            total = connection.execute(select(func.count()).where(standing("visit"))).scalar_one()
        return Listing(total, _rows(connection, found[:limit]))


def _sorted_by(order: Order[VisitSort]) -> tuple[ColumnElement[Any], ...]:
    """The columns of an index, from its one end or from the other: of one kind, too, the newest first, or all turned round."""
    if order.by is VisitSort.KIND:
        day = replace(order, descending=not order.descending)
        return turned(order, member("visit_kind")), turned(day, CurrentRow.day), turned(day, CurrentRow.no)
    return turned(order, CurrentRow.day), turned(order, CurrentRow.no)


def _of(group: VisitGroup, wanted: str) -> list[ColumnElement[bool]]:
    kind = member("visit_kind")
    if wanted:
        return [kind == str(wanted)]
    if group is VisitGroup.OTHER:
        return [or_(kind.is_(None), kind.not_in([str(VisitKind.RECEPTION), str(VisitKind.OUTREACH)]))]
    return [] if group is VisitGroup.ALL else [kind == str(group)]


def _holding(connection: Connection, typed: str) -> list[ColumnElement[bool]]:
    """Visits that hold the phrases themselves, or one of whose people or issues does."""
    query = understood(typed)
    if not query.phrases:
        return []
    words = match_words(query)
    hits = connection.scalars(_NEWEST, {"words": words, "most": _FOLLOWED}).all()
    parts = select(member("visit")).where(CurrentRow.no.in_(hits), CurrentRow.kind.in_(_PARTS), member("visit").is_not(None))
    followed = connection.scalars(select(CurrentRow.no).where(CurrentRow.id.in_(set(connection.scalars(parts))))).all()
    if len(hits) < _FOLLOWED:
        return [CurrentRow.no.in_({*hits, *followed})]
    return [or_(CurrentRow.no.in_(_MATCHING.bindparams(words=words).columns(column("no"))), CurrentRow.no.in_(followed))]


def _rows(connection: Connection, found: Sequence[Row[str, str | None, str]]) -> tuple[VisitRow, ...]:
    visits = [row.id for row in found]
    people, issues, names = people_met_at(connection, visits), _issues_of(connection, visits), titles(connection, "deputy")
    return tuple(_row(each, names, people, issues) for each in found)


def _row(row: Row[str, str | None, str], names: Mapping[Id, str], people: Mapping[Id, int], issues: Mapping[Id, int]) -> VisitRow:
    body = json.loads(row.body)
    named = [names.get(each, "") for each in body.get("deputies", ())]
    return VisitRow(
        id=row.id,
        on=date.fromisoformat(row.day) if row.day else None,
        visit_kind=known(VisitKind, body.get("visit_kind", "")),
        place=body.get("place", ""),
        theme=body.get("theme", ""),
        deputies=tuple(name for name in named if name),
        unnamed=sum(not name for name in named),
        people=people.get(row.id, 0),
        issues=issues.get(row.id, 0),
        late_entry=body.get("late_entry", False),
    )


def _issues_of(connection: Connection, visits: Sequence[Id]) -> dict[Id, int]:
    """How many issues belong to each visit."""
    visit = member("visit")
    question = select(visit.label("visit"), func.count().label("many")).where(visit.in_(visits), standing("issue"))
    return {row.visit: row.many for row in connection.execute(question.group_by(visit))}
