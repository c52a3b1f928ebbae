"""The rules of a station are written down: calendar years, profiles of its own, and which congress goes by which.

Each change is one deed with what follows from it: the days that are still owed and were reckoned by the rules before
(`docs/architecture.md`, "Rules are records"). Whoever undoes the change takes them back too.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from app.changes import RULES, Changes
from app.domain.calendar_year import EnteredYear, year_problems
from app.domain.congress import Congress
from app.domain.handling import Assignment
from app.domain.issue import Issue
from app.domain.own_profile import OwnProfile, own_problems
from app.domain.problems import stop_at
from app.domain.reckoned_anew import course_anew, issue_anew
from app.domain.records import Record
from app.domain.reference_data import ReferenceData
from app.domain.suggestion import Suggestion
from app.domain.suggestion_limits import OWED_IN, Rules
from app.domain.values import Id
from app.errors import Refused
from app.ledgers.holidays import read_holidays
from app.queries.issue_card import belonging
from app.queries.issue_due import DONE_WITH
from app.queries.relations import found, member
from app.queries.rules import entered_years, profiles_in_force, rules_by_congress, station_rules
from app.queries.suggestion_course import LIMITING, courses
from app.reference import rule_profiles
from app.storage.database import Connection
from app.storage.deeds import mark_whole
from app.storage.transaction import Transaction
from app.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesKept:
    """What was written down or removed, and how many days that are owed have moved with it."""

    id: Id
    moved: int
    changes: Changes = RULES


def keep_year(workspace: Workspace, year: EnteredYear) -> RulesKept:
    """Enter a calendar year; one that was entered before is corrected.

    Raises `Refused("incomplete", problems)`, `Refused("not_allowed")`.
    """
    stop_at(year_problems(year))
    with workspace.writing() as books, reckoned(workspace, books) as moved:
        known = entered_years(books.connection).get(year.year)
        id = books.records.save(replace(year, id=known.id if known else year.id or workspace.clock.new_id()))
    return RulesKept(id=id, moved=len(moved))


def keep_year_from(workspace: Workspace, path: Path, year: int, source: str) -> RulesKept:
    """Enter a calendar year as a table has it. Raises what `read_holidays` and `keep_year` raise."""
    rest, worked = read_holidays(path, year)
    return keep_year(workspace, EnteredYear(id="", year=year, rest=rest, worked=worked, source=source))


def drop_year(workspace: Workspace, year: int) -> RulesKept:
    """Remove a year that the station entered; what the program brought for it, if anything, stands again.

    Raises `Refused("calendar_year_missing", year)`, `Refused("not_allowed")`.
    """
    with workspace.writing() as books, reckoned(workspace, books) as moved:
        ids = [each.id for each in found(books.connection, EnteredYear) if each.year == year]
        if not ids:
            raise Refused("calendar_year_missing", year=year)
        books.records.remove(ids)
    return RulesKept(id=ids[-1], moved=len(moved))


def keep_profile(workspace: Workspace, own: OwnProfile) -> RulesKept:
    """Write down a profile of the station's own, a new one where it has no identifier.

    Raises `Refused("incomplete", problems)`, `Refused("profile_known", name)`, `Refused("not_allowed")`.
    """
    stop_at(own_problems(own, rule_profiles().get(own.base)))
    with workspace.writing() as books, reckoned(workspace, books) as moved:
        own = replace(own, id=own.id or workspace.clock.new_id(), name=own.name.strip())
        if any(each.name == own.name and each.id != own.id for each in found(books.connection, OwnProfile)):
            raise Refused("profile_known", name=own.name)
        id = books.records.save(own)
    return RulesKept(id=id, moved=len(moved))


def drop_profile(workspace: Workspace, id: Id) -> RulesKept:
    """Remove a profile of the station's own that no congress goes by any more.

    Raises `Refused("record_missing")`, `Refused("profile_followed", name, congress)`, `Refused("not_allowed")`.
    """
    with workspace.writing() as books:
        own = books.records.get(OwnProfile, id).record
        for congress in found(books.connection, Congress, member("rule_profile") == id):
            raise Refused("profile_followed", name=own.name, congress=congress.name)
        books.records.remove([id])
    return RulesKept(id=id, moved=0)


def follow_profile(workspace: Workspace, congress: Id, profile: str) -> RulesKept:
    """Let a congress go by a profile from now on; by none of its own where `profile` is empty.

    Raises `Refused("record_missing")`, `Refused("profile_missing", name)`, `Refused("not_allowed")`.
    """
    with workspace.writing() as books, reckoned(workspace, books) as moved:
        stored = books.records.get(Congress, congress)
        if profile and profile not in profiles_in_force(books.connection):
            raise Refused("profile_missing", name=profile)
        books.records.save(replace(stored.record, rule_profile=profile), seen=stored.heads)
    return RulesKept(id=congress, moved=len(moved))


@contextmanager
def reckoned(workspace: Workspace, books: Transaction) -> Iterator[list[Record]]:
    """Around what may change rules: what is still owed is reckoned anew and saved by the same deed, and listed here."""
    before = _rules(workspace, books.connection)
    moved: list[Record] = []
    yield moved
    after = _rules(workspace, books.connection)
    if before.differ_from(after):
        moved.extend(_moved(books.connection, before, after))
    books.records.save_all(moved)
    if moved:
        mark_whole(books.connection, books.deed)


def would_move(workspace: Workspace, connection: Connection, offered: ReferenceData) -> int:
    """How many records would have another day were this reference data in force."""
    before, after = _rules(workspace, connection), _rules(workspace, connection, offered)
    return sum(1 for _each in _moved(connection, before, after)) if before.differ_from(after) else 0


@dataclass(frozen=True, slots=True)
class _RulesNow:
    """The rules of every congress, of a congress nobody knows, and of the station itself."""

    known: Mapping[Id, Rules]
    own: Rules

    def of(self, congress: Id) -> Rules:
        return self.known.get(congress, self.known[""])

    def differ_from(self, later: "_RulesNow") -> bool:
        """Whether something that was reckoned by these is reckoned otherwise by the later ones."""
        return self.own != later.own or any(rules != later.of(congress) for congress, rules in self.known.items())


def _rules(workspace: Workspace, connection: Connection, offered: ReferenceData | None = None) -> _RulesNow:
    return _RulesNow(rules_by_congress(connection, offered), station_rules(workspace, connection, offered))


def _moved(connection: Connection, before: _RulesNow, after: _RulesNow) -> Iterator[Record]:
    waiting = found(connection, Suggestion, member("state").in_([str(each) for each in OWED_IN]))
    for course in courses(connection, waiting, LIMITING):
        body = course.suggestion.receiving_body
        yield from course_anew(course, before.of(body), after.of(body))
    done = [str(each) for each in DONE_WITH]
    for issue in found(connection, Issue, member("due_on").is_not(None), member("state").not_in(done)):
        yield from issue_anew(issue, belonging(connection, Assignment, issue.id), before.own, after.own)
