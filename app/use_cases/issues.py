"""What is done with issues outside a visit: noted, corrected, taken one step further; each deed can be taken back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from app.changes import Changes, changes_of
from app.domain.campaign import fitting
from app.domain.encounter import Encounter, Party
from app.domain.issue import Issue, Source
from app.domain.issue_sheet import IssueSheet, sheet_from, sheet_problems
from app.domain.issue_steps import STEP_DRAFT, StepEntry, after_step, entry_from, step_of, step_problems
from app.domain.life import IssueEvent, IssueState
from app.domain.people import Contact
from app.domain.problems import Problem, stop_at
from app.domain.records import Record, record_from
from app.domain.rights import Right, holders
from app.domain.suggestion_limits import Rules
from app.domain.unit import Unit
from app.domain.values import Id, Json
from app.errors import Refused
from app.queries.campaigns import campaigns_there
from app.queries.issue_card import belonging, issue_sheet
from app.queries.rights import may_see_contact
from app.queries.rules import station_rules
from app.storage import deeds
from app.storage import drafts as kept_drafts
from app.storage.transaction import Transaction
from app.use_cases.drafts import drafts
from app.use_cases.merging import state_before_merging, way_of_merging, with_joins
from app.use_cases.slips import slips_after
from app.workspace import Workspace

DRAFT: Final = "issue"
"""The kind of a draft kept on the form of an issue."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What a deed left behind, and what `take_back` needs: the records it made, those it changed as they were, all heads."""

    id: Id
    made: tuple[Id, ...]
    before: tuple[Record, ...]
    heads: Mapping[Id, tuple[Id, ...]]
    changes: Changes
    hints: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A unit newly known by its name."""

    id: Id
    changes: Changes = Changes.STATION


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """Who raised an issue, in full; that it was shown is in the journal."""

    name: str
    phone: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OnForm:
    """What lies on a form; `kept` says when it was kept as a draft, where it is one."""

    sheet: IssueSheet
    kept: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnsavedIssue:
    """A form that was typed at and not saved; no sheet where this program cannot read it."""

    key: str
    sheet: IssueSheet | None
    kept: datetime


# --- a form -----------------------------------------------------------------------------------------------------------


def draft_key(id: Id) -> str:
    """The name under which the draft of an issue is kept."""
    return f"{DRAFT}:{id}"


def new_sheet(workspace: Workspace) -> IssueSheet:
    """An issue to be noted, received today, and the person who raises it; not saved yet."""
    new_id = workspace.clock.new_id
    met = Encounter(id=new_id(), party=Party.PERSON)
    today = workspace.clock.today().date()
    with workspace.reading() as connection:
        campaign = fitting(campaigns_there(connection), today, "")
    issue = Issue(
        id=new_id(),
        encounter=met.id,
        station=workspace.author.owner,
        received_on=today,
        state=IssueState.REGISTERED,
        source=Source.LETTER,
        campaign=campaign.id if campaign else "",
    )
    return IssueSheet(issue=issue, met=met, contact=Contact(id=new_id(), of=met.id))


def sheet_to_correct(workspace: Workspace, id: Id) -> OnForm:
    """An issue to be corrected: what was typed last where that was not saved, else what stands in the records.

    Raises `Refused("record_missing")`.
    """
    kept = next((each for each in unsaved_issues(workspace) if each.key == draft_key(id)), None)
    if kept and kept.sheet:
        return OnForm(sheet=kept.sheet, kept=kept.kept)
    return OnForm(sheet=issue_sheet(workspace, id))


def unsaved_issues(workspace: Workspace) -> tuple[UnsavedIssue, ...]:
    """What was typed on the form of an issue and never saved or given up, the newest first."""
    kept = (each for each in drafts(workspace) if each.kind == DRAFT)
    return tuple(UnsavedIssue(key=each.key, sheet=_sheet_kept(each.body), kept=each.kept) for each in kept)


def _sheet_kept(body: Mapping[str, Json]) -> IssueSheet | None:
    try:
        return sheet_from(body)
    except Refused:
        return None  # a newer program kept it


def save_issue(workspace: Workspace, sheet: IssueSheet) -> Done:
    """Save what stands on the form of an issue, new or corrected, or nothing.

    Raises `Refused("incomplete", problems)`, and `Refused("stale", id, seen, stands)` where somebody changed it meanwhile.
    """
    problems = tuple(sheet_problems(sheet))
    stop_at(problems)
    with workspace.writing() as books:
        records = with_joins(workspace, books, list(_settled(sheet).records()))
        done = saved(books, sheet.id, records, sheet.seen)
    return replace(done, hints=tuple(each for each in problems if each.hint))


def _settled(sheet: IssueSheet) -> IssueSheet:
    """The sheet with issue, person and contact naming each other; what asks for confidence is one."""
    whole = {each.id for each in sheet.records()}
    if sheet.met is None or sheet.met.id not in whole:
        return replace(sheet, issue=replace(sheet.issue, encounter=sheet.issue.encounter if sheet.met is None else ""))
    met = replace(sheet.met, confidential=sheet.issue.confidential)
    contact = replace(sheet.contact, of=met.id) if sheet.contact else None
    return replace(sheet, issue=replace(sheet.issue, encounter=met.id), met=met, contact=contact)


# --- a step -----------------------------------------------------------------------------------------------------------


def step_key(id: Id, event: IssueEvent) -> str:
    """The name under which the draft of a step of an issue is kept."""
    return f"{STEP_DRAFT}:{id}:{event}"


def unsaved_steps(workspace: Workspace, id: Id) -> dict[IssueEvent, StepEntry]:
    """What was typed for steps of an issue and never saved or given up; what this program cannot read is left alone."""
    kept = (each.body for each in drafts(workspace) if each.kind == STEP_DRAFT and each.body.get("of") == id)
    return dict(each for body in kept if (each := _step_kept(body)))


def _step_kept(body: Mapping[str, Json]) -> tuple[IssueEvent, StepEntry] | None:
    try:
        return entry_from(body)
    except Refused:
        return None  # a newer program kept it


def step_issue(workspace: Workspace, id: Id, event: IssueEvent, entry: StepEntry, *, seen: Sequence[Id] = ()) -> Done:
    """Take an issue one step further, with the step written down and an assignment's slip kept; the step's draft is gone.

    Raises `Refused("record_missing" | "life_forbids" | "incomplete" | "stale")`.
    """
    with workspace.writing() as books:
        stored = books.records.get(Issue, id)
        told = _with_deadline(event, entry, station_rules(workspace, books.connection))
        after = after_step(stored.record, event, told, state_before_merging(books, stored.record))
        stop_at((*step_problems(stored.record, event, told), *_merge_problems(books, id, event, told)))
        step = step_of(stored.record, after, event, told, workspace.clock.new_id())
        slips = slips_after(workspace, books, after, event, told)
        kept_drafts.discard(books.connection, step_key(id, event), workspace.author.op)
        return saved(books, id, [after, step, *slips], {id: tuple(seen)} if seen else {})


def name_unit(workspace: Workspace, name: str) -> Named:
    """A unit entered by name while the work goes on; one that is known already is that one. Raises `Refused("incomplete")`."""
    wanted = name.strip()
    if not wanted:
        stop_at([Problem(code="unit_missing", field="unit")])
    with workspace.writing() as books:
        for stored in books.records.all_of(Unit):
            if stored.record.name == wanted:
                return Named(id=stored.record.id, changes=Changes.NOTHING)
        return Named(id=books.records.save(Unit(id=workspace.clock.new_id(), name=wanted)))


def _with_deadline(event: IssueEvent, entry: StepEntry, rules: Rules) -> StepEntry:
    if event is not IssueEvent.ASSIGN or entry.fields.get("due_on"):
        return entry
    return replace(entry, fields={**entry.fields, "due_on": rules.issue_due(entry.on).day})


def _merge_problems(books: Transaction, id: Id, event: IssueEvent, entry: StepEntry) -> list[Problem]:
    """What is merged must not lead back to itself."""
    into = entry.fields.get("merged_into") if event is IssueEvent.MERGE else ""
    return [Problem(code="merge_circle", field="merged_into")] if into and id in way_of_merging(books, into) else []


# --- saving, and taking back ------------------------------------------------------------------------------------------


def take_back(workspace: Workspace, done: Done) -> Changes:
    """Undo a deed: what it made is removed, what it changed is as it was before.

    Raises `Refused("stale")` where somebody has worked on it since.
    """
    with workspace.writing() as books:
        for id in done.made:
            stored = books.records.find(id)
            if stored is None or stored.heads != done.heads[id]:
                raise Refused("stale", id=id, seen=done.heads[id], stands=stored.heads if stored else ())
        books.records.save_all(done.before, seen=done.heads, going_back=True)
        books.records.remove(done.made)
    return done.changes


def saved(books: Transaction, id: Id, records: Sequence[Record], seen: Mapping[Id, tuple[Id, ...]]) -> Done:
    """Save records that differ from what stands, noting what is needed to take it back."""
    standing = {each.id: books.records.find(each.id) for each in records}
    changed = [each for each in records if (stored := standing[each.id]) is None or stored.record != each or stored.deleted]
    books.records.save_all(records, seen=seen)
    heads = {each.id: stored.heads for each in changed if (stored := books.records.find(each.id))}
    before = [stored.record for each in changed if (stored := standing[each.id]) and not stored.deleted]
    return Done(
        id=id,
        made=tuple(heads.keys() - {each.id for each in before}),
        before=tuple(before),
        heads=heads,
        changes=changes_of({each.traits.name for each in changed}),
    )


def all_done(books: Transaction, id: Id) -> Done:
    """All that this transaction has saved so far, with what is needed to take it back."""
    made: list[Id] = []
    before: list[Record] = []
    heads: dict[Id, tuple[Id, ...]] = {}
    kinds: set[str] = set()
    for each in deeds.of_deed(books.connection, books.deed):
        record, earlier = each.stored.record, deeds.before(books.connection, each)
        kinds.add(record.traits.name)
        if earlier and not earlier.deleted:
            before.append(record_from(type(record), record.id, earlier.body))
        elif not each.stored.deleted:
            made.append(record.id)
        else:
            continue  # made and given up by the same deed
        heads[record.id] = each.stored.heads
    return Done(id=id, made=tuple(made), before=tuple(before), heads=heads, changes=changes_of(kinds))


# --- the rest ---------------------------------------------------------------------------------------------------------


def show_person(workspace: Workspace, id: Id) -> Shown:
    """Name, telephone and address of who raised an issue; that they were shown is noted (decision 2).

    Raises `Refused("record_missing" | "not_allowed")`, and `Refused("person_withheld")` for who asked for confidence or left no
    name.
    """
    with workspace.writing() as books:
        issue = books.records.get(Issue, id).record
        met = books.records.get(Encounter, issue.encounter).record
        if met.anonymous or met.confidential or issue.confidential:
            raise Refused("person_withheld")
        if not may_see_contact(workspace, books.connection, met):
            raise Refused("not_allowed", right=Right.CONTACTS, who=holders(Right.CONTACTS))
        contacts = belonging(books.connection, Contact, met.id)
        books.note("contact_shown", {}, id)
    told = contacts[0] if contacts else Contact(id="")
    return Shown(name=met.name, phone=told.phone, address=told.address or met.village)
