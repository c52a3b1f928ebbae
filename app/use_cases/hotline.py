"""What came back from the hotline (12345) is written down beside the issue, with a step for each thing that happened."""

from collections.abc import Sequence
from dataclasses import replace

from app.domain.hotline import DRAFTED, HotlineEntry, after_hotline, hotline_from, hotline_problems
from app.domain.issue import Issue
from app.domain.issue_steps import STEP_DRAFT
from app.domain.problems import stop_at
from app.domain.values import Id
from app.errors import Refused
from app.queries.relations import title_of
from app.storage import drafts as kept_drafts
from app.use_cases.drafts import drafts
from app.use_cases.issues import Done, saved
from app.workspace import Workspace


def hotline_key(id: Id) -> str:
    """The name under which the draft of an entry is kept, among those of the steps of its issue."""
    return f"{STEP_DRAFT}:{id}:{DRAFTED}"


def unsaved_hotline(workspace: Workspace, id: Id) -> HotlineEntry | None:
    """What was typed of the hotline and never saved or given up; what this program cannot read is left alone."""
    kept = next((each.body for each in drafts(workspace) if each.key == hotline_key(id)), None)
    try:
        return hotline_from(kept) if kept else None
    except Refused:
        return None  # a newer program kept it


def save_hotline(workspace: Workspace, id: Id, entry: HotlineEntry, *, seen: Sequence[Id] = ()) -> Done:
    """Save number, acceptance, answer and the day the resident was told, as far as they are known; the draft is gone.

    Raises `Refused("record_missing" | "incomplete" | "life_forbids" | "stale")`.
    """
    with workspace.writing() as books:
        issue = books.records.get(Issue, id).record
        stop_at(hotline_problems(issue, entry))
        by = entry.told_by or title_of(books.connection, workspace.author.op)
        today = workspace.clock.today().date()
        after, steps = after_hotline(issue, replace(entry, told_by=by), today, workspace.clock.new_id)
        kept_drafts.discard(books.connection, hotline_key(id), workspace.author.op)
        return saved(books, id, [after, *steps], {id: tuple(seen)} if seen else {})
