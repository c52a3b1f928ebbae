"""What every invented record leans on: the chance, the speaker, the working days of two years, the people at the station."""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Final, TypeVar

from app.domain.deadlines import Period, RuleProfile, due
from app.domain.people import Deputy
from app.domain.values import Id
from app.domain.visit import Campaign
from app.domain.work_calendar import ONE_DAY, WorkCalendar
from app.reference import DEFAULT_PROFILE, rule_profiles, work_calendar
from app.use_cases.invented.words import Scene, Speaker, Topic, UnitWords, vocabulary

SPAN: Final = timedelta(days=730)
_SATURDAY: Final = 5
Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """The people of the station itself."""

    head: str
    officer: str
    chair: str


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """An invented neighbourhood, the same for the same seed and day; identifiers alone are new each time."""

    chance: Random
    speaker: Speaker
    new_id: Callable[[], Id]
    station: Id
    today: date
    days: tuple[date, ...]  # working days, oldest first; most things are counted in their places
    calendar: WorkCalendar
    profile: RuleProfile
    staff: Staff
    deputies: list[Deputy] = field(default_factory=list)  # those in office; entered first
    units: dict[str, Id] = field(default_factory=dict)  # by key
    campaigns: list[Campaign] = field(default_factory=list)

    def pick(self, things: Sequence[Thing]) -> Thing:
        """One of them."""
        return things[int(self.chance.random() * len(things))]

    def happens(self, share: float) -> bool:
        """True as often as `share` says."""
        return self.chance.random() < share

    def say(self, name: str, scene: Scene) -> str:
        """Words of a name."""
        return self.speaker.word(name, scene)

    def topic(self) -> Topic:
        """Some topic."""
        return self.pick(self.speaker.vocabulary.topics)

    def unit_of(self, topic: Topic) -> UnitWords:
        """The unit that handles a topic."""
        return next(each for each in self.speaker.vocabulary.units if each.key == topic.unit)

    def scene(self, topic: Topic, at: str = "") -> dict[str, str]:
        """What is settled when a topic is spoken of: where it is, who handles it, and one of its matters from fact to end."""
        scene = {"at": at or self.speaker.say(topic.at, {}), "topic": topic.name, "unit": self.unit_of(topic).short}
        matter = self.pick(topic.matters)
        return scene | {part: self.speaker.say(told, scene) for part, told in matter.items()}

    def day(self, place: int) -> date:
        """The working day of a place; the last one for any later place."""
        return self.days[min(place, len(self.days) - 1)]

    def place_of(self, day: date) -> int:
        """The place of a day, or of the next working day."""
        return bisect_left(self.days, day)

    def rest_day_after(self, day: date) -> date:
        """The Saturday after a day where it has come, else the day itself."""
        saturday = day + timedelta(days=_SATURDAY - day.weekday())
        return saturday if day < saturday <= self.today else day

    def due(self, start: date, period: Period) -> date:
        """The last day of a period by the rules."""
        return due(start, period, self.profile, self.calendar).day


def make_world(seed: int, *, today: date, station: Id, new_id: Callable[[], Id]) -> World:
    """The world of a seed as it stands today."""
    chance, calendar = Random(seed), work_calendar()
    speaker = Speaker(chance, vocabulary())
    return World(
        chance=chance,
        speaker=speaker,
        new_id=new_id,
        station=station,
        today=today,
        days=_working_days(today, calendar),
        calendar=calendar,
        profile=rule_profiles()[DEFAULT_PROFILE],
        staff=Staff(head=speaker.person(), officer=speaker.person(), chair=speaker.person()),
    )


def _working_days(today: date, calendar: WorkCalendar) -> tuple[date, ...]:
    days = (today - SPAN + ONE_DAY * count for count in range(SPAN.days + 1))
    return tuple(filter(calendar.expects_work, days))
