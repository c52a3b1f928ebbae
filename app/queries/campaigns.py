"""Campaigns as a list shows them and a form offers them; what belongs to one, and what might."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, and_, func, select

from app.domain.campaign import CampaignState, state_on
from app.domain.values import Id
from app.domain.visit import Campaign, Visit
from app.errors import Refused
from app.queries.relations import found, member, one_with_heads, standing, with_heads, within
from app.storage.records import Stored
from app.storage.tables import CurrentRow
from app.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignRow:
    """One line of the list: the campaign, where it stands today, and how many visits belong to it."""

    campaign: Campaign
    state: CampaignState
    visits: int

    @property
    def id(self) -> Id:
        """The campaign's identifier."""
        return self.campaign.id


def campaign_list(workspace: Workspace) -> tuple[CampaignRow, ...]:
    """Every campaign, those that run first, then the newest."""
    today = workspace.clock.today().date()
    with workspace.reading() as connection:
        campaigns, visits = campaigns_there(connection), _visits_of(connection)
    rows = [CampaignRow(campaign=each, state=state_on(each, today), visits=visits.get(each.id, 0)) for each in campaigns]
    return tuple(sorted(rows, key=lambda row: row.state is not CampaignState.RUNNING))


def campaigns_there(connection: Connection) -> list[Campaign]:
    """Every campaign that was not removed, the newest first."""
    campaigns = found(connection, Campaign)
    return sorted(campaigns, key=lambda each: (str(each.starts_on or ""), each.id), reverse=True)


def campaign_with_heads(workspace: Workspace, id: Id) -> tuple[Campaign, tuple[Id, ...]]:
    """A campaign with the heads it was read from; raises `Refused("record_missing")`."""
    with workspace.reading() as connection:
        stored = one_with_heads(connection, Campaign, id)
    if stored is None:
        raise Refused("record_missing", kind=Campaign.traits.name, id=id)
    return stored.record, stored.heads


def campaign_named(workspace: Workspace, text: str) -> Campaign:
    """The campaign with this identifier or name; raises `Refused("campaign_unknown", name)`, `Refused("campaign_ambiguous")`."""
    with workspace.reading() as connection:
        called = [each for each in campaigns_there(connection) if text in {each.id, each.name}]
    if not called:
        raise Refused("campaign_unknown", name=text)
    if len(called) > 1:
        raise Refused("campaign_ambiguous", name=text)
    return called[0]


def is_campaign(workspace: Workspace, id: Id) -> bool:
    """Whether a record of this identifier is a campaign."""
    with workspace.reading() as connection:
        return connection.execute(select(CurrentRow.no).where(standing("campaign"), CurrentRow.id == id)).first() is not None


def visits_outside(workspace: Workspace, campaign: Campaign) -> Sequence[Stored[Visit]]:
    """The visits of a campaign's days that belong to no campaign, with the heads they were read from."""
    free = func.coalesce(member("campaign"), "") == ""
    kind = [member("visit_kind") == str(campaign.visit_kind)] if campaign.visit_kind else []
    with workspace.reading() as connection:
        return with_heads(connection, Visit, within(campaign.starts_on, campaign.ends_on), free, and_(True, *kind))


def many_belonging(workspace: Workspace, id: Id) -> int:
    """How many visits and issues name a campaign."""
    with workspace.reading() as connection:
        question = select(func.count()).where(member("campaign") == id, CurrentRow.deleted == False)  # noqa: E712  # as the index has it
        return int(connection.execute(question).scalar_one())


def _visits_of(connection: Connection) -> Mapping[Id, int]:
    campaign = member("campaign")
    question = select(campaign.label("campaign"), func.count().label("many")).where(standing("visit"), campaign.is_not(None))
    return {row.campaign: row.many for row in connection.execute(question.group_by(campaign))}
