"""Co-signing at the station: deputies asked, what each said, asked again after a change of words; each deed can be taken back."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from app.changes import Changes
from app.domain.congress import Term
from app.domain.cosignature import Cosignature, CosignatureState, SigningWay
from app.domain.cosigning import (
    Answer,
    Invitation,
    answer_problems,
    answered,
    asked,
    mandate_over,
    mandate_problem,
    to_ask_again,
)
from app.domain.life import SUGGESTION_LIFE, SuggestionEvent
from app.domain.people import Deputy, Operator
from app.domain.problems import Problem, stop_at
from app.domain.records import Record
from app.domain.step import Step
from app.domain.suggestion import Suggestion, digest_of_text, text_is_open
from app.domain.values import Id
from app.errors import Refused
from app.queries.relations import of_id
from app.queries.suggestion_signing import operators_of, over_among, signatures_of
from app.storage.transaction import Transaction
from app.use_cases.attachment_desk import Attached, Offered, attach_all
from app.use_cases.issues import Done, saved
from app.use_cases.signing_in import check_pin
from app.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What an answer left behind; `attached` tells of the scan that came with it."""

    done: Done
    attached: Attached | None = None

    @property
    def changes(self) -> Changes:
        """What was touched."""
        return self.done.changes | (self.attached.changes if self.attached else Changes.NOTHING) | Changes.SUGGESTIONS


# --- asked ----------------------------------------------------------------------------------------------------------------


def invite(workspace: Workspace, suggestion: Id, deputies: Sequence[Id], invitation: Invitation) -> Done:
    """Ask deputies to co-sign, all at once; who was asked already is not asked twice.

    Raises `Refused("record_missing" | "text_frozen")`, and `Refused("incomplete", problems)` naming who holds no mandate.
    """
    today = workspace.clock.today().date()
    told = replace(invitation, on=invitation.on or today)
    with workspace.writing() as books:
        words = _open_words(books, suggestion)
        there = signatures_of(books.connection, suggestion)
        new = [each for each in dict.fromkeys(deputies) if each not in {signature.deputy for signature in there}]
        stop_at(each for id in new if (each := _mandate(books, id, told.on or today)))
        order = max((each.order for each in there), default=0)
        signatures = [
            asked(Cosignature(id=workspace.clock.new_id(), suggestion=suggestion, deputy=id, order=order + place), told)
            for place, id in enumerate(new, start=1)
        ]
        return _done(books, suggestion, [*_cosigning(workspace, words, told.on or today, bool(new)), *signatures])


def ask_again(workspace: Workspace, suggestion: Id, invitation: Invitation) -> Done:
    """Ask everybody whose signature a change of title or text has voided; nothing is changed where there is nobody.

    Raises `Refused("record_missing" | "text_frozen")`.
    """
    today = workspace.clock.today().date()
    with workspace.writing() as books:
        words = _open_words(books, suggestion)
        signatures = signatures_of(books.connection, suggestion)
        over = [each.id for each in over_among(books.connection, signatures, today)]
        told = replace(invitation, on=invitation.on or today)
        return _done(books, suggestion, [asked(each, told) for each in to_ask_again(words, signatures, over)])


# --- answered -------------------------------------------------------------------------------------------------------------


def record_answer(workspace: Workspace, cosignature: Id, answer: Answer, *, files: Sequence[Offered] = ()) -> Answered:
    """Write down what a deputy said who was asked; a signature on paper may bring its photograph or scan.

    A deputy who has a PIN here signs in person with it (`sign_in_person`). Raises `Refused("record_missing" | "text_frozen" |
    "signer_pin_needed")`, `Refused("incomplete", problems)`, and what attaching raises: then nothing is written down.
    """
    kept: list[Done] = []

    def along(books: Transaction) -> Sequence[Record]:
        kept.append(_answer(workspace, books, cosignature, answer))
        return ()

    if files:
        (attached,) = attach_all(workspace, {cosignature: files}, along=along)
        return Answered(done=kept[0], attached=attached)
    with workspace.writing() as books:
        along(books)
    return Answered(done=kept[0])


def sign_in_person(workspace: Workspace, cosignature: Id, pin: str, *, read: str, words: str = "") -> Answered:
    """The deputy signs at this computer, by the PIN of their own; `read` is the digest of the words that were shown to them.

    Raises `Refused("signer_no_pin")` where they have none here, as `sign_in` does where it is not theirs, and as
    `record_answer` does; `words_changed` where other words stand by now.
    """
    operator, name = _operator_of(workspace, cosignature)
    if not operator:
        raise Refused("signer_no_pin", name=name)
    check_pin(workspace, operator, pin)
    today = workspace.clock.today().date()
    answer = Answer(state=CosignatureState.SIGNED, on=today, way=SigningWay.IN_PERSON, words=words, read=read)
    with workspace.writing() as books:
        done = _answer(workspace, books, cosignature, answer, proven=True)
        books.note("cosigned", {"operator": operator, "digest": read}, cosignature)
    return Answered(done=done)


