"""What comes of a suggestion after its submission, written down step by step; a meeting decides many at once."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from app.changes import Changes
from app.domain.congress import Congress
from app.domain.life import SuggestionEvent
from app.domain.problems import Problem, stop_at
from app.domain.records import Record
from app.domain.suggestion import Suggestion
from app.domain.suggestion_checks import check_allowed, deed_problems
from app.domain.suggestion_course import Course
from app.domain.suggestion_deeds import left_by
from app.domain.suggestion_steps import (
    REVIEWS,
    STEP_DRAFT,
    TOGETHER,
    Deed,
    Entry,
    entry_from,
    of_body,
    of_only_one,
)
from app.domain.values import Id, Json
from app.errors import Refused
from app.queries.relations import found, of_id
from app.queries.rules import rules_of
from app.queries.suggestion_course import course_of_records
from app.storage import drafts as kept_drafts
from app.storage.deeds import mark_whole
from app.storage.transaction import Transaction
from app.use_cases.batch_drafts import batch_key, is_batch
from app.use_cases.drafts import drafts
from app.use_cases.issues import Done, all_done, saved
from app.use_cases.returns import settle
from app.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What one meeting decided: each suggestion with its records, all one deed."""

    ids: tuple[Id, ...]
    done: Done
    changes: Changes = Changes.SUGGESTIONS | Changes.ISSUES


def step_key(id: Id, deed: Deed) -> str:
    """The name under which the draft of a step of a suggestion is kept."""
    return f"{STEP_DRAFT}:{id}:{deed}"


def unsaved_steps(workspace: Workspace, id: Id) -> dict[Deed, Entry]:
    """What was typed for steps of a suggestion and never saved or given up; what this program cannot read is left alone."""
    own = (each.body for each in drafts(workspace) if each.kind == STEP_DRAFT and each.body.get("of") == id)
    kept = (body for body in own if not is_batch(body))
    return dict(each for body in kept if (each := _kept(body)))


def _kept(body: Mapping[str, Json]) -> tuple[Deed, Entry] | None:
    try:
        return entry_from(body)
    except Refused:
        return None  # a newer program kept it


def take_step(workspace: Workspace, id: Id, deed: Deed, entry: Entry, *, seen: Sequence[Id] = ()) -> Done:
    """Write down one event or note of a suggestion with all it leaves; the draft of its form is gone.

    Raises `Refused("record_missing" | "life_forbids" | "note_unfit" | "incomplete" | "stale")`.
    """
    with workspace.writing() as books:
        records, hints = _left(workspace, books, id, deed, entry)
        kept_drafts.discard(books.connection, step_key(id, deed), workspace.author.op)
        saved(books, id, records, {id: tuple(seen)} if seen else {})
        settle(books, [id], by_deed=True)  # what the body said and did not fit may fit now, or be what was entered here
        done = all_done(books, id)
    return replace(done, changes=done.changes | Changes.SUGGESTIONS, hints=hints)


def decide_together(
    workspace: Workspace, ids: Sequence[Id], deed: Deed, entry: Entry, case_numbers: Mapping[Id, str] = MappingProxyType({})
) -> Decided:
    """What one meeting decided of several suggestions of one congress: one deed and one reason, each with its own step.

    Acceptance gives each the case number that stands beside its identifier. All of them or none. Raises what `take_step`
    raises, each problem with the title it belongs to, and `Refused("not_decided_together" | "bodies_mixed" |
    "case_number_twice")`.
    """
    if deed not in TOGETHER:
        raise Refused("not_decided_together", event=deed)
    if twice := [number for number, many in Counter(case_numbers.values()).items() if number and many > 1]:
        raise Refused("case_number_twice", number=twice[0])
    with workspace.writing() as books:
        suggestions = [books.records.get(Suggestion, each).record for each in dict.fromkeys(ids)]
        if len({each.receiving_body for each in suggestions}) > 1:
            raise Refused("bodies_mixed")
        records: list[Record] = []
        hints: list[Problem] = []
        for each in suggestions:
            try:
                left, told = _left(workspace, books, each.id, deed, _numbered(entry, case_numbers.get(each.id)))
            except Refused as refused:
                problems = refused.facts.get("problems", ())
                raise Refused(
                    "decision_refused", title=each.title(), state=each.state, event=deed, problems=problems
                ) from refused
            records += left
            hints += told
        mark_whole(books.connection, books.deed)
        first = suggestions[0].id if suggestions else ""
        kept_drafts.discard(books.connection, batch_key(first, deed), workspace.author.op)
        done = saved(books, first, records, {})
    return Decided(ids=tuple(each.id for each in suggestions), done=replace(done, hints=tuple(hints)))


def _numbered(entry: Entry, case_number: str | None) -> Entry:
    return entry if case_number is None else replace(entry, fields={**entry.fields, "case_number": case_number})


def _left(workspace: Workspace, books: Transaction, id: Id, deed: Deed, entry: Entry) -> tuple[list[Record], tuple[Problem, ...]]:
    """The records a deed leaves, checked; and the hints that stop nobody."""
    suggestion = books.records.get(Suggestion, id).record
    course, rules = course_of_records(books.connection, suggestion), rules_of(books.connection, suggestion)
    check_allowed(course, deed, rules)
    told = with_usual(books, course, deed, of_only_one(course, deed, entry))
    problems = tuple(deed_problems(course, deed, told, rules)) + _review_problems(books, suggestion, deed, told)
    stop_at((*problems, *_merge_problems(books, suggestion, deed, told)))
    after, others = left_by(course, deed, told, rules, workspace.clock.new_id)
    return [after, *others], tuple(each for each in problems if each.hint)


def with_usual(books: Transaction, course: Course, deed: Deed, entry: Entry) -> Entry:
    """The entry with the name of the body that reviews, hands over and rates, where none was given."""
    body = of_id(books.connection, Congress, course.suggestion.receiving_body)
    return of_body(deed, entry, (body.deputy_affairs_committee or body.name) if body else "")


def _review_problems(books: Transaction, suggestion: Suggestion, deed: Deed, entry: Entry) -> tuple[Problem, ...]:
    """A suggestion is reviewed by the congress it was handed in to and by no other one (decision 8)."""
    told = str(entry.fields.get("review_body", ""))
    own = of_id(books.connection, Congress, suggestion.receiving_body)
    if deed not in REVIEWS or not told or own is None or any(name in told for name in _names(own)):
        return ()
    others = [
        each for each in found(books.connection, Congress) if each.id != own.id and any(name in told for name in _names(each))
    ]
    return tuple(
        Problem(code="reviewed_elsewhere", field="review_body", facts={"body": each.name, "own": own.name}) for each in others[:1]
    )


def _names(congress: Congress) -> list[str]:
    return [name for name in (congress.name, congress.standing_organ, congress.deputy_affairs_committee) if name]


def _merge_problems(books: Transaction, suggestion: Suggestion, deed: Deed, entry: Entry) -> list[Problem]:
    """What is merged must not lead back to itself."""
    into = entry.fields.get("merged_into", "") if deed is SuggestionEvent.MERGE else ""
    way: list[Id] = []
    while into and into not in way:
        way.append(into)
        stored = books.records.find(into)
        if stored is None or not isinstance(stored.record, Suggestion):
            return [Problem(code="merge_target_missing", field="merged_into")]
        into = stored.record.merged_into
    return [Problem(code="merge_circle", field="merged_into")] if suggestion.id in way else []
