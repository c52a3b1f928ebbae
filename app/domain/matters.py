"""Two issues compared by a person: the same matter, related ones, or different ones that only sound alike."""

from dataclasses import replace
from enum import StrEnum
from typing import Any, Final

from app.domain.issue import Issue
from app.domain.life import IssueState
from app.domain.values import Id


class Likeness(StrEnum):
    """What a person says of two issues; `UNDECIDED` takes an earlier word back."""

    SAME = "same"
    RELATED = "related"
    DIFFERENT = "different"
    UNDECIDED = "undecided"


_KEPT_IN: Final = {Likeness.RELATED: "related", Likeness.DIFFERENT: "different"}


def judged(issue: Issue, other: Id, likeness: Likeness) -> Issue:
    """The issue with this word about another one in the place of any earlier one.

    `SAME` of an issue that is not saved waits in `merged_into` until it is; what was merged already stays merged.
    """
    told: dict[str, Any] = {}
    for kept, name in _KEPT_IN.items():
        others = tuple(each for each in getattr(issue, name) if each != other)
        told[name] = (*others, other) if kept is likeness else others
    if issue.state != IssueState.MERGED and (likeness is Likeness.SAME or issue.merged_into == other):
        told["merged_into"] = other if likeness is Likeness.SAME else ""
    return replace(issue, **told)


def likeness_of(issue: Issue, other: Id) -> Likeness:
    """What was said of this issue and another one, as far as this issue tells."""
    if issue.merged_into == other:
        return Likeness.SAME
    return next((kept for kept, name in _KEPT_IN.items() if other in getattr(issue, name)), Likeness.UNDECIDED)


def spoken_of(issue: Issue) -> frozenset[Id]:
    """The other issues about which this one tells a word."""
    return frozenset({*issue.related, *issue.different, issue.merged_into} - {""})
