"""What the hotline (12345) says of a matter that was handed to it: taken up, answered, and told to the resident."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from app.domain.drafted import refused_as
from app.domain.issue import FeedbackWay, Issue, IssueResult, Route
from app.domain.issue_steps import StepEntry, after_step, step_of
from app.domain.life import ISSUE_LIFE, IssueEvent, IssueState
from app.domain.problems import Problem
from app.domain.step import Step
from app.domain.values import Code, Id, Json

HOTLINE: Final = "12345热线"
"""Who answered, where nobody says which unit it was."""

DRAFTED: Final = "hotline"
"""What a draft of an entry is called where a draft of a step tells its event."""

_FIELDS: Final = {
    "number": "work_order",
    "accepted_on": "work_order_on",
    "result": "result",
    "account": "result_text",
    "told_on": "feedback_on",
    "told_way": "feedback_way",
    "told": "feedback",
}
_E, _S = IssueEvent, IssueState
_ANSWERED: Final = frozenset({_S.HANDLED, _S.FED_BACK, _S.CALLED_BACK, _S.CLOSED})


@dataclass(frozen=True, slots=True, kw_only=True)
class HotlineEntry:
    """What is known from the hotline; `by` says who answered, `told_by` who told the resident."""

    number: str = ""
    accepted_on: date | None = None
    result: Code[IssueResult] = ""
    account: str = ""
    answered_on: date | None = None
    by: str = ""
    told_on: date | None = None
    told_way: Code[FeedbackWay] = ""
    told: str = ""
    told_by: str = ""


def hotline_entry(issue: Issue) -> HotlineEntry:
    """What the issue says of it already."""
    return HotlineEntry(**{name: getattr(issue, field) for name, field in _FIELDS.items()})


def hotline_told(issue: Issue, entry: HotlineEntry) -> dict[str, Json]:
    """What was typed so far as plain JSON, with the issue it belongs to: a draft like that of a step."""
    told = {issue_field: getattr(entry, name) for name, issue_field in _FIELDS.items()}
    fields = {name: Issue.traits.fields[name].shape.write(value) for name, value in told.items() if value}
    answered = entry.answered_on.isoformat() if entry.answered_on else ""
    return {"of": issue.id, "event": DRAFTED, "subject": issue.title(), "fields": fields, "answered_on": answered}


def hotline_from(told: Mapping[str, Any]) -> HotlineEntry:
    """What `hotline_told` told of; raises `Refused("field_malformed")` for anything else."""
    with refused_as("issue"):
        fields, written = Issue.traits.fields, told["fields"]
        given = {name: fields[each].shape.read(written[each]) for name, each in _FIELDS.items() if each in written}
        answered = date.fromisoformat(told["answered_on"]) if told["answered_on"] else None
        return HotlineEntry(answered_on=answered, **given)


def hotline_problems(issue: Issue, entry: HotlineEntry) -> Iterator[Problem]:
    """What is missing, or does not fit the matter's life."""
    answered = bool(entry.result or entry.account.strip())
    if not entry.number.strip():
        yield Problem(code="work_order_missing", field="number")
    if answered and entry.answered_on and issue.received_on and entry.answered_on < issue.received_on:
        yield Problem(code="step_before_received", field="answered_on")
    if entry.told_on and not answered:
        yield Problem(code="told_before_answer", field="told_on")


def takes_answer(issue: Issue) -> bool:
    """Whether the life of the issue has room for an answer of the hotline now."""
    return issue.state in _ANSWERED or bool({_E.HANDLE, _E.REFER}.intersection(ISSUE_LIFE.allowed(issue.state)))


def after_hotline(issue: Issue, entry: HotlineEntry, today: date, new_id: Callable[[], Id]) -> tuple[Issue, list[Step]]:
    """The issue with what the hotline says, and a step for each thing that happened to it by that.

    A matter that nobody had guided to the hotline is, from then on; what was answered or told before is corrected.
    Raises `Refused("life_forbids")` where the matter is with somebody else.
    """
    after, steps = replace(issue, work_order=entry.number.strip(), work_order_on=entry.accepted_on), list[Step]()

    def take(event: IssueEvent, given: StepEntry) -> None:
        nonlocal after
        before, after = after, after_step(after, event, given)
        steps.append(step_of(before, after, event, given, new_id()))

    account = entry.account.strip()
    if (entry.result or account) and (entry.result, account) != (issue.result, issue.result_text):
        on = entry.answered_on or today
        if _E.REFER in ISSUE_LIFE.allowed(after.state):
            words = f"转{HOTLINE}，工单编号{after.work_order}"
            take(_E.REFER, StepEntry(on=entry.accepted_on or on, words=words, fields={"route": Route.HOTLINE_12345}))
        if after.state in _ANSWERED:
            after = replace(after, result=entry.result, result_text=account)
        else:
            take(_E.HANDLE, StepEntry(on=on, by=entry.by or HOTLINE, words=account, fields={"result": entry.result}))
    if entry.told_on:
        told = entry.told.strip() or account
        if _E.FEED_BACK in ISSUE_LIFE.allowed(after.state):
            given = {"feedback_way": entry.told_way}
            take(_E.FEED_BACK, StepEntry(on=entry.told_on, by=entry.told_by, words=told, fields=given))
        else:
            after = replace(after, feedback_on=entry.told_on, feedback_way=entry.told_way, feedback=told)
    return after, steps
