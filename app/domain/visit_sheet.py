"""The sheet of a visit: the visit, who was there, and line by line whom they met and what was raised."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from app.domain.drafted import record_drafted, record_told, refused_as
from app.domain.encounter import Encounter, Party, outreach_problems, people_met, reception_problems
from app.domain.issue import Issue, Source, issue_problems
from app.domain.life import IssueState
from app.domain.people import Contact
from app.domain.problems import Problem
from app.domain.records import AnyRecord, Record
from app.domain.values import Id, Json
from app.domain.visit import Attendance, Speech, Visit, VisitKind, visit_day_problems

_SOURCES: Final[Mapping[str, Source]] = {VisitKind.RECEPTION: Source.RECEPTION, VisitKind.OUTREACH: Source.OUTREACH}
_FOLLOWING: Final = (
    "visit",
    "encounter",
    "station",
    "source",
    "received_on",
    "late_entry",
    "deputies",
    "campaign",
    "confidential",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Somebody met, how to reach them, and what they raised."""

    encounter: Encounter
    contact: Contact | None = None
    issues: tuple[Issue, ...] = ()

    def records(self) -> Iterator[Record]:
        """Its records, the person first."""
        yield self.encounter
        if self.contact:
            yield self.contact
        yield from self.issues

    def blank(self) -> bool:
        """Whether nothing was said yet; a village carried over from the line before says nothing."""
        met = self.encounter
        said = (met.name, met.raised, met.handled_on_spot, met.remarks)
        somebody = met.anonymous or met.confidential or met.people > 1 or met.party not in {"", Party.PERSON}
        return not (somebody or any(each.strip() for each in said) or self.contact or self.issues)


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitSheet:
    """Everything written down of one visit; `loose` are issues of which nobody said who raised them."""

    visit: Visit
    attendance: tuple[Attendance, ...] = ()
    speeches: tuple[Speech, ...] = ()
    lines: tuple[Line, ...] = ()
    loose: tuple[Issue, ...] = ()

    def records(self) -> Iterator[Record]:
        """Its records, the visit first."""
        yield self.visit
        yield from self.attendance
        yield from self.speeches
        for line in self.lines:
            yield from line.records()
        yield from self.loose

    def people(self) -> int:
        """How many people were met."""
        return sum(people_met(each.encounter) for each in self.lines)

    def issues(self) -> tuple[Issue, ...]:
        """What was raised, in the order of the lines."""
        return (*(issue for line in self.lines for issue in line.issues), *self.loose)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """The records of a sheet as they were read or saved last, with the heads they had then."""

    records: Mapping[Id, Record] = field(default_factory=dict)
    heads: Mapping[Id, tuple[Id, ...]] = field(default_factory=dict)


def line_problems(visit: Visit, line: Line) -> Iterator[Problem]:
    """What is missing or odd in one line, each said once (decision 11)."""
    check = reception_problems if visit.visit_kind == VisitKind.RECEPTION else outreach_problems
    yield from dict.fromkeys(problem for issue in line.issues or (None,) for problem in check(line.encounter, issue))


def sheet_problems(sheet: VisitSheet) -> Iterator[Problem]:
    """What is missing or odd in the whole sheet; nobody need have come."""
    if not sheet.visit.visit_kind:
        yield Problem(code="visit_kind_missing", field="visit_kind")
    yield from visit_day_problems(sheet.visit.on)
    yield from dict.fromkeys(problem for line in sheet.lines for problem in line_problems(sheet.visit, line))
    yield from dict.fromkeys(problem for issue in sheet.loose for problem in issue_problems(issue))


def settled(sheet: VisitSheet, before: Mapping[Id, Record]) -> VisitSheet:
    """The sheet with every record naming what it belongs to, and every issue following its visit and its person.

    A number that was given once stays; only another one takes its place.

    An issue follows where it says nothing of its own: nothing yet, or still what the visit and the person said `before`.
    """
    visit = before.get(sheet.visit.id)
    earlier = visit if isinstance(visit, Visit) else None
    return replace(
        sheet,
        visit=replace(sheet.visit, number=sheet.visit.number or (earlier.number if earlier else "")),
        attendance=tuple(replace(each, visit=sheet.visit.id) for each in sheet.attendance),
        speeches=tuple(replace(each, visit=sheet.visit.id, order=place) for place, each in enumerate(sheet.speeches, start=1)),
        loose=tuple(_settled_loose(sheet.visit, each, earlier, stored=each.id in before) for each in sheet.loose),
        lines=tuple(_settled_line(sheet.visit, each, earlier, before) for each in sheet.lines),
    )


def _settled_line(visit: Visit, line: Line, earlier: Visit | None, before: Mapping[Id, Record]) -> Line:
    person = before.get(line.encounter.id)
    stood = before.get(person.visit) if isinstance(person, Encounter) else None
    earlier = stood if isinstance(stood, Visit) else earlier  # a line may have come over from another visit
    number = line.encounter.number or (person.number if isinstance(person, Encounter) else "")
    met = replace(line.encounter, visit=visit.id, party=line.encounter.party or Party.PERSON, number=number)
    given = _given(visit, met)
    was = _given(earlier, person) if earlier and isinstance(person, Encounter) else {}
    return Line(
        encounter=met,
        contact=replace(line.contact, of=met.id) if line.contact else None,
        issues=tuple(_following(each, given, was) for each in line.issues),
    )


