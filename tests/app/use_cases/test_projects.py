"""Livelihood projects: from issues to the vote to what residents say; the table of their life, their papers, their undo."""

from datetime import date
from typing import Any

import pytest

from app.domain.congress import Congress, Level
from app.domain.issue_steps import StepEntry
from app.domain.life import PROJECT_LIFE, ProjectEvent, ProjectState
from app.domain.papers import ALWAYS, PaperName, Span
from app.domain.project import Project
from app.domain.project_steps import PROJECT_ASKS
from app.domain.unit import Unit
from app.domain.values import Id
from app.domain.visit import Visit
from app.errors import Refused
from app.queries.issue_card import issue_card
from app.queries.project_papers import project_ballot, project_progress
from app.queries.record import record_of
from app.queries.roster_card import roster_card
from app.queries.roster_list import RosterFilter, RosterSection, roster_list
from app.use_cases.papers import Asked, composed_paper
from app.use_cases.projects import project_from, step_project
from app.use_cases.roster import save_entry
from app.use_cases.undo import undo_last
from app.workspace import Workspace
from tests.builders import an_issue, save

E, S = ProjectEvent, ProjectState
DAY = date(2026, 11, 21)


def a_project(workspace: Workspace, **told: Any) -> Id:
    project = Project(id=workspace.clock.new_id(), **{"name": "东街路灯", "year": 2027, **told})
    save(workspace, project)
    return project.id


def stepped(workspace: Workspace, id: Id, event: ProjectEvent, words: str = "", **fields: Any) -> Project:
    step_project(workspace, id, event, StepEntry(on=DAY, by="联络员甲", words=words, fields=fields))
    return record_of(workspace, Project, id)


def refused(workspace: Workspace, id: Id, event: ProjectEvent, words: str = "", **fields: Any) -> list[str]:
    with pytest.raises(Refused) as caught:
        stepped(workspace, id, event, words, **fields)
    problems = caught.value.facts.get("problems", ())
    return [each.code for each in problems] or [caught.value.code]  # type: ignore[attr-defined]  # facts are of any type


def test_a_project_is_begun_from_issues_and_each_issue_shows_it(workspace: Workspace) -> None:
    town = Congress(id=workspace.clock.new_id(), name="某镇人民代表大会", level=Level.TOWNSHIP)
    visit = Visit(id=workspace.clock.new_id(), on=DAY)
    first, second = an_issue(workspace, "路灯不亮", visit=visit.id), an_issue(workspace, "路面坑洼", place="东街")
    save(workspace, town, visit, first, second)
    sheet = project_from(workspace, [first.id, second.id, first.id])
    project = sheet.record
    assert isinstance(project, Project)
    assert (project.issues, project.visits, project.congress) == ((first.id, second.id), (visit.id,), town.id)
    assert (project.year, project.place, project.name) == (
        2027,
        "东街",
        "路灯不亮",
    )  # after the sessions of spring: next year's vote
    saved = save_entry(workspace, sheet)
    assert [(each.id, each.state) for each in issue_card(workspace, second.id).projects] == [(saved.id, S.COLLECTED)]
    assert {(each.kind, each.id) for each in roster_card(workspace, saved.id).related} == {
        ("issue", first.id),
        ("issue", second.id),
        ("visit", visit.id),
    }


def test_it_goes_its_whole_way_and_every_step_says_who_when_and_what(workspace: Workspace) -> None:
    unit = Unit(id=workspace.clock.new_id(), name="某镇建设办")
    save(workspace, unit)
    id = a_project(workspace)
    stepped(workspace, id, E.PUT_UP)
    chosen = stepped(workspace, id, E.CHOOSE, votes_for=52, votes_against=3, votes_abstained=1, unit=unit.id)
    assert (chosen.state, chosen.votes_for, chosen.unit, chosen.voted_on) == (S.CHOSEN, 52, unit.id, DAY)
    stepped(workspace, id, E.START, person_in_charge="经办人甲")
    stepped(workspace, id, E.REPORT, "装了三十盏")
    assert stepped(workspace, id, E.REPORT, "装了六十盏").progress == "装了六十盏"
    assert stepped(workspace, id, E.COMPLETE).done_on == DAY
    done = stepped(workspace, id, E.EVALUATE, satisfied=80, basically_satisfied=15, dissatisfied=5)
    assert (done.state, done.asked, done.evaluated_on) == (S.EVALUATED, 100, DAY)
    steps = roster_card(workspace, id).steps
    assert [each.event for each in steps] == [E.PUT_UP, E.CHOOSE, E.START, E.REPORT, E.REPORT, E.COMPLETE, E.EVALUATE]
    assert (steps[3].by, steps[3].on, steps[3].reason) == ("联络员甲", DAY, "装了三十盏")


