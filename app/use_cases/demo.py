"""An invented station to look around in: its records are saved as an import is, and taken back as an import is (decision 31)."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from app.changes import Changes
from app.clock import Clock
from app.domain.records import Record
from app.domain.station import INVENTED_STATION
from app.domain.values import Id
from app.errors import Refused
from app.keys.ways import Way
from app.progress import Progress
from app.queries.counts import count
from app.storage import batches
from app.use_cases.invented.awards import award_records
from app.use_cases.invented.issues import issue_records
from app.use_cases.invented.plans import IssuePlan, plan_issues, plan_suggestions, visit_day
from app.use_cases.invented.projects import project_records
from app.use_cases.invented.register import register_records
from app.use_cases.invented.suggestions import suggestion_records
from app.use_cases.invented.visits import Visits
from app.use_cases.invented.world import World, make_world
from app.use_cases.setup import set_up
from app.workspace import FOLDER, Workspace

STATION_CODE: Final = INVENTED_STATION
STATION_NAME: Final = "示例街道人大代表联络站"
OPERATOR: Final = "联络员"
BULK: Final = 5_000
_AT_ONCE: Final = 1000
_THERE_FROM_SET_UP: Final = frozenset({"station", "seat", "operator"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Amounts:
    """How many visits, issues and suggestions, and how many residents each reception and outreach meets on average.

    Unless it is said, a station of up to `BULK` visits meets one; a larger one, made to be measured, has no people at its visits
    but those who raised an issue.
    """

    visits: int
    issues: int
    suggestions: int
    encounters: int | None = None

    def encounters_a_visit(self) -> int:
        """Residents at a reception or outreach, on average."""
        return (1 if self.visits <= BULK else 0) if self.encounters is None else self.encounters


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """How many records of each kind were saved, and the import they can be taken back by."""

    records: Mapping[str, int]
    import_id: Id
    changes: Changes = ~Changes.NOTHING


def set_up_if_missing(home: Path, way: Way, clock: Clock) -> str:
    """An invented station where there is none, and its recovery code; nothing, and "", where there is one.

    Raises as `set_up` does.
    """
    if (home / FOLDER).exists():
        return ""
    return set_up(home, way, code=STATION_CODE, name=STATION_NAME, operator=OPERATOR, clock=clock).recovery_code


def fill(workspace: Workspace, amounts: Amounts, seed: int, progress: Progress | None = None) -> Filled:
    """Invented records in one transaction, the same for the same seed on the same day but for identifiers and moments.

    Raises `Refused("demo_amount", amount)` below nothing, `Refused("demo_not_empty", records)` in a station with records of its
    own, `Refused("cancelled")`.
    """
    if (least := min(amounts.visits, amounts.issues, amounts.suggestions, amounts.encounters_a_visit())) < 0:
        raise Refused("demo_amount", amount=least)
    if own := {kind: number for kind, number in count(workspace).items() if kind not in _THERE_FROM_SET_UP}:
        raise Refused("demo_not_empty", records=own)
    world = make_world(seed, today=workspace.clock.today().date(), station=workspace.author.owner, new_id=workspace.clock.new_id)
    coming = _records(world, amounts)
    progress = progress or Progress()
    progress.total = amounts.visits + amounts.issues + amounts.suggestions
    batch, saved = workspace.clock.new_id(), Counter[str]()
    with workspace.writing() as books:
        while part := list(islice(coming, _AT_ONCE)):
            books.records.save_all(part, batch=batch)
            kinds = Counter(each.traits.name for each in part)
            saved += kinds
            progress.advance(kinds["visit"] + kinds["issue"] + kinds["suggestion"])
        source = f"demo --seed {seed}"
        batches.note(books.connection, batch, source, workspace.clock.now(), ())
        books.note("imported", {"import": batch, "file": source, "rows": saved.total()})
    return Filled(records=dict(sorted(saved.items())), import_id=batch)


def _records(world: World, amounts: Amounts) -> Iterator[Record]:
    """Everything in the order it might have been entered."""
    yield from register_records(world)
    suggestions = plan_suggestions(world, amounts.suggestions)
    issues = plan_issues(world, amounts.issues, amounts.visits, suggestions)
    yield from _log(world, amounts, issues)
    for number, suggestion in enumerate(suggestions, start=1):
        yield from suggestion_records(world, number, suggestion)
    yield from project_records(world, issues)
    yield from award_records(world)


def _log(world: World, amounts: Amounts, plans: list[IssuePlan]) -> Iterator[Record]:
    """The visits day by day with their people and the issues raised there; in between, the issues that came otherwise."""
    numbered = list(enumerate(plans, start=1))
    at_visits: dict[int, list[tuple[int, IssuePlan]]] = {}
    for number, plan in numbered:
        if plan.visit is not None:
            at_visits.setdefault(plan.visit, []).append((number, plan))
    others = iter([(number, plan) for number, plan in numbered if plan.visit is None])
    waiting = next(others, None)
    visits = Visits(world, amounts.encounters_a_visit())
    for place in range(amounts.visits):
        day = visit_day(world, place, amounts.visits)
        while waiting and waiting[1].received <= day:
            yield from issue_records(world, *waiting, None)
            waiting = next(others, None)
        raised = at_visits.pop(place, [])
        visit = visits.visit(place + 1, world.day(day), meeting=bool(raised))
        yield visit
        yield from visits.people(visit, len(raised))
        for number, plan in raised:
            yield from issue_records(world, number, plan, visit)
    while waiting:
        yield from issue_records(world, *waiting, None)
        waiting = next(others, None)