def tell_lead(workspace: Workspace, cosignature: Id) -> Done:
    """Note that the lead deputy was told of a co-signer who was struck (decision 9); raises `Refused("record_missing")`."""
    with workspace.writing() as books:
        stored = books.records.get(Cosignature, cosignature)
        told = replace(stored.record, lead_told_on=workspace.clock.today().date())
        return _done(books, stored.record.suggestion, [told])


def strike_ended(workspace: Workspace, suggestion: Id) -> Done:
    """Strike and name the co-signers who hold no mandate any more; the suggestion stays (decision 9).

    Raises `Refused("record_missing" | "text_frozen")`.
    """
    with workspace.writing() as books:
        words = _open_words(books, suggestion)
        return _done(books, words.id, struck_today(workspace, books, words.id))


def struck_today(workspace: Workspace, books: Transaction, suggestion: Id) -> list[Cosignature]:
    """The signatures of a suggestion that fall since their deputies hold no mandate today, struck, each with its reason."""
    today = workspace.clock.today().date()
    signatures = signatures_of(books.connection, suggestion)
    over = {each.id: each for each in over_among(books.connection, signatures, today)}
    return [
        replace(each, state=CosignatureState.STRUCK, struck_on=today, struck_reason=over[each.deputy].ended_reason or "届满")
        for each in signatures
        if each.deputy in over and each.state in {CosignatureState.ASKED, CosignatureState.SIGNED}
    ]


def check_signers(books: Transaction, suggestion: Suggestion, signatures: Sequence[Cosignature], today: date) -> None:
    """Raises `Refused("incomplete", problems)` where one of those who signed just now holds no mandate, saying since when."""
    before = {each.id: each for each in signatures_of(books.connection, suggestion.id)}
    new = [each for each in signatures if each.state == CosignatureState.SIGNED and _is_new(each, before.get(each.id))]
    stop_at(each for signature in new if (each := _mandate(books, signature.deputy, signature.signed_on or today)))


# --- how ------------------------------------------------------------------------------------------------------------------


def _answer(workspace: Workspace, books: Transaction, id: Id, answer: Answer, *, proven: bool = False) -> Done:
    signature = books.records.get(Cosignature, id).record
    words = _open_words(books, signature.suggestion)
    deputy = of_id(books.connection, Deputy, signature.deputy) or Deputy(id=signature.deputy)
    in_person = answer.state == CosignatureState.SIGNED and answer.way == SigningWay.IN_PERSON
    if in_person and not proven and not answer.at and deputy.id in operators_of(books.connection):
        raise Refused("signer_pin_needed", name=deputy.name)
    term = of_id(books.connection, Term, deputy.term)
    problems = tuple(answer_problems(words, answer, deputy, term, workspace.clock.today().date()))
    stop_at(problems)
    done = _done(books, words.id, [answered(signature, words, answer)])
    return replace(done, hints=tuple(each for each in problems if each.hint))


def _is_new(signature: Cosignature, before: Cosignature | None) -> bool:
    return before is None or before.state != CosignatureState.SIGNED or before.text_digest != signature.text_digest


def _mandate(books: Transaction, deputy: Id, on: date) -> Problem | None:
    known = of_id(books.connection, Deputy, deputy)
    if known is None:
        return None
    term = of_id(books.connection, Term, known.term)
    return mandate_problem(known, term, on) if mandate_over(known, term, on) else None


def _operator_of(workspace: Workspace, cosignature: Id) -> tuple[Id, str]:
    with workspace.reading() as connection:
        signature = of_id(connection, Cosignature, cosignature)
        if signature is None:
            raise Refused("record_missing", kind=Cosignature.traits.name, id=cosignature)
        deputy = of_id(connection, Deputy, signature.deputy)
        operator = of_id(connection, Operator, operators_of(connection).get(signature.deputy, ""))
    return (operator.id if operator else ""), (deputy.name if deputy else "")


def _open_words(books: Transaction, suggestion: Id) -> Suggestion:
    stored = books.records.get(Suggestion, suggestion).record
    if not text_is_open(stored):
        raise Refused("text_frozen", id=suggestion, state=stored.state)
    return stored


def _cosigning(workspace: Workspace, suggestion: Suggestion, on: date, wanted: bool) -> Iterator[Record]:
    """The suggestion, which is being co-signed from the first deputy asked on, with the step that says so."""
    if not wanted or SuggestionEvent.COSIGN not in SUGGESTION_LIFE.allowed(suggestion.state):
        return
    state = SUGGESTION_LIFE.after(suggestion.state, SuggestionEvent.COSIGN)
    yield replace(suggestion, state=state)
    yield Step(
        id=workspace.clock.new_id(),
        of=suggestion.id,
        event=SuggestionEvent.COSIGN,
        from_state=suggestion.state,
        to_state=state,
        on=on,
    )


def _done(books: Transaction, suggestion: Id, records: Sequence[Record]) -> Done:
    done = saved(books, suggestion, records, {})
    return replace(done, changes=done.changes | Changes.SUGGESTIONS)


def digest_now(workspace: Workspace, suggestion: Id) -> str:
    """The digest of the words that stand; raises `Refused("record_missing")`."""
    with workspace.reading() as connection:
        found = of_id(connection, Suggestion, suggestion)
    if found is None:
        raise Refused("record_missing", kind=Suggestion.traits.name, id=suggestion)
    return digest_of_text(found)
