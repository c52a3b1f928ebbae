"""Suggestions at the station: from issues to a draft, from a draft to a submitted text that no longer changes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from app.changes import Changes
from app.domain.beginning import Beginning, with_grounds
from app.domain.congress import Congress, place_problems
from app.domain.cosignature import Cosignature, settled
from app.domain.issue import Issue
from app.domain.life import ISSUE_LIFE, SUGGESTION_LIFE, IssueEvent, SuggestionEvent, SuggestionState
from app.domain.people import Deputy
from app.domain.problems import Problem, stop_at
from app.domain.records import Record
from app.domain.step import Step
from app.domain.suggestion import (
    Suggestion,
    digest_of_text,
    drafted_grounds,
    drafted_text,
    formed_through,
    led_by,
    submission_problems,
    text_is_open,
)
from app.domain.suggestion_sheet import SuggestionSheet
from app.domain.values import Id
from app.domain.visit import Visit
from app.errors import Refused
from app.queries.record import record_of
from app.queries.relations import of_id
from app.queries.suggestion_card import suggestion_sheet
from app.queries.suggestion_grounds import grounds_of
from app.reference import suggestion_template
from app.storage.transaction import Transaction
from app.use_cases.cosigning import check_signers, struck_today
from app.use_cases.people import deputy_named
from app.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """The suggestion a use case left behind."""

    id: Id
    hints: tuple[Problem, ...] = ()
    changes: Changes = Changes.SUGGESTIONS | Changes.ISSUES


@dataclass(frozen=True, slots=True, kw_only=True)
class Amended:
    """The sheet as it stands in the records now."""

    sheet: SuggestionSheet
    changes: Changes = Changes.SUGGESTIONS | Changes.ISSUES


# --- from issues to a draft -------------------------------------------------------------------------------------------


def draft_suggestion(
    workspace: Workspace,
    *,
    title: str,
    lead: str,
    issues: Sequence[Id],
    text: str = "",
    visits: Sequence[Id] = (),
    template: str = "",
) -> Drafted:
    """A draft led by a deputy (identifier, name or card number), grounded on issues and visits; without a text it begins by them.

    A template is that of a kind of suggestion; without a title its own stands there.

    Raises `Refused("record_missing" | "deputy_unknown" | "deputy_ambiguous" | "title_missing")`.
    """
    begun = new_sheet(workspace, issues, visits, template).suggestion
    subject = title.strip() or begun.subject
    if not subject:
        raise Refused("title_missing")
    deputy = deputy_named(workspace, lead)
    words = text.strip() or begun.text or drafted_text(())
    suggestion = replace(begun, subject=subject, text=words, lead_deputy=deputy.id)
    with workspace.writing() as books:
        books.records.save(led_by(suggestion, deputy))
    return Drafted(id=suggestion.id)


def new_sheet(workspace: Workspace, issues: Sequence[Id] = (), visits: Sequence[Id] = (), template: str = "") -> SuggestionSheet:
    """A sheet to write at, not saved yet; it begins with the words of the issues and visits it came from, of none it is empty.

    With the template of a kind of suggestion (a `SuggestionType`) they stand in its first part.
    Raises `Refused("record_missing")`, `Unavailable("reference_damaged")`.
    """
    grounds = [record_of(workspace, Issue, each) for each in dict.fromkeys(issues)]
    activities = [record_of(workspace, Visit, each) for each in dict.fromkeys(visits)]
    begun = _begun(workspace, grounds, activities, template)
    suggestion = Suggestion(
        id=workspace.clock.new_id(),
        suggestion_type=template,
        subject=begun.title,
        text=begun.text,
        issues=tuple(each.id for each in grounds),
        visits=tuple(each.id for each in activities),
        formed_through=tuple(dict.fromkeys(formed_through(each.visit_kind) for each in activities)),
        year=workspace.clock.today().year,
        state=SuggestionState.DRAFT,
    )
    return SuggestionSheet(suggestion=suggestion)


def _begun(workspace: Workspace, grounds: Sequence[Issue], activities: Sequence[Visit], template: str) -> Beginning:
    if not (grounds or activities or template):
        return Beginning()
    known = grounds_of(workspace, [each.id for each in grounds])
    lines = drafted_grounds(grounds, activities, people=known.people, places=known.places)
    form = suggestion_template(template) if template else Beginning(text=drafted_text(()))
    return replace(form, text=with_grounds(form.text, lines))


# --- while the words are open -----------------------------------------------------------------------------------------


def amend_suggestion(workspace: Workspace, sheet: SuggestionSheet) -> Amended:
    """Save what stands on the desk: the suggestion, and who is to sign it; whoever is not on the sheet any more is taken out.

    Raises `Refused("incomplete")` without a title, `Refused("text_frozen" | "stale")`.
    """
    with workspace.writing() as books:
        _amend(workspace, books, sheet)
    return Amended(sheet=suggestion_sheet(workspace, sheet.id))


def submit_sheet(workspace: Workspace, sheet: SuggestionSheet) -> Amended:
    """Save what stands on the desk and submit it, or neither; raises what saving and submitting raise."""
    with workspace.writing() as books:
        _amend(workspace, books, sheet)
        _submit(workspace, books, sheet.id)
    return Amended(sheet=suggestion_sheet(workspace, sheet.id))


def revise_suggestion(workspace: Workspace, id: Id) -> Amended:
    """Open the words of a returned suggestion again. Raises `Refused("record_missing" | "life_forbids")`."""
    today = workspace.clock.today().date()
    with workspace.writing() as books:
        stored = books.records.get(Suggestion, id)
        state = SUGGESTION_LIFE.after(stored.record.state, SuggestionEvent.REVISE)
        opened = replace(stored.record, state=state, submitted_on=None, text_digest="")
        books.records.save(opened, seen=stored.heads)
        books.records.save(_step(workspace, id, SuggestionEvent.REVISE, stored.record.state, state, today))
    return Amended(sheet=suggestion_sheet(workspace, id))


def _amend(workspace: Workspace, books: Transaction, sheet: SuggestionSheet) -> None:
    if not sheet.suggestion.subject.strip():
        stop_at([Problem(code="title_missing", field="subject")])
    before = books.records.find(sheet.id)
    if before and isinstance(before.record, Suggestion) and not text_is_open(before.record):
        raise Refused("text_frozen", id=sheet.id, state=before.record.state)
    today = workspace.clock.today().date()
    suggestion = _led(books, sheet.suggestion)
    signers = tuple(settled(each, suggestion, today) for each in sheet.signers)
    check_signers(books, suggestion, signers, today)
    records = [*_invited(workspace, sheet, suggestion, signers, today), *signers]
    books.records.save_all(records, seen=sheet.seen)
    books.records.remove(sheet.seen.keys() - {sheet.id} - {each.id for each in signers})


def _led(books: Transaction, suggestion: Suggestion) -> Suggestion:
    trimmed = replace(suggestion, subject=suggestion.subject.strip())
    lead = books.records.find(suggestion.lead_deputy) if suggestion.lead_deputy else None
    return led_by(trimmed, lead.record) if lead and isinstance(lead.record, Deputy) else trimmed


def _invited(
    workspace: Workspace, sheet: SuggestionSheet, suggestion: Suggestion, signers: Sequence[Cosignature], today: date
) -> Iterator[Record]:
    """The suggestion, which is being co-signed from the first deputy asked on, with the step that says so."""
    invites = any(each.id not in sheet.seen for each in signers)
    if not invites or SuggestionEvent.COSIGN not in SUGGESTION_LIFE.allowed(suggestion.state):
        yield suggestion
        return
    state = SUGGESTION_LIFE.after(suggestion.state, SuggestionEvent.COSIGN)
    yield replace(suggestion, state=state)
    yield _step(workspace, suggestion.id, SuggestionEvent.COSIGN, suggestion.state, state, today)


# --- submission -------------------------------------------------------------------------------------------------------


def submit_suggestion(workspace: Workspace, id: Id) -> Drafted:
    """Submit a suggestion: its words are frozen from now on, and each issue it stands on shows what became of it.

    Raises `Refused("record_missing" | "life_forbids" | "incomplete")`.
    """
    with workspace.writing() as books:
        problems = _submit(workspace, books, id)
    return Drafted(id=id, hints=tuple(each for each in problems if each.hint))


def _submit(workspace: Workspace, books: Transaction, id: Id) -> tuple[Problem, ...]:
    today = workspace.clock.today().date()
    stored = books.records.get(Suggestion, id)
    state = SUGGESTION_LIFE.after(stored.record.state or SuggestionState.DRAFT, SuggestionEvent.SUBMIT)
    deputy = of_id(books.connection, Deputy, stored.record.lead_deputy)
    suggestion = stored.record if deputy else replace(stored.record, lead_deputy="")
    body = of_id(books.connection, Congress, suggestion.receiving_body)
    problems = (*submission_problems(suggestion, lead=deputy, on=today), *place_problems(body))
    stop_at(problems)
    digest = digest_of_text(suggestion)
    books.records.save_all(struck_today(workspace, books, id))
    books.records.save(replace(suggestion, state=state, submitted_on=today, text_digest=digest), seen=stored.heads)
    books.records.save(_step(workspace, id, SuggestionEvent.SUBMIT, stored.record.state, state, today))
    for issue in suggestion.issues:
        _raise_issue(workspace, books, issue, suggestion, today)
    return problems


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
