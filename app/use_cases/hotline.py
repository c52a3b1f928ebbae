"""What came back from the hotline (12345) is written down beside the issue, with a step for each thing that happened."""

from collections.abc import Sequence
from dataclasses import replace

from app.domain.hotline import HotlineEntry, after_hotline, hotline_problems
from app.domain.issue import Issue
from app.domain.problems import stop_at
from app.domain.values import Id
from app.queries.relations import title_of
from app.use_cases.issues import Done, saved
from app.workspace import Workspace


def save_hotline(workspace: Workspace, id: Id, entry: HotlineEntry, *, seen: Sequence[Id] = ()) -> Done:
    """Save number, acceptance, answer and the day the resident was told, as far as they are known.

    Raises `Refused("record_missing" | "incomplete" | "life_forbids" | "stale")`.
    """
    with workspace.writing() as books:
        issue = books.records.get(Issue, id).record
        stop_at(hotline_problems(issue, entry))
        by = entry.told_by or title_of(books.connection, workspace.author.op)
        today = workspace.clock.today().date()
        after, steps = after_hotline(issue, replace(entry, told_by=by), today, workspace.clock.new_id)
        return saved(books, id, [after, *steps], {id: tuple(seen)} if seen else {})
