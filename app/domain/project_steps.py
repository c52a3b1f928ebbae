"""What each step of a livelihood project asks a person, and what it leaves in the project."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from app.domain.drafted import refused_as
from app.domain.issue_steps import StepEntry
from app.domain.life import PROJECT_LIFE, ProjectEvent
from app.domain.problems import Problem
from app.domain.project import Project
from app.domain.step import Step
from app.domain.values import Id, Json

_E: Final = ProjectEvent
_VOTES: Final = ("votes_for", "votes_against", "votes_abstained")
_OPINIONS: Final = ("satisfied", "basically_satisfied", "dissatisfied")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectAsk:
    """One step: the field that takes its day, which others it asks for, whether something must be said.

    What is said of how far the work has come is the project's progress from then on; `clears` is not true of it any more.
    """

    on: str = ""
    also: tuple[str, ...] = ()
    said: bool = False
    progress: bool = False
    clears: tuple[str, ...] = ()


PROJECT_ASKS: Final[Mapping[ProjectEvent, ProjectAsk]] = {
    _E.PUT_UP: ProjectAsk(also=("year",), clears=("voted_on", *_VOTES)),
    _E.CHOOSE: ProjectAsk(on="voted_on", also=(*_VOTES, "unit", "due_on")),
    _E.NOT_CHOOSE: ProjectAsk(on="voted_on", also=_VOTES),
    _E.START: ProjectAsk(also=("unit", "person_in_charge", "due_on"), progress=True),
    _E.REPORT: ProjectAsk(said=True, progress=True),
    _E.COMPLETE: ProjectAsk(on="done_on", progress=True),
    _E.EVALUATE: ProjectAsk(on="evaluated_on", also=("asked", *_OPINIONS)),
    _E.DROP: ProjectAsk(said=True),
    _E.RESUME: ProjectAsk(said=True, progress=True, clears=("done_on",)),
}
"""Every event of the project's life, with what it asks."""


def next_project_steps(project: Project) -> tuple[ProjectEvent, ...]:
    """What may happen to the project now, the usual way first."""
    return PROJECT_LIFE.allowed(project.state)


def project_step_problems(event: ProjectEvent, entry: StepEntry) -> Iterator[Problem]:
    """What is missing in, or wrong with, what was given for a step."""
    if PROJECT_ASKS[event].said and not entry.words.strip():
        yield Problem(code="step_words_missing", field="words")
    if event is _E.EVALUATE:
        said, asked = sum(int(entry.fields.get(name) or 0) for name in _OPINIONS), int(entry.fields.get("asked") or 0)
        if not said:
            yield Problem(code="opinions_missing", field="satisfied")
        elif asked and said > asked:
            yield Problem(code="opinions_exceed", field="asked", facts={"said": said, "asked": asked})


def after_project_step(project: Project, event: ProjectEvent, entry: StepEntry) -> Project:
    """The project as the step leaves it; raises `Refused("life_forbids")`."""
    ask = PROJECT_ASKS[event]
    fields = Project.traits.fields
    told: dict[str, Any] = {name: fields[name].shape.empty for name in ask.clears}
    told |= {name: entry.fields[name] for name in ask.also if name in entry.fields}
    if event is _E.EVALUATE and not told.get("asked"):
        told["asked"] = sum(int(told.get(name) or 0) for name in _OPINIONS)
    if ask.on:
        told[ask.on] = entry.on
    if ask.progress and entry.words.strip():
        told["progress"] = entry.words.strip()
    return replace(project, state=PROJECT_LIFE.after(project.state, event), **told)


def project_step_of(project: Project, after: Project, event: ProjectEvent, entry: StepEntry, id: Id) -> Step:
    """The step as it is written down."""
    return Step(
        id=id,
        of=project.id,
        event=event,
        from_state=project.state,
        to_state=after.state,
        on=entry.on,
        reason=entry.words.strip(),
        by_name=entry.by.strip(),
    )


def project_entry_told(project: Project, event: ProjectEvent, entry: StepEntry) -> dict[str, Json]:
    """What was given for a step so far as plain JSON, with the project it belongs to."""
    fields = {name: Project.traits.fields[name].shape.write(value) for name, value in entry.fields.items() if value is not None}
    said: dict[str, Json] = {"on": entry.on.isoformat(), "by": entry.by, "words": entry.words, "fields": fields}
    return {"of": project.id, "event": str(event), "subject": project.title(), **said}


def project_entry_from(told: Mapping[str, Any]) -> StepEntry:
    """What `project_entry_told` told of a step; raises `Refused("field_malformed")` for anything else."""
    with refused_as("step"):
        fields = {name: Project.traits.fields[name].shape.read(value) for name, value in told["fields"].items()}
        return StepEntry(on=date.fromisoformat(told["on"]), by=str(told["by"]), words=str(told["words"]), fields=fields)
