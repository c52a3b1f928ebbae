"""A suggestion with everything that came of it."""

from collections.abc import Collection, Mapping, Sequence
from functools import partial
from typing import Any, Final

from sqlalchemy import Connection

from app.domain.award import Award
from app.domain.handling import Assignment, Commitment, Outcome, Supervision
from app.domain.records import Record
from app.domain.reply import Evaluation, Reply
from app.domain.review import Consultation, Review
from app.domain.step import Step
from app.domain.suggestion import Suggestion
from app.domain.suggestion_course import Course
from app.domain.values import Id
from app.queries.relations import AT_ONCE, found, member

_PARTS: Final[Mapping[str, tuple[type[Record], str]]] = {
    "steps": (Step, "of"),
    "reviews": (Review, "suggestion"),
    "consultations": (Consultation, "suggestion"),
    "assignments": (Assignment, "of"),
    "replies": (Reply, "suggestion"),
    "evaluations": (Evaluation, "of"),
    "commitments": (Commitment, "suggestion"),
    "supervisions": (Supervision, "of"),
    "outcomes": (Outcome, "of"),
    "awards": (Award, "of"),
}
LIMITING: Final = ("assignments", "replies", "evaluations", "commitments")
"""The parts that deadlines follow from."""


def course_of_records(connection: Connection, suggestion: Suggestion) -> Course:
    """The suggestion with all its records."""
    return next(iter(courses(connection, [suggestion])))


def courses(connection: Connection, suggestions: Sequence[Suggestion], parts: Collection[str] = ()) -> list[Course]:
    """Suggestions with their records, or with those of these parts alone, each part asked for once."""
    ids = [each.id for each in suggestions]
    fetched = {name: _by_suggestion(connection, *_PARTS[name], ids) for name in parts or _PARTS}
    return [
        Course(
            suggestion=each,
            **{name: tuple(records.get(each.id, ())) for name, records in fetched.items()},
        )
        for each in suggestions
    ]


def _by_suggestion(connection: Connection, kind: type[Any], name: str, ids: Sequence[Id]) -> dict[Id, list[Any]]:
    """The records of a kind by the suggestion they name in a field."""
    grouped: dict[Id, list[Any]] = {}
    asked = partial(found, connection, kind)
    for start in range(0, len(ids), AT_ONCE):
        for each in asked(member(name).in_(ids[start : start + AT_ONCE])):
            grouped.setdefault(getattr(each, name), []).append(each)
    return grouped
