"""Co-signing at another station by a small file: asked here, read and signed there, the answer taken in here."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Final

from app.changes import Changes
from app.domain.congress import Term
from app.domain.cosignature import Cosignature, CosignatureState, SigningWay
from app.domain.cosigning import Answer, Invitation, Stand, answer_problems, answered, mandate_problem, stand_of
from app.domain.people import Deputy, Operator
from app.domain.problems import Problem, stop_at
from app.domain.review import TalkWay
from app.domain.station import Station
from app.domain.suggestion import Suggestion, digest_of_text, text_is_open
from app.domain.values import Id
from app.errors import Refused
from app.files import disk_told, write_whole
from app.packages import cosign_file
from app.packages.cosign_file import CosignAnswer, CosignRequest, FileDeputy, FileSeat, Said, Way
from app.packages.faults import PackageFault
from app.queries.relations import found, of_id, own_station
from app.queries.suggestion_signing import operators_of, signatures_of
from app.storage import deeds
from app.storage.transaction import Transaction
from app.use_cases.cosigning import invite
from app.use_cases.issues import Done, saved
from app.use_cases.signing_in import check_pin
from app.workspace import Workspace

ENDING: Final = ".llzsign"
_SENT: Final = "cosign_sent"
_TAKEN: Final = "cosign_taken"
_ANSWERED: Final = "cosign_answered"
_WAYS: Final = {Way.IN_PERSON: SigningWay.IN_PERSON, Way.PAPER: SigningWay.PAPER}


@dataclass(frozen=True, slots=True, kw_only=True)
class FileWritten:
    """A file that was written for somebody to carry, and the twelve digits by which both ends compare it."""

    path: Path
    digits: str
    name: str
    changes: Changes = Changes.SUGGESTIONS


@dataclass(frozen=True, slots=True, kw_only=True)
class DeputyHere:
    """A deputy who works at this computer and is, by name and card number, the one who is asked."""

    operator: Id
    name: str
    has_pin: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request as it lies before the deputy: who asks, the words, who may sign here, and what keeps them from it."""

    content: bytes = field(repr=False)
    station: str
    lead: str
    deputy: str
    told: str
    subject: str
    text: str
    made: datetime
    digits: str
    own: bool  # made at this very station: it waits for an answer and is not answered here
    here: tuple[DeputyHere, ...]
    ended: Problem | None
    answered_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """An answer as it came back; `duplicate` where it was taken in before."""

    content: bytes = field(repr=False)
    suggestion: Id
    title: str
    deputy: str
    station: str
    said: Said
    way: Way
    on: date
    words: str
    digits: str
    duplicate: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FileTaken:
    """What taking an answer in did; no deed where it was known."""

    came: Came
    done: Done | None = None
    changes: Changes = Changes.NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReply:
    """What a deputy says to a request at this station: in person by the PIN of the operator they are, or on paper."""

    said: Said
    way: Way
    on: date
    operator: Id = ""
    words: str = ""


# --- asked here -----------------------------------------------------------------------------------------------------------


def write_request(workspace: Workspace, suggestion: Id, deputy: Id, path: Path) -> FileWritten:
    """Write the file by which a deputy is asked at another station; who was not asked yet is asked with it.

    Raises `Refused("record_missing" | "text_frozen" | "incomplete")`, and what the disk raises.
    """
    invite(workspace, suggestion, [deputy], Invitation(way=TalkWay.WRITTEN))
    identity = workspace.identity()
    with workspace.writing() as books:
        words = books.records.get(Suggestion, suggestion).record
        if not text_is_open(words):
            raise Refused("text_frozen", id=suggestion, state=words.state)
        signature = next(each for each in signatures_of(books.connection, suggestion) if each.deputy == deputy)
        known = books.records.get(Deputy, deputy).record
        lead = of_id(books.connection, Deputy, words.lead_deputy)
        request = CosignRequest(
            format=cosign_file.FORMAT,
            seat=_seat(workspace, own_station(workspace, books.connection)),
            created=_moment(workspace),
            cosignature=signature.id,
            suggestion=suggestion,
            deputy=FileDeputy(id=deputy, name=known.name, card=known.deputy_card_no),
            lead=lead.name if lead and not words.confidential_identity else "",
            told=signature.told,
            subject=words.subject,
            text=words.text,
            digest=digest_of_text(words),
        )
        content = cosign_file.sign_request(request, identity.signing)
        books.note(_SENT, {"file": cosign_file.file_digest(content), "digest": request.digest}, signature.id)
    write_whole(path, content)
    return FileWritten(path=path, digits=cosign_file.spoken_digits(content), name=known.name)


# --- read, at either end ----------------------------------------------------------------------------------------------------


