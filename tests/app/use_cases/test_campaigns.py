"""Campaigns made, changed, closed, filled, removed, taken back."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.visit import Campaign, Visit, VisitKind
from app.errors import Refused
from app.queries.campaigns import campaign_list
from app.queries.record import record_of
from app.use_cases.campaigns import (
    CampaignSheet,
    campaign_to_change,
    close_campaign,
    draft_body,
    draft_key,
    gather_visits,
    new_campaign,
    remove_campaign,
    reopen_campaign,
    save_campaign,
    unsaved_campaign,
)
from app.use_cases.drafts import keep_draft
from app.use_cases.undo import undo_last
from app.workspace import Workspace
from tests.builders import save


@pytest.fixture
def campaign(workspace: Workspace) -> Campaign:
    made = replace(new_campaign(workspace).campaign, name="走访月", ends_on=date(2026, 11, 30))
    return save_campaign(workspace, CampaignSheet(campaign=made)).campaign


def a_visit(workspace: Workspace, kind: VisitKind = VisitKind.OUTREACH, on: date = date(2026, 11, 9)) -> Visit:
    return Visit(id=workspace.clock.new_id(), visit_kind=kind, on=on)


def test_a_new_campaign_begins_with_the_month(workspace: Workspace, campaign: Campaign) -> None:
    assert campaign.starts_on == date(2026, 11, 1)
    assert [row.campaign for row in campaign_list(workspace)] == [campaign]


def test_one_without_a_name_is_refused_and_nothing_saved(workspace: Workspace) -> None:
    with pytest.raises(Refused, match="incomplete"):
        save_campaign(workspace, new_campaign(workspace))
    assert campaign_list(workspace) == ()


def test_a_change_rests_on_what_was_read(workspace: Workspace, campaign: Campaign) -> None:
    sheet = campaign_to_change(workspace, campaign.id)
    save_campaign(workspace, replace(sheet, campaign=replace(campaign, issuer="街道人大工委")))
    with pytest.raises(Refused, match="stale"):
        save_campaign(workspace, replace(sheet, campaign=replace(campaign, issuer="别人")))


def test_it_is_closed_and_opened_again_and_both_are_undone(workspace: Workspace, campaign: Campaign) -> None:
    assert close_campaign(workspace, campaign.id).campaign.closed_on == date(2026, 11, 21)
    assert reopen_campaign(workspace, campaign.id).campaign.closed_on is None
    undo_last(workspace, campaign.id)
    assert record_of(workspace, Campaign, campaign.id).closed_on == date(2026, 11, 21)


def test_visits_of_its_days_are_gathered_and_let_go_by_one_undo(workspace: Workspace, campaign: Campaign) -> None:
    inside, outside = a_visit(workspace), a_visit(workspace, on=date(2026, 12, 1))
    taken = replace(a_visit(workspace), campaign=workspace.clock.new_id())
    save(workspace, inside, outside, taken)
    assert gather_visits(workspace, campaign.id).visits == 1
    assert [record_of(workspace, Visit, each.id).campaign for each in (inside, outside, taken)] == [
        campaign.id,
        "",
        taken.campaign,
    ]
    assert gather_visits(workspace, campaign.id).visits == 0
    undo_last(workspace, inside.id)
    assert record_of(workspace, Visit, inside.id).campaign == ""


def test_only_visits_of_its_kind_are_gathered_and_also_after_it_was_closed(workspace: Workspace, campaign: Campaign) -> None:
    receptions = replace(campaign, visit_kind=VisitKind.RECEPTION)
    save_campaign(workspace, replace(campaign_to_change(workspace, campaign.id), campaign=receptions))
    close_campaign(workspace, campaign.id)
    met, held = a_visit(workspace), a_visit(workspace, VisitKind.RECEPTION)
    save(workspace, met, held)
    assert gather_visits(workspace, campaign.id).visits == 1
    assert record_of(workspace, Visit, held.id).campaign == campaign.id


def test_one_that_visits_belong_to_is_not_removed(workspace: Workspace, campaign: Campaign) -> None:
    visit = replace(a_visit(workspace), campaign=campaign.id)
    save(workspace, visit)
    with pytest.raises(Refused, match="campaign_in_use"):
        remove_campaign(workspace, campaign.id)
    save(workspace, replace(visit, campaign=""))
    remove_campaign(workspace, campaign.id)
    assert campaign_list(workspace) == ()


def test_what_is_typed_comes_back_out_of_its_draft(workspace: Workspace, campaign: Campaign) -> None:
    sheet = campaign_to_change(workspace, campaign.id)
    keep_draft(workspace, draft_key(campaign.id), "campaign", draft_body(sheet))
    assert unsaved_campaign(workspace, draft_key(campaign.id)) == sheet
    keep_draft(workspace, draft_key(campaign.id), "campaign", {"campaign": 7})
    assert unsaved_campaign(workspace, draft_key(campaign.id)) is None
