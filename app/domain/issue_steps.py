"""What each step of an issue asks a person, and what it leaves in the issue (domain brief 2.4, decision 10)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final

from app.domain.drafted import refused_as
from app.domain.handling import Assignment
from app.domain.issue import Issue, Route, assignment_problems
from app.domain.life import ISSUE_LIFE, IssueEvent, IssueState
from app.domain.problems import Problem
from app.domain.step import Step
from app.domain.values import Code, CodeSet, Id, Json

STEP_DRAFT: Final = "step"
"""The kind of a draft kept on the form of a step."""

_E: Final = IssueEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One step: the fields of the issue that take its words, its day and who did it, and which others it asks for.

    `needs` are those that must be given, `words` among them where something must be said; `fixed` follows from the step itself;
    `clears` is not true of the issue any more after it; `slip` are fields of the unit's slip that it asks for besides.
    """

    words: str = ""
    on: str = ""
    by: str = ""
    also: tuple[str, ...] = ()
    needs: frozenset[str] = frozenset()
    fixed: Mapping[str, object] = field(default_factory=dict, hash=False)
    clears: tuple[str, ...] = ()
    slip: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StepEntry:
    """What a person gives for a step; `fields` holds what else it asks for, by the names of the issue's fields.

    `slip` holds what stands on the unit's slip besides, by the names of the assignment's fields.
    """

    on: date
    by: str = ""
    words: str = ""
    fields: Mapping[str, Any] = field(default_factory=dict, hash=False)
    slip: Mapping[str, Any] = field(default_factory=dict, hash=False)


_APPROVAL: Final = ("approved_by", "approved_on", "approval")
_ASSIGNMENT: Final = ("assigned_on", "unit", "due_on")
_RESULT: Final = ("result", "result_text", "closed_on")
_SAID: Final = frozenset({"words"})

ASKS: Final[Mapping[IssueEvent, Ask]] = {
    _E.ACCEPT: Ask(),
    _E.DECLINE: Ask(needs=_SAID, fixed={"route": Route.NOT_ACCEPTED}),
    _E.REFER: Ask(also=("route",), needs=_SAID),
    _E.MERGE: Ask(also=("merged_into",), needs=frozenset({"merged_into"})),
    _E.UNMERGE: Ask(needs=_SAID, clears=("merged_into",)),
    _E.REPLY_ON_SPOT: Ask(
        words="on_spot_reply", on="closed_on", also=("result",), needs=_SAID, fixed={"route": Route.ON_THE_SPOT}
    ),
    _E.PROPOSE: Ask(
        words="proposed_handling",
        on="proposed_on",
        by="proposed_by",
        also=("route",),
        needs=_SAID,
        clears=(*_APPROVAL, *_ASSIGNMENT),
    ),
    _E.APPROVE: Ask(words="approval", on="approved_on", by="approved_by"),
    _E.SEND_BACK: Ask(needs=_SAID, clears=_APPROVAL),
    _E.ASSIGN: Ask(
        on="assigned_on",
        also=("unit", "due_on", "route"),
        needs=frozenset({"unit"}),
        slip=("co_units", "assigned_by_body", "feedback_required"),
    ),
    _E.SIGN_FOR: Ask(),
    _E.OBJECT: Ask(needs=_SAID),
    _E.HANDLE: Ask(
        words="result_text",
        also=("result",),
        needs=_SAID | {"result"},
        slip=("basis", "office_phone", "issued_by", "sealed", "co_handler_opinion"),
    ),
    _E.RAISE: Ask(also=("route",), needs=_SAID),
    _E.FEED_BACK: Ask(words="feedback", on="feedback_on", also=("feedback_way",), needs=_SAID),
    _E.CALL_BACK: Ask(
        on="call_back_on", by="call_back_by", also=("call_back_way", "satisfaction"), needs=frozenset({"satisfaction"})
    ),
    # The matter stands where it stood after the proposal; how content the resident was stays, for that was said.
    _E.REHANDLE: Ask(on="proposed_on", by="proposed_by", needs=_SAID, clears=(*_APPROVAL, *_ASSIGNMENT, *_RESULT)),
    _E.CLOSE: Ask(on="closed_on", also=("result",)),
    _E.ARCHIVE: Ask(on="archived_on", also=("archive_number",)),
    _E.REOPEN: Ask(
        needs=_SAID,
        clears=("route", "merged_into", "archive_number", "archived_on", *_APPROVAL, *_ASSIGNMENT, *_RESULT),
    ),
}
"""Every event of the issue's life, with what it asks."""

OF_THE_UNIT: Final = frozenset({_E.SIGN_FOR, _E.OBJECT, _E.HANDLE})
"""Steps that somebody of the unit takes, not whoever writes them down."""

ROUTES: Final[Mapping[IssueEvent, tuple[Route, ...]]] = {
    _E.REFER: (Route.HOTLINE_12345, Route.PETITION, Route.NOT_ACCEPTED),
    _E.PROPOSE: (
        *(Route.VILLAGE, Route.TOWNSHIP_OFFICE, Route.COUNTY_DEPARTMENT, Route.HOTLINE_12345),
        *(Route.SUGGESTION_THIS_LEVEL, Route.SUGGESTION_HIGHER),
    ),
    _E.ASSIGN: (Route.VILLAGE, Route.TOWNSHIP_OFFICE, Route.COUNTY_DEPARTMENT, Route.HOTLINE_12345),
    _E.RAISE: (Route.SUGGESTION_THIS_LEVEL, Route.SUGGESTION_HIGHER),
}
"""Where an issue may go by the steps that ask for it."""

