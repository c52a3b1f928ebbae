"""The list of issues: what its filters leave, page by page, is what plain Python leaves."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.encounter import Encounter
from app.domain.issue import Issue
from app.domain.life import IssueState
from app.domain.search import fold
from app.queries.issue_due import AHEAD, DONE_WITH
from app.queries.issue_list import (
    STATES,
    IssueFilter,
    IssueGroup,
    candidates,
    issue_figures,
    issue_list,
    issue_span,
)
from app.workspace import Workspace
from tests.builders import an_encounter, an_issue, remove, save, station

TODAY = date(2026, 11, 21)
SUBJECTS = ("路灯不亮", "停水三天", "停电", "道路积水", "Wi-Fi 断网")
CATEGORIES = ("01", "03", "", "自定")


def invented(workspace: Workspace) -> tuple[list[Issue], dict[str, Encounter]]:
    """Issues of every state, category and deadline, some of somebody, some removed."""
    people = [
        an_encounter(workspace, name, confidential=number == 1) for number, name in enumerate(("群众甲", "住户乙", "群众丙路"))
    ]
    issues: list[Issue] = []
    for number, state in enumerate([*IssueState, *IssueState, "coined_later", ""]):
        person = people[number % 4] if number % 4 < 3 else None
        issues.append(
            an_issue(
                workspace,
                SUBJECTS[number % len(SUBJECTS)],
                state=state,
                category=CATEGORIES[number % len(CATEGORIES)],
                received_on=TODAY - timedelta(days=number // 3) if number % 7 else None,
                due_on=TODAY + timedelta(days=number * 3 - 20) if number % 2 else None,
                encounter=person.id if person else "",
                confidential=number % 11 == 0,
                number=f"意{number:03d}",
            )
        )
    save(workspace, *people, *issues)
    remove(workspace, issues[5].id, issues[8].id)
    return [each for each in issues if each.id not in {issues[5].id, issues[8].id}], {each.id: each for each in people}


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Workspace, list[Issue], dict[str, Encounter]]]:
    with station(tmp_path_factory.mktemp("issues") / "home") as workspace:
        yield workspace, *invented(workspace)


def is_due_soon(issue: Issue) -> bool:
    """Whether a unit owes an answer within fourteen days, or owed one before."""
    return issue.due_on is not None and issue.due_on <= TODAY + AHEAD and issue.state not in DONE_WITH


def fits(issue: Issue, people: dict[str, Encounter], asked: IssueFilter) -> bool:
    """The oracle."""
    person = people.get(issue.encounter)
    named = person.name if person and not person.confidential and not issue.confidential else ""
    own = [fold(text) for text in (issue.subject, issue.words, issue.number)]
    found = all(any(part in text for text in own) or part in fold(named) for part in fold(asked.typed).split(" "))
    return (
        (asked.group is IssueGroup.ALL or issue.state in STATES[asked.group])
        and (not asked.category or issue.category == asked.category)
        and (not asked.due_soon or is_due_soon(issue))
        and found
    )


def expected(issues: list[Issue], people: dict[str, Encounter], asked: IssueFilter) -> list[str]:
    order = {each.id: number for number, each in enumerate(issues)}
    fitting = [each for each in issues if fits(each, people, asked)]
    fitting.sort(key=lambda each: (each.received_on or date.min, order[each.id]), reverse=True)
    return [each.id for each in fitting]


filters = st.builds(
    IssueFilter,
    group=st.sampled_from(list(IssueGroup)),
    category=st.sampled_from(("", *CATEGORIES)),
    typed=st.sampled_from(("", "路", "停", "灯", "群", "乙", "丙路", "wi", "Ｗｉ", "意01", "没有")),
    due_soon=st.booleans(),
)


@given(asked=filters, page=st.integers(1, 9))
@settings(max_examples=80)
def test_filters_and_pages_are_those_of_plain_python(
    filled: tuple[Workspace, list[Issue], dict[str, Encounter]], asked: IssueFilter, page: int
) -> None:
    workspace, issues, people = filled
    wanted = expected(issues, people, asked)
    listed: list[str] = []
    while len(listed) < len(wanted) or not listed:
        found = issue_list(workspace, asked, offset=len(listed), limit=page)
        assert found.total == len(wanted)
        listed += [row.id for row in found.rows]
        if not found.rows:
            break
    assert listed == wanted


@given(asked=filters)
@settings(max_examples=40)
def test_figures_are_what_each_button_would_show(
    filled: tuple[Workspace, list[Issue], dict[str, Encounter]], asked: IssueFilter
) -> None:
    workspace, issues, people = filled
    figures = issue_figures(workspace, asked)
    base = IssueFilter(category=asked.category, typed=asked.typed)
    for group in IssueGroup:
        narrowed = IssueFilter(group=group, category=base.category, typed=base.typed)
        assert figures.groups[group] == len(expected(issues, people, narrowed))
    due = IssueFilter(category=base.category, typed=base.typed, due_soon=True)
    assert figures.due_soon == len(expected(issues, people, due))
    assert figures.categories["03"] == "城乡建设"


def test_each_state_stands_in_one_group() -> None:
    members = [state for states in STATES.values() for state in states]
    assert sorted(members) == sorted({*IssueState, ""})


def test_a_row_tells_its_words_and_withholds_who_asks_for_it(tmp_path: Path) -> None:
    with station(tmp_path / "home") as workspace:
        open_person, shy = an_encounter(workspace, "群众甲"), an_encounter(workspace, "住户乙", confidential=True)
        shown = an_issue(workspace, encounter=open_person.id, category="03", state=IssueState.ASSIGNED, due_on=date(2026, 11, 20))
        withheld = an_issue(workspace, encounter=shy.id, source_number="M7", due_on=TODAY + AHEAD)
        save(workspace, open_person, shy, shown, withheld)
        second, first = issue_list(workspace).rows
        assert (first.person, first.category, first.left and first.left.days) == ("群*", "城乡建设", -1)
        assert (second.person, second.number, second.left and second.left.working) == ("要求保密", "M7", True)
        assert [row.id for row in issue_list(workspace, IssueFilter(typed="住户乙")).rows] == []
        assert [row.id for row in issue_list(workspace, IssueFilter(typed="众甲")).rows] == [shown.id]
        assert [row.id for row in candidates(workspace, "路灯", shown.id)] == [withheld.id]
        assert issue_span(workspace, IssueFilter(typed="路灯")) == (date(2026, 11, 20), date(2026, 11, 20))
        assert issue_span(workspace, IssueFilter(typed="没有")) == (None, None)
