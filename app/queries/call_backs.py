"""Whom the station has still to call back: issues answered or told, deputy by deputy."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from sqlalchemy import Connection

from app.domain.chinese import short_day
from app.domain.encounter import Encounter
from app.domain.issue import Issue
from app.domain.life import IssueState
from app.domain.masking import masked_phone
from app.domain.papers import ALWAYS, CallBackGroup, CallBackLine, CallBackList, Span
from app.domain.people import Contact
from app.domain.values import Id, wording
from app.queries.issue_words import joined
from app.queries.ledger_head import ledger_head
from app.queries.persons import listed_person, withheld
from app.queries.relations import AT_ONCE, by_ids, found, member, own_station, titles
from app.queries.rights import own_only
from app.workspace import Workspace

_WAITING: Final = (str(IssueState.HANDLED), str(IssueState.FED_BACK))
NO_CONTACT: Final = "未留联系方式"


def call_back_list(workspace: Workspace, span: Span, *, full_contact: bool = False) -> CallBackList:
    """Every issue that was answered or told in the period and not called back, each once, under the deputy who took it in.

    Whoever is confined to a deputy's own sees no others.
    Whoever stays anonymous or asked for confidence is named by neither name nor contact, whoever asks.
    """
    if span == ALWAYS:
        span = Span(last=workspace.clock.today().date())
    waiting = member("state").in_(_WAITING), member("call_back_on").is_(None)
    with workspace.reading() as connection:
        issues = [
            each
            for each in found(connection, Issue, *waiting, *own_only(connection, workspace.author.op))
            if _within(_answered_on(each), span)
        ]
        people = _of_ids(connection, [each.encounter for each in issues if each.encounter])
        contacts = _contacts(connection, list(people))
        names, station = titles(connection, "deputy"), own_station(workspace, connection)
    groups: dict[str, list[CallBackLine]] = {}
    for each in sorted(issues, key=lambda issue: (_answered_on(issue) or date.min, issue.id)):
        deputy = next((names.get(id, "") or "（未登记）" for id in each.deputies), "")
        met = people.get(each.encounter)
        line = _line(each, met, contacts.get(each.encounter), full_contact=full_contact)
        groups.setdefault(deputy, []).append(line)
    ordered = sorted(groups.items(), key=lambda each: (not each[0], each[0]))
    untold = sum(each.state == IssueState.HANDLED for each in issues)
    summary = f"合计{len(issues)}件待回访，其中{untold}件尚未告知结果，回访时一并告知。"
    return CallBackList(
        head=ledger_head(station, span, summary),
        groups=tuple(CallBackGroup(deputy=deputy, lines=tuple(lines)) for deputy, lines in ordered),
    )


def _answered_on(issue: Issue) -> date | None:
    return issue.feedback_on or issue.closed_on


def _within(day: date | None, span: Span) -> bool:
    """Whether a day lies in the period; one that nobody wrote down does, lest somebody be forgotten."""
    return day is None or ((not span.first or day >= span.first) and (not span.last or day <= span.last))


def _of_ids(connection: Connection, ids: Sequence[Id]) -> dict[Id, Encounter]:
    batches = (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))
    return {each.id: each for batch in batches for each in by_ids(connection, Encounter, batch)}


def _contacts(connection: Connection, ids: Sequence[Id]) -> dict[Id, Contact]:
    batches = (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))
    return {each.of: each for batch in batches for each in found(connection, Contact, member("of").in_(batch))}


def _line(issue: Issue, met: Encounter | None, contact: Contact | None, *, full_contact: bool) -> CallBackLine:
    secret = bool(withheld(met, confidential=issue.confidential))
    phone = contact.phone if contact and not secret else ""
    answer = joined(wording(issue.result), issue.result_text.strip().partition("\n")[0])
    return CallBackLine(
        record=met.id if met else issue.id,
        number=issue.number or issue.source_number or (met.number if met else ""),
        person=listed_person(met, confidential=issue.confidential),
        phone=(phone if full_contact else masked_phone(phone)) or ("" if secret else NO_CONTACT),
        village="" if secret or met is None else met.village,
        subject=issue.title(),
        result=answer,
        told=short_day(issue.feedback_on) or "未告知",
    )
