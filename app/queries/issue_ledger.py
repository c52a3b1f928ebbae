"""The ledger of issues of a period: each with its full text, the person masked."""

import json
from collections import Counter
from collections.abc import Iterator

from sqlalchemy import ColumnElement, Connection, and_, select

from app.domain.chinese import short_day
from app.domain.encounter import Encounter
from app.domain.issue import Issue
from app.domain.life import IssueState
from app.domain.papers import IssueLedger, IssueLine, Span
from app.domain.persons import withheld
from app.domain.privacy import Privacy
from app.domain.records import record_from
from app.domain.values import wording
from app.queries.issue_due import DONE_WITH
from app.queries.issue_words import IssueWords, issue_words, result_told
from app.queries.ledger_head import ledger_head
from app.queries.naming import Naming
from app.queries.relations import AT_ONCE, member, own_station, standing, within
from app.queries.rights import own_only
from app.storage.rows import another
from app.storage.tables import CurrentRow
from app.workspace import Workspace


def issue_ledger(workspace: Workspace, span: Span, privacy: Privacy = Privacy.USUAL) -> IssueLedger:
    """Every issue received in the period that the operator may see, oldest first."""
    with workspace.reading() as connection:
        words, station = issue_words(workspace, connection), own_station(workspace, connection)
        states, naming = Counter[str](), Naming(connection, privacy)
        lines: list[IssueLine] = []
        for issue, person in issues_received(workspace, connection, span):
            states[issue.state] += 1
            lines.append(_line(issue, person, words, naming))
        told = naming.silent(tuple(lines))
    over = sum(states[each] for each in DONE_WITH)
    summary = f"合计{len(lines)}件：已办{over}件，在办{len(lines) - over}件。"
    return IssueLedger(head=ledger_head(station, span, summary), lines=told)


def issues_received(workspace: Workspace, connection: Connection, span: Span) -> Iterator[tuple[Issue, Encounter | None]]:
    """The issues of a period that the operator may see, each with who raised it, oldest first."""
    return _issues(connection, and_(within(span.first, span.last), *own_only(connection, workspace.author.op)))


def _issues(connection: Connection, asked: ColumnElement[bool]) -> Iterator[tuple[Issue, Encounter | None]]:
    """Every issue with who raised it, fetched a page at a time."""
    met = another(CurrentRow)
    question = (
        select(CurrentRow.id, CurrentRow.body, met.id.label("met"), met.body.label("person"))
        .select_from(CurrentRow)
        .outerjoin(met, and_(met.id == member("encounter"), ~met.deleted))
        .where(standing("issue"), asked)
        .order_by(CurrentRow.day, CurrentRow.no)
    )
    for row in connection.execution_options(yield_per=AT_ONCE).execute(question):
        person = record_from(Encounter, row.met, json.loads(row.person)) if row.met else None
        yield record_from(Issue, row.id, json.loads(row.body)), person


def _line(issue: Issue, person: Encounter | None, words: IssueWords, naming: Naming) -> IssueLine:
    village = person.village if person and not withheld(person, confidential=issue.confidential) else ""
    return IssueLine(
        number=issue.number or issue.source_number,
        day=short_day(issue.received_on),
        person=naming.listed(person, confidential=issue.confidential),
        place=issue.place or village,
        subject=issue.subject,
        words=issue.words,
        category=words.category(issue),
        route=wording(issue.route),
        unit=words.unit(issue),
        state=wording(issue.state or IssueState.REGISTERED),
        due=words.due(issue),
        result=result_told(issue),
    )
