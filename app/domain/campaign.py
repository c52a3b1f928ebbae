"""Campaigns: what one needs, where it stands, and which of several a visit or an issue most likely belongs to."""

from collections.abc import Iterable, Iterator
from datetime import date

from app.domain.problems import Problem
from app.domain.values import CodeSet
from app.domain.visit import Campaign


class CampaignState(CodeSet):
    """Where a campaign stands on a day."""

    AHEAD = "ahead", "未开始"
    RUNNING = "running", "进行中"
    OVER = "over", "已到期"
    CLOSED = "closed", "已办结"


def state_on(campaign: Campaign, day: date) -> CampaignState:
    """Where the campaign stands; one without an end runs until it is closed."""
    if campaign.closed_on and campaign.closed_on <= day:
        return CampaignState.CLOSED
    if campaign.starts_on and day < campaign.starts_on:
        return CampaignState.AHEAD
    return CampaignState.OVER if campaign.ends_on and campaign.ends_on < day else CampaignState.RUNNING


def campaign_problems(campaign: Campaign) -> Iterator[Problem]:
    """A campaign has a name and a first day, and does not end before it."""
    if not campaign.name.strip():
        yield Problem(code="campaign_name_missing", field="name")
    if campaign.starts_on is None:
        yield Problem(code="campaign_start_missing", field="starts_on")
    elif campaign.ends_on and campaign.ends_on < campaign.starts_on:
        yield Problem(code="campaign_reversed", field="ends_on")


def fitting(campaigns: Iterable[Campaign], day: date | None, visit_kind: str) -> Campaign | None:
    """The campaign a visit of this day and kind most likely belongs to: of those whose days and kind fit, the one begun last.

    A campaign that names a kind of visits goes before one that takes every kind. An issue that came without a visit has no kind.
    """
    if day is None:
        return None
    fit = [
        each
        for each in campaigns
        if each.starts_on
        and each.starts_on <= day <= (each.ends_on or day)
        and not (each.closed_on and each.closed_on < day)
        and (not each.visit_kind or each.visit_kind == visit_kind)
    ]
    return max(fit, key=lambda each: (bool(each.visit_kind), each.starts_on or day, each.id), default=None)
