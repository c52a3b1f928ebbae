"""Whom the station has to call back in a week, and whom it did call back in it: issues answered or told, deputy by deputy."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from sqlalchemy import Connection, or_

from app.domain.chinese import short_day, week
from app.domain.encounter import Encounter
from app.domain.issue import Issue
from app.domain.life import IssueState
from app.domain.papers import ALWAYS, Span, week_span
from app.domain.people import Contact
from app.domain.persons import withheld
from app.domain.privacy import Privacy
from app.domain.reception_papers import CallBackGroup, CallBackLine, CallBackList
from app.domain.values import Id, wording
from app.queries.issue_words import joined
from app.queries.ledger_head import ledger_head
from app.queries.naming import Naming
from app.queries.relations import AT_ONCE, by_ids, found, member, own_station, titles
from app.queries.rights import own_only
from app.workspace import Workspace

_WAITING: Final = (str(IssueState.HANDLED), str(IssueState.FED_BACK))
NO_CONTACT: Final = "未留联系方式"


def call_back_list(workspace: Workspace, span: Span, privacy: Privacy = Privacy.USUAL) -> CallBackList:
    """Who is to be called back by the last day, and who was called back in the period, each under the deputy who took it in.

    What earlier weeks left undone stays until it is done, so that nobody is forgotten. A past week stands as it ended: what was
    called back later was still to be done. Without days it is this week.
    Whoever is confined to a deputy's own sees no others.
    Whoever stays anonymous or asked for confidence is named by neither name nor contact, whoever asks.
    """
    if span == ALWAYS:
        span = week_span(workspace.clock.today().date())
    asked = or_(member("state").in_(_WAITING), member("call_back_on").is_not(None))
    with workspace.reading() as connection:
        known = found(connection, Issue, asked, *own_only(connection, workspace.author.op))
        issues = [each for each in known if _was_called(each, span) or _is_due(each, span.last)]
        people = _of_ids(connection, [each.encounter for each in issues if each.encounter])
        contacts = _contacts(connection, list(people))
        names, station = titles(connection, "deputy"), own_station(workspace, connection)
        naming = Naming(connection, privacy)
        groups: dict[str, list[CallBackLine]] = {}
        for each in sorted(issues, key=lambda issue: (_answered_on(issue) or date.min, issue.id)):
            deputy = next((names.get(id, "") or "（未登记）" for id in each.deputies), "")
            met = people.get(each.encounter)
            line = _line(each, met, contacts.get(each.encounter), naming)
            line = _called(line, each) if _was_called(each, span) else line
            groups.setdefault(deputy, []).append(line)
    ordered = sorted(groups.items(), key=lambda each: (not each[0], each[0]))
    called = sum(_was_called(each, span) for each in issues)
    untold = sum(each.state == IssueState.HANDLED for each in issues if not each.call_back_on)
    summary = f"待回访{len(issues) - called}件，其中{untold}件尚未告知结果，回访时一并告知；期内已回访{called}件。"
    head = ledger_head(station, span, summary)
    return CallBackList(
        head=replace(head, period="　".join(part for part in (week(span.first, span.last), head.period) if part)),
        groups=naming.silent(tuple(CallBackGroup(deputy=deputy, lines=tuple(lines)) for deputy, lines in ordered)),
    )


def _answered_on(issue: Issue) -> date | None:
    return issue.feedback_on or issue.closed_on


def _was_called(issue: Issue, span: Span) -> bool:
    """Whether the resident was called back in the period."""
    day = issue.call_back_on
    return day is not None and (not span.first or day >= span.first) and (not span.last or day <= span.last)


def _is_due(issue: Issue, last: date | None) -> bool:
    """Whether an answer waited for its call when the period ended; one of a day that nobody wrote down does until it is made."""
    answered = _answered_on(issue)
    if issue.call_back_on is None:
        return issue.state in _WAITING and (answered is None or last is None or answered <= last)
    return last is not None and answered is not None and answered <= last < issue.call_back_on


def _of_ids(connection: Connection, ids: Sequence[Id]) -> dict[Id, Encounter]:
    batches = (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))
    return {each.id: each for batch in batches for each in by_ids(connection, Encounter, batch)}


def _contacts(connection: Connection, ids: Sequence[Id]) -> dict[Id, Contact]:
    batches = (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))
    return {each.of: each for batch in batches for each in found(connection, Contact, member("of").in_(batch))}


def _line(issue: Issue, met: Encounter | None, contact: Contact | None, naming: Naming) -> CallBackLine:
    secret = bool(withheld(met, confidential=issue.confidential))
    phone = "" if secret else naming.phone(contact)
    answer = joined(wording(issue.result), issue.result_text.strip().partition("\n")[0])
    return CallBackLine(
        record=met.id if met else issue.id,
        number=issue.number or issue.source_number or (met.number if met else ""),
        person=naming.listed(met, confidential=issue.confidential),
        phone=phone or ("" if secret or contact else NO_CONTACT),
        village="" if secret or met is None else met.village,
        subject=issue.title(),
        result=answer,
        told=short_day(issue.feedback_on) or "未告知",
    )


def _called(line: CallBackLine, issue: Issue) -> CallBackLine:
    """The same line with what came of the call."""
    return replace(
        line,
        called_on=short_day(issue.call_back_on),
        called_way=wording(issue.call_back_way),
        satisfaction=wording(issue.satisfaction),
    )
