"""Papers of issues beside the ledger and the slips: one issue from beginning to end, its call-back, the sheet for the wall."""

from typing import Final

from app.domain.chinese import hours, long_day, short_day
from app.domain.encounter import Encounter
from app.domain.issue import FeedbackWay, Issue
from app.domain.issue_papers import CallBackRecord, CourseLine, IssueRecord, PublicLine, PublicSheet
from app.domain.life import IssueEvent, IssueState
from app.domain.papers import Span, answers
from app.domain.people import Contact
from app.domain.persons import withheld
from app.domain.privacy import Privacy
from app.domain.satisfaction import Satisfaction
from app.domain.step import Step
from app.domain.values import Id, known, wording
from app.queries.issue_card import belonging, issue_card
from app.queries.issue_due import DONE_WITH
from app.queries.issue_ledger import issues_received
from app.queries.issue_words import IssueWords, issue_words, joined, result_told
from app.queries.ledger_head import ledger_head
from app.queries.naming import Naming
from app.queries.relations import found, member, of_id, own_station, titles
from app.workspace import Workspace

_PASSED_OVER: Final = frozenset({IssueState.MERGED, IssueState.DECLINED})
_STILL: Final = "正在办理"


def issue_record(workspace: Workspace, id: Id, privacy: Privacy = Privacy.USUAL) -> IssueRecord:
    """An issue with every step; raises as `issue_card` does."""
    card = issue_card(workspace, id)
    issue = card.issue
    with workspace.reading() as connection:
        words, station = issue_words(workspace, connection), own_station(workspace, connection)
        steps = tuple(_course(each) for each in belonging(connection, Step, id))
        naming = Naming(connection, privacy)
        person = naming.listed(of_id(connection, Encounter, issue.encounter), confidential=issue.confidential)
    shown = IssueRecord(
        record=issue.id,
        station=station.name,
        number=issue.number or issue.source_number,
        received=joined(long_day(issue.received_on), hours(issue.received_at, None)),
        source=joined(wording(issue.source), issue.source_number if issue.number else ""),
        person=person,
        village=card.raiser.village,
        deputies="、".join(card.deputies),
        subject=issue.subject,
        words=issue.words,
        kinds=joined(wording(issue.purpose), words.category(issue), wording(issue.urgency)),
        place=issue.place,
        units_concerned="、".join(issue.units_concerned),
        on_spot_reply=issue.on_spot_reply,
        proposed=joined(issue.proposed_handling, issue.proposed_by, short_day(issue.proposed_on)),
        approved=joined(issue.approval, issue.approved_by, short_day(issue.approved_on)),
        route=wording(issue.route),
        unit=words.unit(issue),
        assigned_on=short_day(issue.assigned_on),
        due=words.due(issue),
        course=steps,
        result=result_told(issue),
        feedback=joined(short_day(issue.feedback_on), wording(issue.feedback_way), issue.feedback),
        call_back=joined(short_day(issue.call_back_on), wording(issue.call_back_way), issue.call_back_by),
        satisfaction=wording(issue.satisfaction),
        archive=joined(issue.archive_number, short_day(issue.archived_on)),
    )
    return naming.silent(shown)


def call_back_record(workspace: Workspace, id: Id, privacy: Privacy = Privacy.USUAL) -> CallBackRecord:
    """The call-back of an issue, made or to be made; raises as `issue_card` does."""
    card = issue_card(workspace, id)
    issue = card.issue
    with workspace.reading() as connection:
        station, units = own_station(workspace, connection), titles(connection, "unit")
        met = of_id(connection, Encounter, issue.encounter)
        contact = next(iter(found(connection, Contact, member("of") == met.id)), None) if met else None
        naming = Naming(connection, privacy)
        person = naming.listed(met, confidential=issue.confidential)
    secret = bool(withheld(met, confidential=issue.confidential))
    shown = CallBackRecord(
        record=issue.id,
        station=station.name,
        number=issue.number or issue.source_number,
        person=person,
        phone="" if secret else naming.phone(contact),
        subject=issue.title(),
        unit=units.get(issue.unit, ""),
        result=result_told(issue),
        told_on=joined(short_day(issue.feedback_on), wording(issue.feedback_way)),
        called_on=long_day(issue.call_back_on),
        called_by=issue.call_back_by,
        ways=answers(FeedbackWay, issue.call_back_way),
        satisfactions=answers(Satisfaction, issue.satisfaction),
    )
    return naming.silent(shown)


def public_sheet(workspace: Workspace, span: Span) -> PublicSheet:
    """What was raised in a period and became of it, without a name; confidential matters and declined ones are only counted."""
    shown: list[PublicLine] = []
    kept = closed = 0
    with workspace.reading() as connection:
        words, station = issue_words(workspace, connection), own_station(workspace, connection)
        naming = Naming(connection, Privacy.PSEUDONYMOUS)
        for issue, person in issues_received(workspace, connection, span):
            if issue.state in _PASSED_OVER:
                continue
            if issue.confidential or (person and person.confidential):
                kept += 1
                continue
            closed += issue.state in DONE_WITH
            shown.append(_public(issue, person, words, naming))
    summary = f"合计{len(shown)}件：已办结{closed}件，正在办理{len(shown) - closed}件。"
    note = f"另有{kept}件按反映人要求不公开。" if kept else ""
    return PublicSheet(head=ledger_head(station, span, summary), lines=naming.silent(tuple(shown)), note=note)


def _course(step: Step) -> CourseLine:
    event = wording(known(IssueEvent, step.event))
    return CourseLine(day=short_day(step.on), event=event, by=step.by_name, told=step.reason)


def _public(issue: Issue, person: Encounter | None, words: IssueWords, naming: Naming) -> PublicLine:
    over = issue.state in DONE_WITH
    became = "\n".join(part for part in (wording(issue.result), issue.result_text or issue.on_spot_reply) if part)
    return PublicLine(
        received=short_day(issue.received_on),
        person=naming.listed(person, confidential=False),
        subject=issue.title(),
        unit=words.unit(issue),
        result=became or wording(issue.state) if over else _STILL,
        closed=short_day(issue.closed_on) if over else "",
    )
