"""A problem: what is missing or odd in a record, and in which field; `app.messages` has the sentences."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as declared

from app.errors import AppError, Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing to mend before the step can be taken, or only to be told: a hint never stops anybody."""

    code: str
    field: str = ""
    hint: bool = False
    facts: Mapping[str, object] = declared(default_factory=dict, hash=False)


def stop_at(problems: Iterable[Problem]) -> None:
    """Raise `Refused("incomplete", problems)` where at least one of them is more than a hint."""
    if blocking := tuple(each for each in problems if not each.hint):
        raise Refused("incomplete", problems=blocking)


def stopped_by(error: AppError) -> tuple[Problem, ...]:
    """The problems a deed was stopped at (`stop_at`); none where it failed for anything else."""
    problems = error.facts.get("problems", ()) if error.code == "incomplete" else ()
    return tuple(each for each in problems if isinstance(each, Problem)) if isinstance(problems, tuple) else ()
