"""The table of a campaign as texts: for its paper, and for the workbook that is saved of it."""

from collections.abc import Iterator, Sequence
from typing import Final

from app.domain.activity_papers import CampaignPaper
from app.domain.chinese import period
from app.domain.papers import Ledger
from app.domain.values import Id, wording
from app.domain.visit import Campaign
from app.queries.campaign_table import CampaignTable, Division, PartRow, campaign_table
from app.queries.relations import own_station
from app.workspace import Workspace

NO_VILLAGE: Final = "（未填村、社区）"
NO_NAME: Final = "（未登记）"
_RAISED: Final = ("反映意见（件）", "已办结（件）", "已解决（件）")
HEADS: Final = {
    Division.LEVEL: ("层级", "在任代表（人）", "参加代表（人）", "参加人次", "活动（次）", "接待走访群众（人）", *_RAISED),
    Division.DEPUTY: ("代表", "层级", "参加次数", "接待走访群众（人）", *_RAISED, "走访任务"),
    Division.VILLAGE: ("村（社区）", "活动（次）", "接待走访群众（人）", *_RAISED),
}
"""The columns of each block."""

Value = str | int


def campaign_paper(workspace: Workspace, id: Id) -> CampaignPaper:
    """The table on paper; raises `Refused("record_missing")`."""
    table = campaign_table(workspace, id)
    with workspace.reading() as connection:
        station = own_station(workspace, connection)
    campaign = table.campaign
    days = "-".join(f"{day:%Y%m%d}" if day else "0" for day in (campaign.starts_on, campaign.ends_on))
    head = Ledger(
        station=station.name,
        number=f"{station.code}/{days}",
        period=period(campaign.starts_on, campaign.ends_on),
        summary=summary(table),
    )
    blocks = tuple(
        (division.label, tuple(heads), tuple(tuple(map(str, row)) for row in rows)) for division, heads, rows in divided(table)
    )
    return CampaignPaper(head=head, title=campaign.name, facts=facts(campaign), blocks=blocks)


def divided(table: CampaignTable) -> Iterator[tuple[Division, Sequence[str], Sequence[Sequence[Value]]]]:
    """Each block: by what it divides, its columns, its rows with the sum last where rows add up."""
    levels = [_level_row(each) for each in table.levels]
    yield Division.LEVEL, HEADS[Division.LEVEL], [*levels, _level_row(table.whole, "合计")]
    yield Division.DEPUTY, HEADS[Division.DEPUTY], [_deputy_row(each, table.campaign) for each in table.deputies]
    yield Division.VILLAGE, HEADS[Division.VILLAGE], [_village_row(each) for each in table.villages]


def facts(campaign: Campaign) -> str:
    """Type, issuer and document number in a line."""
    told = (
        ("类型", wording(campaign.campaign_type)),
        ("发文机关", campaign.issuer),
        ("文号", campaign.document_number),
    )
    return "　　".join(f"{name}：{value}" for name, value in told if value)


def summary(table: CampaignTable) -> str:
    """The whole in a sentence."""
    whole = table.whole
    return (
        f"合计：参加代表{whole.deputies}名、{whole.times}人次，开展活动{whole.visits}次，接待走访群众{whole.people}人，"
        f"反映意见{whole.opinions}件，已办结{whole.closed}件，已解决{whole.solved}件。"
        "多名代表共同参加的活动，在每名代表和每个层级名下各计一次，合计只计一次。"
    )


def norm_told(row: PartRow, campaign: Campaign) -> str:
    """Whether a deputy has met the norm of people, where the campaign has one."""
    if not campaign.people_a_deputy:
        return ""
    lacking = campaign.people_a_deputy - row.people
    return "已完成" if lacking <= 0 else f"还差{lacking}人"


def _level_row(row: PartRow, name: str = "") -> Sequence[Value]:
    return (name or row.name, row.registered, row.deputies, row.times, row.visits, row.people, *_raised(row))


def _deputy_row(row: PartRow, campaign: Campaign) -> Sequence[Value]:
    return (row.name or NO_NAME, row.beside, row.times, row.people, *_raised(row), norm_told(row, campaign))


def _village_row(row: PartRow) -> Sequence[Value]:
    return (row.name or NO_VILLAGE, row.visits, row.people, *_raised(row))


def _raised(row: PartRow) -> Sequence[int]:
    return row.opinions, row.closed, row.solved