USUAL: Final[Mapping[IssueEvent, int]] = {
    event: number
    for number, event in enumerate(
        (
            *(_E.ACCEPT, _E.PROPOSE, _E.APPROVE, _E.ASSIGN, _E.HANDLE, _E.FEED_BACK, _E.CALL_BACK, _E.CLOSE, _E.ARCHIVE),
            *(_E.REPLY_ON_SPOT, _E.SIGN_FOR, _E.RAISE, _E.REFER, _E.DECLINE, _E.MERGE, _E.SEND_BACK, _E.OBJECT),
            *(_E.REHANDLE, _E.UNMERGE, _E.REOPEN),
        )
    )
}
"""How likely a step is where several are allowed: the usual way first, then the ways that leave it."""


_MISSING: Final = (
    Problem(code="step_words_missing", field="words"),
    Problem(code="merge_target_missing", field="merged_into"),
    Problem(code="result_missing", field="result"),
    Problem(code="satisfaction_missing", field="satisfaction"),
)


def next_steps(issue: Issue) -> tuple[IssueEvent, ...]:
    """What may happen to the issue now, the most likely first."""
    return tuple(sorted(ISSUE_LIFE.allowed(issue.state), key=USUAL.__getitem__))


def step_problems(issue: Issue, event: IssueEvent, entry: StepEntry) -> Iterator[Problem]:
    """What is missing in, or wrong with, what was given for a step."""
    if event is IssueEvent.ASSIGN:
        yield from assignment_problems(after_step(issue, event, entry))
    elif issue.received_on and entry.on < issue.received_on:
        yield Problem(code="step_before_received", field="on")
    yield from (each for each in _MISSING if each.field in ASKS[event].needs and not _given(entry, each.field))
    if entry.fields.get("merged_into") == issue.id:
        yield Problem(code="merge_circle", field="merged_into")


def after_step(issue: Issue, event: IssueEvent, entry: StepEntry, before: Code[IssueState] = "") -> Issue:
    """The issue as the step leaves it; raises `Refused("life_forbids")`.

    `before` is where it stood before it was merged: what is taken apart again stands there, and has all that it had.
    """
    ask = ASKS[event]
    told: dict[str, Any] = {name: Issue.traits.fields[name].shape.empty for name in ask.clears}
    told |= {name: entry.fields[name] for name in ask.also if entry.fields.get(name)}
    told |= ask.fixed
    told |= {name: value for name, value in ((ask.words, entry.words.strip()), (ask.by, entry.by.strip())) if name and value}
    if ask.on:
        told[ask.on] = entry.on
    after: Code[IssueState] = ISSUE_LIFE.after(issue.state, event)
    return replace(issue, state=before or after if event is IssueEvent.UNMERGE else after, **told)


def step_of(issue: Issue, after: Issue, event: IssueEvent, entry: StepEntry, id: Id) -> Step:
    """The step as it is written down."""
    reason = entry.words.strip() or _said_by_choice(event, entry)
    return Step(
        id=id,
        of=issue.id,
        event=event,
        from_state=issue.state,
        to_state=after.state,
        on=entry.on,
        reason=reason,
        by_name=entry.by.strip(),
    )


def entry_told(issue: Issue, event: IssueEvent, entry: StepEntry) -> dict[str, Json]:
    """What was given for a step so far as plain JSON, with the issue it belongs to."""
    fields = {name: Issue.traits.fields[name].shape.write(value) for name, value in entry.fields.items()}
    slip = {name: Assignment.traits.fields[name].shape.write(value) for name, value in entry.slip.items()}
    said: dict[str, Json] = {"on": entry.on.isoformat(), "by": entry.by, "words": entry.words, "fields": fields, "slip": slip}
    return {"of": issue.id, "event": str(event), "subject": issue.title(), **said}


def entry_from(told: Mapping[str, Any]) -> tuple[IssueEvent, StepEntry]:
    """The step and what `entry_told` told of it; raises `Refused("field_malformed")` for anything else."""
    with refused_as("step"):
        fields = {name: Issue.traits.fields[name].shape.read(value) for name, value in told["fields"].items()}
        slip = {name: Assignment.traits.fields[name].shape.read(value) for name, value in told.get("slip", {}).items()}
        on, by, words = date.fromisoformat(told["on"]), str(told["by"]), str(told["words"])
        return IssueEvent(told["event"]), StepEntry(on=on, by=by, words=words, fields=fields, slip=slip)


def _given(entry: StepEntry, name: str) -> bool:
    return bool(entry.words.strip() if name == "words" else entry.fields.get(name))


def _said_by_choice(event: IssueEvent, entry: StepEntry) -> str:
    """A call-back is told by what the resident answered."""
    answer = entry.fields.get("satisfaction") if event is IssueEvent.CALL_BACK else None
    return f"反映人{answer.label}" if isinstance(answer, CodeSet) else ""
