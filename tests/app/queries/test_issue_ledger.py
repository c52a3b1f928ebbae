"""The ledger of issues: every one of the period in full, the person masked as the rules say."""

from datetime import date
from typing import Any

import pytest

from app.domain.encounter import Encounter, Party
from app.domain.issue import IssueResult, Route
from app.domain.life import IssueState
from app.domain.papers import IssueLine, Span
from app.domain.persons import listed_person
from app.domain.unit import Unit
from app.queries.issue_ledger import issue_ledger
from app.workspace import Workspace
from tests.builders import an_encounter, an_issue, remove, save


def only_line(workspace: Workspace) -> IssueLine:
    (line,) = issue_ledger(workspace, Span()).lines
    return line


def test_a_line_tells_the_issue_in_full(workspace: Workspace) -> None:
    person, unit = an_encounter(workspace, "群众甲"), Unit(id=workspace.clock.new_id(), name="某某区城管局")
    words = "灯坏了三个月。" * 400
    issue = an_issue(
        workspace,
        number="意2026-00007",
        words=words,
        encounter=person.id,
        place="东街",
        category="03",
        route=Route.COUNTY_DEPARTMENT,
        unit=unit.id,
        state=IssueState.CLOSED,
        due_on=date(2026, 11, 5),
        result=IssueResult.SOLVED,
        result_text="已修好。",
        closed_on=date(2026, 11, 20),
    )
    save(workspace, person, unit, issue)

    line = only_line(workspace)

    assert (line.number, line.day, line.person, line.place) == ("意2026-00007", "2026-11-20", "群*", "东街")
    assert (line.subject, line.words) == ("东街路灯不亮", words)
    assert (line.category, line.route, line.unit, line.state) == ("城乡建设", "县级部门办理", "某某区城管局", "已办结")
    assert (line.due, line.result) == ("2026-11-05", "已解决　2026-11-20\n已修好。")


def test_the_deadline_begins_with_the_assignment_and_what_is_late_is_said(workspace: Workspace) -> None:
    told: list[dict[str, Any]] = [
        {"state": IssueState.PROPOSED, "route": Route.COUNTY_DEPARTMENT},
        {"state": IssueState.SIGNED_FOR, "due_on": date(2026, 11, 20)},
        {"state": IssueState.SIGNED_FOR, "due_on": date(2026, 11, 21)},
        {"state": IssueState.REFERRED, "route": Route.PETITION},
    ]
    save(workspace, *(an_issue(workspace, **each) for each in told))

    assert [each.due for each in issue_ledger(workspace, Span()).lines] == [
        "交办后10个工作日",
        "2026-11-20（已超期）",
        "2026-11-21",
        "",
    ]


@pytest.mark.parametrize(
    ("told", "named"),
    [
        ({"name": "群众甲"}, "群*"),
        ({"name": "群众甲", "people": 4}, "群*等4人"),
        ({"name": "群众甲", "party": Party.HOUSEHOLD, "people": 4}, "群*（户）"),
        ({"party": Party.HOUSEHOLD}, "一户"),
        ({"name": "某某物业公司", "party": Party.UNIT}, "某某物业公司"),
        ({"name": "群众甲", "anonymous": True}, "匿名"),
        ({"name": "群众甲", "confidential": True}, "要求保密"),
        ({}, ""),
    ],
)
def test_a_person_is_named_as_the_rules_allow(told: dict[str, Any], named: str) -> None:
    person = Encounter(id="", **told)

    assert listed_person(person, confidential=False) == named
    assert listed_person(person, confidential=True) == ("匿名" if person.anonymous else "要求保密")


def test_a_village_stands_for_the_place_but_not_of_somebody_who_is_withheld(workspace: Workspace) -> None:
    open_one, hidden = (an_encounter(workspace, village="东一社区", anonymous=each) for each in (False, True))
    issues = [an_issue(workspace, encounter=each.id) for each in (open_one, hidden)]
    save(workspace, open_one, hidden, *issues)

    assert [each.place for each in issue_ledger(workspace, Span()).lines] == ["东一社区", ""]


def test_somebody_who_was_removed_is_not_named(workspace: Workspace) -> None:
    person = an_encounter(workspace)
    save(workspace, person, an_issue(workspace, encounter=person.id))
    remove(workspace, person.id)

    assert only_line(workspace).person == ""


def test_the_ledger_counts_what_is_done_and_what_is_not(workspace: Workspace) -> None:
    states = (IssueState.REGISTERED, IssueState.CLOSED, IssueState.ARCHIVED, IssueState.ASSIGNED, "of_a_newer_program")
    save(
        workspace, *(an_issue(workspace, state=each, received_on=date(2026, 11, place + 1)) for place, each in enumerate(states))
    )

    ledger = issue_ledger(workspace, Span(first=date(2026, 11, 2), last=date(2026, 11, 5)))

    assert ledger.head.summary == "合计4件：已办2件，在办2件。"
    assert [each.state for each in ledger.lines] == ["已办结", "已归档", "已交办", "of_a_newer_program"]
