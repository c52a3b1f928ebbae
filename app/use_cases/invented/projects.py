"""Invented livelihood projects: of the last two years' votes and of the next one, each on the ground of issues."""

from collections.abc import Iterator, Sequence
from random import Random
from typing import Any, Final

from app.domain.issue_steps import StepEntry
from app.domain.life import ProjectEvent, ProjectState
from app.domain.project import Project
from app.domain.project_steps import after_project_step, project_step_of
from app.domain.records import Record
from app.domain.step import Step
from app.use_cases.invented.plans import IssuePlan
from app.use_cases.invented.words import Topic
from app.use_cases.invented.world import World

_E: Final = ProjectEvent
_WORKS: Final = frozenset({"city", "housing", "water", "farming", "transport", "culture", "civil", "education"})
"""Units whose matters become projects."""

_CHOSEN: Final = (_E.PUT_UP, _E.CHOOSE)
_STORIES: Final[tuple[tuple[int, tuple[ProjectEvent, ...]], ...]] = (
    (440, (*_CHOSEN, _E.START, _E.REPORT, _E.COMPLETE, _E.EVALUATE)),
    (440, (*_CHOSEN, _E.START, _E.REPORT, _E.COMPLETE)),
    (215, (*_CHOSEN, _E.START, _E.REPORT, _E.REPORT)),
    (215, (_E.PUT_UP, _E.NOT_CHOOSE)),
    (215, _CHOSEN),
    (40, (_E.PUT_UP,)),
    (35, (_E.PUT_UP,)),
    (20, ()),
)
"""How many working days ago a project was proposed, and what has happened to it since."""

_BETWEEN: Final = 35  # working days from one event to the next
_SAID: Final = {
    _E.START: "施工单位已确定，现场开工。",
    _E.REPORT: "主体完成过半，资金拨付到位，工期正常。",
    _E.COMPLETE: "已完工并组织代表和群众现场验收。",
    _E.EVALUATE: "代表入户征求意见，群众普遍反映出行和生活更方便。",
}


def project_records(world: World, issues: Sequence[IssuePlan]) -> Iterator[Record]:
    """The projects with their steps; none where nobody raised anything. Chance of its own: nothing else changes by them."""
    chance = Random("民生实事")
    topics = {each.topic.name: each.topic for each in issues if each.topic.unit in _WORKS}
    for (ago, events), topic in zip(_STORIES, topics.values(), strict=False):
        yield from _told(world, chance, topic, [each for each in issues if each.topic is topic][:3], ago, events)


def _told(
    world: World, chance: Random, topic: Topic, grounds: Sequence[IssuePlan], ago: int, events: Sequence[ProjectEvent]
) -> Iterator[Record]:
    start = max(0, len(world.days) - 1 - ago)
    proposed = world.day(start)
    project = Project(
        id=world.new_id(),
        congress=world.deputies[-1].congress,
        year=proposed.year + (proposed.month > 3),
        name=f"{topic.name}改善项目",
        content="\n".join(f"{number}. {each}" for number, each in enumerate(topic.demand[:3], start=1)),
        place="示例街道辖区",
        issues=tuple(each.id for each in grounds),
        unit=world.units[topic.unit],
        budget=chance.randrange(20, 400) * 1_000_000,
        proposed_on=proposed,
        state=ProjectState.COLLECTED,
    )
    steps: list[Step] = []
    for number, event in enumerate(events):
        entry = StepEntry(
            on=world.day(start + number * _BETWEEN),
            by=world.staff.officer,
            words=_SAID.get(event, ""),
            fields=_given(chance, event),
        )
        after = after_project_step(project, event, entry)
        steps.append(project_step_of(project, after, event, entry, world.new_id()))
        project = after
    yield project
    yield from steps


def _given(chance: Random, event: ProjectEvent) -> dict[str, Any]:
    """Votes of sixty deputies, answers of a hundred residents."""
    if event in {_E.CHOOSE, _E.NOT_CHOOSE}:
        yes = chance.randrange(48, 58) if event is _E.CHOOSE else chance.randrange(18, 28)
        none = chance.randrange(0, 3)
        return {"votes_for": yes, "votes_against": 60 - yes - none, "votes_abstained": none}
    if event is _E.EVALUATE:
        satisfied, no = chance.randrange(80, 92), chance.randrange(0, 4)
        return {"asked": 100, "satisfied": satisfied, "basically_satisfied": 100 - satisfied - no, "dissatisfied": no}
    return {}
