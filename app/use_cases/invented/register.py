"""The invented register: congresses with their terms and deputies, handling units, categories, a month of outreach."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any, Final

from app.domain.category import Category, CategoryScheme
from app.domain.congress import Congress, Level, Term
from app.domain.people import Deputy, DeputyStatus, Entry, FormerDeputy, Sex
from app.domain.records import Record
from app.domain.unit import Unit, UnitType
from app.domain.values import known
from app.domain.visit import Campaign, CampaignType, VisitKind
from app.use_cases.invented.words import UnitWords
from app.use_cases.invented.world import World

_DIVISIONS: Final = (
    (Level.PROVINCE, "示例省", 2),
    (Level.CITY, "示例市", 3),
    (Level.COUNTY, "示例区", 5),
    (Level.TOWNSHIP, "示例镇", 2),
)
"""The congresses whose deputies meet residents here, and how many of each hold a mandate."""

_TERM_YEARS: Final = 5
_ELECTED: Final = timedelta(days=20)  # before a term begins


def register_records(world: World) -> Iterator[Record]:
    """Everything that is entered before the first visit; deputies in office and units are kept in the world."""
    surnames = world.chance.sample(world.speaker.vocabulary.words["surname"], 15)
    began = date(world.today.year - _TERM_YEARS + 2, 1, 12)
    for place, (level, division, number) in enumerate(_DIVISIONS):
        congress = _congress(world, level, division)
        term = Term(id=world.new_id(), congress=congress.id, term_no=14 + place, began_on=began)
        yield from (congress, term)
        for _ in range(number):
            deputy = _deputy(world, surnames.pop() + "某某", congress, term, division)
            world.deputies.append(deputy)
            yield deputy
    yield from _gone(world, surnames, world.deputies[-3])
    yield from _units(world)
    yield from _categories(world)
    world.campaigns.extend((_outreach_month(world), _station_days(world)))
    yield from world.campaigns


def _congress(world: World, level: Level, division: str) -> Congress:
    standing = f"{division}人民代表大会" if level is Level.TOWNSHIP else f"{division}人民代表大会常务委员会"
    return Congress(
        id=world.new_id(),
        name=f"{division}人民代表大会",
        level=level,
        standing_organ=standing,
        deputy_affairs_committee="" if level is Level.TOWNSHIP else "代表工作委员会",
    )


def _deputy(world: World, name: str, congress: Congress, term: Term, division: str) -> Deputy:
    began = term.began_on or world.today
    late = world.happens(0.1)
    group = world.pick(world.speaker.vocabulary.words["group"])
    return Deputy(
        id=world.new_id(),
        name=name,
        sex=world.pick((Sex.MALE, Sex.FEMALE)),
        level=congress.level,
        congress=congress.id,
        term=term.id,
        deputy_card_no=f"示例{world.chance.randrange(100_000):05d}",
        delegation=f"{division}代表团" if congress.level != Level.COUNTY else "示例街道代表团",
        electing_unit=f"{division}第{world.chance.randint(1, 60)}选区"
        if congress.level in {Level.COUNTY, Level.TOWNSHIP}
        else division,
        deputy_group=group,
        group_convener=world.happens(0.2),
        workplace=world.say("trade", {}),
        post=world.say("post", {}),
        station=world.station,
        entry=Entry.BY_ELECTION if late else Entry.GENERAL_ELECTION,
        elected_on=began + timedelta(days=240) if late else began - _ELECTED,
        status=DeputyStatus.ACTIVE,
    )


def _gone(world: World, surnames: list[str], like: Deputy) -> Iterator[Record]:
    """One whose mandate has ended, and two of earlier terms."""
    yield Deputy(
        id=world.new_id(),
        name=surnames.pop() + "某",
        level=like.level,
        congress=like.congress,
        term=like.term,
        deputy_card_no=f"示例{world.chance.randrange(100_000):05d}",
        delegation=like.delegation,
        station=world.station,
        elected_on=like.elected_on,
        status=DeputyStatus.ENDED,
        ended_on=world.day(len(world.days) - 60),
        ended_reason="工作调动，迁出本行政区域",
    )
    for _ in range(2):
        name, workplace = surnames.pop() + "某", world.say("trade", {})
        yield FormerDeputy(
            id=world.new_id(), name=name, level=like.level, congress=like.congress, workplace=workplace, station=world.station
        )


def _units(world: World) -> Iterator[Record]:
    for told in world.speaker.vocabulary.units:
        unit = Unit(
            id=world.new_id(),
            name=told.name,
            short_name=told.short,
            unit_type=known(UnitType, told.type),
            level=Level.TOWNSHIP if told.route in {"village", "township_office"} else Level.COUNTY,
            liaison_person=world.speaker.person(),
            office_phone=world.speaker.phone(),
            **_policy(told),
        )
        world.units[told.key] = unit.id
        yield unit


def _policy(told: UnitWords) -> dict[str, Any]:
    """Who answers questions on policy at a department; chance of its own: nothing else changes by it."""
    if told.type != UnitType.GOVERNMENT:
        return {}
    chance = Random(told.key)
    return {
        "policy_contact": chance.choice("赵钱孙李周吴郑王冯陈") + "某某",
        "policy_phone": f"1380000{chance.randrange(10_000):04d}",
        "policy_matters": f"{told.short}职责范围内的政策解读和咨询",
    }


def _categories(world: World) -> Iterator[Record]:
    """The second level, which a station adds to the first that comes with the program."""
    names = {each.category: each.category_name for each in world.speaker.vocabulary.topics}
    for code, name in sorted(names.items()):
        yield Category(id=world.new_id(), scheme=CategoryScheme.ISSUE, code=code, name=name, parent=code[:2])


def _station_days(world: World) -> Campaign:
    """A campaign that runs on the day the station is looked at."""
    return Campaign(
        id=world.new_id(),
        name=f"{world.today.year}年代表集中进站主题活动",
        campaign_type=CampaignType.STATION_DAYS,
        issuer="示例区人大常委会代表工作委员会",
        document_number=f"示人代工〔{world.today.year}〕3号",
        starts_on=world.today - timedelta(days=150),
        ends_on=world.today + timedelta(days=20),
        task="各级代表进站接待、走访选民，听取意见建议，能当场答复的当场答复。",
    )


def _outreach_month(world: World) -> Campaign:
    ends = world.day(len(world.days) - 120)
    return Campaign(
        id=world.new_id(),
        name=f"{ends.year}年代表走访月",
        campaign_type=CampaignType.OUTREACH_MONTH,
        issuer="示例区人大常委会代表工作委员会",
        visit_kind=VisitKind.OUTREACH,
        starts_on=ends - timedelta(days=30),
        ends_on=ends,
        people_a_deputy=30,
        days_a_deputy=1,
        task="每名代表走访群众不少于三十人，进站接待不少于一天。",
    )
