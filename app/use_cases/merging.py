"""One matter raised twice becomes one: where a merging leads, what it leaves, and what stands again when it is taken apart."""

from collections.abc import Sequence
from dataclasses import replace

from app.domain.issue import Issue
from app.domain.issue_steps import StepEntry, after_step, step_of
from app.domain.life import ISSUE_LIFE, IssueEvent, IssueState
from app.domain.records import Record
from app.domain.step import Step
from app.domain.values import Code, Id, known
from app.queries.issue_card import belonging
from app.queries.relations import title_of
from app.storage.transaction import Transaction
from app.workspace import Workspace


def way_of_merging(books: Transaction, into: Id) -> tuple[Id, ...]:
    """The issue, the one it became part of, and so on; the last one stands by itself. Raises `Refused("record_missing")`."""
    passed: dict[Id, None] = {}
    while into and into not in passed:
        passed[into] = None
        issue = books.records.get(Issue, into).record
        into = issue.merged_into if issue.state == IssueState.MERGED else ""
    return tuple(passed)


def state_before_merging(books: Transaction, issue: Issue) -> Code[IssueState]:
    """Where an issue that was merged stood before; empty where no step tells."""
    if issue.state != IssueState.MERGED:
        return ""
    merged = [each for each in belonging(books.connection, Step, issue.id) if each.event == IssueEvent.MERGE]
    return known(IssueState, merged[-1].from_state) if merged else ""


def with_joins(workspace: Workspace, books: Transaction, records: Sequence[Record]) -> list[Record]:
    """The records, the issues among them merged that a person said are the same as another one, each with its step.

    An issue whose other one is gone meanwhile stays by itself.
    """
    told: list[Record] = []
    for each in records:
        told += _joined(workspace, books, each) if isinstance(each, Issue) and waits_to_join(each) else [each]
    return told


def waits_to_join(issue: Issue) -> bool:
    """Whether it was said to be the same as another one before it was saved."""
    return bool(issue.merged_into) and IssueEvent.MERGE in ISSUE_LIFE.allowed(issue.state)


def _joined(workspace: Workspace, books: Transaction, issue: Issue) -> list[Record]:
    other = books.records.find(issue.merged_into)
    if other is None or other.deleted or issue.id in (way := way_of_merging(books, issue.merged_into)):
        return [replace(issue, merged_into="")]
    by = title_of(books.connection, workspace.author.op)
    entry = StepEntry(on=workspace.clock.today().date(), by=by, fields={"merged_into": way[-1]})
    alone = replace(issue, merged_into="")
    after = after_step(alone, IssueEvent.MERGE, entry)
    return [after, step_of(alone, after, IssueEvent.MERGE, entry, workspace.clock.new_id())]
