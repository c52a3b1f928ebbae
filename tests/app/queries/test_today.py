"""The day at a glance: what is on, what falls due, what is unfinished, what waits, and the month of each deputy."""

from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.domain.encounter import Encounter, Party
from app.domain.handling import Assignment, HandlingRole
from app.domain.issue import Issue
from app.domain.life import IssueState, SuggestionState
from app.domain.people import Operator, Role
from app.domain.suggestion import Suggestion
from app.domain.unit import Unit
from app.domain.values import Id
from app.domain.visit import Campaign, Visit, VisitKind
from app.queries.record import record_of
from app.queries.today import MOST_DUE, Today, month, today
from app.use_cases.drafts import keep_draft
from app.workspace import Workspace
from tests.builders import Pair, StationHome, a_deputy, an_issue, pair, save

TODAY = date(2026, 11, 21)  # a Saturday


def a_visit(workspace: Workspace, kind: VisitKind, on: date = TODAY, *deputies: Id, **told: Any) -> Visit:
    return Visit(id=workspace.clock.new_id(), visit_kind=kind, on=on, deputies=deputies, **told)


def met(workspace: Workspace, visit: Visit, people: int = 0) -> Encounter:
    return Encounter(id=workspace.clock.new_id(), visit=visit.id, party=Party.PERSON, name="群众甲", people=people)


def owed(workspace: Workspace, due_on: date, **told: Any) -> Issue:
    return an_issue(workspace, state=IssueState.ASSIGNED, due_on=due_on, **told)


def told(workspace: Workspace) -> Today:
    return today(workspace)


# --- receptions ----------------------------------------------------------------------------------------------------


def test_a_reception_of_today_is_told_with_its_deputies_and_how_many_came(workspace: Workspace) -> None:
    deputies = a_deputy(workspace, "王代表"), a_deputy(workspace, "陈代表")
    ids = tuple(each.id for each in deputies)
    visit = a_visit(workspace, VisitKind.RECEPTION, TODAY, *ids, starts=time(9), ends=time(11, 30), place="接待室")
    save(workspace, *deputies, visit, met(workspace, visit), met(workspace, visit, people=4))
    (reception,) = told(workspace).receptions
    assert (reception.id, reception.starts, reception.ends, reception.place) == (visit.id, time(9), time(11, 30), "接待室")
    assert (reception.deputies, reception.people) == (("王代表", "陈代表"), 5)


def test_neither_yesterday_nor_outreach_is_a_reception_of_today(workspace: Workspace) -> None:
    save(
        workspace,
        a_visit(workspace, VisitKind.RECEPTION, TODAY - timedelta(days=1)),
        a_visit(workspace, VisitKind.OUTREACH, TODAY),
    )
    assert told(workspace).receptions == ()


# --- roles ---------------------------------------------------------------------------------------------------------


def test_who_has_no_role_is_told_so_and_whoever_gives_roles_is_told_who_waits(workspace: Workspace) -> None:
    newcomer = Operator(id=workspace.clock.new_id(), name="联络员乙")
    save(workspace, newcomer)
    assert (told(workspace).role_awaited, told(workspace).roles_to_give) == (False, ()), "nobody is in charge yet"
    head = Operator(id=workspace.clock.new_id(), name="站长甲", roles=(Role.STATION_HEAD,))
    save(workspace, head)
    there, here = told(workspace.acting_as(newcomer.id)), told(workspace.acting_as(head.id))
    assert (there.role_awaited, there.roles_to_give) == (True, ())
    assert here.role_awaited is False
    assert "联络员乙" in here.roles_to_give
    first = workspace.author.op
    given = [replace(each, roles=(Role.LIAISON_OFFICER,)) for each in (newcomer, operator(workspace, first))]
    save(workspace.acting_as(head.id), *given)
    assert told(workspace.acting_as(head.id)).roles_to_give == ()
    assert told(workspace.acting_as(newcomer.id)).role_awaited is False


def operator(workspace: Workspace, id: Id) -> Operator:
    return record_of(workspace, Operator, id)


# --- deadlines -----------------------------------------------------------------------------------------------------


def test_what_falls_due_within_fourteen_days_stands_in_order_with_what_is_overdue(workspace: Workspace) -> None:
    unit = Unit(id=workspace.clock.new_id(), name="区住建局")
    days = (TODAY + timedelta(days=14), TODAY - timedelta(days=2), TODAY, TODAY + timedelta(days=3))
    save(workspace, unit, *(owed(workspace, day, unit=unit.id) for day in days), owed(workspace, TODAY + timedelta(days=15)))
    due = told(workspace)
    assert due.due_total == 4
    assert [each.day for each in due.due] == sorted(days)
    assert {each.unit for each in due.due} == {"区住建局"}
    # 22 November 2026 is a Sunday: of the three days to the 24th two are worked.
    assert [(each.left, each.working) for each in due.due] == [(-2, False), (0, True), (2, True), (10, True)]


