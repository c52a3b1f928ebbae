"""The rota is made, changed, and announced: planned receptions, several at once, each with whose turn it is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from pathlib import Path

from app.changes import Changes
from app.domain.calendar_file import Event, calendar_file
from app.domain.papers import Span
from app.domain.rota import RotaDay, RotaPlan, rota_days
from app.domain.station import Station
from app.domain.values import Id
from app.domain.visit import MeetingWay, Visit, VisitKind
from app.errors import Refused
from app.files import write_whole
from app.queries.people_met import people_met_at
from app.queries.relations import own_station, titles
from app.queries.rota import RotaEntry, rota
from app.queries.rules import calendar_in_force
from app.storage.transaction import Transaction
from app.use_cases.numbering import numbered
from app.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A day as a plan would have it; `taken` where a reception stands on that day already, which is then left as it is."""

    day: RotaDay
    names: tuple[str, ...]
    taken: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RotaSaved:
    """The reception days that were saved, and those that must be announced anew because what was announced has changed."""

    ids: tuple[Id, ...]
    announce_again: tuple[Id, ...] = ()
    changes: Changes = Changes.VISITS


@dataclass(frozen=True, slots=True, kw_only=True)
class DayChange:
    """What a person set for one reception day."""

    on: date
    starts: time | None
    ends: time | None
    place: str
    theme: str
    deputies: tuple[Id, ...]


def propose(workspace: Workspace, plan: RotaPlan) -> tuple[Proposal, ...]:
    """The days that a plan would make, to be looked at; nothing is saved.

    Raises what `rota_days` raises, `Unavailable("reference_damaged")`.
    """
    with workspace.reading() as connection:
        days = rota_days(plan, calendar_in_force(connection))
    if not days:
        return ()
    taken = {each.on for each in rota(workspace, Span(first=days[0].on, last=days[-1].on))}
    with workspace.reading() as connection:
        names = titles(connection, "deputy")
    return tuple(
        Proposal(day=day, names=tuple(names.get(id, "") for id in day.deputies), taken=day.on in taken)
        for day in sorted(days, key=lambda each: each.on)
    )


def plan_receptions(workspace: Workspace, plan: RotaPlan) -> RotaSaved:
    """Save the days of a plan on which no reception stands yet. Raises what `propose` raises."""
    free = [each.day for each in propose(workspace, plan) if not each.taken]
    visits = [_visit(workspace, plan, day) for day in free]
    with workspace.writing() as books:
        books.records.save_all(numbered(books, visits, {}, workspace.clock.today().date()))
    return RotaSaved(ids=tuple(each.id for each in visits))


def change_day(workspace: Workspace, id: Id, change: DayChange) -> RotaSaved:
    """Change a planned reception day; what was announced otherwise has to be announced again.

    Raises `Refused("record_missing")`, `Refused("reception_held")` once somebody was received.
    """
    return _changed(workspace, [id], lambda visits: [_changed_visit(visits[0], change)])


def swap_deputies(workspace: Workspace, one: Id, other: Id) -> RotaSaved:
    """Let the deputies of two planned days change places. Raises as `change_day` does."""
    return _changed(
        workspace,
        [one, other],
        lambda visits: [
            replace(visits[0], deputies=visits[1].deputies),
            replace(visits[1], deputies=visits[0].deputies),
        ],
    )


def mark_announced(books: Transaction, ids: Sequence[Id], day: date) -> Changes:
    """Write down that the notice of these days is out, where it was not announced before."""
    stored = [books.records.get(Visit, id).record for id in ids]
    fresh = [replace(each, announced_on=day) for each in stored if each.announced_on is None]
    books.records.save_all(fresh)
    return Changes.VISITS if fresh else Changes.NOTHING


def _visit(workspace: Workspace, plan: RotaPlan, day: RotaDay) -> Visit:
    return Visit(
        id=workspace.clock.new_id(),
        visit_kind=VisitKind.RECEPTION,
        station=workspace.author.owner,
        on=day.on,
        starts=plan.starts,
        ends=plan.ends,
        place=plan.place.strip(),
        way=MeetingWay.RECEPTION_DAY,
        theme=plan.theme.strip(),
        deputies=day.deputies,
    )


def _changed_visit(visit: Visit, change: DayChange) -> Visit:
    return replace(
        visit,
        on=change.on,
        starts=change.starts,
        ends=change.ends,
        place=change.place.strip(),
        theme=change.theme.strip(),
        deputies=change.deputies,
    )


def _changed(workspace: Workspace, ids: Sequence[Id], deed: Callable[[Sequence[Visit]], Sequence[Visit]]) -> RotaSaved:
    with workspace.writing() as books:
        before = [_planned(books, id) for id in ids]
        after = [_announced_anew(old, new) for old, new in zip(before, deed(before), strict=True)]
        books.records.save_all([new for old, new in zip(before, after, strict=True) if new != old])
    again = tuple(new.id for old, new in zip(before, after, strict=True) if old.announced_on and not new.announced_on)
    return RotaSaved(ids=tuple(ids), announce_again=again)


def _planned(books: Transaction, id: Id) -> Visit:
    visit = books.records.get(Visit, id).record
    if people_met_at(books.connection, [id]).get(id):
        raise Refused("reception_held", reception=visit.title())
    return visit


def _announced_anew(before: Visit, after: Visit) -> Visit:
    """A notice told of day, hours, place and deputies; where one of them is another, it is not out any more."""
    told = ("on", "starts", "ends", "place", "deputies")
    same = all(getattr(before, name) == getattr(after, name) for name in told)
    return after if same else replace(after, announced_on=None)


# --- for other calendars -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class RotaCalendar:
    """The planned reception days as a calendar file, with how many there are."""

    content: bytes
    days: int


def rota_calendar(workspace: Workspace, span: Span) -> RotaCalendar:
    """The days of a period that nobody was received on yet and that do not lie behind; written again, a day keeps its identity.

    Raises `Refused("nothing_planned")`.
    """
    today = workspace.clock.today().date()
    entries = [each for each in rota(workspace, span) if each.planned and each.on >= today]
    if not entries:
        raise Refused("nothing_planned")
    with workspace.reading() as connection:
        station = own_station(workspace, connection)
    events = [_event(each, station) for each in entries]
    return RotaCalendar(content=calendar_file(events, workspace.clock.now()), days=len(entries))


def save_calendar(workspace: Workspace, span: Span, path: Path) -> RotaCalendar:
    """Write the calendar file under a name, whole or not at all. Raises what `rota_calendar` and `write_whole` raise."""
    made = rota_calendar(workspace, span)
    write_whole(path, made.content)
    return made


def _event(entry: RotaEntry, station: Station) -> Event:
    names = "、".join(entry.names)
    phone = f"联络站电话：{station.office_phone}" if station.office_phone else ""
    return Event(
        uid=f"{entry.id}@liaison",
        on=entry.on,
        starts=entry.starts,
        ends=entry.ends,
        summary=f"代表接待日：{names}" if names else "代表接待日",
        place=entry.place or station.place or station.name,
        description="\n".join(part for part in (station.name, f"主题：{entry.theme}" if entry.theme else "", phone) if part),
    )
