"""The deputy evaluates a reply, unseen by the unit and by the station's staff; what that protects and what not: docs/keys.md."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from app.changes import Changes
from app.domain.cosignature import Cosignature, CosignatureState
from app.domain.life import SUGGESTION_LIFE, SuggestionEvent, SuggestionState
from app.domain.people import Deputy, Operator
from app.domain.pin import wait_after
from app.domain.problems import Problem, stop_at
from app.domain.records import Record
from app.domain.reply import Evaluation, Evaluator, Reply
from app.domain.sealed_evaluation import (
    Tally,
    Verdict,
    again_problems,
    counted,
    packed,
    seal_pin_problem,
    unpacked,
    verdict_problems,
)
from app.domain.step import Step
from app.domain.suggestion import Suggestion
from app.domain.values import Id
from app.errors import Refused
from app.keys.deputy_key import unwrapped, wrapped
from app.keys.identities import ReceivingKey
from app.packages.faults import PackageFault
from app.packages.forms import STD_1
from app.packages.receiving_key import make_receiving_key
from app.packages.small import decrypted, encrypted
from app.packages.trust import Recipient
from app.queries.relations import found, member, of_id, one_with_heads, title_of
from app.storage import evaluation_keys, pins
from app.storage.database import Connection
from app.storage.records import Stored
from app.storage.transaction import Transaction
from app.use_cases.issues import Done, saved
from app.use_cases.trust import believed
from app.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationForm:
    """What the deputy sits before: the reply that is evaluated, and who will be able to read the answer.

    `known` says that the deputy has sealed something here before, so that their PIN stands; `receiver` is empty before a
    body is trusted; `sealed_on` tells of an answer to this reply that a new one would replace.
    """

    suggestion: Id
    title: str
    deputy: Id
    deputy_name: str
    unit: str
    replied_on: date | None
    cosigners: tuple[str, ...]
    known: bool
    receiver: str
    sealed_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationStand:
    """How the evaluation of a suggestion stands, as everybody may see it: when it came back, and who can open it.

    `may` is whether the deputy can evaluate now; `unread` that no receiving body can open it yet; `asks_again` that the deputy
    let it be known that the matter is to be handled again.
    """

    evaluation: Id = ""
    returned_on: date | None = None
    sealed: bool = False
    envelope: bool = False
    unread: bool = False
    may: bool = False
    asks_again: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """A sealed evaluation; no undo belongs to it."""

    id: Id
    for_receiver: bool
    changes: Changes = Changes.SUGGESTIONS


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsealed:
    """What the deputy reads of their own answer; `resealed` counts answers that a body trusted since can open now."""

    title: str
    on: date | None
    verdict: Verdict
    resealed: int
    changes: Changes = Changes.NOTHING


_WAITING: Final = frozenset({SuggestionState.REPLIED, SuggestionState.EVALUATED})
"""Where a reply may wait for what the deputy says of it; of several units' replies one may be evaluated already."""

_EVALUATED: Final = frozenset({SuggestionState.EVALUATED, SuggestionState.TRACKING, SuggestionState.CLOSED})


# --- what everybody sees ------------------------------------------------------------------------------------------------


def evaluation_stand(workspace: Workspace, suggestion: Id) -> EvaluationStand:
    """How the evaluation of the newest reply stands; raises `Refused("record_missing")`."""
    with workspace.reading() as connection:
        told = _suggestion(connection, suggestion)
        reply = _reply_asked(connection, told)
        before = _standing(connection, suggestion, reply.id) if reply else None
    may = reply is not None and bool(told.lead_deputy) and _may(told, before.record if before else None)
    if before is None:
        return EvaluationStand(may=may)
    return EvaluationStand(
        evaluation=before.record.id,
        returned_on=before.record.returned_on,
        sealed=bool(before.record.sealed),
        envelope=before.record.blind_survey and not before.record.sealed and not before.record.attitude,
        unread=bool(before.record.sealed) and not before.record.sealed_for,
        may=may,
        asks_again=before.record.asks_again,
    )


def evaluation_form(workspace: Workspace, suggestion: Id) -> EvaluationForm:
    """What the deputy is asked; raises `Refused("record_missing" | "no_reply_yet" | "lead_deputy_missing" | "life_forbids")`."""
    trusted = believed(workspace)
    with workspace.reading() as connection:
        told = _suggestion(connection, suggestion)
        deputy, reply = _asked(connection, told)
        before = _standing(connection, suggestion, reply.id)
        _check_state(told, before.record if before else None)
        return EvaluationForm(
            suggestion=suggestion,
            title=told.subject,
            deputy=deputy.id,
            deputy_name=deputy.name,
            unit=title_of(connection, reply.unit),
            replied_on=reply.replied_on,
            cosigners=tuple(title_of(connection, each.deputy) for each in _cosigners(connection, suggestion)),
            known=evaluation_keys.kept_key(connection, deputy.id) is not None,
            receiver=trusted.trust_list.body.name or trusted.trust_list.body.code if trusted else "",
            sealed_on=before.record.returned_on if before and before.record.sealed else None,
        )


