"""The slip that goes to a unit with an issue: made and numbered when it is assigned, filled with what the unit answers."""

from dataclasses import replace
from typing import Any

from app.domain.handling import Assignment, HandlingRole
from app.domain.issue import Issue
from app.domain.issue_steps import ASKS, OF_THE_UNIT, StepEntry
from app.domain.life import IssueEvent
from app.domain.records import Record
from app.queries.issue_card import belonging
from app.queries.relations import own_station
from app.storage.transaction import Transaction
from app.use_cases.numbering import numbered
from app.workspace import Workspace


def slips_after(workspace: Workspace, books: Transaction, issue: Issue, event: IssueEvent, entry: StepEntry) -> list[Record]:
    """The slip that a step writes, or adds to; `issue` is as the step leaves it. Nothing for other steps."""
    if event is IssueEvent.ASSIGN:
        made = _new_slip(workspace, books, issue, entry)
        return numbered(books, [made], {}, workspace.clock.today().date())
    slips = belonging(books.connection, Assignment, issue.id) if event in OF_THE_UNIT else []
    if not slips:
        return []  # a matter that went to the hotline by telephone has none
    newest = max(slips, key=lambda each: each.round)
    told = _given(event, entry)
    if "co_handler_opinion" in told:
        told["co_handler_opinion_on"] = entry.on
    return [replace(_told(newest, issue, event, entry), **told)]


def _new_slip(workspace: Workspace, books: Transaction, issue: Issue, entry: StepEntry) -> Assignment:
    slips = belonging(books.connection, Assignment, issue.id)
    made = Assignment(
        id=workspace.clock.new_id(),
        of=issue.id,
        source_number=issue.number or issue.source_number,
        round=len(slips) + 1,
        assigned_by_body=own_station(workspace, books.connection).name,
        assigned_by=entry.by,
        unit=issue.unit,
        summary=issue.title(),
        instruction=entry.words.strip(),
        assigned_on=entry.on,
        due_on=issue.due_on,
    )
    told = _given(IssueEvent.ASSIGN, entry)
    others = tuple(each for each in told.pop("co_units", ()) if each != issue.unit)
    role = HandlingRole.LEAD if others else HandlingRole.SOLE
    return replace(made, role=role, co_units=others, **told)


def _told(slip: Assignment, issue: Issue, event: IssueEvent, entry: StepEntry) -> Assignment:
    if event is IssueEvent.SIGN_FOR:
        return replace(slip, signed_for_by=entry.by, signed_for_on=entry.on)
    if event is IssueEvent.OBJECT:
        return replace(slip, objected_on=entry.on, objection=entry.words.strip())
    return replace(slip, result=issue.result, account=issue.result_text, handler=entry.by, feedback_on=entry.on)


def _given(event: IssueEvent, entry: StepEntry) -> dict[str, Any]:
    """What stands on the slip besides, where anything was said."""
    return {name: entry.slip[name] for name in ASKS[event].slip if entry.slip.get(name)}