def _settled_loose(visit: Visit, issue: Issue, earlier: Visit | None, *, stored: bool) -> Issue:
    """An issue of which nobody said who raised it; one that was `stored` without something stays without it."""
    nobody = Encounter(id=issue.encounter, confidential=issue.confidential)
    given = _given(visit, nobody)
    was = _given(earlier, nobody) if earlier else {}
    if stored:
        given = {name: value for name, value in given.items() if getattr(issue, name) == was.get(name)}
    return _following(issue, given, was)


def _given(visit: Visit, met: Encounter) -> dict[str, Any]:
    """What a visit and a person give to an issue."""
    source = _SOURCES.get(visit.visit_kind, Source.ACTIVITY)
    followed = (visit.id, met.id, visit.station, source, visit.on, visit.late_entry, visit.deputies, visit.campaign)
    return dict(zip(_FOLLOWING, (*followed, met.confidential), strict=True))


def _following(issue: Issue, given: Mapping[str, Any], was: Mapping[str, Any]) -> Issue:
    fields = Issue.traits.fields
    follows = {
        name: value
        for name, value in given.items()
        if getattr(issue, name) == fields[name].shape.empty or (name in was and getattr(issue, name) == was[name])
    }
    return replace(issue, state=issue.state or IssueState.REGISTERED, **follows)


def complete(visit: Visit, line: Line) -> bool:
    """Whether a line can be saved: something was said, and nothing that is needed is missing."""
    return not line.blank() and all(each.hint for each in line_problems(visit, line))


def with_record(sheet: VisitSheet, record: Record) -> VisitSheet:
    """The sheet with a record of it in another version."""
    return with_records(sheet, {record.id: record})


def with_records(sheet: VisitSheet, records: Mapping[Id, Record]) -> VisitSheet:
    """The sheet with some of its records in other versions."""
    return replace(
        sheet,
        visit=_exchanged((sheet.visit,), records)[0],
        attendance=_exchanged(sheet.attendance, records),
        speeches=_exchanged(sheet.speeches, records),
        lines=tuple(
            Line(
                encounter=_exchanged((each.encounter,), records)[0],
                contact=_exchanged((each.contact,), records)[0] if each.contact else None,
                issues=_exchanged(each.issues, records),
            )
            for each in sheet.lines
        ),
        loose=_exchanged(sheet.loose, records),
    )


def without_record(sheet: VisitSheet, id: Id) -> VisitSheet:
    """The sheet without a record of it; a person goes with all they raised."""
    return replace(
        sheet,
        attendance=tuple(each for each in sheet.attendance if each.id != id),
        speeches=tuple(each for each in sheet.speeches if each.id != id),
        lines=tuple(
            replace(
                each,
                contact=each.contact if each.contact and each.contact.id != id else None,
                issues=tuple(issue for issue in each.issues if issue.id != id),
            )
            for each in sheet.lines
            if each.encounter.id != id
        ),
        loose=tuple(each for each in sheet.loose if each.id != id),
    )


def _exchanged(standing: tuple[AnyRecord, ...], records: Mapping[Id, Record]) -> tuple[AnyRecord, ...]:
    others = ((each, records.get(each.id)) for each in standing)
    return tuple(other if isinstance(other, type(each)) else each for each, other in others)


# --- a sheet as plain JSON, for the draft of a form -----------------------------------------------------------------


def line_told(line: Line) -> dict[str, Json]:
    """The line as plain JSON."""
    return {
        "encounter": record_told(line.encounter),
        "contact": record_told(line.contact) if line.contact else None,
        "issues": [record_told(each) for each in line.issues],
    }


def sheet_told(sheet: VisitSheet) -> dict[str, Json]:
    """The sheet as plain JSON."""
    return {
        "visit": record_told(sheet.visit),
        "attendance": [record_told(each) for each in sheet.attendance],
        "speeches": [record_told(each) for each in sheet.speeches],
        "lines": [line_told(each) for each in sheet.lines],
        "loose": [record_told(each) for each in sheet.loose],
    }


def sheet_from(told: Mapping[str, Any]) -> VisitSheet:
    """The sheet that `sheet_told` told of; raises `Refused("field_malformed")` for anything else."""
    with refused_as("visit"):
        return VisitSheet(
            visit=record_drafted(Visit, told["visit"]),
            attendance=tuple(record_drafted(Attendance, each) for each in told["attendance"]),
            speeches=tuple(record_drafted(Speech, each) for each in told.get("speeches", ())),  # of late: older drafts have none
            lines=tuple(line_from(each) for each in told["lines"]),
            loose=tuple(record_drafted(Issue, each) for each in told["loose"]),
        )


def line_from(told: Mapping[str, Any]) -> Line:
    """The line that `line_told` told of; raises as `sheet_from` where it is read within it, else KeyError or TypeError."""
    return Line(
        encounter=record_drafted(Encounter, told["encounter"]),
        contact=record_drafted(Contact, told["contact"]) if told["contact"] else None,
        issues=tuple(record_drafted(Issue, each) for each in told["issues"]),
    )
