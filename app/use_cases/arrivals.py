"""What came back from the body: files looked at before anything is changed, then taken in together, each whole or not at all."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from pathlib import Path
from typing import Final

from app.changes import Changes
from app.domain.life import SuggestionEvent
from app.domain.review import ReviewOutcome
from app.domain.revisions import Revision
from app.domain.suggestion import Suggestion
from app.domain.suggestion_steps import Note
from app.domain.values import known as known_code
from app.errors import AppError, Refused
from app.files import disk_told
from app.packages import receipt as receipts
from app.packages.bundle import Trusted, read_bundle
from app.packages.receipt import Following
from app.progress import Progress
from app.queries.relations import of_id
from app.storage.database import Connection
from app.storage.outbox import Outbox
from app.use_cases.given_back import verified_restore
from app.use_cases.peers import own_peer, rows_of, verified_peer
from app.use_cases.receiving import TakenIn, receive, recognised, reply_revisions, settled_by, verified_reply
from app.use_cases.trust import TrustState, believed, state_of
from app.workspace import Workspace

_ENDINGS: Final = frozenset(
    {".llz", ".json"}
)  # where a whole stick is looked through; a file that is named may be called anything
_DEEP: Final = 3  # folders within folders
_MOST: Final = 500  # files of one look


class Verdict(Enum):
    """What taking a file in would do."""

    NEW = auto()
    KNOWN = auto()  # taken in before; nothing would change
    REFUSED = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What a reply says of one suggestion: codes of its events and notes in their order; no title where it is not here."""

    title: str
    deeds: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A file that was brought, and what it would do.

    `what` is receipt, reply, trust, restore, peer, own or, where it is refused, empty.
    """

    path: Path
    what: str = ""
    verdict: Verdict = Verdict.NEW
    number: int = 0
    issued: datetime | None = None
    settles: tuple[int, ...] = ()
    returned: int = 0
    records: int = 0
    news: tuple[News, ...] = ()
    trust: TrustState | None = None
    first: bool = False  # nothing was trusted before: the fingerprint must be compared
    fault: AppError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one file."""

    path: Path
    taken: TakenIn | None = None
    fault: AppError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AllTaken:
    """What became of the files that were taken in together; those after a stop stay for another time."""

    outcomes: tuple[Outcome, ...]
    stopped: bool
    changes: Changes


def files_in(folder: Path) -> tuple[Path, ...]:
    """The files of a folder or stick that may come from the body, by name; raises what the disk raises."""
    with disk_told(folder):
        next(os.scandir(folder), None)  # a folder that cannot be opened is told, not passed over
        return tuple(sorted(_walked(folder)))[:_MOST]


def look(workspace: Workspace, paths: Iterable[Path]) -> tuple[Arrival, ...]:
    """What each file is, in the order they would be taken in: trust first, then receipts, then replies. Nothing is changed."""
    named = [_recognised(path) for path in paths]
    trusts = [_trust_file(workspace, each) for each in named if each[1] == "trust"]
    trusted = _newest_trusted(workspace, [each for _arrival, each in trusts if each])
    others = [_looked(workspace, each, trusted) for each in named if each[1] != "trust"]
    return tuple(sorted([*(arrival for arrival, _trusted in trusts), *others], key=_order))


def take_all(
    workspace: Workspace, arrivals: Sequence[Arrival], *, fingerprint: str = "", progress: Progress | None = None
) -> AllTaken:
    """Take in what is new among them; `fingerprint` is the one a person compared, without which no body is trusted first."""
    told, stopped = progress or Progress(), False
    outcomes: list[Outcome] = []
    new = [each for each in arrivals if each.verdict is Verdict.NEW]
    told.begin("taking", len(new))
    for each in new:
        outcomes.append(_outcome(workspace, each, fingerprint))
        try:
            told.advance()
        except Refused:
            stopped = True
            break
    changes = Changes.NOTHING
    for outcome in outcomes:
        changes |= outcome.taken.changes if outcome.taken else Changes.NOTHING
    return AllTaken(outcomes=tuple(outcomes), stopped=stopped and len(outcomes) < len(new), changes=changes)


def _taken(workspace: Workspace, arrival: Arrival, fingerprint: str) -> TakenIn:
    if arrival.first and not fingerprint:
        raise Refused("fingerprint_not_compared")
    return receive(workspace, arrival.path, roots_fingerprint=fingerprint if arrival.first else None)


def _outcome(workspace: Workspace, arrival: Arrival, fingerprint: str) -> Outcome:
    try:
        return Outcome(path=arrival.path, taken=_taken(workspace, arrival, fingerprint))
    except AppError as fault:
        return Outcome(path=arrival.path, fault=fault)


# --- looking -------------------------------------------------------------------------------------------------------

_Named = tuple[Path, str, bytes, AppError | None]


def _recognised(path: Path) -> _Named:
    try:
        what, document = recognised(path)
    except AppError as fault:
        return path, "", b"", fault
    return path, what, document, None


def _trust_file(workspace: Workspace, named: _Named) -> tuple[Arrival, Trusted | None]:
    path, _what, document, _fault = named
    try:
        bundle = read_bundle(document)
        before = believed(workspace)
        trusted = before.update(bundle, workspace.author.owner) if before else Trusted.pin(bundle, None, workspace.author.owner)
    except AppError as fault:
        return Arrival(path=path, verdict=Verdict.REFUSED, fault=fault), None
    known = before is not None and trusted.trust_list == before.trust_list and trusted.roots == before.roots
    arrival = Arrival(
        path=path,
        what="trust",
        verdict=Verdict.KNOWN if known else Verdict.NEW,
        number=trusted.trust_list.version,
        issued=trusted.trust_list.issued,
        trust=state_of(workspace, trusted),
        first=before is None,
    )
    return arrival, trusted


