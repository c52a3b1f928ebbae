"""An invented station holds what a station might hold, keeps every rule, and goes away whole."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import pytest

from app.clock import Clock
from app.domain.congress import Level
from app.domain.cosignature import Cosignature, CosignatureState, stands
from app.domain.deadlines import due
from app.domain.encounter import Encounter, outreach_problems, reception_problems
from app.domain.handling import Assignment, HandlingRole, slip_problems
from app.domain.issue import Issue, assignment_problems, issue_problems
from app.domain.kinds import ALL_KINDS
from app.domain.life import ISSUE_LIFE, SUGGESTION_LIFE, IssueEvent, IssueState, Life, SuggestionEvent
from app.domain.people import Contact, Deputy, FormerDeputy
from app.domain.records import ANY_KIND, AnyRecord, Record, body_of
from app.domain.reply import Reply, reply_problems
from app.domain.station import Seat, Station
from app.domain.step import Step
from app.domain.suggestion import Suggestion, digest_of_text, submission_problems, text_is_open
from app.domain.visit import Attendance, Visit, VisitKind
from app.errors import Refused, Unavailable
from app.keys.passphrase import Passphrase
from app.keys.ways import PassphraseWay
from app.progress import Progress
from app.queries.counts import count
from app.reference import DEFAULT_PROFILE, categories, rule_profiles, work_calendar
from app.storage import schema
from app.storage.database import open_database
from app.storage.records import Author
from app.use_cases.demo import BULK, STATION_CODE, Amounts, Filled, fill, set_up_if_missing
from app.use_cases.imports import undo_import
from app.use_cases.invented.words import FILE, vocabulary
from app.use_cases.upkeep import check
from app.workspace import Workspace, opened

TODAY: Final = date(2026, 6, 17)
NOW: Final = datetime(2026, 6, 17, 2, 30, tzinfo=UTC)
AMOUNTS: Final = Amounts(visits=30, issues=48, suggestions=8)
FEW: Final = Amounts(visits=3, issues=4, suggestions=1)
UUID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
NOBODY: Final = re.compile(r"[\u4e00-\u9fff]某某?")


@contextmanager
def new_station(folder: Path) -> Iterator[Workspace]:
    """A new station without the slow part of a set-up, its keys; its day is always the same."""
    (folder / "outbox").mkdir(parents=True)
    key, clock = bytes(32), Clock(now=lambda: NOW)
    schema.create(folder / "station.db", key)
    station = Station(id=clock.new_id(), code=STATION_CODE, name="示例站")
    database = open_database(folder / "station.db", key)
    author = Author(owner=station.id, by="0123456789abcdef", op=clock.new_id())
    try:
        workspace = Workspace(folder=folder, database=database, author=author, clock=clock, writable=True)
        with workspace.writing() as books:
            books.records.save_all([station, Seat(id=clock.new_id(), station=station.id)])
        yield workspace
    finally:
        database.close()


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Workspace]:
    with new_station(tmp_path / "station") as workspace:
        yield workspace


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Workspace, Filled]]:
    """Filled once, and only read."""
    with new_station(tmp_path_factory.mktemp("demo") / "station") as workspace:
        yield workspace, fill(workspace, AMOUNTS, seed=1)


@pytest.fixture
def made(filled: tuple[Workspace, Filled]) -> dict[str, list[Record]]:
    """What the filled station holds, by kind."""
    return records_by_kind(filled[0])


def records_by_kind(workspace: Workspace) -> dict[str, list[Record]]:
    with workspace.writing() as books:
        return {kind.traits.name: [each.record for each in books.records.all_of(kind)] for kind in ALL_KINDS}


def every(cls: type[AnyRecord], made: dict[str, list[Record]]) -> list[AnyRecord]:
    return [each for each in made[cls.traits.name] if isinstance(each, cls)]


def contents(workspace: Workspace) -> str:
    """Everything recorded, each identifier by the place where it first stands."""
    places: dict[str, str] = {}
    told = [[each.id, body_of(each)] for several in records_by_kind(workspace).values() for each in several]
    return UUID.sub(lambda found: places.setdefault(found[0], f"#{len(places)}"), json.dumps(told, ensure_ascii=False))


# --- what there is -------------------------------------------------------------------------------------------------


def test_as_many_are_made_as_were_asked_for_and_all_are_counted(filled: tuple[Workspace, Filled]) -> None:
    workspace, told = filled

    assert (told.records["visit"], told.records["issue"], told.records["suggestion"]) == (30, 48, 8)
    assert dict(told.records) | {"seat": 1, "station": 1} == count(workspace)


@pytest.mark.parametrize("amounts", [Amounts(visits=0, issues=0, suggestions=0), FEW, Amounts(visits=0, issues=5, suggestions=2)])
def test_any_amounts_will_do(station: Workspace, amounts: Amounts) -> None:
    told = fill(station, amounts, seed=4).records

    asked = {"visit": amounts.visits, "issue": amounts.issues, "suggestion": amounts.suggestions}
    assert {kind: told.get(kind, 0) for kind in asked} == asked


def test_the_same_seed_tells_the_same_and_another_one_something_else(tmp_path: Path) -> None:
    told = []
    for place, seed in enumerate((7, 7, 8)):
        with new_station(tmp_path / str(place)) as workspace:
            fill(workspace, FEW, seed)
            told.append(contents(workspace))

    assert told[0] == told[1] != told[2]


def test_a_large_station_meets_nobody_at_its_visits_unless_that_is_asked_for(station: Workspace) -> None:
    assert Amounts(visits=BULK, issues=0, suggestions=0).encounters_a_visit() == 1
    assert Amounts(visits=BULK + 1, issues=0, suggestions=0).encounters_a_visit() == 0

    told = fill(station, Amounts(visits=20, issues=0, suggestions=0, encounters=0), seed=1).records

    assert told["visit"] == 20
    assert not told.keys() & {"encounter", "attendance", "contact"}


def test_everything_lies_within_two_years_up_to_today_and_mostly_on_working_days(made: dict[str, list[Record]]) -> None:
    days = [each.day() for each in [*every(Visit, made), *every(Issue, made), *every(Step, made), *every(Reply, made)]]
    worked = [day for day in days if day and work_calendar().is_workday(day)]

    assert all(day and date(2024, 6, 17) <= day <= TODAY for day in days)
    assert len(worked) > 0.9 * len(days)
    assert len({day.month for day in worked}) == 12


def test_deputies_of_four_levels_are_in_office_and_one_is_not(made: dict[str, list[Record]]) -> None:
    deputies = every(Deputy, made)

    assert {each.level for each in deputies} == {Level.PROVINCE, Level.CITY, Level.COUNTY, Level.TOWNSHIP}
    assert [bool(each.ended_on) for each in deputies].count(False) == 12
    assert len({each.name for each in deputies}) == len({each.deputy_card_no for each in deputies}) == len(deputies)


def test_nobody_in_it_exists(made: dict[str, list[Record]]) -> None:
    people: list[Deputy | FormerDeputy | Encounter | Attendance] = []
    for cls in (Deputy, FormerDeputy, Encounter, Attendance):
        people.extend(every(cls, made))

    assert all(NOBODY.fullmatch(each.name) for each in people if each.name)
    assert all(re.fullmatch(r"1380000\d{4}", each.phone) for each in every(Contact, made))
    assert not re.search(r"(?<!\d)1(?!380000)\d{10}(?!\d)", UUID.sub("", json.dumps([body_of(each) for each in people])))


def test_no_blank_stays_open_and_texts_differ(made: dict[str, list[Record]]) -> None:
    told = [json.dumps(body_of(each), ensure_ascii=False)[1:-1] for several in made.values() for each in several]
    words = Counter(each.words for each in every(Issue, made))

    assert not [text for text in told if re.search(r"[{}]", text)]
    assert max(words.values()) == 1
    assert min(map(len, words)) > 15


# --- the rules they keep -------------------------------------------------------------------------------------------


def test_every_reference_leads_to_a_record_of_its_kind(made: dict[str, list[Record]]) -> None:
    kinds = {each.id: kind for kind, several in made.items() for each in several}

    for several in made.values():
        for each in several:
            for name, declared in each.traits.fields.items():
                value = getattr(each, name)
                for id in value if isinstance(value, tuple) else (value,):
                    if declared.to and id:
                        assert kinds[id] == (kinds[id] if declared.to == ANY_KIND else declared.to), (each, name)


def test_issues_stand_in_every_state_and_their_steps_lead_there(made: dict[str, list[Record]]) -> None:
    issues = every(Issue, made)

    assert {each.state for each in issues} == set(IssueState)
    for issue in issues:
        assert follow(ISSUE_LIFE, IssueEvent, steps_of(issue, made), since=issue.received_on) == issue.state


def test_suggestions_stand_where_their_steps_lead(made: dict[str, list[Record]]) -> None:
    for suggestion in every(Suggestion, made):
        assert follow(SUGGESTION_LIFE, SuggestionEvent, steps_of(suggestion, made)) == suggestion.state


def steps_of(record: Record, made: dict[str, list[Record]]) -> list[Step]:
    return [step for step in every(Step, made) if step.of == record.id]


def follow(life: Life[Any, Any], events: type[Any], steps: list[Step], since: date | None = None) -> str:
    """The state that steps lead to, each from the state before it and none before the day of another."""
    state = life.start
    for step in steps:
        assert step.from_state == state
        state = life.after(state, events(step.event))
        assert step.to_state == state
    days = [*filter(None, [since]), *(step.on for step in steps)]
    assert all(before and after and before <= after <= TODAY for before, after in pairwise(days))
    return str(state)


def test_submitted_suggestions_are_complete_and_frozen_and_drafts_are_not(made: dict[str, list[Record]]) -> None:
    deputies = {each.id: each for each in every(Deputy, made)}
    suggestions = every(Suggestion, made)

    for each in suggestions:
        problems = list(submission_problems(each, lead=deputies[each.lead_deputy], on=each.submitted_on or TODAY))
        assert not problems
        assert len(each.text) > 200
        assert each.text_digest == ("" if text_is_open(each) else digest_of_text(each))
    assert {text_is_open(each) for each in suggestions} == {True, False}


def test_an_issue_became_a_suggestion_on_the_day_it_was_submitted(made: dict[str, list[Record]]) -> None:
    submitted = {id: each for each in every(Suggestion, made) if each.submitted_on for id in each.issues}
    raised = {each.of: each for each in every(Step, made) if each.event == IssueEvent.RAISE}

    assert raised.keys() == submitted.keys()
    assert all((step.on, step.reason) == (submitted[id].submitted_on, submitted[id].subject) for id, step in raised.items())


def test_signatures_stand_for_the_words_that_were_signed(made: dict[str, list[Record]]) -> None:
    suggestions = {each.id: each for each in every(Suggestion, made)}
    signed = [each for each in every(Cosignature, made) if each.state == CosignatureState.SIGNED]

    assert signed
    assert all(stands(each, suggestions[each.suggestion]) for each in signed)
    assert all(each.deputy != suggestions[each.suggestion].lead_deputy for each in signed)


def test_deadlines_are_those_of_the_rules(made: dict[str, list[Record]]) -> None:
    profile = rule_profiles()[DEFAULT_PROFILE]
    issues = {each.id for each in every(Issue, made)}

    for slip in every(Assignment, made):
        assert slip.assigned_on
        again = profile.rehandling if slip.round > 1 and slip.of not in issues else profile.reply
        answering = profile.co_handler_opinion if slip.role == HandlingRole.CO else again
        period = profile.issue if slip.of in issues else answering
        assert slip.due_on == due(slip.assigned_on, period, profile, work_calendar()).day


def test_nothing_is_missing_that_a_person_would_be_asked_for(made: dict[str, list[Record]]) -> None:
    assert not list(blocking(made))


def blocking(made: dict[str, list[Record]]) -> Iterable[tuple[Record, str]]:
    issues = {each.encounter: each for each in every(Issue, made)}
    visits = {each.id: each for each in every(Visit, made)}
    checks: list[tuple[Record, Iterable[Any]]] = [
        *((each, issue_problems(each)) for each in every(Issue, made)),
        *((each, assignment_problems(each)) for each in every(Issue, made) if each.assigned_on),
        *((each, slip_problems(each)) for each in every(Assignment, made)),
        *((each, reply_problems(each)) for each in every(Reply, made)),
    ]
    for each in every(Encounter, made):
        reception = each.visit and visits[each.visit].visit_kind == VisitKind.RECEPTION
        checks.append((each, (reception_problems if reception else outreach_problems)(each, issues.get(each.id))))
    yield from ((record, problem.code) for record, problems in checks for problem in problems if not problem.hint)


def test_categories_stand_below_those_that_come_with_the_program() -> None:
    names = {(each.category, each.category_name) for each in vocabulary().topics}
    first = {scheme.value: set(codes) for scheme, codes in categories().items()}

    assert len(names) == len({code for code, _ in names})
    assert {code[:2] for code, _ in names} <= first["issue"]
    assert {each.suggestion for each in vocabulary().topics} <= first["suggestion"]


# --- saved and taken back ------------------------------------------------------------------------------------------


def test_a_check_that_reads_everything_finds_nothing(filled: tuple[Workspace, Filled]) -> None:
    checked = check(filled[0], read_data=True)

    assert (checked.findings, checked.records) == ((), sum(filled[1].records.values()) + 2)


def test_undo_takes_everything_back_and_the_station_may_be_filled_again(station: Workspace) -> None:
    before = count(station)
    told = fill(station, FEW, seed=1)

    undone = undo_import(station, told.import_id)

    assert (undone.removed, undone.kept) == (sum(told.records.values()), ())
    assert count(station) == before
    assert fill(station, FEW, seed=1).records == told.records
    assert not check(station, read_data=True).findings


def test_a_station_with_records_of_its_own_is_left_alone(station: Workspace) -> None:
    with station.writing() as books:
        books.records.save(Deputy(id=station.clock.new_id(), name="张某"))
    before = contents(station)

    with pytest.raises(Refused) as refused:
        fill(station, FEW, seed=1)

    assert (refused.value.code, refused.value.facts) == ("demo_not_empty", {"records": {"deputy": 1}})
    assert contents(station) == before


def test_less_than_nothing_is_refused(station: Workspace) -> None:
    with pytest.raises(Refused, match="demo_amount"):
        fill(station, Amounts(visits=3, issues=-1, suggestions=0), seed=1)


def test_a_person_may_stop_it_and_nothing_is_left(station: Workspace) -> None:
    before, progress = count(station), Progress()
    progress.cancel()

    with pytest.raises(Refused, match="cancelled"):
        fill(station, FEW, 1, progress)

    assert (count(station), progress.total) == (before, 8)


def test_an_invented_station_is_set_up_where_there_is_none_and_only_there(tmp_path: Path) -> None:
    way = PassphraseWay(passphrase=Passphrase("只为测试"))

    code = set_up_if_missing(tmp_path, way, Clock())

    assert len(code) > 40
    assert set_up_if_missing(tmp_path, way, Clock()) == ""
    with opened(tmp_path, way, write=False) as workspace:
        assert count(workspace) == {"operator": 1, "seat": 1, "station": 1}


def test_a_damaged_stock_of_words_is_named(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text('{"words": {}}', encoding="utf-8")

    with pytest.raises(Unavailable) as failed:
        vocabulary(tmp_path)

    assert (failed.value.code, failed.value.facts["file"]) == ("reference_damaged", FILE)
