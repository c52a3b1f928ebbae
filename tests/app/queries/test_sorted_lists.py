"""Lists sorted by a column: what is blank comes last, names by their sound, pages follow each other, the other way round."""

from datetime import date, timedelta

import pytest

from app.domain.issue import Issue
from app.domain.life import IssueState
from app.domain.people import Deputy
from app.domain.suggestion import Suggestion
from app.domain.visit import Visit, VisitKind
from app.queries.issue_list import IssueSort, issue_list
from app.queries.listing import Order
from app.queries.roster_list import RosterFilter, RosterSection, RosterSort, roster_list
from app.queries.suggestion_list import SuggestionSort, suggestion_list
from app.queries.trash import TrashSort, trash
from app.queries.visit_list import VisitSort, visit_list
from app.storage.readings import sound_key
from app.workspace import Workspace
from tests.builders import a_deputy, an_issue, remove, save

FIRST = date(2026, 11, 1)
BOTH = pytest.mark.parametrize("descending", [False, True])


def test_names_are_sorted_by_their_sound_and_surnames_as_surnames_are_read() -> None:
    names = ["周甲", "曾甲", "章甲", "占甲", "张乙", "张甲", "阿甲", "ABC", "单甲", "Abd"]
    assert sorted(names, key=sound_key) == ["阿甲", "ABC", "Abd", "单甲", "曾甲", "占甲", "张甲", "张乙", "章甲", "周甲"]


@BOTH
def test_visits_by_day(workspace: Workspace, descending: bool) -> None:
    save(workspace, *(Visit(id=workspace.clock.new_id(), on=FIRST + timedelta(days=day)) for day in (3, 1, 2)))
    rows = visit_list(workspace, order=Order(VisitSort.DAY, descending)).rows
    assert [row.on for row in rows] == sorted((row.on for row in rows if row.on), reverse=descending)


def test_visits_by_kind_have_the_newest_of_each_first(workspace: Workspace) -> None:
    kinds = VisitKind.RECEPTION, VisitKind.OUTREACH
    save(
        workspace,
        *(
            Visit(id=workspace.clock.new_id(), visit_kind=kind, on=FIRST + timedelta(days=day))
            for day in range(3)
            for kind in kinds
        ),
    )
    rows = visit_list(workspace, order=Order(VisitSort.KIND)).rows
    told = [(str(row.visit_kind), (row.on - FIRST).days) for row in rows if row.on]
    assert told == [(kind, day) for kind in sorted(map(str, kinds)) for day in (2, 1, 0)]
    back = visit_list(workspace, order=Order(VisitSort.KIND, descending=True)).rows
    assert [row.id for row in back] == [row.id for row in reversed(rows)]


@BOTH
def test_issues_by_deadline_have_those_without_one_last(workspace: Workspace, descending: bool) -> None:
    dues = (FIRST + timedelta(days=9), None, FIRST, FIRST + timedelta(days=4))
    save(workspace, *(an_issue(workspace, due_on=due) for due in dues))
    rows = issue_list(workspace, order=Order(IssueSort.DUE, descending)).rows
    assert [row.due_on for row in rows] == [*sorted((each for each in dues if each), reverse=descending), None]


@BOTH
def test_issues_by_state_follow_their_life_page_by_page(workspace: Workspace, descending: bool) -> None:
    states = (IssueState.CLOSED, "", IssueState.ASSIGNED, IssueState.ACCEPTED, IssueState.ASSIGNED)
    made: list[Issue] = [an_issue(workspace, state=state) for state in states]
    save(workspace, *made)
    order = Order(IssueSort.STATE, descending)
    rows = [row for offset in (0, 2, 4) for row in issue_list(workspace, order=order, offset=offset, limit=2).rows]
    life = list(IssueState)
    places = [life.index(IssueState(row.state)) for row in rows]
    assert places == sorted(places, reverse=descending)
    assert {row.id for row in rows} == {each.id for each in made}


@BOTH
def test_suggestions_by_title_and_by_who_leads_them(workspace: Workspace, descending: bool) -> None:
    deputies = [a_deputy(workspace, name) for name in ("周甲", "曾甲", "张甲")]
    titles = ("关于路灯", "关于公交", "关于水渠")
    made = [
        Suggestion(id=workspace.clock.new_id(), subject=title, lead_deputy=deputy.id)
        for title, deputy in zip(titles, deputies, strict=True)
    ]
    blank = Suggestion(id=workspace.clock.new_id())
    save(workspace, *deputies, *made, blank)
    rows = suggestion_list(workspace, order=Order(SuggestionSort.LEAD, descending)).rows
    assert [row.lead for row in rows] == [*(["周甲", "张甲", "曾甲"] if descending else ["曾甲", "张甲", "周甲"]), ""]
    rows = suggestion_list(workspace, order=Order(SuggestionSort.TITLE, descending)).rows
    inner = ["关于水渠", "关于路灯", "关于公交"]
    assert [row.title for row in rows] == [*(inner if descending else inner[::-1]), ""]


@pytest.mark.parametrize("by", list(SuggestionSort))
@BOTH
def test_every_order_of_suggestions_holds_all_of_them(workspace: Workspace, by: SuggestionSort, descending: bool) -> None:
    made = [Suggestion(id=workspace.clock.new_id(), subject=f"第{each}件") for each in range(4)]
    save(workspace, *made)
    pages = [suggestion_list(workspace, order=Order(by, descending), offset=offset, limit=2).rows for offset in (0, 2)]
    assert {row.id for page in pages for row in page} == {each.id for each in made}


@BOTH
def test_deputies_by_name(workspace: Workspace, descending: bool) -> None:
    deputies: list[Deputy] = [a_deputy(workspace, name) for name in ("周甲", "曾甲", "张甲")]
    save(workspace, *deputies)
    rows = roster_list(workspace, RosterSection.DEPUTIES, RosterFilter(), order=Order(RosterSort.NAME, descending)).rows
    assert [row.name for row in rows] == sorted(("曾甲", "张甲", "周甲"), key=sound_key, reverse=descending)


@pytest.mark.parametrize("section", list(RosterSection))
@pytest.mark.parametrize("by", list(RosterSort))
def test_every_section_can_be_asked_for_in_every_order(workspace: Workspace, section: RosterSection, by: RosterSort) -> None:
    usual = roster_list(workspace, section, RosterFilter())
    for descending in (False, True):
        found = roster_list(workspace, section, RosterFilter(), order=Order(by, descending))
        assert {row.id for row in found.rows} == {row.id for row in usual.rows}


def test_the_trash_from_its_other_end(workspace: Workspace) -> None:
    issues = [an_issue(workspace) for _number in range(3)]
    save(workspace, *issues)
    for each in issues:
        remove(workspace, each.id)
    newest = [row.id for row in trash(workspace).rows]
    assert newest == [each.id for each in reversed(issues)]
    assert [row.id for row in trash(workspace, order=Order(TrashSort.REMOVED)).rows] == newest[::-1]
