"""The table of a campaign: deputies in by level, people met, opinions, solved; and the list behind each of its numbers.

Numbers come from records alone: what belongs to the campaign is read once, and a number is the length of the list behind it, or
how many people its lines stand for.
"""

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, func, select

from app.domain.congress import Level
from app.domain.encounter import Encounter
from app.domain.issue import Issue, is_closed, is_solved
from app.domain.people import Deputy, DeputyStatus
from app.domain.persons import listed_person
from app.domain.records import record_from
from app.domain.values import CodeSet, Id, known, wording
from app.domain.visit import Campaign, Presence, VisitKind
from app.errors import Refused
from app.queries.listing import Listing
from app.queries.relations import AT_ONCE, found, member, of_id, standing
from app.queries.rights import own_only
from app.storage.tables import CurrentRow
from app.workspace import Workspace

_AWAY: Final = frozenset({Presence.ON_LEAVE, Presence.ABSENT})


class Counted(CodeSet):
    """What is counted in a campaign."""

    DEPUTIES = "deputies", "参加代表"
    VISITS = "visits", "活动"
    PEOPLE = "people", "接待走访群众"
    OPINIONS = "opinions", "反映意见"
    CLOSED = "closed", "已办结"
    SOLVED = "solved", "已解决"


class Division(CodeSet):
    """By what the table of a campaign is divided."""

    WHOLE = "whole", "合计"
    LEVEL = "level", "五级代表"
    DEPUTY = "deputy", "代表"
    VILLAGE = "village", "村（社区）"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a campaign: the whole, what deputies of a level or one deputy did, or what came from one village."""

    division: Division = Division.WHOLE
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartRow:
    """The numbers of one part; `registered` are the deputies in office of a level, `times` how often deputies came."""

    part: Part
    name: str
    beside: str = ""
    registered: int = 0
    deputies: int = 0
    times: int = 0
    visits: int = 0
    people: int = 0
    opinions: int = 0
    closed: int = 0
    solved: int = 0

    def number(self, counted: Counted) -> int:
        """One of its numbers."""
        return int(getattr(self, counted.value))


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignTable:
    """A campaign with its numbers: all of it, by level, by deputy, by village."""

    campaign: Campaign
    whole: PartRow
    levels: tuple[PartRow, ...]
    deputies: tuple[PartRow, ...]
    villages: tuple[PartRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Behind:
    """One line of the list behind a number: a deputy, a visit, somebody met (masked), an issue."""

    id: Id
    kind: str
    on: date | None
    title: str
    beside: str


def campaign_table(workspace: Workspace, id: Id) -> CampaignTable:
    """The table as the records stand now; raises `Refused("record_missing")`."""
    with workspace.reading() as connection:
        book = _Book(connection, id, own_only(connection, workspace.author.op))
        return CampaignTable(
            campaign=book.campaign,
            whole=book.row(Part(), ""),
            levels=tuple(book.row(Part(Division.LEVEL, each), each.label) for each in Level),
            deputies=tuple(book.by_deputy()),
            villages=tuple(book.by_village()),
        )


def behind(workspace: Workspace, id: Id, part: Part, counted: Counted, *, offset: int = 0, limit: int = 100) -> Listing[Behind]:
    """A page of the list behind a number; raises `Refused("record_missing")`."""
    with workspace.reading() as connection:
        book = _Book(connection, id, own_only(connection, workspace.author.op))
        ids = book.ids(part, counted)
        told = tuple(_TOLD[counted](connection, book, ids[offset : offset + limit]))
    return Listing(len(ids), told)


# --- what belongs to a campaign --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Visit:
    id: Id
    there: tuple[Id, ...]  # the deputies who came, each once


@dataclass(frozen=True, slots=True)
class _Met:
    id: Id
    visit: Id
    people: int
    village: str


@dataclass(frozen=True, slots=True)
class _Raised:
    id: Id
    visit: Id
    village: str
    deputies: tuple[Id, ...]
    closed: bool
    solved: bool


@dataclass(slots=True)
class _Share:
    """What belongs to one part."""

    visits: list[_Visit] = field(default_factory=list)
    met: list[_Met] = field(default_factory=list)
    raised: list[_Raised] = field(default_factory=list)


Own = Sequence[ColumnElement[bool]]
"""What narrows visits and issues to those the operator may see."""


class _Book:
    """Everything that belongs to a campaign, read once; of whoever is confined to a deputy's own (`own`), that alone."""

    def __init__(self, connection: Connection, id: Id, own: Own) -> None:
        campaign = of_id(connection, Campaign, id)
        if campaign is None:
            raise Refused("record_missing", kind=Campaign.traits.name, id=id)
        self.campaign: Final = campaign
        self.register: Final = {each.id: each for each in found(connection, Deputy)}
        parts = _parts_of_visits(connection, id, own)
        self.visits: Final = list(_visits(connection, id, parts["attendance"], own))
        self.met: Final = list(_met(parts["encounter"]))
        villages = {each.id: each.village for each in self.met}
        self.raised: Final = list(_raised(connection, id, parts["issue"], villages, own))
        self._shares: dict[Division, dict[str, _Share]] = {}

    def share(self, part: Part) -> _Share:
        """What belongs to a part."""
        if part.division is Division.WHOLE:
            return _Share(self.visits, self.met, self.raised)
        return self.shares(part.division).get(part.key, _Share())

    def shares(self, division: Division) -> Mapping[str, _Share]:
        """Every part of a division that anything belongs to."""
        if division not in self._shares:
            self._shares[division] = self._divided(division)
        return self._shares[division]

    def ids(self, part: Part, counted: Counted) -> Sequence[Id]:
        """The records that a number stands for."""
        share = self.share(part)
        match counted:
            case Counted.DEPUTIES:
                return self.deputies(part, share)
            case Counted.VISITS:
                return [each.id for each in share.visits]
            case Counted.PEOPLE:
                return [each.id for each in share.met]
            case Counted.OPINIONS:
                return [each.id for each in share.raised]
            case Counted.CLOSED:
                return [each.id for each in share.raised if each.closed]
            case Counted.SOLVED:
                return [each.id for each in share.raised if each.solved]

    def deputies(self, part: Part, share: _Share) -> Sequence[Id]:
        """The deputies of a part who came, each once."""
        return list(dict.fromkeys(self._came(part, share)))

    def _came(self, part: Part, share: _Share) -> Iterable[Id]:
        """The deputies of a part, as often as they came."""
        came = chain.from_iterable(each.there for each in share.visits)
        match part.division:
            case Division.LEVEL:
                return filter({id for id, each in self.register.items() if each.level == part.key}.__contains__, came)
            case Division.DEPUTY:
                return filter(part.key.__eq__, came)
            case _:
                return came

    def row(self, part: Part, name: str, beside: str = "") -> PartRow:
        """The numbers of a part."""
        share = self.share(part)
        came = Counter(self._came(part, share))
        return PartRow(
            part=part,
            name=name,
            beside=beside,
            registered=sum(self._counts(part, id) and each.status != DeputyStatus.ENDED for id, each in self.register.items()),
            deputies=len(came),
            times=came.total(),
            visits=len(share.visits),
            people=sum(each.people for each in share.met),
            opinions=len(share.raised),
            closed=sum(each.closed for each in share.raised),
            solved=sum(each.solved for each in share.raised),
        )

    def by_deputy(self) -> Iterator[PartRow]:
        """Every deputy who came or took an opinion in, the busiest first; then those in office who did nothing."""
        came = self.shares(Division.DEPUTY)
        rows = [self._deputy_row(id) for id in came]
        yield from sorted(rows, key=lambda each: (-each.people, -each.times, -each.opinions, each.name))
        idle = (each for id, each in self.register.items() if id not in came and each.status != DeputyStatus.ENDED)
        yield from (self._deputy_row(each.id) for each in idle)

    def by_village(self) -> Iterator[PartRow]:
        """Every village that people or opinions came from, the most people first; those without a village come last."""
        rows = [self.row(Part(Division.VILLAGE, each), each) for each in self.shares(Division.VILLAGE)]
        return iter(sorted(rows, key=lambda each: (not each.name, -each.people, -each.opinions, each.name)))

    def _deputy_row(self, id: Id) -> PartRow:
        deputy = self.register.get(id)
        return self.row(Part(Division.DEPUTY, id), deputy.name if deputy else "", wording(deputy.level) if deputy else "")

    def _counts(self, part: Part, deputy: Id) -> bool:
        """Whether a deputy is counted in a part."""
        match part.division:
            case Division.LEVEL:
                return deputy in self.register and self.register[deputy].level == part.key
            case Division.DEPUTY:
                return deputy == part.key
            case _:
                return True

    def _divided(self, division: Division) -> dict[str, _Share]:
        shares: dict[str, _Share] = {}
        keys = self._of_village() if division is Division.VILLAGE else self._of_deputies(division)
        of_visit: dict[Id, Collection[str]] = {}
        for visit in self.visits:
            of_visit[visit.id] = keys(visit)
            for key in of_visit[visit.id]:
                shares.setdefault(key, _Share()).visits.append(visit)
        for met in self.met:
            for key in [met.village] if division is Division.VILLAGE else of_visit.get(met.visit, ()):
                shares.setdefault(key, _Share()).met.append(met)
        for raised in self.raised:
            for key in [raised.village] if division is Division.VILLAGE else self._keys(division, raised, of_visit):
                shares.setdefault(key, _Share()).raised.append(raised)
        return shares

    def _of_village(self) -> Callable[[_Visit], Collection[str]]:
        villages: dict[Id, dict[str, None]] = {}
        for each in self.met:
            villages.setdefault(each.visit, {})[each.village] = None
        return lambda visit: villages.get(visit.id, ())

    def _of_deputies(self, division: Division) -> Callable[[_Visit], Collection[str]]:
        return lambda visit: self._named(division, visit.there)

    def _named(self, division: Division, deputies: Iterable[Id]) -> Collection[str]:
        """The parts that deputies stand for: themselves, or their levels."""
        if division is Division.DEPUTY:
            return tuple(deputies)
        return dict.fromkeys(str(self.register[id].level) for id in deputies if id in self.register)

    def _keys(self, division: Division, raised: _Raised, of_visit: Mapping[Id, Collection[str]]) -> Collection[str]:
        """The parts an issue belongs to: those of its own deputies, else those of its visit."""
        return self._named(division, raised.deputies) or of_visit.get(raised.visit, ())


