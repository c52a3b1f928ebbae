"""A suggestion withdrawn (撤回): everybody who signed agrees, the request is in writing, until it was replied to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from app.changes import Changes
from app.domain.attachment import Attachment
from app.domain.cosignature import Cosignature, SigningWay
from app.domain.cosigning import Withdrawal, agreed, may_be_withdrawn, withdrawal_problems
from app.domain.drafted import refused_as
from app.domain.life import SUGGESTION_LIFE, SuggestionEvent
from app.domain.problems import stop_at
from app.domain.records import Record
from app.domain.step import Step
from app.domain.suggestion import Suggestion
from app.domain.values import Code, Id, Json
from app.errors import Refused
from app.queries.relations import found, member, titles
from app.queries.rules import rules_of
from app.queries.suggestion_signing import signatures_of
from app.storage import drafts as kept_drafts
from app.storage.transaction import Transaction
from app.use_cases.attachment_desk import Attached, Offered, attach_all
from app.use_cases.issues import Done, saved
from app.workspace import Workspace

WITHDRAWAL_DRAFT: Final = "withdrawal"
"""The kind of a draft kept on the form of a withdrawal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn:
    """What a withdrawal left behind, and its written request where it came along."""

    done: Done
    attached: Attached | None = None

    @property
    def changes(self) -> Changes:
        """What was touched."""
        return self.done.changes | (self.attached.changes if self.attached else Changes.NOTHING)


def withdrawal_key(suggestion: Id) -> str:
    """Under which the form of a withdrawal keeps what is typed for a suggestion."""
    return f"{WITHDRAWAL_DRAFT}:{suggestion}"


def withdrawal_told(suggestion: Id, request: Withdrawal) -> dict[str, Json]:
    """The request as a draft keeps it."""
    agreed_told = {id: str(way) for id, way in request.agreed.items()}
    return {"of": suggestion, "on": request.on.isoformat(), "words": request.words, "by": request.by, "agreed": agreed_told}


def withdrawal_kept(body: Mapping[str, Any]) -> Withdrawal:
    """The request a draft kept; raises `Refused("field_malformed")` for what is none."""
    with refused_as(WITHDRAWAL_DRAFT):
        ways: dict[Id, Code[SigningWay]] = {str(id): _way(str(way)) for id, way in body["agreed"].items()}
        on = date.fromisoformat(body["on"])
        return Withdrawal(on=on, words=str(body["words"]), by=str(body["by"]), agreed=ways)


def agree_to_withdrawal(workspace: Workspace, suggestion: Id, agreed_by: Mapping[Id, Code[SigningWay]], on: date) -> Done:
    """Write down who of the co-signers agreed to a withdrawal, before all have; raises `Refused("record_missing")`."""
    with workspace.writing() as books:
        books.records.get(Suggestion, suggestion)
        signatures = _agreed(signatures_of(books.connection, suggestion), agreed_by, on)
        return _done(books, suggestion, signatures)


def withdraw(
    workspace: Workspace, suggestion: Id, request: Withdrawal, *, files: Sequence[Offered] = (), smaller: bool = False
) -> Withdrawn:
    """Withdraw a suggestion with the agreements that came along; its words stay frozen as they are.

    Raises `Refused("record_missing" | "life_forbids" | "withdrawal_late")`, `Refused("incomplete", problems)` naming who has
    not agreed, and what attaching raises: then nothing is changed.
    """
    kept: list[Done] = []

    def along(books: Transaction) -> Sequence[Record]:
        kept.append(_withdrawn(workspace, books, suggestion, request, written=bool(files)))
        return ()

    if files:
        (attached,) = attach_all(workspace, {suggestion: files}, along=along, smaller=smaller)
        return Withdrawn(done=kept[0], attached=attached)
    with workspace.writing() as books:
        along(books)
    return Withdrawn(done=kept[0])


def _withdrawn(workspace: Workspace, books: Transaction, id: Id, request: Withdrawal, *, written: bool) -> Done:
    before = books.records.get(Suggestion, id).record
    state = SUGGESTION_LIFE.after(before.state, SuggestionEvent.WITHDRAW)
    if not may_be_withdrawn(before, rules_of(books.connection, before).profile.withdrawal_until):
        raise Refused("withdrawal_late", state=before.state)
    signatures = _agreed(signatures_of(books.connection, id), request.agreed, request.on)
    names = titles(books.connection, "deputy")
    in_writing = written or _asked_in_writing(books, before)
    stop_at(withdrawal_problems(before, signatures, names, request, written=in_writing))
    step = Step(
        id=workspace.clock.new_id(),
        of=id,
        event=SuggestionEvent.WITHDRAW,
        from_state=before.state,
        to_state=state,
        on=request.on,
        reason=request.words,
        by_name=request.by or names.get(before.lead_deputy, ""),
    )
    kept_drafts.discard(books.connection, withdrawal_key(id), workspace.author.op)
    return _done(books, id, [replace(before, state=state), step, *signatures])


def _asked_in_writing(books: Transaction, submitted: Suggestion) -> bool:
    """Whether a file came in since the submission: what lay beside the draft before is no request to withdraw it."""
    files = found(books.connection, Attachment, member("of") == submitted.id)
    since = submitted.submitted_on or date.min
    return any(each.added_on is not None and each.added_on >= since for each in files)


def _agreed(signatures: Sequence[Cosignature], by: Mapping[Id, Code[SigningWay]], on: date) -> list[Cosignature]:
    return [agreed(each, on, by[each.deputy]) if each.deputy in by else each for each in signatures]


def _way(told: str) -> Code[SigningWay]:
    return next((each for each in SigningWay if each == told), told)


def _done(books: Transaction, suggestion: Id, records: Sequence[Record]) -> Done:
    done = saved(books, suggestion, records, {})
    return replace(done, changes=done.changes | Changes.SUGGESTIONS)
