"""A suggestion with everything that came of it, and the rules of the congress that receives it."""

from collections.abc import Collection, Mapping, Sequence
from functools import partial
from typing import Any, Final

from sqlalchemy import Connection

from app.domain.award import Award
from app.domain.congress import Congress
from app.domain.handling import Assignment, Commitment, Outcome, Supervision
from app.domain.records import Record
from app.domain.reply import Evaluation, Reply
from app.domain.review import Consultation, Review
from app.domain.step import Step
from app.domain.suggestion import Suggestion
from app.domain.suggestion_course import Course
from app.domain.suggestion_limits import Rules
from app.domain.values import Id
from app.queries.relations import AT_ONCE, found, member, of_id
from app.reference import DEFAULT_PROFILE, rule_profiles, work_calendar

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


def rules_of(connection: Connection, suggestion: Suggestion) -> Rules:
    """The rules of the congress that receives it; where that names none, those that come with the program."""
    return rules_named(_profile_of(connection, suggestion.receiving_body))


def rules_named(name: str) -> Rules:
    """The rules of a profile; of one that is not known, the usual ones."""
    profiles = rule_profiles()
    return Rules(profile=profiles.get(name, profiles[DEFAULT_PROFILE]), calendar=work_calendar())


def rules_by_congress(connection: Connection) -> Mapping[Id, Rules]:
    """The rules of every congress the station knows."""
    return {each.id: rules_named(each.rule_profile) for each in found(connection, Congress)}


def _profile_of(connection: Connection, congress: Id) -> str:
    known = of_id(connection, Congress, congress)
    return known.rule_profile if known else ""


def _by_suggestion(connection: Connection, kind: type[Any], name: str, ids: Sequence[Id]) -> dict[Id, list[Any]]:
    """The records of a kind by the suggestion they name in a field."""
    grouped: dict[Id, list[Any]] = {}
    asked = partial(found, connection, kind)
    for start in range(0, len(ids), AT_ONCE):
        for each in asked(member(name).in_(ids[start : start + AT_ONCE])):
            grouped.setdefault(getattr(each, name), []).append(each)
    return grouped
