"""Deeds: what one transaction saved together, which records are parts of others, and what they were before."""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, func, literal_column, select

from app.domain.belonging import is_part, owners_of
from app.domain.kinds import KINDS
from app.domain.records import ANY_KIND, Record
from app.domain.revisions import Revision, View, read_kept, view_of
from app.domain.values import ID_SHAPE, Id, Json
from app.domain.visit import VisitKind
from app.storage.named_values import put_value, value_of
from app.storage.records import Stored, stored_from
from app.storage.tables import BatchRow, CurrentRow, JournalRow

UNDONE, REDONE = "undone", "redone"
"""Events: the deed they tell took the last change back, or took such an undo back."""

_OWNERS: Final = ("visit", "encounter", "of", "suggestion")  # fields that name what a record is a part of; each has an index
_AT_ONCE: Final = 400
_WHOLE: Final = "whole_deed/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """The newest line of a record: its place in the journal, its deed, who wrote it and what it says."""

    stored: Stored[Record]
    seq: int
    deed: Id | None
    revision: Revision


def found(connection: Connection, ids: Iterable[Id]) -> list[Saved]:
    """These records of any kind, removed ones too, with their newest lines; those that are missing are passed over."""
    return [each for part in _slices(ids) for each in _rows(connection, CurrentRow.id.in_(part))]


def family(connection: Connection, start: Saved) -> list[Saved]:
    """`start` and all its parts, and theirs, removed ones too."""
    return _closure(connection, [start], upwards=False, counts=lambda _each: True)


def beneath(connection: Connection, starts: Iterable[Saved], counts: Callable[[Saved], bool]) -> list[Saved]:
    """`starts` and those of their parts, and theirs, that count; below what does not count nothing is looked for."""
    return _closure(connection, starts, upwards=False, counts=counts)


def removed_together(connection: Connection, start: Saved) -> list[Saved]:
    """`start` and what its deed removed of its parts and of what it is a part of, and is still removed."""
    deed = start.deed

    def counts(each: Saved) -> bool:
        return each.stored.deleted and deed is not None and each.deed == deed

    return _closure(connection, [start], upwards=True, counts=counts)


def rounds_of(connection: Connection, deed: Id | None) -> list[Saved]:
    """The rounds of outreach that a person saved by this deed; none where it was an import, which is taken back by itself."""
    if deed is None or connection.execute(select(BatchRow.id).where(BatchRow.id == deed)).first():
        return []
    visits = select(JournalRow.record).where(JournalRow.batch == deed, JournalRow.kind == "visit").distinct()
    every = found(connection, [id for id in connection.scalars(visits) if id])
    return [each for each in every if getattr(each.stored.record, "visit_kind", "") == VisitKind.OUTREACH]


def before(connection: Connection, saved: Saved) -> View | None:
    """The record as it was before the deed that saved it last; None where there was none."""
    lines = select(JournalRow.batch, JournalRow.line).where(
        JournalRow.record == saved.stored.record.id, JournalRow.rev.is_not(None)
    )
    rows = connection.execute(lines.order_by(JournalRow.seq)).all()
    last = next((number for number, row in enumerate(rows) if saved.deed and row.batch == saved.deed), len(rows) - 1)
    rows = rows[:last]
    return view_of([read_kept(row.line) for row in rows], KINDS[saved.revision.kind].groups) if rows else None


def naming(connection: Connection, gone: Collection[Record], since: int) -> Stored[Record] | None:
    """A standing record saved at `since` or later that names one of those that are to go, and is none of them."""
    kinds, ids = {each.traits.name for each in gone}, {each.id for each in gone}
    naming = [
        traits.name
        for traits in KINDS.values()
        if any(field.to == ANY_KIND or field.to in kinds for field in traits.fields.values())
    ]
    question = select(CurrentRow.__table__).where(CurrentRow.seq >= since, CurrentRow.kind.in_(naming), ~CurrentRow.deleted)
    for row in connection.execute(question.execution_options(yield_per=1000)):
        if row.id not in ids and not ids.isdisjoint(ID_SHAPE.findall(row.body)):
            return stored_from(row)
    return None


def noted(connection: Connection, ids: Iterable[Id], events: Collection[str]) -> Iterator[tuple[str, Mapping[str, Json]]]:
    """The events of these names about these records with what they tell, oldest first."""
    for part in _slices(ids):
        about = select(JournalRow.kind, JournalRow.line).where(JournalRow.record.in_(part), JournalRow.kind.in_(events))
        for row in connection.execute(about.where(JournalRow.rev.is_(None)).order_by(JournalRow.seq)):
            yield row.kind, json.loads(row.line)


def mark_whole(connection: Connection, deed: Id) -> None:
    """Remember that a deed goes back as a whole, whichever of its records is asked for."""
    put_value(connection, f"{_WHOLE}{deed}", b"1")


def is_whole(connection: Connection, deed: Id | None) -> bool:
    """Whether a deed goes back only as a whole."""
    return bool(deed) and value_of(connection, f"{_WHOLE}{deed}") is not None


def of_deed(connection: Connection, deed: Id) -> list[Saved]:
    """Every record that a deed saved, with its newest line, which may be a later one."""
    ids = connection.scalars(select(JournalRow.record).where(JournalRow.batch == deed, JournalRow.rev.is_not(None)).distinct())
    return found(connection, [id for id in ids if id])


def _closure(connection: Connection, starts: Iterable[Saved], *, upwards: bool, counts: Callable[[Saved], bool]) -> list[Saved]:
    reached = {start.stored.record.id: start for start in starts}
    fresh = list(reached.values())
    while fresh:
        near: dict[Id, Saved] = {}
        for each in _neighbours(connection, [one.stored.record for one in fresh], upwards=upwards):
            if each.stored.record.id not in reached and counts(each):
                near[each.stored.record.id] = each
        reached |= near
        fresh = list(near.values())
    return list(reached.values())


def _neighbours(connection: Connection, records: Iterable[Record], *, upwards: bool) -> Iterator[Saved]:
    """The parts of these records; the persons of issues, where they are parts; upwards all that these are parts of."""
    by_id = {each.id: each for each in records}
    for ids in _slices(by_id):
        for name in _OWNERS:
            yield from _rows(connection, _member(name).in_(ids))
    for each in found(connection, dict.fromkeys(id for one in by_id.values() for id in owners_of(one))):
        if upwards or any(is_part(each.stored.record, one) for one in by_id.values()):
            yield each


def _rows(connection: Connection, condition: ColumnElement[bool]) -> Iterator[Saved]:
    question = select(CurrentRow.__table__, JournalRow.batch, JournalRow.line).join(JournalRow, JournalRow.seq == CurrentRow.seq)
    for row in connection.execute(question.where(condition).order_by(CurrentRow.no)):
        yield Saved(stored=stored_from(row), seq=row.seq, deed=row.batch, revision=read_kept(row.line))


def _member(name: str) -> ColumnElement[Any]:
    # The path stands in the statement itself: an index over it is found only so.
    return func.json_extract(CurrentRow.body, literal_column(f"'$.{name}'"))


def _slices(ids: Iterable[Id]) -> Iterator[list[Id]]:
    every = list(ids)
    for start in range(0, len(every), _AT_ONCE):
        yield every[start : start + _AT_ONCE]
