"""Taking in what the body sends back: receipts, replies, trust; each file recognised by its content, never by its name."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from app.changes import Changes
from app.domain.life import PACKAGE_LIFE, PackageEvent, PackageState
from app.domain.revisions import Revision
from app.domain.rights import Right
from app.files import disk_told, sha256_of
from app.packages import receipt as receipts
from app.packages import senders
from app.packages.bundle import Trusted
from app.packages.content import Rows, open_content
from app.packages.faults import PackageFault
from app.packages.opening import Verified, said_by, verify_package
from app.packages.receipt import Following, ItemStatus, Receipt
from app.packages.statement import Kind
from app.queries.rights import check_may
from app.storage.outbox import Outbox, Sent
from app.use_cases.attachments import taking_in
from app.use_cases.epochs import learn_of
from app.use_cases.given_back import take_restore
from app.use_cases.peers import batches, own_peer, reader_of, take_content, take_peer
from app.use_cases.trust import take_trust, trusted_by
from app.workspace import Workspace

LARGEST_DOCUMENT: Final = 24 << 20  # bytes of a receipt or a trust file
_ZIP: Final = b"PK\x03\x04"
_WHAT: Final[Mapping[Kind | None, str]] = {Kind.PEER: "peer", Kind.RESTORE: "restore"}


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenIn:
    """What a file turned out to be and what it changed; `verdict` is accepted or duplicate."""

    file: str
    what: str
    verdict: str
    number: int
    returned: int = 0
    records: int = 0
    conflicts: int = 0
    changes: Changes = Changes.EXCHANGE


def receive(workspace: Workspace, path: Path, *, roots_fingerprint: str | None = None) -> TakenIn:
    """Take one file in; whole or not at all. `roots_fingerprint` is what a person compared, for a trust file.

    Raises `Refused("no_trust" | "file_strange")`, `PackageFault` with the code of the check that failed.
    """
    check_may(workspace, Right.EXPORT)
    what, document = recognised(path)
    if what == "trust":
        taken = take_trust(workspace, document, roots_fingerprint)
        return TakenIn(file=path.name, what="trust", verdict="accepted", number=taken.version)
    if what == "peer":
        if own := own_peer(workspace, path):
            return TakenIn(file=path.name, what="own", verdict="duplicate", number=own)
        peer = take_peer(workspace, path)
        verdict = "accepted" if peer.new or peer.files else "duplicate"
        told = TakenIn(file=path.name, what="peer", verdict=verdict, number=peer.number, records=peer.new)
        return replace(told, conflicts=peer.conflicts, changes=~Changes.NOTHING)
    if what == "restore":
        back = take_restore(workspace, path)
        verdict = "accepted" if back.new or back.files else "duplicate"
        told = TakenIn(file=path.name, what="restore", verdict=verdict, number=back.number, records=back.new)
        return replace(told, changes=~Changes.NOTHING)
    return _take_reply(workspace, path) if what == "reply" else _take_receipt(workspace, path, document)


def recognised(path: Path) -> tuple[str, bytes]:
    """What the content of a file makes of it: trust, receipt (also what is neither), with its bytes; or a package.

    A package is a peer's where it says so, and else a reply. Nothing of what it says is believed yet.
    """
    with disk_told(path), path.open("rb") as file:
        head = file.read(4)
        if head == _ZIP:
            said = said_by(file)
            return _WHAT.get(said.kind if said else None, "reply"), b""
        document = head + file.read(LARGEST_DOCUMENT)
    is_trust = b"llz-trust-bundle/" in document[:4096] or b'"roots":' in document
    return "trust" if is_trust else "receipt", document


# --- receipts ------------------------------------------------------------------------------------------------------


def _take_receipt(workspace: Workspace, path: Path, document: bytes) -> TakenIn:
    trusted = trusted_by(workspace)
    body = trusted.trust_list.body.code
    receipt = receipts.read_receipt(document, trusted.roots, station=workspace.author.owner, body=body)
    digest = receipt.digest()
    with workspace.writing() as books:
        outbox = Outbox(books.connection)
        last, last_digest = outbox.last_receipt()
        if outbox.knows_receipt(digest) or receipts.follows(last, last_digest or None, receipt) is Following.REPEATED:
            return TakenIn(file=path.name, what="receipt", verdict="duplicate", number=receipt.receipt_seq)
        outbox.keep_receipt(receipt.receipt_seq, digest, document, workspace.clock.now())
        learn_of(books.connection, receipt, workspace.author.by)
        _settle(outbox, receipt, workspace.author.by)
        books.note("receipt", {"seq": receipt.receipt_seq, "digest": digest})
    returned = sum(len(item.returned) for item in receipt.items)
    return TakenIn(file=path.name, what="receipt", verdict="accepted", number=receipt.receipt_seq, returned=returned)


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
            if (after, item.code) != (sent.state, sent.code):  # told again, a number keeps the receipt that told it first
                yield Settled(sent, after, item.code)
        elif sent.state in _UNTOLD and receipt.cursor(seat, sent.epoch).has(sent.seq):
            yield Settled(sent, PACKAGE_LIFE.after(sent.state, PackageEvent.RECEIVE), None)


def _settle(outbox: Outbox, receipt: Receipt, seat: str) -> None:
    numbers = outbox.numbers()
    for each in settled_by(numbers, receipt, seat):
        outbox.settle(each.sent.digest, each.state, each.code, receipt.receipt_seq)
    own = {sent.digest for sent in numbers}
    for item in receipt.items:
        for row in item.returned if item.package in own else ():
            outbox.keep_returned(row.rev, row.id, row.code, receipt.receipt_seq)


# --- replies -------------------------------------------------------------------------------------------------------


def _take_reply(workspace: Workspace, path: Path) -> TakenIn:
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
            taken, _files = take_content(books, contents, content, owners)
        contents.keep(books)
        outbox.keep_reply(verified.statement_digest, seq, workspace.clock.now())
        books.note("reply", {"seq": seq, "digest": verified.statement_digest, "records": taken})
    return TakenIn(file=path.name, what="reply", verdict="accepted", number=seq, records=taken, changes=~Changes.NOTHING)


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


def reply_revisions(workspace: Workspace, verified: Verified) -> list[Revision]:
    """The rows of a verified reply, decrypted and checked; raises what `open_content` and `read_row` raise."""
    owners = frozenset({verified.statement.sender.station})
    with open_content(verified, reader_of(workspace)) as content:
        rows = [batch for part in content if isinstance(part, Rows) for batch in batches(part, owners)]
    return [each for batch in rows for each, _written in batch]


def _own_number(workspace: Workspace, path: Path) -> int | None:
    """The number of a package this seat sealed itself, which lies beside the receipts on every stick; None for any other."""
    sha256 = sha256_of(path)
    with workspace.reading() as connection:
        return next((sent.seq for sent in Outbox(connection).numbers() if sent.sha256 == sha256), None)
