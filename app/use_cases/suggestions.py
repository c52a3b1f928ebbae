"""Suggestions at the station: from issues to a draft, from a draft to a submitted text that no longer changes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from app.changes import Changes
from app.domain.issue import Issue
from app.domain.life import ISSUE_LIFE, SUGGESTION_LIFE, IssueEvent, SuggestionEvent, SuggestionState
from app.domain.people import Deputy
from app.domain.problems import Problem, stop_at
from app.domain.step import Step
from app.domain.suggestion import Suggestion, digest_of_text, drafted_text, submission_problems
from app.domain.values import Id
from app.errors import Refused
from app.queries.record import record_of
from app.storage.transaction import Transaction
from app.use_cases.people import deputy_named
from app.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """The suggestion a use case left behind."""

    id: Id
    hints: tuple[Problem, ...] = ()
    changes: Changes = Changes.SUGGESTIONS | Changes.ISSUES


def draft_suggestion(workspace: Workspace, *, title: str, lead: str, issues: Sequence[Id], text: str = "") -> Drafted:
    """A draft led by a deputy (identifier, name or card number), grounded on issues; without a text it begins with theirs.

    Raises `Refused("record_missing" | "deputy_unknown" | "deputy_ambiguous" | "title_missing")`.
    """
    if not title.strip():
        raise Refused("title_missing")
    deputy = deputy_named(workspace, lead)
    grounds = [record_of(workspace, Issue, each) for each in dict.fromkeys(issues)]
    suggestion = Suggestion(
        id=workspace.clock.new_id(),
        subject=title.strip(),
        text=text.strip() or drafted_text(grounds),
        issues=tuple(each.id for each in grounds),
        lead_deputy=deputy.id,
        receiving_body=deputy.congress,
        term=deputy.term,
        delegation=deputy.delegation,
        year=workspace.clock.today().year,
        state=SuggestionState.DRAFT,
    )
    with workspace.writing() as books:
        books.records.save(suggestion)
    return Drafted(id=suggestion.id)


def submit_suggestion(workspace: Workspace, id: Id) -> Drafted:
    """Submit a suggestion: its words are frozen from now on, and each issue it stands on shows what became of it.

    Raises `Refused("record_missing" | "life_forbids" | "incomplete")`.
    """
    today = workspace.clock.today().date()
    with workspace.writing() as books:
        stored = books.records.get(Suggestion, id)
        state = SUGGESTION_LIFE.after(stored.record.state or SuggestionState.DRAFT, SuggestionEvent.SUBMIT)
        lead = books.records.find(stored.record.lead_deputy) if stored.record.lead_deputy else None
        deputy = lead.record if lead and isinstance(lead.record, Deputy) and not lead.deleted else None
        suggestion = stored.record if deputy else replace(stored.record, lead_deputy="")
        problems = tuple(submission_problems(suggestion, lead=deputy, on=today))
        stop_at(problems)
        digest = digest_of_text(suggestion)
        books.records.save(replace(suggestion, state=state, submitted_on=today, text_digest=digest), seen=stored.heads)
        books.records.save(_step(workspace, id, SuggestionEvent.SUBMIT, stored.record.state, state, today))
        for issue in suggestion.issues:
            _raise_issue(workspace, books, issue, suggestion, today)
    return Drafted(id=id, hints=tuple(each for each in problems if each.hint))


def _raise_issue(workspace: Workspace, books: Transaction, id: Id, suggestion: Suggestion, today: date) -> None:
    """Let an issue show that it became a suggestion, where its life allows; one further on keeps its state."""
    stored = books.records.find(id)
    if stored is None or stored.deleted or not isinstance(stored.record, Issue):
        return
    issue = stored.record
    if IssueEvent.RAISE not in ISSUE_LIFE.allowed(issue.state):
        return
    after = ISSUE_LIFE.after(issue.state, IssueEvent.RAISE)
    books.records.save(replace(issue, state=after), seen=stored.heads)
    books.records.save(_step(workspace, id, IssueEvent.RAISE, issue.state, after, today, suggestion.subject))


def _step(workspace: Workspace, of: Id, event: str, before: str, after: str, on: date, reason: str = "") -> Step:
    return Step(id=workspace.clock.new_id(), of=of, event=event, from_state=before, to_state=after, on=on, reason=reason)