def _parts_of_visits(connection: Connection, campaign: Id, own: Own) -> Mapping[str, Sequence[Any]]:
    """What belongs to the visits of a campaign, kind by kind: each visit is looked up once, not once a kind."""
    # A column's affinity would keep the index over the field from being used; what a function gives has none.
    inside = select(func.ifnull(CurrentRow.id, "")).where(standing("visit"), member("campaign") == campaign, *own)
    parts: dict[str, list[Any]] = {kind: [] for kind in _FIELDS}
    names = dict.fromkeys(name for fields in _FIELDS.values() for name in fields)
    question = select(
        CurrentRow.no, CurrentRow.id, CurrentRow.kind, CurrentRow.day, *(member(name).label(name) for name in names)
    )
    of_kinds = CurrentRow.kind.concat("").in_(_FIELDS)  # the sum keeps the index from being asked once for each of the kinds
    for row in connection.execute(question.where(member("visit").in_(inside), ~CurrentRow.deleted, of_kinds)):
        parts[row.kind].append(row)
    return parts


def _visits(connection: Connection, campaign: Id, attendance: Iterable[Any], own: Own) -> Iterator[_Visit]:
    away: dict[Id, set[Id]] = {}
    besides: dict[Id, list[Id]] = {}
    for row in sorted(attendance, key=_entered):
        if row.deputy and row.presence in _AWAY:
            away.setdefault(row.visit, set()).add(row.deputy)
        elif row.deputy:
            besides.setdefault(row.visit, []).append(row.deputy)
    question = select(CurrentRow.no, CurrentRow.id, CurrentRow.day, member("deputies").label("deputies"))
    rows = connection.execute(question.where(standing("visit"), member("campaign") == campaign, *own)).all()
    named = _Lists()
    # In order here: asked for it, the database would walk through every visit there is.
    for visit in sorted(rows, key=_newest, reverse=True):
        came = named[visit.deputies]
        if more := besides.get(visit.id):
            came = tuple(dict.fromkeys((*came, *more)))
        if gone := away.get(visit.id):
            came = tuple(id for id in came if id not in gone)
        yield _Visit(visit.id, came)


