"""The lists of the register: deputies, former deputies, units, congresses, projects; narrowed, page by page."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, SQLColumnExpression, case, column, func, select
from sqlalchemy import text as statement

from app.domain.congress import Level
from app.domain.life import ProjectState
from app.domain.people import DeputyStatus
from app.domain.search import understood
from app.domain.unit import UnitType
from app.domain.values import Code, CodeSet, Id, known
from app.queries.listing import Listing, Order, turned
from app.queries.relations import member, standing, titles
from app.storage.search_index import match_words
from app.storage.tables import CurrentRow
from app.workspace import Workspace

_MATCHING: Final = statement("SELECT rowid AS no FROM search_index WHERE search_index MATCH :words")
_LEVELS: Final = {str(level): place for place, level in enumerate(Level)}


class RosterSection(CodeSet):
    """The parts of the register; each is a kind of record."""

    DEPUTIES = "deputy", "人大代表"
    FORMER = "former_deputy", "往届代表"
    UNITS = "unit", "承办单位"
    CONGRESSES = "congress", "人民代表大会"
    PROJECTS = "project", "民生实事"


class Standing(CodeSet):
    """Whether deputies hold the mandate, and units stand."""

    HERE = "here", "在任"
    GONE = "gone", "已终止"
    ALL = "all", "全部"


class RosterSort(StrEnum):
    """By what a section can be sorted, as far as it has the column: names by their sound, levels from the nation down."""

    NAME = "name"
    LEVEL = "level"
    DAY = "day"
    YEAR = "year"
    BUDGET = "budget"
    STATE = "state"


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterFilter:
    """What narrows a list; what a section does not know is passed over. `standing` is of deputies and units."""

    typed: str = ""
    level: str = ""
    group: str = ""
    congress: Id = ""
    state: str = ""
    year: int = 0
    standing: Standing = Standing.HERE

    @property
    def narrows(self) -> bool:
        """Whether anything but the usual view is asked for."""
        return self != RosterFilter(standing=self.standing) or self.standing is Standing.GONE


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterRow:
    """One line of any of the lists: what it is called, what tells it from others, and what stands in its last columns."""

    id: Id
    name: str
    level: Code[Level] = ""
    congress: str = ""
    term: str = ""
    group: str = ""
    card: str = ""
    work: str = ""
    unit: str = ""
    contact: str = ""
    type: Code[UnitType] = ""
    state: Code[ProjectState] = ""
    year: int = 0
    budget: int = 0
    votes: tuple[int, int, int] = (0, 0, 0)
    deputies: int = 0
    gone: bool = False
    day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterChoices:
    """What a list can be narrowed by: groups of deputies, congresses by identifier, years of projects; how many of each kind."""

    groups: tuple[str, ...]
    congresses: Mapping[Id, str]
    years: tuple[int, ...]
    counts: Mapping[RosterSection, int]


def roster_list(
    workspace: Workspace,
    section: RosterSection,
    asked: RosterFilter,
    *,
    order: Order[RosterSort] | None = None,
    offset: int = 0,
    limit: int = 100,
) -> Listing[RosterRow]:
    """A page of one section; as usual who holds the mandate first, by level; the newest projects first; else as entered."""
    wanted = [standing(str(section)), *_narrowed(section, asked)]
    sorted_by = _sorted_by(section, order) if order else _usual_order(section)
    with workspace.reading() as connection:
        numbers = connection.scalars(select(CurrentRow.no).where(*wanted).order_by(*sorted_by)).all()
        page = numbers[offset : offset + limit]
        rows = connection.execute(
            select(CurrentRow.id, CurrentRow.title, CurrentRow.day, CurrentRow.body)
            .where(CurrentRow.no.in_(page))
            .order_by(*sorted_by)
        ).all()
        names = {kind: titles(connection, kind) for kind in ("congress", "term", "unit")}
        sits = _sitting(connection) if section is RosterSection.CONGRESSES else {}
        terms = _current_terms(connection) if section is RosterSection.CONGRESSES else {}
    return Listing(len(numbers), tuple(_row(section, row, names, sits, terms) for row in rows))


def roster_choices(workspace: Workspace) -> RosterChoices:
    """What can be chosen from now."""
    group, year = member("deputy_group"), member("year")
    groups = select(group.label("name")).where(standing("deputy"), group.is_not(None)).distinct().order_by(group)
    years = select(year.label("year")).where(standing("project"), year.is_not(None)).distinct().order_by(year.desc())
    with workspace.reading() as connection:
        counts = {
            section: int(connection.execute(select(func.count()).where(standing(str(section)), *_usual(section))).scalar_one())
            for section in RosterSection
        }
        congresses = connection.execute(
            select(CurrentRow.id, CurrentRow.title).where(standing("congress")).order_by(CurrentRow.no)
        )
        return RosterChoices(
            groups=tuple(row.name for row in connection.execute(groups)),
            congresses={row.id: row.title for row in congresses},
            years=tuple(int(row.year) for row in connection.execute(years)),
            counts=counts,
        )


# --- what narrows -----------------------------------------------------------------------------------------------------


def _narrowed(section: RosterSection, asked: RosterFilter) -> list[ColumnElement[bool]]:
    conditions = [] if asked.standing is Standing.ALL else _usual(section, gone=asked.standing is Standing.GONE)
    pairs = (("level", asked.level), ("congress", asked.congress), ("deputy_group", asked.group), ("state", asked.state))
    fields = _FIELDS[section]
    conditions += [member(name) == value for name, value in pairs if value and name in fields]
    if asked.year and section is RosterSection.PROJECTS:
        conditions.append(member("year") == asked.year)
    query = understood(asked.typed)
    if query.phrases:
        conditions.append(CurrentRow.no.in_(_MATCHING.bindparams(words=match_words(query)).columns(column("no"))))
    return conditions


_FIELDS: Final[Mapping[RosterSection, frozenset[str]]] = {
    RosterSection.DEPUTIES: frozenset({"level", "congress", "deputy_group"}),
    RosterSection.FORMER: frozenset({"level", "congress"}),
    RosterSection.UNITS: frozenset({"level"}),
    RosterSection.CONGRESSES: frozenset({"level"}),
    RosterSection.PROJECTS: frozenset({"congress", "state"}),
}


def _usual(section: RosterSection, *, gone: bool = False) -> list[ColumnElement[bool]]:
    """Those who hold the mandate, units that stand; or the others."""
    if section is RosterSection.DEPUTIES:
        ended = func.coalesce(member("status"), "") == str(DeputyStatus.ENDED)
    elif section is RosterSection.UNITS:
        ended = func.coalesce(member("closed"), 0) == 1
    else:
        return []
    return [ended if gone else ~ended]


def _usual_order(section: RosterSection) -> tuple[Any, ...]:
    if section is RosterSection.PROJECTS:
        return func.coalesce(member("year"), 0).desc(), CurrentRow.no.desc()
    if section is RosterSection.DEPUTIES:
        return func.coalesce(member("status"), "") == str(DeputyStatus.ENDED), _LEVEL, CurrentRow.no
    if section is RosterSection.UNITS:
        return func.coalesce(member("closed"), 0), CurrentRow.no
    return _LEVEL, CurrentRow.no


def _sorted_by(section: RosterSection, order: Order[RosterSort]) -> tuple[Any, ...]:
    """By one column, then as usual; what is blank comes last, whichever way round."""
    values: Mapping[RosterSort, SQLColumnExpression[Any]] = {
        RosterSort.NAME: func.sound_key(CurrentRow.title),
        RosterSort.LEVEL: _LEVEL,
        RosterSort.DAY: CurrentRow.day,
        RosterSort.YEAR: member("year"),
        RosterSort.BUDGET: member("budget"),
        RosterSort.STATE: _STATE,
    }
    value = values[order.by]
    return value.is_(None), turned(order, value), *_usual_order(section)


_LEVEL: Final = case(_LEVELS, value=func.coalesce(member("level"), ""), else_=len(_LEVELS))
_STATES: Final = {str(state): place for place, state in enumerate(ProjectState)}
_STATE: Final = case(_STATES, value=func.coalesce(member("state"), str(ProjectState.COLLECTED)), else_=len(_STATES))


# --- what is shown ----------------------------------------------------------------------------------------------------


def _row(
    section: RosterSection,
    row: Any,
    names: Mapping[str, Mapping[Id, str]],
    sits: Mapping[Id, int],
    terms: Mapping[Id, str],
) -> RosterRow:
    body = json.loads(row.body)
    term = names["term"].get(body.get("term", ""), "")
    if section is RosterSection.FORMER:
        term = "、".join(body.get("terms", ()))
    elif section is RosterSection.CONGRESSES:
        term = terms.get(row.id, "")
    parts = (body.get("workplace", ""), body.get("post", ""))
    return RosterRow(
        id=row.id,
        name=row.title or "",
        level=known(Level, body.get("level", "")),
        congress=names["congress"].get(body.get("congress", ""), ""),
        term=term,
        group=body.get("deputy_group", ""),
        card=body.get("deputy_card_no", ""),
        work=" ".join(part for part in parts if part),
        unit=names["unit"].get(body.get("unit", "") or body.get("parent", ""), ""),
        contact=_contact(body),
        type=known(UnitType, body.get("unit_type", "")),
        state=known(
            ProjectState, body.get("state", "") or (str(ProjectState.COLLECTED) if section is RosterSection.PROJECTS else "")
        ),
        year=body.get("year", 0),
        budget=body.get("budget", 0),
        votes=(body.get("votes_for", 0), body.get("votes_against", 0), body.get("votes_abstained", 0)),
        deputies=sits.get(row.id, 0),
        gone=body.get("status") == str(DeputyStatus.ENDED) or bool(body.get("closed")),
        day=date.fromisoformat(row.day) if row.day else None,
    )


def _contact(body: Mapping[str, Any]) -> str:
    """Who answers questions on policy at a unit, else its liaison person; with the telephone."""
    person = body.get("policy_contact", "")
    phone = body.get("policy_phone", "")
    return " ".join(part for part in (person, phone) if part)


def _sitting(connection: Connection) -> dict[Id, int]:
    """How many deputies hold a mandate in each congress."""
    congress = member("congress")
    question = select(congress.label("congress"), func.count().label("many")).where(
        standing("deputy"), *_usual(RosterSection.DEPUTIES)
    )
    return {row.congress: row.many for row in connection.execute(question.group_by(congress)) if row.congress}


def _current_terms(connection: Connection) -> dict[Id, str]:
    """The last term of each congress."""
    number = member("term_no")
    question = select(member("congress").label("congress"), CurrentRow.title).where(standing("term")).order_by(number)
    return {row.congress: row.title for row in connection.execute(question) if row.congress}
