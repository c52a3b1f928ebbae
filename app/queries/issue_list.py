"""The list of all issues, page by page: by where they stand, by category, by deadline, by words; newest first, or sorted."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any, Final, TypeVarTuple

from sqlalchemy import ColumnElement, Connection, Select, and_, case, column, func, literal_column, or_, select
from sqlalchemy import text as statement

from app.domain.category import CategoryScheme
from app.domain.encounter import Encounter
from app.domain.issue import Route, Urgency
from app.domain.life import IssueState
from app.domain.persons import listed_person
from app.domain.records import record_from
from app.domain.search import understood
from app.domain.suggestion_limits import Rules
from app.domain.values import Code, CodeSet, Id, known
from app.queries.issue_due import DONE_WITH, Left, left_of, owed
from app.queries.listing import Listing, Order, turned
from app.queries.relations import category_names, member, standing, titles
from app.queries.rights import rights
from app.queries.rules import station_rules
from app.storage.rows import another
from app.storage.search_index import match_words
from app.storage.tables import CurrentRow
from app.workspace import Workspace

Asked = TypeVarTuple("Asked")

_PARTS: Final = 1000
"""Of a word this common, only the newest hits are followed from people to their issues: all would take seconds."""

# A person who asked for confidence is not found by name: the row would say who it is.
_MATCHING: Final = statement(
    "SELECT rowid AS no FROM search_index WHERE search_index MATCH :words UNION ALL"
    " SELECT issue.no FROM"
    " (SELECT rowid AS no FROM search_index WHERE search_index MATCH :words ORDER BY rowid DESC LIMIT :parts) AS hit"
    " CROSS JOIN current AS met ON met.no = hit.no"
    # The plus takes the column's affinity away, without which the index over the field is not used.
    " CROSS JOIN current AS issue ON json_extract(issue.body, '$.encounter') = +met.id AND issue.kind = 'issue'"
    " AND json_extract(issue.body, '$.encounter') IS NOT NULL"
    " WHERE met.kind = 'encounter' AND NOT met.deleted"
    " AND coalesce(json_extract(met.body, '$.confidential'), 0) = 0"
    " AND coalesce(json_extract(issue.body, '$.confidential'), 0) = 0"
)


class IssueGroup(CodeSet):
    """What a person looks for: groups of states by who has to act next; `ALL` holds states a newer program coined as well."""

    TO_DO = "to_do", "待办"
    IN_HANDLING = "in_handling", "办理中"
    TO_TELL = "to_tell", "待反馈"
    DONE = "done", "已办结"
    ALL = "all", "全部"


_S: Final = IssueState
STATES: Final[Mapping[IssueGroup, frozenset[str]]] = {
    IssueGroup.TO_DO: frozenset({"", _S.REGISTERED, _S.ACCEPTED, _S.PROPOSED, _S.APPROVED, _S.OBJECTED}),
    IssueGroup.IN_HANDLING: frozenset({_S.ASSIGNED, _S.SIGNED_FOR}),
    IssueGroup.TO_TELL: frozenset({_S.HANDLED, _S.RAISED, _S.FED_BACK, _S.CALLED_BACK}),
    IssueGroup.DONE: frozenset({_S.DECLINED, _S.REFERRED, _S.MERGED, _S.CLOSED, _S.ARCHIVED}),
}
"""Which states belong to a group."""


class IssueSort(StrEnum):
    """By what the list can be sorted: the day of receipt, the state in the order of an issue's life, the deadline."""

    DAY = "day"
    STATE = "state"
    DUE = "due"


