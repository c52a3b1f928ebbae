"""Records by what they name: those that belong to another one, and the names behind the identifiers in it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from sqlalchemy import ColumnElement, Connection, Select, and_, func, literal_column, select

from app.domain.category import CategoryScheme
from app.domain.records import AnyRecord
from app.domain.reference_data import NOTHING, Reference, ReferenceData, data_from
from app.domain.station import Station
from app.domain.values import Id
from app.reference import categories
from app.storage import sisters
from app.storage.records import Stored, stored_from
from app.storage.tables import CurrentRow
from app.workspace import Workspace

AT_ONCE: Final = 500
"""Rows fetched in one go of a long list."""


def member(name: str, row: type[CurrentRow] = CurrentRow) -> ColumnElement[str]:
    """A field of the record in a row."""
    # The path stands in the statement itself: an index over it is found only so.
    return func.json_extract(row.body, literal_column(f"'$.{name}'"))


def standing(kind: str) -> ColumnElement[bool]:
    """Rows of a kind that were not removed."""
    return and_(CurrentRow.kind == kind, CurrentRow.deleted == False)  # noqa: E712  # as the index has it


def within(first: date | None, last: date | None) -> ColumnElement[bool]:
    """Rows whose day lies between two days, both included; with both open, also those without a day."""
    bounds: list[ColumnElement[bool]] = [CurrentRow.day.is_not(None)] if first or last else []
    if first:
        bounds.append(CurrentRow.day >= first.isoformat())
    if last:
        bounds.append(CurrentRow.day <= last.isoformat())
    return and_(True, *bounds)


def called(kind: str, ids: Sequence[Id]) -> ColumnElement[bool]:
    """Rows of a kind with these identifiers, not removed.

    The kind is said so that no index over kinds is chosen: of three identifiers or more SQLite would read all of the kind.
    """
    return and_(CurrentRow.id.in_(ids), CurrentRow.kind.concat("") == kind, ~CurrentRow.deleted)


def with_heads(connection: Connection, cls: type[AnyRecord], *conditions: ColumnElement[bool]) -> list[Stored[AnyRecord]]:
    """The records of one kind that the conditions hold for, with the heads they were read from, in the order of entry."""
    question = select(CurrentRow.__table__).where(standing(cls.traits.name), *conditions).order_by(CurrentRow.no)
    return [stored_from(row) for row in connection.execute(question)]


def one_with_heads(connection: Connection, cls: type[AnyRecord], id: Id) -> Stored[AnyRecord] | None:
    """The record of one kind with this identifier and the heads it was read from, where there is one."""
    return next(iter(with_heads(connection, cls, CurrentRow.id == id)), None) if id else None


def found(connection: Connection, cls: type[AnyRecord], *conditions: ColumnElement[bool]) -> list[AnyRecord]:
    """The records of one kind that the conditions hold for, in the order they were entered."""
    return [each.record for each in with_heads(connection, cls, *conditions)]


def of_id(connection: Connection, cls: type[AnyRecord], id: Id) -> AnyRecord | None:
    """The record of one kind with this identifier, where there is one."""
    return next(iter(found(connection, cls, CurrentRow.id == id)), None) if id else None


def by_ids(connection: Connection, cls: type[AnyRecord], ids: Sequence[Id], *conditions: ColumnElement[bool]) -> list[AnyRecord]:
    """The records with these identifiers, in the order of the identifiers; those that are missing are passed over."""
    question = select(CurrentRow.__table__).where(called(cls.traits.name, ids), *conditions)
    rows = connection.execute(question) if ids else ()
    records: dict[Id, AnyRecord] = {row.id: stored_from(row).record for row in rows}
    return [records[id] for id in ids if id in records]


def titles(connection: Connection, kind: str) -> Mapping[Id, str]:
    """The names of every record of a small kind, removed ones too: what was written of them still stands."""
    question = select(CurrentRow.id, CurrentRow.title).where(CurrentRow.kind == kind)
    return {row.id: row.title for row in connection.execute(question)}


def title_of(connection: Connection, id: Id) -> str:
    """The name of a record of any kind, removed or not; empty where there is none."""
    return connection.execute(select(CurrentRow.title).where(CurrentRow.id == id)).scalar() or ""


def category_names(connection: Connection, scheme: CategoryScheme) -> Mapping[str, str]:
    """The names of a scheme's categories by code: those of the program, those that the body sent, those the station added."""
    added = select(member("code").label("code"), CurrentRow.title).where(standing("category"), member("scheme") == scheme)
    sent = reference_data(connection).names(scheme)
    return {**categories()[scheme], **sent, **{str(row.code): row.title for row in connection.execute(added)}}


def reference_in_force(connection: Connection) -> Reference | None:
    """The version of a body's reference data that is in force: the highest that stands."""
    highest = select(CurrentRow.__table__).where(standing(Reference.traits.name)).order_by(member("version").desc()).limit(1)
    row = connection.execute(highest).first()
    stored: Stored[Reference] | None = stored_from(row) if row else None
    return stored.record if stored else None


def reference_data(connection: Connection) -> ReferenceData:
    """What a body sent and is in force; nothing before the first."""
    reference = reference_in_force(connection)
    return data_from(reference.content) if reference else NOTHING


def own_station(workspace: Workspace, connection: Connection) -> Station:
    """The station whose records these are; at a computer that has joined it, until its record is here, code and name alone."""
    if station := of_id(connection, Station, workspace.author.owner):
        return station
    code, name = sisters.joined_station(connection) or ("", "")
    return Station(id=workspace.author.owner, code=code, name=name)


def ids_of(kind: str, *conditions: ColumnElement[bool]) -> Select[Id]:
    """The identifiers of the records of one kind that the conditions hold for, as part of another question."""
    return select(CurrentRow.id).where(standing(kind), *conditions)
