"""The station's own record, and the people who work with this program."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.changes import Changes
from app.domain.people import Operator, Role
from app.domain.problems import Problem, stop_at
from app.domain.station import Station, station_problems
from app.domain.values import Id
from app.errors import Refused
from app.storage.named_values import put_value
from app.workspace import OPERATOR, Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What was saved."""

    id: Id
    changes: Changes = Changes.STATION


def save_station(workspace: Workspace, station: Station, seen: Sequence[Id]) -> Saved:
    """Save the station's record on top of the heads that were `seen`.

    Raises `Refused("incomplete", problems)`, `Refused("stale")` where somebody has changed it meanwhile.
    """
    stop_at(station_problems(station))
    with workspace.writing() as books:
        books.records.save(station, seen=seen)
    return Saved(id=station.id)


def add_operator(workspace: Workspace, name: str, roles: Sequence[Role] = ()) -> Saved:
    """Enter somebody who works here; a name is all that must be given.

    Raises `Refused("incomplete", problems)` for an empty name, `Refused("operator_known", name)`.
    """
    name = name.strip()
    if not name:
        stop_at([Problem(code="name_missing", field="name")])
    with workspace.writing() as books:
        if any(each.record.name == name and each.record.until is None for each in books.records.all_of(Operator)):
            raise Refused("operator_known", name=name)
        saved = books.records.save(Operator(id=workspace.clock.new_id(), name=name, roles=tuple(roles)))
    return Saved(id=saved, changes=Changes.STATION | Changes.PEOPLE)


def choose_operator(workspace: Workspace, id: Id) -> Saved:
    """Remember who is at the keyboard, for this and every later start; raises `Refused("record_missing")`."""
    with workspace.writing() as books:
        books.records.get(Operator, id)
        put_value(books.connection, OPERATOR, id.encode())
    return Saved(id=id)


def end_operator(workspace: Workspace, id: Id) -> Saved:
    """Note that somebody no longer works here; what they saved keeps their name.

    Raises `Refused("record_missing")`, `Refused("operator_at_keyboard", name)` for whoever is there now.
    """
    with workspace.writing() as books:
        stored = books.records.get(Operator, id)
        if id == workspace.author.op:
            raise Refused("operator_at_keyboard", name=stored.record.name)
        today = workspace.clock.today().date()
        books.records.save(replace(stored.record, until=today), seen=stored.heads)
    return Saved(id=id, changes=Changes.STATION | Changes.PEOPLE)