# --- sealing ------------------------------------------------------------------------------------------------------------


def seal_evaluation(
    workspace: Workspace, suggestion: Id, verdict: Verdict, pin: str, *, again: str = "", ask_again: bool = False
) -> Sealed:
    """Seal what the deputy says to their own key and to the receiving body's; in the open stands only that it was returned.

    With `ask_again`, which is the deputy's own choice, it stands in the open as well that the matter is to be handled again:
    nobody could begin the next round on words that nobody here can read. The first time `again` repeats the PIN, and a key is
    made. A later answer to the same reply replaces the one before.
    Raises `Refused("incomplete", problems)`, `Refused("seal_pin_wrong" | "pin_wait" | "seal_sign_in")`, and as `evaluation_form`.
    """
    form = evaluation_form(workspace, suggestion)
    problems = [*verdict_problems(verdict, cosigners=len(form.cosigners)), *again_problems(verdict, ask_again=ask_again)]
    stop_at([*problems, *_pin_problems(form, pin, again)])
    key = _key_of(workspace, form.deputy, pin) if form.known else None
    own = key or _new_key()
    kept = None if key else wrapped(own, pin)
    receivers = _receivers(workspace)
    with workspace.writing() as books:
        if kept:
            _check_at_keyboard(workspace, books.connection, form.deputy)
            evaluation_keys.put_key(books.connection, form.deputy, kept)
            books.note("evaluation_key_made", {}, form.deputy)
        id = _seal(workspace, books, form, verdict, own, receivers, ask_again=ask_again)
        _reseal(books, form.deputy, own, receivers)
    return Sealed(id=id, for_receiver=bool(receivers))


def open_evaluation(workspace: Workspace, evaluation: Id, pin: str) -> Unsealed:
    """What the deputy answered, for the deputy; answers that waited for a body to be trusted are sealed for it now.

    Raises `Refused("record_missing" | "not_sealed" | "seal_key_missing" | "seal_pin_wrong" | "pin_wait")`, and `PackageFault`
    where the answer was sealed to a key the deputy has no more.
    """
    with workspace.reading() as connection:
        told = of_id(connection, Evaluation, evaluation)
        if told is None:
            raise Refused("record_missing", kind=Evaluation.traits.name, id=evaluation)
        title = title_of(connection, told.of)
    if not told.sealed:
        raise Refused("not_sealed")
    key = _key_of(workspace, told.deputy, pin)
    verdict = unpacked(decrypted(told.sealed, [key.secret]), evaluation=evaluation)
    receivers, resealed = _receivers(workspace), 0
    if receivers and workspace.writable:
        with workspace.writing() as books:
            resealed = _reseal(books, told.deputy, key, receivers)
    changes = Changes.SUGGESTIONS if resealed else Changes.NOTHING
    return Unsealed(title=title, on=told.returned_on, verdict=verdict, resealed=resealed, changes=changes)


def renew_key(workspace: Workspace, deputy: Id, pin: str, again: str) -> Sealed:
    """A new key under a new PIN for a deputy who forgot the one before: answers sealed before stay readable by the body alone.

    Raises `Refused("incomplete", problems)`, `Refused("record_missing" | "seal_sign_in")`.
    """
    stop_at(_new_pin_problems(pin, again))
    kept = wrapped(_new_key(), pin)
    with workspace.writing() as books:
        books.records.get(Deputy, deputy)
        _check_at_keyboard(workspace, books.connection, deputy)
        evaluation_keys.put_key(books.connection, deputy, kept)
        pins.forget_wrong(books.connection, _tries(deputy))
        books.note("evaluation_key_renewed", {}, deputy)
    return Sealed(id=deputy, for_receiver=False)


