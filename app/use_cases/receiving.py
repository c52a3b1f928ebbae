"""What the body sends back: receipts and replies, each looked at first, then taken in whole or not at all."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from app.changes import Changes
from app.domain.arrival import Verdict
from app.domain.life import PACKAGE_LIFE, PackageEvent, PackageState
from app.domain.revisions import Revision
from app.files import sha256_of
from app.packages import receipt as receipts
from app.packages import senders
from app.packages.bundle import Trusted
from app.packages.content import open_content
from app.packages.faults import PackageFault
from app.packages.opening import Verified, verify_package
from app.packages.receipt import Following, ItemStatus, Receipt
from app.packages.statement import Kind
from app.queries.incoming import Weighing
from app.queries.reply_news import reply_news
from app.storage.outbox import Outbox, Sent
from app.use_cases.arrival import Arrival, Brought, TakenIn
from app.use_cases.attachments import taking_in
from app.use_cases.epochs import learn_of
from app.use_cases.peers import revisions_in, take_content
from app.use_cases.sealing import reader_of
from app.use_cases.trust import trusted_by
from app.workspace import Workspace

# --- receipts ------------------------------------------------------------------------------------------------------


def look_at_receipt(workspace: Workspace, brought: Brought, trusted: Trusted) -> Arrival:
    """What a receipt would settle; raises what `read_receipt` and `follows` raise."""
    receipt = _read(workspace, brought, trusted)
    with workspace.reading() as connection:
        outbox = Outbox(connection)
        known = _is_known(outbox, receipt, receipt.digest())
        numbers = outbox.numbers()
        settled = () if known else tuple(settled_by(numbers, receipt, workspace.author.by))
        again = frozenset() if known else _not_found(outbox, numbers, settled, receipt)
    return Arrival(
        path=brought.path,
        what="receipt",
        verdict=Verdict.KNOWN if known else Verdict.NEW,
        number=receipt.receipt_seq,
        issued=receipt.issued,
        settles=tuple(sorted(each.sent.seq for each in settled)),
        returned=0 if known else sum(len(item.returned) for item in receipt.items),
        files_again=len(again),
    )


def take_receipt(workspace: Workspace, brought: Brought) -> TakenIn:
    """Settle what a receipt speaks of; raises as `look_at_receipt`, and `Refused("no_trust")`."""
    receipt, document = _read(workspace, brought, trusted_by(workspace)), brought.document
    digest = receipt.digest()
    with workspace.writing() as books:
        outbox = Outbox(books.connection)
        if _is_known(outbox, receipt, digest):
            return TakenIn(file=brought.path.name, what="receipt", verdict="duplicate", number=receipt.receipt_seq)
        outbox.keep_receipt(receipt.receipt_seq, digest, document, workspace.clock.now())
        learn_of(books.connection, receipt, workspace.author.by)
        again = _settle(outbox, receipt, workspace.author.by)
        books.note("receipt", {"seq": receipt.receipt_seq, "digest": digest})
    returned = sum(len(item.returned) for item in receipt.items)
    told = TakenIn(file=brought.path.name, what="receipt", verdict="accepted", number=receipt.receipt_seq)
    return replace(told, returned=returned, files_again=again)


def _read(workspace: Workspace, brought: Brought, trusted: Trusted) -> Receipt:
    body = trusted.trust_list.body.code
    return receipts.read_receipt(brought.document, trusted.roots, station=workspace.author.owner, body=body)


def _is_known(outbox: Outbox, receipt: Receipt, digest: str) -> bool:
    last, last_digest = outbox.last_receipt()
    return outbox.knows_receipt(digest) or receipts.follows(last, last_digest or None, receipt) is Following.REPEATED


_EVENTS: Final = {
    ItemStatus.ACCEPTED: PackageEvent.RECEIVE,
    ItemStatus.PARKED: PackageEvent.PARK,
    ItemStatus.REFUSED: PackageEvent.REFUSE,
}

# Of one that was parked or refused, only an item of its own tells more: the cursor may mean another under the same number.
_UNTOLD: Final = frozenset({PackageState.SEALED, PackageState.COPIED, PackageState.LOST})


@dataclass(frozen=True, slots=True)
class Settled:
    """A number that a receipt moves on, and where to."""

    sent: Sent
    state: PackageState
    code: str | None


def settled_by(numbers: Sequence[Sent], receipt: Receipt, seat: str) -> Iterator[Settled]:
    """The numbers of this seat that stand elsewhere after the receipt; its cursors settle what lost receipts said."""
    told = {item.package: item for item in receipt.items}
    for sent in numbers:
        item = told.get(sent.digest)
        if item is not None:
            after = PACKAGE_LIFE.after(sent.state, _EVENTS[item.status])
            # Told again, a number keeps the receipt that told it first; what a short code told gets the receipt that follows.
            if (after, item.code) != (sent.state, sent.code) or sent.receipt is None:
                yield Settled(sent, after, item.code)
        elif sent.state in _UNTOLD and receipt.cursor(seat, sent.epoch).has(sent.seq):
            yield Settled(sent, PACKAGE_LIFE.after(sent.state, PackageEvent.RECEIVE), None)


def _not_found(outbox: Outbox, numbers: Sequence[Sent], settled: Sequence[Settled], receipt: Receipt) -> frozenset[str]:
    """The contents that the body wants once more: it has the numbers they went with. What is still on its way may bring them."""
    stands = {each.sent.digest: each.state for each in settled}
    newest = max((sent.epoch for sent in numbers), default=0)
    received = {
        sent.seq for sent in numbers if sent.epoch == newest and stands.get(sent.digest, sent.state) == PackageState.RECEIVED
    }
    return outbox.contents_in(received) & {each.id.removeprefix("sha256:") for each in receipt.blobs_missing}


def _settle(outbox: Outbox, receipt: Receipt, seat: str) -> int:
    """Settle what the receipt tells of; returns how many files are to go again."""
    numbers = outbox.numbers()
    settled = tuple(settled_by(numbers, receipt, seat))
    again = _not_found(outbox, numbers, settled, receipt)
    outbox.contents_lost(again)
    outbox.settle(((each.sent.digest, each.state, each.code) for each in settled), receipt.receipt_seq)
    own = {sent.digest for sent in numbers}
    returned = (row for item in receipt.items if item.package in own for row in item.returned)
    outbox.keep_returned(((row.rev, row.id, row.code) for row in returned), receipt.receipt_seq)
    return len(again)


# --- replies -------------------------------------------------------------------------------------------------------


def look_at_reply(workspace: Workspace, brought: Brought, trusted: Trusted) -> Arrival:
    """What a reply would bring; raises what `verified_reply` and `reply_revisions` raise."""
    verified = verified_reply(workspace, brought.path, trusted)
    if isinstance(verified, int):
        return Arrival(path=brought.path, what="own", verdict=Verdict.KNOWN, number=verified)
    with workspace.reading() as connection:
        known = Outbox(connection).knows_reply(verified.statement_digest)
        weighing = Weighing(connection)
        revisions = () if known else reply_revisions(workspace, verified, weighing)
        weighing.add(revisions)
        incoming, news = weighing.result(), tuple(reply_news(connection, revisions))
    return Arrival(
        path=brought.path,
        what="reply",
        verdict=Verdict.KNOWN if known else Verdict.NEW,
        number=verified.statement.stream.seq,
        issued=verified.statement.created,
        incoming=incoming,
        news=news,
    )


def take_reply(workspace: Workspace, brought: Brought) -> TakenIn:
    """Take the records of a reply; raises as `look_at_reply`, and `Refused("no_trust")`."""
    path = brought.path
    verified = verified_reply(workspace, path, trusted_by(workspace))
    if isinstance(verified, int):
        return TakenIn(file=path.name, what="own", verdict="duplicate", number=verified)
    seq = verified.statement.stream.seq
    owners = frozenset({verified.statement.sender.station})
    with taking_in(workspace) as contents, workspace.writing() as books:
        outbox = Outbox(books.connection)
        if outbox.knows_reply(verified.statement_digest):
            return TakenIn(file=path.name, what="reply", verdict="duplicate", number=seq)
        with open_content(verified, reader_of(workspace)) as content:
            merged = take_content(books, contents, content, owners)
        outbox.keep_reply(verified.statement_digest, seq, workspace.clock.now())
        books.note("reply", {"seq": seq, "digest": verified.statement_digest, "records": merged.new})
    merged.finish(workspace)
    return TakenIn(file=path.name, what="reply", verdict="accepted", number=seq, records=merged.new, changes=~Changes.NOTHING)


def verified_reply(workspace: Workspace, path: Path, trusted: Trusted) -> Verified | int:
    """The body's reply package in a file, verified; or the number of a package that this seat sealed itself."""
    body = senders.body(trusted.roots, trusted.trust_list)
    try:
        verified = verify_package(path, body, now=workspace.clock.now(), us=frozenset({workspace.author.owner}))
    except PackageFault as fault:
        if fault.code == "E_UNKNOWN_KEY" and (own := _own_number(workspace, path)):
            return own
        raise
    if verified.statement.kind is not Kind.REPLY:
        raise PackageFault("E_TYPE", found=str(verified.statement.kind))
    return verified


def reply_revisions(workspace: Workspace, verified: Verified, weighing: Weighing) -> tuple[Revision, ...]:
    """The rows of a verified reply, decrypted and checked; raises what `open_content` and `revisions_in` raise."""
    owners = frozenset({verified.statement.sender.station})
    with open_content(verified, reader_of(workspace)) as content:
        return tuple(each for some in revisions_in(content, owners, weighing) for each in some)


def _own_number(workspace: Workspace, path: Path) -> int | None:
    """The number of a package this seat sealed itself, which lies beside the receipts on every stick; None for any other."""
    sha256 = sha256_of(path)
    with workspace.reading() as connection:
        return next((sent.seq for sent in Outbox(connection).numbers() if sent.sha256 == sha256), None)