@pytest.mark.parametrize("state", [IssueState.HANDLED, IssueState.CLOSED, IssueState.ARCHIVED, IssueState.RAISED])
def test_what_is_done_with_owes_nothing(workspace: Workspace, state: IssueState) -> None:
    save(workspace, an_issue(workspace, state=state, due_on=TODAY))
    assert told(workspace).due_total == 0


def test_a_suggestion_waits_for_its_reply_until_the_extended_day(workspace: Workspace) -> None:
    unit = Unit(id=workspace.clock.new_id(), name="区民政局")
    usual: dict[str, Any] = {"subject": "助餐", "state": SuggestionState.HANDLING, "due_on": TODAY + timedelta(days=5)}
    one, later, answered = (
        Suggestion(id=workspace.clock.new_id(), **usual | more)
        for more in ({}, {"extended_due_on": TODAY + timedelta(days=90)}, {"state": SuggestionState.REPLIED})
    )
    given = Assignment(id=workspace.clock.new_id(), of=one.id, unit=unit.id, role=HandlingRole.LEAD)
    save(workspace, unit, one, later, answered, given)
    (due,) = told(workspace).due
    assert (due.id, due.kind, due.unit, due.left, due.working) == (one.id, "suggestion", "区民政局", 5, False)


def test_only_the_most_urgent_are_laid_out_but_all_are_counted(workspace: Workspace) -> None:
    save(workspace, *(owed(workspace, TODAY + timedelta(days=number % 10)) for number in range(MOST_DUE + 5)))
    due = told(workspace)
    assert (len(due.due), due.due_total) == (MOST_DUE, MOST_DUE + 5)


# --- the rest ------------------------------------------------------------------------------------------------------


def test_drafts_are_told_the_newest_first(home: StationHome, workspace: Workspace) -> None:
    keep_draft(workspace, "visit:1", "visit", {"place": "东街"})
    home.wall.pass_by(timedelta(minutes=1))
    keep_draft(workspace, "issue:2", "issue", {})
    newest, draft = told(workspace).unfinished
    assert newest.key == "issue:2"
    assert (draft.key, draft.kind, draft.body["place"]) == ("visit:1", "visit", "东街")


def test_an_empty_station_is_seen_as_empty(workspace: Workspace) -> None:
    assert (told(workspace).has_deputies, told(workspace).has_records) == (False, False)
    save(workspace, a_deputy(workspace))
    assert (told(workspace).has_deputies, told(workspace).has_records) == (True, False)
    save(workspace, an_issue(workspace))
    assert told(workspace).has_records


def test_what_waits_and_what_was_acknowledged_is_counted(tmp_path: Path) -> None:
    with pair(tmp_path) as line:
        assert _outgoing(line) == (2, 0, 0)
        line.export()
        assert _outgoing(line) == (0, 1, 0)
        line.intake()
        line.bring_back()
        assert _outgoing(line) == (0, 1, 1)


def _outgoing(line: Pair) -> tuple[int, int, int]:
    outgoing = today(line.station).outgoing
    return outgoing.records, outgoing.packages, outgoing.acknowledged


# --- the month -----------------------------------------------------------------------------------------------------


def test_a_deputys_month_counts_days_of_reception_and_people_of_outreach(workspace: Workspace) -> None:
    wang, chen, idle = (a_deputy(workspace, name) for name in ("王代表", "陈代表", "刘代表"))
    receptions = [a_visit(workspace, VisitKind.RECEPTION, TODAY, wang.id) for _ in range(2)]  # twice on one day is one day
    outreach = a_visit(workspace, VisitKind.OUTREACH, TODAY.replace(day=1), wang.id, chen.id)
    before = a_visit(workspace, VisitKind.OUTREACH, date(2026, 10, 31), idle.id)
    people = [met(workspace, outreach, 3), met(workspace, outreach), met(workspace, before, 9), met(workspace, receptions[0], 7)]
    save(workspace, wang, chen, idle, *receptions, outreach, before, *people)
    told = [(each.name, each.reception_days, each.outreach_people) for each in month(workspace).deputies]
    assert told == [("王代表", 1, 4), ("陈代表", 0, 4)]


def test_the_norm_is_that_of_a_campaign_of_today(workspace: Workspace) -> None:
    assert (month(workspace).days_a_deputy, month(workspace).people_a_deputy) == (1, 30)
    over, now = (
        Campaign(id=workspace.clock.new_id(), starts_on=first, ends_on=last, days_a_deputy=2, people_a_deputy=people)
        for first, last, people in (
            (date(2026, 5, 1), date(2026, 5, 31), 20),
            (date(2026, 11, 1), date(2026, 11, 30), 40),
        )
    )
    save(workspace, over)
    assert month(workspace).people_a_deputy == 30
    save(workspace, now)
    assert (month(workspace).days_a_deputy, month(workspace).people_a_deputy) == (2, 40)
