"""The table of a campaign: every number is the list behind it, and comes from the records alone."""

from datetime import date
from typing import Any

import pytest

from app.domain.congress import Level
from app.domain.issue import IssueResult, Route
from app.domain.life import IssueState
from app.domain.people import Deputy
from app.domain.values import Id
from app.domain.visit import Attendance, Campaign, Presence, Visit, VisitKind
from app.errors import Refused
from app.queries.campaign_table import CampaignTable, Counted, Division, Part, PartRow, behind, campaign_table
from app.queries.campaigns import campaign_list
from app.workspace import Workspace
from tests.builders import a_deputy, an_encounter, an_issue, remove, save


@pytest.fixture
def deputies(workspace: Workspace) -> list[Deputy]:
    levels = Level.CITY, Level.COUNTY, Level.COUNTY
    made = [a_deputy(workspace, f"代表{name}", level=level) for name, level in zip("甲乙丙", levels, strict=True)]
    save(workspace, *made)
    return made


@pytest.fixture
def campaign(workspace: Workspace, deputies: list[Deputy]) -> Campaign:
    """Two visits: one of the first two deputies with a household and a hidden person, one of the second, who was excused."""
    made = Campaign(id=workspace.clock.new_id(), name="走访月", starts_on=date(2026, 11, 1), ends_on=date(2026, 11, 30))
    first, second = a_visit(workspace, made.id, deputies[0].id, deputies[1].id), a_visit(workspace, made.id, deputies[1].id)
    leave = Attendance(
        id=workspace.clock.new_id(), visit=second.id, deputy=deputies[1].id, presence=Presence.ON_LEAVE, leave_reason="公差"
    )
    household = an_encounter(workspace, "张三", visit=first.id, people=4, village="东村")
    hidden = an_encounter(workspace, "李四", visit=first.id, village="西村", confidential=True)
    save(workspace, made, first, second, leave, household, hidden)
    save(workspace, a_visit(workspace, "", deputies[2].id))  # of no campaign
    solved = an_issue(
        workspace, "修路", visit=first.id, encounter=household.id, state=IssueState.CLOSED, result=IssueResult.SOLVED
    )
    open_still = an_issue(workspace, "停水", visit=first.id, encounter=hidden.id, confidential=True)
    brought = an_issue(
        workspace, "装灯", campaign=made.id, deputies=(deputies[2].id,), state=IssueState.ARCHIVED, route=Route.ON_THE_SPOT
    )
    save(workspace, solved, open_still, brought, an_issue(workspace, "别的事"))
    return made


def a_visit(workspace: Workspace, campaign: Id, *there: Id) -> Visit:
    return Visit(
        id=workspace.clock.new_id(),
        visit_kind=VisitKind.OUTREACH,
        on=date(2026, 11, 9),
        campaign=campaign,
        deputies=there,
        place="东村",
    )


def numbers(row: PartRow) -> tuple[int, ...]:
    return row.deputies, row.times, row.visits, row.people, row.opinions, row.closed, row.solved


def all_rows(table: CampaignTable) -> list[PartRow]:
    return [table.whole, *table.levels, *table.deputies, *table.villages]


def test_the_whole_counts_what_belongs_to_the_campaign_once(workspace: Workspace, campaign: Campaign) -> None:
    assert numbers(campaign_table(workspace, campaign.id).whole) == (2, 2, 2, 5, 3, 2, 2)


def test_deputies_are_counted_by_level_and_by_name(workspace: Workspace, campaign: Campaign) -> None:
    table = campaign_table(workspace, campaign.id)
    levels = {row.part.key: (row.registered, *numbers(row)) for row in table.levels if row.registered}
    assert levels == {Level.CITY: (1, 1, 1, 1, 5, 2, 1, 1), Level.COUNTY: (2, 1, 1, 1, 5, 3, 2, 2)}
    assert [(row.name, *numbers(row)) for row in table.deputies] == [
        ("代表乙", 1, 1, 1, 5, 2, 1, 1),
        ("代表甲", 1, 1, 1, 5, 2, 1, 1),
        ("代表丙", 0, 0, 0, 0, 1, 1, 1),
    ]


def test_people_and_opinions_are_counted_by_village(workspace: Workspace, campaign: Campaign) -> None:
    table = campaign_table(workspace, campaign.id)
    assert [(row.name, row.visits, row.people, row.opinions, row.solved) for row in table.villages] == [
        ("东村", 1, 4, 1, 1),
        ("西村", 1, 1, 1, 0),
        ("", 0, 0, 1, 1),
    ]


def test_every_number_is_the_list_behind_it(workspace: Workspace, campaign: Campaign) -> None:
    for row in all_rows(campaign_table(workspace, campaign.id)):
        for counted in Counted:
            listed = behind(workspace, campaign.id, row.part, counted)
            assert listed.total == len(listed.rows) == len({each.id for each in listed.rows})
            if counted is not Counted.PEOPLE:
                assert listed.total == row.number(counted), (row.name, counted)


def test_the_list_behind_names_no_resident_in_full(workspace: Workspace, campaign: Campaign) -> None:
    met = behind(workspace, campaign.id, Part(), Counted.PEOPLE)
    assert {each.title for each in met.rows} == {"张*等4人", "要求保密"}
    raised = behind(workspace, campaign.id, Part(), Counted.OPINIONS)
    assert not any("张三" in each.beside or "李四" in each.beside for each in raised.rows)


def test_a_long_list_comes_page_by_page(workspace: Workspace, campaign: Campaign) -> None:
    whole = behind(workspace, campaign.id, Part(), Counted.OPINIONS).rows
    pages = [behind(workspace, campaign.id, Part(), Counted.OPINIONS, offset=at, limit=2) for at in (0, 2)]
    assert [each.total for each in pages] == [3, 3]
    assert tuple(row for page in pages for row in page.rows) == whole


def test_what_is_removed_counts_no_more(workspace: Workspace, campaign: Campaign) -> None:
    visits = behind(workspace, campaign.id, Part(), Counted.VISITS).rows
    remove(workspace, *(each.id for each in visits))
    assert numbers(campaign_table(workspace, campaign.id).whole)[:3] == (0, 0, 0)


def test_a_part_that_nothing_belongs_to_is_empty(workspace: Workspace, campaign: Campaign) -> None:
    listed = behind(workspace, campaign.id, Part(Division.VILLAGE, "没有的村"), Counted.PEOPLE)
    assert (listed.total, listed.rows) == (0, ())


def test_a_campaign_that_is_not_there_is_refused(workspace: Workspace) -> None:
    told: dict[str, Any] = {"workspace": workspace, "id": workspace.clock.new_id()}
    with pytest.raises(Refused, match="record_missing"):
        campaign_table(**told)


def test_the_list_shows_those_that_run_first(workspace: Workspace, campaign: Campaign) -> None:
    later = Campaign(id=workspace.clock.new_id(), name="明年", starts_on=date(2027, 1, 1))
    save(workspace, later)
    assert [(row.campaign.name, row.state.value, row.visits) for row in campaign_list(workspace)] == [
        ("走访月", "running", 2),
        ("明年", "ahead", 0),
    ]
