"""The desk of the body: what becomes of a suggestion it took in, written down step by step, and where each one stands.

Every deed leaves the records that it would leave at the station, as records of the body's own; the next reply takes them home.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, select

from app.domain.award import Award
from app.domain.case_file import CaseFile, told_in
from app.domain.congress import Congress
from app.domain.handling import Assignment, Commitment, Outcome, Supervision
from app.domain.life import SuggestionEvent
from app.domain.problems import Problem, stop_at
from app.domain.records import AnyRecord, Record, record_from
from app.domain.reply import Evaluation, Reply
from app.domain.returned_course import followed, waiting_steps, with_file
from app.domain.review import Consultation, Review
from app.domain.revisions import is_erased, read_line
from app.domain.rule_book import RuleBook
from app.domain.step import Step
from app.domain.suggestion import Suggestion
from app.domain.suggestion_checks import check_allowed, deed_problems
from app.domain.suggestion_course import Course
from app.domain.suggestion_deeds import left_by
from app.domain.suggestion_limits import Rules
from app.domain.suggestion_steps import Deed, entry_from, next_events, of_body, of_only_one
from app.domain.unit import Unit
from app.domain.values import Id, Json, is_id
from app.domain.work_calendar import WorkCalendar
from app.errors import Refused
from app.province.given_files import GivenFiles, given_files
from app.province.issued import issue, issued_of, issued_of_kind
from app.province.purpose import Purpose, purpose_of
from app.province.receiver import Receiver
from app.province.reference import published_calendar
from app.province.store import number_of
from app.province.tables import HeadRow, IssuedRow, ReturnedRow, RevisionRow, StationRow
from app.reference import DEFAULT_PROFILE, rule_profiles

HERE: Final = Path()
NOT_HERE: Final = frozenset({SuggestionEvent.EVALUATE})
"""What only the deputy can say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A suggestion as the body sees it, and what it is here for.

    `taken_home` says whether its station is known to have taken up all that was said.
    """

    station: Id
    code: str
    course: Course
    rules: Rules
    taken_home: bool
    purpose: Purpose

    @property
    def suggestion(self) -> Suggestion:
        """The suggestion, where the body's steps have brought it."""
        return self.course.suggestion

    @property
    def events(self) -> tuple[SuggestionEvent, ...]:
        """What the body may do now, the most likely first; nothing with a copy for summing up (decision 8)."""
        if self.purpose is Purpose.SUMMARY:
            return ()
        return tuple(each for each in next_events(self.course, self.rules.profile) if each not in NOT_HERE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Handled:
    """What one deed led to: the suggestion as it stands now, how many files came with it, and what should be looked at."""

    event: Deed
    suggestion: Suggestion
    files: int = 0
    hints: tuple[Problem, ...] = ()


# --- where they stand -------------------------------------------------------------------------------------------------


def standings(receiver: Receiver, station: str = "") -> tuple[Standing, ...]:
    """Every suggestion that was handed in and not given back, by station and in the order they came; or those of one station."""
    question = select(StationRow.no, StationRow.id, StationRow.code).order_by(StationRow.code)
    if station:
        question = question.where(StationRow.code == station)
    with receiver.store.reading() as connection:
        rows = connection.execute(question).all()
        if station and not rows:
            raise Refused("station_unknown", code=station)
        found: list[Standing] = []
        for row in rows:
            handed = _Handed.of(connection, row.no)
            held = (each for each in handed_in(connection, row.no, Suggestion) if each.submitted_on)
            found += (_standing(receiver, connection, row, each, handed) for each in held)
        return tuple(found)


def standing_of(receiver: Receiver, connection: Connection, named: str) -> Standing:
    """The suggestion of this identifier or case number, where there is one alone; raises `Refused("suggestion_unknown")`."""
    id, numbered = HeadRow.record, {} if is_id(named) else _numbered(connection, named)
    question = select(StationRow.no, StationRow.id, StationRow.code, id.label("named")).join(
        HeadRow, HeadRow.station == StationRow.no
    )
    wanted = question.where(HeadRow.kind == Suggestion.traits.name, id.in_([named, *numbered]))
    found = [
        _standing(receiver, connection, row, each, _Handed.of(connection, row.no, row.named))
        for row in connection.execute(wanted)
        for each in handed_in(connection, row.no, Suggestion, [row.named])
        if numbered.get(row.named, row.id) == row.id
    ]
    if len(found) != 1:
        raise Refused("suggestion_unknown", named=named, found=len(found))
    return found[0]


def _numbered(connection: Connection, number: str) -> dict[Id, Id]:
    """The suggestions that bear a case number, each with its station."""
    files = select(IssuedRow.station, IssuedRow.line).where(IssuedRow.kind == CaseFile.traits.name).order_by(IssuedRow.no)
    told = {(row.station, body["suggestion"]): body for row in connection.execute(files) if (body := read_line(row.line).body)}
    return {str(id): station for (station, id), body in told.items() if body.get("case_number") == number}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Handed:
    """What a station handed in beside its suggestions, by the suggestion it belongs to; its congresses; its calendar."""

    steps: Mapping[Id, list[Step]]
    evaluations: Mapping[Id, list[Evaluation]]
    congresses: Mapping[Id, Congress]
    calendar: WorkCalendar

    @classmethod
    def of(cls, connection: Connection, station: int, suggestion: Id = "") -> "_Handed":
        """Of all suggestions of a station, or of one."""
        steps: defaultdict[Id, list[Step]] = defaultdict(list)
        evaluations: defaultdict[Id, list[Evaluation]] = defaultdict(list)
        for step in handed_in(connection, station, Step, naming=suggestion):
            steps[step.of].append(step)
        for said in handed_in(connection, station, Evaluation, naming=suggestion):
            evaluations[said.of].append(said)
        return cls(
            steps=steps,
            evaluations=evaluations,
            congresses={each.id: each for each in handed_in(connection, station, Congress)},
            calendar=published_calendar(connection),
        )


def _standing(receiver: Receiver, connection: Connection, station: Any, held: Suggestion, handed: _Handed) -> Standing:
    issued = issued_of(connection, station.id, held.id)
    steps, own = _of(issued, Step), handed.steps.get(held.id, [])
    suggestion = with_file(followed(held, own, steps), _of(issued, CaseFile))
    congress = handed.congresses.get(held.receiving_body)
    course = Course(
        suggestion=suggestion,
        steps=(*own, *steps),
        reviews=_of(issued, Review),
        consultations=_of(issued, Consultation),
        assignments=_of(issued, Assignment),
        replies=_of(issued, Reply),
        evaluations=tuple(handed.evaluations.get(held.id, ())),
        commitments=_of(issued, Commitment),
        supervisions=_of(issued, Supervision),
        outcomes=_of(issued, Outcome),
        awards=_of(issued, Award),
    )
    return Standing(
        station=station.id,
        code=station.code,
        course=course,
        rules=RuleBook(rule_profiles(), handed.calendar, DEFAULT_PROFILE).of(congress),
        taken_home=not waiting_steps(held, steps),
        purpose=purpose_of(congress, receiver.body.code),
    )


def _of(issued: Mapping[Id, Record], kind: type[AnyRecord]) -> tuple[AnyRecord, ...]:
    return tuple(each for each in issued.values() if isinstance(each, kind))


def handed_in(
    connection: Connection, station: int, kind: type[AnyRecord], ids: Iterable[Id] | None = None, naming: Id = ""
) -> list[AnyRecord]:
    """The records of a kind that the station with this number handed in and that count.

    Those of these identifiers alone where they are given; those that name another record where that is: it is looked for in the
    lines, and none of the others is read.
    """
    returned = (
        select(ReturnedRow.rev)
        .join(StationRow, StationRow.id == ReturnedRow.station)
        .where(StationRow.no == HeadRow.station, ReturnedRow.rev == HeadRow.rev)
    )
    question = (
        select(RevisionRow.line)
        .join(HeadRow, (RevisionRow.station == HeadRow.station) & (RevisionRow.rev == HeadRow.rev))
        .where(HeadRow.station == station, HeadRow.kind == kind.traits.name, ~HeadRow.deleted, ~returned.exists())
        .order_by(HeadRow.no)
    )
    if ids is not None:
        question = question.where(HeadRow.record.in_(list(ids)))
    lines = (each for each in connection.scalars(question) if naming.encode() in each and not is_erased(each))
    told = map(read_line, lines)
    return [record_from(kind, each.id, each.body) for each in told]


# --- what is done -----------------------------------------------------------------------------------------------------


def handle(
    receiver: Receiver, told: Sequence[Mapping[str, Any]], folder: Path = HERE, *, dry_run: bool = False
) -> tuple[Handled, ...]:
    """Write down deeds in their order, all of them or none; each is told as a draft of a step is, units by their names.

    `files` of a deed name what it comes with, by their place seen from `folder`. In a dry run nothing is kept. Raises
    `Refused("deed_refused", place, problems)` naming the place of the deed in the list, from 1.
    """
    done: list[Handled] = []
    with suppress(_Rehearsed), given_files(receiver, folder) as files, receiver.store.writing() as connection:
        for place, each in enumerate(told, start=1):
            try:
                done.append(_handle(receiver, connection, each, files))
            except Refused as refused:
                raise Refused("deed_refused", place=place, problems=problems_of(refused)) from refused
        if dry_run:
            raise _Rehearsed
    return tuple(done)


def problems_of(refused: Refused) -> tuple[Problem, ...]:
    """What a refusal says, problem by problem; itself where it carries none."""
    carried = refused.facts.get("problems")
    return (
        tuple(carried) if isinstance(carried, tuple) and carried else (Problem(code=refused.code, field="", facts=refused.facts),)
    )


class _Rehearsed(Exception):
    """Ends a dry run, so that its transaction goes back."""


def _handle(receiver: Receiver, connection: Connection, told: Mapping[str, Any], files: GivenFiles) -> Handled:
    stands = standing_of(receiver, connection, str(told.get("of", "")))
    if stands.purpose is Purpose.SUMMARY:
        raise Refused("deed_on_copy", title=stands.suggestion.title())
    course, rules, id = stands.course, stands.rules, stands.suggestion.id
    today = receiver.clock.today().date().isoformat()
    usual = {"event": "", "on": today, "by": "", "words": "", "fields": {}, "shares": [], "files": []}
    known = _with_slip(connection, stands, usual | dict(told))
    if (event := known["event"]) in NOT_HERE:
        raise Refused("deed_not_here", event=event)
    deed, given = entry_from(known)
    check_allowed(course, deed, rules)
    shares = tuple(replace(each, unit=_unit(receiver, connection, stands, each.unit)) for each in given.shares if each.unit)
    entry = of_body(deed, of_only_one(course, deed, replace(given, shares=shares)), receiver.body.name)
    problems = tuple(deed_problems(course, deed, entry, rules))
    stop_at(problems)
    after, others = left_by(course, deed, entry, rules, receiver.clock.new_id)
    pages = files.take(connection, stands.station, deed, others, known["files"])
    issue(receiver, connection, stands.station, id, [*others, *pages, *_file(receiver, connection, stands, after)])
    hints = tuple(each for each in problems if each.hint)
    return Handled(event=deed, suggestion=after, files=len(pages), hints=hints)


def _file(receiver: Receiver, connection: Connection, stands: Standing, after: Suggestion) -> Iterator[CaseFile]:
    """The case file, where the deed changed what stands in it."""
    held = next(iter(_of(issued_of(connection, stands.station, after.id), CaseFile)), None)
    before = held or CaseFile(id=receiver.clock.new_id(), suggestion=after.id)
    if (told := told_in(before, after)) != before:
        yield told


def _with_slip(connection: Connection, stands: Standing, told: Mapping[str, Any]) -> Mapping[str, Json]:
    """What was told with the slip of a unit that was named instead of it."""
    fields = told["fields"]
    if not isinstance(fields, dict) or not (named := fields.get("slip")):
        return told
    units = {each.id for each in _units(connection, stands) if each.name == named}
    slip = next((each for each in stands.course.slips() if each.unit in units), None)
    return {**told, "fields": fields | ({"slip": slip.id} if slip else {})}


def _units(connection: Connection, stands: Standing) -> list[Unit]:
    """The units that the station knows, and those that the body named to it."""
    own = handed_in(connection, number_of(connection, stands.station), Unit)
    return [*own, *issued_of_kind(connection, stands.station, Unit).values()]


def _unit(receiver: Receiver, connection: Connection, stands: Standing, named: str) -> Id:
    """A unit by its identifier or its name; one that the station does not know is told to it."""
    for each in _units(connection, stands):
        if named in {each.id, each.name}:
            return each.id
    made = Unit(id=receiver.clock.new_id(), name=named)
    issue(receiver, connection, stands.station, stands.suggestion.id, [made])
    return made.id
