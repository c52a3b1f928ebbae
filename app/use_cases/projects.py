"""Livelihood projects (民生实事): begun from what residents raised, put to the vote, followed to their end."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from app.changes import Changes, changes_of
from app.domain.congress import Congress, Level
from app.domain.issue import Issue
from app.domain.issue_steps import StepEntry
from app.domain.life import ProjectEvent, ProjectState
from app.domain.problems import stop_at
from app.domain.project import Project
from app.domain.project_steps import after_project_step, project_entry_from, project_step_of, project_step_problems
from app.domain.values import Id
from app.errors import Refused
from app.queries.relations import by_ids, found, own_station
from app.storage import drafts as kept_drafts
from app.use_cases.drafts import drafts
from app.use_cases.roster import RosterSheet, new_entry
from app.workspace import Workspace

STEP: Final = "project_step"
_VOTES_IN: Final = 3
"""The congresses of counties and townships meet until March; what is raised later is for the next year's vote."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectStepped:
    """A project one step further."""

    id: Id
    changes: Changes


def project_from(workspace: Workspace, issues: Sequence[Id] = ()) -> RosterSheet:
    """A project of the coming vote to be entered, on the ground of these issues and the visits they came from; not saved yet."""
    with workspace.reading() as connection:
        grounds = by_ids(connection, Issue, tuple(dict.fromkeys(issues)))
        congress = _congress(found(connection, Congress), own_station(workspace, connection).congress)
    today = workspace.clock.today().date()
    content = "\n".join(each.title() for each in grounds) if len(grounds) > 1 else ""
    return new_entry(
        workspace,
        "project",
        congress=congress,
        year=today.year + (today.month > _VOTES_IN),
        name=grounds[0].title() if grounds else "",
        content=content,
        place=next((each.place for each in grounds if each.place), ""),
        issues=tuple(each.id for each in grounds),
        visits=tuple(dict.fromkeys(each.visit for each in grounds if each.visit)),
        proposed_on=today,
        state=ProjectState.COLLECTED,
    )


def _congress(known: Sequence[Congress], own: Id) -> Id:
    """The station's congress, else the one of the township, else of the county: their deputies vote."""
    if own in {each.id for each in known}:
        return own
    return next((each.id for level in (Level.TOWNSHIP, Level.COUNTY) for each in known if each.level == level), "")


def step_project(
    workspace: Workspace, id: Id, event: ProjectEvent, entry: StepEntry, *, seen: Sequence[Id] = ()
) -> ProjectStepped:
    """Take a project one step further, with the step written down; the step's draft is gone.

    Raises `Refused("record_missing" | "life_forbids" | "incomplete" | "stale")`.
    """
    with workspace.writing() as books:
        stored = books.records.get(Project, id)
        after = after_project_step(stored.record, event, entry)
        stop_at(project_step_problems(event, entry))
        step = project_step_of(stored.record, after, event, entry, workspace.clock.new_id())
        books.records.save_all([after, step], seen={id: tuple(seen) or stored.heads})
        kept_drafts.discard(books.connection, step_key(id, event), workspace.author.op)
    return ProjectStepped(id=id, changes=changes_of({"project", "step"}))


# --- drafts -----------------------------------------------------------------------------------------------------------


def step_key(id: Id, event: ProjectEvent) -> str:
    """The name under which the draft of a step of a project is kept."""
    return f"{STEP}:{id}:{event}"


def unsaved_step(workspace: Workspace, id: Id, event: ProjectEvent) -> StepEntry | None:
    """What was typed for a step of a project and never saved or given up."""
    key = step_key(id, event)
    body: Any = next((each.body for each in drafts(workspace) if each.key == key), None)
    try:
        return project_entry_from(body) if body else None
    except Refused:
        return None  # a newer program kept it
