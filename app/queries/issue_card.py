"""One issue as a card shows it: what was raised and by whom, where it stands, what happened to it, what it was before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Connection, func, select

from app.domain.attachment import Attachment
from app.domain.deadlines import Period
from app.domain.encounter import Encounter
from app.domain.handling import Assignment
from app.domain.issue import Issue
from app.domain.issue_sheet import IssueSheet
from app.domain.life import IssueEvent, IssueState, ProjectState, SuggestionState
from app.domain.masking import masked_phone
from app.domain.people import Contact
from app.domain.persons import listed_person, withheld
from app.domain.project import Project
from app.domain.records import AnyRecord, Record
from app.domain.step import Step
from app.domain.suggestion_limits import Rules
from app.domain.values import Code, Id, known
from app.domain.visit import Visit
from app.errors import Refused
from app.queries.attachments import files_of
from app.queries.issue_due import DONE_WITH, NO_UNIT, Left, left_of
from app.queries.readable import FieldChange, Names
from app.queries.record import Change, history
from app.queries.relations import by_ids, found, member, of_id, one_with_heads, standing, with_heads
from app.queries.rights import check_seen, may_see_contact
from app.queries.rules import station_rules
from app.storage.records import Stored
from app.storage.tables import CurrentRow
from app.workspace import Workspace

_WAITING: Final = frozenset({"", IssueState.REGISTERED, IssueState.ACCEPTED, IssueState.PROPOSED, IssueState.APPROVED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Raiser:
    """Who raised an issue as a card may name them; `more` tells that a name or a telephone number can be asked for."""

    name: str = ""
    village: str = ""
    phone: str = ""
    more: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StepLine:
    """One step: what happened (shown by its word), when, by whom, why, and where the issue stood after it."""

    event: Code[IssueEvent]
    on: date | None
    by: str
    reason: str
    after: Code[IssueState]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeLine:
    """One change or event of the record: who, when, whether at another computer, and which fields."""

    at: datetime
    event: str
    by: str
    elsewhere: bool
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """Another record that a card leads to."""

    id: Id
    title: str
    state: Code[SuggestionState] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipLine:
    """A slip that went to a unit, and what came back on it."""

    slip: Assignment
    unit: str
    co_units: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectLink:
    """A livelihood project that stands on an issue."""

    id: Id
    title: str
    state: Code[ProjectState]


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueCard:
    """An issue with what belongs to it; `period` is the rule of its deadline while nobody has assigned it.

    `joined` are the issues merged into it, `related` those that a person linked with it from either side.
    """

    issue: Issue
    heads: tuple[Id, ...]
    raiser: Raiser
    category: str
    unit: str
    deputies: tuple[str, ...]
    visit: Linked | None
    merged_into: Linked | None
    joined: tuple[Linked, ...]
    related: tuple[Linked, ...]
    slips: tuple[SlipLine, ...]
    suggestions: tuple[Linked, ...]
    projects: tuple[ProjectLink, ...]
    attachments: tuple[Attachment, ...]
    rules: Rules  # those a step would reckon its deadline by
    left: Left | None
    period: Period | None
    steps: tuple[StepLine, ...]
    changes: tuple[ChangeLine, ...]


def issue_card(workspace: Workspace, id: Id) -> IssueCard:
    """The issue as it stands; raises `Refused("record_missing")`, and as `check_seen` does."""
    today, past = workspace.clock.today().date(), history(workspace, id)
    with workspace.reading() as connection:
        stored = _stored(connection, workspace, id)
        issue, rules = stored.record, station_rules(workspace, connection)
        names = Names(connection, confidential=issue.confidential)
        return IssueCard(
            issue=issue,
            heads=stored.heads,
            raiser=_raiser(workspace, connection, issue),
            category=names.categories.get(issue.category, issue.category),
            unit=names.of(issue.unit),
            deputies=tuple(names.of(each) for each in issue.deputies),
            visit=_linked(connection, Visit, issue.visit),
            merged_into=_linked(connection, Issue, issue.merged_into),
            joined=_joined(connection, id),
            related=_related(connection, issue),
            slips=tuple(_slip_line(each, names) for each in belonging(connection, Assignment, id)),
            suggestions=_suggestions(connection, id),
            projects=_projects(connection, id),
            attachments=files_of(connection, id),
            rules=rules,
            left=left_of(issue.due_on, today, rules) if issue.due_on and issue.state not in DONE_WITH else None,
            period=rules.profile.issue if not issue.due_on and issue.state in _WAITING and issue.route not in NO_UNIT else None,
            steps=tuple(_step_line(each) for each in belonging(connection, Step, id)),
            changes=tuple(_change_line(each, names, workspace.author.by) for each in past),
        )


def issue_sheet(workspace: Workspace, id: Id) -> IssueSheet:
    """The issue to be corrected, with its person where no visit tells; raises as `issue_card` does."""
    new_id = workspace.clock.new_id
    with workspace.reading() as connection:
        issue = _stored(connection, workspace, id)
        met = one_with_heads(connection, Encounter, issue.record.encounter)
        if issue.record.visit or (met and met.record.visit):
            return IssueSheet(issue=issue.record, seen={id: issue.heads})
        sees = met is not None and may_see_contact(workspace, connection, met.record)
        contact = _contact(connection, issue.record.encounter) if sees else None
    person = met.record if met else Encounter(id=new_id())
    told = contact.record if contact else Contact(id=new_id(), of=person.id)
    read: tuple[Stored[Any] | None, ...] = (issue, met, contact)
    seen = {each.record.id: each.heads for each in read if each}
    return IssueSheet(issue=issue.record, met=person, contact=told, seen=seen)


def belonging(connection: Connection, cls: type[AnyRecord], id: Id) -> list[AnyRecord]:
    """The records of a kind that belong to this one, in the order of entry."""
    return found(connection, cls, member("of") == id)


# --- who raised it ----------------------------------------------------------------------------------------------------


def _raiser(workspace: Workspace, connection: Connection, issue: Issue) -> Raiser:
    met = of_id(connection, Encounter, issue.encounter)
    name = listed_person(met, confidential=issue.confidential)
    if met is None or withheld(met, confidential=issue.confidential):
        return Raiser(name=name)
    contact = _contact(connection, met.id)
    phone = masked_phone(contact.record.phone) if contact else ""
    more = (name != met.name or bool(contact)) and may_see_contact(workspace, connection, met)
    return Raiser(name=name, village=met.village, phone=phone, more=more)


def _contact(connection: Connection, of: Id) -> Stored[Contact] | None:
    return next(iter(with_heads(connection, Contact, member("of") == of)), None) if of else None


# --- what it belongs to -----------------------------------------------------------------------------------------------


def _stored(connection: Connection, workspace: Workspace, id: Id) -> Stored[Issue]:
    issue = one_with_heads(connection, Issue, id)
    if issue is None:
        raise Refused("record_missing", kind=Issue.traits.name, id=id)
    check_seen(connection, workspace.author.op, issue.record)
    return issue


def _linked(connection: Connection, cls: type[Record], id: Id) -> Linked | None:
    record = of_id(connection, cls, id)
    if record is None:
        return None
    day = record.day()
    return Linked(id=id, title=record.title() or (day.isoformat() if day else ""))


def _suggestions(connection: Connection, issue: Id) -> tuple[Linked, ...]:
    """The suggestions that stand on this issue."""
    question = (
        select(CurrentRow.id, CurrentRow.title, member("state").label("state"))
        .where(standing("suggestion"), CurrentRow.body.contains(issue))
        .order_by(CurrentRow.no)
    )
    rows = connection.execute(question)
    return tuple(Linked(id=row.id, title=row.title, state=known(SuggestionState, row.state or "")) for row in rows)


def _joined(connection: Connection, id: Id) -> tuple[Linked, ...]:
    """The issues that became part of this one."""
    merged = member("state") == IssueState.MERGED, member("merged_into") == id
    return tuple(Linked(id=each.id, title=each.title()) for each in found(connection, Issue, *merged))


def _related(connection: Connection, issue: Issue) -> tuple[Linked, ...]:
    """The issues that are linked with this one, whichever of the two says so."""
    named = func.instr(CurrentRow.body, issue.id) > 0
    naming = [each for each in found(connection, Issue, member("related").is_not(None), named) if issue.id in each.related]
    others = {each.id: each for each in (*by_ids(connection, Issue, issue.related), *naming)}
    return tuple(Linked(id=each.id, title=each.title()) for each in others.values())


def _projects(connection: Connection, issue: Id) -> tuple[ProjectLink, ...]:
    """The livelihood projects that stand on this issue."""
    projects = found(connection, Project, CurrentRow.body.contains(issue))
    return tuple(ProjectLink(id=each.id, title=each.name, state=each.state or ProjectState.COLLECTED) for each in projects)


def _slip_line(slip: Assignment, names: Names) -> SlipLine:
    return SlipLine(slip=slip, unit=names.of(slip.unit), co_units="、".join(map(names.of, slip.co_units)))


def _step_line(step: Step) -> StepLine:
    return StepLine(
        event=known(IssueEvent, step.event),
        on=step.on,
        by=step.by_name,
        reason=step.reason,
        after=known(IssueState, step.to_state),
    )


# --- what it was before -----------------------------------------------------------------------------------------------


def _change_line(change: Change, names: Names, seat: str) -> ChangeLine:
    return ChangeLine(
        at=change.at,
        event=change.event,
        by=change.operator,
        elsewhere=change.seat != seat,
        fields=tuple(_field_changes(change, names)),
    )


def _field_changes(change: Change, names: Names) -> Sequence[FieldChange]:
    if not change.kind:
        return ()  # of an event of this computer nothing was changed
    return tuple(names.changes(change.kind, change.fields))
