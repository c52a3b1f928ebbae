"""Co-signing as a course of its own: asked, told, answered, asked again after a change of words, agreed to a withdrawal.

A signature belongs to the words that were read, and to somebody who holds the mandate on that day (domain brief 1.6; decision 9).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum
from typing import Final

from app.domain.congress import Term
from app.domain.cosignature import Cosignature, CosignatureState, SigningWay, stands
from app.domain.life import SUGGESTION_LIFE, SuggestionEvent, SuggestionState
from app.domain.people import Deputy, holds_mandate
from app.domain.problems import Problem
from app.domain.review import TalkWay
from app.domain.suggestion import Suggestion, digest_of_text, text_is_open
from app.domain.values import Code, Id

ANSWERS: Final = (CosignatureState.SIGNED, CosignatureState.DECLINED, CosignatureState.WITHDRAWN)
"""What a deputy who was asked may say; to be struck is nobody's answer."""


class Stand(Enum):
    """What a co-signature is worth, looked at beside the words and the mandate of today."""

    ASKED = "asked"
    SIGNED = "signed"
    OTHER_WORDS = "other_words"  # signed before title or text were changed
    ENDED = "ended"  # asked or signed, and no deputy any more
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    STRUCK = "struck"


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """How deputies were asked to sign: the day, the way, what they were told."""

    on: date | None = None
    way: Code[TalkWay] = ""
    told: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a deputy said to it; `read` is the digest of the words that lay before them, empty for those that stand now."""

    state: Code[CosignatureState]
    on: date
    way: Code[SigningWay] = ""
    words: str = ""
    read: str = ""
    at: str = ""


# --- the mandate --------------------------------------------------------------------------------------------------------


def mandate_over(deputy: Deputy, term: Term | None, on: date) -> bool:
    """Whether the deputy holds no mandate on that day, by their own record or because the term has ended."""
    return not holds_mandate(deputy, on) or _term_over(term, on)


def mandate_problem(deputy: Deputy, term: Term | None, on: date) -> Problem | None:
    """What keeps the deputy from signing on that day: the mandate or the term has ended, and since when; or not begun yet."""
    if not mandate_over(deputy, term, on):
        return None
    if deputy.elected_on and on < deputy.elected_on and not deputy.earlier_terms:
        return Problem(code="signer_not_yet", field="signer", facts={"name": deputy.name, "since": deputy.elected_on})
    ends = [each for each in (deputy.ended_on, term.ended_on if term and _term_over(term, on) else None) if each]
    since = min(ends, default=None)
    if since is None:
        return Problem(code="signer_ended", field="signer", facts={"name": deputy.name})
    return Problem(code="signer_ended", field="signer", facts={"name": deputy.name, "since": since})


def _term_over(term: Term | None, on: date) -> bool:
    return term is not None and term.ended_on is not None and on >= term.ended_on


# --- asked, and answered ------------------------------------------------------------------------------------------------


def stand_of(signature: Cosignature, suggestion: Suggestion, *, over: bool = False) -> Stand:
    """What the signature is worth; `over` where its deputy holds no mandate and the words are still open."""
    if signature.state not in {CosignatureState.ASKED, CosignatureState.SIGNED, ""}:
        return next((each for each in Stand if each.value == signature.state), Stand.ASKED)
    if over and text_is_open(suggestion):
        return Stand.ENDED
    if signature.state != CosignatureState.SIGNED:
        return Stand.ASKED
    return Stand.SIGNED if stands(signature, suggestion) or not signature.text_digest else Stand.OTHER_WORDS


def asked(signature: Cosignature, invitation: Invitation) -> Cosignature:
    """The signature as it stands after an invitation: nothing is answered, and no words are signed."""
    nothing: date | None = None
    return replace(
        signature,
        state=CosignatureState.ASKED,
        way="",
        answer="",
        signed_on=nothing,
        text_digest="",
        signed_at="",
        asked_on=invitation.on,
        asked_way=invitation.way,
        told=invitation.told,
    )


def answered(signature: Cosignature, suggestion: Suggestion, answer: Answer) -> Cosignature:
    """The signature with what the deputy said; only who signs is bound to words."""
    signs = answer.state == CosignatureState.SIGNED
    return replace(
        signature,
        state=answer.state,
        way=answer.way,
        answer=answer.words,
        signed_on=answer.on,
        text_digest=(answer.read or digest_of_text(suggestion)) if signs else "",
        signed_at=answer.at,
    )


def answer_problems(suggestion: Suggestion, answer: Answer, deputy: Deputy, term: Term | None, today: date) -> Iterator[Problem]:
    """What keeps an answer from being written down; that a deputy sits in another congress is a hint (L5)."""
    if answer.state not in ANSWERS:
        yield Problem(code="answer_missing", field="state")
    if answer.on > today:
        yield Problem(code="day_ahead", field="on")
    if answer.state != CosignatureState.SIGNED:
        return
    if problem := mandate_problem(deputy, term, answer.on):
        yield problem
    if not answer.way:
        yield Problem(code="way_missing", field="way")
    if answer.read and answer.read != digest_of_text(suggestion):
        yield Problem(code="words_changed", field="state")
    if suggestion.receiving_body and deputy.congress and deputy.congress != suggestion.receiving_body:
        yield Problem(code="signer_of_other_congress", field="signer", hint=True, facts={"name": deputy.name})


def to_ask_again(suggestion: Suggestion, signatures: Iterable[Cosignature], over: Iterable[Id] = ()) -> tuple[Cosignature, ...]:
    """The signatures that are void because title or text were changed since, of deputies who may still sign."""
    gone = frozenset(over)
    return tuple(each for each in signatures if each.deputy not in gone and stand_of(each, suggestion) is Stand.OTHER_WORDS)


# --- withdrawal -----------------------------------------------------------------------------------------------------------

_BEFORE_ASSIGNMENT: Final = frozenset(
    {
        *(SuggestionState.DRAFT, SuggestionState.CONSULTATION, SuggestionState.COSIGNING, SuggestionState.PRE_REVIEW),
        *(SuggestionState.SUBMITTED, SuggestionState.FIRST_REVIEW, SuggestionState.SECOND_REVIEW),
        *(SuggestionState.RETURNED, SuggestionState.ACCEPTED, SuggestionState.MERGED),
    }
)
_UNTIL_ASSIGNED: Final = "assigned"


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """The written request to withdraw: its day, its words, who asked for it."""

    on: date
    words: str = ""
    by: str = ""
    agreed: Mapping[Id, Code[SigningWay]] = field(default_factory=dict, hash=False)  # who agreed, by deputy, and how


def may_be_withdrawn(suggestion: Suggestion, until: str) -> bool:
    """Whether it may still be withdrawn: by its life until it was replied to, by some profiles only until it was assigned."""
    state = suggestion.state or SuggestionState.DRAFT
    allowed = SuggestionEvent.WITHDRAW in SUGGESTION_LIFE.allowed(state)
    return allowed and (until != _UNTIL_ASSIGNED or state in _BEFORE_ASSIGNMENT)


def must_agree(suggestion: Suggestion, signatures: Iterable[Cosignature]) -> tuple[Cosignature, ...]:
    """The co-signers whose signatures stand: all of them must ask for it (domain brief 1.11)."""
    return tuple(each for each in signatures if stands(each, suggestion))


def agreed(signature: Cosignature, on: date, way: Code[SigningWay]) -> Cosignature:
    """The signature of somebody who agreed to the withdrawal; who did before keeps the day."""
    if signature.withdrawal_on:
        return signature
    return replace(signature, withdrawal_on=on, withdrawal_way=way)


def withdrawal_problems(
    suggestion: Suggestion, signatures: Iterable[Cosignature], names: Mapping[Id, str], request: Withdrawal, *, written: bool
) -> Iterator[Problem]:
    """What a withdrawal needs: a reason, everybody who signed, and once it was submitted the request in writing."""
    if not request.words.strip():
        yield Problem(code="withdrawal_reason_missing", field="words")
    open_ones = [each for each in must_agree(suggestion, signatures) if not each.withdrawal_on]
    if open_ones:
        told = "、".join(names.get(each.deputy, "") for each in open_ones)
        yield Problem(code="withdrawal_not_agreed", field="agreed", facts={"names": told})
    if not written and not text_is_open(suggestion):
        yield Problem(code="withdrawal_unwritten", field="files")
