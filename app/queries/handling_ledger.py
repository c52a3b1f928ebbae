"""The ledger of how issues were handled (意见办理台账, domain brief 2.6): each from its receipt to its file, day by day."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from sqlalchemy import ColumnElement, Connection, and_

from app.domain.chinese import short_day
from app.domain.handling import Assignment
from app.domain.issue import Issue
from app.domain.papers import Span
from app.domain.station_ledgers import HandlingLedger, HandlingLine
from app.domain.values import Id, wording
from app.queries.issue_due import DONE_WITH
from app.queries.issue_ledger import issues_received
from app.queries.issue_words import IssueWords, issue_words
from app.queries.ledger_head import ledger_head
from app.queries.relations import found, ids_of, member, own_station, within
from app.queries.rights import own_only
from app.workspace import Workspace

_LATE, _IN_TIME = "超期", "未超期"


def handling_ledger(workspace: Workspace, span: Span) -> HandlingLedger:
    """Every issue received in the period that the operator may see, with the days of its way, oldest first."""
    with workspace.reading() as connection:
        words, station = issue_words(workspace, connection), own_station(workspace, connection)
        asked = and_(within(span.first, span.last), *own_only(connection, workspace.author.op))
        slips = _newest_slips(connection, asked)
        received = issues_received(workspace, connection, span)
        lines = tuple(_line(issue, slips.get(issue.id), words) for issue, _person in received)
    closed, late = sum(bool(each.closed_on) for each in lines), sum(each.overdue == _LATE for each in lines)
    summary = f"合计{len(lines)}件：已办结{closed}件，超期{late}件。"
    return HandlingLedger(head=ledger_head(station, span, summary), lines=lines)


def _newest_slips(connection: Connection, asked: ColumnElement[bool]) -> Mapping[Id, Assignment]:
    """The slip of the newest round of every issue that has one."""
    slips = found(connection, Assignment, member("of").in_(ids_of("issue", asked)))
    return {each.of: each for each in sorted(slips, key=lambda each: each.round)}


def _line(issue: Issue, slip: Assignment | None, words: IssueWords) -> HandlingLine:
    asked = slip or Assignment(id="")
    return HandlingLine(
        number=issue.number or issue.source_number,
        source=wording(issue.source),
        day=short_day(issue.received_on),
        subject=issue.title(),
        category=words.category(issue),
        assigned_on=short_day(issue.assigned_on),
        units=tuple(_units(issue, asked, words.units)),
        due=short_day(issue.due_on),
        signed_on=short_day(asked.signed_for_on),
        closed_on=short_day(issue.closed_on),
        result=wording(issue.result) or wording(issue.state),
        overdue=_overdue(issue, words.today),
        called_on=short_day(issue.call_back_on),
        satisfaction=wording(issue.satisfaction),
        archive_number=issue.archive_number,
    )


def _units(issue: Issue, slip: Assignment, names: Mapping[Id, str]) -> Iterator[str]:
    """Who handles it, and who helps."""
    if issue.unit:
        yield names.get(issue.unit, "")
    helping: Sequence[str] = [names[each] for each in slip.co_units if each in names]
    if helping:
        yield f"会办：{'、'.join(helping)}"


def _overdue(issue: Issue, today: date) -> str:
    """Whether it took longer than it may, reckoned to the day it was closed, or to today while somebody owes it."""
    if issue.due_on is None:
        return ""
    until = issue.closed_on or (None if issue.state in DONE_WITH else today)
    return "" if until is None else _LATE if until > issue.due_on else _IN_TIME