def read_cosign_file(workspace: Workspace, path: Path) -> Asked | Came:
    """What a file asks or answers; nothing is changed.

    Raises `PackageFault` for an altered or strange file, `Refused("cosign_unknown" | "cosign_unasked" | "cosign_other_words" |
    "cosign_said_otherwise" | "text_frozen")` for an answer that cannot be taken, and what the disk raises.
    """
    with disk_told(path), path.open("rb") as file:
        content = file.read(cosign_file.LARGEST + 1)
    document = cosign_file.read_file(content)
    if isinstance(document, CosignRequest):
        return _asked(workspace, content, document)
    return read_answer(workspace, content)


def read_answer(workspace: Workspace, content: bytes) -> Came:
    """What an answer says that came back; raises as `read_cosign_file` does, E_TYPE for what is none."""
    document = _answer_in(content)
    with workspace.reading() as connection:
        signature = of_id(connection, Cosignature, document.cosignature)
        suggestion = of_id(connection, Suggestion, document.suggestion)
        events = list(deeds.noted(connection, [document.cosignature], (_SENT, _TAKEN)))
    known = _checked(document, content, signature, suggestion, events)
    return _came(content, document, _title(suggestion), duplicate=known)


def _answer_in(content: bytes) -> CosignAnswer:
    document = cosign_file.read_file(content)
    if not isinstance(document, CosignAnswer):
        raise PackageFault("E_TYPE", found="")
    return document


def _asked(workspace: Workspace, content: bytes, request: CosignRequest) -> Asked:
    today = workspace.clock.today().date()
    with workspace.reading() as connection:
        here = [each for each in found(connection, Deputy) if _is_same(each, request.deputy)]
        operators = {each.deputy: each for each in found(connection, Operator) if each.deputy and each.until is None}
        with_pin = operators_of(connection)
        problems = [mandate_problem(each, of_id(connection, Term, each.term), today) for each in here]
        noted = [told for _event, told in deeds.noted(connection, [request.cosignature], (_ANSWERED,))]
    mine = cosign_file.file_digest(content)
    days = [date.fromisoformat(str(told["on"])) for told in noted if told.get("file") == mine]
    return Asked(
        content=content,
        station=request.seat.name,
        lead=request.lead,
        deputy=request.deputy.name,
        told=request.told,
        subject=request.subject,
        text=request.text,
        made=request.created,
        digits=cosign_file.spoken_digits(content),
        own=request.seat.station == workspace.author.owner,
        here=tuple(
            DeputyHere(operator=operators[each.id].id, name=operators[each.id].name, has_pin=each.id in with_pin)
            for each in here
            if each.id in operators
        ),
        ended=problems[0] if problems and all(problems) else None,
        answered_on=days[-1] if days else None,
    )


def said_and_way(said: str, way: str) -> tuple[Said, Way]:
    """What a deputy says and how, by their codes in files."""
    return Said(said), Way(way)


# --- answered there ---------------------------------------------------------------------------------------------------------


def answer_request(workspace: Workspace, asked: Asked, reply: FileReply, pin: str, path: Path) -> FileWritten:
    """Write the deputy's answer to a request; signed in person by the PIN of their own, with the words shown before.

    Raises `Refused("signer_no_pin" | "cosign_other_deputy")`, as `sign_in` does for the PIN, `Refused("incomplete", problems)`
    where the mandate has ended, and what the disk raises: then no answer is noted.
    """
    request = cosign_file.read_file(asked.content)
    if not isinstance(request, CosignRequest):
        raise PackageFault("E_TYPE", found="")
    stop_at([asked.ended] if asked.ended and reply.said is Said.SIGNED else [])
    if reply.on > workspace.clock.today().date():
        stop_at([Problem(code="day_ahead", field="on")])
    if reply.way is Way.IN_PERSON:
        _prove(workspace, asked, reply.operator, pin)
    identity = workspace.identity()
    with workspace.reading() as connection:
        station = own_station(workspace, connection)
    answer = CosignAnswer(
        format=cosign_file.FORMAT,
        seat=_seat(workspace, station),
        created=_moment(workspace),
        request=cosign_file.file_digest(asked.content),
        cosignature=request.cosignature,
        suggestion=request.suggestion,
        deputy=request.deputy,
        digest=request.digest,
        said=reply.said,
        way=reply.way,
        on=reply.on.isoformat(),
        words=reply.words.strip(),
    )
    content = cosign_file.sign_answer(answer, identity.signing)
    write_whole(path, content)
    with workspace.writing() as books:
        told = {"file": answer.request, "said": str(reply.said), "on": answer.on, "operator": reply.operator}
        books.note(_ANSWERED, told, request.cosignature)
    return FileWritten(path=path, digits=cosign_file.spoken_digits(content), name=asked.deputy, changes=Changes.NOTHING)


