"""What a person says of two issues that stand in the records: the same, related, different; each word can be taken back."""

from collections.abc import Sequence

from app.domain.issue import Issue
from app.domain.issue_steps import StepEntry
from app.domain.life import IssueEvent
from app.domain.matters import Likeness, judged
from app.domain.problems import Problem, stop_at
from app.domain.values import Id
from app.queries.relations import title_of
from app.use_cases.issues import Done, saved, step_issue
from app.workspace import Workspace


def judge(workspace: Workspace, id: Id, other: Id, likeness: Likeness, *, seen: Sequence[Id] = ()) -> Done:
    """Let two issues be the same matter, by merging the first into the other, related, different, or neither any more.

    The word stands with the first issue; one that the other issue had about it is gone.
    Raises `Refused("record_missing" | "life_forbids" | "incomplete" | "stale")`.
    """
    if likeness is Likeness.SAME:
        with workspace.reading() as connection:
            by = title_of(connection, workspace.author.op)
        entry = StepEntry(on=workspace.clock.today().date(), by=by, fields={"merged_into": other})
        return step_issue(workspace, id, IssueEvent.MERGE, entry, seen=seen)
    if id == other:
        stop_at([Problem(code="merge_circle", field="merged_into")])
    with workspace.writing() as books:
        here, there = (books.records.get(Issue, each).record for each in (id, other))
        records = [judged(here, other, likeness), judged(there, id, Likeness.UNDECIDED)]
        return saved(books, id, records, {id: tuple(seen)} if seen else {})
