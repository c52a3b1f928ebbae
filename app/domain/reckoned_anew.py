"""Days that were reckoned by rules which are others now: they follow, unless somebody has set or agreed on another day."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from app.domain.handling import Assignment
from app.domain.issue import Issue
from app.domain.records import Record
from app.domain.suggestion_course import ANSWERING, Course
from app.domain.suggestion_limits import Rules


def course_anew(course: Course, before: Rules, after: Rules) -> tuple[Record, ...]:
    """The slips that are still owed and their suggestion, with the days the rules give now; nothing where none differs."""
    moved: dict[date, date] = {}
    slips = [
        anew
        for slip in (*course.owing(), *(each for each in course.co_handling() if each.co_handler_opinion_on is None))
        if (anew := _slip_anew(slip, before, after, moved)) != slip
    ]
    suggestion = course.suggestion
    days = {name: getattr(suggestion, name) for name in ("due_on", "extended_due_on")}
    told: dict[str, Any] = {name: moved[day] for name, day in days.items() if day in moved}
    after_all = replace(suggestion, **told)
    return (*slips, *((after_all,) if after_all != suggestion else ()))


def issue_anew(issue: Issue, slips: Iterable[Assignment], before: Rules, after: Rules) -> tuple[Record, ...]:
    """The issue and its slips with the day the rules give now; nothing where it was set by hand, or is the same."""
    if issue.assigned_on is None or issue.due_on != before.issue_due(issue.assigned_on).day:
        return ()
    day = after.issue_due(issue.assigned_on).day
    if day == issue.due_on:
        return ()
    return (replace(issue, due_on=day), *(replace(each, due_on=day) for each in slips if each.due_on == issue.due_on))


def _slip_anew(slip: Assignment, before: Rules, after: Rules, moved: dict[date, date]) -> Assignment:
    """The slip with its days moved, each written down in `moved` by what it was."""
    start = slip.assigned_on
    if start is None:
        return slip
    named = "co_handler_opinion" if slip.role not in ANSWERING else "rehandling" if slip.round > 1 else "reply"
    for field, value in (("due_on", named), ("extended_to", "extended_reply")):
        old, new = (rules.due(start, getattr(rules.profile, value)).day for rules in (before, after))
        if getattr(slip, field) == old != new:
            told: dict[str, Any] = {field: new}
            slip = replace(slip, **told)
            moved[old] = min(new, moved.get(old, new))
    return slip