def _newest_trusted(workspace: Workspace, offered: Sequence[Trusted]) -> Trusted | None:
    """Whom the other files are measured by: the newest of the trust files beside them, or what is believed now."""
    if offered:
        return max(offered, key=lambda each: each.trust_list.version)
    return believed(workspace)


def _looked(workspace: Workspace, named: _Named, trusted: Trusted | None) -> Arrival:
    path, what, document, fault = named
    try:
        if fault:
            raise fault
        if what == "peer":
            return _peer(workspace, path)
        if trusted is None:
            raise Refused("no_trust")
        if what == "restore":
            return _restore(workspace, path, trusted)
        return _reply(workspace, path, trusted) if what == "reply" else _receipt(workspace, path, document, trusted)
    except AppError as met:
        return Arrival(path=path, verdict=Verdict.REFUSED, fault=met)


def _receipt(workspace: Workspace, path: Path, document: bytes, trusted: Trusted) -> Arrival:
    body = trusted.trust_list.body.code
    receipt = receipts.read_receipt(document, trusted.roots, station=workspace.author.owner, body=body)
    with workspace.reading() as connection:
        outbox = Outbox(connection)
        last, last_digest = outbox.last_receipt()
        known = outbox.knows_receipt(receipt.digest())
        known = known or receipts.follows(last, last_digest or None, receipt) is Following.REPEATED
        settled = () if known else tuple(settled_by(outbox.numbers(), receipt, workspace.author.by))
    return Arrival(
        path=path,
        what="receipt",
        verdict=Verdict.KNOWN if known else Verdict.NEW,
        number=receipt.receipt_seq,
        issued=receipt.issued,
        settles=tuple(sorted(each.sent.seq for each in settled)),
        returned=0 if known else sum(len(item.returned) for item in receipt.items),
    )


def _reply(workspace: Workspace, path: Path, trusted: Trusted) -> Arrival:
    verified = verified_reply(workspace, path, trusted)
    if isinstance(verified, int):
        return Arrival(path=path, what="own", verdict=Verdict.KNOWN, number=verified)
    revisions = reply_revisions(workspace, verified)
    with workspace.reading() as connection:
        known = Outbox(connection).knows_reply(verified.statement_digest)
        news = () if known else tuple(_news(connection, revisions))
    return Arrival(
        path=path,
        what="reply",
        verdict=Verdict.KNOWN if known else Verdict.NEW,
        number=verified.statement.stream.seq,
        issued=verified.statement.created,
        records=0 if known else len(revisions),
        news=news,
    )


_NOTED: Final[Mapping[str, Note]] = {
    "consultation": Note.CONTACT,
    "supervision": Note.SUPERVISE,
    "outcome": Note.OUTCOME,
    "award": Note.AWARD,
}


def _news(connection: Connection, revisions: Iterable[Revision]) -> Iterator[News]:
    """What the revisions of a reply say, suggestion by suggestion."""
    said: dict[str, list[str]] = {}
    for each in sorted(revisions, key=lambda each: each.hlc):
        of = str(each.body.get("suggestion") or each.body.get("of") or "")
        if of:
            said.setdefault(of, []).extend(_deeds(each))
    for of, deeds in said.items():
        here = of_id(connection, Suggestion, of)
        yield News(title=here.title() if here else "", deeds=tuple(dict.fromkeys(deeds)))


def _deeds(revision: Revision) -> Iterator[str]:
    body = revision.body
    if revision.kind == "step":
        yield known_code(SuggestionEvent, str(body.get("event", "")))
    elif revision.kind == "review" and body.get("outcome") == ReviewOutcome.RETURNED:
        yield SuggestionEvent.RETURN
    elif revision.kind == "reply" and body.get("supplementary"):
        yield Note.SUPPLEMENT
    elif revision.kind in _NOTED:
        yield _NOTED[revision.kind]


def _peer(workspace: Workspace, path: Path) -> Arrival:
    if own := own_peer(workspace, path):
        return Arrival(path=path, what="own", verdict=Verdict.KNOWN, number=own)
    verified = verified_peer(workspace, path)
    stated = verified.statement
    return Arrival(path=path, what="peer", number=stated.stream.seq, issued=stated.created, records=rows_of(workspace, verified))


def _restore(workspace: Workspace, path: Path, trusted: Trusted) -> Arrival:
    verified = verified_restore(workspace, path, trusted)
    stated = verified.statement
    rows = rows_of(workspace, verified)
    return Arrival(path=path, what="restore", number=stated.stream.seq, issued=stated.created, records=rows)


_ORDER: Final = {"trust": 0, "restore": 1, "receipt": 2, "reply": 3, "peer": 4, "own": 5, "": 6}


def _order(arrival: Arrival) -> tuple[int, int, str]:
    return _ORDER[arrival.what], arrival.number, arrival.path.name


def _walked(folder: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        if len(Path(place).relative_to(folder).parts) >= _DEEP:
            folders.clear()
        yield from (Path(place, name) for name in names if Path(name).suffix.lower() in _ENDINGS and not name.startswith("._"))