def _met(rows: Iterable[Any]) -> Iterator[_Met]:
    for row in sorted(rows, key=_entered, reverse=True):
        yield _Met(row.id, row.visit, max(1, row.people or 0), row.village or "")


def _raised(
    connection: Connection, campaign: Id, parts: Iterable[Any], villages: Mapping[Id, str], own: Own
) -> Iterator[_Raised]:
    """The issues that name the campaign, and those of its visits, each once, the newest first."""
    names = _FIELDS["issue"]
    question = select(CurrentRow.no, CurrentRow.id, CurrentRow.day, *(member(name).label(name) for name in names))
    rows = {each.no: each for each in parts}
    direct = connection.scalars(select(CurrentRow.no).where(standing("issue"), member("campaign") == campaign, *own))
    others = [no for no in direct if no not in rows]  # most belong to a visit of the campaign and are read by now
    for start in range(0, len(others), AT_ONCE):
        found_there = connection.execute(question.where(CurrentRow.no.in_(others[start : start + AT_ONCE])))
        rows |= {each.no: each for each in found_there}
    named = _Lists()
    for row in sorted(rows.values(), key=_newest, reverse=True):
        state, result, route = row.state or "", row.result or "", row.route or ""
        village = villages.get(row.encounter, "")
        solved = is_solved(state, result, route)
        yield _Raised(row.id, row.visit or "", village, named[row.deputies], is_closed(state), solved)