NEWEST_FIRST: Final = Order(IssueSort.DAY, descending=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueFilter:
    """What narrows the list.

    `due_soon` are those a unit owes within fourteen days, or owed before, `hotline` those that went to 12345. `deputy` is whose
    issues they must be; whoever is confined to a deputy's own (`app.domain.rights`) sees no others.
    """

    group: IssueGroup = IssueGroup.ALL
    category: str = ""
    typed: str = ""
    due_soon: bool = False
    hotline: bool = False
    deputy: Id = ""

    @property
    def narrows(self) -> bool:
        """Whether anything is left out."""
        return self != IssueFilter()


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueRow:
    """One line of the list; `number` is the station's, else that of where it came from; the person is masked."""

    id: Id
    number: str
    on: date | None
    subject: str
    category: str
    person: str
    state: Code[IssueState]
    urgency: Code[Urgency]
    unit: str
    due_on: date | None
    left: Left | None


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueFigures:
    """How many issues there are in each group, fall due, or are with the hotline, of those that category and words leave.

    `categories` are all there are.
    """

    groups: Mapping[IssueGroup, int]
    due_soon: int
    hotline: int
    categories: Mapping[str, str]


_STATE: Final = member("state")
# Written out, for the index over what is with the hotline is found only so.
_HOTLINE: Final = member("route") == literal_column(f"'{Route.HOTLINE_12345}'")
_DUE: Final = member("due_on")
_PLACES: Final = {str(state): place for place, state in enumerate(IssueState)}
_PLACE: Final = case(_PLACES, value=func.coalesce(_STATE, str(IssueState.REGISTERED)), else_=len(_PLACES))
_MET: Final = another(CurrentRow)
_SHOWN: Final = (
    *(CurrentRow.id, CurrentRow.title, CurrentRow.day, CurrentRow.body),
    *(_MET.id.label("met"), _MET.body.label("person")),
)


def issue_list(
    workspace: Workspace,
    narrowed: IssueFilter | None = None,
    *,
    order: Order[IssueSort] | None = None,
    offset: int = 0,
    limit: int = 100,
) -> Listing[IssueRow]:
    """A page of the issues that the filter leaves, in its usual order newest first; `total` counts all of them.

    Words are looked for in the issue, and in who raised it where they may be named.
    """
    asked, today = _confined(workspace, narrowed or IssueFilter()), workspace.clock.today().date()
    with workspace.reading() as connection:
        fitting = _among(select(CurrentRow.no), _matching(connection, asked)).where(_wanted(asked, today))
        sorted_by = _sorted_by(order or NEWEST_FIRST, asked)
        numbers = fitting.order_by(*sorted_by)
        total, page = _page(connection, numbers, offset, limit, whole=bool(asked.typed or asked.deputy))
        question = (
            select(*_SHOWN)
            .select_from(CurrentRow)
            .outerjoin(_MET, and_(_MET.id == member("encounter"), ~_MET.deleted))
            .where(CurrentRow.no.in_(page))
            .order_by(*sorted_by)
        )
        found: Sequence[Any] = connection.execute(question).all()
        units, names = titles(connection, "unit"), category_names(connection, CategoryScheme.ISSUE)
        rules = station_rules(workspace, connection)
    return Listing(total, tuple(_row(each, units, names, today, rules) for each in found))


def _sorted_by(order: Order[IssueSort], asked: IssueFilter) -> tuple[ColumnElement[Any], ...]:
    """Of one state or one deadline the newest first; what has no deadline comes last, whichever way round."""
    # Of a deputy's or a group's no index has the order: sorted are those found in the index that says whose or where they are.
    # Walking through all by day would read the bodies of all that stand before the first that fits.
    day = CurrentRow.day.concat("") if asked.deputy or asked.group in STATES else CurrentRow.day.expression
    match order.by:
        case IssueSort.STATE:
            return turned(order, _PLACE), day.desc(), CurrentRow.no.desc()
        case IssueSort.DUE:
            return _DUE.is_(None), turned(order, _DUE), day.desc(), CurrentRow.no.desc()
        case _:
            return turned(order, day), turned(order, CurrentRow.no)


def _page(connection: Connection, numbers: Select[int], offset: int, limit: int, *, whole: bool) -> tuple[int, Sequence[int]]:
    """How many numbers there are, and those of one page.

    Words and deputies are looked for once (`whole`); without them counting is cheap, and a page near the head needs few rows.
    """
    if whole:
        fitting = connection.scalars(numbers).all()
        return len(fitting), fitting[offset : offset + limit]
    page = connection.scalars(numbers.limit(limit).offset(offset)).all()
    if len(page) < limit and (page or not offset):
        return offset + len(page), page
    return connection.execute(select(func.count()).select_from(numbers.order_by(None).subquery())).scalar_one(), page


def issue_figures(workspace: Workspace, narrowed: IssueFilter | None = None) -> IssueFigures:
    """What the filter buttons say beside their words."""
    asked, today = _confined(workspace, narrowed or IssueFilter()), workspace.clock.today().date()
    base = replace(asked, group=IssueGroup.ALL, due_soon=False, hotline=False)
    with workspace.reading() as connection:
        states, due_soon, hotline = _figures(connection, base, today)
        categories = category_names(connection, CategoryScheme.ISSUE)
    groups = {group: sum(states.get(str(state), 0) for state in members) for group, members in STATES.items()}
    every = {**groups, IssueGroup.ALL: sum(states.values())}
    return IssueFigures(groups=every, due_soon=due_soon, hotline=hotline, categories=categories)


def _figures(connection: Connection, base: IssueFilter, today: date) -> tuple[Mapping[str, int], int, int]:
    """How many issues are in each state, how many fall due, how many are with the hotline: all from indexes."""
    words = _matching(connection, base)
    states = select(_STATE.label("state"), func.count().label("many")).where(_wanted(base, today)).group_by(_STATE)
    many = {row.state or "": row.many for row in connection.execute(_among(states, words))}
    due, hotline = (
        _many(connection, _wanted(narrowed, today), words)
        for narrowed in (replace(base, due_soon=True), replace(base, hotline=True))
    )
    return many, due, hotline


def _many(connection: Connection, wanted: ColumnElement[bool], words: frozenset[int] | None) -> int:
    """How many rows are wanted; of those that hold words, too few to be looked up one by one, by their numbers."""
    if words is None:
        return connection.execute(select(func.count()).where(wanted)).scalar_one()
    return len(words.intersection(connection.scalars(select(CurrentRow.no).where(wanted))))


def issue_span(workspace: Workspace, narrowed: IssueFilter) -> tuple[date | None, date | None]:
    """The first and the last day on which the issues that the filter leaves were received."""
    narrowed = _confined(workspace, narrowed)
    question = select(func.min(CurrentRow.day), func.max(CurrentRow.day))
    with workspace.reading() as connection:
        asked = _among(question, _matching(connection, narrowed)).where(_wanted(narrowed, workspace.clock.today().date()))
        row = connection.execute(asked).one()
    first, last = (date.fromisoformat(each) if each else None for each in row)
    return first, last


# --- what narrows -----------------------------------------------------------------------------------------------------


def _confined(workspace: Workspace, asked: IssueFilter) -> IssueFilter:
    return replace(asked, deputy=rights(workspace).deputy or asked.deputy)


def _wanted(asked: IssueFilter, today: date) -> ColumnElement[bool]:
    conditions: list[ColumnElement[bool]] = [standing("issue")]
    if asked.group in STATES:
        states = sorted(map(str, STATES[asked.group]))
        conditions.append(or_(_STATE.in_(states), _STATE.is_(None)) if "" in states else _STATE.in_(states))
    if asked.category:
        conditions.append(member("category") == asked.category)
    if asked.due_soon:
        conditions.append(owed(today))
    if asked.hotline:
        conditions.append(_HOTLINE)
    if asked.deputy:
        conditions.append(func.instr(member("deputies"), asked.deputy) > 0)  # no other field of an issue names one
    return and_(*conditions)


def _matching(connection: Connection, asked: IssueFilter) -> frozenset[int] | None:
    """The numbers of all that holds the words: looked for once, however often they narrow. None without words."""
    query = understood(asked.typed)
    if not query.phrases:
        return None
    found = _MATCHING.bindparams(words=match_words(query), parts=_PARTS).columns(column("no"))
    return frozenset(connection.scalars(found))


def _among(question: Select[*Asked], numbers: frozenset[int] | None) -> Select[*Asked]:
    """The question asked of these rows alone, where there are any."""
    if numbers is None:
        return question
    # The sum keeps SQLite from looking each number up, body and all: an index over all issues is walked sooner.
    return question.where((CurrentRow.no + 0).in_(select(func.json_each(json.dumps([*numbers])).table_valued("value").c.value)))


def _row(row: Any, units: Mapping[Id, str], names: Mapping[str, str], today: date, rules: Rules) -> IssueRow:
    body = json.loads(row.body)
    person = record_from(Encounter, row.met, json.loads(row.person)) if row.met else None
    category, state = body.get("category", ""), body.get("state", "")
    due_on = date.fromisoformat(body["due_on"]) if body.get("due_on") else None
    return IssueRow(
        id=row.id,
        number=body.get("number") or body.get("source_number", ""),
        on=date.fromisoformat(row.day) if row.day else None,
        subject=row.title,
        category=names.get(category, category),
        person=listed_person(person, confidential=body.get("confidential", False)),
        state=known(IssueState, state) if state else IssueState.REGISTERED,
        urgency=known(Urgency, body.get("urgency", "")),
        unit=units.get(body.get("unit", ""), ""),
        due_on=due_on,
        left=left_of(due_on, today, rules) if due_on and state not in DONE_WITH else None,
    )


def candidates(workspace: Workspace, typed: str, besides: Id, most: int = 8) -> tuple[IssueRow, ...]:
    """Issues that hold what was typed, the newest first, for choosing one of them; never the one named by `besides`."""
    rows = issue_list(workspace, IssueFilter(typed=typed), limit=most + 1).rows
    return tuple(each for each in rows if each.id != besides)[:most]
