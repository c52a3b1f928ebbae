"""What stands in a station's ledgers beside its log (domain brief 2.6): receptions, outreach, activities, attendance."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from sqlalchemy import ColumnElement, Connection, and_, or_, select

from app.domain.activity import MEETING, roll_of
from app.domain.chinese import hours, short_day
from app.domain.encounter import Encounter, people_met
from app.domain.issue import Issue
from app.domain.papers import Span
from app.domain.people import Deputy
from app.domain.persons import withheld
from app.domain.privacy import Privacy
from app.domain.records import AnyRecord, record_from
from app.domain.station_ledgers import (
    ActivityLedger,
    ActivityLine,
    AttendanceLedger,
    AttendanceLine,
    OutreachLedger,
    OutreachLine,
    ReceptionLedger,
    ReceptionLine,
)
from app.domain.values import Id, wording
from app.domain.visit import Attendance, Presence, Visit, VisitKind
from app.domain.visit_sheet import VisitSheet
from app.queries.attendance import checked_in, people_there
from app.queries.issue_words import IssueWords, issue_words, result_told
from app.queries.ledger_head import ledger_head
from app.queries.naming import Naming
from app.queries.relations import AT_ONCE, found, ids_of, member, own_station, standing, titles, within
from app.queries.rights import own_only
from app.storage.tables import CurrentRow
from app.workspace import Workspace

_ACTIVITY: Final = member("visit_kind").not_in([str(each) for each in MEETING])


def reception_ledger(workspace: Workspace, span: Span, privacy: Privacy = Privacy.USUAL) -> ReceptionLedger:
    """Every matter raised at receptions of the period that the operator may see, and every resident who raised none."""
    with workspace.reading() as connection:
        words, asked = issue_words(workspace, connection), _asked(workspace, connection, span, VisitKind.RECEPTION)
        there, naming = _there(connection, asked), Naming(connection, privacy)
        lines = tuple(
            _received(visit, there(visit), person, issue, words, naming)
            for visit, person, issues in _met(connection, asked)
            for issue in issues or (None,)
        )
        lines = naming.silent(lines)
        station = own_station(workspace, connection)
    summary = f"合计{len(lines)}件，已反馈{sum(bool(each.told_on) for each in lines)}件。"
    return ReceptionLedger(head=ledger_head(station, span, summary), lines=lines)


def outreach_ledger(workspace: Workspace, span: Span, privacy: Privacy = Privacy.USUAL) -> OutreachLedger:
    """Everybody whom deputies called on in the period, as far as the operator may see it."""
    with workspace.reading() as connection:
        asked = _asked(workspace, connection, span, VisitKind.OUTREACH)
        there, naming = _there(connection, asked), Naming(connection, privacy)
        met = _met(connection, asked)
        lines = naming.silent(tuple(_called_on(visit, there(visit), person, issues, naming) for visit, person, issues in met))
        station = own_station(workspace, connection)
    people, raised = sum(int(each.people) for each in lines), sum(bool(each.raised) for each in lines)
    return OutreachLedger(head=ledger_head(station, span, f"合计走访{people}人，反映问题和建议{raised}件。"), lines=lines)


def activity_ledger(workspace: Workspace, span: Span) -> ActivityLedger:
    """Every activity of the period beside receptions and outreach that the operator may see."""
    with workspace.reading() as connection:
        asked = _asked(workspace, connection, span) & _over(workspace)
        came, issues = _by_visit(connection, Attendance, asked), _by_visit(connection, Issue, asked)
        lines = tuple(
            _held(VisitSheet(visit=visit, attendance=tuple(came[visit.id])), len(issues[visit.id]))
            for visit in _visits(connection, asked)
        )
        station = own_station(workspace, connection)
    return ActivityLedger(head=ledger_head(station, span, f"合计{len(lines)}次。"), lines=lines)


def attendance_ledger(workspace: Workspace, span: Span) -> AttendanceLedger:
    """Who came to the activities of the period that the operator may see, receptions and outreach among them."""
    with workspace.reading() as connection:
        asked = and_(within(span.first, span.last), _over(workspace), *own_only(connection, workspace.author.op))
        came, deputies = _by_visit(connection, Attendance, asked), {each.id: each for each in found(connection, Deputy)}
        lines = tuple(line for visit in _visits(connection, asked) for line in _signed(visit, came[visit.id], deputies))
        station = own_station(workspace, connection)
    present = sum(each.presence == Presence.PRESENT.label for each in lines)
    summary = f"合计{len(lines)}人次：实到{present}人次，请假、缺席{len(lines) - present}人次。"
    return AttendanceLedger(head=ledger_head(station, span, summary), lines=lines)


# --- reading ---------------------------------------------------------------------------------------------------------------


def _asked(workspace: Workspace, connection: Connection, span: Span, kind: VisitKind | None = None) -> ColumnElement[bool]:
    """The visits of a kind in the period that the operator may see; without one, the activities that meet nobody one by one."""
    wanted = member("visit_kind") == kind.value if kind else _ACTIVITY
    return and_(wanted, within(span.first, span.last), *own_only(connection, workspace.author.op))


def _over(workspace: Workspace) -> ColumnElement[bool]:
    """What has been: a plan is no record."""
    return or_(CurrentRow.day.is_(None), CurrentRow.day <= workspace.clock.today().date().isoformat())


def _there(connection: Connection, asked: ColumnElement[bool]) -> Callable[[Visit], tuple[str, ...]]:
    """Who was at each of the visits asked for."""
    names, checked = titles(connection, "deputy"), checked_in(connection, asked)
    return lambda visit: tuple(people_there(visit.deputies, checked.get(visit.id, ()), names))


def _visits(connection: Connection, asked: ColumnElement[bool]) -> Iterator[Visit]:
    order = (CurrentRow.day, member("starts"), CurrentRow.no)
    question = select(CurrentRow.id, CurrentRow.body).where(standing("visit"), asked).order_by(*order)
    for row in connection.execution_options(yield_per=AT_ONCE).execute(question):
        yield record_from(Visit, row.id, json.loads(row.body))


def _by_visit(connection: Connection, cls: type[AnyRecord], asked: ColumnElement[bool]) -> defaultdict[Id, list[AnyRecord]]:
    """The records of a kind that belong to the visits asked for."""
    by_visit: defaultdict[Id, list[AnyRecord]] = defaultdict(list)
    of, at = member("visit"), ids_of("visit", asked)
    question = select(CurrentRow.id, of.label("visit"), CurrentRow.body).where(standing(cls.traits.name), of.in_(at))
    for row in connection.execute(question.order_by(CurrentRow.no)):
        by_visit[row.visit].append(record_from(cls, row.id, json.loads(row.body)))
    return by_visit


def _met(connection: Connection, asked: ColumnElement[bool]) -> Iterator[tuple[Visit, Encounter, Sequence[Issue]]]:
    """Everybody met at the visits asked for, with the matters they raised that are handled."""
    people, issues = _by_visit(connection, Encounter, asked), _by_visit(connection, Issue, asked)
    for visit in _visits(connection, asked):
        raised: dict[Id, list[Issue]] = defaultdict(list)
        for issue in issues[visit.id]:
            raised[issue.encounter].append(issue)
        for person in people[visit.id]:
            yield visit, person, raised[person.id]


# --- lines -----------------------------------------------------------------------------------------------------------------


def _received(
    visit: Visit, there: tuple[str, ...], person: Encounter, issue: Issue | None, words: IssueWords, naming: Naming
) -> ReceptionLine:
    asked = issue or Issue(id="")
    return ReceptionLine(
        day=short_day(visit.on),
        deputies=there,
        person=naming.listed(person, confidential=asked.confidential),
        subject=asked.title() or person.raised,
        category=words.category(asked),
        route=wording(asked.route),
        due=words.due(asked) if issue else "",
        result=result_told(asked) or person.handled_on_spot,
        told_on=short_day(asked.feedback_on),
        satisfaction=wording(asked.satisfaction),
    )


def _called_on(visit: Visit, there: tuple[str, ...], person: Encounter, issues: Sequence[Issue], naming: Naming) -> OutreachLine:
    confidential = any(each.confidential for each in issues)
    return OutreachLine(
        day=short_day(visit.on),
        deputies=there,
        person=naming.listed(person, confidential=confidential),
        people=str(people_met(person)),
        village="" if withheld(person, confidential=confidential) else person.village,
        raised=person.raised or "\n".join(each.title() for each in issues),
        handled=person.handled_on_spot,
        issues=tuple(each.number for each in issues if each.number),
    )


def _held(sheet: VisitSheet, issues: int) -> ActivityLine:
    visit, roll = sheet.visit, roll_of(sheet)
    return ActivityLine(
        number=visit.number,
        day=short_day(visit.on),
        kind=wording(visit.visit_kind),
        theme=visit.theme,
        place=visit.place,
        organiser=visit.organiser,
        expected=str(roll.expected or ""),
        present=str(roll.present or ""),
        on_leave=str(roll.on_leave or ""),
        conclusions=visit.conclusions,
        led_to=str(issues or ""),
    )


def _signed(visit: Visit, came: Sequence[Attendance], deputies: Mapping[Id, Deputy]) -> Iterator[AttendanceLine]:
    lines = {each.deputy: each for each in came if each.deputy}
    named = [lines.get(id) or Attendance(id="", deputy=id) for id in dict.fromkeys((*visit.deputies, *lines))]
    for each in (*named, *(line for line in came if not line.deputy)):
        deputy = deputies.get(each.deputy)
        yield AttendanceLine(
            day=short_day(visit.on),
            kind=wording(visit.visit_kind),
            theme=visit.theme or visit.place,
            name=deputy.name if deputy else each.name,
            level=wording(deputy.level) if deputy else each.part,
            presence=wording(each.presence or Presence.PRESENT),
            arrived=hours(each.arrived, None),
            left=hours(each.left, None),
            reason=each.leave_reason,
        )