def _entered(row: Any) -> int:
    return int(row.no)


def _newest(row: Any) -> tuple[str, int]:
    return row.day or "", row.no


class _Lists(dict[str | None, tuple[Id, ...]]):
    """The identifiers, each once, of lists that the database gives as the text of a JSON array; most say the same as another."""

    def __missing__(self, text: str | None) -> tuple[Id, ...]:
        self[text] = ids = tuple(dict.fromkeys(json.loads(text))) if text else ()
        return ids


_FIELDS: Final[Mapping[str, Sequence[str]]] = {
    "attendance": ("visit", "deputy", "presence"),
    "encounter": ("visit", "people", "village"),
    "issue": ("visit", "encounter", "deputies", "state", "result", "route"),
}
"""The kinds whose records belong to a visit, with what the table needs of them."""


# --- what a line behind a number tells -------------------------------------------------------------------------------


def _rows(connection: Connection, ids: Sequence[Id]) -> Sequence[Any]:
    """The rows of these records, in the order of the identifiers."""
    rows: dict[Id, Any] = {}
    for start in range(0, len(ids), AT_ONCE):
        question = select(CurrentRow.id, CurrentRow.kind, CurrentRow.day, CurrentRow.title, CurrentRow.body)
        asked = question.where(CurrentRow.id.in_(ids[start : start + AT_ONCE]))
        rows.update((each.id, each) for each in connection.execute(asked))
    return [rows[id] for id in ids if id in rows]


def _deputies_told(_connection: Connection, book: _Book, ids: Sequence[Id]) -> Iterator[Behind]:
    for id in ids:
        deputy, share = book.register.get(id), book.share(Part(Division.DEPUTY, id))
        beside = "　".join(part for part in (wording(deputy.level), deputy.deputy_group) if part) if deputy else ""
        title = deputy.name if deputy else "（未登记）"
        yield Behind(id=id, kind="deputy", on=None, title=title, beside="　".join((beside, f"{len(share.visits)}次")).strip("　"))


def _visits_told(connection: Connection, _book: _Book, ids: Sequence[Id]) -> Iterator[Behind]:
    for row in _rows(connection, ids):
        body = json.loads(row.body)
        kind = wording(known(VisitKind, body.get("visit_kind", "")))
        yield Behind(id=row.id, kind="visit", on=_day(row.day), title=row.title, beside="　".join((kind, body.get("place", ""))))


def _people_told(connection: Connection, _book: _Book, ids: Sequence[Id]) -> Iterator[Behind]:
    rows = _rows(connection, ids)
    met = [record_from(Encounter, row.id, json.loads(row.body)) for row in rows]
    days = {row.id: row.day for row in _rows(connection, list(dict.fromkeys(each.visit for each in met)))}
    for each in met:
        name = listed_person(each, confidential=False) or "（未留姓名）"
        people = f"{each.people}人" if each.people > 1 else ""
        beside = "　".join(part for part in (each.village, people) if part)
        yield Behind(id=each.id, kind="encounter", on=_day(days.get(each.visit)), title=name, beside=beside)


def _issues_told(connection: Connection, _book: _Book, ids: Sequence[Id]) -> Iterator[Behind]:
    rows = _rows(connection, ids)
    issues = [record_from(Issue, row.id, json.loads(row.body)) for row in rows]
    people = {row.id: record_from(Encounter, row.id, json.loads(row.body)) for row in _rows(connection, _people_of(issues))}
    for each in issues:
        person = listed_person(people.get(each.encounter), confidential=each.confidential)
        beside = "　".join(part for part in (person, wording(each.state), wording(each.result)) if part)
        yield Behind(id=each.id, kind="issue", on=each.received_on, title=each.title(), beside=beside)


def _people_of(issues: Iterable[Issue]) -> list[Id]:
    return list(dict.fromkeys(each.encounter for each in issues if each.encounter))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


_TOLD: Final[Mapping[Counted, Callable[[Connection, _Book, Sequence[Id]], Iterable[Behind]]]] = {
    Counted.DEPUTIES: _deputies_told,
    Counted.VISITS: _visits_told,
    Counted.PEOPLE: _people_told,
    Counted.OPINIONS: _issues_told,
    Counted.CLOSED: _issues_told,
    Counted.SOLVED: _issues_told,
}
