"""The station's own record, and the people who work with this program."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.changes import Changes
from app.domain.people import Operator, Role
from app.domain.problems import Problem, stop_at
from app.domain.station import Station, station_problems
from app.domain.values import Code, Id
from app.errors import Refused
from app.storage import drafts, pins
from app.storage.transaction import Transaction
from app.workspace import Workspace


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


def set_roles(workspace: Workspace, id: Id, roles: Sequence[Code[Role]], deputy: Id = "") -> Saved:
    """Say what somebody does here; `deputy` is who they are in the register, where they are a deputy.

    Raises `Refused("record_missing")`, and `Refused("last_station_head")` where others would be left without anybody in charge.
    """
    with workspace.writing() as books:
        stored = books.records.get(Operator, id)
        record = replace(stored.record, roles=tuple(roles), deputy=deputy if Role.DEPUTY in roles else "")
        _check_head(books, stored.record, record)
        books.records.save(record, seen=stored.heads)
    return Saved(id=id, changes=Changes.STATION | Changes.PEOPLE)


def end_operator(workspace: Workspace, id: Id) -> Saved:
    """Note that somebody no longer works here; what they saved keeps their name, their drafts go to whoever is there now.

    Raises `Refused("record_missing" | "last_station_head")`, `Refused("operator_at_keyboard", name)` for whoever is there now.
    """
    with workspace.writing() as books:
        stored = books.records.get(Operator, id)
        if id == workspace.author.op:
            raise Refused("operator_at_keyboard", name=stored.record.name)
        record = replace(stored.record, until=workspace.clock.today().date())
        _check_head(books, stored.record, record)
        books.records.save(record, seen=stored.heads)
        drafts.hand_over(books.connection, id, workspace.author.op)
        pins.put_pin(books.connection, id, None)
    return Saved(id=id, changes=Changes.STATION | Changes.PEOPLE)


def _check_head(books: Transaction, before: Operator, after: Operator) -> None:
    """The last station head stays while others work here: without one everybody might do everything."""
    others = [each.record for each in books.records.all_of(Operator) if each.record.id != before.id and each.record.until is None]
    leaves = Role.STATION_HEAD in before.roles and (after.until is not None or Role.STATION_HEAD not in after.roles)
    if leaves and others and not any(Role.STATION_HEAD in each.roles for each in others):
        raise Refused("last_station_head", name=before.name)