def note_envelope(workspace: Workspace, suggestion: Id, on: date) -> Done:
    """Note that the deputy's answer came back on a day in an envelope that nobody here opens.

    Raises `Refused("record_missing" | "no_reply_yet" | "lead_deputy_missing" | "life_forbids" | "already_returned")`.
    """
    with workspace.writing() as books:
        told = books.records.get(Suggestion, suggestion).record
        deputy, reply = _asked(books.connection, told)
        if _standing(books.connection, suggestion, reply.id):
            raise Refused("already_returned")
        _check_state(told, None)
        evaluation = _returned(workspace.clock.new_id(), told, deputy, reply, on)
        return saved(books, evaluation.id, [evaluation, *_course(workspace, told, deputy, on)], {})


# --- how ----------------------------------------------------------------------------------------------------------------


def _seal(
    workspace: Workspace,
    books: Transaction,
    form: EvaluationForm,
    verdict: Verdict,
    key: ReceivingKey,
    receivers: tuple[Recipient, ...],
    *,
    ask_again: bool,
) -> Id:
    today = workspace.clock.today().date()
    told = books.records.get(Suggestion, form.suggestion).record
    deputy, reply = _asked(books.connection, told)
    stored = _standing(books.connection, form.suggestion, reply.id)
    _check_state(told, stored.record if stored else None)
    before = _opened(stored.record, key) if stored and stored.record.sealed else None
    id = stored.record.id if stored else workspace.clock.new_id()
    data = packed(verdict, evaluation=id, suggestion=form.suggestion, deputy=deputy.id)
    evaluation = replace(
        stored.record if stored else _returned(id, told, deputy, reply, today),
        returned_on=today,
        sealed=encrypted(data, [key.recipient, *(each.key for each in receivers)]),
        sealed_for=tuple(each.kid for each in receivers),
        asks_again=ask_again,
    )
    course = _course(workspace, told, deputy, today) if stored is None else ()
    books.records.save_all([evaluation, *course], seen={id: stored.heads} if stored else {})
    year = told.year or today.year
    tally = evaluation_keys.tallies(books.connection).get(year, Tally())
    evaluation_keys.put_tally(books.connection, year, counted(tally, verdict, before))
    return id


def _reseal(books: Transaction, deputy: Id, key: ReceivingKey, receivers: tuple[Recipient, ...]) -> int:
    """Encrypt what no body could open so far for those trusted now; what another key of the deputy's sealed stays as it is."""
    waiting = [
        each
        for each in found(books.connection, Evaluation, member("deputy") == deputy, member("sealed").is_not(None))
        if receivers and not each.sealed_for
    ]
    done = 0
    for each in waiting:
        verdict = _opened(each, key)
        if verdict:
            data = packed(verdict, evaluation=each.id, suggestion=each.of, deputy=deputy)
            sealed = encrypted(data, [key.recipient, *(one.key for one in receivers)])
            books.records.save(replace(each, sealed=sealed, sealed_for=tuple(one.kid for one in receivers)))
            done += 1
    return done


def _opened(evaluation: Evaluation, key: ReceivingKey) -> Verdict | None:
    """What was answered; None where it was sealed to another key of the deputy's."""
    try:
        return unpacked(decrypted(evaluation.sealed, [key.secret]), evaluation=evaluation.id)
    except PackageFault:
        return None


def _returned(id: Id, told: Suggestion, deputy: Deputy, reply: Reply, on: date) -> Evaluation:
    return Evaluation(
        id=id,
        of=told.id,
        reply=reply.id,
        round=reply.round,
        evaluator=Evaluator.DEPUTY,
        deputy=deputy.id,
        blind_survey=True,
        reply_received_on=reply.replied_on,
        returned_on=on,
    )


def _course(workspace: Workspace, told: Suggestion, deputy: Deputy, on: date) -> Iterator[Record]:
    """The suggestion as evaluated, with the step that says so; nothing where its life went on already."""
    if SuggestionEvent.EVALUATE not in SUGGESTION_LIFE.allowed(told.state):
        return
    state = SUGGESTION_LIFE.after(told.state, SuggestionEvent.EVALUATE)
    yield replace(told, state=state)
    yield Step(
        id=workspace.clock.new_id(),
        of=told.id,
        event=SuggestionEvent.EVALUATE,
        from_state=told.state,
        to_state=state,
        on=on,
        by_name=deputy.name,
    )


def _check_state(told: Suggestion, before: Evaluation | None) -> None:
    if not _may(told, before):
        SUGGESTION_LIFE.after(told.state, SuggestionEvent.EVALUATE)


def _may(told: Suggestion, before: Evaluation | None) -> bool:
    """Whether a reply waits for its evaluation, or a sealed one may be replaced by another."""
    if before is None:
        return told.state in _WAITING
    again = (bool(before.sealed) or not before.attitude) and told.state in _EVALUATED
    return again or SuggestionEvent.EVALUATE in SUGGESTION_LIFE.allowed(told.state)


