"""Lists that the demo station has little of: deputies, former deputies, units, projects, suggestions, trash, rota, campaigns."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from itertools import product
from random import Random

import pytest

from app.clock import Clock
from app.domain.congress import Level
from app.domain.life import ProjectState, SuggestionState
from app.domain.papers import ALWAYS
from app.domain.people import Deputy, FormerDeputy
from app.domain.project import Project
from app.domain.records import Record
from app.domain.suggestion import Suggestion
from app.domain.unit import Unit
from app.domain.visit import Campaign, Visit, VisitKind
from app.keys.passphrase import Passphrase
from app.keys.ways import PassphraseWay
from app.queries.campaigns import campaign_list
from app.queries.listing import Listing
from app.queries.roster_list import RosterFilter, RosterSection, RosterSort, Standing, roster_list
from app.queries.rota import rota
from app.queries.suggestion_list import SuggestionGroup, SuggestionSort, suggestion_list
from app.queries.trash import TrashSort, trash
from app.use_cases import setup
from app.workspace import Workspace, opened
from tests.benchmarks.conftest import WORDS
from tests.benchmarks.figures import taken_in_turn, tell
from tests.benchmarks.test_pages import PAGE, assert_quick, every_order, told

MANY, REMOVED, DAYS = 1000, 400, 60
FIRST = date(2026, 1, 1)


@pytest.fixture(scope="module")
def station(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """A station with 1,000 records of each register, 1,000 suggestions, 400 records in the trash, 60 reception days."""
    home = tmp_path_factory.mktemp("registers") / "station"
    way = PassphraseWay(passphrase=Passphrase(WORDS))
    setup.set_up(home, way, code="430181001-001", name="示例联络站", operator="联络员", clock=Clock())
    with opened(home, way, write=True) as workspace:
        with workspace.writing() as books:
            books.records.save_all([record for number in range(MANY) for record in invented(workspace, number)])
        with workspace.writing() as books:
            gone = [Unit(id=workspace.clock.new_id(), name=f"撤并单位{number}") for number in range(REMOVED)]
            books.records.save_all(gone)
            books.records.remove([each.id for each in gone])
        yield workspace


def invented(workspace: Workspace, number: int) -> Iterator[Record]:
    """One of each, some things left open."""
    chance, new_id = Random(number), workspace.clock.new_id
    name = "".join(chance.choices("张王李赵曾单周吴郑陈褚卫蒋沈韩杨甲乙丙丁", k=3))
    level, day = chance.choice(list(Level)), FIRST + timedelta(days=number % 300)
    deputy = Deputy(id=new_id(), name=name, level=level, deputy_group=f"第{number % 9}小组")
    yield deputy
    yield FormerDeputy(id=new_id(), name=name, level=level, ended_on=day)
    yield Unit(id=new_id(), name=f"{name}局", closed=not number % 10)
    yield Project(
        id=new_id(), name=f"{name}路改造", year=2020 + number % 7, budget=number * 100, state=list(ProjectState)[number % 3]
    )
    text = "群众反映道路积水，出行不便。" * 80
    state = chance.choice(list(SuggestionState))
    yield Suggestion(id=new_id(), subject=f"关于{name}路的建议", text=text, lead_deputy=deputy.id, state=state, due_on=day)
    if number < DAYS:
        yield Visit(id=new_id(), visit_kind=VisitKind.RECEPTION, on=day, deputies=(deputy.id,), place="示例联络站")
        yield Campaign(id=new_id(), name=f"走访月{number}", starts_on=day, ends_on=day + timedelta(days=30))


def asked_of(station: Workspace) -> dict[str, Callable[[], object]]:
    """Every list with every filter and in every order."""
    asked: dict[str, Callable[[], object]] = {
        "trash": partial(trash, station),
        "rota": partial(rota, station, ALWAYS),
        "campaigns": partial(campaign_list, station),
        "deputies: holding 张": partial(roster_list, station, RosterSection.DEPUTIES, RosterFilter(typed="张")),
        "deputies: of a level": partial(roster_list, station, RosterSection.DEPUTIES, RosterFilter(level=str(Level.COUNTY))),
        "deputies: of a group": partial(roster_list, station, RosterSection.DEPUTIES, RosterFilter(group="第3小组")),
        "projects: of a year": partial(roster_list, station, RosterSection.PROJECTS, RosterFilter(year=2023)),
        "projects: of a state": partial(roster_list, station, RosterSection.PROJECTS, RosterFilter(state=list(ProjectState)[1])),
    }
    for section, standing in product(RosterSection, Standing):
        asked[f"{section.value}: {standing.value}"] = partial(roster_list, station, section, RosterFilter(standing=standing))
    for section, order in product(RosterSection, every_order(RosterSort)):
        asked[f"{section.value}: {told(order)}"] = partial(roster_list, station, section, RosterFilter(), order=order)
    for group, by in product(SuggestionGroup, every_order(SuggestionSort)):
        asked[f"suggestions: {group.value} {told(by)}"] = partial(suggestion_list, station, group, order=by)
    return asked | {f"trash: {told(order)}": partial(trash, station, order=order) for order in every_order(TrashSort)}


def test_registers(station: Workspace) -> None:
    asked = asked_of(station)
    figures = sorted(taken_in_turn(*asked.items()), key=lambda each: -each.median)
    tell(*(each.told() for each in figures))
    for name, ask in asked.items():
        found = ask()
        assert not isinstance(found, Listing) or len(found.rows) <= PAGE, name
    assert_quick(figures)
