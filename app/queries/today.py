"""What a person needs to see first: who is received today, what falls due, what is unfinished, what is to be handed in."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, func, select

from app.domain.category import CategoryScheme
from app.domain.kinds import travelling_kinds
from app.domain.norm import Done
from app.domain.rights import Right, without_role
from app.domain.rota import Announcement
from app.domain.suggestion_limits import LimitKind, Rules
from app.domain.tracking import CLOSED
from app.domain.values import Id, Json
from app.domain.visit import VisitKind
from app.queries.issue_due import AHEAD, left_of, owed
from app.queries.norms import progress
from app.queries.people_met import people_met_at
from app.queries.relations import category_names, ids_of, member, standing, titles
from app.queries.rights import own_only
from app.queries.rota import RotaEntry, ahead
from app.queries.rules import station_rules
from app.queries.suggestion_limits import open_limits, reminded
from app.storage import drafts, sisters
from app.storage.conflicts import count_disputed
from app.storage.guard import operators_in, rights_in
from app.storage.outbox import RECEIVED, Outbox, awaited, standing_of
from app.storage.records import Author
from app.storage.tables import CurrentRow
from app.workspace import Workspace

MOST_DUE: Final = 50
_MOST_RECEPTIONS: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Reception:
    """A reception of today: its hours, its deputies' names, how many people came so far."""

    id: Id
    starts: time | None
    ends: time | None
    place: str
    deputies: tuple[str, ...]
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A matter that falls due, or fell due; `left` counts days, or working days where `working` is set; negative once over."""

    id: Id
    kind: str
    title: str
    category: str
    unit: str
    day: date
    left: int
    working: bool = False
    what: str = ""  # what of a suggestion is owed


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfinished:
    """A draft that was typed and not saved; `key` names its form, `body` is what it held."""

    key: str
    kind: str
    body: Mapping[str, Json]
    kept: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """What waits to be handed in, and how many sealed packages have come to their receipt."""

    records: int
    returned: int
    attachments: int
    attachment_bytes: int
    packages: int
    acknowledged: int
    conflicts: int  # records that two computers changed differently


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """Everything the first page shows; `due` holds the first `MOST_DUE` of `due_total`."""

    day: date
    receptions: tuple[Reception, ...]
    ahead: tuple[RotaEntry, ...]  # the next reception day, and those whose notice should be out by now
    due: tuple[Due, ...]
    due_total: int
    unfinished: tuple[Unfinished, ...]
    outgoing: Outgoing
    has_deputies: bool
    has_records: bool
    role_awaited: bool  # somebody is in charge, and nobody has said what whoever is here may do
    roles_to_give: tuple[str, ...]  # who else waits for that, told to those who give roles
    joined: str  # the station that this computer has joined and has nothing of yet; empty everywhere else


def today(workspace: Workspace) -> Today:
    """One look at the day."""
    day = workspace.clock.today().date()
    with workspace.reading() as connection:
        mine = own_only(connection, workspace.author.op)
        roleless = without_role(operators_in(connection))
        gives = rights_in(connection, workspace.author.op, workspace.author.by).may(Right.PEOPLE)
        owed_now = (
            *_issues_due(connection, day, mine, station_rules(workspace, connection)),
            *_suggestions_due(connection, day, mine),
            *_watched_due(connection, day, mine),
        )
        due = sorted(owed_now, key=lambda each: each.day)
        return Today(
            day=day,
            receptions=_receptions(connection, day),
            ahead=_ahead(connection, day),
            due=tuple(due[:MOST_DUE]),
            due_total=len(due),
            unfinished=tuple(
                Unfinished(key=each.key, kind=each.kind, body=each.body, kept=each.kept)
                for each in drafts.kept(connection, workspace.author.op)
            ),
            outgoing=_outgoing(connection, workspace.author),
            has_deputies=_any_of(connection, "deputy"),
            has_records=_any_of(connection, "visit") or _any_of(connection, "issue"),
            role_awaited=any(each.id == workspace.author.op for each in roleless),
            roles_to_give=tuple(each.name for each in roleless if gives),
            joined=(sisters.joined_station(connection) or ("", ""))[1],
        )


# --- receptions ----------------------------------------------------------------------------------------------------


def _receptions(connection: Connection, day: date) -> tuple[Reception, ...]:
    """The newest receptions of the day, those that were entered last first."""
    question = (
        select(CurrentRow.id, *_members("starts", "ends", "place", "deputies"))
        .where(standing("visit"), CurrentRow.day == day.isoformat(), member("visit_kind") == VisitKind.RECEPTION)
        .order_by(CurrentRow.no.desc())
        .limit(_MOST_RECEPTIONS)
    )
    rows = connection.execute(question).all()
    names = titles(connection, "deputy") if rows else {}
    people = people_met_at(connection, [row.id for row in rows])
    return tuple(
        Reception(
            id=row.id,
            starts=_time(row.starts),
            ends=_time(row.ends),
            place=row.place or "",
            deputies=tuple(names[id] for id in _ids(row.deputies) if id in names),
            people=people.get(row.id, 0),
        )
        for row in rows
    )


def _ahead(connection: Connection, day: date) -> tuple[RotaEntry, ...]:
    """The next reception day of the rota, and every other one whose notice must be out by now."""
    days = ahead(connection, day)
    return tuple(each for place, each in enumerate(days) if place == 0 or each.notice in {Announcement.DUE, Announcement.LATE})


# --- deadlines -----------------------------------------------------------------------------------------------------


def _issues_due(connection: Connection, day: date, mine: Sequence[ColumnElement[bool]], rules: Rules) -> Iterator[Due]:
    """Issues that a unit still owes an answer for."""
    question = select(CurrentRow.id, CurrentRow.title, *_members("due_on", "category", "unit"))
    rows = connection.execute(question.where(standing("issue"), owed(day), *mine)).all()
    if not rows:
        return
    units, names = titles(connection, "unit"), category_names(connection, CategoryScheme.ISSUE)
    for row in rows:
        last = date.fromisoformat(row.due_on)
        left = left_of(last, day, rules)
        yield Due(
            id=row.id,
            kind="issue",
            title=row.title,
            category=names.get(row.category, row.category or ""),
            unit=units.get(row.unit, ""),
            day=last,
            left=left.days,
            working=left.working,
        )


def _suggestions_due(connection: Connection, day: date, mine: Sequence[ColumnElement[bool]]) -> Iterator[Due]:
    """What is owed of suggestions by a day that the rules of their congress remind of by now, or that is over."""
    for each in reminded(open_limits(connection, day, mine)):
        if each.limit.kind == LimitKind.COMMITMENT:  # they have a list of their own, over all years
            continue
        yield Due(
            id=each.suggestion,
            kind="suggestion",
            title=each.title,
            category=each.category,
            unit=each.unit,
            day=each.limit.day,
            left=each.left,
            what=each.limit.kind,
        )


def _watched_due(connection: Connection, day: date, mine: Sequence[ColumnElement[bool]]) -> Iterator[Due]:
    """Planned and promised matters that are to be looked at again."""
    last = func.coalesce(member("watch_on"), member("promised_by"))
    still = last <= (day + AHEAD).isoformat(), func.coalesce(member("state"), "").not_in([str(each) for each in CLOSED])
    own = [member("suggestion").in_(ids_of("suggestion", *mine))] if mine else []
    question = select(CurrentRow.id, CurrentRow.title, last.label("last"), *_members("unit"))
    rows = connection.execute(question.where(standing("commitment"), *still, *own)).all()
    units = titles(connection, "unit") if rows else {}
    for row in rows:
        watch = date.fromisoformat(row.last)
        yield Due(
            id=row.id,
            kind="commitment",
            title=row.title,
            category="",
            unit=units.get(row.unit, ""),
            day=watch,
            left=(watch - day).days,
            what=LimitKind.COMMITMENT,
        )


# --- the rest ------------------------------------------------------------------------------------------------------


def _outgoing(connection: Connection, author: Author) -> Outgoing:
    never_sent, returned = awaited(connection, author, travelling_kinds(contact=False))
    outbox = Outbox(connection)
    sizes = [size for _sha256, _file, size in outbox.unsent_attachments(author.owner)]
    states = [standing_of(each.state) for each in outbox.counting()]
    return Outgoing(
        records=never_sent,
        returned=returned,
        attachments=len(sizes),
        attachment_bytes=sum(sizes),
        packages=len(states),
        acknowledged=states.count(RECEIVED),
        conflicts=count_disputed(connection),
    )


def _any_of(connection: Connection, kind: str) -> bool:
    return connection.execute(select(CurrentRow.no).where(standing(kind)).limit(1)).first() is not None


# --- the month -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class DeputyMonth:
    """What one deputy did since the first of the month: days of reception, people met on rounds of outreach."""

    id: Id
    name: str
    reception_days: int
    outreach_people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """The month so far, deputy by deputy, with what is asked of each."""

    deputies: tuple[DeputyMonth, ...]
    days_a_deputy: int
    people_a_deputy: int


def month(workspace: Workspace) -> Month:
    """Every deputy who received or visited people this month, the busiest first."""
    found = progress(workspace, workspace.clock.today().date())
    told = (
        DeputyMonth(id=each.deputy.id, name=each.deputy.name, reception_days=each.done.days, outreach_people=each.done.people)
        for each in found.deputies
        if each.done != Done()
    )
    busiest = sorted(told, key=lambda each: (-each.outreach_people, -each.reception_days, each.name))
    return Month(deputies=tuple(busiest), days_a_deputy=found.norm.days, people_a_deputy=found.norm.people)


def _members(*names: str) -> list[Any]:
    return [member(name).label(name) for name in names]


def _ids(text: str | None) -> list[Id]:
    """The identifiers of a list that the database gives as the text of a JSON array."""
    ids: list[Id] = json.loads(text) if text else []
    return ids


def _time(text: str | None) -> time | None:
    return time.fromisoformat(text) if text else None