def _suggestion(connection: Connection, id: Id) -> Suggestion:
    told = of_id(connection, Suggestion, id)
    if told is None:
        raise Refused("record_missing", kind=Suggestion.traits.name, id=id)
    return told


def _asked(connection: Connection, told: Suggestion) -> tuple[Deputy, Reply]:
    """Who evaluates what: the lead deputy, or who follows it up since, the reply that waits for it."""
    deputy = of_id(connection, Deputy, told.taken_over_by or told.lead_deputy)
    if deputy is None:
        raise Refused("incomplete", problems=(Problem(code="lead_deputy_missing", field="deputy"),))
    reply = _reply_asked(connection, told)
    if reply is None:
        raise Refused("no_reply_yet")
    return deputy, reply


def _reply_asked(connection: Connection, told: Suggestion) -> Reply | None:
    """Of several units' replies of the newest round the first that still waits; where none does, the newest of all."""
    replies = [each for each in found(connection, Reply, member("suggestion") == told.id) if not each.supplementary]
    newest = max(replies, key=lambda each: (each.round, each.replied_on or date.min), default=None)
    if newest is None or told.state not in _WAITING:
        return newest
    answered = {each.reply for each in found(connection, Evaluation, member("of") == told.id)}
    waiting = (each for each in replies if each.round == newest.round and each.id not in answered)
    return min(waiting, key=lambda each: each.replied_on or date.min, default=newest)


def _standing(connection: Connection, suggestion: Id, reply: Id) -> Stored[Evaluation] | None:
    """The deputy's evaluation of a reply, where there is one."""
    of = found(connection, Evaluation, member("of") == suggestion)
    here = next((each.id for each in of if each.reply == reply and each.evaluator == Evaluator.DEPUTY), "")
    return one_with_heads(connection, Evaluation, here)


def _cosigners(connection: Connection, suggestion: Id) -> list[Cosignature]:
    signed = found(connection, Cosignature, member("suggestion") == suggestion)
    return [each for each in signed if each.state == CosignatureState.SIGNED]


def _receivers(workspace: Workspace) -> tuple[Recipient, ...]:
    trusted = believed(workspace)
    listed = trusted.trust_list.recipients if trusted else ()
    return tuple(each for each in listed if each.suite == STD_1.suite)


# --- the PIN ------------------------------------------------------------------------------------------------------------


def _new_key() -> ReceivingKey:
    secret, recipient = make_receiving_key()
    return ReceivingKey(secret=secret, recipient=recipient)


def _tries(deputy: Id) -> str:
    return f"evaluation:{deputy}"


def _pin_problems(form: EvaluationForm, pin: str, again: str) -> list[Problem]:
    if form.known:
        return [] if pin else [Problem(code="pin_needed", field="pin")]
    return _new_pin_problems(pin, again)


def _new_pin_problems(pin: str, again: str) -> list[Problem]:
    if problem := seal_pin_problem(pin):
        return [problem]
    return [Problem(code="pin_differs", field="again")] if pin != again else []


def _check_at_keyboard(workspace: Workspace, connection: Connection, deputy: Id) -> None:
    """A deputy who signs in here by a PIN makes their key as themselves: nobody else begins one in their name."""
    kept = pins.pins(connection)
    own = [each for each in found(connection, Operator) if deputy in {each.deputy, each.id} and each.until is None]
    if any(each.id in kept for each in own) and workspace.author.op not in {each.id for each in own}:
        raise Refused("seal_sign_in", name=own[0].name)


def _key_of(workspace: Workspace, deputy: Id, pin: str) -> ReceivingKey:
    """The deputy's key; wrong PINs are counted and make the next one wait, as at signing in."""
    tries = _tries(deputy)
    with workspace.reading() as connection:
        kept, wrong = evaluation_keys.kept_key(connection, deputy), pins.wrong(connection, tries)
    if kept is None:
        raise Refused("seal_key_missing")
    now = workspace.clock.now()
    if wrong and (left := wrong.at + timedelta(seconds=wait_after(wrong.times)) - now) > timedelta():
        raise Refused("pin_wait", seconds=max(1, round(left.total_seconds())))
    if not pin:
        raise Refused("pin_needed")
    try:
        key = unwrapped(kept, pin)
    except Refused:
        with workspace.beside() as books:
            times = pins.note_wrong(books.connection, tries, now)
            books.note("evaluation_pin_wrong", {"times": times}, deputy)
        raise
    if wrong:
        with workspace.beside() as books:
            pins.forget_wrong(books.connection, tries)
    return key
