"""One suggestion as the desk and the detail beside the list show it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any, Final

from sqlalchemy import Connection

from app.domain.cosignature import Cosignature
from app.domain.hint import ANSWERED
from app.domain.life import SuggestionEvent, SuggestionState
from app.domain.step import Step
from app.domain.suggestion import Suggestion
from app.domain.suggestion_sheet import SuggestionSheet
from app.domain.values import Code, CodeSet, Id, known
from app.errors import Refused
from app.queries.origins import Origin, origins
from app.queries.relations import found, member, one_with_heads, title_of, with_heads
from app.queries.rights import check_seen
from app.queries.suggestion_grounds import Grounds, grounds_of
from app.storage.records import Stored
from app.workspace import Workspace


class Stand(Enum):
    """Where a step of a life stands."""

    DONE = "done"
    NOW = "now"
    TO_COME = "to_come"


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseStep:
    """One step: what is or was done (a code, shown by its word), when, by whom, why."""

    code: Code[CodeSet]
    stand: Stand
    on: date | None = None
    by: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestionCard:
    """A suggestion with what belongs to it."""

    sheet: SuggestionSheet
    lead: str
    follower: str  # who follows it up since the lead deputy left
    grounds: Grounds
    course: tuple[CourseStep, ...]
    origins: tuple[Origin, ...] = ()  # the activities it came from


def suggestion_card(workspace: Workspace, id: Id) -> SuggestionCard:
    """The suggestion as it stands; raises `Refused("record_missing")`, and as `check_seen` does."""
    with workspace.reading() as connection:
        sheet = _sheet(connection, workspace, id)
        steps = [each for each in found(connection, Step, member("of") == id) if each.event != ANSWERED]
        lead = title_of(connection, sheet.suggestion.lead_deputy)
        came_from = origins(connection, sheet.suggestion.visits)
        follower = title_of(connection, sheet.suggestion.taken_over_by)
    return SuggestionCard(
        sheet=sheet,
        lead=lead,
        follower=follower,
        grounds=grounds_of(workspace, sheet.suggestion.issues),
        course=course_of(sheet.suggestion.state, steps),
        origins=came_from,
    )


def suggestion_sheet(workspace: Workspace, id: Id) -> SuggestionSheet:
    """The suggestion with its signers in their order, to be written at; raises as `suggestion_card` does."""
    with workspace.reading() as connection:
        return _sheet(connection, workspace, id)


def _sheet(connection: Connection, workspace: Workspace, id: Id) -> SuggestionSheet:
    suggestion = one_with_heads(connection, Suggestion, id)
    if suggestion is None:
        raise Refused("record_missing", kind=Suggestion.traits.name, id=id)
    check_seen(connection, workspace.author.op, suggestion.record)
    signers = with_heads(connection, Cosignature, member("suggestion") == id)
    signers.sort(key=lambda each: each.record.order)
    read: tuple[Stored[Any], ...] = (suggestion, *signers)
    return SuggestionSheet(
        suggestion=suggestion.record,
        signers=tuple(each.record for each in signers),
        seen={each.record.id: each.heads for each in read},
    )


# --- the course of a life: what was, what is, what is to come ----------------------------------------------------------

_S, _E = SuggestionState, SuggestionEvent

USUAL_WAY: Final = (
    *(_E.CONSULT, _E.COSIGN, _E.SUBMIT, _E.FIRST_REVIEW, _E.SECOND_REVIEW),
    *(_E.ACCEPT, _E.ASSIGN, _E.HANDLE, _E.REPLY, _E.EVALUATE, _E.CLOSE),
)
"""The way most suggestions go (decision 8); its first two steps may be passed over."""

_NEXT: Final[Mapping[str, SuggestionEvent]] = {
    _S.DRAFT: _E.CONSULT,
    _S.CONSULTATION: _E.COSIGN,
    **dict.fromkeys((_S.COSIGNING, _S.PRE_REVIEW, _S.RETURNED), _E.SUBMIT),
    _S.SUBMITTED: _E.FIRST_REVIEW,
    _S.FIRST_REVIEW: _E.SECOND_REVIEW,
    _S.SECOND_REVIEW: _E.ACCEPT,
    **dict.fromkeys((_S.ACCEPTED, _S.MERGED, _S.OBJECTED), _E.ASSIGN),
    **dict.fromkeys((_S.ASSIGNED, _S.SIGNED_FOR), _E.HANDLE),
    **dict.fromkeys((_S.HANDLING, _S.REHANDLING), _E.REPLY),
    _S.REPLIED: _E.EVALUATE,
    **dict.fromkeys((_S.EVALUATED, _S.TRACKING), _E.CLOSE),
}
"""Where the usual way goes on from; what was refused, withdrawn or closed has nothing before it."""


def course_of(state: Code[SuggestionState], steps: Sequence[Step] = ()) -> tuple[CourseStep, ...]:
    """What happened, each with its day; where the suggestion stands; and what the usual way still holds in store."""
    now = state or SuggestionState.DRAFT
    last = next((each for each in reversed(steps) if each.to_state == now), None)
    past = [_told(known(SuggestionEvent, each.event), Stand.DONE, each) for each in steps if each is not last]
    begun = [CourseStep(code=SuggestionState.DRAFT, stand=Stand.DONE)] if steps or now != SuggestionState.DRAFT else []
    ahead = USUAL_WAY[USUAL_WAY.index(_NEXT[now]) :] if now in _NEXT else ()
    to_come = (CourseStep(code=each, stand=Stand.TO_COME) for each in ahead)
    return (*begun, *past, _told(now, Stand.NOW, last), *to_come)


def _told(code: Code[Any], stand: Stand, step: Step | None) -> CourseStep:
    if step is None:
        return CourseStep(code=code, stand=stand)
    return CourseStep(code=code, stand=stand, on=step.on, by=step.by_name, reason=step.reason)
