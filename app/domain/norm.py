"""What a month asks of each deputy: days of reception and people visited (站点履职要求; domain brief 0.6)."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from app.domain.station import Station
from app.domain.visit import Campaign


@dataclass(frozen=True, slots=True, kw_only=True)
class Norm:
    """Days of reception and people visited that are asked of one deputy."""

    days: int
    people: int

    def over(self, other: "Norm") -> "Norm":
        """This norm, what it leaves open taken from another one."""
        return Norm(days=self.days or other.days, people=self.people or other.people)


USUAL: Final = Norm(days=1, people=30)
"""One day of reception and thirty people a month, where a station says nothing else."""


def norm_of_station(station: Station) -> Norm:
    """What a station asks of each deputy every month."""
    return Norm(days=station.days_a_deputy, people=station.people_a_deputy).over(USUAL)


def norm_of_campaign(campaign: Campaign) -> Norm:
    """What a campaign asks of each deputy in all; nothing where it is silent."""
    return Norm(days=campaign.days_a_deputy, people=campaign.people_a_deputy)


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What a deputy did of a norm; people count, not lines (decision 11)."""

    days: int = 0
    people: int = 0

    def missing_days(self, norm: Norm) -> int:
        """Days of reception still to come."""
        return max(0, norm.days - self.days)

    def missing_people(self, norm: Norm) -> int:
        """People still to be visited."""
        return max(0, norm.people - self.people)


def month_of(day: date) -> tuple[date, date]:
    """The first and the last day of a day's month."""
    first = day.replace(day=1)
    return first, next_month(first) - timedelta(days=1)


def next_month(first: date) -> date:
    """The first day of the month after."""
    return (first + timedelta(days=31)).replace(day=1)


def last_month(first: date) -> date:
    """The first day of the month before."""
    return (first - timedelta(days=1)).replace(day=1)
