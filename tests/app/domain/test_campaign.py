"""Campaigns: where they stand, what they need, which one fits."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.campaign import CampaignState, campaign_problems, fitting, state_on
from app.domain.visit import Campaign, VisitKind
from tests.app.domain.invented import numbered

MONTH = Campaign(id=numbered(1), name="走访月", starts_on=date(2026, 11, 1), ends_on=date(2026, 11, 30))
OUTREACH = replace(MONTH, id=numbered(2), visit_kind=VisitKind.OUTREACH, starts_on=date(2026, 10, 1))


@pytest.mark.parametrize(
    ("campaign", "day", "state"),
    [
        (MONTH, date(2026, 10, 31), CampaignState.AHEAD),
        (MONTH, date(2026, 11, 1), CampaignState.RUNNING),
        (MONTH, date(2026, 11, 30), CampaignState.RUNNING),
        (MONTH, date(2026, 12, 1), CampaignState.OVER),
        (replace(MONTH, ends_on=None), date(2030, 1, 1), CampaignState.RUNNING),
        (replace(MONTH, closed_on=date(2026, 11, 9)), date(2026, 11, 9), CampaignState.CLOSED),
        (replace(MONTH, closed_on=date(2026, 11, 9)), date(2026, 11, 8), CampaignState.RUNNING),
    ],
)
def test_where_a_campaign_stands(campaign: Campaign, day: date, state: CampaignState) -> None:
    assert state_on(campaign, day) is state


def test_a_campaign_needs_a_name_and_a_first_day() -> None:
    assert [each.code for each in campaign_problems(Campaign(id=numbered(1)))] == [
        "campaign_name_missing",
        "campaign_start_missing",
    ]
    assert [each.code for each in campaign_problems(replace(MONTH, ends_on=date(2026, 10, 1)))] == ["campaign_reversed"]
    assert not list(campaign_problems(MONTH))


def test_the_one_that_names_the_kind_fits_best() -> None:
    day = date(2026, 11, 9)
    assert fitting((MONTH, OUTREACH), day, VisitKind.OUTREACH) == OUTREACH
    assert fitting((MONTH, OUTREACH), day, VisitKind.RECEPTION) == MONTH
    assert fitting((MONTH, OUTREACH), day, "") == MONTH
    assert fitting((OUTREACH,), day, VisitKind.RECEPTION) is None


def test_days_and_closing_decide_whether_one_fits() -> None:
    assert fitting((MONTH,), date(2026, 12, 1), VisitKind.OUTREACH) is None
    assert fitting((MONTH,), None, VisitKind.OUTREACH) is None
    closed = replace(MONTH, closed_on=date(2026, 11, 9))
    assert fitting((closed,), date(2026, 11, 9), "") == closed
    assert fitting((closed,), date(2026, 11, 10), "") is None
