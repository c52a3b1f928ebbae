"""Campaigns made, changed, closed and opened again; and what happened in their days taken into them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from app.changes import Changes
from app.domain.campaign import campaign_problems, fitting
from app.domain.drafted import heads_told, record_drafted, record_told, refused_as
from app.domain.problems import stop_at
from app.domain.values import Id, Json
from app.domain.visit import Campaign, Visit
from app.errors import Refused
from app.queries.campaigns import campaign_with_heads, many_belonging, visits_outside
from app.queries.record import record_of
from app.use_cases.drafts import drafts
from app.workspace import Workspace

DRAFT: Final = "campaign"
"""The kind of a draft kept on the form of a campaign."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignSheet:
    """A campaign as it lies on its form, saved or not; `heads` are those it was read with."""

    campaign: Campaign
    heads: tuple[Id, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedCampaign:
    """The campaign as it stands now, and how many visits went into it by this deed."""

    campaign: Campaign
    visits: int = 0
    changes: Changes = Changes.VISITS | Changes.ISSUES


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovedCampaign:
    """The campaign that lies in the trash now."""

    id: Id
    changes: Changes = Changes.VISITS


def new_campaign(workspace: Workspace) -> CampaignSheet:
    """A campaign that begins on the first of this month, not saved yet."""
    first = workspace.clock.today().date().replace(day=1)
    return CampaignSheet(campaign=Campaign(id=workspace.clock.new_id(), starts_on=first))


def campaign_to_change(workspace: Workspace, id: Id) -> CampaignSheet:
    """A campaign to be changed; raises `Refused("record_missing")`."""
    campaign, heads = campaign_with_heads(workspace, id)
    return CampaignSheet(campaign=campaign, heads=heads)


def save_campaign(workspace: Workspace, sheet: CampaignSheet) -> SavedCampaign:
    """Save a campaign, new or changed; raises `Refused("incomplete", problems)`, `Refused("stale", id, seen, stands)`."""
    stop_at(campaign_problems(sheet.campaign))
    with workspace.writing() as books:
        books.records.save_all([sheet.campaign], seen={sheet.campaign.id: sheet.heads} if sheet.heads else {})
    return SavedCampaign(campaign=sheet.campaign)


def close_campaign(workspace: Workspace, id: Id) -> SavedCampaign:
    """The campaign is closed from today on: nothing more is offered to belong to it. Raises `Refused("record_missing")`."""
    return _saved(workspace, replace(record_of(workspace, Campaign, id), closed_on=workspace.clock.today().date()))


def reopen_campaign(workspace: Workspace, id: Id) -> SavedCampaign:
    """The campaign is open again; raises `Refused("record_missing")`."""
    return _saved(workspace, replace(record_of(workspace, Campaign, id), closed_on=None))


def gather_visits(workspace: Workspace, id: Id) -> SavedCampaign:
    """Every visit of its days and its kind that belongs to no campaign yet belongs to this one, in one deed.

    Raises `Refused("record_missing")`.
    """
    campaign = record_of(workspace, Campaign, id)
    outside = [each for each in visits_outside(workspace, campaign) if _fits(campaign, each.record)]
    gathered = [replace(each.record, campaign=id) for each in outside]
    if gathered:
        with workspace.writing() as books:
            books.records.save_all(gathered, seen={each.record.id: each.heads for each in outside})
    return SavedCampaign(campaign=campaign, visits=len(gathered), changes=Changes.VISITS if gathered else Changes.NOTHING)


def remove_campaign(workspace: Workspace, id: Id) -> RemovedCampaign:
    """Remove a campaign; raises `Refused("record_missing")`, `Refused("campaign_in_use", campaign, count)`."""
    campaign = record_of(workspace, Campaign, id)
    if belonging := many_belonging(workspace, id):
        raise Refused("campaign_in_use", campaign=campaign.name, count=belonging)
    with workspace.writing() as books:
        books.records.remove([id])
    return RemovedCampaign(id=id)


def _fits(campaign: Campaign, visit: Visit) -> bool:
    return fitting((replace(campaign, closed_on=None),), visit.on, visit.visit_kind) is not None


def _saved(workspace: Workspace, campaign: Campaign) -> SavedCampaign:
    with workspace.writing() as books:
        books.records.save(campaign)
    return SavedCampaign(campaign=campaign)


# --- what is typed and not saved yet -------------------------------------------------------------------------------


def draft_key(id: Id) -> str:
    """The name under which the draft of a campaign is kept."""
    return f"{DRAFT}:{id}"


def draft_body(sheet: CampaignSheet) -> dict[str, Json]:
    """A sheet as a draft keeps it."""
    return {"campaign": record_told(sheet.campaign), "heads": heads_told({sheet.campaign.id: sheet.heads})}


def drafted_campaign(body: Mapping[str, Json]) -> CampaignSheet:
    """The sheet of a draft; raises `Refused("field_malformed")` for a draft that this program cannot read."""
    told: Mapping[str, Any] = body
    with refused_as(DRAFT):
        campaign = record_drafted(Campaign, told["campaign"])
        return CampaignSheet(campaign=campaign, heads=tuple(map(str, told["heads"].get(campaign.id, ()))))


def unsaved_campaign(workspace: Workspace, key: str) -> CampaignSheet | None:
    """What was kept under this key; nothing where it is no campaign, or one this program cannot read."""
    kept = next((each for each in drafts(workspace) if each.key == key and each.kind == DRAFT), None)
    try:
        return drafted_campaign(kept.body) if kept else None
    except Refused:
        return None
