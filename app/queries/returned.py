"""What the body sent of suggestions: its records beside the station's own, the package they came by, and what is open."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from sqlalchemy import ColumnElement, Connection, func, or_, select

from app.domain.case_file import CaseFile
from app.domain.records import Record
from app.domain.returned_course import Differing, OpenReturn, differing_fields, told_twice, waiting_steps
from app.domain.step import Step
from app.domain.suggestion import Suggestion
from app.domain.suggestion_course import Course
from app.domain.values import Id
from app.queries.relations import AT_ONCE, member, of_id, titles
from app.queries.suggestion_course import course_of_records
from app.storage.records import stored_from
from app.storage.tables import CurrentRow, JournalRow
from app.workspace import Workspace

_BELONGING: Final = (member("suggestion"), member("of"))


# --- whose records ----------------------------------------------------------------------------------------------------


def bodies_of(connection: Connection, suggestions: Sequence[Id], own: Id) -> dict[Id, Id]:
    """Those of these suggestions that a body has said something of, with the body; `own` is the station."""
    bodies: dict[Id, Id] = {}
    for start in range(0, len(suggestions), AT_ONCE):
        part = suggestions[start : start + AT_ONCE]
        for name in _BELONGING:
            question = select(name.label("of"), CurrentRow.owner).where(name.in_(part), *_of_others(own))
            bodies |= {row.of: row.owner for row in connection.execute(question)}
    return {each: bodies[each] for each in suggestions if each in bodies}


def body_records(connection: Connection, suggestion: Id, own: Id) -> dict[Id, Record]:
    """What a body said of a suggestion, by identifier, in the order it came; `own` is the station."""
    rows = [
        row
        for name in _BELONGING
        for row in connection.execute(select(CurrentRow.__table__).where(name == suggestion, *_of_others(own)))
    ]
    return {row.id: stored_from(row).record for row in sorted(rows, key=lambda row: row.no)}


def own_records(course: Course, theirs: Mapping[Id, Record]) -> tuple[Record, ...]:
    """The records of a course that are not the body's."""
    parts: tuple[Sequence[Record], ...] = (
        *(course.steps, course.reviews, course.consultations, course.assignments, course.replies),
        *(course.evaluations, course.commitments, course.supervisions, course.outcomes, course.awards),
    )
    return tuple(each for part in parts for each in part if each.id not in theirs)


def packages_of(connection: Connection, records: Sequence[Id]) -> dict[Id, int]:
    """The reply by which each of the body's records came; 0 for one that another computer of the station passed on."""
    first = select(func.min(JournalRow.seq).label("seq"), JournalRow.record).where(
        JournalRow.record.in_(records), JournalRow.rev.is_not(None)
    )
    came = {row.record: row.seq for row in connection.execute(first.group_by(JournalRow.record))}
    by_place = {place: _reply_after(connection, place) for place in set(came.values())}
    return {record: by_place[place] for record, place in came.items()}


def _reply_after(connection: Connection, place: int) -> int:
    """The number of the reply whose note ends the transaction that this line of the journal belongs to."""
    noted = select(JournalRow.kind, JournalRow.line).where(JournalRow.seq > place, JournalRow.rev.is_(None))
    row = connection.execute(noted.order_by(JournalRow.seq).limit(1)).first()
    return int(json.loads(row.line)["seq"]) if row and row.kind == "reply" else 0


def _of_others(own: Id) -> tuple[ColumnElement[bool], ...]:
    return (CurrentRow.owner != own, ~CurrentRow.deleted)


# --- what is open -----------------------------------------------------------------------------------------------------


def open_return(connection: Connection, suggestion: Suggestion, own: Id) -> OpenReturn:
    """What is open about this suggestion; false where nothing is."""
    theirs = body_records(connection, suggestion.id, own)
    course = course_of_records(connection, suggestion)
    twice = told_twice(own_records(course, theirs), theirs.values(), titles(connection, "unit")) if theirs else ()
    files = (each for each in theirs.values() if isinstance(each, CaseFile))
    return OpenReturn(
        suggestion=suggestion.id,
        title=suggestion.title(),
        state=suggestion.state,
        steps=tuple(waiting_steps(suggestion, (each for each in theirs.values() if isinstance(each, Step)))),
        twice=tuple(each for each in twice if each.differing),
        fields=tuple(difference for file in files for difference in _differing(suggestion, file)),
    )


def _differing(suggestion: Suggestion, file: CaseFile) -> Iterator[Differing]:
    for name in differing_fields(suggestion, file):
        yield Differing(field=name, here=getattr(suggestion, name), said=getattr(file, name))


def open_returns(workspace: Workspace) -> tuple[OpenReturn, ...]:
    """Every suggestion about which something the body sent is open, in the order of entry."""
    own = workspace.author.owner
    named = func.coalesce(*_BELONGING)
    # Two ranges instead of "not equal": so the index that begins with the owner is used.
    question = select(named).where(or_(CurrentRow.owner < own, CurrentRow.owner > own), ~CurrentRow.deleted).distinct()
    with workspace.reading() as connection:
        here = (of_id(connection, Suggestion, id) for id in sorted(filter(None, connection.scalars(question))))
        found = (open_return(connection, each, own) for each in here if each)
        return tuple(each for each in found if each)
