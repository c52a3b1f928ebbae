"""What belongs to a suggestion before it is handled: who signs and what that is worth, talks, pre-reviews, a withdrawal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from app.domain.attachment import Attachment
from app.domain.congress import Term
from app.domain.cosignature import Cosignature
from app.domain.cosigning import Stand, mandate_over, mandate_problem, may_be_withdrawn, must_agree, stand_of, to_ask_again
from app.domain.deadlines import RuleProfile
from app.domain.people import Deputy, Operator
from app.domain.problems import Problem
from app.domain.review import Consultation, Phase, Review, ReviewStage
from app.domain.suggestion import Suggestion, digest_of_text, text_is_open
from app.domain.values import Id
from app.errors import Refused
from app.queries.relations import by_ids, found, member, of_id, one_with_heads, titles, with_heads
from app.queries.rules import rules_of
from app.storage import pins
from app.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class SignerRow:
    """One deputy asked to co-sign: what the signature is worth now, and how the deputy may sign at this computer.

    `ended` says since when the deputy can sign no more; `operator` is who they are at this computer, where they have a PIN.
    """

    signature: Cosignature
    name: str
    delegation: str
    group: str
    stand: Stand
    ended: Problem | None
    files: int
    operator: Id
    heads: tuple[Id, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """One talk before submission."""

    consultation: Consultation
    unit: str
    heads: tuple[Id, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Preparation:
    """A suggestion with everything that happened to it before submission, in the order in which it happened."""

    suggestion: Suggestion
    lead: str
    digest: str  # of the words that stand
    signers: tuple[SignerRow, ...]
    talks: tuple[Talk, ...]
    pre_reviews: tuple[Review, ...]
    profile: RuleProfile
    withdrawable: bool
    to_agree: tuple[SignerRow, ...]  # whose signatures stand: all of them must agree to a withdrawal
    to_ask_again: tuple[SignerRow, ...]
    files: int

    @property
    def open(self) -> bool:
        """Whether title and text may still change."""
        return text_is_open(self.suggestion)


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitable:
    """A deputy who may be asked; `here` where they were asked already, `other` where they sit in another congress."""

    id: Id
    name: str
    told: str
    delegation: str
    group: str
    here: bool
    other: bool


def preparation(workspace: Workspace, id: Id) -> Preparation:
    """What belongs to a suggestion; raises `Refused("record_missing")`."""
    today = workspace.clock.today().date()
    with workspace.reading() as connection:
        suggestion = one_with_heads(connection, Suggestion, id)
        if suggestion is None:
            raise Refused("record_missing", kind=Suggestion.traits.name, id=id)
        return _prepared(connection, suggestion.record, today)


def signatures_of(connection: Connection, suggestion: Id) -> list[Cosignature]:
    """The co-signatures of a suggestion, in their order."""
    return sorted(found(connection, Cosignature, member("suggestion") == suggestion), key=lambda each: each.order)


def over_among(connection: Connection, signatures: Sequence[Cosignature], on: date) -> tuple[Deputy, ...]:
    """The deputies among the co-signers who hold no mandate on that day."""
    deputies = by_ids(connection, Deputy, [each.deputy for each in signatures])
    return tuple(each for each in deputies if mandate_over(each, of_id(connection, Term, each.term), on))


def operators_of(connection: Connection) -> Mapping[Id, Id]:
    """Who of the deputies may sign here by a PIN of their own: operators by deputy."""
    kept = pins.pins(connection)
    return {
        each.deputy: each.id for each in found(connection, Operator) if each.deputy and each.until is None and each.id in kept
    }


def invitable(workspace: Workspace, id: Id) -> tuple[Invitable, ...]:
    """The deputies who may be asked to co-sign: who hold the mandate, those of the same congress first."""
    today = workspace.clock.today().date()
    with workspace.reading() as connection:
        suggestion = of_id(connection, Suggestion, id) or Suggestion(id=id)
        lead = of_id(connection, Deputy, suggestion.lead_deputy)
        there = {each.deputy for each in signatures_of(connection, id)}
        deputies = found(connection, Deputy)
        ended = {each.id for each in over_among(connection, [Cosignature(id="", deputy=each.id) for each in deputies], today)}
    body = suggestion.receiving_body or (lead.congress if lead else "")
    rows = [
        Invitable(
            id=each.id,
            name=each.name,
            told="　".join(part for part in (each.delegation, each.deputy_group, each.deputy_card_no) if part),
            delegation=each.delegation,
            group=each.deputy_group,
            here=each.id in there,
            other=bool(body and each.congress and each.congress != body),
        )
        for each in deputies
        if each.id not in ended and each.id != suggestion.lead_deputy
    ]
    return tuple(sorted(rows, key=lambda row: row.other))


def _prepared(connection: Connection, suggestion: Suggestion, today: date) -> Preparation:
    rows = _signers(connection, suggestion, today)
    signatures = [each.signature for each in rows]
    ended = {each.signature.deputy for each in rows if each.ended}
    agree = {each.id for each in must_agree(suggestion, signatures)}
    again = {each.id for each in to_ask_again(suggestion, signatures, ended)} if text_is_open(suggestion) else frozenset[Id]()
    profile = rules_of(connection, suggestion).profile
    lead = of_id(connection, Deputy, suggestion.lead_deputy)
    return Preparation(
        suggestion=suggestion,
        lead=lead.name if lead else "",
        digest=digest_of_text(suggestion),
        signers=rows,
        talks=_talks(connection, suggestion.id),
        pre_reviews=pre_reviews_of(connection, suggestion.id),
        profile=profile,
        withdrawable=may_be_withdrawn(suggestion, profile.withdrawal_until),
        to_agree=tuple(each for each in rows if each.signature.id in agree),
        to_ask_again=tuple(each for each in rows if each.signature.id in again),
        files=len(found(connection, Attachment, member("of") == suggestion.id)),
    )


def _signers(connection: Connection, suggestion: Suggestion, today: date) -> tuple[SignerRow, ...]:
    stored = with_heads(connection, Cosignature, member("suggestion") == suggestion.id)
    stored.sort(key=lambda each: each.record.order)
    deputies = {each.id: each for each in by_ids(connection, Deputy, [each.record.deputy for each in stored])}
    here = operators_of(connection)
    files = _files(connection, [each.record.id for each in stored])
    rows = []
    for each in stored:
        deputy = deputies.get(each.record.deputy) or Deputy(id=each.record.deputy)
        problem = mandate_problem(deputy, of_id(connection, Term, deputy.term), today)
        rows.append(
            SignerRow(
                signature=each.record,
                name=deputy.name,
                delegation=deputy.delegation,
                group=deputy.deputy_group,
                stand=stand_of(each.record, suggestion, over=problem is not None),
                ended=problem,
                files=files.get(each.record.id, 0),
                operator=here.get(deputy.id, ""),
                heads=each.heads,
            )
        )
    return tuple(rows)


def _files(connection: Connection, ids: Sequence[Id]) -> Mapping[Id, int]:
    counts: dict[Id, int] = {}
    for each in found(connection, Attachment, member("of").in_(ids)) if ids else ():
        counts[each.of] = counts.get(each.of, 0) + 1
    return counts


def _talks(connection: Connection, suggestion: Id) -> tuple[Talk, ...]:
    units = titles(connection, "unit")
    stored = with_heads(connection, Consultation, member("suggestion") == suggestion)
    stored.sort(key=lambda each: each.record.on or date.min)
    return tuple(
        Talk(consultation=each.record, unit=units.get(each.record.unit, ""), heads=each.heads)
        for each in stored
        if each.record.phase in {Phase.BEFORE_SUBMISSION, ""}
    )


def pre_reviews_of(connection: Connection, suggestion: Id) -> tuple[Review, ...]:
    """The pre-reviews of a suggestion, in the order of their rounds."""
    reviews = found(connection, Review, member("suggestion") == suggestion)
    return tuple(sorted((each for each in reviews if each.stage == ReviewStage.PRE_REVIEW), key=lambda each: each.round))