def test_what_was_not_chosen_is_put_up_again_without_its_votes(workspace: Workspace) -> None:
    id = a_project(workspace, state=S.CANDIDATE)
    stepped(workspace, id, E.NOT_CHOOSE, votes_for=20, votes_against=30)
    again = stepped(workspace, id, E.PUT_UP, year=2028)
    assert (again.state, again.votes_for, again.voted_on, again.year) == (S.CANDIDATE, 0, None, 2028)


def test_what_is_missing_or_cannot_be_is_said(workspace: Workspace) -> None:
    id = a_project(workspace, state=S.UNDER_WAY)
    assert refused(workspace, id, E.REPORT) == ["step_words_missing"]
    assert refused(workspace, id, E.CHOOSE) == ["life_forbids"]
    done = a_project(workspace, state=S.DONE)
    assert refused(workspace, done, E.EVALUATE) == ["opinions_missing"]
    assert refused(workspace, done, E.EVALUATE, asked=10, satisfied=9, dissatisfied=2) == ["opinions_exceed"]


def test_every_event_of_the_table_has_its_questions(workspace: Workspace) -> None:
    assert set(PROJECT_ASKS) == set(ProjectEvent)
    reached = {after for _before, _event, after in PROJECT_LIFE.rows()}
    assert reached == set(ProjectState) - {S.COLLECTED}
    for ask in PROJECT_ASKS.values():
        assert set(ask.also) | set(ask.clears) <= set(Project.traits.fields)


def test_a_step_is_taken_back_by_one_undo(workspace: Workspace) -> None:
    id = a_project(workspace, state=S.CANDIDATE)
    stepped(workspace, id, E.CHOOSE, votes_for=52)
    undo_last(workspace, id)
    assert record_of(workspace, Project, id).state == S.CANDIDATE
    assert not roster_card(workspace, id).steps


def test_a_step_on_what_somebody_changed_meanwhile_is_refused(workspace: Workspace) -> None:
    id = a_project(workspace, state=S.CANDIDATE)
    seen = roster_card(workspace, id).heads
    stepped(workspace, id, E.CHOOSE)
    with pytest.raises(Refused) as caught:
        step_project(workspace, id, E.START, StepEntry(on=DAY), seen=seen)
    assert caught.value.code == "stale"


def test_the_list_is_narrowed_by_year_state_and_words(workspace: Workspace) -> None:
    a_project(workspace, state=S.CANDIDATE)
    a_project(workspace, name="西街水管", year=2026, state=S.UNDER_WAY, budget=12_500_000)

    def told(**asked: Any) -> list[str]:
        return [each.name for each in roster_list(workspace, RosterSection.PROJECTS, RosterFilter(**asked)).rows]

    assert told() == ["东街路灯", "西街水管"]  # the newest year first
    assert told(year=2026) == told(state="under_way") == told(typed="xjsg") == ["西街水管"]
    page = roster_list(workspace, RosterSection.PROJECTS, RosterFilter(), offset=1, limit=1)
    assert (page.total, [each.name for each in page.rows]) == (2, ["西街水管"])


# --- papers -----------------------------------------------------------------------------------------------------------


def test_candidates_stand_on_one_paper_and_what_was_chosen_on_the_other(workspace: Workspace) -> None:
    a_project(workspace, state=S.CANDIDATE, budget=12_500_000)
    a_project(workspace, name="西街水管", year=2026, state=S.EVALUATED, asked=60, satisfied=52, voted_on=DAY, votes_for=50)
    a_project(workspace, name="没有入选", year=2026, state=S.NOT_CHOSEN)
    a_project(workspace, name="未经票决就调整", year=2026, state=S.DROPPED)
    ballot, progress = project_ballot(workspace, ALWAYS), project_progress(workspace, ALWAYS)
    assert [(each.name, each.budget) for each in ballot.lines] == [("东街路灯", "12.5")]
    assert ballot.head.summary == "合计1个候选项目，资金12.5万元。"
    assert [each.name for each in progress.lines] == ["西街水管"]
    assert progress.lines[0].votes == "2026-11-21\n赞成50\n反对0\n弃权0"
    assert progress.lines[0].satisfaction.splitlines()[:2] == ["60人评议", "满意52（86.7%）"]
    year = Span(first=date(2027, 1, 1), last=date(2027, 12, 31))
    assert not project_progress(workspace, year).lines
    assert project_ballot(workspace, year).lines


@pytest.mark.parametrize("name", [PaperName.PROJECT_BALLOT, PaperName.PROJECT_PROGRESS])
def test_both_papers_are_set_also_without_any_project(workspace: Workspace, name: PaperName) -> None:
    assert composed_paper(workspace, Asked(name=name)).content.startswith(b"%PDF")
    a_project(workspace, state=S.CANDIDATE)
    a_project(workspace, name="西街水管", state=S.CHOSEN)
    assert composed_paper(workspace, Asked(name=name)).records == 1