def _prove(workspace: Workspace, asked: Asked, operator: Id, pin: str) -> None:
    here = next((each for each in asked.here if each.operator == operator), None)
    if here is None:
        raise Refused("cosign_other_deputy", name=asked.deputy)
    if not here.has_pin:
        raise Refused("signer_no_pin", name=asked.deputy)
    check_pin(workspace, operator, pin)


# --- and taken in again -----------------------------------------------------------------------------------------------------


def take_answer(workspace: Workspace, content: bytes) -> FileTaken:
    """Take an answer in; one that was taken in before changes nothing. Raises as `read_cosign_file` does."""
    document = _answer_in(content)
    with workspace.writing() as books:
        signature = of_id(books.connection, Cosignature, document.cosignature)
        suggestion = of_id(books.connection, Suggestion, document.suggestion)
        events = list(deeds.noted(books.connection, [document.cosignature], (_SENT, _TAKEN)))
        known = _checked(document, content, signature, suggestion, events)
        came = _came(content, document, _title(suggestion), duplicate=known)
        if known or signature is None or suggestion is None:
            return FileTaken(came=came)
        done = _written_down(workspace, books, document, signature, suggestion)
        books.note(_TAKEN, {"file": cosign_file.file_digest(content), "seat": document.seat.keyid}, signature.id)
    return FileTaken(came=came, done=done, changes=done.changes)


def _written_down(
    workspace: Workspace, books: Transaction, document: CosignAnswer, signature: Cosignature, suggestion: Suggestion
) -> Done:
    answer = Answer(
        state=CosignatureState(document.said.value),
        on=date.fromisoformat(document.on),
        way=_WAYS[document.way],
        words=document.words,
        read=document.digest,
        at=document.seat.name,
    )
    deputy = of_id(books.connection, Deputy, signature.deputy) or Deputy(id=signature.deputy)
    term = of_id(books.connection, Term, deputy.term)
    problems = tuple(answer_problems(suggestion, answer, deputy, term, workspace.clock.today().date()))
    stop_at(problems)
    done = saved(books, suggestion.id, [answered(signature, suggestion, answer)], {})
    hints = tuple(each for each in problems if each.hint)
    return replace(done, changes=done.changes | Changes.SUGGESTIONS, hints=hints)


def _checked(
    document: CosignAnswer,
    content: bytes,
    signature: Cosignature | None,
    suggestion: Suggestion | None,
    events: Sequence[tuple[str, object]],
) -> bool:
    """Whether the answer was taken in before; raises why it cannot be taken."""
    files = {event: _told(events, event) for event in (_SENT, _TAKEN)}
    if signature is None or suggestion is None or signature.suggestion != suggestion.id:
        raise Refused("cosign_unknown", name=document.deputy.name)
    taken_back = stand_of(signature, suggestion) is Stand.ASKED and document.digest == digest_of_text(suggestion)
    if cosign_file.file_digest(content) in files[_TAKEN] and not (taken_back and text_is_open(suggestion)):
        return True
    if document.request not in files[_SENT] or document.deputy.id != signature.deputy:
        raise Refused("cosign_unasked", name=document.deputy.name)
    if not text_is_open(suggestion):
        raise Refused("text_frozen", id=suggestion.id, state=suggestion.state)
    if document.digest != digest_of_text(suggestion):
        raise Refused("cosign_other_words", name=document.deputy.name, title=suggestion.title())
    stand = stand_of(signature, suggestion)
    if stand.value == document.said.value:
        return True
    if stand not in {Stand.ASKED, Stand.OTHER_WORDS}:
        raise Refused("cosign_said_otherwise", name=document.deputy.name, state=signature.state)
    return False


def _told(events: Sequence[tuple[str, object]], wanted: str) -> frozenset[str]:
    return frozenset(str(told.get("file", "")) for event, told in events if event == wanted and isinstance(told, dict))


def _came(content: bytes, document: CosignAnswer, title: str, *, duplicate: bool) -> Came:
    return Came(
        content=content,
        suggestion=document.suggestion,
        title=title,
        deputy=document.deputy.name,
        station=document.seat.name,
        said=document.said,
        way=document.way,
        on=date.fromisoformat(document.on),
        words=document.words,
        digits=cosign_file.spoken_digits(content),
        duplicate=duplicate,
    )


def _title(suggestion: Suggestion | None) -> str:
    return suggestion.title() if suggestion else ""


def _is_same(deputy: Deputy, asked: FileDeputy) -> bool:
    if deputy.id == asked.id:
        return True
    if deputy.deputy_card_no and asked.card:
        return deputy.deputy_card_no == asked.card and deputy.name == asked.name
    return deputy.name == asked.name


def _seat(workspace: Workspace, station: Station) -> FileSeat:
    signing = workspace.identity().signing
    return cosign_file.seat_of(workspace.author.owner, station.name, signing.public, signing.keyid)


def _moment(workspace: Workspace) -> datetime:
    return workspace.clock.now().replace(microsecond=0)
