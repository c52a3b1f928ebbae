"""Reviews of a suggestion, each a record and a step; here the one before submission (预审), where the profile has it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from app.changes import Changes
from app.domain.drafted import record_drafted, record_told, refused_as
from app.domain.life import SUGGESTION_LIFE, SuggestionEvent, SuggestionState
from app.domain.problems import Problem, stop_at
from app.domain.records import Record
from app.domain.review import Review, ReviewOutcome, ReviewStage
from app.domain.step import Step
from app.domain.suggestion import Suggestion, text_is_open
from app.domain.values import Id, Json
from app.errors import Refused
from app.queries.rules import rules_of
from app.queries.suggestion_signing import pre_reviews_of
from app.storage import drafts as kept_drafts
from app.storage.transaction import Transaction
from app.use_cases.issues import Done, saved
from app.workspace import Workspace

REVIEW_DRAFT: Final = "review"
"""The kind of a draft kept on the form of a review."""

OUTCOMES: Final = (ReviewOutcome.PASSED, ReviewOutcome.RETURNED)
"""What a pre-review may decide: nothing was submitted that could be refused."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A draft that was handed to somebody for a look before submission."""

    on: date
    to: str = ""


def review_key(suggestion: Id) -> str:
    """Under which the form of a pre-review keeps what is typed for a suggestion."""
    return f"{REVIEW_DRAFT}:{suggestion}"


def review_told(review: Review) -> dict[str, Json]:
    """The review as a draft keeps it."""
    return {"review": record_told(review)}


def review_kept(body: Mapping[str, Any]) -> Review:
    """The review a draft kept; raises `Refused("field_malformed")` for what is none."""
    with refused_as(REVIEW_DRAFT):
        return record_drafted(Review, body["review"])


def send_to_pre_review(workspace: Workspace, suggestion: Id, sent: Sent) -> Done:
    """Hand a draft in for a look before submission; raises `Refused("record_missing" | "step_not_taken" | "life_forbids")`."""
    with workspace.writing() as books:
        before = _reviewable(books, suggestion)
        return _done(books, suggestion, [*_moved(workspace, before, SuggestionEvent.PRE_REVIEW, sent.on, sent.to)])


def record_review(workspace: Workspace, review: Review) -> Done:
    """Save the outcome of a pre-review, of the next round where none is said; returned, the draft is written at again.

    One that nobody had noted as sent is sent on the same day. The form's draft is gone. Raises `Refused("record_missing" |
    "step_not_taken" | "text_frozen" | "stage_elsewhere")`, `Refused("incomplete", problems)`.
    """
    if review.stage != ReviewStage.PRE_REVIEW:
        raise Refused("stage_elsewhere", stage=review.stage)
    today = workspace.clock.today().date()
    with workspace.writing() as books:
        before = _reviewable(books, review.suggestion)
        stop_at(_problems(review, today))
        on = review.decided_on or today
        numbered = replace(review, decided_on=on, round=review.round or _next_round(books, before.id))
        kept_drafts.discard(books.connection, review_key(before.id), workspace.author.op)
        return _done(books, before.id, [numbered, *_course(workspace, before, numbered, on)])


def _course(workspace: Workspace, before: Suggestion, review: Review, on: date) -> list[Record]:
    records: list[Record] = []
    if before.state != SuggestionState.PRE_REVIEW:
        records = _moved(workspace, before, SuggestionEvent.PRE_REVIEW, on, review.body)
        before = replace(before, state=SuggestionState.PRE_REVIEW)
    if review.outcome == ReviewOutcome.RETURNED:
        why = review.reason or review.help_given
        moved = _moved(workspace, before, SuggestionEvent.REVISE, on, why, by=review.reviewer)
        return [*(each for each in records if isinstance(each, Step)), *moved]
    return records


def _moved(workspace: Workspace, before: Suggestion, event: SuggestionEvent, on: date, why: str, *, by: str = "") -> list[Record]:
    state = SUGGESTION_LIFE.after(before.state, event)
    step = Step(
        id=workspace.clock.new_id(),
        of=before.id,
        event=event,
        from_state=before.state,
        to_state=state,
        on=on,
        reason=why,
        by_name=by,
    )
    return [replace(before, state=state), step]


def _reviewable(books: Transaction, id: Id) -> Suggestion:
    suggestion = books.records.get(Suggestion, id).record
    if not text_is_open(suggestion):
        raise Refused("text_frozen", id=id, state=suggestion.state)
    if not rules_of(books.connection, suggestion).profile.pre_review:
        raise Refused("step_not_taken", event=SuggestionEvent.PRE_REVIEW)
    return suggestion


def _next_round(books: Transaction, suggestion: Id) -> int:
    return max((each.round for each in pre_reviews_of(books.connection, suggestion)), default=0) + 1


def _problems(review: Review, today: date) -> tuple[Problem, ...]:
    found = []
    if review.outcome not in OUTCOMES:
        found.append(Problem(code="outcome_missing", field="outcome"))
    if not review.body.strip() and not review.reviewer.strip():
        found.append(Problem(code="reviewer_missing", field="body"))
    if review.decided_on and review.decided_on > today:
        found.append(Problem(code="day_ahead", field="decided_on"))
    if review.outcome == ReviewOutcome.RETURNED and not review.help_given.strip() and not review.reason.strip():
        found.append(Problem(code="help_missing", field="help_given"))
    return tuple(found)


def _done(books: Transaction, suggestion: Id, records: list[Record]) -> Done:
    done = saved(books, suggestion, records, {})
    return replace(done, changes=done.changes | Changes.SUGGESTIONS)
