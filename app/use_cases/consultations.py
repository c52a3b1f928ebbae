"""Talks with the likely handling unit before submission (提出前沟通): written down, corrected, the state with them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from app.changes import Changes
from app.domain.drafted import record_drafted, record_told, refused_as
from app.domain.life import SUGGESTION_LIFE, SuggestionEvent
from app.domain.problems import Problem, stop_at
from app.domain.records import Record
from app.domain.review import Consultation, Phase
from app.domain.step import Step
from app.domain.suggestion import Suggestion, text_is_open
from app.domain.values import Id, Json
from app.errors import Refused
from app.queries.rules import rules_of
from app.storage import drafts as kept_drafts
from app.storage.transaction import Transaction
from app.use_cases.issues import Done, saved
from app.workspace import Workspace

TALK_DRAFT: Final = "consultation"
"""The kind of a draft kept on the form of a talk."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkSheet:
    """A talk as it lies on its form, and the heads it was read from; none where it is new."""

    talk: Consultation
    heads: tuple[Id, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkRemoved:
    """A talk that lies in the trash now, and the suggestion it was about."""

    id: Id
    suggestion: Id
    changes: Changes = Changes.SUGGESTIONS


def talk_key(suggestion: Id) -> str:
    """Under which the form of a talk keeps what is typed for a suggestion."""
    return f"{TALK_DRAFT}:{suggestion}"


def talk_told(sheet: TalkSheet) -> dict[str, Json]:
    """The talk as a draft keeps it."""
    return {"talk": record_told(sheet.talk), "heads": list(sheet.heads)}


def talk_kept(body: Mapping[str, Any]) -> TalkSheet:
    """The talk a draft kept; raises `Refused("field_malformed")` for what is none."""
    with refused_as(TALK_DRAFT):
        return TalkSheet(talk=record_drafted(Consultation, body["talk"]), heads=tuple(body["heads"]))


def new_talk(workspace: Workspace, suggestion: Suggestion) -> TalkSheet:
    """A talk of today with the unit proposed to handle it, by the lead deputy; not saved yet."""
    return TalkSheet(
        talk=Consultation(
            id=workspace.clock.new_id(),
            suggestion=suggestion.id,
            unit=next(iter(suggestion.proposed_lead), ""),
            deputies=(suggestion.lead_deputy,) if suggestion.lead_deputy else (),
            phase=Phase.BEFORE_SUBMISSION,
            on=workspace.clock.today().date(),
        )
    )


def record_talk(workspace: Workspace, sheet: TalkSheet) -> Done:
    """Save a talk, new or corrected; the first one brings a draft to its consultation. The form's draft is gone.

    Raises `Refused("record_missing" | "text_frozen" | "stale" | "step_not_taken")`, `Refused("incomplete", problems)`.
    """
    talk = replace(sheet.talk, phase=Phase.BEFORE_SUBMISSION)
    today = workspace.clock.today().date()
    with workspace.writing() as books:
        suggestion = books.records.get(Suggestion, talk.suggestion).record
        if not text_is_open(suggestion):
            raise Refused("text_frozen", id=suggestion.id, state=suggestion.state)
        if not rules_of(books.connection, suggestion).profile.consultation and not sheet.heads:
            raise Refused("step_not_taken", event=SuggestionEvent.CONSULT)
        stop_at(_problems(talk, ahead=talk.on is not None and talk.on > today))
        kept_drafts.discard(books.connection, talk_key(suggestion.id), workspace.author.op)
        records = [talk, *_consulting(workspace, suggestion, talk)]
        return _done(books, suggestion.id, records, {talk.id: sheet.heads} if sheet.heads else {})


def remove_talk(workspace: Workspace, id: Id) -> TalkRemoved:
    """Remove a talk that was written down by mistake; it lies in the trash. Raises `Refused("record_missing")`."""
    with workspace.writing() as books:
        talk = books.records.get(Consultation, id).record
        books.records.remove([id])
    return TalkRemoved(id=id, suggestion=talk.suggestion)


def _problems(talk: Consultation, *, ahead: bool) -> tuple[Problem, ...]:
    found = []
    if not talk.unit:
        found.append(Problem(code="talk_unit_missing", field="unit"))
    if talk.on is None:
        found.append(Problem(code="day_missing", field="on"))
    elif ahead:
        found.append(Problem(code="day_ahead", field="on"))
    if not talk.account.strip() and not talk.conclusion.strip():
        found.append(Problem(code="talk_empty", field="account"))
    return tuple(found)


def _consulting(workspace: Workspace, suggestion: Suggestion, talk: Consultation) -> list[Record]:
    if SuggestionEvent.CONSULT not in SUGGESTION_LIFE.allowed(suggestion.state):
        return []
    state = SUGGESTION_LIFE.after(suggestion.state, SuggestionEvent.CONSULT)
    step = Step(
        id=workspace.clock.new_id(),
        of=suggestion.id,
        event=SuggestionEvent.CONSULT,
        from_state=suggestion.state,
        to_state=state,
        on=talk.on,
        reason=talk.conclusion or talk.account,
    )
    return [replace(suggestion, state=state), step]


def _done(books: Transaction, suggestion: Id, records: list[Record], seen: Mapping[Id, tuple[Id, ...]]) -> Done:
    done = saved(books, suggestion, records, seen)
    return replace(done, changes=done.changes | Changes.SUGGESTIONS)
